// The view of the search page as its address tells it: what is asked, through which filters, in which order. Pure.

const OLDEST = "0001";
const NEWEST = "9999";
const UNDATED = "none";

/**
 * Read the part of an address from "?" on; what cannot be understood is as if it were not there.
 *
 * @returns {{query: string, topic: string[], kind: string[], years: string[] | null, sort: string, page: number}}
 *   `years` are the first and the last year, `["", ""]` for papers without a date; `sort` is "date" or "".
 */
export function readView(search) {
  const given = new URLSearchParams(search);
  return {
    query: given.get("q") ?? "",
    topic: [...new Set(given.getAll("topic"))],
    kind: [...new Set(given.getAll("kind"))],
    years: readYears(given.get("year") ?? ""),
    sort: given.get("sort") === "date" ? "date" : "",
    page: Math.max(1, Number.parseInt(given.get("page"), 10) || 1),
  };
}

/** The address of a view below the site's root; what is as usual is left out. */
export function addressOf(root, view) {
  const { query, topic = [], kind = [], years, sort, page = 1 } = view;
  const parameters = new URLSearchParams({ q: query });
  for (const slug of topic) parameters.append("topic", slug);
  for (const name of kind) parameters.append("kind", name);
  if (years) parameters.set("year", yearsAsText(years, "-", UNDATED));
  if (sort) parameters.set("sort", sort);
  if (page > 1) parameters.set("page", page);
  return new URL(`search/?${parameters}`, root);
}

/**
 * The range of years after one of `known` was ticked or unticked. A year outside extends the range; of a range that is
 * cut in two the newer part stays. No date ("") is a choice of its own.
 */
export function yearsAfter(years, year, ticked, known) {
  if (!years?.[1] || !year) return ticked ? [year, year] : null;
  const inside = known.filter((other) => other >= years[0] && other <= years[1]);
  const newer = inside.filter((other) => other > year);
  const left = ticked ? [year, ...inside] : newer.length ? newer : inside.filter((other) => other < year);
  left.sort();
  return left.length ? [left[0], left.at(-1)] : null;
}

/** "2023–2025", "2024", "2023–" or, for papers without a date, `undated`. */
export function yearsAsText([from, to], dash, undated) {
  if (!to) return undated;
  return from === to ? from : `${from === OLDEST ? "" : from}${dash}${to === NEWEST ? "" : to}`;
}

function readYears(text) {
  if (text === UNDATED) return ["", ""];
  const found = text.match(/^(\d{4})?(-?)(\d{4})?$/);
  if (!found) return null;
  const [, from, dash, to] = found;
  if (!from && !to) return null;
  return dash ? [from ?? OLDEST, to ?? NEWEST].sort() : [from, from];
}
