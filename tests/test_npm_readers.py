"""Readers from npm agree with the truth table on every feed of the seed corpus and of the hostile ones.

Known habits of a reader are named where they are allowed for; everything else must be as the records have it.
"""

from __future__ import annotations

import html
import json
import re
import subprocess
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from feed_corpus import KINDS, RECORDS, rendered, truth
from feed_seeds import seed_documents, seed_truths
from feed_seen import seen_in
from npm_packages import LOCK, installed_in
from test_feed_hygiene import GOOD, HOSTILE

if TYPE_CHECKING:
    from pathlib import Path

    from feed_truth import Record

READERS = ("feedsmith", "rss-parser", "feed-parser")
# The others say that they read XML alone.
READS_JSON = {"feedsmith"}


@dataclass(frozen=True)
class Said:
    """What an entry says, to what a reader can give of it."""

    id: str
    title: str
    link: str
    names: tuple[str, ...]
    published: datetime | None
    updated: datetime | None


@cache
def hostile_documents() -> dict[str, bytes]:
    """Give the feeds of the hand-made records, and one for each hostile record beside a harmless one."""
    corpora: dict[str, list[Record]] = {"records": RECORDS}
    for case in HOSTILE:
        fields = case.values[0]
        assert isinstance(fields, dict)
        corpora[str(case.id)] = [GOOD, {"id": "x", "title": "T", "added": "2025-11-03T00:00:01Z", **fields}]
    return {f"{name}/{kind}": rendered(records, kind) for name, records in corpora.items() for kind in KINDS}


@pytest.fixture(scope="module")
def read(npm_packages: Path) -> dict[str, dict[str, Any]]:
    """Give what each reader says of each document."""
    documents = {path: body.decode() for path, body in (seed_documents() | hostile_documents()).items()}
    done = subprocess.run(
        ["node", "read-feeds.mjs"],
        cwd=npm_packages,
        input=json.dumps(documents),
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, dict[str, Any]] = json.loads(done.stdout)
    assert tuple(found) == READERS
    return found


def time_of(text: str | None) -> datetime | None:
    """Read a reader's time; feedsmith gives RSS's as it stands there."""
    if text is None:
        return None
    rfc_2822 = re.match(r"[A-Z][a-z]{2}, ", text)
    return datetime.strptime(text, "%a, %d %b %Y %H:%M:%S %z") if rfc_2822 else datetime.fromisoformat(text)


def said(entry: dict[str, Any]) -> Said:
    times = (time_of(entry.get("published")), time_of(entry.get("updated")))
    return Said(entry["id"], entry["title"], entry["link"], tuple(entry["names"]), *times)


def told(reader: str, kind: str, feed_title: str, true: Said) -> Said:
    """Give what a reader makes of what is true, by the habits that it is known for."""
    title, names, updated = true.title, true.names, true.updated
    if reader == "rss-parser":
        names, updated = names[:1], None  # it keeps the first name alone, and no time of a change
    if reader == "feed-parser":
        title = html.unescape(title)  # it takes a title for HTML
        updated = true.published if kind == "rss" else updated  # RSS has none, so that it takes the only one there is
        # Where Atom names nobody, the feed's own author stands in (RFC 4287 section 4.2.1).
        names = names or ((feed_title,) if kind == "atom" else ())
    if reader == "feedsmith" and kind == "rss":
        updated = None
    return Said(true.id, title, true.link, names, true.published, updated)


def agrees(reader: str, kind: str, feed: dict[str, Any], title: str, entries: list[Said]) -> None:
    if kind == "json" and reader not in READS_JSON:
        assert feed["refused"]
        return
    assert "refused" not in feed, feed
    assert feed["title"] == title
    expected = [told(reader, kind, title, entry) for entry in entries]
    assert [said(entry) for entry in feed["entries"]] == expected


def kind_of(path: str) -> str:
    return next(kind for kind in KINDS if path.endswith((f".{kind}.xml", f".{kind}", f"/{kind}")))


@pytest.mark.parametrize("reader", READERS)
def test_a_reader_agrees_with_the_records_on_every_feed_of_the_seed_corpus(
    reader: str, read: dict[str, dict[str, Any]]
) -> None:
    truths = seed_truths()
    assert seed_documents().keys() == truths.keys()
    for path, true in truths.items():
        feed, kind = read[reader][path], kind_of(path)
        entries = [Said(e.id, e.title, e.url, e.authors, e.published, e.updated) for e in true.entries]
        # Where LaTeX is in a title, the truth is its beginning: the document, which was compared with it, has the rest.
        if not all(entry.title_whole for entry in true.entries):
            shown = {entry.id: entry.title for entry in seen_in(seed_documents()[path]).entries}
            entries = [Said(e.id, shown[e.id], e.link, e.names, e.published, e.updated) for e in entries]
        agrees(reader, kind, feed, true.title, entries)
        if "refused" not in feed:
            assert feed["page"] == true.page, path


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_reader_agrees_with_the_records_where_they_are_hostile(
    reader: str, kind: str, read: dict[str, dict[str, Any]]
) -> None:
    true = truth(RECORDS, kind)
    entries = [Said(e.id, e.title, e.url, e.authors, e.published, e.updated) for e in true.entries]
    agrees(reader, kind, read[reader][f"records/{kind}"], true.title, entries)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("case", [str(case.id) for case in HOSTILE])
def test_a_poisoned_paper_costs_no_reader_an_entry(reader: str, case: str, read: dict[str, dict[str, Any]]) -> None:
    for kind in KINDS:
        path = f"{case}/{kind}"
        seen = seen_in(hostile_documents()[path])
        updated = {entry.id: entry.updated for entry in seen_in(hostile_documents()[f"{case}/atom"]).entries}
        entries = [
            Said(e.id, e.title, e.hrefs("alternate")[0], e.authors, e.published, updated[e.id]) for e in seen.entries
        ]
        assert len(entries) == 2
        agrees(reader, kind, read[reader][path], seen.title, entries)


def test_the_lock_holds_hashes_and_no_addresses() -> None:
    words = LOCK.read_text("utf-8")
    assert "://" not in words
    packages = json.loads(words)["packages"]
    for name, package in packages.items():
        if name:
            assert re.fullmatch(r"\d+\.\d+\.\d+", package["version"]), name
            assert re.fullmatch(r"sha512-[\w+/]{86}==", package["integrity"]), name
    asked = packages[""]["dependencies"]
    assert {name: packages[f"node_modules/{name}"]["version"] for name in asked} == asked


@pytest.mark.usefixtures("npm_packages")
def test_a_package_with_another_hash_is_refused(tmp_path: Path) -> None:
    lock = json.loads(LOCK.read_text("utf-8"))
    package = lock["packages"]["node_modules/sax"]
    # The cache is asked by hash, so that it does not have the package and the registry's is weighed.
    first = package["integrity"][7]
    package["integrity"] = f"sha512-{'A' if first != 'A' else 'B'}{package['integrity'][8:]}"
    done = installed_in(tmp_path, json.dumps(lock))
    assert done.returncode != 0
    assert "EINTEGRITY" in done.stderr
