"""Entries of feeds as XML, held to a library that writes feeds, byte for byte."""

from __future__ import annotations

from dataclasses import replace

from feedgen_feeds import atom_by_feedgen, rss_by_feedgen
from hypothesis import given
from hypothesis import strategies as st

from sitegen.render.feed_written import Category, DocumentLink, Entry, EntryLink, WrittenFeed
from sitegen.render.feed_xml import write_atom, write_rss
from sitegen.text import clean, one_line

LINKS = (DocumentLink("alternate", "https://x.org/a?b&c", "application/feed+json"),)
FEED = WrittenFeed(
    "tag:a",
    "A & B",
    "A",
    "About",
    "https://x.org/",
    "https://x.org/f",
    "2025-11-03T00:00:00Z",
    LINKS,
    (),
    archive=False,
)
ENTRY = Entry(
    "tag:a,2025:x", "T", "https://x.org/x/", "2025-01-02T03:04:05Z", "2025-11-03T00:00:00Z", (), "S", "<p>C</p>"
)
TEXT = st.text(max_size=12).map(clean) | st.sampled_from(
    ["<b>&amp;\"'</b>", "]]>", "a\r\nb\tc", "\r", " a ", "é\u2028学", ""]
)
LINE = TEXT.map(one_line)
SAID = LINE.map("x{}".format)
ADDRESS = SAID.map("https://x.org/{}".format)
ENTRIES = st.builds(
    Entry,
    id=SAID,
    title=SAID,
    url=ADDRESS,
    published=st.sampled_from(["2025-01-02T03:04:05Z", "1999-12-31T23:59:59Z"]),
    updated=st.sampled_from(["2025-11-03T00:00:00Z", "2030-02-28T12:00:00Z"]),
    authors=st.lists(SAID, max_size=3).map(tuple),
    summary=TEXT,
    content=TEXT,
    categories=st.lists(st.builds(Category, SAID, ADDRESS, SAID), max_size=2).map(tuple),
    links=st.lists(
        st.builds(EntryLink, st.sampled_from(["via", "related"]), ADDRESS, SAID)
        | st.builds(EntryLink, st.just("enclosure"), ADDRESS, SAID, st.just("application/pdf")),
        max_size=3,
        unique_by=lambda link: link.rel,
    ).map(tuple),
    identifier=LINE,
    source=LINE,
)


@given(st.lists(ENTRIES, max_size=3), st.booleans(), st.sampled_from(["", "https://hub.example.org/"]))
def test_feeds_are_those_that_feedgen_writes(entries: list[Entry], archive: bool, hub: str) -> None:
    feed = replace(FEED, entries=tuple(entries), archive=archive, hub=hub)
    assert write_atom(feed) == atom_by_feedgen(feed)
    assert write_rss(feed) == rss_by_feedgen(feed)


def test_the_dates_of_items_are_those_that_feedgen_writes() -> None:
    days = [f"2025-{month:02}-{day:02}T03:04:05Z" for month in range(1, 13) for day in range(1, 29)]
    feed = replace(FEED, entries=tuple(replace(ENTRY, published=day) for day in days))
    assert write_rss(feed) == rss_by_feedgen(feed)
