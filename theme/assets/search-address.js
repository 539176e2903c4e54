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

/** A range of years from two boxes, either of which may be empty; null where both are. */
export function yearRange(from, to) {
  if (!from && !to) return null;
  return [from || OLDEST, to || NEWEST].sort();
}

/** Whether an end of a range is a year that was asked for, not an open end or no date. */
export function isYear(end) {
  return end !== "" && end !== OLDEST && end !== NEWEST;
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
  return dash ? yearRange(from, to) : yearRange(from, from);
}
