// Binary tables: varints (unsigned LEB128) and front-coded words. Pure.

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** JSON in UTF-8 bytes. */
export function readJson(bytes) {
  return JSON.parse(decoder.decode(bytes));
}

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

  json() {
    return readJson(this.take(this.varint()));
  }

  /** File names: eight hexadecimal digits in four bytes each. */
  names(count) {
    const hex = (byte) => byte.toString(16).padStart(2, "0");
    return Array.from({ length: count }, () => Array.from(this.take(4), hex).join(""));
  }

  /** Columns whose byte lengths stand before them, as cursors. */
  columns(count) {
    const lengths = [...this.varints(count)];
    return lengths.map((length) => new Cursor(this.take(length)));
  }
}

/** Words of which each says how many bytes it shares with the one before and how many follow. */
export function frontCoded(shared, further, suffixes) {
  let word = [];
  return Array.from(shared, (start, at) => {
    word.length = start;
    word.push(...suffixes.take(further[at]));
    return decoder.decode(Uint8Array.from(word));
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
