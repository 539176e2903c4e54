// The client: opens the index, answers queries. It knows nothing of the page it is used on.

import { commonLength, readJson } from "./search-columns.js";
import { SearchFacets } from "./search-facets.js";
import { GoneError, LoadError, RenewedError, SearchFiles } from "./search-files.js";
import { SearchIndex } from "./search-index.js";
import { nearestTerm } from "./search-meant.js";
import { pageRecord, paperRecord, SearchRecords } from "./search-records.js";
import { scoreClauses } from "./search-score.js";
import { findHits, foldAccents, pieces, splitWords, trimWord } from "./search-words.js";

const MOST_SLIPS = 4;
const MOST_PATHS = 30_000; // letters to the power of slips: what lunr.js lays out for a word then takes some 300 ms
const LEAST_LETTERS = 3;
const MANY_DOCUMENTS = 50_000; // from here on three letters begin too many words
const LONGEST_ENDING = 8; // how much of a half-typed word the stemmer may have cut off: generalizat(io) stands as "gener"
const SUGGEST_CHUNKS = 14; // of about 3 KB each: what one keystroke may load, beside the records shown
const PAGES_SHOWN = 20;
const WORDS_GUESSED = 10; // of a query without results; each takes some 100 ms
const OPERATORS = /[:~^*+\\]|(^|\s)-/;

export { LoadError };

export class SearchClient {
  #opening = null;
  #failures = 0;
  #opened = {};
  #answered = null; // the index that the last answer's ordinals belong to
  #stems = new Map();

  /**
   * @param {URL} root the site's root, ending in "/"
   * @param {{lunr?: object, fetcher?: typeof fetch, patience?: number}} [means] in place of the browser's own
   */
  constructor(root, { lunr, fetcher = (...request) => fetch(...request), patience } = {}) {
    this.root = root;
    this.lunr = lunr;
    this.files = new SearchFiles(root, fetcher, patience);
  }

  /** Load what every search needs, once; after a failure the next call tries again. */
  load() {
    this.#opening ??= this.#open().catch((error) => {
      this.#opening = null;
      this.#failures += 1;
      throw error;
    });
    return this.#opening;
  }

  async #open() {
    const again = this.#failures ? `?again=${this.#failures}` : "";
    const lunrSoon = Promise.resolve(this.lunr ?? loadLunr(new URL(`assets/lunr.js${again}`, this.root)));
    lunrSoon.catch(() => {}); // said below, where nothing else failed before
    // What current.json names may be gone the moment after it was read; then it names something else.
    this.#opened = await this.#openCurrent(lunrSoon).catch((error) => {
      if (error instanceof GoneError) return this.#openCurrent(lunrSoon);
      throw error;
    });
    this.lunr = await lunrSoon;
  }

  async #openCurrent(lunrSoon) {
    const { manifest } = await this.files.current();
    if (this.#opened.manifest === manifest) return this.#opened;
    const { papers, pages } = await SearchIndex.open(this.files, lunrSoon, manifest);
    const topics = new Map(papers.about.topics.map(([slug, ...facts]) => [slug, facts]));
    return { manifest, papers, pages, topics, records: new SearchRecords(papers), pageRecords: new SearchRecords(pages), loaded: new Map() };
  }

  /** Do something with the index; where a file of it is gone the site was renewed: once more with the index of now. */
  async #run(work) {
    await this.load();
    const before = this.#opened;
    return work(before, false).catch(async (error) => {
      if (!(error instanceof GoneError)) throw error;
      if (this.#opened === before) this.#opening = null;
      await this.load();
      return work(this.#opened, true);
    });
  }

  /** The same for what belongs to the last answer: ordinals mean nothing in another index. */
  #runForAnswer(work) {
    return this.#run(async (opened) => {
      if (this.#answered && this.#answered !== opened.papers) {
        throw new RenewedError("The site was renewed since this search: search again.");
      }
      return work(opened);
    });
  }

  /**
   * Answer a query as typed, in lunr's order. What lunr cannot parse runs again as plain words, and so does what finds
   * nothing only because of its punctuation.
   *
   * @param {number} ahead of how many papers what results show is fetched while pages are still searched
   * @returns {Promise<Answer>} `papers` are ordinals; `message` is lunr's; `ran` the plain words that were run instead
   *   of the query; `instead` plain words that may find more; `pagesFailed` where the site's own pages are not searched
   */
  search(text, ahead = 0) {
    return this.#run(async (opened, again) => {
      const answer = await this.#answer(text, opened, again, ahead);
      this.#answered = opened.papers;
      return answer;
    });
  }

  async #answer(text, opened, again, ahead) {
    const answer = { ...NOTHING_FOUND, terms: new Set(), message: "", ran: "", instead: "", capped: false };
    const plain = this.plainWords(text.replace(/[:~^*+\\]/g, " "));
    try {
      const query = this.#parsed(opened.papers, text);
      answer.capped = capFuzziness(query);
      Object.assign(answer, await this.#both(opened, again, ahead, () => query.clauses, (pages) => this.#pageClauses(pages, text)));
    } catch (error) {
      if (!(error instanceof this.lunr.QueryParseError)) throw error;
      answer.message = error.message;
    }
    const mayDiffer = answer.message || (!OPERATORS.test(text) && splitWords(text).some(isPunctuated));
    if (!mayDiffer || !plain.length) return answer;
    if (answer.papers.length || answer.pages.length) return { ...answer, instead: plain.join(" ") };
    const clauses = (index) => clausesOf(index, plain.map((term) => ({ term })), this.lunr);
    return { ...answer, ...(await this.#both(opened, again, ahead, clauses, clauses)), ran: plain.join(" ") };
  }

  /** Ask both indexes at one time. */
  async #both(opened, again, ahead, paperClauses, pageClauses) {
    const [found, pages] = await Promise.all([
      this.#found(opened.papers, paperClauses(opened.papers)).then((found) => {
        if (ahead) this.#fetchAhead(opened, found.papers.subarray(0, ahead));
        return found;
      }),
      this.#pagesFor(opened, again, pageClauses),
    ]);
    return { ...found, ...pages, terms: new Set([...found.terms, ...pages.terms]) };
  }

  /** Fetch what narrows and what shows papers; whoever asks for it is told what failed. */
  #fetchAhead(opened, papers) {
    for (const coming of [this.#facetsOf(opened), opened.records.rows(papers)]) coming.catch(() => {});
  }

  /** Suggest papers for a half-typed query: whole words are required, the last one may be unfinished. */
  suggest(text, limit) {
    return this.#run(async ({ papers: index, records }) => {
      const clauses = OPERATORS.test(text) ? this.#clausesAsTyped(index, text) : await this.#clausesHalfTyped(index, text);
      if (!clauses) return null;
      const { papers, terms } = clauses.length ? await this.#found(index, clauses, SUGGEST_CHUNKS) : NOTHING_FOUND;
      if (!papers) return null; // more than a keystroke may load
      const shown = Array.from(papers.subarray(0, limit));
      const rows = await records.rows(shown);
      return { papers: rows.map((row, at) => paperRecord(row, shown[at])), total: papers.length, terms };
    });
  }

  /** ~ and a leading * go through the whole vocabulary: they wait for Enter. Half an operator waits for its other half. */
  #clausesAsTyped(index, text) {
    if (/~|(^|[\s:+-])\*/.test(text)) return null;
    return this.#readable(index, text)?.clauses ?? null;
  }

  /** Null for nothing to look for yet, no clause where no paper can match. */
  async #clausesHalfTyped(index, text) {
    const { REQUIRED } = this.lunr.Query.presence;
    const [, finished, last] = text.match(/^(.*?)([^\s-]*)$/s).map((part) => trimWord(part.toLowerCase()));
    const words = this.plainWords(pieces(last) ? text : finished);
    const clauses = words.map((word) => ({ term: word, presence: REQUIRED }));
    const least = LEAST_LETTERS + (index.documents > MANY_DOCUMENTS);
    if (isLongEnough(last, least) && !pieces(last)) {
      const prefix = await this.#prefixFor(index, last);
      if (!prefix) return [];
      clauses.push({ term: `${prefix}*`, usePipeline: false, presence: REQUIRED }, { term: last, boost: 10 });
    }
    return clauses.length ? clausesOf(index, clauses, this.lunr) : null;
  }

  /** The longest beginning of a word that begins a term: terms are stemmed, so "translation*" would match nothing. */
  async #prefixFor(index, word) {
    let prefix = await index.longestPrefix(word);
    const stem = this.stem(word);
    if (!stem.startsWith(prefix) && (await index.longestPrefix(stem)) === stem) prefix = prefix.slice(0, commonLength(prefix, stem));
    const least = Math.max(Math.min(LEAST_LETTERS, word.length), word.length - LONGEST_ENDING);
    return prefix.length >= least ? prefix : "";
  }

  /** What results show of papers. */
  records(ordinals) {
    return this.#runForAnswer(async ({ records }) => {
      const rows = await records.rows(ordinals);
      return rows.map((row, at) => paperRecord(row, ordinals[at]));
    });
  }

  /** What narrows results: value lists, filter and counts. */
  facets() {
    return this.#runForAnswer((opened) => this.#facetsOf(opened));
  }

  #facetsOf(opened) {
    const { about, documents } = opened.papers;
    return this.#once(opened, `search/f-${about.facets}.bin`, (payload) => new SearchFacets(documents, payload));
  }

  /** The papers' dates, by ordinal. */
  dates() {
    return this.#runForAnswer((opened) =>
      this.#once(opened, `search/o-${opened.papers.about.dates}.bin`, readJson),
    );
  }

  async #once({ loaded }, path, read) {
    if (!loaded.has(path)) {
      loaded.set(path, this.files.payload(path).then(read));
      loaded.get(path).catch(() => loaded.delete(path));
    }
    return loaded.get(path);
  }

  /** The query with its unknown words replaced by the nearest ones that papers have; "" where nothing is nearer. */
  meant(text) {
    return this.#run(async ({ papers: index, records }) => {
      const words = this.plainWords(text.replace(/[:~^*+\\]/g, " "));
      if (words.length > WORDS_GUESSED) return "";
      const better = await Promise.all(words.map((word) => this.#nearestWord(index, records, word)));
      return better.some((word, at) => word !== words[at]) ? better.join(" ") : "";
    });
  }

  /** A word as it stands in a paper, for terms are stems that nobody writes. */
  async #nearestWord(index, records, word) {
    const stem = this.stem(word);
    if (await index.term(stem)) return word;
    const term = await nearestTerm(index, stem);
    if (!term) return word;
    const { papers } = scoreClauses(index.documents, [{ fields: index.fields.map((_, field) => field), boost: 1, terms: [term] }]);
    const { title, abstract, authors } = paperRecord((await records.rows(papers.subarray(0, 1)))[0], papers[0]);
    const text = `${title} ${authors.join(" ")} ${abstract}`;
    const [hit] = findHits(text, (other) => this.isHit(other, new Set([term.term])));
    return hit ? text.slice(hit.start, hit.end).toLowerCase() : term.term;
  }

  /** A topic's short name. */
  topicName(slug) {
    return this.#opened.topics?.get(slug)?.[0] || slug;
  }

  /** The class of a topic's key, which has the colour of its group. */
  topicMark(slug) {
    return this.#opened.topics?.get(slug)?.[1] ?? "";
  }

  /** The words of a query without punctuation at their ends, without stop words; long Chinese runs as their pieces. */
  plainWords(text) {
    const { stopWordFilter, Token } = this.lunr;
    const words = splitWords(text).map(trimWord).filter((word) => word && stopWordFilter(new Token(word)));
    return words.flatMap((word) => pieces(word) ?? [word]);
  }

  /** The term that a word stands under in the index. */
  stem(word) {
    let stem = this.#stems.get(word);
    if (stem === undefined) {
      stem = this.lunr.stemmer(new this.lunr.Token(word)).toString();
      this.#stems.set(word, stem);
    }
    return stem;
  }

  /** Whether a word of a text is what the hit's terms stand for. */
  isHit(word, terms) {
    const lower = word.toLowerCase();
    return terms.has(this.stem(lower)) || terms.has(this.stem(foldAccents(lower)));
  }

  #parsed(index, text) {
    return new this.lunr.QueryParser(text, new this.lunr.Query(index.fields)).parse();
  }

  /** The query, null where lunr cannot parse it. */
  #readable(index, text) {
    try {
      return this.#parsed(index, text);
    } catch (error) {
      if (error instanceof this.lunr.QueryParseError) return null;
      throw error;
    }
  }

  /** Run clauses: ordinals and scores, best first, and the terms found; without papers where that loads too much. */
  async #found(index, clauses, most) {
    const resolved = await index.resolve(clauses, (word) => this.stem(word), most);
    if (!resolved) return {};
    const found = resolved.filter((clause) => !clause.prohibited).flatMap((clause) => clause.terms);
    return { ...scoreClauses(index.documents, resolved), terms: new Set(found.map((term) => term.term)) };
  }

  /** Pages are a group of their own: without them papers are found all the same. */
  async #pagesFor({ pages: index, pageRecords }, again, clausesFor) {
    const none = { pages: [], terms: [], pagesFailed: false };
    try {
      const clauses = index.documents ? clausesFor(index) : [];
      if (!clauses.length) return none;
      const { papers, terms } = await this.#found(index, clauses);
      const rows = await pageRecords.rows(papers.subarray(0, PAGES_SHOWN));
      return { pages: rows.map(pageRecord), terms, pagesFailed: false };
    } catch (error) {
      if (!(error instanceof LoadError) || (error instanceof GoneError && !again)) throw error;
      return { ...none, pagesFailed: true };
    }
  }

  /** Pages have fewer fields than papers, and "not this word" is no reason to show them all. */
  #pageClauses(index, text) {
    const query = this.#readable(index, text);
    if (!query || query.isNegated()) return [];
    capFuzziness(query);
    return query.clauses;
  }
}

const NOTHING_FOUND = { papers: new Uint32Array(0), scores: new Float64Array(0), pages: [], pagesFailed: false, terms: new Set() };

/** Clauses as a query holds them, with what lunr fills in. */
function clausesOf(index, clauses, lunr) {
  const query = new lunr.Query(index.fields);
  for (const clause of clauses) query.clause({ ...clause });
  return query.clauses;
}

function isLongEnough(word, least) {
  return word.length >= least || /[^\u0000-\u2fff]/.test(word); // one Chinese sign says as much as a word
}

/** Whether a word stands in the index otherwise than lunr takes it from a query, which it does not trim. */
function isPunctuated(word) {
  const trimmed = trimWord(word);
  return trimmed !== "" && (trimmed !== word || pieces(word) !== null);
}

/** Bring edit distances down to what a browser can do; true where one was above. */
function capFuzziness({ clauses }) {
  let capped = false;
  for (const clause of clauses) {
    while (clause.editDistance > MOST_SLIPS || (clause.editDistance > 1 && clause.term.length ** clause.editDistance > MOST_PATHS)) {
      clause.editDistance = Math.min(clause.editDistance - 1, MOST_SLIPS);
      capped = true;
    }
  }
  return capped;
}

/** lunr.js is no module: a script tag puts it on the window. */
function loadLunr(url) {
  return new Promise((resolve, reject) => {
    const fail = () => reject(new LoadError("The search library (lunr.js) could not be loaded."));
    if (window.lunr) {
      resolve(window.lunr);
      return;
    }
    const script = document.createElement("script");
    script.src = url;
    script.addEventListener("load", () => (window.lunr ? resolve(window.lunr) : fail()));
    script.addEventListener("error", () => {
      script.remove();
      fail();
    });
    document.head.append(script);
  });
}
