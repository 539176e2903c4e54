"""Archives (RFC 5005 section 4): disjoint, complete, linked both ways, and quiet where nothing happened."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from feed_corpus import RECORDS
from feed_seen import seen_in
from feed_site import ALL, THEORY, archives_of, files_of, planned, walked
from feed_truth import archive_truth, faults, truth_of

if TYPE_CHECKING:
    from feed_truth import FeedFacts, Record

COUNTS = (0, 1, 99, 100, 101, 499, 500, 501, 1_001)
START = datetime(2025, 1, 30, tzinfo=UTC)


STEPS = [pytest.param(timedelta(seconds=1), id="at once"), pytest.param(timedelta(hours=9), id="in months")]


def records(count: int, step: timedelta = timedelta(seconds=1), start: datetime = START) -> list[Record]:
    """Give records of which every second is in a topic and every third is not announced."""
    return [
        {
            "id": f"p{number:05}",
            "title": f"Paper {number}",
            "added": f"{start + number * step:%Y-%m-%dT%H:%M:%SZ}",
            "topics": ["theory"] if number % 2 else ["llm-agents"],
            "announce": "false" if number % 3 == 0 else "true",
        }
        for number in range(count)
    ]


def held(some: list[Record], facts: FeedFacts) -> list[Record]:
    return [record for record in some if facts is ALL or "theory" in record.get("topics", [])]


@pytest.mark.parametrize("facts", [pytest.param(ALL, id="all"), pytest.param(THEORY, id="a topic")])
@pytest.mark.parametrize(
    "step", [pytest.param(timedelta(seconds=1), id="at once"), pytest.param(timedelta(hours=9), id="in months")]
)
@pytest.mark.parametrize("count", COUNTS)
def test_a_walk_from_the_current_document_finds_every_record_once(
    count: int, step: timedelta, facts: FeedFacts
) -> None:
    some = records(count, step)
    files = files_of(some)
    walk = walked(files, facts)
    newest_first = [record["id"] for record in reversed(held(some, facts))]
    assert [identity for _, ids in walk for identity in ids] == newest_first
    assert all(0 < len(ids) <= 500 for _, ids in walk)
    assert len(walk) == len(archives_of(files, facts)), "an archive that no link leads to"
    months = {record["id"]: record["added"][:7] for record in some}
    assert all({months[identity] for identity in ids} == {path.rpartition("/")[2][:7]} for path, ids in walk)


@pytest.mark.parametrize("facts", [pytest.param(ALL, id="all, whole"), pytest.param(THEORY, id="a topic, in brief")])
def test_an_archive_says_what_the_records_say(facts: FeedFacts) -> None:
    earlier: Record = {"id": "before", "title": "Before", "added": "2025-09-30T23:59:59Z", "topics": ["theory"]}
    later: Record = {"id": "after", "title": "After", "added": "2026-01-01T00:00:00Z", "topics": ["theory"]}
    files = files_of([earlier, *RECORDS, later])
    months = {
        "2025-09-1.atom.xml": [earlier],
        "2025-11-1.atom.xml": held(RECORDS, facts),
        "2026-01-1.atom.xml": [later],
    }
    paths = ["", *(f"feeds/{facts.name}/archive/{name}" for name in months), ""]
    assert [f"feeds/{facts.name}/archive/{name}" for name in archives_of(files, facts)] == paths[1:-1]
    for place, some in enumerate(months.values(), 1):
        expected = archive_truth(some, facts, paths[place], (paths[place - 1], paths[place + 1]))
        assert faults(files[paths[place]], expected) == []
    live = replace(facts, archive=paths[-2])
    for suffix in (".atom.xml", ".rss.xml", ".json"):
        path = f"feeds/{facts.name}{suffix}"
        assert faults(files[path], truth_of(held([earlier, *RECORDS, later], facts), live, path)) == []


MINUTE = timedelta(minutes=1)


def month(number: int, count: int) -> list[Record]:
    return [
        {**record, "id": f"{record['id']}-{number}"}
        for record in records(count, MINUTE, datetime(2025, number, 1, tzinfo=UTC))
    ]


def with_facts(some: list[Record], identity: str, **facts: object) -> list[Record]:
    return [{**record, **facts} if record["id"] == identity else record for record in some]


MONTHS = [*month(1, 500), *month(2, 499), *month(3, 2)]
LATE: Record = {
    "id": "late",
    "title": "Late",
    "added": "2025-02-01T03:00:30Z",
    "topics": ["theory"],
    "announce": "false",
}
LATER: Record = {**LATE, "id": "later", "added": "2025-02-01T03:00:31Z"}


def changed_archives(before: list[Record], after: list[Record], facts: FeedFacts) -> set[str]:
    old, new = (archives_of(files_of(some), facts) for some in (before, after))
    return {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}


@pytest.mark.parametrize("facts", [pytest.param(ALL, id="all"), pytest.param(THEORY, id="a topic")])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(MONTHS, [*MONTHS, LATE], id="a late insertion"),
        pytest.param([*MONTHS, LATE], MONTHS, id="a removal"),
        pytest.param(MONTHS, with_facts(MONTHS, "p00101-2", topics=[]), id="a topic goes"),
        pytest.param(MONTHS, with_facts(MONTHS, "p00100-2", topics=["theory"]), id="a topic comes"),
        pytest.param(MONTHS, with_facts(MONTHS, "p00101-2", title="New"), id="a title changes"),
    ],
)
def test_a_change_touches_its_own_month_alone(before: list[Record], after: list[Record], facts: FeedFacts) -> None:
    assert changed_archives(before, after, facts) == {"2025-02-1.atom.xml"}


FULL = [*MONTHS, LATE]


@pytest.mark.parametrize(("before", "after"), [(FULL, [*FULL, LATER]), ([*FULL, LATER], FULL)])
def test_where_a_month_gets_or_loses_a_part_its_neighbour_changes_one_link(
    before: list[Record], after: list[Record]
) -> None:
    old, new = (archives_of(files_of(some), ALL) for some in (before, after))
    changed = {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}
    assert changed == {"2025-02-1.atom.xml", "2025-02-2.atom.xml", "2025-03-1.atom.xml"}
    lines = [set(archives["2025-03-1.atom.xml"].splitlines()) for archives in (old, new)]
    assert [line.strip()[:5] for line in lines[0] ^ lines[1]] == [b"<link"] * 2
    assert seen_in(old["2025-03-1.atom.xml"]).entries == seen_in(new["2025-03-1.atom.xml"]).entries


def test_an_addition_changes_the_newest_part_alone_and_a_new_month_its_neighbours_link() -> None:
    more: Record = {"id": "x", "title": "X", "added": "2025-03-09T00:00:00Z"}
    assert changed_archives(MONTHS, [*MONTHS, more], ALL) == {"2025-03-1.atom.xml"}
    april = {**more, "added": "2025-04-01T00:00:00Z"}
    assert changed_archives(MONTHS, [*MONTHS, april], ALL) == {"2025-03-1.atom.xml", "2025-04-1.atom.xml"}


def test_authors_weeks_and_changes_have_no_archives() -> None:
    assert {found.feed.name for found in planned(RECORDS) if found.archives} == {
        "all",
        "kinds/benchmark",
        "kinds/survey",
        "topics/llm-agents",
        "topics/theory",
    }
