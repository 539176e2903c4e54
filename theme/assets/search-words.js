// Words, as the index takes them: the same cuts as sitegen/search/analysis.py. Pure functions of text.

const SEPARATORS = /[\s-]+/u; // lunr.tokenizer.separator
const TOKEN = /[^\s-]+/gu;
const PART = /[\p{L}\p{M}\p{N}_]+/gu;
const EDGES = /^[^\p{L}\p{M}\p{N}_]+|[^\p{L}\p{M}\p{N}_]+$/gu;
const CJK = /[\u3005\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]{2,}/gu;
const ROMANISED = { ß: "ss", ø: "o", æ: "ae", œ: "oe", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i", "’": "'" };

const WINDOW = 160; // letters of a snippet's piece; a text without a hit shows its first WHOLE
const WHOLE = 240;
const LEAD = 40; // letters shown before the first hit of a piece

/** The words of a text in lower case, cut at white space and hyphens. */
export function splitWords(text) {
  return text.toLowerCase().split(SEPARATORS).filter(Boolean);
}

/** A word without punctuation at its ends. */
export function trimWord(word) {
  return word.replace(EDGES, "");
}

/** A word in lower case without accents: "šnajder" gives "snajder". */
export function foldAccents(word) {
  const plain = word.replace(/[ßøæœłđðþı’]/g, (letter) => ROMANISED[letter]);
  return plain.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").normalize("NFC").toLowerCase();
}

/** The two-letter pieces of Chinese, Japanese or Korean runs longer than two, as the index holds them, or null. */
export function pieces(word) {
  const runs = word.match(CJK);
  if (!runs || word.length === 2) return null;
  return runs.flatMap((run) => Array.from({ length: run.length - 1 }, (_, at) => run.slice(at, at + 2)));
}

/**
 * Where a text has the words of a search.
 *
 * @param {(word: string) => boolean} isHit
 * @returns {{start: number, end: number}[]} in order, without overlap
 */
export function findHits(text, isHit) {
  const hits = [];
  for (const token of text.matchAll(TOKEN)) {
    const word = trimWord(token[0]);
    if (!word) continue;
    const start = token.index + token[0].indexOf(word);
    if (isHit(word)) hits.push({ start, end: start + word.length });
    else hits.push(...hitsInside(word, start, isHit));
  }
  return hits;
}

/** Hits among the parts of "encoder/decoder", else among the two-letter pieces of a Chinese run. */
function hitsInside(word, start, isHit) {
  const parts = [...word.matchAll(PART)].map((part) => ({ start: part.index, end: part.index + part[0].length }));
  const inParts = parts.filter((part) => isHit(word.slice(part.start, part.end)));
  const found = inParts.length ? inParts : parts.flatMap((part) => hitPieces(word, part, isHit));
  return found.map((hit) => ({ start: start + hit.start, end: start + hit.end }));
}

function hitPieces(word, part, isHit) {
  const found = [];
  if (!pieces(word.slice(part.start, part.end))) return found;
  for (let at = part.start; at < part.end - 1; at++) {
    if (!isHit(word.slice(at, at + 2))) continue;
    if (found.at(-1)?.end > at) found.at(-1).end = at + 2;
    else found.push({ start: at, end: at + 2 });
  }
  return found;
}

/** The one or two pieces of a text that show most of the different words found: [{start, end}], in order. */
export function snippetPieces(text, hits) {
  if (!hits.length) return [{ start: 0, end: wordEnd(text, WHOLE) }];
  const wordOf = (hit) => text.slice(hit.start, hit.end).toLowerCase().slice(0, 5); // near enough to the stem
  const shown = new Set();
  const chosen = [];
  while (chosen.length < 2) {
    const best = bestWindow(hits, wordOf, shown);
    if (!best.gain) break;
    for (const hit of best.inside) shown.add(wordOf(hit));
    chosen.push(best.inside[0].start);
  }
  const size = chosen.length === 1 ? WHOLE : WINDOW;
  return merged(chosen.sort((a, b) => a - b).map((at) => pieceAround(text, at, size)));
}

function bestWindow(hits, wordOf, shown) {
  let best = { gain: 0, score: 0, inside: [] };
  for (const first of hits) {
    const inside = hits.filter((hit) => hit.start >= first.start && hit.end <= first.start + WINDOW - LEAD);
    const gain = new Set(inside.map(wordOf).filter((word) => !shown.has(word))).size;
    const score = gain * 100 + inside.length;
    if (gain && score > best.score) best = { gain, score, inside };
  }
  return best;
}

function pieceAround(text, at, size) {
  const from = Math.max(0, Math.min(at - LEAD, text.length - size));
  const start = from === 0 ? 0 : wordStart(text, from, at);
  return { start, end: wordEnd(text, start + size) };
}

/** The first beginning of a word from a place on, but not beyond the hit. */
function wordStart(text, from, hit) {
  const space = text.indexOf(" ", from);
  return space === -1 || space >= hit ? hit : space + 1;
}

/** The last end of a word before a place. */
function wordEnd(text, at) {
  if (at >= text.length) return text.length;
  const space = text.lastIndexOf(" ", at);
  return space > at - WINDOW / 2 ? space : at;
}

function merged(found) {
  const [first, second] = found;
  if (!second || second.start > first.end) return found;
  return [{ start: first.start, end: Math.max(first.end, second.end) }];
}
