"""The feeds of the corpus that this repository holds, as a build writes them, and what its YAML says they must say."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import yaml
from feed_corpus import SITE_URL, SUFFIXES
from feed_truth import FeedFacts, FeedTruth, Record, change_truths, feed_truth, records_in, truth_of, week_truths

from sitegen.corpus import load_corpus
from sitegen.pages import FeedPage
from sitegen.plan import plan
from sitegen.render.feeds import render_feed
from sitegen.site import enrich

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CORPUS = Path(__file__).parent.parent / "corpus"
KINDS = {
    "survey": "Surveys",
    "benchmark": "Benchmarks",
    "dataset": "Datasets",
    "method": "Methods",
    "theory": "Theory",
    "system": "Systems",
    "position": "Positions",
}


@cache
def seed_documents() -> dict[str, bytes]:
    """Write the live feeds, all formats; related papers, which no feed names, are left out."""
    corpus, problems = load_corpus(CORPUS)
    assert not problems
    feeds = [page for page in plan(enrich(corpus, {}), SITE_URL) if isinstance(page, FeedPage)]
    return {output.path: output.body for page in feeds for output in render_feed(page) if "/" in output.path}


@cache
def seed_truths() -> dict[str, FeedTruth]:
    """Work out from the YAML alone what each of them must say."""
    return {path: truth for kind in SUFFIXES for path, truth in _truths(kind)}


def _truths(kind: str) -> Iterator[tuple[str, FeedTruth]]:
    settings, topics = (yaml.safe_load((CORPUS / f"{name}.yaml").read_text("utf-8")) for name in ("corpus", "topics"))
    names = {topic["slug"]: topic["name"] for topic in topics["topics"]}
    identity = settings["feed"]
    records = sorted(records_in(CORPUS / "papers"), key=lambda record: (record["added"], record["id"]))
    listed = [record for record in records if not record.get("status")]

    def facts(name: str, title: str, page: str, archived: Sequence[Record]) -> FeedFacts:
        whole = f"{settings['title']}: {title}" if title else settings["title"]
        newest = _newest_archive(name, archived)
        return FeedFacts(name, whole, SITE_URL, page, identity["authority"], identity["since"], names, newest)

    sorts = [("all", "", "", listed)]
    for slug, name in names.items():
        sorts.append((f"topics/{slug}", name, f"topics/{slug}/", [r for r in listed if slug in r.get("topics", [])]))
    for one, name in KINDS.items():
        sorts.append((f"kinds/{one}", name, f"kinds/{one}/", [r for r in listed if r.get("kind") == one]))
    for name, title, page, held in sorts:
        if held or not name.startswith("kinds/"):
            path = f"feeds/{name}{SUFFIXES[kind]}"
            yield path, truth_of(_window(held), facts(name, title, page, held), path)
    weekly, changes = f"feeds/weekly{SUFFIXES[kind]}", f"feeds/changes{SUFFIXES[kind]}"
    about = facts("weekly", "Every week", "browse/", [])
    yield weekly, feed_truth(week_truths(listed, about), about, weekly)
    about = facts("changes", "Corrections and retractions", "feeds/", [])
    yield changes, feed_truth(change_truths(records, about), about, changes)


def _window(held: list[Record]) -> list[Record]:
    """Give the newest 100, or all of the 14 days before the newest, whichever is more."""
    announced = [record for record in held if record.get("announce") != "false"]
    if not announced:
        return []
    since = datetime.fromisoformat(announced[-1]["added"]) - timedelta(days=14)
    recent = [record for record in announced if datetime.fromisoformat(record["added"]) >= since]
    return max(announced[-100:], recent[-1_000:], key=len)


def _newest_archive(name: str, archived: Sequence[Record]) -> str:
    if not archived:
        return ""
    month = archived[-1]["added"][:7]
    count = sum(record["added"].startswith(month) for record in archived)
    return f"feeds/{name}/archive/{month}-{-(-count // 500)}.atom.xml"
