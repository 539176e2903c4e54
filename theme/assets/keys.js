// Lists and papers by keyboard: j and k move, o opens an abstract, Enter the paper, v changes the view, n and p turn to
// the next and the previous paper; "/" is in search.js. Single keys can be switched off (WCAG 2.1.4). Every key does
// what something on the page does too.

const KEYS = [
  ["j", "next paper of the list"],
  ["k", "paper before it"],
  ["o", "open or close its abstract"],
  ["Enter", "go to the paper"],
  ["v", "titles, key sentences or abstracts"],
  ["n", "next paper of the topic"],
  ["p", "paper before it in the topic"],
  ["/", "search"],
  ["?", "these keys"],
];
const OFF = "sg-keys"; // search.js knows it too

const rows = [...document.querySelectorAll("li:has(> .row)")];
let at = -1;
for (const [index, row] of rows.entries()) row.addEventListener("focusin", () => mark(index));

const ACTS = {
  j: () => go(at + 1),
  k: () => go(at - 1),
  o: () => rows[at]?.querySelector("summary")?.click(),
  v: nextView,
  n: () => document.querySelector("a[rel~=next], a.next")?.click(),
  p: () => document.querySelector("a[rel~=prev], a.prev")?.click(),
  "?": help,
};

document.addEventListener("keydown", (event) => {
  const act = ACTS[event.key];
  if (!act || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || areOff()) return;
  if (event.target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, dialog, [contenteditable]")) return;
  event.preventDefault();
  act();
});
if (matchMedia("(any-hover: hover)").matches) addWayToHelp();

function go(index) {
  const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
  row?.querySelector(".row").focus();
  row?.scrollIntoView({ block: "nearest" });
}

function mark(index) {
  rows[at]?.classList.remove("at");
  at = index;
  rows[at].classList.add("at");
}

function nextView() {
  const views = [...document.querySelectorAll(".sg-view input")];
  const next = views[(views.findIndex(({ checked }) => checked) + 1) % views.length];
  next?.click();
}

/** Give the footer a button that lists the keys: by it they are switched on again. */
function addWayToHelp() {
  const line = document.querySelector(".md-footer p");
  line?.append(" ", button("Keys", help));
}

function help() {
  const box = document.createElement("dialog");
  box.className = "sg-keys";
  const heading = document.createElement("h2");
  heading.id = "sg-keys-heading";
  heading.textContent = "Keys";
  box.setAttribute("aria-labelledby", heading.id);
  const names = document.createElement("dl");
  for (const [key, words] of KEYS) names.append(element("dt", element("kbd", key)), element("dd", words));
  const turn = button(areOff() ? "Switch single keys on" : "Switch single keys off", () => {
    keep(areOff() ? "on" : "off");
    box.close();
  });
  box.append(heading, names, turn, button("Close", () => box.close()));
  box.addEventListener("close", () => box.remove());
  document.body.append(box);
  box.showModal();
}

function element(name, content) {
  const made = document.createElement(name);
  made.append(content);
  return made;
}

function button(words, act) {
  const made = element("button", words);
  made.type = "button";
  made.className = "sg-button";
  made.addEventListener("click", act);
  return made;
}

function areOff() {
  try {
    return localStorage.getItem(OFF) === "off";
  } catch {
    return false; // storage refused: nothing was switched off
  }
}

function keep(state) {
  try {
    localStorage.setItem(OFF, state);
  } catch {
    // Storage refused or full: single keys stay as they are.
  }
}
