// Elements for results. Record text enters the page here, as text nodes and never as markup.

import { LoadError } from "./search-files.js";
import { findHits, snippetPieces } from "./search-words.js";

const NAMES_SHOWN = 3;
const QUERY_SHOWN = 80; // letters

/** Make an element, with a class as in "p.sg-note": attributes as an object, children as elements, text or lists of both. */
export function make(what, ...parts) {
  const [tag, name] = what.split(".");
  const element = document.createElement(tag);
  if (name) element.className = name;
  for (const part of parts.flat(2)) {
    if (part.constructor === Object) setAttributes(element, part);
    else element.append(part);
  }
  return element;
}

export function setAttributes(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
}

/** "1 paper", "2,000 papers". */
export function counted(number, noun) {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}

/** A query as it is repeated to the reader: of a long one the beginning. */
export function shortened(query) {
  const letters = [...query.trim()];
  return letters.slice(0, QUERY_SHOWN).join("") + (letters.length > QUERY_SHOWN ? "…" : "");
}

export function quoted(query) {
  return `“${shortened(query)}”`;
}

/** "survey" as a heading says it. */
export function kindName(kind) {
  return kind.charAt(0).toUpperCase() + kind.slice(1);
}

/** A title with its hits marked; one that the site made itself stands in square brackets, as in library catalogues. */
export function titleNodes(client, record, terms) {
  const title = markedNodes(record.title, hitsIn(client, record.title, terms));
  return record.derived ? ["[", ...title, "]", make("span.sg-hidden", " (derived title)")] : title;
}

/** One line about when and by whom. */
export function metaLine(client, record, terms) {
  const authors = authorNodes(client, record, terms);
  return authors.length ? [yearOf(record), " · ", ...authors] : [yearOf(record)];
}

/** The year of a paper's own date, in words where there is none. */
export function yearOf(record) {
  return record.year || "no date";
}

/** The first names, and the ones that were searched for. */
export function authorNodes(client, { authors, authorCount }, terms) {
  if (!authors.length) return authorCount ? [counted(authorCount, "author")] : [];
  const hitsOf = (name) => hitsIn(client, name, terms);
  const shown = authors.filter((name, at) => at < NAMES_SHOWN || hitsOf(name).length);
  const nodes = shown.flatMap((name, at) => [at ? ", " : "", ...markedNodes(name, hitsOf(name))]);
  const rest = authors.length - shown.length;
  return rest ? [...nodes, ` and ${rest.toLocaleString("en")} more`] : nodes;
}

/** The pieces of a text around its hits, with "…" where something was left out. */
export function snippetNodes(client, text, terms) {
  const hits = hitsIn(client, text, terms);
  const nodes = [];
  let end = 0;
  for (const piece of snippetPieces(text, hits)) {
    if (piece.start > end) nodes.push(end ? " … " : "… ");
    nodes.push(...markedNodes(text, hits, piece.start, piece.end));
    end = piece.end;
  }
  return end < text.length ? [...nodes, " …"] : nodes;
}

function hitsIn(client, text, terms) {
  return findHits(text, (word) => client.isHit(word, terms));
}

function markedNodes(text, hits, from = 0, to = text.length) {
  const nodes = [];
  let at = from;
  for (const hit of hits) {
    if (hit.start < at || hit.end > to) continue;
    nodes.push(text.slice(at, hit.start), make("mark", text.slice(hit.start, hit.end)));
    at = hit.end;
  }
  return [...nodes, text.slice(at, to)].filter((node) => node !== "");
}

/** A failure in words, with a way to try again. */
export function failure(error, retry) {
  const button = make("button.sg-button", { type: "button" }, "Try again");
  button.addEventListener("click", retry);
  const foreseen = error instanceof LoadError;
  if (!foreseen) console.error(error);
  const words = foreseen ? error.message : "Something went wrong in search.";
  return make("p.sg-failure", words, " ", button);
}

/** A place whose text screen readers say aloud when it changes. */
export function liveRegion() {
  const region = make("div.sg-hidden", { role: "status", "aria-live": "polite" });
  document.body.append(region);
  return region;
}
