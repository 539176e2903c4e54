// The search page: the query of its address as lunr reads it, every result with its reason.

import { counted, failure, liveRegion, make, metaLine, recordOf, snippetNodes, titleNodes } from "./search-view.js";

const PER_PAGE = 300;

/** Show the results of the address in `results`, now and whenever the address changes. */
export function attachPage(results, form, input, client) {
  const page = new ResultsPage(results, input, client);
  // A link to a heading of this page is an event of this kind too.
  addEventListener("popstate", () => location.search === page.shown || page.show());
  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    const address = page.address(input.value, 1);
    if (address.href !== location.href) history.pushState(null, "", address);
    page.show();
  });
  page.show(input !== document.activeElement); // what the reader typed meanwhile stays
}

class ResultsPage {
  constructor(results, input, client) {
    Object.assign(this, { results, input, client, live: liveRegion(), title: document.title, asked: 0 });
  }

  address(query, page) {
    const parameters = new URLSearchParams({ q: query });
    if (page > 1) parameters.set("page", page);
    return new URL(`search/?${parameters}`, this.client.root);
  }

  async show(fillBox = true) {
    const asked = ++this.asked;
    this.shown = location.search;
    const parameters = new URLSearchParams(location.search);
    const query = parameters.get("q") ?? "";
    const page = Math.max(1, Number.parseInt(parameters.get("page"), 10) || 1);
    document.title = query ? `${query} · ${this.title}` : this.title;
    if (this.input && fillBox) this.input.value = query;
    if (!query.trim()) {
      this.fill(this.invitation());
      return;
    }
    this.results.setAttribute("aria-busy", "true");
    try {
      await this.client.load();
      if (asked === this.asked) this.fill(...this.answer(query, page));
    } catch (error) {
      if (asked === this.asked) this.fill(failure(error, () => this.show()));
    }
  }

  fill(...nodes) {
    this.results.removeAttribute("aria-busy");
    this.results.replaceChildren(...nodes);
    const said = this.results.querySelector(".sg-count, .sg-failure");
    this.live.textContent = said?.textContent ?? "";
  }

  invitation() {
    const words = "Type words into the box above. ";
    const more = "A title and an author weigh more than the abstract; title:, authors:, topics: and year: search one of them, ";
    const signs = "+word must be there, -word must not, wor* stands for any ending, word~1 for one slip.";
    return make("p", { class: "sg-note" }, words, more, signs);
  }

  answer(query, page) {
    const answer = this.client.search(query);
    const { papers, pages } = answer;
    const nodes = [this.countLine(query, papers.length, pages.length), ...this.notes(answer, query)];
    const first = (page - 1) * PER_PAGE;
    const shown = papers.slice(first, first + PER_PAGE);
    if (shown.length) {
      const list = make("ol", { class: "sg-results", start: first + 1 }, ...shown.map((hit) => this.paper(hit)));
      nodes.push(list, ...this.paging(query, page, papers.length));
    } else if (papers.length) {
      nodes.push(make("p", {}, "This page lies behind the last result. "), ...this.paging(query, page, papers.length));
    }
    if (pages.length) nodes.push(this.pageGroup(pages));
    return nodes;
  }

  countLine(query, papers, pages) {
    if (!papers && !pages) return make("p", { class: "sg-count" }, `Nothing found for “${query}”. `, ...this.waysOut());
    const words = [papers ? counted(papers, "paper") : "No paper", ` found for “${query}”`];
    if (papers > 1) words.push(", best first");
    if (pages) words.push("; ", make("a", { href: "#sg-pages" }, `${counted(pages, "page")} of this site`));
    return make("p", { class: "sg-count" }, ...words);
  }

  waysOut() {
    const topics = make("a", {}, "topics");
    topics.href = new URL("topics/", this.client.root);
    const browse = make("a", {}, "all papers by year");
    browse.href = new URL("browse/", this.client.root);
    return ["Try fewer or other words, or look through the ", topics, " or ", browse, "."];
  }

  /** What the reader must know about how the query was run. */
  notes({ message, ran, instead, capped }, query) {
    const notes = [];
    if (message) notes.push(`This is no query that Lunr can read: ${message}.`);
    if (ran) notes.push(message ? `Searched for its words instead: ${ran}.` : `Nothing matches “${query}” as typed; searched for ${ran}.`);
    if (capped) notes.push("More than four slips in a word (~4) are too many: searched with four.");
    const nodes = notes.map((words) => make("p", { class: "sg-note" }, words));
    if (instead) {
      const link = make("a", {}, instead);
      link.href = this.address(instead, 1);
      nodes.push(make("p", { class: "sg-note" }, "A word with punctuation matches nothing as typed. Search for ", link, "?"));
    }
    if (!this.client.pageIndex) nodes.push(make("p", { class: "sg-note" }, "The site's own pages could not be searched."));
    return nodes;
  }

  paper({ ref, terms }) {
    const record = recordOf(this.client, ref);
    const link = make("a", {}, ...titleNodes(this.client, record, terms));
    link.href = new URL(record.url, this.client.root);
    const item = make("li", { "data-result": ref }, make("h2", { class: "sg-title" }, link));
    item.append(make("p", { class: "sg-meta" }, ...metaLine(this.client, record, terms)));
    if (record.abstract) item.append(make("p", { class: "sg-snippet" }, ...snippetNodes(this.client, record.abstract, terms)));
    if (record.topics) item.append(make("ul", { class: "sg-topics" }, ...record.topics.map((topic) => this.topic(topic))));
    return item;
  }

  topic([slug, short]) {
    const link = make("a", {}, short || slug);
    link.href = new URL(`topics/${slug}/`, this.client.root);
    return make("li", {}, link);
  }

  pageGroup(pages) {
    const items = pages.map(({ ref, terms }) => {
      const { title, text } = this.client.pages.get(ref) ?? { title: ref, text: "" };
      const link = make("a", {}, ...titleNodes(this.client, { title }, terms));
      link.href = new URL(ref, this.client.root);
      const snippet = make("p", { class: "sg-snippet" }, ...snippetNodes(this.client, text, terms));
      return make("li", { "data-page": ref }, make("h3", { class: "sg-title" }, link), snippet);
    });
    const heading = make("h2", { id: "sg-pages" }, "Pages of this site");
    return make("section", { "aria-labelledby": "sg-pages" }, heading, make("ul", { class: "sg-results" }, ...items));
  }

  paging(query, page, total) {
    const last = Math.ceil(total / PER_PAGE);
    if (last === 1 && page === 1) return [];
    const link = (to, words, rel) => {
      const anchor = make("a", { rel }, words);
      anchor.href = this.address(query, to);
      return anchor;
    };
    const nav = make("nav", { class: "sg-paging", "aria-label": "More results" });
    if (page > 1) nav.append(link(Math.min(page - 1, last), "Better results", "prev"));
    nav.append(make("span", {}, `Page ${page} of ${last}`));
    if (page < last) nav.append(link(page + 1, "More results", "next"));
    return [nav];
  }
}
