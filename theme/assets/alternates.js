// Material for MkDocs takes every link[rel=alternate] for a translation and asks for a sitemap.xml beside it. Ours are
// feeds, and nothing is there. It looks once the document is ready: a module runs before that, and for so long the
// links have one word more. A listener that is added here is called after Material's, which was there first.

const links = [...document.querySelectorAll("link[rel=alternate]")];
for (const link of links) link.rel = "alternate feed";
document.addEventListener("DOMContentLoaded", () => links.forEach((link) => (link.rel = "alternate")));
