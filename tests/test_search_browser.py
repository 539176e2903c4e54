"""Search in a real browser: stock lunr.js as the oracle of the index, and what readers see and press."""

from __future__ import annotations

import re
import shutil
import unicodedata
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest
from browser import console_errors, foreign, requests, serve
from lunr.stop_word_filter import WORDS
from search_corpus import HOSTILE, LUNR_JS, MADE, listings, seed_papers, write_site
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait
from test_search import HARD_WORDS

from sitegen.latex import plain_text
from sitegen.model import Paper
from sitegen.render.search import lunr_index
from sitegen.search.analysis import terms, words
from sitegen.search.stemmer import stem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from selenium.webdriver import Chrome
    from selenium.webdriver.remote.webelement import WebElement

pytestmark = pytest.mark.browser
PAPERS = [*MADE, *seed_papers()]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("site")
    write_site(path, PAPERS)
    return path


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[str]:
    with serve(folder, "/repo/") as address:
        yield address


@pytest.fixture(scope="module", params=["/", "/repo/"])
def anywhere(request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    with serve(folder, request.param) as address:
        yield address


@pytest.fixture
def broken(folder: Path, tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A copy of the site whose files a test may spoil."""
    copy = tmp_path / "site"
    shutil.copytree(folder, copy)
    with serve(copy) as address:
        yield address, copy


# ---- the index in stock lunr.js -------------------------------------------------------------------------------------


@pytest.fixture
def oracle(browser: Chrome, tmp_path: Path) -> Iterator[Chrome]:
    """A page with nothing but stock lunr.js and the index: `window.index`."""
    shutil.copy(LUNR_JS, tmp_path / "lunr.js")
    (tmp_path / "index.json").write_bytes(lunr_index(listings(PAPERS)))
    (tmp_path / "index.html").write_text(
        '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><script src="lunr.js"></script>'
    )
    with serve(tmp_path) as address:
        browser.get(address)
        ask(browser, "fetch('index.json').then(r => r.json()).then(j => { window.index = lunr.Index.load(j); })")
        yield browser


def ask(chrome: Chrome, promise: str, *arguments: object) -> Any:
    """Give what a JavaScript expression comes to; the arguments are `args`."""
    return chrome.execute_async_script(
        f"const args = [...arguments], done = args.pop(); Promise.resolve({promise}).then(done, e => done('' + e))",
        *arguments,
    )


def vocabulary() -> set[str]:
    """Every form of every word in the seeds and in the papers made by hand."""
    texts = [text for paper in PAPERS for text in (paper.title, paper.abstract)]
    tokens = {word for text in texts for word in words(text)}
    return tokens | {part for token in tokens for part in re.findall(r"\w+", token)} | set(HARD_WORDS)


def test_both_stemmers_agree_on_every_word_of_the_seeds(oracle: Chrome) -> None:
    asked = sorted(vocabulary())
    assert len(asked) > 6000
    theirs = ask(oracle, "args[0].map(word => lunr.stemmer(new lunr.Token(word)).toString())", asked)
    assert {word: stem(word) for word in asked} == dict(zip(asked, theirs, strict=True))


def plain_words(text: str) -> set[str]:
    """The words of a text, found otherwise than the index does: runs of letters, without accents, no stop words."""
    runs = re.findall(r"\w+", text.lower())
    folded = {unicodedata.normalize("NFKD", run).encode("ascii", "ignore").decode() for run in runs}
    return {word for word in folded if len(word) > 1} - set(WORDS)


def test_every_word_finds_exactly_the_papers_that_have_its_stem(oracle: Chrome) -> None:
    held = {p.id: plain_words(f"{plain_text(p.title)} {plain_text(p.abstract)}") for p in seed_papers()}
    asked = sorted({word for of_paper in held.values() for word in of_paper if word.isalpha()})
    stems = dict(zip(asked, ask(oracle, "args[0].map(w => lunr.stemmer(new lunr.Token(w)) + '')", asked), strict=True))
    stems_of = {paper: {stems[word] for word in of_paper if word in stems} for paper, of_paper in held.items()}
    found = ask(oracle, "args[0].map(word => index.search(word).map(hit => hit.ref))", asked)
    made = {paper.id for paper in MADE}
    for word, refs in zip(asked, found, strict=True):
        truth = {paper for paper, of_paper in stems_of.items() if stems[word] in of_paper}
        assert set(refs) - made == truth, word


@pytest.mark.parametrize(
    ("query", "found"),
    [
        pytest.param("essay", "accented", id="a y after a vowel"),
        pytest.param("always", "accented", id="and its plural"),
        pytest.param("Šnajder", "accented", id="an author with accents"),
        pytest.param("snajder", "accented", id="the same without"),
        pytest.param("authors:muller", "accented", id="in one field"),
        pytest.param("naive", "accented", id="a title's word without its accent"),
        pytest.param("naïve", "accented", id="and with it"),
        pytest.param("year:2022", "chinese", id="a year"),
        pytest.param("学习", "chinese", id="a Chinese word inside a run"),
        pytest.param("decoder", "parts", id="a part of a word with a stroke"),
        pytest.param("medical", "parts", id="a word that LaTeX had cut"),
    ],
)
def test_stock_lunr_js_finds_it(oracle: Chrome, query: str, found: str) -> None:
    assert found in ask(oracle, "index.search(args[0]).map(hit => hit.ref)", query)


@pytest.mark.parametrize("word", ["survey", "way", "always", "today", "play", "essay"])
def test_words_that_stock_lunr_py_loses_are_found(oracle: Chrome, word: str) -> None:
    holding = {p.id for p in PAPERS if re.search(rf"\b{word}s?\b", f"{p.title} {p.abstract}", re.IGNORECASE)}
    assert holding or word in ("today", "play")
    assert holding <= set(ask(oracle, "index.search(args[0]).map(hit => hit.ref)", word))


def test_the_client_cuts_words_as_the_builder_does(browser: Chrome, site: str) -> None:
    browser.get(site)
    asked = sorted(word for word in vocabulary() if terms(word))
    load = "import(new URL('assets/search-words.js', args[1]))"
    theirs = ask(
        browser, f"{load}.then(m => args[0].map(w => [m.trimWord(w), m.foldAccents(m.trimWord(w))]))", asked, site
    )
    for word, forms in zip(asked, theirs, strict=True):
        unknown = [form for form in forms if form and form not in WORDS and stem(form) not in terms(word)]
        assert not unknown, word


# ---- the search page ------------------------------------------------------------------------------------------------


def results(chrome: Chrome) -> list[str]:
    found = chrome.find_elements(By.CSS_SELECTOR, "#sg-search-results [data-result]")
    return [str(element.get_attribute("data-result")) for element in found]


def one(chrome: Chrome, selector: str) -> WebElement:
    """Give the element once it is there and visible."""
    wait = WebDriverWait(chrome, 15, poll_frequency=0.05)
    wait.until(lambda page: any(e.is_displayed() for e in page.find_elements(By.CSS_SELECTOR, selector)), selector)
    return chrome.find_element(By.CSS_SELECTOR, selector)


def wait_for(chrome: Chrome, expression: str) -> None:
    WebDriverWait(chrome, 15, poll_frequency=0.05).until(
        lambda page: page.execute_script(f"return {expression}"), expression
    )


def search(chrome: Chrome, site: str, query: str, more: str = "") -> str:
    """Open the search page at a query and give the line that counts."""
    chrome.get(f"{site}search/?{urlencode({'q': query})}{more}")
    return one(chrome, "#sg-search-results .sg-count").text


@pytest.mark.parametrize(
    "query",
    [
        "survey",
        "language model",
        "+reward -policy",
        "title:agent",
        "gener*",
        "m*dal",
        "reinforcment~1",
        "model^5 data",
        "-model",
    ],
)
def test_the_search_page_shows_lunrs_results_in_lunrs_order(browser: Chrome, anywhere: str, query: str) -> None:
    search(browser, anywhere, query)
    index = "fetch(new URL('search/index.json', args[1])).then(r => r.json()).then(j => lunr.Index.load(j))"
    stock = ask(browser, f"{index}.then(i => i.search(args[0]).map(hit => hit.ref))", query, anywhere)
    assert len(stock) > 1
    assert results(browser) == stock
    assert not console_errors(browser)


def test_a_result_says_what_it_is_and_why(browser: Chrome, anywhere: str) -> None:
    assert search(browser, anywhere, "essay muller") == "1 paper found for “essay muller”"
    item = one(browser, "[data-result=accented]")
    link = item.find_element(By.CSS_SELECTOR, "h2 a")
    assert link.text == "Naïve Bayes revisited"
    assert link.get_attribute("href") == f"{anywhere}papers/accented/"
    assert item.find_element(By.CSS_SELECTOR, ".sg-meta").text == "2023 · Željko Šnajder, José Müller, Ann Ø and 2 more"
    topic = item.find_element(By.CSS_SELECTOR, ".sg-topics a")
    assert (topic.text, topic.get_attribute("href")) == ("Robots", f"{anywhere}topics/robot-learning/")
    assert [mark.text for mark in item.find_elements(By.TAG_NAME, "mark")] == ["Müller", "essay"]
    assert browser.execute_script("return document.querySelector('[role=status]').textContent").startswith(
        "1 paper found"
    )


def test_a_snippet_shows_the_hits_wherever_they_stand(browser: Chrome, site: str) -> None:
    search(browser, site, "rest digs")
    item = one(browser, "[data-result=derived]")
    snippet = item.find_element(By.CSS_SELECTOR, ".sg-snippet").text
    assert snippet.startswith("Wombats rest by day. Filler stands here")
    assert snippet.endswith("At night a wombat digs.")
    assert " … " in snippet
    assert item.find_element(By.CSS_SELECTOR, "h2").text.startswith("[Wombat: a dataset]")
    assert item.find_element(By.CSS_SELECTOR, ".sg-meta").text == "no date · 6 authors"
    assert [mark.text for mark in item.find_elements(By.TAG_NAME, "mark")] == ["rest", "digs"]


def test_text_of_records_is_only_ever_text(browser: Chrome, site: str) -> None:
    search(browser, site, "quokka marsupial")
    item = one(browser, "[data-result=hostile]")
    assert item.find_element(By.CSS_SELECTOR, "h2").text == HOSTILE
    assert "<b>Eve</b>" in item.text
    assert "<script>document.title='fired'</script> & nothing &amp; more" in item.text
    type_in(browser, "quokka")
    assert HOSTILE in one(browser, "[data-suggestion=hostile]").text
    assert not browser.find_elements(
        By.CSS_SELECTOR, "#sg-search-results img, #sg-search-form img, #sg-search-results b"
    )
    assert browser.title != "fired"
    assert "for “<img src=x onerror=alert(1)>”" in search(browser, site, "<img src=x onerror=alert(1)>")
    assert not browser.find_elements(By.TAG_NAME, "img")


def test_hand_written_pages_are_a_group_of_their_own(browser: Chrome, site: str) -> None:
    counted = search(browser, site, "marsupial")
    assert counted == "2 papers found for “marsupial”, best first; 1 page of this site"
    page = one(browser, "[data-page='about/']")
    assert page.find_element(By.TAG_NAME, "a").get_attribute("href") == f"{site}about/"
    assert "<i>how</i>" in page.text
    assert "; 1 page of this site" in search(browser, site, "newest")
    assert one(browser, "[data-page='']").find_element(By.TAG_NAME, "a").get_attribute("href") == site


@pytest.mark.parametrize(
    ("query", "note", "found"),
    [
        pytest.param("nofield:wombat", "unrecognised field 'nofield'", "derived", id="a field that is none"),
        pytest.param("wombat~x", "edit distance must be numeric", "derived", id="a distance that is no number"),
        pytest.param("Wombat: a dataset", "unrecognised field 'Wombat'", "derived", id="a title pasted whole"),
        pytest.param(
            "“wombats”,", "as typed; searched for wombats", "derived", id="punctuation that the index has not"
        ),
        pytest.param("机器学习综述?", "as typed; searched for 机器", "chinese", id="a long Chinese run"),
        pytest.param("wombat~9", "More than four slips", "derived", id="more slips than a browser can do"),
    ],
)
def test_what_cannot_run_as_typed_runs_otherwise_and_says_so(
    browser: Chrome, site: str, query: str, note: str, found: str
) -> None:
    search(browser, site, query)
    assert note in " ".join(element.text for element in browser.find_elements(By.CSS_SELECTOR, ".sg-note"))
    assert found in results(browser)


def test_words_lost_to_punctuation_are_offered(browser: Chrome, site: str) -> None:
    search(browser, site, "essay quokka, café")
    assert "hostile" not in results(browser)
    one(browser, ".sg-note a").click()
    wait_for(browser, "document.querySelector('[data-result=hostile]') !== null")
    assert {"accented", "hostile"} <= set(results(browser))


def test_no_hit_is_said_in_words_with_ways_out(browser: Chrome, site: str) -> None:
    assert search(browser, site, "xyzzyplugh").startswith("Nothing found for “xyzzyplugh”.")
    hrefs = [a.get_attribute("href") for a in browser.find_elements(By.CSS_SELECTOR, ".sg-count a")]
    assert hrefs == [f"{site}topics/", f"{site}browse/"]


def test_a_query_of_operators_alone_is_explained(browser: Chrome, site: str) -> None:
    assert search(browser, site, "-").startswith("Nothing found")
    assert "expecting term or field, found nothing" in one(browser, ".sg-note").text


def test_without_a_query_the_page_says_how_to_search(browser: Chrome, site: str) -> None:
    browser.get(f"{site}search/?q=+")
    assert "authors:" in one(browser, "#sg-search-results .sg-note").text
    assert not [address for address in requests(browser) if address.endswith(("lunr.js", "index.json"))]


def test_back_and_forward_go_through_the_searches(browser: Chrome, site: str) -> None:
    search(browser, site, "wombat")
    box = one(browser, "#sg-search-input")
    box.clear()
    box.send_keys("quokka", Keys.ENTER)
    wait_for(browser, "document.querySelector('[data-result=hostile]') !== null")
    assert browser.current_url.endswith("search/?q=quokka")
    assert browser.title == "quokka · Search"
    browser.back()
    wait_for(browser, "document.querySelector('[data-result=derived]') !== null")
    assert box.get_attribute("value") == "wombat"
    browser.forward()
    wait_for(browser, "document.querySelector('[data-result=hostile]') !== null")
    one(browser, "[data-result=hostile] h2 a").click()
    wait_for(browser, "location.pathname.endsWith('/papers/hostile/')")
    browser.back()
    wait_for(browser, "document.querySelector('[data-result=hostile]') !== null")


# ---- failures -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "spoil", "said"),
    [
        pytest.param(
            "search/index.json", None, "(index.json) could not be loaded: the server says 404.", id="no index"
        ),
        pytest.param("search/papers.json", None, "(papers.json) could not be loaded", id="no records"),
        pytest.param("assets/lunr.js", None, "(lunr.js) could not be loaded", id="no library"),
        pytest.param("assets/lunr.js", b"0", "(lunr.js) could not be loaded", id="another library"),
        pytest.param("search/index.json", b'{"version":"2.3', "incomplete or garbled", id="half an index"),
        pytest.param("search/index.json", b'{"version":"2.3.9"}', "is damaged", id="an index that is none"),
    ],
)
def test_a_failure_is_said_and_can_be_tried_again(
    browser: Chrome, broken: tuple[str, Path], name: str, spoil: bytes | None, said: str
) -> None:
    address, folder = broken
    whole = (folder / name).read_bytes()
    (folder / name).unlink()
    if spoil is not None:
        (folder / name).write_bytes(spoil)
    browser.get(f"{address}search/?q=wombat")
    assert said in one(browser, "#sg-search-results .sg-failure").text
    (folder / name).write_bytes(whole)
    one(browser, ".sg-retry").click()
    wait_for(browser, "document.querySelector('[data-result=derived]') !== null")


def test_a_failure_is_said_in_the_drop_down_too(browser: Chrome, broken: tuple[str, Path]) -> None:
    address, folder = broken
    whole = (folder / "search/index.json").read_bytes()
    (folder / "search/index.json").unlink()
    browser.get(address)
    type_in(browser, "womb")
    assert "could not be loaded" in one(browser, ".sg-panel .sg-failure").text
    (folder / "search/index.json").write_bytes(whole)
    one(browser, ".sg-panel .sg-retry").click()
    one(browser, "[data-suggestion=derived]")


def test_the_scripts_themselves_may_be_missing(browser: Chrome, broken: tuple[str, Path]) -> None:
    address, folder = broken
    (folder / "assets/search-page.js").unlink()
    browser.get(f"{address}search/?q=wombat")
    wait_for(browser, "document.querySelector('#sg-search-results button') !== null")
    assert "could not be loaded" in one(browser, "#sg-search-results p").text


def test_papers_are_found_without_the_index_of_pages(browser: Chrome, broken: tuple[str, Path]) -> None:
    address, folder = broken
    (folder / "search/pages.json").write_bytes(b"<!doctype html>")
    search(browser, address, "marsupial")
    assert results(browser)
    assert "own pages could not be searched" in one(browser, ".sg-note").text


def test_a_paper_without_its_record_is_shown_by_its_id(browser: Chrome, broken: tuple[str, Path]) -> None:
    address, folder = broken
    (folder / "search/papers.json").write_bytes(b"{}")
    search(browser, address, "wombat")
    link = one(browser, "[data-result=derived] a")
    assert (link.text, link.get_attribute("href")) == ("derived", f"{address}papers/derived/")


def test_more_than_300_results_are_paged(browser: Chrome, tmp_path: Path) -> None:
    papers = [Paper(f"p{at:03}", f"Zebra {at}", f"2025-01-01T00:{at // 60:02}:{at % 60:02}Z") for at in range(301)]
    write_site(tmp_path, papers)
    with serve(tmp_path) as address:
        assert search(browser, address, "zebra").startswith("301 papers found")
        first = results(browser)
        one(browser, ".sg-paging a[rel=next]").click()
        wait_for(browser, "location.search.endsWith('page=2') && document.querySelector('[data-result]') !== null")
        second = results(browser)
        assert sorted(first + second) == [paper.id for paper in papers]
        search(browser, address, "zebra", "&page=9")
        assert "behind the last result" in one(browser, "#sg-search-results").text


# ---- the box --------------------------------------------------------------------------------------------------------


def type_in(chrome: Chrome, text: str) -> WebElement:
    box = one(chrome, "#sg-search-input")
    chrome.execute_script("arguments[0].value = ''", box)
    box.send_keys(text)
    return box


def suggestions(chrome: Chrome) -> list[str]:
    found = chrome.find_elements(By.CSS_SELECTOR, "[data-suggestion]")
    return [str(element.get_attribute("data-suggestion")) for element in found]


def test_nothing_but_a_small_script_loads_before_the_box_is_touched(browser: Chrome, anywhere: str) -> None:
    browser.get(anywhere)
    before = requests(browser)
    assert [address for address in before if address.endswith((".js", ".json"))] == [f"{anywhere}assets/search.js"]
    type_in(browser, "wombat")
    one(browser, "[data-suggestion]")
    after = requests(browser)
    assert f"{anywhere}search/index.json" in after
    assert not foreign(before + after, anywhere)
    assert not console_errors(browser)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("wom", "derived", id="three letters"),
        pytest.param("Wombat dig", "derived", id="a whole word and a begun one"),
        pytest.param("marsupials", "hostile", id="a word that the stemmer shortens"),
        pytest.param("revisitin", "accented", id="a word within its ending"),
        pytest.param("of the essay", "accented", id="stop words do not matter"),
        pytest.param("“naïve", "accented", id="punctuation does not matter"),
        pytest.param("authors:snajder", "accented", id="a field"),
        pytest.param("机器学习", "chinese", id="a Chinese run"),
        pytest.param("学", "chinese", id="one Chinese sign"),
        pytest.param("wombat ", "derived", id="a finished word"),
    ],
)
def test_papers_are_suggested_as_one_types(browser: Chrome, site: str, text: str, found: str) -> None:
    browser.get(site)
    type_in(browser, text)
    one(browser, f"[data-suggestion={found}]")
    assert len(suggestions(browser)) <= 8


@pytest.mark.parametrize("text", ["wo", "wombat~", "*bat", "title:", "the "])
def test_nothing_is_suggested_yet(browser: Chrome, site: str, text: str) -> None:
    browser.get(site)
    type_in(browser, "womb")
    one(browser, "[data-suggestion=derived]")
    type_in(browser, text)
    wait_for(browser, "document.querySelector('.sg-panel').hidden")


def test_what_no_paper_begins_with_is_said(browser: Chrome, site: str) -> None:
    browser.get(site)
    type_in(browser, "xyzzyplugh")
    assert "No paper begins like this" in one(browser, ".sg-none").text
    assert one(browser, "#sg-search-input").get_attribute("aria-expanded") == "false"


def test_the_keyboard_is_enough(browser: Chrome, site: str) -> None:
    browser.get(site)
    browser.find_element(By.TAG_NAME, "body").send_keys("/")
    wait_for(browser, "document.activeElement.id === 'sg-search-input'")
    box = type_in(browser, "marsupial")
    assert box.get_attribute("value") == "marsupial"
    one(browser, "[data-suggestion]")
    shown = suggestions(browser)
    assert box.get_attribute("aria-expanded") == "true"
    box.send_keys(Keys.ARROW_DOWN, Keys.ARROW_DOWN)
    active = browser.find_element(By.ID, str(box.get_attribute("aria-activedescendant")))
    assert active.get_attribute("data-suggestion") == shown[1]
    assert active.get_attribute("aria-selected") == "true"
    box.send_keys(Keys.ESCAPE)
    wait_for(browser, "document.querySelector('.sg-panel').hidden")
    assert box.get_attribute("value") == "marsupial"
    box.send_keys(Keys.ARROW_DOWN)
    one(browser, "[data-suggestion]")
    box.send_keys(Keys.ARROW_UP)
    all_results = browser.find_element(By.CSS_SELECTOR, ".sg-all")
    assert box.get_attribute("aria-activedescendant") == all_results.get_attribute("id")
    box.send_keys(Keys.ARROW_DOWN)
    assert box.get_attribute("aria-activedescendant") is None
    box.send_keys(Keys.ARROW_DOWN, Keys.ENTER)
    wait_for(browser, f"location.pathname.endsWith('/papers/{shown[0]}/')")


def test_enter_in_the_box_goes_to_the_search_page(browser: Chrome, anywhere: str) -> None:
    browser.get(f"{anywhere}papers/parts/")
    type_in(browser, "wombat").send_keys(Keys.ENTER)
    wait_for(browser, "location.pathname.endsWith('/search/')")
    one(browser, "[data-result=derived]")


def test_single_keys_can_be_off_and_are_letters_while_one_types(browser: Chrome, site: str) -> None:
    browser.get(site)
    assert type_in(browser, "s/s").get_attribute("value") == "s/s"
    browser.execute_script("localStorage.setItem('sg-keys', 'off'); document.activeElement.blur()")
    browser.find_element(By.TAG_NAME, "body").send_keys("s")
    assert browser.execute_script("return document.activeElement.id") == ""
    browser.execute_script("localStorage.clear()")


def test_the_drop_down_fits_a_phone_and_screen_readers_hear_the_number(browser: Chrome, site: str) -> None:
    browser.set_window_size(400, 800)
    try:
        browser.get(site)
        type_in(browser, "marsupial")
        panel = one(browser, ".sg-panel").rect
        assert panel["x"] >= 0
        width = browser.execute_script("return document.documentElement.clientWidth")
        assert panel["x"] + panel["width"] <= width
        assert browser.execute_script("return document.documentElement.scrollWidth") <= width
        assert browser.execute_script("return document.querySelector('[role=status]').textContent") == "2 papers found"
    finally:
        browser.set_window_size(1280, 1000)
