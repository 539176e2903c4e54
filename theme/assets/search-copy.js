// All results as BibTeX in the clipboard: the files of the papers' own pages, fetched when the reader asks for them.

import { LoadError } from "./search-files.js";
import { inTurns } from "./search-index.js";
import { counted, failure, make } from "./search-view.js";

const PAPERS_AT_A_TIME = 100; // papers in one copy

/**
 * A button that copies results from the `first` on, at most a hundred, and the place for what is to be said of it.
 *
 * @param {ArrayLike<number>} ordinals all results, in the order shown
 */
export function copyTool(client, ordinals, first) {
  const chosen = ordinals.slice(first, first + PAPERS_AT_A_TIME);
  const [from, to, all] = [first + 1, first + chosen.length, ordinals.length].map((n) => n.toLocaleString("en"));
  const which = chosen.length === ordinals.length ? "" : ` ${from}–${to} of ${all}`;
  const button = make("button.sg-button", { type: "button" }, `Copy${which} as BibTeX`);
  const said = make("div.sg-copied", { role: "status" });
  button.addEventListener("click", () => copyEntries(client, chosen, button, said));
  if (which) button.title = `${PAPERS_AT_A_TIME} at a time, from the first on this page`;
  return [button, said];
}

async function copyEntries(client, ordinals, button, said) {
  button.disabled = true;
  said.textContent = `Loading the BibTeX of ${counted(ordinals.length, "paper")} …`;
  try {
    const records = await client.records(ordinals);
    await deliverEntries(await loadEntries(client.root, records), records.length, said);
  } catch (error) {
    said.replaceChildren(failure(error, () => copyEntries(client, ordinals, button, said)));
  }
  button.disabled = false;
}

/** The BibTeX of papers in their order; all of it or a LoadError. */
async function loadEntries(root, records) {
  const entries = [];
  await inTurns(records.entries(), async ([at, { id }]) => {
    entries[at] = await loadEntry(new URL(`papers/${id}.bib`, root));
  });
  return entries.map((entry) => entry.trim()).join("\n\n");
}

async function loadEntry(url) {
  let answer;
  try {
    answer = await fetch(url);
    if (answer.ok) return await answer.text();
    const shown = answer.status === 404 && (await shownEntry(new URL(`${url.href.slice(0, -".bib".length)}/`)));
    if (shown) return shown;
  } catch {
    throw new LoadError("Nothing was copied: no connection.");
  }
  throw new LoadError(`Nothing was copied: ${url.pathname.split("/").pop()} could not be loaded, the server says ${answer.status}.`);
}

/** The BibTeX that a paper's page shows where the site has no files of it, or nothing. */
async function shownEntry(url) {
  const page = await fetch(url);
  return page.ok && new DOMParser().parseFromString(await page.text(), "text/html").querySelector(".cite code")?.textContent;
}

/** Browsers may refuse the clipboard: the text is then shown, selected. */
async function deliverEntries(text, number, said) {
  try {
    await navigator.clipboard.writeText(text);
    said.textContent = `${counted(number, "paper")} copied as BibTeX.`;
  } catch {
    const area = make("textarea.sg-text", { readonly: "", rows: 8, "aria-label": "BibTeX of the results" }, text);
    said.replaceChildren(make("p", "The browser does not let this page copy. Here is the text, selected:"), area);
    area.focus();
    area.select();
  }
}
