// One index (of papers, or of pages) as far as queries needed it. Both are in the same chunks of terms.

import { commonLength, countUpTo, Cursor, frontCoded } from "./search-columns.js";
import { weightFunction } from "./search-score.js";

const AT_ONCE = 6; // files on their way at one time, as many as browsers allow for one host
const BEFORE_PAUSE = 12; // milliseconds of work, then the page may draw

export class SearchIndex {
  #termChunks = new Map();
  #dictionary = null;

  constructor(files, lunr, chunks, about) {
    const { documents, fields, firstField, boosts, averages, k1, b } = about;
    const { separators } = chunks;
    Object.assign(this, { files, lunr, chunks, separators, about, documents, fields, firstField, boosts, averages, k1, b });
  }

  /** The indexes of papers and of pages, of a manifest's name. */
  static async open(files, lunrSoon, name) {
    const [payload, lunr] = await Promise.all([files.payload(`search/m-${name}.bin`), lunrSoon]);
    const cursor = new Cursor(payload);
    const { papers, pages, ...common } = cursor.json();
    const chunks = new Chunks(files, cursor, papers.fields.length + pages.fields.length);
    const index = (about, firstField) => {
      const names = cursor.names(cursor.varint());
      let end = 0;
      const firsts = Array.from(cursor.varints(names.length), (size) => (end += size) - size);
      return new SearchIndex(files, lunr, chunks, { ...common, ...about, firstField, segments: { names, firsts } });
    };
    return { papers: index(papers, 0), pages: index(pages, papers.fields.length) };
  }

  /** Where a term's chunk stands, whether or not the term exists. */
  chunkOf(term) {
    return Math.max(0, countUpTo(this.separators, term) - 1);
  }

  /** The chunks in which terms with a prefix may lie. */
  chunksOf(prefix) {
    const first = this.chunkOf(prefix);
    let end = first + 1;
    while (this.separators[end]?.startsWith(prefix)) end++;
    return Array.from({ length: end - first }, (_, at) => first + at);
  }

  async chunk(at) {
    if (at >= this.separators.length) return NO_TERMS;
    await this.chunks.load(at);
    return this.#loaded(at);
  }

  /** A chunk that is in memory, or undefined. */
  #loaded(at) {
    const columns = this.chunks.loaded.get(at);
    if (columns && !this.#termChunks.has(at)) this.#termChunks.set(at, new TermChunk(this, columns));
    return this.#termChunks.get(at);
  }

  async term(term) {
    return (await this.chunk(this.chunkOf(term))).term(term);
  }

  /** The longest beginning of a word that begins a term. The chunk's own terms and its end know it. */
  async longestPrefix(word) {
    const at = this.chunkOf(word);
    const { words } = await this.chunk(at);
    const after = countUpTo(words, word);
    const near = [words[after - 1], words[after], this.separators[at + 1]];
    return word.slice(0, Math.max(0, ...near.map((other) => commonLength(word, other ?? ""))));
  }

  /** All terms: only ~ and a leading * need them. */
  dictionary() {
    this.#dictionary ??= this.files.payload(`search/dict-${this.about.dictionary}.bin`).then((payload) => {
      const cursor = new Cursor(payload);
      const count = cursor.varint();
      const [shared, further, suffixes] = cursor.columns(3);
      const words = frontCoded(shared.varints(count), further.varints(count), suffixes);
      const longest = words.reduce((most, word) => Math.max(most, word.length), 0);
      return { set: this.lunr.TokenSet.fromArray(words), longest };
    });
    this.#dictionary.catch(() => (this.#dictionary = null));
    return this.#dictionary;
  }

  /**
   * The terms that clauses stand for, each with its postings, in lunr's order; all their chunks are then in memory.
   *
   * @param {number} most how many chunks it may load
   * @returns {Promise<object[] | null>} what scoreClauses takes, null where more chunks would be needed
   */
  async resolve(clauses, stem, most = Infinity) {
    const whole = clauses.map((clause) => ({ ...clause, term: clause.usePipeline ? stem(clause.term) : clause.term }));
    const words = await this.#expandAll(whole.filter((clause) => reach(clause) === "dictionary"));
    const found = [...words.values()].flat().map((word) => this.chunkOf(word));
    const needed = new Set([...found, ...whole.flatMap((clause) => this.#chunksFor(clause))]);
    const missing = [...needed].filter((at) => !this.chunks.loaded.has(at));
    if (missing.length > most) return null;
    await inTurns(missing, (at) => this.chunk(at));
    for (const [key, expanded] of await this.#expandAll(whole.filter((clause) => reach(clause) === "prefix"))) words.set(key, expanded);
    return whole.map((clause) => this.#resolved(clause, words.get(expansion(clause)) ?? [clause.term]));
  }

  /** The words that each of the clauses stands for, in lunr's order, which comes from its own term sets. */
  async #expandAll(clauses) {
    const expanded = new Map();
    let began = performance.now();
    for (const clause of clauses) {
      const key = expansion(clause);
      if (!expanded.has(key)) expanded.set(key, await this.#expand(clause));
      if (performance.now() - began < BEFORE_PAUSE) continue;
      await new Promise((resume) => setTimeout(resume));
      began = performance.now();
    }
    return expanded;
  }

  async #expand(clause) {
    const { TokenSet } = this.lunr;
    const { set, longest } = reach(clause) === "prefix" ? { set: this.#beginningWith(firstPart(clause)) } : await this.dictionary();
    if (clause.editDistance && clause.term.length > longest + clause.editDistance) return [];
    return set.intersect(TokenSet.fromClause(clause)).toArray();
  }

  #beginningWith(prefix) {
    const words = this.chunksOf(prefix).flatMap((at) => this.#loaded(at)?.words ?? []);
    return this.lunr.TokenSet.fromArray(words.filter((word) => word.startsWith(prefix)));
  }

  #chunksFor(clause) {
    const kind = reach(clause);
    if (kind === "dictionary") return [];
    return kind === "prefix" ? this.chunksOf(firstPart(clause)) : [this.chunkOf(clause.term)];
  }

  #resolved({ fields, boost, presence }, words) {
    const { REQUIRED, PROHIBITED } = this.lunr.Query.presence;
    return {
      fields: fields.map((field) => this.fields.indexOf(field)),
      boost,
      required: presence === REQUIRED,
      prohibited: presence === PROHIBITED,
      terms: words.map((word) => this.#loaded(this.chunkOf(word))?.term(word)).filter(Boolean),
    };
  }
}

/** How much of the vocabulary a clause may stand for. */
function reach({ term, editDistance }) {
  if (term[0] === "*" || editDistance || (editDistance === 0 && term.includes("*"))) return "dictionary";
  return term.includes("*") ? "prefix" : "exact";
}

function expansion({ term, editDistance }) {
  return `${editDistance}~${term}`;
}

function firstPart({ term }) {
  return term.slice(0, term.indexOf("*"));
}

/** Load something for each, not all at one time. */
export async function inTurns(waiting, work) {
  const queue = [...waiting];
  const worker = async () => {
    while (queue.length) await work(queue.shift());
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, queue.length) }, worker));
}

/** The files of chunks, each loaded once for all who ask; a failed one is asked for anew next time. */
class Chunks {
  #coming = new Map();
  loaded = new Map();

  constructor(files, cursor, fields) {
    Object.assign(this, { files, fields, names: cursor.names(cursor.varint()) });
    const [shared, further] = [0, 1].map(() => cursor.varints(this.names.length));
    this.separators = frontCoded(shared, further, cursor);
  }

  load(at) {
    if (!this.#coming.has(at)) {
      const coming = this.files.payload(`search/t/${this.names[at]}.bin`).then((payload) => this.loaded.set(at, new Columns(new Cursor(payload), this.fields)));
      coming.catch(() => this.#coming.delete(at));
      this.#coming.set(at, coming);
    }
    return this.#coming.get(at);
  }
}

/** Some neighbouring terms with the postings of all fields, as a file holds them. */
class Columns {
  constructor(cursor, fields) {
    const count = cursor.varint();
    const [shared, further, suffixes, counts, ...rest] = cursor.columns(4 + 3 * fields);
    this.words = frontCoded(shared.varints(count), further.varints(count), suffixes);
    this.counts = counts.varints(count * fields);
    this.fields = Array.from({ length: fields }, (_, field) => {
      let total = 0;
      const ends = this.counts.filter((_, at) => at % fields === field).map((having) => (total += having));
      const [frequencies, lengths, gaps] = [0, 1, 2].map((kind) => rest[kind * fields + field].varints(total));
      return { ends, frequencies, lengths, gaps };
    });
  }
}

/** The terms of a chunk that stand in one index; their postings are weighed when a query needs them. */
class TermChunk {
  #terms = new Map();

  constructor(index, columns) {
    Object.assign(this, { index, columns });
    this.words = columns.words.filter((_, at) => this.frequency(at));
  }

  /** In how many fields of documents of this index the chunk's term stands. */
  frequency(at) {
    const first = at * this.columns.fields.length + this.index.firstField;
    return this.columns.counts.subarray(first, first + this.index.fields.length).reduce((sum, count) => sum + count, 0);
  }

  /** A term of this chunk, the same object at every call, or undefined. */
  term(word) {
    if (!this.#terms.has(word)) {
      const at = countUpTo(this.columns.words, word) - 1;
      this.#terms.set(word, this.columns.words[at] === word && this.frequency(at) ? new IndexTerm(this, at) : undefined);
    }
    return this.#terms.get(word);
  }
}

class IndexTerm {
  #postings = [];

  constructor(chunk, at) {
    Object.assign(this, { chunk, at, term: chunk.columns.words[at], frequency: chunk.frequency(at) });
  }

  /** The documents that have the term in a field, ascending, with its weight there. */
  postings(field) {
    return (this.#postings[field] ??= this.#weighed(field));
  }

  #weighed(field) {
    const { index, columns } = this.chunk;
    const { ends, gaps, frequencies, lengths } = columns.fields[index.firstField + field];
    const start = this.at ? ends[this.at - 1] : 0;
    const count = ends[this.at] - start;
    const ordinals = new Uint32Array(count);
    const weights = new Float64Array(count);
    const weigh = weightFunction(index, index.averages[field], index.boosts[field], this.frequency);
    let ordinal = -1;
    for (let at = 0; at < count; at++) {
      ordinal += gaps[start + at] + 1;
      ordinals[at] = ordinal;
      weights[at] = weigh(frequencies[start + at] + 1, lengths[start + at]);
    }
    return { ordinals, weights };
  }
}

const NO_TERMS = { words: [], term: () => undefined };
