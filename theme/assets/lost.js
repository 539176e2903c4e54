// A page that is not here: its address is made of words, for which the page below the message searches. Loaded before
// search.js, which shows the results of the address's query.

const FOLDERS = ["papers", "topics", "browse", "kinds", "authors", "feeds", "exports", "guide", "index", "html", "md"];

/** The words of the address's last part that has any, without the site's own folders and ids of parts. */
function wordsOf(path) {
  const parts = path.split("/").map((part) => decoded(part).normalize("NFC"));
  const words = parts.map((part) => (part.match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => !FOLDERS.includes(word.toLowerCase())));
  return (words.findLast((found) => found.length) ?? []).slice(0, 12);
}

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // no UTF-8: the signs as they stand
  }
}

const root = new URL("../", import.meta.url);
const lost = location.pathname.startsWith(root.pathname) ? location.pathname.slice(root.pathname.length) : "";
const words = wordsOf(lost);
if (words.length) {
  history.replaceState(null, "", `?q=${encodeURIComponent(words.join(" "))}`);
} else {
  document.getElementById("sg-search-results").remove();
}
