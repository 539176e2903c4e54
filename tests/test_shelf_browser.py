"""The shelf in a real browser: stars that stay, what can be taken along, links to lists, and what goes wrong."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from browser import chromium, console_errors, foreign, requests, serve
from projects import make_house
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
ODD = Path(__file__).parent / "odd_corpus"
# Chromium without a window has no clipboard.
CLIPBOARD = "navigator.clipboard.writeText = (text) => Promise.resolve((window.copied = text))"
# The three newest of the topic "agents", as their records date and title them.
NEWEST = {
    "everything": "Everything at once: a record with every field filled",
    "derived-inferred": "[A derived title with an inferred year and a count of authors]",
    "right-to-left": "למידה עמוקה: מבוא קצר לסוכנים (Agents) ולשפה",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = make_house(tmp_path_factory.mktemp("odd"))
    shutil.copytree(ODD, project / "corpus")
    settings = settings_of(project / "mkdocs.yml")
    build(settings, 1, lambda *_: None)
    return settings.out_dir


@pytest.fixture
def site(folder: Path) -> Iterator[str]:
    """The site on a port of its own, so that nothing is kept from other tests; it stands below a path."""
    with serve(folder, "/repo/") as address:
        yield address


def ask(chrome: Chrome, expression: str) -> Any:
    return chrome.execute_script(f"return {expression}")


def wait_for(chrome: Chrome, expression: str) -> None:
    WebDriverWait(chrome, 15, poll_frequency=0.05).until(lambda page: ask(page, expression), expression)


def open_page(chrome: Chrome, address: str, ready: str = "true") -> None:
    chrome.get("about:blank")  # another fragment alone would load nothing
    chrome.get(address)
    wait_for(chrome, f"document.readyState === 'complete' && {ready}")


def star(chrome: Chrome, site: str, count: int = 3) -> None:
    """Star the first papers of a list."""
    open_page(chrome, f"{site}topics/agents/", "document.querySelector('.sg-star')")
    for button in chrome.find_elements(By.CSS_SELECTOR, ".sg-star")[:count]:
        button.click()


def open_shelf(chrome: Chrome, site: str, fragment: str = "") -> None:
    open_page(chrome, f"{site}shelf/{fragment}", "document.querySelector('#sg-shelf').children.length")


def listed(chrome: Chrome) -> list[str]:
    found: list[str] = ask(chrome, "[...document.querySelectorAll('#sg-shelf .title')].map((link) => link.textContent)")
    return found


def press(chrome: Chrome, words: str) -> None:
    found = [button for button in chrome.find_elements(By.CSS_SELECTOR, "#sg-shelf button") if button.text == words]
    found[0].click()


def status(chrome: Chrome) -> str:
    return str(ask(chrome, "document.getElementById('sg-said')?.textContent ?? ''"))


def downloads(chrome: Chrome, folder: Path) -> None:
    chrome.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(folder)})


def downloaded(chrome: Chrome, path: Path) -> str:
    WebDriverWait(chrome, 15, poll_frequency=0.05).until(lambda _: path.is_file())
    return path.read_text("utf-8")


# ---- starring -------------------------------------------------------------------------------------------------------


def test_a_star_stays_and_its_paper_stands_on_the_shelf(browser: Chrome, site: str) -> None:
    star(browser, site)
    assert "Put on your shelf: " in status(browser)
    browser.refresh()
    wait_for(browser, "document.querySelector('.sg-star')")
    stars = browser.find_elements(By.CSS_SELECTOR, ".sg-star")
    assert [button.get_attribute("aria-pressed") for button in stars[:4]] == ["true", "true", "true", "false"]
    assert stars[0].get_attribute("aria-label") == f"Star: {NEWEST['everything']}"
    open_shelf(browser, site)
    assert listed(browser) == [*NEWEST.values()][::-1]
    links = browser.find_elements(By.CSS_SELECTOR, "#sg-shelf .title")
    assert [link.get_attribute("href") for link in links] == [f"{site}papers/{name}/" for name in [*NEWEST][::-1]]
    assert console_errors(browser) == []
    assert foreign(requests(browser), site) == []


def test_a_star_is_set_and_taken_by_keyboard_alone(browser: Chrome, site: str) -> None:
    open_page(browser, f"{site}topics/agents/", "document.querySelector('.sg-star')")
    browser.execute_script("document.querySelector('li > a.title').focus()")
    browser.switch_to.active_element.send_keys(Keys.TAB)
    for pressed in ("true", "false"):
        browser.switch_to.active_element.send_keys(Keys.SPACE)
        assert browser.switch_to.active_element.get_attribute("aria-pressed") == pressed


def test_the_page_of_a_paper_has_a_star_and_a_mark_for_what_was_read(browser: Chrome, site: str) -> None:
    def button(words: str) -> WebElement:
        return browser.find_element(By.XPATH, f"//button[contains(., '{words}')]")

    open_page(browser, f"{site}papers/everything/", "document.querySelector('.sg-shelf-way')")
    assert not browser.find_element(By.CSS_SELECTOR, ".sg-shelf-way").is_displayed()
    button("Star").click()
    button("Mark as read").click()
    browser.refresh()
    wait_for(browser, "document.querySelector('.sg-shelf-way')")
    assert button("On your shelf").is_displayed()
    assert button("✓ Read").is_displayed()
    browser.find_element(By.LINK_TEXT, "Shelf (1)").click()
    wait_for(browser, "document.querySelector('#sg-shelf')?.children.length")
    assert listed(browser) == [NEWEST["everything"]]
    assert "1 paper, 1 read" in browser.find_element(By.ID, "sg-shelf").text
    open_page(browser, f"{site}topics/agents/", "document.querySelector('.sg-star')")
    assert ask(browser, "document.querySelectorAll('.sg-read').length") == 1


def test_another_tab_is_followed(browser: Chrome, site: str) -> None:
    open_shelf(browser, site)
    first = browser.current_window_handle
    browser.switch_to.new_window("tab")
    try:
        star(browser, site, 1)
        browser.close()
    finally:
        browser.switch_to.window(first)
    wait_for(browser, "document.querySelector('#sg-shelf .title')")
    assert listed(browser) == [NEWEST["everything"]]


# ---- taking along ---------------------------------------------------------------------------------------------------


def test_a_shelf_is_taken_as_bibtex_and_as_markdown(browser: Chrome, site: str, folder: Path, tmp_path: Path) -> None:
    star(browser, site)
    open_shelf(browser, site)
    downloads(browser, tmp_path)
    press(browser, "Take as BibTeX")
    files = [(folder / f"papers/{name}.bib").read_text("utf-8") for name in [*NEWEST][::-1]]
    assert downloaded(browser, tmp_path / "shelf.bib") == "\n".join(files)
    press(browser, "Take as Markdown")
    assert downloaded(browser, tmp_path / "shelf.md").splitlines() == [
        f"- [{title.replace('[', chr(92) + '[').replace(']', chr(92) + ']')}](<{site}papers/{name}/>)"
        for name, title in [*NEWEST.items()][::-1]
    ]


def test_what_cannot_be_loaded_is_said(browser: Chrome, site: str, tmp_path: Path) -> None:
    star(browser, site, 1)
    gone = json.dumps({"gone": {"title": "Gone", "starred": "2025-01-01T00:00:00Z", "read": ""}})
    browser.execute_script("localStorage.setItem('/repo/.shelf', arguments[0])", gone)
    open_shelf(browser, site)
    downloads(browser, tmp_path)
    press(browser, "Take as BibTeX")
    wait_for(browser, "document.querySelector('.sg-tools [role=status]').textContent.includes('No BibTeX')")
    assert list(tmp_path.iterdir()) == []


def test_removing_and_clearing_can_be_undone(browser: Chrome, site: str) -> None:
    star(browser, site)
    open_shelf(browser, site)
    press(browser, "Remove")
    assert len(listed(browser)) == 2
    assert browser.switch_to.active_element.text == "Undo"
    browser.switch_to.active_element.send_keys(Keys.ENTER)
    assert listed(browser) == [*NEWEST.values()][::-1]
    press(browser, "Clear")
    assert listed(browser) == []
    assert "It can be undone." in status(browser)
    press(browser, "Undo")
    assert listed(browser) == [*NEWEST.values()][::-1]
    assert console_errors(browser) == []


# ---- links ----------------------------------------------------------------------------------------------------------


def test_a_link_opens_the_same_list_for_another_person_who_may_keep_it(browser: Chrome, site: str) -> None:
    star(browser, site)
    open_shelf(browser, site)
    browser.execute_script(
        "navigator.clipboard.writeText = (text) => { window.copied = text; return Promise.resolve(); }"
    )
    press(browser, "Copy a link to this list")
    wait_for(browser, "window.copied")
    link = str(ask(browser, "window.copied"))
    assert link == f"{site}shelf/#ids={','.join([*NEWEST][::-1])}"
    with chromium() as other:
        other.get(link)
        wait_for(other, "document.querySelectorAll('#sg-shelf .title').length === 3")
        assert listed(other) == [*NEWEST.values()][::-1]
        press(other, "Keep these")
        open_shelf(other, site)
        assert sorted(listed(other)) == sorted(NEWEST.values())
        assert console_errors(other) == []


HOSTILE = [
    "#ids=<img src=x onerror=alert(1)>",
    "#ids=../../../etc/passwd,%2e%2e,everything/../nothing",
    "#ids=" + "a," * 100_000,
    "#ids=__proto__,constructor,toString",
    "#ids=,,,,",
    "#ids=javascript:alert(1)",
    "#ids=everything%22%3E%3Cscript%3E",
    "#ids=EVERYTHING,évérything,\u202egnihtyreve",
]


@pytest.mark.parametrize("fragment", HOSTILE, ids=[ascii(words[:40]) for words in HOSTILE])
def test_a_hostile_fragment_is_harmless(browser: Chrome, site: str, fragment: str) -> None:
    open_shelf(browser, site, fragment)
    wait_for(browser, "!document.querySelector('#sg-shelf').textContent.includes('Loading')")
    assert listed(browser) == []
    assert ask(browser, "document.querySelectorAll('#sg-shelf :is(img, script, iframe)').length") == 0
    asked = [address.removeprefix(site) for address in requests(browser) if "/papers/" in address]
    # Words that could be an id, which nobody has, are looked for and not found.
    looked_for = {f"papers/{name}{end}" for name in ("a", "constructor") for end in (".csl.json", "/")}
    assert set(asked) <= looked_for


def test_what_a_link_names_and_this_site_has_not_is_counted(browser: Chrome, site: str) -> None:
    open_shelf(browser, site, "#ids=nothing,nobody,derived")
    wait_for(browser, "document.querySelectorAll('#sg-shelf .title').length === 2")
    assert listed(browser) == [
        "Nothing but a title",
        "[DeepOdd: a title that was made from the abstract with k steps]",
    ]
    assert "1 paper of the link is not on this site." in browser.find_element(By.ID, "sg-shelf").text


# ---- where the browser keeps nothing --------------------------------------------------------------------------------

REFUSALS = {
    "refused": "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('', 'SecurityError') }})",
    "full": "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }",
}


@pytest.mark.parametrize("script", REFUSALS.values(), ids=REFUSALS.keys())
def test_where_nothing_can_be_kept_stars_work_until_the_page_is_left_and_say_so(site: str, script: str) -> None:
    with chromium() as chrome:
        chrome.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": script})
        star(chrome, site, 1)
        pressed = ask(chrome, "document.querySelector('.sg-star').getAttribute('aria-pressed')")
        assert pressed == "true"
        assert "it is lost when you leave this page" in status(chrome)
        chrome.find_element(By.CSS_SELECTOR, ".sg-star").click()
        assert ask(chrome, "document.querySelector('.sg-star').getAttribute('aria-pressed')") == "false"
        open_shelf(chrome, site)
        assert listed(chrome) == []


@pytest.mark.parametrize(
    "stored",
    [
        "no JSON",
        "null",
        "[1, 2]",
        '"words"',
        '{"everything": null, "x": 1}',
        '{"everything": {"title": 3}}',
        '{"<b>": {"title": "x", "starred": "2025"}}',
        '{"everything": {"title": "x", "starred": {}}}',
    ],
)
def test_somebody_elses_words_in_the_storage_are_no_shelf(browser: Chrome, site: str, stored: str) -> None:
    open_shelf(browser, site)
    browser.execute_script("localStorage.setItem('/repo/.shelf', arguments[0])", stored)
    open_shelf(browser, site)
    assert listed(browser) == []
    star(browser, site, 1)
    open_shelf(browser, site)
    assert listed(browser) == [NEWEST["everything"]]
    assert console_errors(browser) == []


def test_without_script_there_is_no_star_and_the_shelf_says_what_it_needs(site: str) -> None:
    with chromium("--blink-settings=scriptEnabled=false") as chrome:
        chrome.get(f"{site}topics/agents/")
        assert chrome.find_elements(By.CSS_SELECTOR, ".sg-star") == []
        chrome.get(f"{site}shelf/")
        assert chrome.find_element(By.CSS_SELECTOR, "article noscript p").text.startswith("The shelf needs JavaScript")


# ---- citations ------------------------------------------------------------------------------------------------------


def test_a_citation_is_copied_as_it_is_shown_or_as_its_file(browser: Chrome, site: str) -> None:
    open_page(browser, f"{site}papers/everything/", "document.querySelector('.cite button')")
    browser.execute_script(CLIPBOARD)
    # A file is copied as an item, whose text is a promise.
    browser.execute_script(
        "navigator.clipboard.write = async ([item]) =>"
        " (window.copied = await (await item.getType('text/plain')).text())"
    )
    for place, start in enumerate(
        ("Ada Byron, Grace Brewster Hopper", "@article{byron2025everything,", "TY  - JOUR", "[")
    ):
        browser.find_elements(By.CSS_SELECTOR, ".cite > label")[place].click()
        shown = [form for form in browser.find_elements(By.CSS_SELECTOR, ".cite > .form") if form.is_displayed()]
        assert len(shown) == 1
        shown[0].find_element(By.CSS_SELECTOR, "button").click()
        wait_for(browser, f"window.copied?.startsWith({json.dumps(start)})")
        assert shown[0].find_element(By.CSS_SELECTOR, "[role=status]").text == "Copied."


def test_citations_change_without_script_and_by_keyboard(site: str) -> None:
    with chromium("--blink-settings=scriptEnabled=false") as chrome:
        chrome.get(f"{site}papers/everything/")
        forms = chrome.find_elements(By.CSS_SELECTOR, ".cite > .form")
        assert [form.is_displayed() for form in forms] == [True, False, False, False]
        chrome.find_element(By.CSS_SELECTOR, ".cite input").send_keys(Keys.ARROW_RIGHT)
        assert [form.is_displayed() for form in forms] == [False, True, False, False]
