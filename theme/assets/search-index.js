// One index (of papers, or of pages): its manifest, and the chunks of terms as far as queries needed them.

import { commonLength, countUpTo, Cursor, frontCoded } from "./search-columns.js";
import { weightFunction } from "./search-score.js";

const AT_ONCE = 6; // files on their way at one time, as many as browsers allow for one host
const BEFORE_PAUSE = 12; // milliseconds of work, then the page may draw

export class SearchIndex {
  #chunks = new Map();
  #loaded = new Map();
  #dictionary = null;

  constructor(files, lunr, name, payload) {
    const cursor = new Cursor(payload);
    Object.assign(this, { files, lunr, name, about: cursor.json() });
    const { documents, fields, boosts, averages, k1, b } = this.about;
    Object.assign(this, { documents, fields, boosts, averages, k1, b });
    this.chunkNames = cursor.names(cursor.varint());
    const [shared, further] = [0, 1].map(() => cursor.varints(this.chunkNames.length));
    this.separators = frontCoded(shared, further, cursor);
    this.segments = cursor.names(cursor.varint());
  }

  static async open(files, lunr, name) {
    return new SearchIndex(files, lunr, name, await files.payload(`search/m-${name}.bin`));
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

  /** Load a chunk, once for all who ask; a failed one is asked for anew next time. */
  chunk(at) {
    if (at >= this.chunkNames.length) return Promise.resolve(NO_TERMS);
    if (!this.#chunks.has(at)) {
      const coming = this.files.payload(`search/t/${this.chunkNames[at]}.bin`).then((payload) => {
        this.#loaded.set(at, new TermChunk(this, payload));
        return this.#loaded.get(at);
      });
      coming.catch(() => this.#chunks.delete(at));
      this.#chunks.set(at, coming);
    }
    return this.#chunks.get(at);
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
    const missing = [...needed].filter((at) => !this.#loaded.has(at));
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
    const words = this.chunksOf(prefix).flatMap((at) => this.#loaded.get(at)?.words ?? []);
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
      terms: words.map((word) => this.#loaded.get(this.chunkOf(word))?.term(word)).filter(Boolean),
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

/** Some neighbouring terms with their postings, which are weighed when a query needs them. */
class TermChunk {
  #terms = new Map();

  constructor(index, payload) {
    const cursor = new Cursor(payload);
    const fields = index.fields.length;
    const count = cursor.varint();
    const [shared, further, suffixes, counts, ...rest] = cursor.columns(4 + 3 * fields);
    this.index = index;
    this.words = frontCoded(shared.varints(count), further.varints(count), suffixes);
    this.counts = counts.varints(count * fields);
    this.ends = runningTotals(this.counts, fields);
    const [gaps, frequencies, lengths] = [0, 1, 2].map((kind) => rest.slice(kind * fields, (kind + 1) * fields));
    const all = (cursors) => cursors.map((column, field) => column.varints(this.ends[field]?.at(-1) ?? 0));
    Object.assign(this, { gaps: all(gaps), frequencies: all(frequencies), lengths: all(lengths) });
  }

  /** A term of this chunk, the same object at every call, or undefined. */
  term(word) {
    if (!this.#terms.has(word)) {
      const at = countUpTo(this.words, word) - 1;
      this.#terms.set(word, this.words[at] === word ? new IndexTerm(this, at) : undefined);
    }
    return this.#terms.get(word);
  }
}

/** For each field where each term's postings end. */
function runningTotals(counts, fields) {
  return Array.from({ length: fields }, (_, field) => {
    let total = 0;
    return counts.filter((_, at) => at % fields === field).map((count) => (total += count));
  });
}

class IndexTerm {
  #postings = [];

  constructor(chunk, at) {
    const fields = chunk.index.fields.length;
    Object.assign(this, { chunk, at, term: chunk.words[at] });
    this.frequency = chunk.counts.subarray(at * fields, (at + 1) * fields).reduce((sum, count) => sum + count, 0);
  }

  /** The documents that have the term in a field, ascending, with its weight there. */
  postings(field) {
    return (this.#postings[field] ??= this.#weighed(field));
  }

  #weighed(field) {
    const { index, ends, gaps, frequencies, lengths } = this.chunk;
    const start = this.at ? ends[field][this.at - 1] : 0;
    const count = ends[field][this.at] - start;
    const ordinals = new Uint32Array(count);
    const weights = new Float64Array(count);
    const weigh = weightFunction(index, index.averages[field], index.boosts[field], this.frequency);
    let ordinal = -1;
    for (let at = 0; at < count; at++) {
      ordinal += gaps[field][start + at] + 1;
      ordinals[at] = ordinal;
      weights[at] = weigh(frequencies[field][start + at] + 1, lengths[field][start + at]);
    }
    return { ordinals, weights };
  }
}

const NO_TERMS = { words: [], term: () => undefined };
