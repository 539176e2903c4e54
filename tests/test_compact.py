"""Compact pages of papers against whole ones: what a reader needs is there, and half the bytes are not."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from dom import body, differences, document, find, visible_text
from links import Site, faults
from projects import make_house, make_seed_project
from test_paper_page import MONTHS, RECORDS, in_words

from sitegen.build import build
from sitegen.config import settings_of
from sitegen.corpus import load_corpus
from sitegen.pages import ListPage, PaperPage
from sitegen.plan import plan
from sitegen.render.article import article
from sitegen.render.markdown import markdown
from sitegen.render.small import small_html
from sitegen.repository import Repository
from sitegen.savings import Savings
from sitegen.site import enrich

if TYPE_CHECKING:
    from xml.etree import ElementTree as ET

ODD = Path(__file__).parent / "odd_corpus"
SITE_URL = "https://papers.example.net/repo/"
KB = 1000


def _pages(compact: bool, repository: Repository | None = None) -> dict[str, PaperPage]:
    corpus, _ = load_corpus(ODD)
    found = plan(enrich(corpus), SITE_URL, repository, Savings(compact=compact))
    return {page.listing.paper.id: page for page in found if isinstance(page, PaperPage)}


def _articles(compact: bool) -> dict[str, ET.Element]:
    repository = Repository("https://github.com/owner/name/edit/main/", ODD.parent.resolve())
    found = _pages(compact, repository).values()
    return {page.listing.paper.id: body(article(markdown(page), page.path).html) for page in found}


WHOLE, COMPACT = _articles(compact=False), _articles(compact=True)
PAGES = _pages(compact=True)


def _words_below(root: ET.Element, heading: str) -> list[str]:
    children = list(root)
    starts = [place for place, child in enumerate(children) if child.tag == "h2" and visible_text(child) == heading]
    found: list[str] = []
    for child in children[starts[0] + 1 :] if starts else []:
        if child.tag in {"h2", "nav", "aside"}:
            break
        if child.find("em[@class='side']") is None:
            found.append(visible_text(child))
    return found


def _links(root: ET.Element, *classes: str) -> list[tuple[str, str]]:
    links = [link for link in root.iter("a") if set(classes) & set(link.get("class", "").split())]
    return [(link.get("href", ""), visible_text(link)) for link in links]


@pytest.mark.parametrize("name", RECORDS)
def test_what_a_reader_needs_stands_on_a_compact_page_as_on_a_whole_one(name: str) -> None:
    whole, compact = WHOLE[name], COMPACT[name]
    assert visible_text(find(compact, "h1")) == visible_text(find(whole, "h1"))
    # Date, kind, names, organisations and venue.
    assert visible_text(compact[2]) == visible_text(whole[2])
    for heading in ("Abstract", "Curator’s note"):
        assert _words_below(compact, heading) == _words_below(whole, heading)
    buttons = [link for link in _links(whole, "button") if not link[0].startswith("#")]
    assert _links(compact, "button") == buttons
    assert _links(compact, "title", "newer", "older") == _links(whole, "title", "newer", "older")
    reasons = [
        [visible_text(part) for part in root.iter("em") if part.get("class") == "why"] for root in (compact, whole)
    ]
    assert reasons[0] == reasons[1]
    topics = (
        [set(_links(root.findall("p")[2], "topic")) for root in (compact, whole)] if len(whole.findall("p")) > 2 else []
    )
    assert topics == topics[::-1]
    files = [link for link in _links(whole, "file") if "Download" not in link[1]]
    downloads = [(href, words.removeprefix("Download ")) for href, words in _links(whole, "file")]
    assert set(files) <= set(downloads)
    assert set(_links(compact, "file")) == set(downloads)


@pytest.mark.parametrize("name", RECORDS)
def test_where_a_paper_was_found_and_what_was_corrected_stands_on_a_compact_page(name: str) -> None:
    record, aside = RECORDS[name], visible_text(find(COMPACT[name], "aside"))
    assert f"Added {in_words(record['added'][:10])}" in aside
    for source in record.get("sources", []):
        assert f"Found in {source['file']}, number {source['ordinal']}" in aside
    for change in record.get("changes", []):
        assert change["note"] in aside


def test_a_compact_page_says_what_was_derived_and_inferred() -> None:
    words = visible_text(COMPACT["derived-inferred"])
    assert "Derived title" in words
    assert "(year inferred)" in words
    assert "Names unknown" in words
    assert any(month in words for month in MONTHS)


# ---- fewer bytes of HTML ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "small"),
    [
        ('<p class="a b">x</p>\n<ul>\n<li>1</li>\n<li>2</li>\n</ul>', '<p class="a b">x<ul><li>1<li>2</ul>'),
        ("<p>a\n<em>b</em>\n<code>c</code></p>", "<p>a\n<em>b</em>\n<code>c</code></p>"),
        ("<pre><code>a\n\nb\n</code></pre>\n<h2>c</h2>", "<pre><code>a\n\nb\n</code></pre><h2>c</h2>"),
        ('<a href="../x/" class="t">y</a>', "<a href=../x/ class=t>y</a>"),
        ('<input value="a" checked>', "<input value=a checked>"),
        ('<rect width="5"/>', '<rect width="5"/>'),
        ('<a href="?q=" id="x">', '<a href="?q=" id=x>'),
        ('<a title="it\'s" href="a=b">`c`="d"</a>', '<a title="it\'s" href="a=b">`c`="d"</a>'),
        ('<p>="a"</p>', '<p>="a"</p>'),
        ("<p>a</p> behind", "<p>a</p> behind"),
        ("<blockquote><p>a</p></blockquote>", "<blockquote><p>a</p></blockquote>"),
        ("<del><p>a</p></del>", "<del><p>a</p></del>"),
    ],
)
def test_quotes_and_ends_that_nobody_needs_are_left_out(html: str, small: str) -> None:
    assert small_html(html) == small
    assert differences(body(small), body(html)) == []


def test_pages_are_read_alike_without_them() -> None:
    corpus, _ = load_corpus(ODD)
    pages = [page for page in plan(enrich(corpus), SITE_URL) if isinstance(page, PaperPage | ListPage)]
    assert {page.path.partition("/")[0] for page in pages} >= {
        "papers",
        "authors",
        "browse",
        "topics",
        "kinds",
        "stats",
    }
    for page in pages:
        html = f"<!doctype html><title>x</title><article>{article(markdown(page), page.path).html}</article>"
        assert differences(document(small_html(html)), document(html)) == [], page.path
        assert len(small_html(html)) < len(html), page.path


# ---- whole sites ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site of the seeds with compact pages, and no files beside them."""
    return _built(make_seed_project(tmp_path_factory.mktemp("seeds"), SITE_URL), "compact: true, siblings: false")


@pytest.fixture(scope="module")
def odd_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site of the odd records with compact pages, and all files beside them."""
    project = make_house(tmp_path_factory.mktemp("odd"))
    shutil.copytree(ODD, project / "corpus")
    return _built(project, "compact: true")


def _built(project: Path, options: str) -> Site:
    config = project / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("  - sitegen\n", f"  - sitegen: {{{options}}}\n"), "utf-8")
    settings = settings_of(config)
    assert settings.savings.compact
    build(settings, 1, lambda *_: None)
    return Site(settings.out_dir, settings.site_url)


def test_every_address_of_a_site_that_saves_bytes_leads_somewhere(small_site: Site, odd_site: Site) -> None:
    assert faults(small_site) == []
    assert [fault for fault in faults(odd_site) if fault.file.startswith("papers/")] == []
    beside = re.compile(r"papers/[^/]+\.(bib|ris|json|csv)")
    assert [file for file in small_site.files if beside.fullmatch(file)] == []
    assert [file for file in odd_site.files if beside.fullmatch(file)] != []


def test_a_compact_page_has_at_most_nine_kilobytes(tmp_path_factory: pytest.TempPathFactory) -> None:
    site = _built(make_seed_project(tmp_path_factory.mktemp("beside"), SITE_URL), "compact: true")
    sizes = [(page.stat().st_size, page.parent.name) for page in site.folder.glob("papers/*/index.html")]
    assert len(sizes) == 167
    assert [size for size in sorted(sizes) if size[0] > 9 * KB] == []
    assert sum(size for size, _ in sizes) / len(sizes) <= 8.4 * KB


def test_lists_of_a_compact_site_are_small_too(odd_site: Site) -> None:
    pages = [page for kind in ("browse", "topics", "kinds") for page in odd_site.folder.glob(f"{kind}/**/index.html")]
    assert len(pages) > 10
    for page in pages:
        head, _, found = page.read_text("utf-8").partition("<article")
        assert "og:title" not in head
        inside = found.partition("<footer")[0].replace('class="Z3988"', "")
        assert not re.search(r'="[\w/.#-]+"(?!/)|</li>|\n<li', inside), page
        source = next(path for path in (page.parent / "index.md", page.parent.with_suffix(".md")) if path.exists())
        assert not re.search(r"(?m)^:::|[)*]\{\.", source.read_text("utf-8")), source


@pytest.mark.parametrize("name", RECORDS)
def test_the_markdown_of_a_compact_page_says_the_same_without_classes(name: str, odd_site: Site) -> None:
    file = (odd_site.folder / f"papers/{name}.md").read_text("utf-8")
    assert not re.search(r"(?m)^ *:::|[)*]\{\.|\n\n\n", file)
    shown = [visible_text(body(article(source, f"papers/{name}.md").html)) for source in (file, markdown(PAGES[name]))]
    assert shown[0].split() == shown[1].split()
