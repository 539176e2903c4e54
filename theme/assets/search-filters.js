// Filters: topics, kinds and years with their counts. On a phone they stand behind one line.

import { isYear, yearRange, yearsAsText } from "./search-address.js";
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
    this.summary = make("summary", {}, "Filter");
    this.body = make("div");
    this.element = make("details", { class: "sg-filters" }, this.summary, this.body);
    this.element.open = this.wide;
  }

  /** Show what can be chosen beside `view`; `counts` of each facet are with the other facets applied. */
  show(view, facets, counts) {
    this.view = view;
    const number = filtersOf(this.client, view).length;
    this.summary.textContent = number ? `Filter (${number})` : "Filter";
    this.fill(
      ...this.boxes("topic", "Topic", facets.topics, counts.topic, (slug) => this.client.topicName(slug)),
      ...this.boxes("kind", "Kind", facets.kinds, counts.kind, kindName),
      ...this.years(facets.years, counts.year),
    );
  }

  /** Put other controls in the place of these, but leave open what is open and the focus where it is. */
  fill(...nodes) {
    const keyed = (at) => [...at.querySelectorAll("[data-key]")];
    const old = new Map(keyed(this.body).map((element) => [element.dataset.key, element]));
    const held = document.activeElement;
    this.body.replaceChildren(...nodes);
    for (const element of keyed(this.body)) {
      const before = old.get(element.dataset.key);
      if (before && element.tagName === "SUMMARY") element.parentNode.open = before.parentNode.open;
      if (before && before === held) element.focus({ preventScroll: true });
    }
  }

  boxes(facet, heading, values, counts, nameOf) {
    const chosen = this.view[facet];
    const here = values.filter((value) => counts.get(value) || chosen.includes(value));
    here.push(...chosen.filter((value) => !values.includes(value)));
    here.sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0));
    if (!here.length) return [];
    const rows = here.map((value) => this.box(facet, value, nameOf(value), counts.get(value) ?? 0));
    const isFirst = (at) => at < SHOWN_FIRST || chosen.includes(here[at]);
    const first = rows.filter((_, at) => isFirst(at));
    const rest = rows.filter((_, at) => !isFirst(at));
    if (rest.length) first.push(this.group(`more ${facet}`, `All ${here.length}`, false, rest));
    return [this.group(facet, heading, this.wide || chosen.length > 0, first)];
  }

  box(facet, value, name, count) {
    const input = make("input", { type: "checkbox", name: facet, value, "data-key": `${facet} ${value}` });
    input.checked = this.view[facet].includes(value);
    input.addEventListener("change", () => {
      const others = this.view[facet].filter((other) => other !== value);
      this.choose({ ...this.view, page: 1, [facet]: input.checked ? [...others, value] : others });
    });
    return this.row(input, name, count);
  }

  row(input, name, count) {
    const said = make("span", { class: "sg-hidden" }, `, ${counted(count, "paper")}`);
    const shown = make("span", { class: "sg-number", "aria-hidden": "true" }, count.toLocaleString("en"));
    return make("label", {}, input, make("span", {}, name, said), shown);
  }

  years(values, counts) {
    const { years } = this.view;
    const asked = years ?? [];
    const known = [...new Set([...values, ...asked])].filter((year) => counts.get(year) || asked.includes(year));
    const dated = known.filter(isYear).sort().reverse();
    const undated = counts.get("") || (years && !years[1]);
    if (!dated.length && !undated) return [];
    const from = this.yearChoice("from", dated, counts);
    const to = this.yearChoice("to", dated, counts);
    const change = () => this.choose({ ...this.view, page: 1, years: yearRange(from.value, to.value) });
    for (const select of [from, to]) select.addEventListener("change", change);
    const rows = [make("div", { class: "sg-range" }, make("label", {}, "From ", from), make("label", {}, "to ", to))];
    if (undated) rows.push(this.undatedBox(counts.get("") ?? 0));
    return [this.group("year", "Year", this.wide || years !== null, rows)];
  }

  yearChoice(end, dated, counts) {
    const select = make("select", { name: `year ${end}`, "data-key": `year ${end}` }, make("option", { value: "" }, "any"));
    for (const year of dated) select.append(make("option", { value: year }, `${year} (${counts.get(year) ?? 0})`));
    const value = this.view.years?.[end === "from" ? 0 : 1];
    if (dated.includes(value)) select.value = value;
    return select;
  }

  undatedBox(count) {
    const input = make("input", { type: "checkbox", name: "year", value: "none", "data-key": "year none" });
    input.checked = this.view.years !== null && !this.view.years[1];
    input.addEventListener("change", () => this.choose({ ...this.view, page: 1, years: input.checked ? ["", ""] : null }));
    return this.row(input, "no date", count);
  }

  group(key, heading, open, rows) {
    const details = make("details", {}, make("summary", { "data-key": key }, heading), ...rows);
    details.open = open;
    return details;
  }
}
