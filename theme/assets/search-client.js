// The client: loads lunr.js and the index, answers queries. It knows nothing of the page it is used on.

import { foldAccents, pieces, splitWords, trimWord } from "./search-words.js";

const FUZZY_CAP = 4; // each more slip takes lunr.js five times longer: ~4 a seventh of a second at 8,000 papers, ~7 a quarter minute
const LEAST_LETTERS = 3;
const LONGEST_ENDING = 8; // how much of a half-typed word the stemmer may have cut off: generalizat(io) stands as "gener"
const OPERATORS = /[:~^*+\\]|(^|\s)-/;

/** The search could not be loaded; the message is a sentence for the reader. */
export class LoadError extends Error {}

export class SearchClient {
  #loading = null;
  #failures = 0;
  #stems = new Map();

  /** @param {URL} root the site's root, ending in "/" */
  constructor(root) {
    this.root = root;
  }

  /** Load what searching needs, once; after a failure the next call tries again. */
  load() {
    this.#loading ??= this.#fetchAll().catch((error) => {
      this.#loading = null;
      this.#failures += 1;
      throw error;
    });
    return this.#loading;
  }

  async #fetchAll() {
    // After a failure nothing comes from the browser's cache, where half a file may lie.
    const cache = this.#failures ? "reload" : "default";
    const again = this.#failures ? `?again=${this.#failures}` : "";
    const [lunr, index, papers, pages] = await Promise.all([
      loadLunr(new URL(`assets/lunr.js${again}`, this.root)),
      fetchJson(new URL("search/index.json", this.root), cache),
      fetchJson(new URL("search/papers.json", this.root), cache),
      fetchJson(new URL("search/pages.json", this.root), cache).catch(() => null),
    ]);
    this.lunr = lunr;
    try {
      this.index = lunr.Index.load(index);
      this.papers = new Map(Object.entries(papers));
    } catch {
      throw new LoadError("The search index is damaged.");
    }
    this.#readPages(pages);
  }

  /** Pages are a group of their own: without them papers are still found. */
  #readPages(pages) {
    this.pageIndex = null;
    this.pages = new Map();
    try {
      this.pageIndex = this.lunr.Index.load(pages.index);
      this.pages = new Map(Object.entries(pages.pages));
    } catch {
      this.pageIndex = null;
    }
  }

  /**
   * Answer a query as typed, in lunr's order. What lunr cannot parse runs again as plain words, and so does what finds
   * nothing only because of its punctuation.
   *
   * @returns {{papers: Hit[], pages: Hit[], message: string, ran: string, instead: string, capped: boolean}} `message` is
   *   lunr's; `ran` the plain words that were run instead of the query; `instead` plain words that may find more.
   */
  search(text) {
    const answer = { papers: [], pages: [], message: "", ran: "", instead: "", capped: false };
    const plain = this.plainWords(text.replace(/[:~^*+\\]/g, " "));
    try {
      const query = this.#parsed(this.index, text);
      answer.capped = capFuzziness(query);
      answer.papers = this.#run(this.index, query.clauses);
      answer.pages = this.#pagesAsTyped(text);
    } catch (error) {
      if (!(error instanceof this.lunr.QueryParseError)) throw error;
      answer.message = error.message;
    }
    const mayDiffer = answer.message || (!OPERATORS.test(text) && splitWords(text).some(isPunctuated));
    if (!mayDiffer || !plain.length) return answer;
    if (answer.papers.length || answer.pages.length) return { ...answer, instead: plain.join(" ") };
    return { ...answer, ...this.#searchWords(plain), ran: plain.join(" ") };
  }

  /** Suggest papers for a half-typed query: whole words are required, the last one may be unfinished. */
  suggest(text, limit) {
    if (OPERATORS.test(text)) return this.#suggestAsTyped(text, limit);
    const [, finished, last] = text.match(/^(.*?)([^\s-]*)$/s).map((part) => trimWord(part.toLowerCase()));
    const whole = this.plainWords(pieces(last) ? text : finished);
    const clauses = whole.map((word) => ({ term: word, presence: this.lunr.Query.presence.REQUIRED }));
    if (isLongEnough(last) && !pieces(last)) {
      const prefix = this.#prefixFor(last);
      if (!prefix) return { hits: [], total: 0 };
      clauses.push({ term: `${prefix}*`, usePipeline: false, presence: this.lunr.Query.presence.REQUIRED });
      clauses.push({ term: last, boost: 10 });
    }
    if (!clauses.length) return null;
    const hits = this.#run(this.index, clauses);
    return { hits: hits.slice(0, limit), total: hits.length };
  }

  /** ~ and a leading * go through the whole vocabulary: they wait for Enter. */
  #suggestAsTyped(text, limit) {
    if (/~|(^|[\s:+-])\*/.test(text)) return null;
    try {
      const hits = this.#run(this.index, this.#parsed(this.index, text).clauses);
      return { hits: hits.slice(0, limit), total: hits.length };
    } catch (error) {
      if (error instanceof this.lunr.QueryParseError) return null; // half an operator
      throw error;
    }
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
    const query = new this.lunr.Query(index.fields);
    return new this.lunr.QueryParser(text, query).parse();
  }

  /** Run clauses and give [{ref, terms}], best first. */
  #run(index, clauses) {
    const found = index.query((query) => {
      for (const clause of clauses) query.clause({ ...clause });
    });
    return found.map(({ ref, matchData }) => ({ ref, terms: new Set(Object.keys(matchData.metadata)) }));
  }

  #searchWords(words) {
    const clauses = words.map((term) => ({ term }));
    return { papers: this.#run(this.index, clauses), pages: this.pageIndex ? this.#run(this.pageIndex, clauses) : [] };
  }

  /** Pages have fewer fields than papers, and "not this word" is no reason to show them all. */
  #pagesAsTyped(text) {
    if (!this.pageIndex) return [];
    try {
      const query = this.#parsed(this.pageIndex, text);
      capFuzziness(query);
      return query.isNegated() ? [] : this.#run(this.pageIndex, query.clauses);
    } catch (error) {
      if (error instanceof this.lunr.QueryParseError) return [];
      throw error;
    }
  }

  /** The longest beginning of a word that begins a term: terms are stemmed, so "translation*" would match nothing. */
  #prefixFor(word) {
    let prefix = this.#longestPrefix(word);
    const stem = this.stem(word);
    if (!stem.startsWith(prefix) && this.#longestPrefix(stem) === stem) prefix = commonStart(prefix, stem);
    const least = Math.max(Math.min(LEAST_LETTERS, word.length), word.length - LONGEST_ENDING);
    return prefix.length >= least ? prefix : "";
  }

  #longestPrefix(word) {
    let node = this.index.tokenSet;
    let length = 0;
    while (length < word.length && node.edges[word[length]]) node = node.edges[word[length++]];
    return word.slice(0, length);
  }
}

function isLongEnough(word) {
  return word.length >= LEAST_LETTERS || /[^\u0000-\u2fff]/.test(word); // one Chinese sign says as much as a word
}

/** Whether a word stands in the index otherwise than lunr takes it from a query, which it does not trim. */
function isPunctuated(word) {
  const trimmed = trimWord(word);
  return trimmed !== "" && (trimmed !== word || pieces(word) !== null);
}

function commonStart(one, other) {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  return one.slice(0, length);
}

/** Bring edit distances down to what a browser can do; true where one was above. */
function capFuzziness(query) {
  const above = query.clauses.filter((clause) => clause.editDistance > FUZZY_CAP);
  for (const clause of above) clause.editDistance = FUZZY_CAP;
  return above.length > 0;
}

async function fetchJson(url, cache) {
  const name = url.pathname.split("/").pop();
  let answer;
  try {
    answer = await fetch(url, { cache });
  } catch {
    throw new LoadError(`The search index (${name}) could not be loaded: no connection.`);
  }
  if (!answer.ok) throw new LoadError(`The search index (${name}) could not be loaded: the server says ${answer.status}.`);
  try {
    return await answer.json();
  } catch {
    throw new LoadError(`The search index (${name}) came incomplete or garbled.`);
  }
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
