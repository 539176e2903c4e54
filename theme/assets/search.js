// Search, the part that every page loads. The rest (interface, lunr.js, index) comes when the reader touches the box,
// or at once on the search page. Without this script the form still leads to the search page.

const form = document.getElementById("sg-search-form");
const input = document.getElementById("sg-search-input");
const results = document.getElementById("sg-search-results");
const root = siteRoot();
let client; // one for the box and the search page

/** The address of the site's root, from the configuration that the theme writes into every page. */
function siteRoot() {
  const { base } = JSON.parse(document.getElementById("__config").textContent);
  return new URL(base.replace(/\/*$/, "/"), location.href);
}

async function sharedClient() {
  const { SearchClient } = await import("./search-client.js");
  client ??= new SearchClient(root);
  return client;
}

/** Attach the drop-down; where its script cannot be loaded the form works as without script, so nothing is said. */
function wakeBox(event) {
  const before = event?.type === "input" ? null : input.value;
  for (const event of ["focus", "input"]) input.removeEventListener(event, wakeBox);
  Promise.all([import("./search-box.js"), sharedClient()]).then(
    ([{ attachBox }, shared]) => attachBox(form, input, shared, input.value !== before),
    () => {},
  );
}

function wakePage() {
  results.textContent = "Loading search …";
  Promise.all([import("./search-page.js"), sharedClient()]).then(
    ([{ attachPage }, shared]) => attachPage(results, form, input, shared),
    showUnloadable,
  );
}

function showUnloadable() {
  const retry = document.createElement("button");
  retry.type = "button";
  retry.textContent = "Try again";
  // A browser remembers that a module failed for as long as the page lives.
  retry.addEventListener("click", () => location.reload());
  const words = document.createElement("p");
  words.textContent = "Search could not be loaded. Is the network there? ";
  words.append(retry);
  results.replaceChildren(words);
}

/** "/" and "s" go to the box, unless the reader is typing or has switched single keys off (WCAG 2.1.4). */
function focusByKey(event) {
  if ((event.key !== "/" && event.key !== "s") || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.defaultPrevented || event.target.closest?.("input, textarea, select, [contenteditable]")) return;
  if (keysAreOff()) return;
  event.preventDefault();
  input.focus();
  input.select();
}

function keysAreOff() {
  try {
    return localStorage.getItem("sg-keys") === "off";
  } catch {
    return false; // storage refused: nothing was switched off
  }
}

if (form && input) {
  if (document.activeElement === input) wakeBox();
  else for (const event of ["focus", "input"]) input.addEventListener(event, wakeBox);
  document.addEventListener("keydown", focusByKey);
}
if (results) wakePage();
