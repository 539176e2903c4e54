// The reader's view of a list of papers: titles alone, key sentences, or whole abstracts; kept in this browser. Without
// this script every abstract still opens behind its key sentence.

const VIEWS = [
  ["titles", "Titles"],
  ["gists", "Key sentence"],
  ["abstracts", "Abstracts"],
];
// Several sites may share an origin.
const KEPT = `sg-view:${new URL("../", import.meta.url).pathname}`;

const list = document.querySelector("ul:has(> li > .row)");
const abstracts = document.querySelectorAll("li > .row ~ details");
if (list) addSwitch();

function addSwitch() {
  const views = VIEWS.filter(([name]) => name !== "abstracts" || abstracts.length);
  const chosen = views.find(([name]) => name === kept())?.[0] ?? "gists";
  const choice = document.createElement("fieldset");
  choice.className = "sg-view";
  const legend = document.createElement("legend");
  legend.textContent = "Show of each paper";
  choice.append(legend, ...views.map(([name, words]) => option(name, words, name === chosen)));
  choice.addEventListener("change", ({ target }) => {
    keep(target.value);
    show(target.value);
  });
  bar().append(choice);
  if (chosen !== "gists") show(chosen);
}

function option(name, words, checked) {
  const label = document.createElement("label");
  const radio = document.createElement("input");
  Object.assign(radio, { type: "radio", name: "sg-view", value: name, checked });
  label.append(radio, words);
  return label;
}

/** A line above the list for the switch: that of the years or of the list's own heading, where there is one. */
function bar() {
  let start = list;
  while (start.previousElementSibling?.matches("h2, h3, p:has(> .tally), p:has(> .jump)")) start = start.previousElementSibling;
  const line = document.createElement("div");
  line.className = "sg-listbar";
  start.before(line);
  if (start.matches("p:has(> .jump), h2:has(+ h3)")) line.append(start);
  return line;
}

function show(view) {
  document.documentElement.dataset.view = view;
  for (const abstract of abstracts) abstract.open = view === "abstracts";
}

function kept() {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null; // storage refused: key sentences
  }
}

function keep(view) {
  try {
    localStorage.setItem(KEPT, view);
  } catch {
    // Storage refused or full: the choice lasts as long as the page.
  }
}
