"""Lists of papers in a real browser: abstracts that open in place, the reader's view, keys, the home page's search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from browser import chromium, console_errors, requests, serve
from projects import SITE_URL, make_seed_project
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait

from sitegen.build import build
from sitegen.config import settings_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selenium.webdriver import Chrome
    from selenium.webdriver.remote.webelement import WebElement

pytestmark = pytest.mark.browser
TOPIC = "topics/llm-agents/"
SHOWN = "[...document.querySelectorAll('li > .row ~ details > p')].filter((part) => part.checkVisibility()).length"
LINES = (
    "[...document.querySelectorAll('li > .row ~ :is(details, .gist)')].filter((part) => part.checkVisibility()).length"
)
ROWS = "document.querySelectorAll('li > .row').length"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the seeds' site, below a path."""
    settings = settings_of(make_seed_project(tmp_path_factory.mktemp("seeds"), f"{SITE_URL}repo/") / "mkdocs.yml")
    build(settings, 1, lambda *_: None)
    with serve(settings.out_dir, "/repo/") as address:
        yield address


@pytest.fixture
def chrome(browser: Chrome, site: str) -> Iterator[Chrome]:
    """A browser that is as before in the end."""
    yield browser
    browser.get(f"{site}robots.txt")
    browser.execute_script("localStorage.clear()")
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def ask(chrome: Chrome, expression: str) -> Any:
    return chrome.execute_script(f"return {expression}")


def wait_for(chrome: Chrome, expression: str) -> None:
    WebDriverWait(chrome, 15, poll_frequency=0.05).until(lambda page: ask(page, expression), expression)


def opened(chrome: Chrome, address: str) -> None:
    """Open a page and wait for its view switch, which the script makes."""
    chrome.get(address)
    wait_for(chrome, "document.querySelector('.sg-view') !== null")


def press(chrome: Chrome, *keys: str) -> None:
    for key in keys:
        chrome.switch_to.active_element.send_keys(key)


def radio(chrome: Chrome, name: str) -> WebElement:
    return chrome.find_element(By.CSS_SELECTOR, f".sg-view [value={name}]")


def test_an_abstract_opens_in_place_without_script(site: str) -> None:
    with chromium("--blink-settings=scriptEnabled=false") as chrome:
        chrome.get(site + TOPIC)
        assert chrome.find_elements(By.CSS_SELECTOR, ".sg-view") == []
        row = chrome.find_element(By.CSS_SELECTOR, "li:has(> .row):has(> details)")
        abstract = row.find_element(By.CSS_SELECTOR, "details > p")
        assert not abstract.is_displayed()
        line = row.find_element(By.TAG_NAME, "summary")
        said = line.text.removeprefix("… ").split("…")[0]
        line.click()
        assert abstract.is_displayed()
        assert said[:40] in abstract.text
        assert said[:40] in abstract.find_element(By.CSS_SELECTOR, "em.key").text


def test_the_view_is_chosen_and_kept(chrome: Chrome, site: str) -> None:
    opened(chrome, site + TOPIC)
    rows = ask(chrome, ROWS)
    assert rows > 10
    assert ask(chrome, SHOWN) == 0
    assert ask(chrome, LINES) == rows
    radio(chrome, "abstracts").click()
    assert ask(chrome, SHOWN) >= rows
    radio(chrome, "titles").click()
    assert (ask(chrome, SHOWN), ask(chrome, LINES)) == (0, 0)
    opened(chrome, site)
    assert ask(chrome, LINES) == 0
    assert radio(chrome, "titles").is_selected()
    radio(chrome, "gists").click()
    assert ask(chrome, LINES) == ask(chrome, ROWS)
    assert console_errors(chrome) == []


def test_the_view_works_where_nothing_can_be_kept(chrome: Chrome, site: str) -> None:
    refused = "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError') }})"
    script = chrome.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": refused})
    try:
        opened(chrome, site + TOPIC)
        radio(chrome, "titles").click()
        assert ask(chrome, LINES) == 0
        assert not [fault for fault in console_errors(chrome) if "views.js" in fault or "keys.js" in fault]
    finally:
        chrome.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", script)


def test_a_list_is_read_by_keyboard(chrome: Chrome, site: str) -> None:
    opened(chrome, site + TOPIC)
    titles = [title.text for title in chrome.find_elements(By.CSS_SELECTOR, "li > .row")]
    press(chrome, "j", "j", "j", "k")
    assert chrome.switch_to.active_element.text == titles[1]
    assert ask(chrome, "document.querySelectorAll('li.at > .row').length") == 1
    press(chrome, "o")
    assert ask(chrome, "document.querySelector('li.at > details').open") is True
    press(chrome, "o")
    assert ask(chrome, "document.querySelector('li.at > details').open") is False
    press(chrome, "v")
    assert radio(chrome, "abstracts").is_selected()
    press(chrome, "v")
    assert radio(chrome, "titles").is_selected()
    press(chrome, *("k" * 5))
    assert chrome.switch_to.active_element.text == titles[0]
    press(chrome, Keys.ENTER)
    wait_for(chrome, "location.pathname.includes('/papers/')")
    assert console_errors(chrome) == []


def test_single_keys_are_switched_off_and_on(chrome: Chrome, site: str) -> None:
    opened(chrome, site + TOPIC)
    press(chrome, "?")
    box = chrome.find_element(By.CSS_SELECTOR, "dialog.sg-keys")
    assert box.is_displayed()
    assert "open or close its abstract" in box.text
    box.find_element(By.XPATH, ".//button[. = 'Switch single keys off']").click()
    # A dialog's event "close" comes in a task of its own (HTML, "close the dialog").
    wait_for(chrome, "!document.querySelector('dialog')")
    press(chrome, "j", "?", "v")
    assert chrome.find_elements(By.CSS_SELECTOR, "dialog, li.at") == []
    assert radio(chrome, "gists").is_selected()
    chrome.execute_script("localStorage.setItem('sg-keys', 'on')")
    press(chrome, "j")
    assert len(chrome.find_elements(By.CSS_SELECTOR, "li.at")) == 1


def test_where_there_is_a_mouse_the_footer_leads_to_the_keys(site: str) -> None:
    with chromium("--blink-settings=primaryHoverType=2,availableHoverTypes=2") as chrome:
        opened(chrome, site + TOPIC)
        chrome.execute_script("localStorage.setItem('sg-keys', 'off')")
        chrome.find_element(By.XPATH, "//footer//button[. = 'Keys']").click()
        chrome.find_element(By.XPATH, "//dialog//button[. = 'Switch single keys on']").click()
        wait_for(chrome, "!document.querySelector('dialog')")
        press(chrome, "j")
        assert len(chrome.find_elements(By.CSS_SELECTOR, "li.at")) == 1
        assert console_errors(chrome) == []


def test_keys_typed_into_a_box_stay_letters(chrome: Chrome, site: str) -> None:
    opened(chrome, site + TOPIC)
    box = chrome.find_element(By.ID, "sg-search-input")
    box.send_keys("jov?")
    assert box.get_attribute("value") == "jov?"
    assert chrome.find_elements(By.CSS_SELECTOR, "dialog, li.at") == []


def test_the_home_page_gives_the_search_the_focus_and_loads_nothing_for_it(chrome: Chrome, site: str) -> None:
    requests(chrome)
    opened(chrome, site)
    wait_for(chrome, "document.activeElement.id === 'sg-search-input'")
    assert ask(chrome, "scrollY") == 0
    assert not [url for url in requests(chrome) if "search-app" in url or "lunr" in url]
    assert chrome.find_elements(By.CSS_SELECTOR, "[role=listbox]") == []
    press(chrome, "agen")
    wait_for(chrome, "document.querySelector('[role=listbox]')?.checkVisibility()")
    opened(chrome, site + TOPIC)
    assert ask(chrome, "document.activeElement === document.body") is True


@pytest.mark.parametrize("width", [1280, 992, 720, 400, 320])
@pytest.mark.parametrize("path", ["", TOPIC, "browse/2024/", "topics/"])
def test_lists_fit_any_width_in_every_view(chrome: Chrome, site: str, path: str, width: int) -> None:
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    chrome.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    chrome.get(site + path)
    wait_for(chrome, "document.readyState === 'complete'")
    for choice in ["", *(view.get_attribute("value") or "" for view in chrome.find_elements(By.NAME, "sg-view"))]:
        if choice:
            radio(chrome, choice).click()
        assert ask(chrome, "document.documentElement.scrollWidth") <= width, choice
    # What stands beside the text stands there from 992 px on, below it on narrower screens.
    beside = "document.querySelector('article > .aside')?.getBoundingClientRect().left > innerWidth / 2"
    if path in ("", TOPIC):
        assert ask(chrome, beside) is (width >= 992)


@pytest.mark.parametrize("width", [1280, 400])
def test_a_key_sentence_takes_two_lines_where_no_abstract_opens(chrome: Chrome, site: str, width: int) -> None:
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    chrome.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    opened(chrome, f"{site}kinds/method/")
    found = ask(chrome, "[...document.querySelectorAll('.gist')].map((line) => line.getBoundingClientRect().height)")
    assert len(found) > 60
    assert max(found) <= 41


def test_words_beside_a_heading_do_not_run_into_it(chrome: Chrome, site: str) -> None:
    chrome.get(site)
    paper = chrome.find_element(By.CSS_SELECTOR, "li > .row").get_attribute("href") or ""
    for width in (1280, 400, 320):
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        chrome.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        chrome.get(paper)
        script = """
            const range = document.createRange();
            const boxes = document.querySelectorAll("#abstract, #abstract + p > .side");
            return [...boxes].map((box) => { range.selectNodeContents(box); return range.getBoundingClientRect(); });
        """
        heading, words = chrome.execute_script(script)
        assert words["left"] >= heading["right"] or words["top"] >= heading["bottom"] - 8, width


def test_words_written_from_right_to_left_begin_at_the_right(chrome: Chrome, site: str) -> None:
    opened(chrome, site + TOPIC)
    left_of = "(part) => { const range = document.createRange(); range.selectNodeContents(part);"
    left_of += " return range.getBoundingClientRect().left - part.getBoundingClientRect().left; }"
    chrome.execute_script("document.querySelector('li > .row').textContent = 'שפה: LLM'")
    assert ask(chrome, f"({left_of})(document.querySelector('li > .row'))") > 200
    assert ask(chrome, f"({left_of})(document.querySelectorAll('li > .row')[1])") == 0
