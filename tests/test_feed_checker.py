"""Deliberate faults put into good feeds: the checker that guards the feeds notices each."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from feed_corpus import RECORDS, SITE_URL, XML_KINDS, rendered, truth
from feed_seen import ATOM, CONTENT, DC
from feed_truth import faults

if TYPE_CHECKING:
    from collections.abc import Callable

ET.register_namespace("dc", DC.strip("{}"))
ET.register_namespace("content", CONTENT.strip("{}"))


def entries_in(root: ET.Element) -> list[ET.Element]:
    return [*root.iter(f"{ATOM}entry"), *root.iter("item")]


def holder(root: ET.Element) -> ET.Element:
    channel = root.find("channel")
    return root if channel is None else channel


def named(root: ET.Element, identity: str) -> ET.Element:
    return next(entry for entry in entries_in(root) if (part(entry, "id").text or "").endswith(f"/{identity}"))


def part(entry: ET.Element, name: str) -> ET.Element:
    """Find an entry's element by its name in Atom."""
    rss = {"id": "guid", "published": "pubDate", "content": f"{CONTENT}encoded", "summary": "description"}
    found = entry.find(f"{ATOM}{name}")
    found = entry.find(rss.get(name, name)) if found is None else found
    assert found is not None
    return found


def rewrite(identity: str, name: str, change: Callable[[str], str]) -> Callable[[ET.Element], None]:
    def mutate(root: ET.Element) -> None:
        element = part(named(root, identity), name)
        element.text = change(element.text or "")

    return mutate


def drop(identity: str, tag: str) -> Callable[[ET.Element], None]:
    def mutate(root: ET.Element) -> None:
        entry = named(root, identity)
        for element in entry.findall(tag):
            entry.remove(element)

    return mutate


def set_on(identity: str, where: str, name: str, value: str | None) -> Callable[[ET.Element], None]:
    def mutate(root: ET.Element) -> None:
        element = named(root, identity).find(where)
        assert element is not None
        if value is None:
            del element.attrib[name]
        else:
            element.set(name, value)

    return mutate


def add(identity: str, tag: str, text: str) -> Callable[[ET.Element], None]:
    def mutate(root: ET.Element) -> None:
        ET.SubElement(named(root, identity), tag).text = text

    return mutate


def on_feed(tag: str, text: str) -> Callable[[ET.Element], None]:
    def mutate(root: ET.Element) -> None:
        element = holder(root).find(tag)
        assert element is not None
        element.text = text

    return mutate


def drop_first(root: ET.Element) -> None:
    holder(root).remove(entries_in(root)[0])


def double_first(root: ET.Element) -> None:
    holder(root).append(entries_in(root)[0])


def swap_first_two(root: ET.Element) -> None:
    first = entries_in(root)[0]
    place = list(holder(root)).index(first)
    holder(root).remove(first)
    holder(root).insert(place + 1, first)


def all_dates_equal(root: ET.Element) -> None:
    for entry in entries_in(root):
        part(entry, "published").text = part(entries_in(root)[0], "published").text


def join_authors(root: ET.Element) -> None:
    entry = named(root, "a-plain-paper")
    names = [*entry.findall(f"{ATOM}author"), *entry.findall(f"{DC}creator")]
    text = ", ".join("".join(name.itertext()).strip() for name in names)
    for name in names[1:]:
        entry.remove(name)
    (names[0].find(f"{ATOM}name") if len(names[0]) else names[0]).text = text  # type: ignore[union-attr]  # Atom's has a name


def invent_author(root: ET.Element) -> None:
    entry = named(root, "counted-authors")
    if root.tag == "rss":
        ET.SubElement(entry, f"{DC}creator").text = "6 authors"
    else:
        ET.SubElement(ET.SubElement(entry, f"{ATOM}author"), f"{ATOM}name").text = "6 authors"


def relative_page(root: ET.Element) -> None:
    if root.tag == "rss":
        part(named(root, "markup"), "link").text = "/papers/markup/"
    else:
        part(named(root, "markup"), "link").set("href", "/papers/markup/")


def archive_of_itself(root: ET.Element) -> None:
    own = next(link for link in root.iter(f"{ATOM}link") if link.get("rel") == "self")
    ET.SubElement(holder(root), f"{ATOM}link", rel="prev-archive", href=own.get("href", ""))


def wrong_self(root: ET.Element) -> None:
    next(link for link in root.iter(f"{ATOM}link") if link.get("rel") == "self").set("href", "feeds/all.xml")


def other_format_first(root: ET.Element) -> None:
    page = next(link for link in root.findall(f"{ATOM}link") if link.get("type") == "text/html")
    root.remove(page)
    root.append(page)


def no_feed_author(root: ET.Element) -> None:
    for author in root.findall(f"{ATOM}author"):
        root.remove(author)


def mojibake(text: str) -> str:
    return text.encode().decode("latin-1")


P = "a-plain-paper"
BOTH: list[tuple[str, Callable[[ET.Element], None], str]] = [
    ("a dropped entry", drop_first, "missing"),
    ("a doubled entry", double_first, "ids or their order"),
    ("a changed id", rewrite(P, "id", lambda text: text.replace("2025", "2026")), "ids or their order"),
    ("an id made of the address", rewrite(P, "id", lambda _: f"{SITE_URL}papers/{P}/"), "missing"),
    ("the wrong order", swap_first_two, "ids or their order"),
    ("all dates equal", all_dates_equal, "published is"),
    ("a title escaped twice", rewrite("markup", "title", html.escape), "title is"),
    ("a title's markup lost", rewrite("markup", "title", lambda t: re.sub("<.*?>", "", t)), "title is"),
    ("a title's LaTeX left", rewrite("counted-authors", "title", lambda t: t.replace("∼1", r"$\sim 1$")), "title is"),
    ("a derived title without brackets", rewrite("an-organisation", "title", lambda t: t.strip("[]")), "title is"),
    ("mojibake in a title", rewrite("scripts-of-the-world", "title", mojibake), "title is"),
    ("mojibake in content", rewrite("scripts-of-the-world", "content", mojibake), "content"),
    ("a relative link", relative_page, "not absolute"),
    (
        "a relative link in content",
        rewrite(P, "content", lambda text: text.replace(SITE_URL, "/repo/")),
        "not absolute",
    ),
    ("joined authors", join_authors, "authors are"),
    ("an invented author", invent_author, "authors are"),
    ("a missing summary", rewrite(P, "summary", lambda _: ""), "summary"),
    ("a summary that is too long", rewrite(P, "summary", lambda text: text.rstrip("…") + " on" * 20), "summary has"),
    ("a summary of another paper", rewrite(P, "summary", lambda _: "Something else."), "does not begin the abstract"),
    ("half an abstract", rewrite(P, "content", lambda text: text.replace("Its end.", "")), "has not the abstract"),
    ("content escaped twice", rewrite(P, "content", html.escape), "content"),
    ("content without names", rewrite(P, "content", lambda text: text.replace("Ada", "")), "does not begin with"),
    ("content without kind", rewrite(P, "content", lambda t: t.replace(" · Survey", "")), "does not begin with"),
    ("content without date", rewrite(P, "content", lambda t: t.replace("14 August", "")), "does not begin with"),
    ("content without venue", rewrite(P, "content", lambda t: t.replace("Proceedings", "")), "does not begin with"),
    ("content without the note", rewrite(P, "content", lambda t: t.replace("Here because", "")), "has not the note"),
    ("a topic not linked", rewrite(P, "content", lambda t: t.replace("topics/theory/", "x/")), "no link to a topic"),
    ("a live script", rewrite("markup", "content", lambda t: t + "<script>1</script>"), "has the element script"),
    ("a handler", rewrite("markup", "content", lambda t: t.replace("<p>", '<p onclick="x">')), "has attributes"),
    ("a script address", rewrite("markup", "content", lambda t: t + '<a href="javascript:x">x</a>'), "not absolute"),
    (
        "a formula's source",
        rewrite("counted-authors", "content", lambda text: re.sub("<math.*?</math>", "$k$", text)),
        "formula's source",
    ),
    (
        "a formula without text",
        rewrite("counted-authors", "content", lambda text: re.sub(' alttext=".*?"', "", text)),
        "formula without text",
    ),
    ("a lost DOI", drop(P, f"{DC}identifier"), "dc:identifier"),
    ("a lost venue", drop(P, f"{DC}source"), "dc:source"),
    ("dc:date", add(P, f"{DC}date", "2023-08-14"), "dc:date"),
    ("an archive that points at itself", archive_of_itself, "points at the document itself"),
    ("a wrong address of its own", wrong_self, "rel=self"),
]
ATOM_ONLY: list[tuple[str, Callable[[ET.Element], None], str]] = [
    ("updated before published", rewrite(P, "updated", lambda _: "2020-01-01T00:00:00Z"), "updated before published"),
    ("updated by the build's time", on_feed(f"{ATOM}updated", "2026-11-21T06:00:00Z"), "feed updated"),
    ("another feed id", on_feed(f"{ATOM}id", SITE_URL), "feed id"),
    ("another feed title", on_feed(f"{ATOM}title", "python-feedgen"), "feed title"),
    ("two titles", add(P, f"{ATOM}title", "Another"), "title is"),
    ("an enclosure without type", set_on(P, f"{ATOM}link[@rel='enclosure']", "type", None), "no type"),
    ("a lost enclosure", set_on(P, f"{ATOM}link[@rel='enclosure']", "rel", "related"), "enclosure differs"),
    ("a category without scheme", set_on(P, f"{ATOM}category", "scheme", None), "categories differ"),
    ("a category by another term", set_on(P, f"{ATOM}category", "term", "LLM agents"), "categories differ"),
    ("lost categories", drop(P, f"{ATOM}category"), "categories differ"),
    ("dc:creator beside atom:author", add(P, f"{DC}creator", "Ada Lovelace"), "together"),
    ("a feed without author", no_feed_author, "no author of its own"),
    ("another format before the page", other_format_first, "first alternate"),
    ("a time without zone", rewrite(P, "published", lambda _: "2025-11-03T00:00:01"), "published is None"),
    ("no time at all", rewrite(P, "published", lambda _: "soon"), "published is None"),
]
RSS_ONLY: list[tuple[str, Callable[[ET.Element], None], str]] = [
    ("built now", on_feed("lastBuildDate", "Sat, 21 Nov 2026 06:00:00 +0000"), "feed updated"),
    ("a guid that claims to be an address", set_on(P, "guid", "isPermaLink", "true"), "said to be an address"),
    ("a guid that claims it by silence", set_on(P, "guid", "isPermaLink", None), "said to be an address"),
    ("an enclosure without type", set_on(P, "enclosure", "type", None), "no type"),
    ("a lost enclosure", drop(P, "enclosure"), "enclosure differs"),
    ("a category without scheme", set_on(P, "category", "domain", None), "categories differ"),
    ("a time as in Atom", rewrite(P, "published", lambda _: "2025-11-03T00:00:01+00:00"), "not RFC 2822"),
    ("an author without e-mail", add(P, "author", "Ada Lovelace"), "author without e-mail"),
]
MUTATIONS = [
    pytest.param(kind, mutate, word, id=f"{kind}: {what}")
    for kind, table in (("atom", BOTH + ATOM_ONLY), ("rss", BOTH + RSS_ONLY))
    for what, mutate, word in table
]


def mutated(kind: str, mutate: Callable[[ET.Element], None]) -> bytes:
    root = ET.fromstring(rendered(RECORDS, kind))
    mutate(root)
    return bytes(ET.tostring(root, encoding="utf-8"))


@pytest.mark.parametrize("kind", XML_KINDS)
def test_the_checker_finds_nothing_where_nothing_was_changed(kind: str) -> None:
    assert faults(mutated(kind, lambda _: None), truth(RECORDS, kind)) == []


@pytest.mark.parametrize(("kind", "mutate", "word"), MUTATIONS)
def test_the_checker_notices(kind: str, mutate: Callable[[ET.Element], None], word: str) -> None:
    document = mutated(kind, mutate)
    assert document != mutated(kind, lambda _: None)
    assert any(word in fault for fault in faults(document, truth(RECORDS, kind)))


def test_the_checker_notices_xml_that_is_not_well_formed() -> None:
    document = rendered(RECORDS, "atom").replace(b"</entry>", b"", 1)
    assert faults(document, truth(RECORDS, "atom"))[0].startswith("not well-formed")
