"""The page of feeds in a real browser: buttons to copy, and a choice of feeds as one list and as OPML."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from browser import console_errors, serve
from feed_seen import seen_in
from projects import SITE_URL, make_project
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from sitegen.build import build
from sitegen.config import settings_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from selenium.webdriver import Chrome

pytestmark = pytest.mark.browser
# Downloads are caught as text before the browser would save them.
CATCH = """
window.caught = [];
const make = URL.createObjectURL;
URL.createObjectURL = (blob) => (blob.text().then((text) => caught.push(text)), make(blob));
HTMLAnchorElement.prototype.click = function () {};
"""


@pytest.fixture(scope="module", params=["/", "/repo/"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    project = make_project(tmp_path_factory.mktemp("feeds"))
    config = project / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace(SITE_URL, SITE_URL.rstrip("/") + request.param), "utf-8")
    settings = settings_of(config)
    build(settings, 1, lambda *_: None)
    with serve(settings.out_dir, request.param) as address:
        yield address, settings.out_dir


@pytest.fixture
def feeds(browser: Chrome, site: tuple[str, Path]) -> Chrome:
    browser.get(f"{site[0]}feeds/")
    WebDriverWait(browser, 20).until(lambda chrome: chrome.find_elements(By.CSS_SELECTOR, ".sg-choice"))
    return browser


def tick(chrome: Chrome, *names: str) -> None:
    for name in names:
        chrome.find_element(By.CSS_SELECTOR, f'input[aria-label="Choose {name}"]').click()


def press(chrome: Chrome, words: str) -> None:
    next(found for found in chrome.find_elements(By.CSS_SELECTOR, ".sg-choice button") if found.text == words).click()


def test_every_address_has_a_button_that_says_what_it_copies(feeds: Chrome) -> None:
    links = feeds.find_elements(By.CSS_SELECTOR, ".md-content a.feed")
    labels = [b.get_attribute("aria-label") or "" for b in feeds.find_elements(By.CSS_SELECTOR, ".sg-address button")]
    assert len(labels) == len(set(labels)) == len(links) > 20
    assert "Copy the RSS address of All papers" in labels
    feeds.execute_script("navigator.clipboard.writeText = async (text) => { window.copied = text; }")
    feeds.find_element(By.CSS_SELECTOR, '[aria-label="Copy the RSS address of All papers"]').click()
    assert feeds.execute_script("return window.copied").endswith("/feeds/all.rss.xml")
    assert console_errors(feeds) == []


def test_chosen_feeds_are_shown_as_one_list_each_paper_once(feeds: Chrome, site: tuple[str, Path]) -> None:
    tick(feeds, "All papers", "Agents & tools")
    press(feeds, "Show them as one list")
    WebDriverWait(feeds, 20).until(lambda chrome: chrome.find_elements(By.CSS_SELECTOR, ".sg-choice + div li"))
    entries = seen_in((site[1] / "feeds/all.json").read_bytes()).entries
    shown = feeds.find_elements(By.CSS_SELECTOR, ".sg-choice + div li > a")
    assert [link.text for link in shown] == [" ".join(entry.title.split()) for entry in entries]
    place = SITE_URL + "repo/" * site[0].endswith("/repo/")
    assert [link.get_attribute("href") for link in shown] == [
        e.hrefs("alternate")[0].replace(place, site[0]) for e in entries
    ]
    assert console_errors(feeds) == []


def test_chosen_feeds_are_taken_as_opml(feeds: Chrome) -> None:
    feeds.execute_script(CATCH)
    tick(feeds, "Agents & tools", "Every week")
    press(feeds, "Take them as OPML")
    WebDriverWait(feeds, 20).until(lambda chrome: chrome.execute_script("return window.caught.length"))
    root = ET.fromstring(feeds.execute_script("return window.caught[0]"))
    assert [feed.get("title") for feed in root.iter("outline") if feed.get("xmlUrl")] == [
        "Every week",
        "Agents & tools",
    ]
    assert len(root.findall("body/outline")) == 2


def test_a_topic_has_buttons_to_copy_and_to_open_a_reader(browser: Chrome, site: tuple[str, Path]) -> None:
    browser.get(f"{site[0]}topics/agents/")
    WebDriverWait(browser, 20).until(lambda chrome: chrome.find_elements(By.CSS_SELECTOR, ".sg-address button"))
    labels = [b.get_attribute("aria-label") for b in browser.find_elements(By.CSS_SELECTOR, ".sg-address button")]
    assert labels == [f"Copy the {name} address of Agents & tools" for name in ("Atom", "RSS", "JSON")]
    opener = browser.find_element(By.CSS_SELECTOR, ".md-content p a.opens")
    assert opener.get_attribute("href") == f"feed:{site[0]}feeds/topics/agents.atom.xml"
