"""Deliberate faults put into good JSON feeds, archives, digests and corrections: the checker notices each."""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from feed_corpus import RECORDS, SITE_URL, rendered, truth
from feed_seen import ATOM, HISTORY
from feed_site import ALL, CHANGES, THEORY, WEEKLY, files_of
from feed_truth import FeedTruth, Record, archive_truth, change_truths, faults, feed_truth, truth_of, week_truths
from test_feed_checker import drop_first, entries_in, mojibake, on_feed, part

if TYPE_CHECKING:
    from collections.abc import Callable

P = "a-plain-paper"
JsonFeed = dict[str, Any]


def item(feed: JsonFeed, identity: str = P) -> JsonFeed:
    found: JsonFeed = next(item for item in feed["items"] if item["id"].endswith(f"/{identity}"))
    return found


def put(name: str, value: object, identity: str = P) -> Callable[[JsonFeed], None]:
    return lambda feed: item(feed, identity).update({name: value})


def take(name: str, identity: str = P) -> Callable[[JsonFeed], None]:
    return lambda feed: item(feed, identity).pop(name)


def on_json(name: str, value: object) -> Callable[[JsonFeed], None]:
    return lambda feed: feed.update({name: value})


def in_content(change: Callable[[str], str], identity: str = P) -> Callable[[JsonFeed], None]:
    return lambda feed: put("content_html", change(item(feed, identity)["content_html"]), identity)(feed)


JSON_ONLY: list[tuple[str, Callable[[JsonFeed], object], str]] = [
    ("a dropped entry", lambda feed: feed["items"].pop(), "missing"),
    ("a doubled entry", lambda feed: feed["items"].append(feed["items"][0]), "ids or their order"),
    ("the wrong order", lambda feed: feed["items"].reverse(), "ids or their order"),
    ("a changed id", put("id", "tag:example.org,2026:paper/a-plain-paper"), "ids or their order"),
    ("a title escaped twice", put("title", "&lt;script&gt;", "markup"), "title is"),
    ("no title", take("title"), "title is"),
    ("mojibake", lambda feed: put("title", mojibake(item(feed, "scripts-of-the-world")["title"]))(feed), "title is"),
    ("another time", put("date_published", "2025-11-03T00:00:02Z"), "published is"),
    ("no time", take("date_published"), "published is None"),
    ("a time without zone", put("date_published", "2025-11-03T00:00:01"), "published is None"),
    ("updated before published", put("date_modified", "2020-01-01T00:00:00Z"), "updated before published"),
    ("joined authors", put("authors", [{"name": "Ada Lovelace, Željko Šnajder"}]), "authors are"),
    ("an invented author", put("authors", [{"name": "6 authors"}], "counted-authors"), "authors are"),
    ("a relative page", put("url", "/papers/a-plain-paper/"), "alternate is"),
    ("another page", put("url", f"{SITE_URL}papers/markup/"), "alternate is"),
    ("a relative source", put("external_url", "abs/1"), "not absolute"),
    ("an attachment without type", put("attachments", [{"url": "https://files.example.com/a.pdf"}]), "no type"),
    ("a lost attachment", take("attachments"), "enclosure differs"),
    ("lost tags", take("tags"), "categories differ"),
    ("tags that are slugs", put("tags", ["llm-agents", "theory"]), "categories differ"),
    ("a lost DOI and venue", take("_paper"), "dc:identifier"),
    ("no summary", take("summary"), "summary has 0"),
    ("a long summary", put("summary", "First sentence. " * 20), "summary has"),
    ("no content", take("content_html"), "does not begin with"),
    ("a cut abstract", in_content(lambda text: text.replace("Its end.", "")), "has not the abstract"),
    ("content escaped twice", in_content(html.escape), "does not begin with"),
    ("a live script", in_content(lambda text: text + "<script>1</script>"), "has the element script"),
    ("a handler", in_content(lambda text: text.replace("<p>", "<p onclick=x>")), "has attributes"),
    ("a formula's source", in_content(lambda t: re.sub("<math.*?</math>", "$k$", t), "counted-authors"), "source"),
    ("another feed title", on_json("title", "Feed"), "feed title"),
    ("a wrong address of its own", on_json("feed_url", "feeds/all.json"), "rel=self"),
    ("another page for people", on_json("home_page_url", SITE_URL), "its page"),
    ("another feed id", lambda feed: feed["_feed"].update(id="x"), "feed id"),
    ("built now", lambda feed: feed["_feed"].update(updated="2026-11-21T06:00:00Z"), "feed updated"),
    ("no link to Atom", lambda feed: feed["_feed"].pop("atom"), "links to other documents"),
]


@pytest.mark.parametrize(("mutate", "word"), [pytest.param(m, word, id=what) for what, m, word in JSON_ONLY])
def test_the_checker_notices_in_json(mutate: Callable[[JsonFeed], object], word: str) -> None:
    feed = json.loads(rendered(RECORDS, "json"))
    mutate(feed)
    assert any(word in fault for fault in faults(json.dumps(feed).encode(), truth(RECORDS, "json")))


# --- archives, the digest and corrections ----------------------------------------------------------------------------

LATER: Record = {"id": "later", "title": "Later", "added": "2025-12-01T00:00:00Z", "topics": ["theory"]}
EARLIER: Record = {"id": "earlier", "title": "Earlier", "added": "2025-10-01T00:00:00Z", "topics": ["theory"]}
MANY = [EARLIER, *(record for record in RECORDS if "$" not in record["title"]), LATER]
ARCHIVES = ["2025-10-1", "2025-11-1", "2025-12-1"]


def link_named(root: ET.Element, rel: str) -> ET.Element:
    return next(link for link in root.findall(f"{ATOM}link") if link.get("rel") == rel)


def relink(rel: str, name: str) -> Callable[[ET.Element], None]:
    return lambda root: link_named(root, rel).set("href", f"{SITE_URL}feeds/{name}.atom.xml")


def unlink(rel: str) -> Callable[[ET.Element], None]:
    return lambda root: root.remove(link_named(root, rel))


def unmark(root: ET.Element) -> None:
    for mark in root.findall(f"{HISTORY}archive"):
        root.remove(mark)


def mark(root: ET.Element) -> None:
    ET.SubElement(root, f"{HISTORY}archive")


def in_entry(place: int, name: str, change: Callable[[str], str]) -> Callable[[ET.Element], None]:
    def mutate(root: ET.Element) -> None:
        element = part(entries_in(root)[place], name)
        element.text = change(element.text or "")

    return mutate


def give_content(root: ET.Element) -> None:
    ET.SubElement(entries_in(root)[0], f"{ATOM}content", type="html").text = "<p>All of it.</p>"


def document_and_truth(name: str) -> tuple[bytes, FeedTruth]:
    """Give an untouched document by its name below feeds/, and what it must say."""
    files = files_of(MANY)
    path = f"feeds/{name}.atom.xml"
    if name == "weekly":
        return files[path], feed_truth(week_truths(MANY, WEEKLY), WEEKLY, path)
    if name == "changes":
        return files[path], feed_truth(change_truths(MANY, CHANGES), CHANGES, path)
    facts = ALL if name.startswith("all") else THEORY
    held = [record for record in MANY if facts is ALL or "theory" in record.get("topics", [])]
    archives = [f"feeds/{facts.name}/archive/{month}.atom.xml" for month in ARCHIVES]
    if "archive" not in name:
        return files[path], truth_of(held, replace(facts, archive=archives[-1]), path)
    month = [record for record in held if record["added"].startswith("2025-11")]
    return files[path], archive_truth(month, facts, path, (archives[0], archives[2]))


WHOLE, BRIEF = "all/archive/2025-11-1", "topics/theory/archive/2025-11-1"
DOCUMENTS = ("all", "topics/theory", WHOLE, BRIEF, "weekly", "changes")
ELSEWHERE: list[tuple[str, str, Callable[[ET.Element], None], str]] = [
    (WHOLE, "prev-archive is itself", relink("prev-archive", WHOLE), "points at the document itself"),
    (WHOLE, "next-archive is itself", relink("next-archive", WHOLE), "points at the document itself"),
    (WHOLE, "prev-archive goes forth", relink("prev-archive", "all/archive/2025-12-1"), "links to other documents"),
    (WHOLE, "prev-archive is of another feed", relink("prev-archive", "weekly"), "links to other documents"),
    (WHOLE, "no prev-archive", unlink("prev-archive"), "links to other documents"),
    (WHOLE, "no next-archive", unlink("next-archive"), "links to other documents"),
    (WHOLE, "no current document", unlink("current"), "links to other documents"),
    (WHOLE, "another current document", relink("current", "topics/theory"), "links to other documents"),
    (WHOLE, "no mark", unmark, "mark of an archive"),
    (WHOLE, "an id of its own", on_feed(f"{ATOM}id", "tag:example.org,2025:feed/x"), "feed id"),
    (WHOLE, "a month that is another", on_feed(f"{ATOM}title", "Papers, May 2025"), "feed title"),
    (WHOLE, "a lost entry", drop_first, "missing"),
    (WHOLE, "a lost abstract", in_entry(1, "content", lambda _: "<p>1 author</p>"), "abstract"),
    (WHOLE, "as new as the whole feed", on_feed(f"{ATOM}updated", "2025-12-31T00:00:00Z"), "feed updated"),
    (BRIEF, "content in a brief archive", give_content, "content where"),
    (BRIEF, "no summary", in_entry(0, "summary", lambda _: ""), "summary has 0"),
    ("all", "no way to the archives", unlink("prev-archive"), "links to other documents"),
    ("all", "a way to the oldest archive", relink("prev-archive", "all/archive/2025-10-1"), "links to other documents"),
    ("all", "marked as an archive", mark, "mark of an archive"),
    ("weekly", "a week lost", drop_first, "missing"),
    (
        "weekly",
        "a paper lost",
        in_entry(0, "content", lambda t: re.sub("<li>.*?</li>", "", t, count=1)),
        "digest lists",
    ),
    ("weekly", "a paper twice", in_entry(0, "content", lambda t: t + re.findall("<li>.*?</li>", t)[0]), "digest lists"),
    (
        "weekly",
        "a title escaped twice",
        in_entry(1, "content", lambda t: t.replace("&amp;", "&amp;amp;")),
        "digest lists",
    ),
    ("weekly", "a wrong count", in_entry(0, "title", lambda t: t.replace("1 paper", "2 papers")), "title is"),
    ("weekly", "as old as its papers", in_entry(0, "published", lambda _: "2025-11-10T00:00:00Z"), "published is"),
    ("weekly", "an id of the address", in_entry(0, "id", lambda _: f"{SITE_URL}browse/"), "ids or their order"),
    ("changes", "the paper's own id", in_entry(0, "id", lambda t: t.partition("/change/")[0]), "ids or their order"),
    ("changes", "the time the paper came", in_entry(0, "published", lambda _: "2025-11-03T00:00:05Z"), "published is"),
    ("changes", "a lost note", in_entry(0, "content", lambda t: t.replace("Corrected", "")), "abstract"),
    ("changes", "the paper's own title", in_entry(0, "title", lambda t: t.partition(": ")[2]), "title is"),
]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_checker_finds_nothing_in_other_documents_where_nothing_was_changed(name: str) -> None:
    assert faults(*document_and_truth(name)) == []


@pytest.mark.parametrize(
    ("name", "mutate", "word"), [pytest.param(name, m, word, id=f"{name}: {what}") for name, what, m, word in ELSEWHERE]
)
def test_the_checker_notices_in_other_documents(name: str, mutate: Callable[[ET.Element], None], word: str) -> None:
    document, expected = document_and_truth(name)
    root = ET.fromstring(document)
    mutate(root)
    assert any(word in fault for fault in faults(ET.tostring(root, encoding="utf-8"), expected))
