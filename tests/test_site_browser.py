"""The built site in a real browser: whole, quiet, narrow, by keyboard, without script, under "/" and "/repo/"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
import yaml
from browser import chromium, console_errors, foreign, requests, serve
from projects import SITE_URL, make_project
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait

from sitegen.build import build
from sitegen.config import settings_of
from sitegen.corpus import load_corpus
from sitegen.latex import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from selenium.webdriver import Chrome

    from sitegen.model import Paper

pytestmark = pytest.mark.browser
WIDTHS = (1280, 400, 320)


class Shown(NamedTuple):
    """A site that is served, and its papers."""

    address: str
    papers: tuple[Paper, ...]


def shown(project: Path, prefix: str) -> Iterator[Shown]:
    settings = settings_of(project / "mkdocs.yml")
    papers = load_corpus(settings.corpus_dir)[0].papers
    with serve(settings.out_dir, prefix) as address:
        yield Shown(address, papers)


@pytest.fixture(scope="module", params=["/", "/repo/"])
def site(request: pytest.FixtureRequest, seed_projects: dict[str, Path]) -> Iterator[Shown]:
    yield from shown(seed_projects[SITE_URL.rstrip("/") + request.param], request.param)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shown]:
    project = make_project(tmp_path_factory.mktemp("hostile"))
    build(settings_of(project / "mkdocs.yml"), 1, lambda *_: None)
    yield from shown(project, "/")


@pytest.fixture
def chrome(browser: Chrome) -> Iterator[Chrome]:
    """A browser whose size is as before in the end."""
    yield browser
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


@pytest.fixture(scope="module")
def scriptless() -> Iterator[Chrome]:
    """A browser that runs no page's script, and shows what stands in <noscript>."""
    with chromium("--blink-settings=scriptEnabled=false") as chrome:
        yield chrome


def wide(chrome: Chrome, width: int) -> None:
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    chrome.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)


def ask(chrome: Chrome, expression: str) -> Any:
    return chrome.execute_script(f"return {expression}")


def wait_for(chrome: Chrome, expression: str) -> None:
    WebDriverWait(chrome, 60, poll_frequency=0.05).until(lambda page: ask(page, expression), expression)


def assert_whole(chrome: Chrome, address: str) -> None:
    """A page without a fault, a foreign request, a second heading or a scroll to the side."""
    for width in WIDTHS:
        wide(chrome, width)
        chrome.get(address)
        wait_for(chrome, "document.readyState === 'complete'")
        assert ask(chrome, "document.querySelectorAll('h1').length") == 1
        assert ask(chrome, "document.querySelector('h1').getBoundingClientRect().height") > 0
        assert ask(chrome, "window.innerWidth") == width
        assert ask(chrome, "document.documentElement.scrollWidth") <= width, f"{address} scrolls at {width} px"
        # The browser itself reports that an address answered with 404.
        faults = [fault for fault in console_errors(chrome) if not fault.startswith(f"{address} - Failed to load")]
        assert faults == []
        assert foreign(requests(chrome), address) == []


def longest(papers: tuple[Paper, ...]) -> Paper:
    return max(papers, key=lambda paper: len(paper.title))


def with_formula(papers: tuple[Paper, ...]) -> Paper:
    return next(paper for paper in papers if r"\sim" in paper.abstract)


# ---- every kind of page ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("", id="home"),
        pytest.param("topics/", id="topics"),
        pytest.param("topics/llm-agents/", id="a topic"),
        pytest.param("browse/", id="all papers"),
        pytest.param("browse/undated/", id="a list"),
        pytest.param("browse/titles/", id="titles from A to Z"),
        pytest.param("exports/", id="exports"),
        pytest.param("kinds/benchmark/", id="a kind"),
        pytest.param("shelf/", id="the shelf"),
        pytest.param("stats/", id="statistics"),
        pytest.param("feeds/", id="feeds"),
        pytest.param("search/?q=agents", id="search"),
        pytest.param("guide/", id="the guide"),
        pytest.param("guide/record/", id="a page with a wide table"),
        pytest.param("nowhere/at/all/", id="404"),
    ],
)
def test_a_page_is_whole_at_any_width(chrome: Chrome, site: Shown, path: str) -> None:
    assert_whole(chrome, site.address + path)


@pytest.mark.parametrize("choose", [longest, with_formula])
def test_a_paper_is_whole_at_any_width(chrome: Chrome, site: Shown, choose: Any) -> None:
    assert_whole(chrome, f"{site.address}papers/{choose(site.papers).id}/")


@pytest.mark.parametrize("name", ["hostile", "derived", "removed", "merged-too", "xshellpagex", "paper-0a1b2c3d"])
def test_a_hostile_record_stays_words(chrome: Chrome, hostile: Shown, name: str) -> None:
    # A page that a record was merged away from leads on at once.
    target = "survivor" if name.startswith("merged") else name
    if target == name:
        assert_whole(chrome, f"{hostile.address}papers/{name}/")
    else:
        chrome.get(f"{hostile.address}papers/{name}/")
        wait_for(chrome, f"location.pathname === '/papers/{target}/'")
    strange = "script, img, iframe, svg:not(.meter, .spark), style"
    assert ask(chrome, f"document.querySelectorAll('article :is({strange})').length") == 0
    title = next(paper.title for paper in hostile.papers if paper.id == target)
    assert plain_text(title) in str(ask(chrome, "document.querySelector('h1').textContent"))


def test_a_wrong_address_leads_back(chrome: Chrome, site: Shown) -> None:
    chrome.get(f"{site.address}nowhere/at/all/")
    chrome.find_element(By.LINK_TEXT, "all papers").click()
    wait_for(chrome, f"location.href === '{site.address}browse/'")
    assert [fault for fault in console_errors(chrome) if "nowhere" not in fault] == []


def test_a_wrong_address_is_searched_for(chrome: Chrome, site: Shown) -> None:
    chrome.get(f"{site.address}papers/agent-learning-via-early/")
    wait_for(chrome, "document.querySelector('[data-result]')")
    found = chrome.find_elements(By.CSS_SELECTOR, "[data-result]")
    assert found[0].get_attribute("data-result") == "agent-learning-via-early-experience"
    assert foreign(requests(chrome), site.address) == []
    assert [fault for fault in console_errors(chrome) if "early" not in fault] == []


@pytest.mark.parametrize("path", ["papers/%E0%A4%A/", "404.html", "papers/--/", "papers/index/"])
def test_an_address_without_words_is_not_searched_for(chrome: Chrome, site: Shown, path: str) -> None:
    chrome.get(site.address + path)
    assert chrome.find_element(By.CSS_SELECTOR, "h1").text == "This page is not here"
    wait_for(chrome, "document.readyState === 'complete'")
    assert chrome.find_elements(By.CSS_SELECTOR, "[data-result]") == []
    assert [fault for fault in console_errors(chrome) if "404" not in fault] == []


def test_feeds_are_found_from_a_page_once_it_is_there(chrome: Chrome, site: Shown) -> None:
    chrome.get(f"{site.address}topics/llm-agents/")
    wait_for(chrome, "document.readyState === 'complete'")
    found = ask(chrome, "[...document.querySelectorAll('link[rel=alternate]')].map(link => link.href)")
    kinds = (".atom.xml", ".rss.xml", ".json")
    feeds = [f"feeds/{name}{kind}" for name in ("topics/llm-agents", "all") for kind in kinds]
    assert found[:6] == [site.address + feed for feed in feeds]


# ---- by keyboard ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [1280, 400])
def test_the_search_box_is_reached_by_keyboard(chrome: Chrome, site: Shown, width: int) -> None:
    wide(chrome, width)
    chrome.get(f"{site.address}topics/llm-agents/")
    for _ in range(12):
        chrome.switch_to.active_element.send_keys(Keys.TAB)
        if chrome.switch_to.active_element.get_attribute("id") == "sg-search-input":
            break
    box = chrome.switch_to.active_element
    assert box.get_attribute("id") == "sg-search-input"
    assert box.is_displayed()
    assert ask(chrome, "document.activeElement.getBoundingClientRect().width") >= 40


def test_a_slash_leads_to_the_search_box(chrome: Chrome, site: Shown) -> None:
    chrome.get(site.address)
    wait_for(chrome, "document.readyState === 'complete'")
    chrome.find_element(By.TAG_NAME, "body").send_keys("/")
    assert chrome.switch_to.active_element.get_attribute("id") == "sg-search-input"


@pytest.mark.parametrize("width", [1280, 400])
def test_the_header_of_a_paper_finds_that_paper(chrome: Chrome, site: Shown, width: int) -> None:
    wide(chrome, width)
    paper = longest(site.papers)
    chrome.get(f"{site.address}papers/{paper.id}/")
    box = chrome.find_element(By.ID, "sg-search-input")
    box.send_keys(" ".join(plain_text(paper.title).replace(":", " ").split()[:6]))
    box.send_keys(Keys.ENTER)
    wait_for(chrome, f"location.href.startsWith('{site.address}search/?q=')")
    wait_for(chrome, "document.querySelector('[data-result]')")
    found = chrome.find_elements(By.CSS_SELECTOR, "[data-result]")
    assert found[0].get_attribute("data-result") == paper.id
    found[0].find_element(By.CSS_SELECTOR, "a").click()
    wait_for(chrome, f"location.href.startsWith('{site.address}papers/{paper.id}/')")
    assert console_errors(chrome) == []
    assert foreign(requests(chrome), site.address) == []


# ---- light and dark -------------------------------------------------------------------------------------------------


def test_the_palette_switches_and_stays(chrome: Chrome, site: Shown) -> None:
    scheme = "document.body.getAttribute('data-md-color-scheme')"
    back = "getComputedStyle(document.body).backgroundColor"
    chrome.get(site.address)
    wait_for(chrome, "document.readyState === 'complete'")
    before, light = ask(chrome, scheme), ask(chrome, back)
    buttons = chrome.find_elements(By.CSS_SELECTOR, "#sg-palette button")
    assert [button.is_displayed() for button in buttons].count(True) == 1
    next(button for button in buttons if button.is_displayed()).click()
    wait_for(chrome, f"{scheme} !== '{before}'")
    after = ask(chrome, scheme)
    assert {before, after} == {"default", "slate"}
    wait_for(chrome, f"{back} !== '{light}'")
    chrome.get(f"{site.address}topics/")
    wait_for(chrome, f"{scheme} === '{after}'")
    chrome.execute_script("localStorage.clear()")
    assert console_errors(chrome) == []


def test_the_switch_has_a_name_and_works_by_keyboard_behind_the_search_box(chrome: Chrome, site: Shown) -> None:
    chrome.get(f"{site.address}papers/{site.papers[0].id}/")
    wait_for(chrome, "document.readyState === 'complete'")
    scheme = "document.body.getAttribute('data-md-color-scheme')"
    before = ask(chrome, scheme)
    chrome.find_element(By.ID, "sg-search-input").send_keys(Keys.TAB)
    switch = chrome.switch_to.active_element
    names = {"default": "Switch to dark", "slate": "Switch to light"}
    assert (switch.aria_role, switch.accessible_name) == ("button", names[before])
    switch.send_keys(Keys.ENTER)
    after = ask(chrome, scheme)
    assert {before, after} == set(names)
    # The other one has taken its place, and the focus.
    assert chrome.switch_to.active_element.accessible_name == names[after]
    chrome.switch_to.active_element.send_keys(Keys.SPACE)
    assert ask(chrome, scheme) == before
    chrome.execute_script("localStorage.clear()")


def test_the_palettes_of_a_project_stand_in_its_pages_and_are_gone_through(chrome: Chrome, tmp_path: Path) -> None:
    palettes = [
        {"name": "Sepia & “more”", "scheme": "slate", "primary": "brown"},
        {"name": "Third", "accent": "teal"},
    ]
    config = make_project(tmp_path) / "mkdocs.yml"
    settings = yaml.safe_load(config.read_text("utf-8"))
    settings["theme"]["palette"] = [
        {"toggle": {"name": one["name"], "icon": "material/eye"}, **{key: one[key] for key in one if key != "name"}}
        for one in palettes
    ]
    config.write_text(yaml.safe_dump(settings), "utf-8")
    build(settings_of(config), 1, lambda *_: None)
    with serve(settings_of(config).out_dir) as address:
        chrome.get(address)
        state = "[...document.querySelectorAll('#sg-palette button')].map((one) => [one.title, one.hidden])"
        colours = "['scheme', 'primary', 'accent'].map((name) => document.body.getAttribute(`data-md-color-${name}`))"
        names = [one["name"] for one in palettes]
        assert ask(chrome, state) == [[names[0], False], [names[1], True]]
        assert ask(chrome, colours) == ["slate", "brown", "indigo"]
        chrome.find_element(By.CSS_SELECTOR, "#sg-palette button").click()
        assert ask(chrome, state) == [[names[0], True], [names[1], False]]
        assert ask(chrome, colours) == ["default", "indigo", "teal"]
        chrome.refresh()
        assert ask(chrome, colours) == ["default", "indigo", "teal"]
        assert console_errors(chrome) == []


def test_every_page_offers_its_search_to_the_browser_once(chrome: Chrome, site: Shown) -> None:
    for path in ("", "topics/", f"papers/{site.papers[0].id}/"):
        chrome.get(site.address + path)
        wait_for(chrome, "document.querySelector('link[rel=search]') !== null")
        links = ask(
            chrome, "[...document.querySelectorAll('link[rel=search]')].map((one) => [one.type, one.title, one.href])"
        )
        title = ask(chrome, "document.querySelector('meta[property=\"og:site_name\"]').content")
        assert links == [["application/opensearchdescription+xml", title, f"{site.address}assets/opensearch.xml"]]


# ---- without script -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["", "topics/llm-agents/", "feeds/", "guide/"])
def test_pages_are_read_without_script(scriptless: Chrome, site: Shown, path: str) -> None:
    requests(scriptless)
    scriptless.get(site.address + path)
    assert scriptless.find_element(By.CSS_SELECTOR, "h1").is_displayed()
    assert scriptless.find_elements(By.CSS_SELECTOR, "header button") == [], "no button that does nothing"
    links = scriptless.find_elements(By.CSS_SELECTOR, "article a[href]")
    assert len([link for link in links if link.is_displayed()]) >= 5
    assert foreign(requests(scriptless), site.address) == []


def test_a_paper_is_read_and_search_says_what_it_needs_without_script(scriptless: Chrome, site: Shown) -> None:
    paper, chrome = with_formula(site.papers), scriptless
    chrome.get(f"{site.address}papers/{paper.id}/")
    words = chrome.find_element(By.CSS_SELECTOR, "article").text
    assert " ".join(plain_text(paper.title).split()) in " ".join(words.split())
    assert "Abstract" in words
    assert chrome.find_element(By.CSS_SELECTOR, "article math").is_displayed()
    box = chrome.find_element(By.ID, "sg-search-input")
    box.send_keys("agents", Keys.ENTER)
    WebDriverWait(chrome, 60).until(lambda page: page.current_url == f"{site.address}search/?q=agents")
    assert chrome.find_element(By.CSS_SELECTOR, "article noscript p").text.startswith("Searching needs JavaScript.")
    chrome.find_element(By.CSS_SELECTOR, "article a[href='../browse/']").click()
    WebDriverWait(chrome, 60).until(lambda page: page.current_url == f"{site.address}browse/")


def test_formulas_stand_in_their_lines(chrome: Chrome, site: Shown) -> None:
    chrome.get(f"{site.address}papers/{with_formula(site.papers).id}/")
    wait_for(chrome, "document.querySelector('p math') !== null")
    floats = "[...document.querySelectorAll('p math, p :has(math)')].map((part) => getComputedStyle(part).float)"
    assert set(ask(chrome, floats)) == {"none"}, "Material floats what is of class inline"
