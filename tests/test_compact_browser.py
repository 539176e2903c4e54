"""Citations in Chromium on sites that save bytes: copied from compact pages, and taken from pages without files."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browser import console_errors, serve
from projects import make_house
from selenium.webdriver.common.by import By
from test_shelf_browser import NEWEST, downloaded, downloads, listed, open_page, open_shelf, press, star, wait_for

from sitegen.build import build
from sitegen.config import settings_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selenium.webdriver import Chrome

ODD = Path(__file__).parent / "odd_corpus"
pytestmark = pytest.mark.browser
# A browser writes into the clipboard of its machine, which tests must not: they look at what is written.
KEEP = """
navigator.clipboard.write = async ([item]) => { window.copied = await (await item.getType("text/plain")).text(); };
navigator.clipboard.writeText = async (text) => { window.copied = text; };
"""


def _built(folder: Path, options: str) -> Path:
    project = make_house(folder)
    shutil.copytree(ODD, project / "corpus")
    config = project / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("- sitegen\n", f"- sitegen: {{{options}}}\n"), "utf-8")
    build(settings_of(config), 1, lambda *_: None)
    return settings_of(config).out_dir


@pytest.fixture(scope="module")
def with_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _built(tmp_path_factory.mktemp("beside"), "compact: true")


@pytest.fixture(scope="module")
def without_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _built(tmp_path_factory.mktemp("alone"), "compact: true, siblings: false")


@pytest.fixture
def alone(without_files: Path) -> Iterator[str]:
    with serve(without_files, "/repo/") as address:
        yield address


def test_a_compact_page_copies_its_bibtex_by_one_button(browser: Chrome, with_files: Path) -> None:
    with serve(with_files, "/repo/") as site:
        open_page(browser, f"{site}papers/everything/", "document.querySelector('#cite + p > button')")
        browser.execute_script(KEEP)
        [button] = browser.find_elements(By.CSS_SELECTOR, "#cite + p > button")
        assert button.text == "Copy BibTeX"
        button.click()
        wait_for(browser, "window.copied")
        file = (with_files / "papers/everything.bib").read_text("utf-8")
        assert browser.execute_script("return window.copied") == file
        assert console_errors(browser) == []


def test_a_shelf_takes_bibtex_and_titles_from_pages_where_there_are_no_files(
    browser: Chrome, alone: str, with_files: Path, tmp_path: Path
) -> None:
    star(browser, alone)
    open_shelf(browser, alone)
    downloads(browser, tmp_path)
    press(browser, "Take as BibTeX")
    files = [(with_files / f"papers/{name}.bib").read_text("utf-8").splitlines() for name in [*NEWEST][::-1]]
    # A page shows neither the abstract nor the topics.
    shown = [[line for line in file if not line.startswith(("  abstract", "  keywords", "  annote"))] for file in files]
    found = downloaded(browser, tmp_path / "shelf.bib").split("\n\n")
    assert [entry.strip().splitlines() for entry in found] == shown
    open_shelf(browser, alone, f"#ids={','.join(NEWEST)},nobody")
    wait_for(browser, "!document.querySelector('#sg-shelf').textContent.includes('Loading')")
    assert listed(browser)[: len(NEWEST)] == [*NEWEST.values()]
    assert "1 paper of the link is not on this site" in browser.find_element(By.ID, "sg-shelf").text


def test_results_are_copied_from_pages_where_there_are_no_files(browser: Chrome, alone: str) -> None:
    open_page(browser, f"{alone}search/?q=everything", "document.querySelector('[data-result]')")
    browser.execute_script(KEEP)
    buttons = browser.find_elements(By.CSS_SELECTOR, "#sg-search-results .sg-button")
    next(button for button in buttons if "as BibTeX" in button.text).click()
    wait_for(browser, "window.copied")
    copied = browser.execute_script("return window.copied")
    results = browser.execute_script("return document.querySelectorAll('[data-result]').length")
    assert copied.count("\n}") == results > 0
    assert "title = {Everything at once: a record with every field filled}" in copied
