// Filters: topics, kinds and years with their counts. On a phone they stand behind one line.

import { yearsAfter, yearsAsText } from "./search-address.js";
import { counted, kindName, make } from "./search-view.js";

const SHOWN_FIRST = 10;

/** Every filter of a view as [its name, the view without it]. */
export function filtersOf(client, view) {
  const without = (facet, value) => ({ ...view, page: 1, [facet]: view[facet].filter((other) => other !== value) });
  return [
    ...view.topic.map((slug) => [client.topicName(slug), without("topic", slug)]),
    ...view.kind.map((kind) => [kindName(kind), without("kind", kind)]),
    ...(view.years ? [[yearsAsText(view.years, "–", "no date"), { ...view, page: 1, years: null }]] : []),
  ];
}

export class Filters {
  /** @param {(view: object) => void} choose called with the view that the reader chose */
  constructor(client, choose) {
    Object.assign(this, { client, choose });
    this.wide = matchMedia("(min-width: 62em)").matches;
    this.summary = make("summary");
    this.body = make("div");
    this.element = make("details.sg-filters", this.summary, this.body);
    this.element.open = this.wide;
  }

  /** Show what can be chosen beside `view`; `counts` of each facet are with the other facets applied. */
  show(view, facets, counts) {
    this.view = view;
    const number = filtersOf(this.client, view).length;
    this.summary.textContent = number ? `Filter (${number})` : "Filter";
    this.#fill(
      this.#boxes("topic", "Topic", facets.topics, counts.topic, (slug) => this.client.topicName(slug)),
      this.#boxes("kind", "Kind", facets.kinds, counts.kind, kindName),
      this.#years(facets.years, counts.year),
    );
  }

  /** Put other controls in the place of these, but leave open what is open and the focus where it is. */
  #fill(...groups) {
    const keyed = (at) => [...at.querySelectorAll("[data-key]")];
    const old = new Map(keyed(this.body).map((element) => [element.dataset.key, element]));
    const held = document.activeElement;
    this.body.replaceChildren(...groups.flat());
    for (const element of keyed(this.body)) {
      const before = old.get(element.dataset.key);
      if (before && element.tagName === "SUMMARY") element.parentNode.open = before.parentNode.open;
      if (before && before === held) element.focus({ preventScroll: true });
    }
  }

  /** A facet whose values are alternatives: those that most papers have first. */
  #boxes(facet, heading, values, counts, nameOf) {
    const chosen = this.view[facet];
    const known = [...values, ...chosen.filter((value) => !values.includes(value))];
    known.sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0));
    const isOn = (value) => chosen.includes(value);
    const after = (value, ticked) => (ticked ? [...chosen, value] : chosen.filter((other) => other !== value));
    return this.#facet(facet, heading, known, counts, nameOf, isOn, after);
  }

  /** Years, newest first: what is ticked is a range. */
  #years(values, counts) {
    const { years } = this.view;
    const isOn = (year) => years !== null && year >= years[0] && year <= years[1];
    const after = (year, ticked) => yearsAfter(years, year, ticked, values);
    return this.#facet("years", "Year", values, counts, (year) => year || "no date", isOn, after);
  }

  /** The boxes of a facet, the first ten and what is on at once; without any where nothing can be chosen. */
  #facet(facet, heading, values, counts, nameOf, isOn, after) {
    const rows = [[], []];
    for (const value of values) {
      const count = counts.get(value) ?? 0;
      if (!count && !isOn(value)) continue;
      const input = make("input", { type: "checkbox", name: facet, value, "data-key": `${facet} ${value}` });
      input.checked = isOn(value);
      input.addEventListener("change", () => this.choose({ ...this.view, page: 1, [facet]: after(value, input.checked) }));
      const said = make("span.sg-hidden", `, ${counted(count, "paper")}`);
      const shown = make("span.sg-number", { "aria-hidden": true }, count.toLocaleString("en"));
      const later = rows[0].length >= SHOWN_FIRST && !isOn(value);
      rows[+later].push(make("label", input, make("span", nameOf(value), said), shown));
    }
    const [first, rest] = rows;
    if (rest.length) first.push(this.#group(`more ${facet}`, `All ${first.length + rest.length}`, false, rest));
    return first.length ? [this.#group(facet, heading, this.wide || values.some(isOn), first)] : [];
  }

  #group(key, heading, open, rows) {
    const details = make("details", make("summary", { "data-key": key }, heading), rows);
    details.open = open;
    return details;
  }
}
