"""newsboat, a feed reader that people use, polls our feeds over loopback: nothing is unread twice, nothing is lost."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import threading
from contextlib import closing
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest
from feed_corpus import FACTS, RECORDS, XML_KINDS, rendered

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from feed_truth import FeedFacts, Record

# newsboat reads no JSON Feed.
KINDS = XML_KINDS
NEW: Record = {
    "id": "one-more",
    "title": "One More",
    "added": "2025-11-11T00:00:00Z",
    "authors": ["Ada Lovelace"],
    "topics": ["theory"],
    "abstract": "It came today.",
}
ALL = [*RECORDS, NEW]


class Shelf(ThreadingHTTPServer):
    """A loopback server of documents by path; it says nothing of their age, so that each poll reads them anew."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Reader)
        self.documents: dict[str, bytes] = {}
        self.polls = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Reader(BaseHTTPRequestHandler):
    server: Shelf

    def do_GET(self) -> None:
        self.server.polls += 1
        document = self.server.documents.get(self.path)
        self.send_response(200 if document else 404)
        self.send_header("Content-Type", "application/xml")
        self.send_header("Content-Length", str(len(document or b"")))
        self.end_headers()
        self.wfile.write(document or b"")

    def log_message(self, *_: object) -> None:
        """Stay silent: pytest's output is for its own words."""


@pytest.fixture
def shelf() -> Iterator[Shelf]:
    with Shelf() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


class Newsboat:
    """newsboat with a home of its own; `poll` gives the titles and authors that are new since the last poll."""

    def __init__(self, home: Path, addresses: list[str]) -> None:
        self.home = home
        self.cache = home / "cache.db"
        (home / "urls").write_text("\n".join(addresses) + "\n", encoding="utf-8")
        (home / "config").write_text("auto-reload no\n", encoding="utf-8")

    def poll(self) -> list[tuple[str, str]]:
        """Poll every feed; give (title, author) of what became unread, and mark it read."""
        files = ["-u", self.home / "urls", "-C", self.home / "config", "-c", self.cache]
        environment = {"HOME": str(self.home), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "no_proxy": "*"}
        command = ["newsboat", *map(str, files), "-x", "reload"]
        subprocess.run(command, env=environment, capture_output=True, check=True, timeout=60)
        with closing(sqlite3.connect(self.cache)) as cache, cache:
            unread = cache.execute("SELECT title, author FROM rss_item WHERE unread = 1").fetchall()
            cache.execute("UPDATE rss_item SET unread = 0")
        return sorted(unread)

    def articles(self) -> list[tuple[str, str, str]]:
        """Give (guid, title, content) of every article it holds."""
        with closing(sqlite3.connect(self.cache)) as cache:
            return cache.execute("SELECT guid, title, content FROM rss_item ORDER BY guid").fetchall()


def tags(records: list[Record]) -> set[str]:
    return {f"tag:example.org,2025:paper/{record['id']}" for record in records}


@pytest.fixture
def installed() -> None:
    if not shutil.which("newsboat") and not os.environ.get("CI"):
        pytest.skip("newsboat is not installed and installing it needs root; CI has it and never skips this")


@pytest.fixture(params=[f"{kind}/{name}" for kind in KINDS for name in ("all", "theory")])
def newsboat(request: pytest.FixtureRequest, tmp_path: Path, shelf: Shelf, installed: None) -> Newsboat:
    """Subscribe to one feed alone: newsboat keeps one article for each id, whatever the feeds that hold it."""
    del installed  # it only skips
    publish(shelf, RECORDS)
    return Newsboat(tmp_path, [f"{shelf.address}/{request.param}"])


def held(newsboat: Newsboat, records: list[Record]) -> list[Record]:
    """Give the records that the feed it is subscribed to must hold."""
    topic = "theory" in (newsboat.home / "urls").read_text("utf-8")
    return [record for record in records if not topic or "theory" in record.get("topics", [])]


def publish(shelf: Shelf, records: list[Record], facts: FeedFacts = FACTS) -> None:
    """Put the feed of all papers and that of one topic on the shelf, in each format."""
    topic = replace(facts, name="topics/theory", title="Theory", page="topics/theory/")
    in_topic = [record for record in records if "theory" in record.get("topics", [])]
    for kind in KINDS:
        shelf.documents[f"/{kind}/all"] = rendered(records, kind, facts)
        shelf.documents[f"/{kind}/theory"] = rendered(in_topic, kind, topic)


def test_the_first_poll_finds_every_paper(newsboat: Newsboat) -> None:
    assert len(newsboat.poll()) == len(held(newsboat, RECORDS))
    assert [guid for guid, _, _ in newsboat.articles()] == sorted(tags(held(newsboat, RECORDS)))


@pytest.mark.parametrize(
    "change",
    [
        pytest.param("nothing", id="rebuilt without change"),
        pytest.param("titles", id="every title changed"),
        pytest.param("address", id="the site moved"),
        pytest.param("correction", id="a paper corrected, its updated newer"),
        pytest.param("words", id="every abstract and all names changed"),
    ],
)
def test_a_second_poll_finds_nothing_new(newsboat: Newsboat, shelf: Shelf, change: str) -> None:
    newsboat.poll()
    polls = shelf.polls
    records, facts = RECORDS, FACTS
    if change == "titles":
        records = [{**record, "title": f"Another {record['title']}"} for record in RECORDS]
    elif change == "address":
        facts = replace(FACTS, site_url="https://elsewhere.example.com/")
    elif change == "correction":
        later = {"at": "2026-02-03T04:05:06Z", "kind": "corrected", "note": "words"}
        records = [{**record, "changes": [later]} for record in RECORDS]
    elif change == "words":
        records = [{**record, "abstract": "Other words.", "authors": ["Somebody Else"]} for record in RECORDS]
    publish(shelf, records, facts)
    assert newsboat.poll() == []
    assert shelf.polls == polls + 1
    assert [guid for guid, _, _ in newsboat.articles()] == sorted(tags(held(newsboat, RECORDS)))


def test_one_paper_added_is_one_new(newsboat: Newsboat, shelf: Shelf) -> None:
    newsboat.poll()
    publish(shelf, ALL)
    assert newsboat.poll() == [("One More", "Ada Lovelace")]
    publish(shelf, ALL)
    assert newsboat.poll() == []


def test_a_reader_that_keeps_few_articles_keeps_the_newest(newsboat: Newsboat, shelf: Shelf) -> None:
    with (newsboat.home / "config").open("a", encoding="utf-8") as config:
        config.write("max-items 1\n")
    publish(shelf, ALL)
    newsboat.poll()
    assert [guid for guid, _, _ in newsboat.articles()] == sorted(tags([NEW]))


@pytest.mark.usefixtures("installed")
def test_a_reader_of_all_our_feeds_sees_each_paper_once(tmp_path: Path, shelf: Shelf) -> None:
    publish(shelf, RECORDS)
    newsboat = Newsboat(tmp_path, [f"{shelf.address}/{kind}/{name}" for kind in KINDS for name in ("all", "theory")])
    assert len(newsboat.poll()) == len(RECORDS)
    publish(shelf, ALL)
    assert newsboat.poll() == [("One More", "Ada Lovelace")]


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("kind", KINDS)
def test_newsboat_shows_titles_and_abstracts_as_they_are(tmp_path: Path, shelf: Shelf, kind: str) -> None:
    publish(shelf, RECORDS)
    newsboat = Newsboat(tmp_path, [f"{shelf.address}/{kind}/all"])
    newsboat.poll()
    shown = {guid.rpartition("/")[2]: (title, content) for guid, title, content in newsboat.articles()}
    assert shown["scripts-of-the-world"][0] == next(r["title"] for r in RECORDS if r["id"] == "scripts-of-the-world")
    assert "Résumé of 👩‍🔬 and ½ “quotes”" in shown["scripts-of-the-world"][1]
    assert shown["a-plain-paper"][1].startswith("<p>Ada Lovelace, Željko Šnajder · Survey · Proc")
