// Reads feeds with readers from npm. Standard input: {path: document}; standard output: {reader: {path: feed}}, where
// a feed is {title, page, entries}, or {refused} in the reader's words.
import { readFileSync } from "node:fs";
import { parseFeed as feedParser } from "@rowanmanning/feed-parser";
import { parseFeed as feedsmith } from "feedsmith";
import RssParser from "rss-parser";

const page = (links = []) => links.find((link) => (link.rel ?? "alternate") === "alternate")?.href;
const names = (people = []) => people.map((person) => person.name ?? person);

const entryOf = {
  atom: (entry) => ({
    id: entry.id,
    title: entry.title?.value,
    link: page(entry.links),
    names: names(entry.authors),
    published: entry.published,
    updated: entry.updated,
  }),
  rss: (item) => ({
    id: item.guid?.value,
    title: item.title,
    link: item.link,
    names: item.dc?.creators ?? [],
    published: item.pubDate,
  }),
  json: (item) => ({
    id: item.id,
    title: item.title,
    link: item.url,
    names: names(item.authors),
    published: item.date_published,
    updated: item.date_modified,
  }),
};

const readers = {
  feedsmith(document) {
    const { format, feed } = feedsmith(document);
    return {
      title: feed.title?.value ?? feed.title,
      page: feed.home_page_url ?? feed.link ?? page(feed.links),
      entries: (feed.entries ?? feed.items ?? []).map(entryOf[format]),
    };
  },
  async "rss-parser"(document) {
    const feed = await new RssParser().parseString(document);
    const entries = feed.items.map((item) => ({
      id: item.id ?? item.guid,
      title: item.title,
      link: item.link,
      names: [item.author ?? item.creator].filter(Boolean),
      published: item.isoDate,
    }));
    return { title: feed.title, page: feed.link, entries };
  },
  "feed-parser"(document) {
    const feed = feedParser(document);
    const entries = feed.items.map((item) => ({
      id: item.id,
      title: item.title,
      link: item.url,
      names: names(item.authors),
      published: item.published,
      updated: item.updated,
    }));
    return { title: feed.title, page: feed.url, entries };
  },
};

const documents = JSON.parse(readFileSync(0, "utf-8"));
const found = {};
for (const [reader, read] of Object.entries(readers)) {
  found[reader] = {};
  for (const [path, document] of Object.entries(documents)) {
    try {
      found[reader][path] = await read(document);
    } catch (error) {
      found[reader][path] = { refused: error.message };
    }
  }
}
process.stdout.write(JSON.stringify(found));
