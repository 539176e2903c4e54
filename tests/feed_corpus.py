"""A hand-made corpus for the feeds: records as YAML gives them, and the same as planned pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feed_truth import FeedFacts, FeedTruth, Record, truth_of

from sitegen.model import Author, Change, Links, Paper
from sitegen.pages import Feed, FeedPage, Listing, TopicLink
from sitegen.render.feeds import render_feed

if TYPE_CHECKING:
    from collections.abc import Sequence

XML_KINDS = ("atom", "rss")
KINDS = (*XML_KINDS, "json")
SUFFIXES = {"atom": ".atom.xml", "rss": ".rss.xml", "json": ".json"}
SITE_URL = "https://papers.example.net/repo/"
TOPICS = {"llm-agents": "LLM agents & tool use", "theory": "Theory <of> learning"}
FACTS = FeedFacts("all", "Papers – all of them", SITE_URL, "feeds/", "example.org", "2025", TOPICS)

RECORDS: list[Record] = [
    {
        "id": "a-plain-paper",
        "title": "A Plain Paper",
        "kind": "survey",
        "added": "2025-11-03T00:00:01Z",
        "authors": ["Ada Lovelace", {"given": "Željko", "family": "Šnajder"}],
        "date": "2023-08-14",
        "topics": ["llm-agents", "theory"],
        "links": {
            "doi": "10.1000/182",
            "arxiv": "2308.00001",
            "pdf": "https://files.example.com/a.pdf",
            "code": "https://github.com/example/a",
        },
        "venue": "Proceedings of A & B",
        "abstract": "First sentence. " + "A long abstract goes on and on. " * 20 + "Its end.",
        "note": "Here because it is plain & short.",
    },
    {
        "id": "counted-authors",
        "title": r"Learning at $\sim 1$ bit with \textbf{M}edical data",
        "added": "2025-11-03T00:00:02Z",
        "author_count": "6",
        "kind": "benchmark",
        "date": "2023-08",
        "topics": ["theory"],
        "abstract": r"We cut $15 and 0.5\% at $k$ steps. See https://github.com/example/b. And ``quoted''.",
        "reads": {
            "title": "Learning at ∼1 bit with Medical data",
            "abstract": "We cut $15 and 0.5% at k steps. See https://github.com/example/b. And “quoted”.",
        },
    },
    {
        "id": "an-organisation",
        "title": "A Title Made From the Abstract",
        "title_source": "derived",
        "added": "2025-11-03T00:00:03Z",
        "organizations": ["NVIDIA"],
        "date": "2025-09-29",
        "date_source": "inferred",
        "abstract": "One paragraph.\n\nAnother paragraph.",
    },
    {
        "id": "markup",
        "title": '<script>alert(1)</script> &amp; "quotes" ]]> it\'s',
        "added": "2025-11-03T00:00:04Z",
        "authors": ["<b>Eve</b> & Co", "Łukasz Ünal"],
        "links": {"page": "https://example.com/?a=1&b=2", "pdf": "https://example.com/p.pdf?x=1&y=2"},
        "venue": "Venue <i>&</i> Co",
        "abstract": "<img src=x onerror=alert(1)> if a < b && c > d ]]> then <a href='javascript:x'>&lt;</a>.",
        "note": "<script>note</script> [link](javascript:x)",
    },
    {
        "id": "scripts-of-the-world",
        "title": "學習 naïve – עברית العربية 👩‍👩‍👧‍👦",
        "added": "2025-11-03T00:00:05Z",
        "authors": ["山田 太郎", "محمد"],
        "topics": ["llm-agents"],
        "abstract": "Résumé of 👩‍🔬 and ½ “quotes” – Ελληνικά, русский, 한국어.",
    },
    {
        "id": "same-second-later-id",
        "title": "The Same Second",
        "added": "2025-11-03T00:00:05Z",
        "abstract": "It was corrected twice.",
        "changes": [
            {"at": "2025-12-24T18:00:00Z", "kind": "corrected", "note": "title"},
            {"at": "2025-12-01T18:00:00Z", "kind": "version", "note": "v2"},
        ],
    },
    {
        "id": "no-abstract",
        "title": "No Abstract at All",
        "added": "2025-11-10T00:00:00Z",
        "author_count": "1",
        "changes": [{"at": "2025-01-01T00:00:00Z", "kind": "version", "note": "before it came here"}],
    },
]


def paper_of(record: Record) -> Paper:
    """Make the paper that a record describes, field by field."""
    links = record.get("links", {})
    return Paper(
        id=record["id"],
        title=record["title"],
        added=record["added"],
        title_source=record.get("title_source", "given"),
        authors=tuple(_author(author) for author in record.get("authors", [])),
        author_count=int(record["author_count"]) if "author_count" in record else None,
        organizations=tuple(record.get("organizations", [])),
        date=record.get("date", ""),
        date_source=record.get("date_source", "given"),
        announce=record.get("announce", "true") == "true",
        status=record.get("status", ""),
        kind=record.get("kind", ""),
        topics=tuple(record.get("topics", [])),
        links=Links(**links),
        venue=record.get("venue", ""),
        abstract=record.get("abstract", ""),
        note=record.get("note", ""),
        changes=tuple(Change(**change) for change in record.get("changes", [])),
    )


def _author(author: str | dict[str, str]) -> Author:
    if isinstance(author, str):
        return Author(author)
    return Author(f"{author['given']} {author['family']}", author["family"], author["given"])


def listing_of(record: Record) -> Listing:
    topics = tuple(TopicLink(slug, TOPICS[slug], "", "", f"topics/{slug}/") for slug in record.get("topics", []))
    return Listing(paper_of(record), f"papers/{record['id']}/", topics)


def feed_of(records: Sequence[Record], facts: FeedFacts = FACTS) -> Feed:
    """Plan the feed of these records, in the order (added, id)."""
    entries = tuple(listing_of(record) for record in sorted(records, key=lambda r: (r["added"], r["id"])))
    identity = (facts.authority, facts.since)
    return Feed(facts.name, facts.title, "All of them.", facts.page, facts.site_url, *identity, entries, hub=facts.hub)


def written(feed: Feed, kind: str) -> bytes:
    """Write a feed in one format."""
    path = f"feeds/{feed.name}{SUFFIXES[kind]}"
    (body,) = (output.body for output in render_feed(FeedPage(f"feeds/{feed.name}", feed)) if output.path == path)
    return body


def path_of(kind: str, facts: FeedFacts = FACTS) -> str:
    return f"feeds/{facts.name}{SUFFIXES[kind]}"


def truth(records: Sequence[Record], kind: str, facts: FeedFacts = FACTS) -> FeedTruth:
    return truth_of(records, facts, path_of(kind, facts))


def rendered(records: Sequence[Record], kind: str, facts: FeedFacts = FACTS) -> bytes:
    return written(feed_of(records, facts), kind)
