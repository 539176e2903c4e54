"""Stamped pages against the pages that MkDocs itself builds: frame and article, element by element."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
import yaml
from dom import differences, document, find, without
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.utils import get_build_timestamp

import sitegen.alphabet
import sitegen.lists
from sitegen.feed_rows import OpmlPage
from sitegen.frame import (
    Guests,
    build_frame,
    frame_digest,
    html_path,
    read_frame,
    sentinel_path,
    stop_the_clock,
)
from sitegen.model import Author, Change, Corpus, CorpusSettings, Links, Paper, Source, Topic
from sitegen.pages import ArchivePage, ExportPage, FeedPage, MovedPage, shell_of
from sitegen.plan import plan
from sitegen.problems import SitegenError
from sitegen.render import list_markdown
from sitegen.render.article import article
from sitegen.render.docs import without_fences
from sitegen.render.head import description
from sitegen.render.markdown import markdown
from sitegen.render.render import ARTICLES, paths, render
from sitegen.render.shell import cut
from sitegen.site import enrich
from sitegen.text import escape_html

if TYPE_CHECKING:
    from xml.etree import ElementTree as ET

    from sitegen.pages import ArticlePage
    from sitegen.render.headings import Article

PROJECT = Path(__file__).parents[1]
# The one page with a table of contents beside it.
WITH_CONTENTS = "feeds/index.md"
# Head tags that a page brings itself: in MkDocs's own page a mark stands in their place.
OWN_HEAD = "og: z: citation_ refresh alternate sitegen cite-as type describedby item author generator".split()
# What Material writes for its own script, which no page loads: stamped pages leave it out.
FOR_SCRIPT = {"class": ("md-toggle", "md-overlay", "md-dialog"), "data-md-component": ("announce",)}


def _paper(number: int, date: str, *topics: str, **more: Any) -> Paper:
    """Make a paper whose words are the same in LaTeX, CommonMark and Python-Markdown."""
    facts: dict[str, Any] = {
        "authors": (Author("Ada Lovelace"), Author("Željko Šnajder")),
        "kind": "method",
        "abstract": "One sentence, and “another”. See https://example.net/a_b?c=d&e=f for more.\n\nA second paragraph.",
    }
    facts |= more
    return Paper(
        f"paper-{number}",
        f"A plain title: {number}",
        f"2025-01-01T00:00:{number:02}Z",
        date=date,
        topics=topics,
        **facts,
    )


CORPUS = Corpus(
    CorpusSettings("Papers & more", "What we read, and “why”."),
    (
        Topic("agents", "Agents & tools", "Agents", "Action", "Programs that act."),
        Topic("theory", "Theory <of> learning", "", "Thought", ""),
        Topic("loose", "In no group"),
    ),
    (
        *(_paper(number, f"2024-03-{number:02}", "agents") for number in range(1, 5)),
        _paper(5, "2024-05-01", "agents", "theory", links=Links(arxiv="2405.00001", doi="10.1/a(b)c", code="https://x.org/")),
        _paper(6, "2024", "theory", authors=(), author_count=6, venue="Proceedings of A"),
        _paper(7, "2023-07-07", "theory", note="Why it is here.", aliases=("paper-7-again", "older-7"), kind="survey"),
        _paper(8, "2023-07-08", status="retracted", changes=(Change("2025-02-02T00:00:00Z", "retracted", "Wrong."),)),
        _paper(9, "", "loose", authors=(), organizations=("Org & Co",), kind="", title_source="derived", abstract=""),
        _paper(10, "2022-02", date_source="inferred", sources=(Source("a.txt", "hf-daily", 3, "2025-11-03", 2),)),
        _paper(11, "2022-02", abstract="", status="removed"),
    ),
)  # fmt: skip


class Sites(NamedTuple):
    """The same pages twice: stamped by us, and built by MkDocs as ordinary pages."""

    pages: dict[str, ArticlePage]
    stamped: dict[str, str]
    ordinary: dict[str, str]


@pytest.fixture(scope="module", params=["https://example.net/", "https://example.net/repo/"])
def sites(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Sites:
    folder = tmp_path_factory.mktemp("sites")
    with pytest.MonkeyPatch.context() as patch:
        # Rows of key sentences alone are Markdown that Python-Markdown knows too.
        patch.setattr(list_markdown, "ABSTRACTS_MOST", 0)
        # Lists of three papers at most give every kind of page from eleven papers.
        for module in (sitegen.lists, sitegen.alphabet):
            patch.setattr(module, "LIST_LIMIT", 3)
        patch.setattr(sitegen.lists, "_MONTHS_FROM", 3)
        return _built_twice(folder, request.param)


def _built_twice(folder: Path, site_url: str) -> Sites:
    planned = tuple(plan(enrich(CORPUS), site_url))
    pages = {page.path: page for page in planned if isinstance(page, ARTICLES)}
    frame = build_frame(PROJECT / "mkdocs.yml", Guests(tuple(pages)), folder / "frame", site_url)
    shells = {name: cut(frame.sentinel(name)) for name in Guests(tuple(pages)).shells}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sitegen.render.render, "article", _plain_article)
        stamped = {path: render(page, shells, site_url)[0].body.decode() for path, page in pages.items()}
    targets = FeedPage | ArchivePage | OpmlPage | ExportPage
    files = [path for page in planned if isinstance(page, targets) for path in paths(page)]
    _build_ordinary(pages, files, folder, site_url)
    ordinary = {path: (folder / "ordinary" / html_path(path)).read_text("utf-8") for path in pages}
    return Sites(pages, stamped, ordinary)


def _plain_article(source: str, path: str) -> Article:
    """Render an article as MkDocs has it too, which knows no containers."""
    return article(without_fences(source), path)


def _build_ordinary(pages: dict[str, ArticlePage], files: list[str], folder: Path, site_url: str) -> None:
    """Let MkDocs build the pages' own Markdown, as it stands, from a folder of documents without the plugin."""
    generated = shutil.ignore_patterns("papers", "topics", "browse", "kinds", "authors", "stats")
    shutil.copytree(PROJECT / "docs", folder / "docs", ignore=generated)
    for path in files:
        _write(folder / "docs" / path, "A file that links can point to.")
    for path, page in pages.items():
        hide = "[]" if path == WITH_CONTENTS else "[toc]"
        words = json.dumps(escape_html(description(page)), ensure_ascii=False)
        front = f"---\ndescription: {words}\nsitegen_head: own\nhide: {hide}\n---\n\n"
        _write(folder / "docs" / path, front + without_fences(markdown(page)))
    settings = yaml.safe_load((PROJECT / "mkdocs.yml").read_bytes())
    settings |= {"plugins": [], "docs_dir": "docs", "site_dir": "ordinary", "site_url": site_url}
    settings["theme"]["custom_dir"] = str(PROJECT / "theme")
    settings["extra"] = {"scope": site_url.removeprefix("https://example.net")}
    _write(folder / "mkdocs.yml", yaml.safe_dump(settings))
    mkdocs_build(load_config(str(folder / "mkdocs.yml")))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def _page(html: str) -> ET.Element:
    """Read a page without what it brings for programs itself, in its head and at the end of its article."""
    root = document(html)
    drawn = {below for parent in root.iter() for share, below in pairwise(parent) if share.get("class") == "share"}
    root = without(root, lambda element: _is_own(element) or (element in drawn and element.get("class") == "count"))
    _lead_to_the_top(root)
    _say_what_is_usual(root)
    for cell in root.iter():
        cell.attrib.pop("data-md-component", None)
        # Two ways to write the same style; a table that is drawn as a chart has none.
        if cell.tag in {"th", "td"} and "style" in cell.attrib:
            cell.set("style", cell.get("style", "").replace(" ", "").rstrip(";"))
    return root


def _lead_to_the_top(root: ET.Element) -> None:
    """Name the title as stamped pages do, if the skip link leads to it."""
    title, skip = find(root, "h1"), find(root, "a", class_="md-skip")
    if skip.get("href") == f"#{title.get('id')}":
        title.set("id", "top")
        skip.set("href", "#top")


def _say_what_is_usual(root: ET.Element) -> None:
    """Take out what a stamped page does not say, for nothing changes by it: no script, usual colours, an empty box."""
    body = find(root, "body")
    for element, name, usual in (
        (root, "class", "no-js"),
        (body, "data-md-color-primary", "indigo"),
        (body, "data-md-color-accent", "indigo"),
    ):
        if element.get(name) == usual:
            element.attrib.pop(name)
    for place, box in enumerate(body):
        if box.get("data-md-component") == "skip":
            box[0].text, box[0].tail = (box[0].text or "").strip(), None
            body[place : place + 1] = list(box)


def _both(sites: Sites, path: str) -> tuple[ET.Element, ET.Element]:
    return _ungrouped(_page(sites.stamped[path])), _ungrouped(_page(sites.ordinary[path]))


def _ungrouped(root: ET.Element) -> ET.Element:
    """Put what the groups of a row hold into their place."""
    for parent in list(root.iter()):
        for group in [child for child in parent if child.get("class") in {"facts", "topics"}]:
            place = list(parent).index(group)
            for last in group[-1:]:
                last.tail = (last.tail or "") + (group.tail or "")
            parent[place : place + 1] = list(group)
    return root


def _is_own(element: ET.Element) -> bool:
    if any(element.get(name) in values for name, values in FOR_SCRIPT.items()):
        return True
    if element.get("rel") == "stylesheet":
        return True  # those of stamped pages are one file, those of the ordinary pages several
    if element.get("class") in {"meter", "share", "spark"}:
        return True
    names = (element.get("property"), element.get("name"), element.get("http-equiv"), element.get("rel"))
    if element.tag == "script":
        return element.get("type") == "application/ld+json"
    if element.tag == "span":
        return element.get("class") == "Z3988"
    return element.tag in {"meta", "link"} and any(name.startswith(tuple(OWN_HEAD)) for name in names if name)


def test_the_corpus_has_every_kind_of_page_at_every_depth(sites: Sites) -> None:
    assert {shell_of(path) for path in sites.pages} == {
        "index.md", "papers/*", "topics/index.md", "topics/*", "topics/*/*", "topics/*/*/*", "browse/index.md",
        "browse/*", "browse/*/*", "browse/*/*/*", "kinds/*", "kinds/*/*", "kinds/*/*/*", "feeds/index.md",
        "authors/index.md", "authors/*", "authors/*/*", "stats/index.md", "exports/index.md",
    }  # fmt: skip
    assert {type(page) for page in sites.pages.values()} == set(ARTICLES)


def test_a_stamped_page_equals_what_mkdocs_builds_in_frame_and_article(sites: Sites) -> None:
    # A page that was merged is known by the address of another, which MkDocs cannot say.
    compared = [path for path, page in sites.pages.items() if not isinstance(page, MovedPage)]
    assert {path: faults for path in compared if (faults := differences(*_both(sites, path)))} == {}


@pytest.mark.parametrize(
    ("true", "planted"),
    [
        pytest.param("data-md-color-scheme=default", "data-md-color-scheme=slate", id="an attribute in the frame"),
        pytest.param(">Feeds</a>", ">feeds</a>", id="a word in the frame"),
        pytest.param("<footer class=md-footer>", "<footer class=md-footer><hr>", id="an element in the frame"),
        pytest.param('<a href="part-1/"', '<a href="part-2/"', id="an attribute in the article"),
        pytest.param(">Part 1<", ">Part I<", id="a word in the article"),
        pytest.param("<h1 ", "<p></p><h1 ", id="an element in the article"),
    ],
)
def test_a_planted_difference_is_noticed(sites: Sites, true: str, planted: str) -> None:
    path = "topics/agents/2024.md"
    html = sites.stamped[path]
    assert true in html
    assert differences(_page(html.replace(true, planted, 1)), _page(sites.ordinary[path])) != []


def test_the_table_of_contents_leads_to_the_headings(sites: Sites) -> None:
    page = document(sites.stamped[WITH_CONTENTS])
    contents = find(page, "nav", class_="md-nav md-nav--secondary")
    links = [link.get("href") for link in contents.iter("a")]
    headings = [f"#{heading.get('id')}" for heading in find(page, "article").iter("h2")]
    assert links == headings != []


def test_only_the_page_of_feeds_has_a_table_of_contents(sites: Sites) -> None:
    for path, html in sites.stamped.items():
        shown = 'aria-label="Table of contents"' in html
        assert shown is (path == WITH_CONTENTS), path


# --- articles --------------------------------------------------------------------------------------------------------

SAMPLES = {
    "paragraphs": "One line\nand another.\n\nA second paragraph, with a hard  \nbreak.",
    "emphasis": "*one* **two** _four_ __five__ a*b*c",
    "links between pages": "[up](../index.md), [paper](../papers/paper-1.md), [topics](../topics/index.md), "
    "[here](sample.md), [below](#second), [part](../browse/index.md#by-kind), [out](https://example.net/?a=1&b=2)",
    "links with titles and brackets": 'A [link](<../index.md> "With & title") and <https://example.net/x_y>.',
    "lists": "- one\n- two\n    - deeper\n    - deepest\n- three\n\ntext\n\n1. first\n2. second",
    "loose lists": "- one\n\n- two\n\n    with a paragraph\n\n- three",
    "code": "Some `code with <b> & \\ in it`, ``a ` tick`` and\n\n"
    "    an indented block <i>\n      with & depth\n\nafter.",
    "quotes": "> quoted *text*\n> goes on\n>\n> > and deeper",
    "rules": "above\n\n---\n\nbelow\n\n***",
    "headings with punctuation": "## What's new, in 2.0?\n\n"
    "## A — dash / slash & more!\n\n## 100% of C++ (v2)\n\n## Ünïcode Ελληνικά ½",
    "duplicate headings": "## Same\n\ntext\n\n## Same\n\n## same\n\n## Same_1",
    "headings without Latin letters": "## 学习\n\n## 深度学习\n\n## ---x---",
    "headings of other levels": "## Two\n\n### Three\n\n#### Four\n\n## Two again",
    "entities": "&lt;b&gt; &amp; &copy; &#65; &#x42; R&D &quot;q&quot; &#36;5",
    "escapes": "\\*not\\* \\_em\\_ \\[no\\](link) \\`code\\` \\# \\\\ \\!",
    "images": "![An icon, & more](../assets/icon.svg)",
}  # fmt: skip


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Every sample as MkDocs builds it, as one page each in one folder."""
    folder = tmp_path_factory.mktemp("samples")
    for path in ("index.md", "papers/paper-1.md", "topics/index.md", "browse/index.md", "assets/icon.svg"):
        _write(folder / "docs" / path, "# A page\n\n## By kind\n")
    for number, (_, source) in enumerate(SAMPLES.items()):
        _write(folder / f"docs/s{number}/sample.md", f"# Sample\n\n{source}\n\n## Second\n")
    settings = yaml.safe_load((PROJECT / "mkdocs.yml").read_bytes())
    chosen = {name: settings[name] for name in ("markdown_extensions",)}
    _write(folder / "mkdocs.yml", yaml.safe_dump({"site_name": "x", "theme": "material", "plugins": [], **chosen}))
    mkdocs_build(load_config(str(folder / "mkdocs.yml")))
    return {
        name: (folder / f"site/s{number}/sample/index.html").read_text("utf-8") for number, name in enumerate(SAMPLES)
    }


@pytest.mark.parametrize("name", SAMPLES)
def test_an_article_of_commonmark_equals_what_mkdocs_makes_of_it(samples: dict[str, str], name: str) -> None:
    number = list(SAMPLES).index(name)
    made = article(f"# Sample\n\n{SAMPLES[name]}\n\n## Second\n", f"s{number}/sample.md")
    theirs = find(document(samples[name]), "article")
    ours = document(f"<!doctype html><article class='{theirs.get('class')}'>{made.html}</article>")
    assert differences(find(ours, "article"), theirs) == []


# --- the frame's own rules -------------------------------------------------------------------------------------------


def _project(folder: Path, plugins: object = ("sitegen",), **more: object) -> Path:
    """Write a project of one hand-written page."""
    _write(folder / "docs/guide/index.md", "# Guide\n\n[a paper](../papers/x.md)\n")
    _write(folder / "docs/papers/old.md", "# Generated by an earlier build\n")
    shutil.copytree(PROJECT / "theme", folder / "theme")
    settings = {"site_name": "x", "theme": {"name": "material", "custom_dir": "theme", "font": False}, **more}
    _write(folder / "mkdocs.yml", yaml.safe_dump({**settings, "plugins": list(plugins)}))  # type: ignore[call-overload]
    return folder / "mkdocs.yml"


GUESTS = Guests(("index.md", "papers/x.md", "papers/y.md", "topics/index.md", "browse/2024/03.md"))
SITE = "https://example.net/"


def test_guests_need_one_shell_a_section_and_depth() -> None:
    assert GUESTS.shells == ("browse/*/*", "index.md", "papers/*", "topics/index.md")
    assert [sentinel_path(shell) for shell in GUESTS.shells] == [
        "browse/xshellpagex/xshellpagex.md",
        "index.md",
        "papers/xshellpagex.md",
        "topics/index.md",
    ]


@pytest.mark.parametrize(
    ("path", "html"),
    [
        ("index.md", "index.html"),
        ("papers/x.md", "papers/x/index.html"),
        ("topics/index.md", "topics/index.html"),
        ("browse/2024/03.md", "browse/2024/03/index.html"),
    ],
)
def test_a_page_is_published_as_the_file_that_mkdocs_names(path: str, html: str) -> None:
    assert html_path(path) == html


def test_mkdocs_neither_reads_nor_writes_generated_pages(tmp_path: Path) -> None:
    frame = build_frame(_project(tmp_path), GUESTS, tmp_path / "frame", SITE)
    assert "guide/index.html" in frame.files
    assert not [path for path in frame.files if path.startswith(("papers/", "topics/", "browse/", "index"))]
    assert 'href="../papers/x/"' in (tmp_path / "frame/guide/index.html").read_text("utf-8")
    assert not (tmp_path / "docs/index.md").exists()
    assert frame == read_frame(tmp_path / "frame", GUESTS)


@pytest.mark.parametrize(
    "unwanted",
    ["sitemap.xml", "search/search_index.json", "assets/javascripts/lunr/", "assets/javascripts/workers/", ".map"],
)
def test_what_this_site_replaces_or_does_not_use_is_not_published(tmp_path: Path, unwanted: str) -> None:
    frame = build_frame(_project(tmp_path), GUESTS, tmp_path / "frame", SITE)
    assert not [path for path in frame.files if unwanted in path]


@pytest.mark.parametrize(
    ("plugins", "more", "words"),
    [
        pytest.param([], {}, "plugins must hold sitegen", id="without our plugin"),
        pytest.param(
            ["sitegen", "search"], {}, "the plugin 'material/search' changes pages (on_page_context)", id="stock search"
        ),
        pytest.param(["sitegen"], {"hooks": ["hook.py"]}, "changes pages (on_page_markdown)", id="a hook"),
        pytest.param(["sitegen", "no-such"], {}, "configuration error", id="a plugin that is not there"),
    ],
)
def test_a_frame_that_cannot_be_built_is_refused_in_words(
    tmp_path: Path, plugins: list[str], more: dict[str, object], words: str
) -> None:
    _write(tmp_path / "hook.py", "def on_page_markdown(markdown, **kwargs):\n    return markdown\n")
    with pytest.raises(SitegenError) as refusal:
        build_frame(_project(tmp_path, plugins, **more), GUESTS, tmp_path / "frame", SITE)
    assert words in refusal.value.message


def test_the_digest_tells_when_a_frame_must_be_made_anew(tmp_path: Path) -> None:
    config = _project(tmp_path)
    folders = (tmp_path / "docs", tmp_path / "theme")
    before = frame_digest(config, folders, GUESTS, SITE)
    assert before == frame_digest(config, folders, GUESTS, SITE) != ""
    _write(tmp_path / "docs/papers/new.md", "generated")
    assert before == frame_digest(config, folders, GUESTS, SITE), "a generated page is not a part of the frame"
    _write(tmp_path / "docs/guide/more.md", "written by hand")
    after = frame_digest(config, folders, GUESTS, SITE)
    others = (
        frame_digest(config, folders, Guests(("papers/x.md",)), SITE),
        frame_digest(config, folders, GUESTS, "https://example.net/repo/"),
    )
    assert len({before, after, *others}) == 4


@pytest.mark.parametrize("line", ["INHERIT: base.yml", "extra: {x: !ENV HOME}", "hooks: [hook.py]"])
def test_settings_that_read_from_elsewhere_have_no_digest(tmp_path: Path, line: str) -> None:
    config = _project(tmp_path)
    config.write_text(config.read_text("utf-8") + line, "utf-8")
    assert frame_digest(config, (), GUESTS, SITE) == ""


def test_mkdocs_takes_the_newest_change_for_its_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "7")
    stop_the_clock(Guests((), "2025-11-03T00:00:12Z"))
    assert get_build_timestamp(pages=[]) == 7, "the environment wins"
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    stop_the_clock(Guests((), "2025-11-03T00:00:12Z"))
    assert datetime.fromtimestamp(get_build_timestamp(pages=[]), UTC) == datetime(2025, 11, 3, 0, 0, 12, tzinfo=UTC)
