"""Hostile words in every field of a record change no element, no attribute's name and no class of any page."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from dom import document, find, visible_text
from projects import make_project

from sitegen.build import build
from sitegen.config import settings_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WORDS = "learning agents use tools and memory to plan tasks while rewards shape their policy over long horizons"
HOSTILE = {
    "markup": '</title></script><script>x()</script><img src=x onerror=x()>"><svg onload=x()></p></a></article></body>',
    "comments": "--><!--><![CDATA[ ]]></style><style>*{color:red}</style></textarea><plaintext><template><!DOCTYPE x>",
    "attributes": "\" onclick=x() ' onfocus=x() autofocus id=sg-search-input class=md-skip data-md-component=skip `",
    "references": "&lt;b&gt; &#60;i&#62; &quot; &amp;lt; &NewLine; &#x3c;s> &ltu> %3Cb%3E \\u003cb\\u003e",
    "markdown": "# **b** _e_ [l](javascript:x) ![i](y.png) [r]: y ~~s~~ | a | --- - 1) > ::: aside {: .y} <x@y.z> ***",
    "templates": "::: more x {{ config }} {% raw %} {# x #} ${x} <%= x %> XSHELLBODYX XSHELLTITLEX {.x #y onclick=z}",
}


def poisoned(poison: str) -> dict[str, str]:
    """Give two records: one that has a text in every field that may hold words, and its neighbour."""
    first: dict[str, Any] = {
        "title": f"On agents {poison}",
        "title_source": "derived",
        "kind": "survey",
        "authors": [f"Ada {poison}", {"name": f"Grace {poison}", "family": f"Hopper {poison}", "given": f"G {poison}"}],
        "organizations": [f"Institute {poison}"],
        "date": "2024-02-29",
        "date_source": "inferred",
        "added": "2025-11-03T00:00:02Z",
        "topics": ["agents", "learning"],
        "links": {"doi": f"10.1000/{poison.replace(' ', '')}", "code": "https://code.example/a"},
        "venue": f"Venue {poison}",
        "publication": dict.fromkeys(("volume", "issue", "pages", "publisher"), f"P {poison}"),
        "abstract": f"Here {WORDS} {poison} and more.\n\n{poison} again.\n{poison}",
        # A note may use Markdown.
        "note": "Note" if "**" in poison else f"Note {poison}",
        "changes": [{"at": "2025-11-04T00:00:00Z", "kind": "corrected", "note": f"Changed {poison}"}],
        "sources": [{"file": f"list {poison}", "format": f"abstract-list {poison}", "ordinal": 3}],
    }
    second = {"title": "Another paper", "kind": "method", "added": "2025-11-03T00:00:01Z", "topics": ["agents"]}
    second["abstract"] = f"There {WORDS} too."
    both = {"2024/first.yaml": first, "2024/second.yaml": second}
    return {path: yaml.safe_dump(record, allow_unicode=True) for path, record in both.items()}


def harmless(poison: str) -> str:
    """Give words of the same lengths, made of letters alone."""
    return re.sub(r"[^\w\s]|_", "x", poison)


def pages(folder: Path, poison: str) -> dict[str, str]:
    """Build the site and give the HTML of every page that is not the guide's."""
    settings = settings_of(make_project(folder, papers=poisoned(poison)) / "mkdocs.yml")
    build(settings, 1, lambda *_: None)
    found = {page.relative_to(settings.out_dir).as_posix(): page for page in sorted(settings.out_dir.rglob("*.html"))}
    return {name: page.read_text("utf-8") for name, page in found.items() if not name.startswith("guide/")}


def skeleton(html: str) -> Iterator[str]:
    """Give each element with the names of its attributes and its classes, in order."""
    for element in document(html).iter():
        names = ",".join(sorted(element.attrib))
        yield f"{element.tag} [{names}] {element.get('class', '')}"


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_words_leave_the_skeleton_of_every_page_as_it_is(tmp_path: Path, kind: str) -> None:
    hostile = pages(tmp_path / "hostile", HOSTILE[kind])
    sound = pages(tmp_path / "harmless", harmless(HOSTILE[kind]))
    assert hostile.keys() == sound.keys()
    for page in sound:
        pairs = zip_longest(skeleton(hostile[page]), skeleton(sound[page]))
        assert [pair for pair in pairs if pair[0] != pair[1]][:3] == [], page
    # The words are there, and on many pages.
    assert visible_text(find(document(hostile["papers/first/index.html"]), "h1")).startswith("[On agents ")
    differing = {page for page in sound if hostile[page] != sound[page]}
    assert {
        "papers/first/index.html",
        "papers/second/index.html",
        "index.html",
        "topics/agents/index.html",
    } <= differing


def test_a_skeleton_tells_an_element_an_attribute_and_a_class() -> None:
    one = list(skeleton("<p class=a>words</p>"))
    assert list(skeleton("<p class=a>other words</p>")) == one
    for other in ("<p class=a><b>words</b></p>", "<p class=a id=b>words</p>", "<p class=b>words</p>"):
        assert list(skeleton(other)) != one
