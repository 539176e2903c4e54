// Facets: topic, kind and year of every document, to narrow results and to count them. Pure but for its bytes.

import { Cursor } from "./search-columns.js";

export class SearchFacets {
  /** @param {Uint8Array} payload of the facets' file */
  constructor(documents, payload) {
    const cursor = new Cursor(payload);
    Object.assign(this, cursor.json());
    const [kinds, years, counts, topics] = cursor.columns(4);
    this.kindOf = kinds.varints(documents);
    this.yearOf = years.varints(documents);
    this.topicEnds = counts.varints(documents);
    for (let at = 1; at < documents; at++) this.topicEnds[at] += this.topicEnds[at - 1];
    this.topicsOf = topics.varints(this.topicEnds.at(-1) ?? 0);
  }

  /** The ordinals, in their order, that have one of the topics, one of the kinds and a year in the span; no choice is any. */
  filter(ordinals, selected) {
    const tests = Object.values(this.#tests(selected));
    return ordinals.filter((ordinal) => tests.every((passes) => passes(ordinal)));
  }

  /** How many of the ordinals each value would leave, with the choices in the other facets. */
  counts(ordinals, selected) {
    const tests = this.#tests(selected);
    const numbers = { topic: new Uint32Array(this.topics.length), kind: new Uint32Array(this.kinds.length + 1), year: new Uint32Array(this.years.length) };
    for (const ordinal of ordinals) {
      const [topic, kind, year] = [tests.topic(ordinal), tests.kind(ordinal), tests.year(ordinal)];
      if (kind && year) for (const at of this.#topics(ordinal)) numbers.topic[at]++;
      if (topic && year) numbers.kind[this.kindOf[ordinal]]++;
      if (topic && kind) numbers.year[this.yearOf[ordinal]]++;
    }
    const named = (names, counted) => new Map(names.map((name, at) => [name, counted[at]]).filter(([, count]) => count));
    return { topic: named(this.topics, numbers.topic), kind: named(this.kinds, numbers.kind.subarray(1)), year: named(this.years, numbers.year) };
  }

  #topics(ordinal) {
    return this.topicsOf.subarray(ordinal ? this.topicEnds[ordinal - 1] : 0, this.topicEnds[ordinal]);
  }

  /** @param selected lists of topics and kinds, and the first and last year (["", ""] is no date); what is absent is any */
  #tests({ topic, kind, years }) {
    const any = () => true;
    const among = (names, chosen) => new Set(chosen?.map((name) => names.indexOf(name) >>> 0)); // unknown: no value's index
    const topics = among(this.topics, topic);
    const kinds = among(this.kinds, kind);
    const inSpan = this.years.map((year) => !years || (year >= years[0] && year <= years[1]));
    return {
      topic: topics.size ? (ordinal) => this.#topics(ordinal).some((at) => topics.has(at)) : any,
      kind: kinds.size ? (ordinal) => kinds.has(this.kindOf[ordinal] - 1) : any,
      year: (ordinal) => inSpan[this.yearOf[ordinal]],
    };
  }
}
