// What results show of documents: small files of records, a few consecutive documents in each.

import { readJson } from "./search-columns.js";
import { inTurns } from "./search-index.js";

export class SearchRecords {
  #files = new Map();

  constructor(index) {
    this.index = index;
  }

  /** The stored arrays of documents, in the order asked for. */
  async rows(ordinals) {
    const { group } = this.index.about;
    await inTurns(new Set(Array.from(ordinals, (ordinal) => Math.floor(ordinal / group))), (at) => this.#file(at));
    return Promise.all(Array.from(ordinals, async (ordinal) => (await this.#file(Math.floor(ordinal / group)))[ordinal % group]));
  }

  #file(at) {
    if (!this.#files.has(at)) {
      const { files, about } = this.index;
      const groups = about.segment / about.group;
      const path = `search/d/${about.segments[Math.floor(at / groups)]}/${at % groups}.bin`;
      const coming = files.payload(path).then(readJson);
      coming.catch(() => this.#files.delete(at));
      this.#files.set(at, coming);
    }
    return this.#files.get(at);
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
