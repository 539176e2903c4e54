"""Feeds are quiet and lose nothing: what changes with a record, and what readers get that come now and then."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from anywhere import said_anywhere
from feed_corpus import RECORDS
from feed_seen import seen_in, visible
from feed_site import files_of, planned
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.pages import Listing

if TYPE_CHECKING:
    from pathlib import Path

    from feed_truth import Record

    from sitegen.feed_plan import PlannedFeed

LATER: Record = {"id": "of-december", "title": "Later", "added": "2025-12-01T00:00:00Z", "topics": ["theory"]}
ALL = [*({**record, "kind": "survey"} for record in RECORDS), LATER]


# --- a change ---------------------------------------------------------------------------------------------------------


def changed_files(before: list[Record], after: list[Record]) -> dict[str, tuple[bytes, bytes]]:
    old, new = files_of(before), files_of(after)
    assert old.keys() == new.keys()
    return {path: (old[path], new[path]) for path in old if old[path] != new[path]}


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param({"title": "Another title"}, id="a title"),
        pytest.param({"abstract": "Other words."}, id="an abstract"),
        pytest.param({"authors": ["Somebody Else"]}, id="names"),
        pytest.param(
            {"changes": [{"at": "2026-02-01T00:00:00Z", "kind": "corrected", "note": "x"}]}, id="a correction"
        ),
    ],
)
def test_one_changed_record_changes_its_own_entries_and_what_the_feed_says_of_its_age(facts: Record) -> None:
    after = [{**record, **facts} if record["id"] == "counted-authors" else record for record in ALL]
    changed = changed_files(ALL, after)
    holding = {path for path, body in files_of(ALL).items() if b"paper/counted-authors" in body}
    assert {path for path in changed if "weekly" not in path and "changes" not in path} == holding
    for path, (old, new) in changed.items():
        seen = [{entry.id: entry for entry in seen_in(body).entries} for body in (old, new)]
        differing = {
            identity for identity in seen[0].keys() | seen[1].keys() if seen[0].get(identity) != seen[1].get(identity)
        }
        allowed = ("week/2025-W45",) if "weekly" in path else ("paper/counted-authors",)
        assert differing or path.endswith("rss.xml")  # an RSS item has no time of its last change
        assert all(identity.partition(":")[2].partition(":")[2].startswith(allowed) for identity in differing), path
        assert not [line for line in differing_head(old, new) if b"pdated" not in line and b"lastBuildDate" not in line]


def differing_head(old: bytes, new: bytes) -> set[bytes]:
    """Give the lines before the first entry that are not in both."""
    heads = [body.partition(b"<entry>")[0].partition(b"<item>")[0].partition(b'"items"')[0] for body in (old, new)]
    return set(heads[0].splitlines()) ^ set(heads[1].splitlines())


def test_a_hostile_record_harms_no_other_entry() -> None:
    hostile: Record = {
        "id": "hostile",
        "title": "]]>\x00\ud800<script>\u202e\ufffe",
        "added": "2025-11-03T00:00:06Z",
        "authors": ["<b>", "\x1b[31m", *(f"Person {number}" for number in range(3_000))],
        "topics": ["theory", "llm-agents"],
        "kind": "survey",
        "abstract": "$\\frac{<x}{]]>" * 50 + "a\x0b" * 500_000,
        "venue": "&lt;\udfff",
        "note": "<!-- &#0; \U0001f469\u200d\U0001f52c",
        "links": {"doi": "10.1/<\x00>", "page": "javascript:x", "pdf": "https://[", "code": "https://x/\"'>"},
        "changes": [{"at": "2025-12-05T00:00:00Z", "kind": "retracted", "note": "]]>\x00<i>"}],
    }
    without, poisoned = files_of(ALL), files_of([*ALL, hostile])
    assert without.keys() == poisoned.keys()
    for path, body in poisoned.items():
        if path.endswith(".opml"):
            assert body == without[path]
            continue
        good = {entry.id: entry for entry in seen_in(without[path]).entries if "week/" not in entry.id}
        found = {entry.id: entry for entry in seen_in(body).entries}
        assert {identity: found.get(identity) for identity in good} == good
    weeks = [visible(seen_in(files["feeds/weekly.atom.xml"]).entries[-1].content) for files in (without, poisoned)]
    assert all(words in weeks[1] for words in weeks[0].split(" · "))


def test_all_files_are_equal_bytes_in_any_time_zone_locale_hash_seed_and_folder(tmp_path: Path) -> None:
    code = (
        "import hashlib; from test_feed_quiet import ALL; from feed_site import files_of; "
        "print([(path, hashlib.sha256(body).hexdigest()) for path, body in files_of(ALL).items()])"
    )
    outputs = said_anywhere(code, tmp_path)
    assert len(outputs) == 1
    assert outputs.pop().count(b"feeds/") == len(files_of(ALL)) - 3


# --- readers that come now and then -----------------------------------------------------------------------------------

START = datetime(2025, 1, 1, tzinfo=UTC)
HOURS = st.integers(1, 14 * 24)


def corpus_of(batches: list[tuple[int, int]]) -> list[tuple[datetime, Record]]:
    """Give records in batches: hours after the one before, and how many; a batch comes within a second."""
    found: list[tuple[datetime, Record]] = []
    now = START
    for hours, size in batches:
        now += timedelta(hours=hours)
        found += [
            (
                now,
                {
                    "id": f"p{len(found) + n:05}",
                    "title": "T",
                    "added": f"{now:%Y-%m-%dT%H:%M:%SZ}",
                    "topics": ["theory"] * (n % 2),
                },
            )
            for n in range(size)
        ]
    return found


def there_at(records: list[tuple[datetime, Record]], when: datetime) -> list[PlannedFeed]:
    feeds = planned([record for added, record in records if added <= when])
    return [found for found in feeds if found.feed.name in ("all", "topics/theory")]


def ids(listings: object) -> set[str]:
    return {listing.paper.id for listing in listings if isinstance(listing, Listing)}  # type: ignore[attr-defined]  # a tuple of them


# At most 1,000 within any 14 days: 15 batches a day apart of 66.
@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.integers(24, 200), st.integers(0, 66)), min_size=1, max_size=30),
    st.lists(HOURS, min_size=1, max_size=30),
)
def test_a_reader_that_polls_at_least_every_14_days_loses_nothing(
    batches: list[tuple[int, int]], gaps: list[int]
) -> None:
    records = corpus_of(batches)
    got: dict[str, set[str]] = {"all": set(), "topics/theory": set()}
    now, end = START, max((added for added, _ in records), default=START)
    while now < end + timedelta(days=14):
        now += timedelta(hours=gaps[len(got["all"]) % len(gaps)])
        for found in there_at(records, now):
            got[found.feed.name] |= ids(found.feed.entries)
    assert got["all"] == {record["id"] for _, record in records}
    assert got["topics/theory"] == {record["id"] for _, record in records if record["topics"]}


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 2_000), st.integers(0, 1_200)), min_size=1, max_size=6),
    st.lists(st.integers(1, 5_000), min_size=1, max_size=3),
)
def test_a_walker_of_the_archives_loses_nothing_ever(batches: list[tuple[int, int]], gaps: list[int]) -> None:
    records = corpus_of(batches)
    now = START
    for gap in [*gaps, 20_000]:
        now += timedelta(hours=gap)
        there = {record["id"] for added, record in records if added <= now}
        for found in there_at(records, now):
            walked = [identity for page in found.archives for identity in ids(page.feed.entries)]
            assert len(walked) == len(set(walked))
            expected = {i for i in there if found.feed.name == "all" or int(i[1:]) in odd(records)}
            assert set(walked) == expected


def odd(records: list[tuple[datetime, Record]]) -> set[int]:
    return {int(record["id"][1:]) for _, record in records if record["topics"]}
