// Feeds, what a browser can add to the plain links: copy buttons, a choice of feeds as OPML or as one list of papers.
// Without this script every address is still there as a link. What feeds say enters the page as text only.

const LIST_LIMIT = 200;
const rows = [...document.querySelectorAll(".md-content li:has(> .name):has(> .opens)")];

addButtons();
if (!rows.length) addOpener();
if (rows.length) addChoice();

/** Put a button to copy its address behind each link to a feed, where the browser lets scripts copy. */
function addButtons() {
  if (!navigator.clipboard) return;
  for (const link of document.querySelectorAll(".md-content a.feed")) {
    const pair = document.createElement("span");
    pair.className = "sg-address";
    link.replaceWith(pair);
    const copy = button("Copy", () =>
      navigator.clipboard.writeText(link.href).then(
        () => say(copy, "Copied"),
        () => say(copy, "Not copied"),
      ),
    );
    const feed = pair.closest("li")?.querySelector(".name")?.textContent ?? document.querySelector("h1").textContent;
    copy.setAttribute("aria-label", `Copy the ${link.textContent} address of ${feed}`);
    pair.append(link, copy);
  }
}

/** Give a page that names its own feed a link that opens a feed reader, as the page of feeds has it. */
function addOpener() {
  const links = document.querySelectorAll(".md-content p a.feed");
  if (!links.length) return;
  const open = document.createElement("a");
  open.className = "opens";
  open.href = `feed:${links[0].href}`;
  open.textContent = "Open in a reader";
  const last = links[links.length - 1];
  (last.closest(".sg-address") ?? last).after(" ", open);
}

/** Say something on a button for a moment. */
function say(button, words) {
  button.textContent = words;
  setTimeout(() => (button.textContent = "Copy"), 1500);
}

function button(words, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "sg-button";
  made.textContent = words;
  made.addEventListener("click", act);
  return made;
}

/** Let people tick feeds and take the ticked ones together. */
function addChoice() {
  for (const row of rows) {
    const box = document.createElement("input");
    box.type = "checkbox";
    box.setAttribute("aria-label", `Choose ${row.querySelector(".name").textContent}`);
    box.addEventListener("change", showChoice);
    row.prepend(box);
  }
  const bar = document.createElement("p");
  bar.className = "sg-choice";
  const count = document.createElement("span");
  count.setAttribute("role", "status");
  const list = document.createElement("div");
  const opml = button("Take them as OPML", () => takeOpml(count));
  const show = button("Show them as one list", () => showList(count, list));
  bar.append(count, " ", opml, " ", show);
  document.querySelector(".md-content h2").before(bar, list);
  showChoice();

  function showChoice() {
    const chosen = rows.filter(isChosen).length;
    count.textContent = chosen ? `${chosen} chosen.` : "Or tick some of the feeds below.";
    opml.disabled = show.disabled = !chosen;
    list.replaceChildren();
  }
}

function isChosen(row) {
  return row.querySelector("input").checked;
}

/** Give the addresses of the chosen feeds in one format. */
function chosen(suffix) {
  return rows.filter(isChosen).map((row) => row.querySelector(`a.feed[href$="${suffix}"]`).href);
}

async function fetched(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(answer.statusText);
  return answer;
}

/** Download the site's own OPML without the feeds that were not chosen; its addresses are absolute, so ends decide. */
async function takeOpml(status) {
  const kept = chosen(".atom.xml").map(nameOf);
  try {
    const file = await fetched("index.opml");
    const opml = new DOMParser().parseFromString(await file.text(), "text/xml");
    for (const feed of opml.querySelectorAll("outline[xmlUrl]")) {
      if (!kept.some((end) => feed.getAttribute("xmlUrl").endsWith(`/feeds/${end}`))) feed.remove();
    }
    for (const group of opml.querySelectorAll("body > outline")) if (!group.children.length) group.remove();
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(opml)], { type: "text/x-opml" }));
    link.download = "feeds.opml";
    link.click();
    URL.revokeObjectURL(link.href);
  } catch {
    status.textContent = "The list of feeds could not be loaded. Is the network there?";
  }
}

/** Show the entries of all chosen feeds, each once, the newest first. */
async function showList(status, list) {
  try {
    const feeds = await Promise.all(chosen(".json").map(entriesOf));
    const entries = new Map(feeds.flat().map((entry) => [entry.id, entry]));
    const newest = [...entries.values()].sort(
      (a, b) => b.date_published.localeCompare(a.date_published) || (a.id < b.id ? 1 : -1),
    );
    const items = document.createElement("ul");
    items.append(...newest.slice(0, LIST_LIMIT).map(shown));
    const more = newest.length > LIST_LIMIT ? `, the newest ${LIST_LIMIT} of them here` : "";
    status.textContent = `${newest.length} ${newest.length === 1 ? "entry" : "entries"} in ${feeds.length} chosen${more}.`;
    list.replaceChildren(items);
  } catch {
    status.textContent = "The feeds could not be loaded. Is the network there?";
  }
}

/** Give a feed's entries, their addresses turned from the published site to this one, wherever it is served. */
async function entriesOf(address) {
  const feed = await (await fetched(address)).json();
  const root = feed.feed_url.slice(0, -`feeds/${nameOf(address)}`.length);
  return feed.items.map((entry) => ({ ...entry, url: new URL(`../${entry.url.slice(root.length)}`, location.href).href }));
}

/** Give a feed's address below feeds/, where this page is. */
function nameOf(address) {
  return address.slice(new URL(".", location.href).href.length);
}

function shown(entry) {
  const link = document.createElement("a");
  link.className = "title";
  link.href = entry.url;
  link.textContent = entry.title;
  const date = document.createElement("em");
  date.className = "date";
  date.textContent = entry.date_published.slice(0, 10);
  const item = document.createElement("li");
  item.append(link, " ", date);
  return item;
}
