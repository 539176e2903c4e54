// Binary tables: varints (unsigned LEB128) and front-coded words. Pure.

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** Reads from front to end; what would lie beyond the end is a RangeError. */
export class Cursor {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  varint() {
    let value = 0;
    for (let unit = 1; ; unit *= 128) {
      if (this.at >= this.bytes.length) throw new RangeError("a table ends too early");
      const byte = this.bytes[this.at++];
      value += (byte & 127) * unit;
      if (byte < 128) return value;
    }
  }

  varints(count) {
    const values = new Uint32Array(count);
    for (let at = 0; at < count; at++) values[at] = this.varint();
    return values;
  }

  take(length) {
    if (this.at + length > this.bytes.length) throw new RangeError("a table ends too early");
    return this.bytes.subarray(this.at, (this.at += length));
  }

  text(length) {
    return decoder.decode(this.take(length));
  }

  json() {
    return JSON.parse(this.text(this.varint()));
  }

  /** File names: twelve hexadecimal digits in six bytes each. */
  names(count) {
    const hex = (byte) => byte.toString(16).padStart(2, "0");
    return Array.from({ length: count }, () => Array.from(this.take(6), hex).join(""));
  }

  /** Columns whose byte lengths stand before them, as cursors. */
  columns(count) {
    return Array.from(this.varints(count), (length) => length).map((length) => new Cursor(this.take(length)));
  }
}

/** Words of which each says how many bytes it shares with the one before and how many follow. */
export function frontCoded(count, shared, further, suffixes) {
  let word = new Uint8Array(64);
  return Array.from({ length: count }, () => {
    const start = shared.varint();
    const rest = suffixes.take(further.varint());
    if (start + rest.length > word.length) {
      const longer = new Uint8Array(2 * (start + rest.length));
      longer.set(word);
      word = longer;
    }
    word.set(rest, start);
    return decoder.decode(word.subarray(0, start + rest.length));
  });
}

/** How many of the sorted words are not after the one given. */
export function countUpTo(sorted, word) {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] <= word) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many letters two words have in common from their beginning. */
export function commonLength(one, other) {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  return length;
}
