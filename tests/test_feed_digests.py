"""The weekly digest, the feed of corrections, feeds of kinds and authors, and the names that readers probe."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest
from feed_corpus import KINDS, RECORDS, SITE_URL, SUFFIXES
from feed_seen import seen_in, visible
from feed_site import CHANGES, SETTINGS, WEEKLY, files_of, planned
from feed_truth import Record, change_truths, faults, feed_truth, week_truths

LATER: Record = {"id": "of-a-later-week", "title": "Later", "added": "2025-11-17T00:00:00Z"}
# A Sunday's last second is of its week; the year of a week is that of its Thursday.
EDGES: list[Record] = [
    {"id": "sunday", "title": "Sunday", "added": "2024-12-29T23:59:59Z"},
    {"id": "monday", "title": "Monday", "added": "2024-12-30T00:00:00Z", "announce": "false"},
    {"id": "new-year", "title": "New Year", "added": "2025-01-01T00:00:00Z"},
    {"id": "next", "title": "Next", "added": "2025-01-06T00:00:00Z"},
]
PLAIN = [{key: value for key, value in record.items() if key != "reads"} for record in RECORDS]
READABLE = [record for record in PLAIN if "$" not in record["title"]]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "records",
    [
        pytest.param([*READABLE, LATER], id="two weeks that are over and one that is not"),
        pytest.param(EDGES, id="the edges of weeks and years"),
        pytest.param(READABLE[:1], id="a week that is not over"),
        pytest.param([], id="no paper"),
    ],
)
def test_the_digest_lists_every_paper_of_each_week_that_is_over(records: list[Record], kind: str) -> None:
    path = f"feeds/weekly{SUFFIXES[kind]}"
    assert faults(files_of(records)[path], feed_truth(week_truths(records, WEEKLY), WEEKLY, path)) == []


def test_a_line_of_the_digest_says_who_and_where() -> None:
    (entry,) = seen_in(files_of([READABLE[0], LATER])["feeds/weekly.atom.xml"]).entries
    assert visible(entry.content) == "A Plain Paper, Ada Lovelace and 1 more · arXiv · PDF · DOI · Code"
    assert entry.id == "tag:example.org,2025:week/2025-W45"


def test_a_week_of_very_many_papers_comes_in_parts() -> None:
    many: list[Record] = [
        {"id": f"p{number:04}", "title": f"Paper {number}", "added": "2025-11-03T00:00:00Z"} for number in range(1_001)
    ]
    rest, whole = seen_in(files_of([*many, LATER])["feeds/weekly.atom.xml"]).entries
    assert (whole.title, rest.title) == ("Week 45 of 2025: 1,000 papers", "Week 45 of 2025, part 2: 1 paper")
    assert rest.id == f"{whole.id}/2"
    assert [link for link in whole.content.split('"') if "/papers/" in link] == [
        f"{SITE_URL}papers/{record['id']}/" for record in many[:1_000]
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_each_change_is_an_entry_of_its_own(kind: str) -> None:
    retracted: Record = {
        "id": "gone",
        "title": "Gone <b>",
        "added": "2025-11-03T00:00:09Z",
        "status": "retracted",
        "topics": ["theory"],
        "changes": [
            {"at": "2026-01-01T00:00:00Z", "kind": "retracted", "note": "the data & <i>"},
            {"at": "2026-01-01T00:00:00Z", "kind": "corrected", "note": "and its title"},
        ],
    }
    removed = {**retracted, "id": "removed", "status": "removed"}
    path = f"feeds/changes{SUFFIXES[kind]}"
    files = files_of([*READABLE, retracted, removed])
    assert faults(files[path], feed_truth(change_truths([*READABLE, retracted], CHANGES), CHANGES, path)) == []
    ids = [entry.id for entry in seen_in(files[path]).entries]
    assert ids[0] == "tag:example.org,2025:paper/gone/change/2026-01-01T00:00:00Z"
    assert len(ids) == 4
    assert b":paper/gone" not in files[f"feeds/all{SUFFIXES[kind]}"]


def test_readers_find_the_feed_of_everything_where_they_look() -> None:
    files = files_of(RECORDS)
    assert files["feed.xml"] == files["atom.xml"] == files["feeds/all.atom.xml"]
    assert files["rss.xml"] == files["feeds/all.rss.xml"]


def test_opml_names_every_feed_once_by_group() -> None:
    records = [{**record, "kind": "survey"} for record in RECORDS]
    root = ET.fromstring(files_of(records)["feeds/index.opml"])
    groups = {group.get("text"): [feed.attrib for feed in group] for group in root.findall("body/outline")}
    addresses = [feed["xmlUrl"] for feeds in groups.values() for feed in feeds]
    assert list(groups) == ["Everything", "Topics", "By kind"]
    assert addresses == [f"{SITE_URL}feeds/{found.feed.name}.atom.xml" for found in planned(records)]
    assert groups["Topics"][1] == {
        "type": "rss",
        "text": "Theory <of> learning",
        "title": "Theory <of> learning",
        "xmlUrl": f"{SITE_URL}feeds/topics/theory.atom.xml",
        "htmlUrl": f"{SITE_URL}topics/theory/",
    }


def test_authors_of_three_papers_have_feeds_where_the_setting_says_so() -> None:
    written = [["Željko Šnajder", "Ada"], ["Zeljko Snajder", "山田"], ["Željko Šnajder", "山田"], ["山田", "Ada"]]
    records: list[Record] = [
        {"id": f"p{number}", "title": "T", "added": f"2025-11-03T00:00:0{number}Z", "authors": authors}
        for number, authors in enumerate(written)
    ]
    assert not [path for path in files_of(records) if "/authors/" in path]
    feeds = {found.feed.name: found.feed for found in planned(records, replace(SETTINGS, author_feeds=True))}
    names = [name for name in feeds if name.startswith("authors/")]
    assert {feeds[name].title.partition(": ")[2] for name in names} == {"Željko Šnajder", "山田"}
    assert "authors/zeljko-snajder" in names
    assert all(name.isascii() and len(feeds[name].entries) == 3 for name in names)


@pytest.mark.parametrize(
    ("added", "words"),
    [
        pytest.param([], "", id="nothing"),
        pytest.param(["2025-11-03"], "", id="one is no pace"),
        pytest.param(["2025-11-03", "2025-11-30"], "all added in November 2025", id="one month"),
        pytest.param(["2025-11-30", "2025-12-01"], "about 2 a month", id="two days of two months"),
        pytest.param([f"2025-{month:02}-15" for month in range(1, 13)], "about 13 a year", id="one a month"),
        pytest.param(
            [f"2025-{month:02}-{day}" for month in (1, 2, 3) for day in (10, 20)], "about 3 a month", id="more"
        ),
        pytest.param(["2020-01-01", "2025-01-01"], "fewer than one a year", id="two in five years"),
    ],
)
def test_people_are_told_how_often_a_paper_comes(added: list[str], words: str) -> None:
    records: list[Record] = [
        {"id": f"p{number}", "title": "T", "added": f"{day}T00:00:00Z"} for number, day in enumerate(added)
    ]
    (row,) = (found.row for found in planned(records) if found.row and found.row.name == "all")
    assert row.pace == words
    assert [path for _, path in row.newest] == [f"papers/p{number}.md" for number in range(len(added))][::-1][:3]


@pytest.mark.parametrize("kind", KINDS)
def test_digests_and_corrections_are_documents_of_3_mb_at_most(kind: str) -> None:
    links = {"arxiv": "2501.00001", "doi": "10.1000/182", "pdf": "https://files.example.com/a/long/way/to/it.pdf"}
    day = datetime(2025, 1, 1, tzinfo=UTC)
    records: list[Record] = [
        {
            "id": f"a-paper-with-an-id-of-ordinary-length-{number:05}",
            "title": f"Where <b> & \u5b78\u7fd2 are in a \u201ctitle\u201d of an ordinary length, number {number}",
            "added": f"{day + number * timedelta(minutes=20):%Y-%m-%dT%H:%M:%SZ}",
            "links": links,
            "topics": ["theory", "llm-agents"],
            "authors": ["Ada Lovelace", "Charles Babbage", "Mary Somerville"],
            "changes": [{"at": "2025-12-01T00:00:00Z", "kind": "corrected", "note": "What was & is <said>. " * 90}],
        }
        for number in range(8_000)
    ]
    files = files_of(records)
    for name in ("weekly", "changes"):
        assert 800_000 < len(files[f"feeds/{name}{SUFFIXES[kind]}"]) <= 3_000_000
