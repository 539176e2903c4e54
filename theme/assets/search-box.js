// The drop-down under the search box: suggestions as you type, after the pattern "combobox with listbox" of the ARIA guide.

import { addressOf } from "./search-address.js";
import { counted, failure, liveRegion, make, metaLine, quoted, setAttributes, titleNodes } from "./search-view.js";

const SUGGESTED = 8;

/** Attach the drop-down; the index begins to load at once, for the reader is about to type or (`typed`) already did. */
export function attachBox(form, input, client, typed) {
  const box = new SearchBox(form, input, client);
  client.load().catch(() => {}); // said when the reader types
  if (typed) box.suggest();
}

class SearchBox {
  constructor(form, input, client) {
    Object.assign(this, { form, input, client, active: -1, asked: 0 });
    this.list = make("div", { id: "sg-search-list", role: "listbox", "aria-label": "Papers found" });
    this.panel = make("div.sg-panel", { hidden: "" }, this.list);
    this.live = liveRegion();
    form.append(this.panel);
    const combobox = { role: "combobox", "aria-expanded": false, "aria-controls": this.list.id };
    const typing = { "aria-autocomplete": "list", autocomplete: "off" };
    setAttributes(input, { ...combobox, ...typing });
    input.addEventListener("input", () => this.suggest());
    input.addEventListener("keydown", (event) => this.#press(event));
    form.addEventListener("submit", () => this.#close());
    document.addEventListener("pointerdown", (event) => form.contains(event.target) || this.#close());
    form.addEventListener("focusout", (event) => form.contains(event.relatedTarget) || this.#close());
    this.list.addEventListener("click", () => this.#close()); // on the search page a link leads to the same page
    // A press on an option must not take the focus away before its click arrives.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
  }

  /** Ask for what stands in the box; an answer that comes after a newer question is dropped. */
  async suggest() {
    const asked = ++this.asked;
    const text = this.input.value;
    try {
      await this.client.load();
      if (asked !== this.asked) return;
      const found = await this.client.suggest(text, SUGGESTED);
      if (asked !== this.asked) return;
      if (found) this.#show(found, text);
      else this.#close();
    } catch (error) {
      if (asked === this.asked) this.#showFailure(error);
    }
  }

  #show({ papers, total, terms }, text) {
    this.list.replaceChildren(...papers.map((record, at) => this.#paperOption(record, terms, at)));
    if (total) this.list.append(this.#allOption(text, papers.length));
    this.panel.replaceChildren(this.list);
    if (!total) this.panel.append(make("p.sg-none", "No paper begins like this. Enter searches all the same."));
    this.#open(total > 0);
    this.live.textContent = total ? `${counted(total, "paper")} found` : "No paper found";
  }

  #paperOption(record, terms, at) {
    const option = this.#option(record.url, at, make("span.sg-title", titleNodes(this.client, record, terms)));
    option.append(make("span.sg-meta", metaLine(this.client, record, terms)));
    option.dataset.suggestion = record.id;
    return option;
  }

  #allOption(text, at) {
    const option = this.#option(addressOf(this.client.root, { query: text }), at, `All results for ${quoted(text)}`);
    option.className = "sg-all";
    return option;
  }

  /** An option is a link, so that it opens in a new tab like any other. */
  #option(url, at, words) {
    const attributes = { role: "option", id: `sg-option-${at}`, "aria-selected": false, tabindex: -1 };
    return make("a", attributes, { href: new URL(url, this.client.root) }, words);
  }

  /** What was found before stays below the words. */
  #showFailure(error) {
    const words = failure(error, () => this.suggest());
    const old = this.list.childElementCount > 0;
    this.panel.replaceChildren(words, ...(old ? [this.list] : []));
    this.#open(old);
    this.live.textContent = words.textContent;
  }

  #open(expanded) {
    this.panel.style.setProperty("--sg-below", `${this.form.getBoundingClientRect().bottom}px`);
    this.#showPanel(true, expanded);
  }

  #close() {
    this.asked++;
    this.#showPanel(false, false);
  }

  #showPanel(shown, expanded) {
    this.panel.hidden = !shown;
    this.input.setAttribute("aria-expanded", expanded);
    this.#point(-1);
  }

  /** Point at an option, or with -1 at none. */
  #point(at) {
    this.active = at;
    const options = [...this.list.children];
    options.forEach((option, other) => option.setAttribute("aria-selected", other === at));
    this.input.setAttribute("aria-activedescendant", options[at]?.id ?? "");
    options[at]?.scrollIntoView({ block: "nearest" });
  }

  #press(event) {
    if (event.isComposing) return;
    if (event.key === "Escape" && !this.panel.hidden) {
      event.preventDefault(); // the browser would empty the box
      this.#close();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (this.panel.hidden) this.suggest();
      else this.#step(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && this.active >= 0 && !this.panel.hidden) {
      event.preventDefault();
      this.list.children[this.active].click();
    }
  }

  /** Go to the next or previous option; between last and first lies the box itself. */
  #step(by) {
    const { length } = this.list.children;
    if (this.panel.contains(this.list)) this.#point(((this.active + 1 + by + length + 1) % (length + 1)) - 1);
  }
}
