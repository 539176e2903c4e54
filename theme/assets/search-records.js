// What results show of documents: small files of records, a few consecutive documents in each.

import { countUpTo, readJson } from "./search-columns.js";
import { inTurns } from "./search-index.js";

export class SearchRecords {
  #files = new Map();

  constructor(index) {
    this.index = index;
  }

  /** The stored arrays of documents, in the order asked for. */
  async rows(ordinals) {
    const places = Array.from(ordinals, (ordinal) => this.#place(ordinal));
    await inTurns(new Set(places.map(({ path }) => path)), (path) => this.#file(path));
    return Promise.all(places.map(async ({ path, at }) => (await this.#file(path))[at]));
  }

  /** The file that holds a document's record, and where in it. */
  #place(ordinal) {
    const { group, segments } = this.index.about;
    const segment = countUpTo(segments.firsts, ordinal) - 1;
    const within = ordinal - segments.firsts[segment];
    return { path: `search/d/${segments.names[segment]}/${Math.floor(within / group)}.bin`, at: within % group };
  }

  #file(path) {
    if (!this.#files.has(path)) {
      const coming = this.index.files.payload(path).then(readJson);
      coming.catch(() => this.#files.delete(path));
      this.#files.set(path, coming);
    }
    return this.#files.get(path);
  }
}

/** A paper's record by names. */
export function paperRecord([id, title, abstract = "", year = "", authors = "", topics, kind = "", derived], ordinal) {
  return {
    ordinal,
    id,
    url: `papers/${id}/`,
    title,
    derived: derived === 1,
    year,
    authors: authors || [],
    authorCount: null,
    topics: topics || [],
    kind,
    abstract,
    ...(typeof authors === "number" && { authors: [], authorCount: authors }),
  };
}

/** A hand-written page's record by names. */
export function pageRecord([url, title, text = ""]) {
  return { url, title, text };
}
