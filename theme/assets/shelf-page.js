// The page of the shelf: what was starred, as a list to read, to take along and to give to others. An address with
// "#ids=a,b" shows another reader's list, from ids alone: titles come from this site.

import { button, counted, isId, isRefused, keep, mark, paperUrl, say, shelf, siteUrl } from "./shelf.js";

const AT_ONCE = 6; // files under way, as many as browsers allow for one host
const MOST_SHARED = 200; // papers in a link

const place = document.getElementById("sg-shelf");
const names = new Map(); // titles of papers that came by a link; null for those that are not here
let before = null; // the shelf before the last removal
let focusOn = null; // what has the focus once the list is shown anew

show();
document.addEventListener("shelf", show);
addEventListener("hashchange", show);

function show() {
  const shared = sharedIds();
  const starred = [...shelf()].filter(([, paper]) => paper.starred).sort(([, a], [, b]) => (a.starred < b.starred ? 1 : -1));
  place.replaceChildren(...(shared ? sharedList(shared) : []), ...ownList(starred, shared));
  if (focusOn) (place.querySelector(focusOn) ?? place).focus();
  focusOn = null;
}

function make(tag, words = "", name = "") {
  const made = document.createElement(tag);
  if (name) made.className = name;
  made.append(...[words].flat());
  return made;
}

// ---- the reader's own shelf -----------------------------------------------------------------------------------------

function ownList(starred, shared) {
  const read = starred.filter(([, paper]) => paper.read).length;
  const heading = shared || starred.length ? [make("h2", "Your shelf"), make("p", make("em", `${counted(starred.length)}, ${read} read`, "side"))] : [];
  const refused = isRefused() ? [make("p", "This browser keeps nothing for this site: what you star is lost when you leave the page.", "sg-warn")] : [];
  if (!starred.length) return [...heading, ...refused, make("p", shared ? "Nothing yet." : "Nothing yet. A star stands beside every paper in a list, and on its page."), undoTool()];
  const list = make("ul", starred.map(([id, paper]) => entry(id, paper)), "sg-shelf");
  return [...heading, ...refused, tools(starred.map(([id, paper]) => [id, paper.title])), undoTool(), list];
}

function entry(id, paper) {
  const words = paper.read ? "✓ Read" : "Mark as read";
  const read = button(words, () => {
    focusOn = `[data-read="${id}"]`;
    mark(id, paper.title, "read", !paper.read);
    say(paper.read ? "Not marked as read any more." : "Marked as read.");
  });
  read.dataset.read = id;
  read.setAttribute("aria-label", `${words}: ${paper.title}`);
  const remove = button("Remove", () => change(`Removed ${paper.title}.`, (papers) => drop(papers, id)));
  remove.setAttribute("aria-label", `Remove ${paper.title}`);
  const row = make("li", [titleLink(id, paper.title), make("em", `starred ${day(paper.starred)}`, "about"), read, remove]);
  row.classList.toggle("sg-read", Boolean(paper.read));
  return row;
}

/** Take the star off one paper; that it was read stays. */
function drop(papers, id) {
  const paper = papers.get(id);
  if (paper?.read) papers.set(id, { ...paper, starred: "" });
  else papers.delete(id);
}

/** Change the shelf so that it can be undone. */
function change(words, act) {
  const papers = shelf();
  before = new Map(papers);
  act(papers);
  focusOn = "[data-undo]";
  keep(papers);
  say(`${words} It can be undone.`);
}

function undoTool() {
  if (!before) return "";
  const undo = button("Undo", () => {
    const papers = new Map([...shelf(), ...before]);
    before = null;
    focusOn = "h2";
    keep(papers);
    say("Undone.");
  });
  undo.dataset.undo = "";
  return make("p", ["Removed. ", undo], "sg-undo");
}

function titleLink(id, title) {
  const link = make("a", title, "title");
  link.href = paperUrl(id);
  return link;
}

function day(time) {
  const date = new Date(time);
  return isNaN(date) ? "some day" : date.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
}

// ---- to take along --------------------------------------------------------------------------------------------------

function tools(papers) {
  const said = make("span");
  said.setAttribute("role", "status");
  const address = `${siteUrl("shelf/")}#ids=${papers.slice(0, MOST_SHARED).map(([id]) => id).join(",")}`;
  const all = [
    button("Take as BibTeX", () => takeBibTeX(papers, said)),
    button("Take as Markdown", () => download("shelf.md", "text/markdown", markdownOf(papers), said, papers.length)),
    button("Copy a link to this list", () => copy(address, said)),
    button("Clear", () => change(`Cleared ${counted(papers.length)}.`, (kept) => papers.forEach(([id]) => drop(kept, id)))),
  ];
  return make("div", [...all, said], "sg-tools");
}

function markdownOf(papers) {
  const escaped = (title) => title.replace(/[\\`*_{}[\]<>&$|~^#]/g, "\\$&").replace(/\s+/g, " ");
  return papers.map(([id, title]) => `- [${escaped(title)}](<${paperUrl(id)}>)\n`).join("");
}

async function takeBibTeX(papers, said) {
  said.textContent = `Loading the BibTeX of ${counted(papers.length)} …`;
  const entries = await inTurns(papers, ([id]) => bibtexOf(id));
  const found = entries.filter((entry) => entry !== null);
  if (!found.length) said.textContent = "No BibTeX could be loaded. Is the network there?";
  else download("shelf.bib", "application/x-bibtex", found.map((entry) => entry.trim() + "\n").join("\n"), said, found.length);
  if (found.length && found.length < papers.length) said.textContent += ` ${counted(papers.length - found.length)} could not be loaded.`;
}

/** A paper's BibTeX: its file or, on a site without such files, what its page shows; null where there is neither. */
async function bibtexOf(id) {
  const file = await fetched(`papers/${id}.bib`);
  return file ? file.text() : ((await pageOf(id))?.querySelector(".cite code")?.textContent ?? null);
}

/** The page of a paper, or null. */
async function pageOf(id) {
  const answer = await fetched(`papers/${id}/`);
  return answer && new DOMParser().parseFromString(await answer.text(), "text/html");
}

function download(name, type, text, said, number) {
  const link = make("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  said.textContent = `${counted(number)} in ${name}.`;
}

async function copy(text, said) {
  try {
    await navigator.clipboard.writeText(text);
    said.textContent = "The link is copied: whoever opens it sees this list.";
  } catch {
    const field = make("input", "", "sg-link");
    field.readOnly = true;
    field.value = text;
    field.setAttribute("aria-label", "Link to this list");
    said.replaceChildren("The browser does not let this page copy. Here is the link: ", field);
    field.select();
  }
}

/** An answer of this site, or null. */
async function fetched(path) {
  try {
    const answer = await fetch(siteUrl(path));
    return answer.ok ? answer : null;
  } catch {
    return null;
  }
}

/** What `work` gives for each of the tasks, in their order, a few of them at once. */
async function inTurns(tasks, work) {
  const answers = [];
  const waiting = tasks.entries();
  const one = async () => {
    for (const [at, task] of waiting) answers[at] = await work(task);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  return answers;
}

// ---- another reader's list ------------------------------------------------------------------------------------------

/** The ids that the address brings, or null where it brings no list. What is no id is left out. */
function sharedIds() {
  const list = /^#ids=(.*)$/s.exec(location.hash)?.[1];
  return list === undefined ? null : [...new Set(list.split(",").filter(isId))].slice(0, MOST_SHARED);
}

function sharedList(ids) {
  const unknown = ids.filter((id) => !names.has(id));
  if (unknown.length) loadNames(unknown);
  const here = ids.filter((id) => names.get(id));
  const missing = ids.filter((id) => names.get(id) === null).length;
  const kept = shelf();
  const fresh = here.filter((id) => !kept.get(id)?.starred);
  const list = make("ul", here.map((id) => make("li", titleLink(id, names.get(id)))), "sg-shelf");
  const words = unknown.length ? "Loading …" : `${counted(here.length)} that somebody put together.`;
  const said = make("p", [words, missing ? ` ${counted(missing)} of the link ${missing === 1 ? "is" : "are"} not on this site.` : ""]);
  said.setAttribute("role", "status");
  const keepAll = button("Keep these", () => keepThese(fresh));
  const away = button("Leave this list", () => (location.hash = ""));
  const all = unknown.length ? [] : [fresh.length ? keepAll : here.length ? "All of them are on your shelf. " : "", away];
  return [make("h2", "A list from a link"), said, make("p", all, "sg-tools"), list];
}

async function loadNames(ids) {
  for (const id of ids) names.set(id, "");
  await inTurns(ids, async (id) => {
    const file = await fetched(`papers/${id}.csl.json`);
    let title = null;
    try {
      title = String(file ? (await file.json())[0].title : (await pageOf(id)).querySelector("h1").textContent);
    } catch {
      // Not here, or not what it should be.
    }
    names.set(id, title);
  });
  show();
}

function keepThese(ids) {
  const papers = shelf();
  const now = new Date().toISOString();
  for (const id of ids) papers.set(id, { read: "", ...papers.get(id), title: names.get(id), starred: now });
  focusOn = "h2";
  keep(papers);
  say(`${counted(ids.length)} put on your shelf.`);
}
