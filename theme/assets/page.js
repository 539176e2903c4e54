// What every page loads. sitegen publishes it as one file with all that it imports (sitegen/scripts/bundle.py): each part
// looks on the page for what it is about, and does nothing where there is none.

import "./search.js";
import "./shelf.js";
import "./paper.js";
import "./views.js";
import "./keys.js";

// Few authors have a feed; pages that always have one ask for this themselves.
if (location.href.startsWith(new URL("../authors/", import.meta.url).href) && document.querySelector("a.feed")) import("./feeds.js");
