"""docs/ alone, built by MkDocs without our plugin: a complete, plainer site in which record text stays text."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

import pytest
import yaml
from dom import document, find, visible_text
from links import Site, faults
from test_markdown import HOSTILE

from sitegen import text
from sitegen.frame import html_path
from sitegen.model import Author, Change, Corpus, CorpusSettings, Links, Paper, Source, Topic
from sitegen.plan import plan
from sitegen.render.docs import docs_markdown
from sitegen.render.render import ARTICLES
from sitegen.site import enrich

PROJECT = Path(__file__).parents[1]
SITE_URL = "https://example.net/repo/"
# Breaks out of <title>, of attributes and of scripts where a template puts words in as they are.
BREAKING_OUT = [
    "</title><script>alert(1)</script>",
    '"><script>alert(1)</script>',
    "' onmouseover='alert(1)",
    "</script><script>alert(1)</script>",
    "<svg/onload=alert(1)>",
    "javascript:alert(1)",
    "<a href=javascript:alert(1)>x</a>",
    "<details open ontoggle=alert(1)>",
]
WORDS = [text.clean(words) for words in (*HOSTILE, *BREAKING_OUT)]


def _paper(number: int, words: str) -> Paper:
    return Paper(
        f"p{number}",
        words,
        f"2025-01-01T00:{number // 60:02}:{number % 60:02}Z",
        title_source="derived" if number % 5 == 4 else "given",
        status=("", "", "retracted", "")[number % 4],
        authors=(Author(words), Author(f"B {words}")) if number % 3 else (),
        author_count=2,
        organizations=(words,),
        date=f"202{number % 4}-0{number % 3 + 1}-01",
        kind="method",
        topics=("a", "b"),
        links=Links(doi=f"10.1/{number}<>", code=f"https://x.org/{number}?a=<b>&lt;"),
        venue=words,
        abstract=f"{words} {words}\n\n{words}",
        note=words,
        changes=(Change("2025-02-02T00:00:00Z", "corrected", words),),
        aliases=(f"old-{number}",) if number < 3 else (),
        sources=(Source(words, "hf-daily", 1, "2025-01-01"),),
    )


CORPUS = Corpus(
    CorpusSettings("Papers <b>&amp; more", "About `x` <script>alert(1)</script>"),
    (
        Topic("a", "A </title><script>alert(1)</script>", "A <b>", "G [x](javascript:1)", "D *x*{onclick=alert(1)}"),
        Topic("b", "B", parent="a"),
    ),
    tuple(_paper(number, words) for number, words in enumerate(WORDS)),
)  # fmt: skip


class Stock(NamedTuple):
    """What MkDocs made of docs/, and what it said."""

    folder: Path
    code: int
    said: str


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Stock:
    folder = tmp_path_factory.mktemp("stock")
    generated = shutil.ignore_patterns("papers", "topics", "browse", "kinds", "authors", "stats", "feeds")
    shutil.copytree(PROJECT / "docs", folder / "docs", ignore=generated)
    for page in plan(enrich(CORPUS), SITE_URL):
        if isinstance(page, ARTICLES):
            (folder / "docs" / page.path).parent.mkdir(parents=True, exist_ok=True)
            (folder / "docs" / page.path).write_text(docs_markdown(page), "utf-8")
    settings = yaml.safe_load((PROJECT / "mkdocs.yml").read_bytes())
    settings |= {"site_url": SITE_URL, "plugins": ["search"]}
    settings["theme"]["custom_dir"] = str(PROJECT / "theme")
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(settings), "utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return Stock(folder / "site", done.returncode, done.stderr)


def test_it_builds_strictly(stock: Stock) -> None:
    assert (stock.code, [line for line in stock.said.splitlines() if line.startswith(("WARNING", "ERROR"))]) == (0, [])


# Search is of sitegen's making: its one script, the lunr.js that it loads, and its description to browsers.
SEARCH = ("./search-app.js", "/repo/assets/opensearch.xml", "../assets/lunr.js")
OF_SEARCH = ("search-app.js", "assets/opensearch.xml", "assets/lunr.js")


def test_no_link_of_it_is_broken_but_those_of_the_search(stock: Stock) -> None:
    found = faults(Site(stock.folder, SITE_URL))
    assert {end for end in SEARCH for fault in found if fault.address.endswith(end)} == set(SEARCH)
    assert [
        fault
        for fault in found
        if not fault.address.endswith(("search-app.js", "assets/opensearch.xml", "assets/lunr.js"))
    ] == []


def test_the_link_check_sees_a_broken_link(stock: Stock, tmp_path: Path) -> None:
    shutil.copytree(stock.folder, tmp_path / "site")
    (tmp_path / "site/papers/p1/index.html").unlink()
    found = faults(Site(tmp_path / "site", SITE_URL))
    assert {fault.what for fault in found} == {"leads nowhere"}
    assert "papers/old-1/index.html" in {fault.file for fault in found}


def test_nothing_in_it_runs_that_we_did_not_write(stock: Stock) -> None:
    scripts: set[str] = set()
    for path in sorted(stock.folder.rglob("*.html")):
        for element in document(path.read_text("utf-8")).iter():
            assert not [name for name in element.attrib if name.lower().startswith("on")], path
            addresses = [element.get(name, "") for name in ("href", "src", "action", "formaction", "data")]
            assert not [address for address in addresses if re.match(r"\s*(javascript|data|vbscript):", address)], path
            if element.tag == "script":
                assert "".join(element.itertext()) == "", path
                scripts.add(element.get("src", "").rpartition("/")[2])
    assert scripts <= {path.name for path in (Path(__file__).parent.parent / "theme/assets").glob("*.js")}


def taken_out_note(article: ET.Element) -> ET.Element:
    """Take the curator's note, which alone is Markdown, out of an article."""
    note = ET.Element("p")
    heading = None
    for child in list(article):
        heading = visible_text(child) if child.tag == "h2" else heading
        if child.tag != "h2" and heading == "Curator’s note":
            article.remove(child)
            note.append(child)
    return note


@pytest.mark.parametrize(("number", "words"), list(enumerate(WORDS)), ids=map(ascii, WORDS))
def test_hostile_words_stay_words(stock: Stock, number: int, words: str) -> None:
    page = document((stock.folder / html_path(f"papers/p{number}.md")).read_text("utf-8"))
    article = find(page, "article")
    allowed = {"article", "h1", "h2", "p", "a", "ul", "li", "em", "strong"}
    assert {element.tag for element in taken_out_note(article).iter()} <= {*allowed, "ol", "blockquote", "code", "br"}
    assert {element.tag for element in article.iter()} <= allowed
    assert "$" in words or "\\" in words or "``" in words or " ".join(words.split()) in visible_text(article)
    title = "".join(find(page, "title").itertext())
    assert "$" in words or "\\" in words or "``" in words or " ".join(words.split()) in " ".join(title.split())
