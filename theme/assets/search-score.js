// Scores: what lunr.js 2.3.9 computes in lunr.Index.prototype.query, to the last bit, on typed arrays. Pure.

import { countUpTo } from "./search-columns.js";

/**
 * Score the documents that clauses find.
 *
 * @param {number} documents how many there are
 * @param {{fields: number[], boost: number, required: boolean, prohibited: boolean, terms: Term[]}[]} clauses with their
 *   terms in lunr's order; a Term has its `term` and `postings(field)`
 * @returns {{papers: Uint32Array, scores: Float64Array}} best first; equal scores in the order in which they were found
 */
export function scoreClauses(documents, clauses) {
  const banned = new Uint8Array(documents);
  for (const clause of clauses) if (clause.prohibited) mark(banned, clause);
  if (clauses.every((clause) => clause.prohibited)) return allBut(banned);
  for (const clause of clauses) {
    if (!clause.required) continue;
    const having = mark(new Uint8Array(documents), clause);
    for (let at = 0; at < documents; at++) banned[at] |= having[at] ^ 1;
  }
  return gathered(documents, banned, queryVectors(clauses));
}

function mark(marked, { terms, fields }) {
  for (const term of terms) {
    for (const field of fields) for (const ordinal of term.postings(field).ordinals) marked[ordinal] = 1;
  }
  return marked;
}

function allBut(banned) {
  let count = 0;
  const papers = new Uint32Array(banned.length);
  for (let ordinal = 0; ordinal < banned.length; ordinal++) if (!banned[ordinal]) papers[count++] = ordinal;
  return { papers: papers.slice(0, count), scores: new Float64Array(count) };
}

/** For each field its terms with their boosts; in `order` every pair of both, as lunr meets them. */
function queryVectors(clauses) {
  const vectors = new Map();
  const order = [];
  for (const { fields, boost, prohibited, terms } of clauses) {
    if (prohibited) continue;
    for (const term of terms) {
      for (const field of fields) {
        if (!vectors.has(field)) vectors.set(field, new Map());
        const vector = vectors.get(field);
        if (!vector.has(term)) order.push([term, field]);
        vector.set(term, vector.has(term) ? vector.get(term) + boost : boost);
      }
    }
  }
  return { vectors, order };
}

function gathered(documents, banned, { vectors, order }) {
  const similarities = new Map();
  for (const [field, vector] of vectors) similarities.set(field, fieldSimilarity(documents, field, vector));
  const unseen = new Map(Array.from(vectors.keys(), (field) => [field, new Uint8Array(documents).fill(1)]));
  const sums = new Float64Array(documents);
  const found = new Uint8Array(documents);
  const papers = new Uint32Array(documents);
  let count = 0;
  for (const [term, field] of order) {
    const { dots, magnitude } = similarities.get(field);
    const fresh = unseen.get(field);
    for (const ordinal of term.postings(field).ordinals) {
      if (!fresh[ordinal] || banned[ordinal]) continue;
      fresh[ordinal] = 0;
      sums[ordinal] += dots[ordinal] / magnitude || 0;
      if (found[ordinal]) continue;
      found[ordinal] = 1;
      papers[count++] = ordinal;
    }
  }
  return bestFirst(papers.subarray(0, count), sums);
}

/** Dot products are summed in the order of the terms: another order differs in the last bit. */
function fieldSimilarity(documents, field, vector) {
  const sorted = [...vector].sort(([one], [other]) => (one.term < other.term ? -1 : 1));
  const dots = new Float64Array(documents);
  let squares = 0;
  for (const [term, boost] of sorted) {
    squares += boost * boost;
    const { ordinals, weights } = term.postings(field);
    for (let at = 0; at < ordinals.length; at++) dots[ordinals[at]] += boost * weights[at];
  }
  return { dots, magnitude: Math.sqrt(squares) };
}

/** Sort by counting how many are better, which is quick for a million and keeps the order of equals. */
function bestFirst(found, sums) {
  const ascending = Float64Array.from(found, (ordinal) => sums[ordinal]).sort();
  const placed = new Uint32Array(found.length);
  const papers = new Uint32Array(found.length);
  for (const ordinal of found) {
    const better = found.length - countUpTo(ascending, sums[ordinal]);
    papers[better + placed[better]++] = ordinal;
  }
  return { papers, scores: ascending.reverse() };
}

/** The weight of a term in a field of a document, as lunr's builder computes it and rounds it to three decimals. */
export function weightFunction({ documents, k1, b }, average, boost, frequencyOfTerm) {
  const idf = Math.log(1 + Math.abs((documents - frequencyOfTerm + 0.5) / (frequencyOfTerm + 0.5)));
  const known = new Map();
  return (frequency, length) => {
    const key = length * 65536 + frequency;
    let weight = known.get(key);
    if (weight === undefined) {
      weight = roundToThree(((idf * ((k1 + 1) * frequency)) / (k1 * (1 - b + b * (length / average)) + frequency)) * boost);
      known.set(key, weight);
    }
    return weight;
  };
}

/** Python's round(x, 3): the nearest by x's exact value, an exact half to the even side. */
export function roundToThree(value) {
  const thousandfold = value * 1000;
  const below = Math.floor(thousandfold);
  if (Math.abs(thousandfold - below - 0.5) > 1e-6) return Math.round(thousandfold) / 1000;
  if (Number.isInteger(value * 16)) return (below + (below % 2)) / 1000;
  return Number(value.toFixed(3));
}
