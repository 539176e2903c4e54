// The files of the index: fetched, checked and unpacked. Whatever goes wrong has its words for the reader.

import { readJson } from "./search-columns.js";

const PATIENCE = 20_000; // milliseconds
const HEAD_LENGTH = 8; // checksum and length of what was packed, before the packed bytes
const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});

/** The search could not be loaded; the message is a sentence for the reader. */
export class LoadError extends Error {}

/** A file is not on the server: the site was published anew, or a part of it is missing. */
export class GoneError extends LoadError {}

/** The site was published anew since a search: the places of its papers mean nothing in the index of now. */
export class RenewedError extends LoadError {}

class GarbledError extends LoadError {}

export class SearchFiles {
  #doubted = new Set(); // what failed once never comes from the browser's cache again

  constructor(root, fetcher, patience = PATIENCE) {
    Object.assign(this, { root, fetcher, patience });
  }

  /** The file that names the others; it is the only one whose name stays. */
  async current() {
    const bytes = await this.#bytes("search/current.json", "no-store");
    let found;
    try {
      found = readJson(bytes);
    } catch {
      throw garbled("current.json");
    }
    if (found?.format !== 3) throw new LoadError("The site was renewed since this page was opened: load the page again to search.");
    return found;
  }

  /** What a packed file holds; one that comes cut or garbled is fetched once more. */
  async payload(path) {
    try {
      return await unpacked(await this.#bytes(path, this.#doubted.has(path) ? "reload" : "default"), path);
    } catch (error) {
      this.#doubted.add(path);
      if (!(error instanceof GarbledError)) throw error;
      return unpacked(await this.#bytes(path, "reload"), path);
    }
  }

  async #bytes(path, cache) {
    const name = path.replace("search/", "");
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), this.patience);
    let answer;
    try {
      answer = await this.fetcher(new URL(path, this.root), { cache, signal: stop.signal });
      if (answer.status === 404) throw new GoneError(`A part of the search index (${name}) is not on the server.`);
      if (!answer.ok) throw unloadable(name, `the server says ${answer.status}`);
      return new Uint8Array(await answer.arrayBuffer());
    } catch (error) {
      if (error instanceof LoadError) throw error;
      if (stop.signal.aborted) throw unloadable(name, `no answer within ${this.patience / 1000} seconds`);
      throw answer ? garbled(name) : unloadable(name, "no connection");
    } finally {
      clearTimeout(timer);
    }
  }
}

function unloadable(name, why) {
  return new LoadError(`The search index (${name}) could not be loaded: ${why}.`);
}

function garbled(name) {
  return new GarbledError(`The search index (${name}) came incomplete or garbled.`);
}

/** Unpack raw deflate after its checksum and length, both of which must be right. */
async function unpacked(bytes, path) {
  const unpacking = decompressor();
  try {
    const head = new DataView(bytes.buffer, bytes.byteOffset, HEAD_LENGTH);
    const stream = new Blob([bytes.subarray(HEAD_LENGTH)]).stream().pipeThrough(unpacking);
    const payload = new Uint8Array(await new Response(stream).arrayBuffer());
    if (payload.length === head.getUint32(4, true) && crc32(payload) === head.getUint32(0, true)) return payload;
  } catch {
    // said below
  }
  throw garbled(path.replace("search/", ""));
}

function decompressor() {
  try {
    return new DecompressionStream("deflate-raw");
  } catch {
    throw new LoadError("This browser is too old for the search: it cannot unpack the index.");
  }
}

function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ CRC_TABLE[(crc ^ byte) & 255];
  return ~crc >>> 0;
}
