"""By keyboard alone: Tab reaches everything that can be used, shows where it is, and is caught nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest
from browser import serve
from projects import SITE_URL
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait

from sitegen.config import settings_of
from sitegen.corpus import load_corpus

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from selenium.webdriver import Chrome

pytestmark = pytest.mark.browser

# All that a mouse can use; of a group of radio buttons Tab reaches the one that is checked, and arrows the others.
USABLE = """
window.usable = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
  .filter((part) => part.checkVisibility({visibilityProperty: true}) && !part.disabled)
  .filter((part) => part.type !== "radio" || part.checked);
return window.usable.length;
"""
# Each part that gets the focus is kept once, with what the browser draws around it.
WATCH = """
window.reached = new Map();
document.addEventListener("focusin", ({target}) => {
  const {outlineStyle, outlineWidth, outlineColor} = getComputedStyle(target);
  const seen = outlineStyle !== "none" && parseFloat(outlineWidth) >= 1 && !outlineColor.endsWith(", 0)");
  const box = target.getBoundingClientRect();
  window.reached.set(target, {html: target.outerHTML.slice(0, 120), seen, there: box.width > 0 && box.bottom > 0});
});
"""


MISSED = "return window.usable.filter((part) => !window.reached.has(part)).map((part) => part.outerHTML.slice(0, 120))"


class Reached(NamedTuple):
    """A part of a page that got the focus: its source, whether that is seen, and whether it is there to be seen."""

    html: str
    seen: bool
    there: bool


@pytest.fixture(scope="module")
def site(seed_projects: dict[str, Path]) -> Iterator[tuple[str, str]]:
    """Give the address of the seed site and the id of the paper whose page has a formula."""
    settings = settings_of(seed_projects[SITE_URL] / "mkdocs.yml")
    papers = load_corpus(settings.corpus_dir)[0].papers
    with serve(settings.out_dir) as address:
        yield address, next(paper.id for paper in papers if r"\sim" in paper.abstract)


@pytest.fixture
def chrome(browser: Chrome) -> Iterator[Chrome]:
    yield browser
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def opened(chrome: Chrome, address: str, width: int) -> None:
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    chrome.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    chrome.get(address)
    WebDriverWait(chrome, 60).until(lambda page: page.execute_script("return document.readyState === 'complete'"))


def press(chrome: Chrome, *keys: str) -> None:
    ActionChains(chrome).send_keys(*keys).perform()


def walked(chrome: Chrome, times: int) -> list[Reached]:
    """Press Tab so often, and give what was reached, in order."""
    chrome.execute_script(WATCH)
    press(chrome, *(Keys.TAB for _ in range(times)))
    return [Reached(**one) for one in chrome.execute_script("return [...window.reached.values()]")]


@pytest.mark.parametrize("width", [1280, 400])
@pytest.mark.parametrize("page", ["", "papers/{paper}/", "topics/theory-causality/", "search/?q=nothingofthesort"])
def test_tab_reaches_everything_and_shows_where_it_is(
    chrome: Chrome, site: tuple[str, str], page: str, width: int
) -> None:
    address, paper = site
    opened(chrome, address + page.format(paper=paper), width)
    # Home begins in the box of the search: once around, and past the end.
    count = int(chrome.execute_script(USABLE))
    reached = walked(chrome, count + 15)
    assert count > 12
    assert chrome.execute_script(MISSED) == []
    assert [one.html for one in reached if not one.seen] == []
    assert [one.html for one in reached if not one.there] == []


@pytest.mark.parametrize("page", ["papers/{paper}/", "topics/theory-causality/", "guide/"])
def test_the_first_tab_skips_to_the_content(chrome: Chrome, site: tuple[str, str], page: str) -> None:
    address, paper = site
    opened(chrome, address + page.format(paper=paper), 1280)
    press(chrome, Keys.TAB)
    link = chrome.switch_to.active_element
    # It comes into view slowly.
    WebDriverWait(chrome, 60).until(lambda _: link.text == "Skip to content" and link.rect["y"] >= 0)
    press(chrome, Keys.ENTER)
    press(chrome, Keys.TAB)
    inside = "return document.querySelector('article').contains(document.activeElement)"
    assert chrome.execute_script(inside)


def test_a_trap_and_a_hidden_focus_are_noticed(chrome: Chrome, site: tuple[str, str]) -> None:
    opened(chrome, f"{site[0]}guide/", 1280)
    plant = """
    const [first, trap] = document.querySelectorAll("article a");
    first.style.outline = "none";
    trap.addEventListener("keydown", (event) => event.key === "Tab" && event.preventDefault());
    """
    chrome.execute_script(plant)
    count = int(chrome.execute_script(USABLE))
    reached = walked(chrome, count + 15)
    assert chrome.execute_script(MISSED) != []
    assert len([one for one in reached if not one.seen]) == 1
