// The search page: the query of its address as lunr reads it, every result with its reason, filters beside them.

import { RenewedError } from "./search-files.js";
import { addressOf, readView } from "./search-address.js";
import { copyTool } from "./search-copy.js";
import { Filters, filtersOf } from "./search-filters.js";
import { authorNodes, counted, failure, kindName, liveRegion, make, quoted, shortened, snippetNodes, titleNodes, yearOf } from "./search-view.js";

const PER_PAGE = 30;
const AT_FIRST = 10; // of them, which are more than a screen; each is a file of its own
const PAUSE = 200; // milliseconds of rest after which the place on the page is kept

/** Show the results of the address in `results`, now and whenever the address changes. */
export function attachPage(results, form, input, client) {
  const page = new ResultsPage(results, input, client);
  history.scrollRestoration = "manual"; // results come after the browser has tried
  // A link to a heading of this page is an event of this kind too.
  addEventListener("popstate", () => location.search === page.shown || page.show({ top: history.state?.top ?? 0 }));
  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    if (matchMedia("(pointer: coarse)").matches) input.blur(); // else the keyboard covers the results
    page.go(addressOf(client.root, { query: input.value }), { top: 0 });
  });
  document.addEventListener("click", (event) => page.follow(event));
  let rest;
  addEventListener("scroll", () => {
    clearTimeout(rest);
    rest = setTimeout(() => page.keepPlace(), PAUSE);
  });
  // What the reader typed meanwhile stays.
  page.show({ fillBox: input !== document.activeElement, top: history.state?.top });
}

class ResultsPage {
  constructor(results, input, client) {
    Object.assign(this, { results, input, client, live: liveRegion(), title: document.title, asked: 0, answered: "" });
    this.said = make("div.sg-said", { tabindex: -1 });
    this.found = make("div.sg-found");
    this.filters = new Filters(client, (view) => this.go(addressOf(client.root, view)));
    this.beside = make("div.sg-beside");
  }

  /** Go to another view, and let Back lead to this one. */
  go(address, how) {
    this.keepPlace();
    if (address.href !== location.href) history.pushState(null, "", address);
    this.show({ fillBox: false, ...how });
  }

  /** Links to another view of this page need no new page. */
  follow(event) {
    const link = event.target.closest("a[href]");
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (link.origin + link.pathname !== location.origin + location.pathname || link.hash) return;
    event.preventDefault();
    this.go(new URL(link.href), { fillBox: true, focus: true });
  }

  keepPlace() {
    if (!this.busy) history.replaceState({ top: scrollY }, "");
  }

  /** @param how `fillBox`: write the query into the box; `focus` the results; `top`: scroll to this place */
  async show({ fillBox = true, focus = false, top } = {}) {
    const asked = ++this.asked;
    const view = readView(location.search);
    let rest;
    this.shown = location.search;
    document.title = view.query ? `${view.query} · ${this.title}` : this.title;
    if (this.input && fillBox) this.input.value = view.query;
    this.busy = true;
    this.results.setAttribute("aria-busy", "true");
    try {
      // A place further down needs all that is above it.
      const answer = () => this.#answer(view, top ? PER_PAGE : AT_FIRST);
      const fill = view.query.trim() ? await answer().catch((error) => this.#onceMore(error, answer)) : () => this.#invite();
      if (asked !== this.asked) return;
      rest = fill();
      this.answered = view.query.trim();
    } catch (error) {
      if (asked !== this.asked) return;
      this.#sayFailure(error, () => this.show({ fillBox: false, focus, top }));
    }
    this.busy = false;
    this.live.textContent = this.said.firstElementChild.textContent;
    if (focus) this.said.focus();
    if (top !== undefined) scrollTo(0, top);
    await rest;
    if (asked === this.asked) this.results.removeAttribute("aria-busy");
  }

  /** A site that was renewed between a search and its records is searched anew. */
  #onceMore(error, answer) {
    if (!(error instanceof RenewedError)) throw error;
    return answer();
  }

  /** What is on the page stays: an old answer is better than none. */
  #sayFailure(error, retry) {
    const words = [failure(error, retry)];
    if (this.answered) words.push(make("p.sg-note", `Below are still the results for ${quoted(this.answered)}.`));
    this.said.replaceChildren(...words);
    if (!this.answered) this.results.replaceChildren(this.said);
  }

  #invite() {
    const words = "Type words into the box above. Titles and authors weigh more than abstracts.";
    this.results.replaceChildren(make("p.sg-note", words));
    this.said.replaceChildren(make("p"));
  }

  /** Ask the client what a view needs for so many results; gives what will put it on the page, and then the rest. */
  async #answer(view, atFirst) {
    const { client } = this;
    await client.load();
    const filtered = filtersOf(client, view).length > 0;
    const answer = await client.search(view.query, view.page > 1 || view.sort || filtered ? 0 : atFirst);
    const all = answer.papers;
    const facetsSoon = client.facets();
    facetsSoon.catch(() => {}); // said where filters would stand
    let papers = filtered ? (await facetsSoon).filter(all, view) : all;
    if (view.sort) papers = newestFirst(papers, await client.dates());
    const first = (view.page - 1) * PER_PAGE;
    const shown = papers.slice(first, first + PER_PAGE);
    const records = await client.records(shown.slice(0, atFirst));
    return () => {
      this.said.replaceChildren(this.#countLine(view, all.length, papers.length, answer), ...this.#notes(answer, view));
      this.found.replaceChildren(...this.#listing(view, papers, first, records, answer.terms), ...this.#pageGroup(answer));
      if (!all.length && !answer.pages.length) this.#suggestOther(view);
      this.#showFilters(view, all, facetsSoon);
      // Not again: an element that is moved loses the focus.
      if (this.found.parentNode !== this.results) this.results.replaceChildren(this.said, this.beside, this.found);
      return this.#addRest(shown.slice(atFirst), answer.terms);
    };
  }

  async #addRest(ordinals, terms) {
    if (!ordinals.length) return;
    const { asked } = this;
    const list = this.found.querySelector("ol");
    try {
      const records = await this.client.records(ordinals);
      if (asked === this.asked) list.append(...records.map((record) => this.#paper(record, terms)));
    } catch (error) {
      if (asked === this.asked) list.after(failure(error, () => this.show({ fillBox: false })));
    }
  }

  #countLine(view, all, papers, { pages }) {
    const query = quoted(view.query);
    if (!all && !pages.length) return make("p.sg-count", `Nothing found for ${query}. `, this.#waysOut());
    const words = [all ? counted(all, "paper") : "No paper", ` found for ${query}`];
    if (papers < all) words.unshift(papers ? `${papers.toLocaleString("en")} of ` : "None of ");
    if (papers > 1) words.push(view.sort ? ", newest first" : ", best first");
    if (pages.length) words.push("; ", make("a", { href: "#sg-pages" }, `${counted(pages.length, "page")} of this site`));
    return make("p.sg-count", words);
  }

  #waysOut() {
    const [topics, browse] = [this.#link("topics/", "topics"), this.#link("browse/", "all papers by year")];
    return ["Try fewer or other words, or look through the ", topics, " or ", browse, "."];
  }

  #link(url, ...words) {
    return make("a", { href: new URL(url, this.client.root) }, words);
  }

  #viewLink(view, ...words) {
    return this.#link(addressOf(this.client.root, view), ...words);
  }

  /** "Did you mean" comes after the answer: it may need the whole vocabulary. */
  async #suggestOther(view) {
    const { asked } = this;
    const words = await this.client.meant(view.query).catch(() => "");
    if (!words || asked !== this.asked) return;
    const line = make("p.sg-meant", "Did you mean ", this.#viewLink({ ...view, query: words, page: 1 }, words), "?");
    this.said.append(line);
    this.live.textContent += ` ${line.textContent}`;
  }

  /** What the reader must know about how the query was run. */
  #notes({ message, ran, instead, capped, pagesFailed }, view) {
    const { query } = view;
    const notes = [];
    if (message) notes.push([`This is no query that Lunr can read: ${message}.`]);
    const words = shortened(ran);
    if (ran) notes.push([message ? `Searched for its words instead: ${words}.` : `Nothing matches ${quoted(query)} as typed; searched for ${words}.`]);
    if (capped) notes.push(["So many slips in a word are too many (four at most, fewer in a long word): searched with fewer."]);
    if (instead) {
      const link = this.#viewLink({ ...view, query: instead, page: 1 }, shortened(instead));
      notes.push(["A word with punctuation matches nothing as typed. Search for ", link, "?"]);
    }
    if (pagesFailed) notes.push(["The site's own pages could not be searched."]);
    return notes.map((nodes) => make("p.sg-note", nodes));
  }

  async #showFilters(view, all, facetsSoon) {
    const { asked } = this;
    try {
      const facets = await facetsSoon;
      if (asked !== this.asked) return;
      if (!this.beside.contains(this.filters.element)) this.beside.replaceChildren(this.filters.element);
      this.filters.show(view, facets, facets.counts(all, view));
      this.beside.hidden = !all.length;
    } catch (error) {
      if (asked !== this.asked) return;
      this.beside.replaceChildren(failure(error, () => this.show({ fillBox: false })));
      this.beside.hidden = false;
    }
  }

  #listing(view, papers, first, records, terms) {
    if (!papers.length) return [this.#tools(view)];
    const paging = this.#paging(view, papers.length);
    if (!records.length) return [make("p", "This page lies behind the last result. "), ...paging];
    const list = make("ol.sg-results", { start: first + 1 }, records.map((record) => this.#paper(record, terms)));
    return [this.#tools(view, this.#order(view, papers.length), copyTool(this.client, papers, first)), list, ...paging];
  }

  /** One line above the results: the filters that are on, the order, the copy. */
  #tools(view, ...others) {
    const chips = filtersOf(this.client, view).map(([name, without]) => {
      const cross = make("span", { "aria-hidden": true }, " ×");
      return this.#viewLink(without, { class: "sg-chip" }, make("span.sg-hidden", "Remove filter: "), name, cross);
    });
    if (chips.length > 1) chips.push(this.#viewLink({ query: view.query, sort: view.sort }, { class: "sg-clear" }, "Remove all"));
    return make("div.sg-tools", chips, others.flat());
  }

  #order(view, papers) {
    if (papers < 2) return [];
    const choice = (sort, words) =>
      this.#viewLink({ ...view, sort, page: 1 }, sort === view.sort ? { "aria-current": true } : [], words);
    return [make("nav.sg-order", { "aria-label": "Order" }, choice("", "Best first"), choice("date", "Newest first"))];
  }

  #paper(record, terms) {
    const { client } = this;
    const title = make("h2.sg-title", this.#link(record.url, ...titleNodes(client, record, terms)));
    const item = make("li", { "data-result": record.id }, title);
    const part = (what, nodes) => nodes.length && item.append(make(what, nodes));
    part("p.sg-when", [make("span.sg-year", yearOf(record)), record.kind ? ` ${kindName(record.kind)}` : ""]);
    part("p.sg-meta", authorNodes(client, record, terms));
    part("p.sg-snippet", record.abstract ? snippetNodes(client, record.abstract, terms) : []);
    const topic = (slug) => this.#link(`topics/${slug}/`, { class: `topic ${client.topicMark(slug)}` }, client.topicName(slug));
    part("ul.sg-topics", record.topics.map((slug) => make("li", topic(slug))));
    return item;
  }

  #pageGroup({ pages, terms }) {
    if (!pages.length) return [];
    const items = pages.map((page) => {
      const title = make("h3.sg-title", this.#link(page.url, ...titleNodes(this.client, page, terms)));
      return make("li", { "data-page": page.url }, title, make("p.sg-snippet", snippetNodes(this.client, page.text, terms)));
    });
    const heading = make("h2", { id: "sg-pages" }, "Pages of this site");
    return [make("section", { "aria-labelledby": "sg-pages" }, heading, make("ul.sg-results", items))];
  }

  #paging(view, papers) {
    const { page } = view;
    const last = Math.ceil(papers / PER_PAGE);
    if (last === 1 && page === 1) return [];
    const [before, after] = view.sort ? ["Newer", "Older"] : ["Better", "More"];
    const to = (other, rel, words) => this.#viewLink({ ...view, page: other }, { rel }, `${words} results`);
    return [
      make(
        "nav.sg-paging",
        { "aria-label": "More results" },
        page > 1 ? to(Math.min(page - 1, last), "prev", before) : [],
        `Page ${page.toLocaleString("en")} of ${last.toLocaleString("en")}`,
        page < last ? to(page + 1, "next", after) : [],
      ),
    ];
  }
}

/** Papers by their own date, those without one last; equal dates keep their order. */
function newestFirst(papers, dates) {
  return [...papers].sort((a, b) => (dates[a] < dates[b] ? 1 : dates[a] > dates[b] ? -1 : 0));
}
