// Search, the part that every page loads. The rest (client, interface, lunr.js, index) comes when the reader touches the
// box, or at once on the search page. Without this script the form still leads to the search page.

const form = document.getElementById("sg-search-form");
const input = document.getElementById("sg-search-input");
const results = document.getElementById("sg-search-results");
let app; // one client for the box and the search page

/** The address of the site's root: this file lies in its folder assets/. */
function siteRoot() {
  return new URL("../", import.meta.url);
}

async function loadApp() {
  const module = await import("./search-app.js");
  app ??= { ...module, client: new module.SearchClient(siteRoot()) };
  return app;
}

/** Attach the drop-down; where its script cannot be loaded the form works as without script, so nothing is said. */
function wakeBox(event) {
  const before = event?.type === "input" ? null : input.value;
  for (const event of ["focus", "input"]) input.removeEventListener(event, wakeBox);
  loadApp().then(
    ({ attachBox, client }) => attachBox(form, input, client, input.value !== before),
    () => {},
  );
}

function wakePage() {
  results.textContent = "Loading search …";
  loadApp().then(({ attachPage, client }) => attachPage(results, form, input, client), showUnloadable);
}

function showUnloadable() {
  const retry = document.createElement("button");
  retry.type = "button";
  retry.className = "sg-button";
  retry.textContent = "Try again";
  // A browser remembers that a module failed for as long as the page lives.
  retry.addEventListener("click", () => location.reload());
  results.replaceChildren("Search could not be loaded. Is the network there? ", retry);
}

/** "/" and "s" go to the box, unless the reader is typing or has switched single keys off (WCAG 2.1.4). */
function focusByKey(event) {
  if ((event.key !== "/" && event.key !== "s") || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.defaultPrevented || event.target.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
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

/** Tell the browser that it can search this site from its own box, as pages do that are fewer than those of papers. */
function offerSearch() {
  const title = document.querySelector(".sg-brand")?.textContent.trim() ?? location.host;
  const link = document.createElement("link");
  Object.assign(link, { rel: "search", type: "application/opensearchdescription+xml", title });
  link.href = new URL("assets/opensearch.xml", siteRoot());
  document.head.append(link);
}

if (form && input) {
  Object.assign(input, { autocomplete: "off", spellcheck: false });
  // The home page gives the box the focus itself: there nobody has touched it before something is typed.
  if (document.activeElement === input && (!input.autofocus || input.value)) wakeBox();
  else for (const event of input.autofocus ? ["input"] : ["focus", "input"]) input.addEventListener(event, wakeBox);
  document.addEventListener("keydown", focusByKey);
}
if (results) wakePage();
if (!document.querySelector("link[rel=search]")) offerSearch();
