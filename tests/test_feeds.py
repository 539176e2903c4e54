"""Feeds against the truth table, and that they are the same bytes anywhere and at any time."""

from __future__ import annotations

import html
import time
from dataclasses import replace
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import fastfeedparser
import feedparser
import pytest
from anywhere import said_anywhere
from atoma import parse_atom_bytes, parse_json_feed_bytes, parse_rss_bytes
from feed_corpus import FACTS, KINDS, RECORDS, SITE_URL, SUFFIXES, XML_KINDS, listing_of, rendered, truth
from feed_seeds import seed_documents, seed_truths
from feed_seen import fragment, seen_in, visible
from feed_site import SETTINGS, files_of
from feed_truth import Record, faults, records_in, truth_of

from sitegen.model import FeedSettings
from sitegen.text import web_address

if TYPE_CHECKING:
    from pathlib import Path

# --- the feeds say what the records say ------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "records",
    [
        pytest.param(RECORDS, id="all papers"),
        pytest.param(RECORDS[:1], id="one paper"),
        pytest.param([], id="no paper: the feed is as old as its tags"),
    ],
)
def test_a_feed_says_what_the_records_say(records: list[Record], kind: str) -> None:
    assert faults(rendered(records, kind), truth(records, kind)) == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_topic_feed_has_its_own_id_and_address_and_the_same_entries(kind: str) -> None:
    facts = replace(FACTS, name="topics/theory", title="Theory <of> learning", page="topics/theory/")
    records = [record for record in RECORDS if "theory" in record.get("topics", [])]
    document = rendered(records, kind, facts)
    assert len(records) == 2
    assert faults(document, truth(records, kind, facts)) == []
    whole = {entry.id: entry for entry in seen_in(rendered(RECORDS, kind)).entries}
    assert all(entry == whole[entry.id] for entry in seen_in(document).entries)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("records", [pytest.param(RECORDS, id="all papers"), pytest.param([], id="no paper")])
def test_a_feed_names_the_hub_that_passes_it_on(records: list[Record], kind: str) -> None:
    facts = replace(FACTS, hub="https://hub.example.net/push")
    document = rendered(records, kind, facts)
    assert faults(document, truth(records, kind, facts)) == []
    assert any("links to other documents differ" in fault for fault in faults(document, truth(records, kind)))


def test_all_live_feeds_but_those_of_authors_name_the_hub_and_archives_do_not() -> None:
    hub = "https://hub.example.net/"
    records = [{**record, "authors": ["Ada Lovelace"]} for record in RECORDS]
    identity = FeedSettings(FACTS.authority, FACTS.since, hub)
    files = files_of(records, replace(SETTINGS, feed=identity, author_feeds=True))
    feeds = {path for path in files if path.endswith(tuple(SUFFIXES.values()))}
    told = {path for path in feeds if hub.encode() in files[path]}
    assert told == {path for path in feeds if "/archive/" not in path and "/authors/" not in path}
    assert {"feeds/all.json", "feeds/weekly.rss.xml", "feeds/topics/theory.atom.xml"} <= told < feeds


@pytest.mark.parametrize(
    ("since", "day"), [("2025", "2025-01-01"), ("2025-03", "2025-03-01"), ("2025-03-09", "2025-03-09")]
)
def test_an_empty_feed_is_as_old_as_its_tags(since: str, day: str) -> None:
    facts = replace(FACTS, since=since)
    document = rendered([], "atom", facts)
    assert f"<updated>{day}T00:00:00+00:00</updated>".encode() in document
    assert faults(document, truth([], "atom", facts)) == []


def test_a_record_in_yaml_gives_the_same_truth_as_its_literal(tmp_path: Path) -> None:
    (tmp_path / "2023").mkdir()
    (tmp_path / "2023" / "from-yaml.yaml").write_text(
        "title: 'Nine: a number'\nadded: 2025-11-03T00:00:12Z\nauthor_count: 9\ndate: 2023-08-14\n"
        "links: {arxiv: 2301.00010, pdf: 'https://example.org/x.pdf'}\nabstract: |-\n  One. Two.\ntopics: [theory]\n",
        encoding="utf-8",
    )
    (record,) = records_in(tmp_path)
    assert record["links"]["arxiv"] == "2301.00010"
    path = "feeds/all.atom.xml"
    assert faults(rendered([record], "atom"), truth_of([record], FACTS, path)) == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_feeds_of_the_seed_corpus_say_what_its_records_say(kind: str) -> None:
    documents, truths = seed_documents(), seed_truths()
    assert documents.keys() == truths.keys()
    paths = [path for path in truths if path.endswith(SUFFIXES[kind])]
    assert len(paths) > 30
    assert [(path, fault) for path in paths for fault in faults(documents[path], truths[path])] == []


@pytest.mark.parametrize("kind", XML_KINDS)
def test_feedparser_agrees_on_ids_titles_links_dates_and_authors(kind: str) -> None:
    expected = truth(RECORDS, kind)
    parsed = feedparser.parse(rendered(RECORDS, kind))
    assert not parsed.bozo
    assert [entry.id for entry in parsed.entries] == [entry.id for entry in expected.entries]
    assert [entry.link for entry in parsed.entries] == [entry.url for entry in expected.entries]
    for entry, true in zip(parsed.entries, expected.entries, strict=True):
        if kind == "atom" or "<" not in true.title:  # feedparser takes an RSS title for HTML
            assert html.unescape(entry.title) == html.unescape(true.title)
        assert entry.published_parsed[:6] == true.published.timetuple()[:6]
        # Where Atom names nobody, the feed's own author stands in (RFC 4287 section 4.2.1); feedparser leaves it out.
        assert [author.get("name") for author in entry.get("authors", [])] == list(true.authors)
        assert visible(entry.content[0].value).startswith(true.line[:3])
        if kind == "atom":
            assert entry.updated_parsed[:6] == true.updated.timetuple()[:6]


@pytest.mark.parametrize("kind", KINDS)
def test_fastfeedparser_agrees_on_ids_links_titles_dates_and_names(kind: str) -> None:
    expected = truth(RECORDS, kind)
    parsed = fastfeedparser.parse(rendered(RECORDS, kind))
    assert [entry["id"] for entry in parsed.entries] == [entry.id for entry in expected.entries]
    assert [entry["link"] for entry in parsed.entries] == [entry.url for entry in expected.entries]
    assert [entry["title"] for entry in parsed.entries] == [entry.title for entry in expected.entries]
    for entry, true in zip(parsed.entries, expected.entries, strict=True):
        assert datetime.fromisoformat(entry["published"]) == true.published
        # It keeps one name alone.
        assert (entry.get("author") or "").startswith(true.authors[:1] or "")


@pytest.mark.parametrize("kind", KINDS)
def test_atoma_agrees_on_ids_links_titles_dates_and_names(kind: str) -> None:
    parse = {"atom": parse_atom_bytes, "rss": parse_rss_bytes, "json": parse_json_feed_bytes}[kind]
    corpora = [(rendered(RECORDS, kind), truth(RECORDS, kind))]
    corpora += [(seed_documents()[p], true) for p, true in seed_truths().items() if p.endswith(SUFFIXES[kind])]
    for document, expected in corpora:
        parsed = parse(document)
        for entry, true in zip(parsed.entries if kind == "atom" else parsed.items, expected.entries, strict=True):
            title = entry.title.value if kind == "atom" else entry.title
            assert title == true.title if true.title_whole else title.startswith(true.title)
            if kind == "atom":
                assert [link.href for link in entry.links if link.rel == "alternate"] == [true.url]
                # Where an entry names nobody, the feed's own author stands in (RFC 4287 section 4.2.1).
                assert [author.name for author in entry.authors] == list(true.authors or [expected.title])
                assert (entry.id_, entry.published, entry.updated) == (true.id, true.published, true.updated)
            elif kind == "rss":  # it knows no Dublin Core, and so no names
                assert (entry.guid, entry.link, entry.pub_date) == (true.id, true.url, true.published)
            else:  # it knows version 1, which has one author
                assert (entry.id_, entry.url) == (true.id, true.url)
                assert (entry.date_published, entry.date_modified) == (true.published, true.updated)


def test_what_an_entry_reads_like() -> None:
    entries = {entry.id.rpartition("/")[2]: entry for entry in seen_in(rendered(RECORDS, "atom")).entries}
    assert visible(entries["counted-authors"].content) == (
        "6 authors · Benchmark · August 2023 We cut $15 and 0.5% at k steps. See https://github.com/example/b. "
        "And “quoted”. Topics: Theory <of> learning"
    )
    assert visible(entries["an-organisation"].content) == (
        "NVIDIA · 29 September 2025 (inferred) The source gives no title; the one in brackets was made from the "
        "abstract. One paragraph. Another paragraph."
    )
    assert entries["an-organisation"].title == "[A Title Made From the Abstract]"
    assert visible(entries["a-plain-paper"].content).startswith(
        "Ada Lovelace, Željko Šnajder · Survey · Proceedings of A & B · 14 August 2023 First sentence."
    )
    assert visible(entries["a-plain-paper"].content).endswith(
        "Curator’s note: Here because it is plain & short. Topics: LLM agents & tool use, Theory <of> learning "
        "arXiv · PDF · DOI · Code"
    )
    assert entries["a-plain-paper"].hrefs("via") == ["https://arxiv.org/abs/2308.00001"]
    assert entries["a-plain-paper"].hrefs("related") == ["https://doi.org/10.1000/182", "https://github.com/example/a"]
    assert entries["no-abstract"].summary == "No Abstract at All"
    assert visible(entries["no-abstract"].content) == "1 author"
    addresses = [anchor.get("href") for anchor in fragment(entries["counted-authors"].content).iter("a")]
    assert addresses == ["https://github.com/example/b", f"{SITE_URL}topics/theory/"]


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        pytest.param({}, "Authors not given", id="nobody knows"),
        pytest.param({"author_count": "2", "organizations": ["A", "B"]}, "2 authors, A, B", id="number and houses"),
        pytest.param({"authors": ["X Y"], "author_count": "4"}, "X Y and 3 more", id="the first of several"),
        pytest.param({"authors": ["X Y"], "author_count": "1"}, "X Y", id="the only one"),
        pytest.param({"authors": ["\x00 "], "author_count": "5"}, "5 authors", id="a name of nothing is no name"),
    ],
)
def test_who_wrote_it(fields: Record, shown: str) -> None:
    record = {"id": "x", "title": "T", "added": "2025-11-03T00:00:00Z", **fields}
    for kind in KINDS:
        (entry,) = seen_in(rendered([record], kind)).entries
        assert visible(entry.content) == shown


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://example.org/a%20b", "https://example.org/a%20b"),
        (" https://example.org/a b\x00", "https://example.org/a%20b"),
        ('https://example.org/ü?q=<">', "https://example.org/%C3%BC?q=%3C%22%3E"),
        ("HTTP://example.org", "HTTP://example.org"),
        ("javascript:alert(1)", ""),
        ("//example.org/x", ""),
        ("/papers/x/", ""),
        ("https://", ""),
        ("https:///x", ""),
        ("", ""),
    ],
)
def test_only_absolute_web_addresses_leave_the_house(address: str, expected: str) -> None:
    assert web_address(address) == expected


# --- equal bytes -----------------------------------------------------------------------------------------------------


def test_equal_bytes_in_any_time_zone_locale_hash_seed_and_folder(tmp_path: Path) -> None:
    code = (
        "import sys; from feed_corpus import KINDS, RECORDS, rendered; "
        "[sys.stdout.buffer.write(rendered(RECORDS, kind)) for kind in KINDS]"
    )
    outputs = said_anywhere(code, tmp_path)
    assert outputs == {b"".join(rendered(RECORDS, kind) for kind in KINDS)}


@pytest.mark.parametrize("kind", KINDS)
def test_equal_bytes_on_another_day(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = rendered(RECORDS, kind)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 86_400 * 400)
    time.sleep(1.1)  # feedgen's clock is C's, which no patch reaches: let it tick
    assert rendered(RECORDS, kind) == before


def test_a_changed_paper_changes_only_its_own_entry() -> None:
    changed = [{**record, "title": "New"} if record["id"] == "markup" else record for record in RECORDS]
    before, after = (seen_in(rendered(records, "atom")).entries for records in (RECORDS, changed))
    assert [old.id.rpartition("/")[2] for old, new in zip(before, after, strict=True) if old != new] == ["markup"]


def test_rss_dates_are_those_of_the_records() -> None:
    root = ET.fromstring(rendered(RECORDS[:1], "rss"))
    (time_written,) = (parsedate_to_datetime(found.text or "") for found in root.iter("pubDate"))
    assert time_written.isoformat() == "2025-11-03T00:00:01+00:00"
    assert listing_of(RECORDS[0]).paper.added == "2025-11-03T00:00:01Z"
