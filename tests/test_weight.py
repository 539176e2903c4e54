"""What a reader's first and next page weigh: bytes over HTTP as a static host sends them, in Chromium."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browser import serve, transferred
from projects import SITE_URL
from selenium.webdriver.support.wait import WebDriverWait

from sitegen.config import settings_of
from sitegen.corpus import load_corpus

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from selenium.webdriver import Chrome

    from sitegen.config import Settings

KB = 1000
FIRST, NEXT, HTML = 72 * KB, 12 * KB, 18 * KB


@pytest.fixture(scope="module")
def settings(seed_projects: dict[str, Path]) -> Settings:
    return settings_of(seed_projects[SITE_URL] / "mkdocs.yml")


@pytest.fixture(scope="module")
def site(settings: Settings) -> Iterator[str]:
    with serve(settings.out_dir, kept_and_compressed=True) as address:
        yield address


def weighed(chrome: Chrome, address: str) -> dict[str, int]:
    """Give what opening a page transfers, by address; of a search, with its results."""
    transferred(chrome)
    chrome.get(address)
    found = "document.querySelector('[data-result]') !== null" if "?q=" in address else "true"
    ready = f"return document.readyState === 'complete' && {found}"
    WebDriverWait(chrome, 60).until(lambda page: page.execute_script(ready))
    return transferred(chrome)


@pytest.mark.browser
def test_a_first_page_and_the_next_are_light(browser: Chrome, site: str, settings: Settings) -> None:
    pages = [(settings.out_dir / f"papers/{paper.id}") for paper in load_corpus(settings.corpus_dir)[0].papers]
    heaviest, second = sorted(pages, key=lambda page: (page / "index.html").stat().st_size)[:-3:-1]
    browser.execute_cdp_cmd("Network.clearBrowserCache", {})
    first = weighed(browser, f"{site}papers/{heaviest.name}/")
    assert {url.removeprefix(site).partition("/")[0] for url in first} == {"papers", "assets"}
    # One request each for the styles, for what is drawn with the page, and for what comes to it.
    names = {url.rpartition("/")[2] for url in first if url.endswith((".css", ".js"))}
    assert names == {"site.css", "frame.js", "page.js"}
    assert sum(first.values()) <= FIRST, first
    following = weighed(browser, f"{site}papers/{second.name}/")
    assert 0 < sum(following.values()) <= NEXT, following
    # Nothing of it comes again but the page itself.
    assert set(following) == {f"{site}papers/{second.name}/"}


def test_the_page_of_a_paper_is_short(settings: Settings) -> None:
    lengths = {page.parent.name: page.stat().st_size for page in settings.out_dir.glob("papers/*/index.html")}
    assert len(lengths) == len(load_corpus(settings.corpus_dir)[0].papers)
    assert {name: length for name, length in lengths.items() if length > HTML} == {}
    assert sum(lengths.values()) / len(lengths) <= 17 * KB
