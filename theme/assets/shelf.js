// The shelf: papers that a reader starred or has read, kept in this browser alone. Stars stand beside the titles of
// lists and on the page of a paper; the shelf's own page is shelf-page.js.

const SITE = new URL("..", import.meta.url); // the root of the site, wherever it stands
const KEY = `${SITE.pathname}.shelf`;
const ID = /^[a-z0-9][a-z0-9-]{0,79}$/;
const MOST = 2000; // papers
const LONGEST = 600; // letters of a title

let kept = "{}"; // what is kept where the browser keeps nothing
let refused = false;

/** Whether the browser refused to keep the shelf: it then lasts until the page is left. */
export function isRefused() {
  return refused;
}

export function isId(id) {
  return ID.test(id);
}

export function paperUrl(id) {
  return new URL(`papers/${id}/`, SITE).href;
}

export function siteUrl(path) {
  return new URL(path, SITE).href;
}

/** The shelf as a map from id to {title, starred, read}, both times as ISO text or "". Whatever is not that is left out. */
export function shelf() {
  const papers = new Map();
  let stored = {};
  try {
    stored = JSON.parse(read() ?? "{}");
  } catch {
    // Somebody else's words under our key: as if nothing was there.
  }
  if (stored === null || typeof stored !== "object") return papers;
  for (const [id, paper] of Object.entries(stored).slice(0, MOST)) {
    const { title, starred = "", read = "" } = paper ?? {};
    if (isId(id) && [title, starred, read].every((words) => typeof words === "string")) {
      papers.set(id, { title: title.slice(0, LONGEST), starred, read });
    }
  }
  return papers;
}

function read() {
  if (!refused) {
    try {
      return localStorage.getItem(KEY);
    } catch {
      refused = true;
    }
  }
  return kept;
}

/** Keep a whole shelf, and tell everybody on this page. */
export function keep(papers) {
  kept = JSON.stringify(Object.fromEntries([...papers].slice(-MOST)));
  try {
    localStorage.setItem(KEY, kept);
    refused = false;
  } catch {
    refused = true; // private mode, or full
  }
  document.dispatchEvent(new CustomEvent("shelf"));
}

/** Set one thing of a paper: "starred" or "read", to now or to nothing. The shelf is read anew: another tab may have changed it. */
export function mark(id, title, what, on) {
  const papers = shelf();
  const paper = { starred: "", read: "", ...papers.get(id), title: title.slice(0, LONGEST), [what]: on ? new Date().toISOString() : "" };
  papers.delete(id);
  if (paper.starred || paper.read) papers.set(id, paper);
  keep(papers);
}

/** Say something to those who listen, in a place that others do not see. */
export function say(words) {
  let place = document.getElementById("sg-said");
  if (!place) {
    place = document.createElement("p");
    place.id = "sg-said";
    place.className = "sg-hidden";
    place.setAttribute("role", "status");
    document.body.append(place);
  }
  place.textContent = words + (refused ? " The browser does not let this site keep it: it is lost when you leave this page." : "");
}

export function counted(number, noun = "paper") {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}

export function button(words, act, name = "sg-button") {
  const made = document.createElement("button");
  made.type = "button";
  made.className = name;
  made.textContent = words;
  made.addEventListener("click", act);
  return made;
}

/** The id of the paper that an address leads to, or "". */
function idOf(address) {
  const found = address.startsWith(`${SITE.href}papers/`) ? address.slice(SITE.href.length + 7).split(/[/?#]/) : [];
  return found.length > 1 && !found[1] && isId(found[0]) ? found[0] : "";
}

const shown = []; // functions that show anew what is kept

function star(id, title) {
  const made = button("", () => {
    const on = !shelf().get(id)?.starred;
    mark(id, title, "starred", on);
    say(`${on ? "Put on" : "Taken off"} your shelf: ${title}`);
  }, "sg-star");
  made.setAttribute("aria-label", `Star: ${title}`);
  shown.push((papers) => {
    const on = Boolean(papers.get(id)?.starred);
    made.textContent = on ? "★" : "☆";
    made.setAttribute("aria-pressed", on);
    made.title = on ? "Take off your shelf" : "Put on your shelf";
  });
  return made;
}

/** Put a star before each paper of the page's lists. */
function addStars() {
  for (const link of document.querySelectorAll(".md-content li > a.title")) {
    const id = idOf(link.href);
    if (!id) continue;
    link.after(star(id, link.textContent.trim()));
    shown.push((papers) => link.parentElement.classList.toggle("sg-read", Boolean(papers.get(id)?.read)));
  }
}

/** Put a star and a mark for what was read on the page of a paper. */
function addButtons(id) {
  const heading = document.querySelector(".md-content h1");
  const links = document.querySelector(".md-content p:has(> a.button)");
  if (!heading || !links) return;
  const title = heading.textContent.trim();
  const marks = [["starred", "☆ Star", "★ On your shelf"], ["read", "Mark as read", "✓ Read"]].map(([what, off, on]) => {
    const made = button(off, () => {
      const now = !shelf().get(id)?.[what];
      mark(id, title, what, now);
      say(what === "starred" ? (now ? "Put on your shelf." : "Taken off your shelf.") : now ? "Marked as read." : "Not marked as read any more.");
    }, "button jump");
    shown.push((papers) => {
      const is = Boolean(papers.get(id)?.[what]);
      made.textContent = is ? on : off;
      made.classList.toggle("on", is);
    });
    return made;
  });
  const way = document.createElement("a");
  way.className = "sg-shelf-way";
  way.href = siteUrl("shelf/");
  shown.push((papers) => {
    const stars = [...papers.values()].filter((paper) => paper.starred).length;
    way.textContent = `Shelf (${stars.toLocaleString("en")})`;
    way.hidden = !stars;
  });
  links.append(...marks, way);
}

function showAll() {
  const papers = shelf();
  for (const show of shown) show(papers);
}

const here = idOf(location.href);
if (here) addButtons(here);
addStars();
showAll();
document.addEventListener("shelf", showAll);
addEventListener("storage", (event) => {
  if (event.key === KEY || event.key === null) document.dispatchEvent(new CustomEvent("shelf"));
});
// A page that the browser brings back as it was left may show what is no more.
addEventListener("pageshow", (event) => {
  if (event.persisted) document.dispatchEvent(new CustomEvent("shelf"));
});
