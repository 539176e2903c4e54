"""Search in a real browser: stock lunr.js as the oracle of the index, and what readers see and press."""

from __future__ import annotations

import json
import re
import shutil
import unicodedata
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from browser import console_errors, foreign, requests, serve
from lunr.stop_word_filter import WORDS
from search_corpus import ASSETS, HOSTILE, LUNR_JS, MADE, bibtex, listings, seed_papers, varied, write_site
from search_seen import below, read_index
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait
from test_search import HARD_WORDS

from sitegen.latex import plain_text
from sitegen.machine_pages import PageText
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
PAPERS = varied([*MADE, *seed_papers()])
SORTED = sorted(PAPERS, key=lambda paper: paper.order)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("site")
    write_site(path, PAPERS)
    shutil.copy(ASSETS / "search-words.js", path / "assets")
    shutil.copy(LUNR_JS, path / "stock-lunr.js")
    (path / "full-index.json").write_bytes(lunr_index(listings(PAPERS)))
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
    """Give the ids of all results; the first ten stand there before the others."""
    wait_for(chrome, "!document.querySelector('#sg-search-results[aria-busy]')")
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


def stock_answer(chrome: Chrome, site: str, query: str) -> list[str]:
    """Give what stock lunr.js finds in the full index."""
    text = "fetch(new URL('stock-lunr.js', args[1])).then(r => r.text())"
    run = "const module = {}; Function('exports', 'module', text)({}, module); return module.exports"
    lunr = f"{text}.then(text => {{ {run} }})"
    index = f"{lunr}.then(lunr => fetch(new URL('full-index.json', args[1])).then(r => r.json()).then(lunr.Index.load))"
    found = ask(chrome, f"{index}.then(i => i.search(args[0]).map(hit => hit.ref))", query, site)
    return [str(ref) for ref in found]


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
    said = search(browser, anywhere, query)
    stock = stock_answer(browser, anywhere, query)
    assert len(stock) > 1
    assert said.startswith(f"{len(stock)} papers found for ")
    shown = results(browser)
    while browser.find_elements(By.CSS_SELECTOR, ".sg-paging a[rel=next]"):
        follow(browser, ".sg-paging a[rel=next]")
        shown += results(browser)
    assert shown == stock
    assert not console_errors(browser)


def follow(chrome: Chrome, selector: str) -> None:
    """Press what leads to another view of the search page and wait for it."""
    before = chrome.current_url
    one(chrome, selector).click()
    WebDriverWait(chrome, 15, poll_frequency=0.05).until(lambda page: page.current_url != before, selector)
    settle(chrome)


def settle(chrome: Chrome) -> None:
    """Wait until the search page has answered, the filters too."""
    wait_for(
        chrome, "document.querySelector('#sg-search-results .sg-said > *') && !document.querySelector('[aria-busy]')"
    )


def test_a_result_says_what_it_is_and_why(browser: Chrome, anywhere: str) -> None:
    assert search(browser, anywhere, "essay muller") == "1 paper found for “essay muller”"
    item = one(browser, "[data-result=accented]")
    link = item.find_element(By.CSS_SELECTOR, "h2 a")
    assert link.text == "Naïve Bayes revisited"
    assert link.get_attribute("href") == f"{anywhere}papers/accented/"
    assert item.find_element(By.CSS_SELECTOR, ".sg-when").text.split() == ["2023", "Survey"]
    assert item.find_element(By.CSS_SELECTOR, ".sg-meta").text == "Željko Šnajder, José Müller, Ann Ø and 2 more"
    topic = item.find_element(By.CSS_SELECTOR, ".sg-topics a")
    assert (topic.text, topic.get_attribute("href")) == ("Robots", f"{anywhere}topics/robot-learning/")
    assert topic.get_attribute("class") == "topic g2"
    assert [mark.text for mark in item.find_elements(By.TAG_NAME, "mark")] == ["Müller", "essay"]
    assert heard(browser).startswith("1 paper found")


def heard(chrome: Chrome) -> str:
    """Give what a screen reader was told last: the page's live region is the last one made."""
    return str(chrome.execute_script("return document.querySelector('body > [role=status]').textContent"))


def test_a_snippet_shows_the_hits_wherever_they_stand(browser: Chrome, site: str) -> None:
    search(browser, site, "rest digs")
    item = one(browser, "[data-result=derived]")
    snippet = item.find_element(By.CSS_SELECTOR, ".sg-snippet").text
    assert snippet.startswith("Wombats rest by day. Filler stands here")
    assert snippet.endswith("At night a wombat digs.")
    assert " … " in snippet
    assert item.find_element(By.CSS_SELECTOR, "h2").text.startswith("[Wombat: a dataset]")
    assert item.find_element(By.CSS_SELECTOR, ".sg-when").text.split() == ["no", "date", "Method"]
    assert item.find_element(By.CSS_SELECTOR, ".sg-meta").text == "6 authors"
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


def test_many_hand_written_pages_are_found_and_show_how_they_begin(browser: Chrome, tmp_path: Path) -> None:
    pages = [PageText(f"Help {n}", f"help/{n}/", "A tenrec sleeps. " + "It wakes. " * 99 * n) for n in range(1, 6)]
    write_site(tmp_path, MADE, [*pages, PageText("Long", "long/", "First words. " * 40 + "Okapi.")])
    with serve(tmp_path) as address:
        search(browser, address, "okapi")
        assert "First words." in one(browser, "[data-page='long/']").text, "found by a word that is not shown"
        search(browser, address, "tenrec")
        found = browser.find_elements(By.CSS_SELECTOR, "[data-page]")
        # Of equal hits the shorter page comes first.
        assert [page.get_attribute("data-page") for page in found] == [f"help/{n}/" for n in range(1, 6)]
        assert all("A tenrec sleeps." in page.text and len(page.text) < 400 for page in found)


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
        pytest.param("wombat~9", "searched with fewer", "derived", id="more slips than a browser can do"),
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
    assert "Type words into the box" in one(browser, "#sg-search-results .sg-note").text
    assert not [address for address in requests(browser) if address.endswith(("lunr.js", ".json", ".bin"))]


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


def test_results_come_in_pages_of_thirty(browser: Chrome, tmp_path: Path) -> None:
    papers = [Paper(f"p{at:03}", f"Zebra {at}", f"2025-01-01T00:{at // 60:02}:{at % 60:02}Z") for at in range(71)]
    write_site(tmp_path, papers)
    with serve(tmp_path) as address:
        assert search(browser, address, "zebra").startswith("71 papers found")
        shown = results(browser)
        assert len(shown) == 30
        follow(browser, ".sg-paging a[rel=next]")
        assert browser.current_url.endswith("?q=zebra&page=2")
        assert browser.execute_script("return document.activeElement.className") == "sg-said"
        assert browser.execute_script("return document.activeElement.getBoundingClientRect().top >= 0")
        shown += results(browser)
        follow(browser, ".sg-paging a[rel=next]")
        shown += results(browser)
        assert shown == [paper.id for paper in papers]
        assert not browser.find_elements(By.CSS_SELECTOR, ".sg-paging a[rel=next]")
        search(browser, address, "zebra", "&page=9")
        assert "behind the last result" in one(browser, "#sg-search-results").text
        follow(browser, ".sg-paging a[rel=prev]")
        assert len(results(browser)) == 11


# ---- filters, order, the view in the address ------------------------------------------------------------------------


def by_id() -> dict[str, Paper]:
    return {paper.id: paper for paper in PAPERS}


def counted(papers: list[Paper]) -> dict[str, dict[str, int]]:
    """Count topics, kinds and years by hand."""
    return {
        "topic": Counter(topic for paper in papers for topic in paper.topics),
        "kind": Counter(paper.kind for paper in papers if paper.kind),
        "year": Counter(paper.date[:4] for paper in papers),
    }


def shown_counts(chrome: Chrome) -> dict[str, dict[str, int]]:
    """Read the numbers beside the filters' boxes and in the choices of years."""
    boxes = chrome.execute_script(
        "return [...document.querySelectorAll('.sg-filters input')].map(box => [box.name, box.value,"
        " box.closest('label').querySelector('.sg-number').textContent])"
    )
    counts: dict[str, dict[str, int]] = {"topic": {}, "kind": {}, "year": {}}
    for facet, value, number in boxes:
        counts[facet.removesuffix("s")][value] = int(number)
    return counts


class Chosen(NamedTuple):
    """What filters let through, beside what nothing was chosen for."""

    topics: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    years: tuple[str, str] | None = None

    def fits(self, paper: Paper) -> bool:
        """Tell whether a paper passes every facet."""
        in_topics = not self.topics or bool(set(self.topics) & set(paper.topics))
        in_kinds = not self.kinds or paper.kind in self.kinds
        return in_topics and in_kinds and (not self.years or self.years[0] <= paper.date[:4] <= self.years[1])


def test_filters_count_as_one_counts_by_hand(browser: Chrome, anywhere: str) -> None:
    search(browser, anywhere, "model")
    one(browser, ".sg-filters")
    hits = [by_id()[ref] for ref in stock_answer(browser, anywhere, "model")]
    assert len(hits) > 40
    assert shown_counts(browser) == counted(hits)
    assert not console_errors(browser)


@pytest.mark.parametrize(
    ("more", "chosen"),
    [
        pytest.param("&topic=topic-3", Chosen(topics=("topic-3",)), id="a topic"),
        pytest.param("&topic=topic-3&topic=topic-4", Chosen(topics=("topic-3", "topic-4")), id="either of two topics"),
        pytest.param("&kind=method", Chosen(kinds=("method",)), id="a kind"),
        pytest.param("&year=2024", Chosen(years=("2024", "2024")), id="a year"),
        pytest.param("&year=2023-2024", Chosen(years=("2023", "2024")), id="years"),
        pytest.param("&year=2024-", Chosen(years=("2024", "9999")), id="years from one on"),
        pytest.param("&year=-2024", Chosen(years=("0001", "2024")), id="years up to one"),
        pytest.param("&year=2024-2023", Chosen(years=("2023", "2024")), id="years the wrong way round"),
        pytest.param("&year=none", Chosen(years=("", "")), id="no date"),
        pytest.param("&year=soon", Chosen(), id="what is no year filters nothing"),
        pytest.param("&kind=nonsense", Chosen(kinds=("nonsense",)), id="a kind that is none"),
        pytest.param(
            "&topic=topic-1&topic=topic-2&kind=method&kind=survey&year=2023-2025",
            Chosen(("topic-1", "topic-2"), ("method", "survey"), ("2023", "2025")),
            id="all together",
        ),
    ],
)
def test_filters_in_any_combination_leave_what_fits_in_lunrs_order(
    browser: Chrome, site: str, more: str, chosen: Chosen
) -> None:
    said = search(browser, site, "model data", more)
    hits = [by_id()[ref] for ref in stock_answer(browser, site, "model data")]
    left = [paper.id for paper in hits if chosen.fits(paper)]
    assert results(browser) == left[:30]
    of_all = "" if len(left) == len(hits) else f"{len(left) or 'None'} of "
    assert said.startswith(f"{of_all}{len(hits)} papers found")
    settle(browser)
    expected = {
        "topic": counted([paper for paper in hits if chosen._replace(topics=()).fits(paper)])["topic"],
        "kind": counted([paper for paper in hits if chosen._replace(kinds=()).fits(paper)])["kind"],
        "year": counted([paper for paper in hits if chosen._replace(years=None).fits(paper)])["year"],
    }
    shown = shown_counts(browser)
    assert {facet: {value: n for value, n in of.items() if n} for facet, of in shown.items()} == expected


def test_filters_are_ticked_taken_back_and_remembered(browser: Chrome, site: str) -> None:
    search(browser, site, "model")
    box = one(browser, ".sg-filters input[value=method]")
    browser.execute_script("arguments[0].focus()", box)
    box.send_keys(Keys.SPACE)
    wait_for(browser, "location.search === '?q=model&kind=method'")
    settle(browser)
    assert browser.execute_script("return document.activeElement.value") == "method", "the focus stays on the box"
    assert re.match(r"\d+ of \d+ papers found", heard(browser))
    assert {by_id()[ref].kind for ref in results(browser)} == {"method"}
    with_kind = results(browser)
    press(browser, "2024", "&year=2024")
    assert {(by_id()[ref].kind, by_id()[ref].date[:4]) for ref in results(browser)} == {("method", "2024")}
    chips = [" ".join(chip.text.split()) for chip in browser.find_elements(By.CSS_SELECTOR, ".sg-chip")]
    assert chips == ["Remove filter: Method ×", "Remove filter: 2024 ×"]
    browser.refresh()
    settle(browser)
    assert {(by_id()[ref].kind, by_id()[ref].date[:4]) for ref in results(browser)} == {("method", "2024")}
    assert one(browser, ".sg-filters input[value=method]").is_selected()
    browser.back()
    wait_for(browser, "location.search === '?q=model&kind=method'")
    settle(browser)
    assert results(browser) == with_kind
    follow(browser, ".sg-chip")
    assert browser.current_url.endswith("?q=model")
    assert not one(browser, ".sg-filters input[value=method]").is_selected()


def press(chrome: Chrome, value: str, address: str) -> None:
    """Press the box of a year and wait for where it leads."""
    one(chrome, f".sg-filters input[name=years][value='{value}']").click()
    wait_for(chrome, f"location.search.endsWith('{address}')")
    settle(chrome)


def test_years_are_a_range_of_ticked_boxes(browser: Chrome, site: str) -> None:
    search(browser, site, "model data")
    press(browser, "2025", "&year=2025")
    press(browser, "2023", "&year=2023-2025")
    ticked = browser.find_elements(By.CSS_SELECTOR, ".sg-filters input[name=years]:checked")
    assert [box.get_attribute("value") for box in ticked] == ["2025", "2024", "2023"]
    assert {by_id()[ref].date[:4] for ref in results(browser)} == {"2025", "2024", "2023"}
    press(browser, "2023", "&year=2024-2025")
    press(browser, "", "&year=none")
    assert {by_id()[ref].date for ref in results(browser)} == {""}
    press(browser, "2024", "&year=2024")
    press(browser, "2024", "?q=model+data")


def test_filters_that_leave_nothing_are_taken_off_with_one_press(browser: Chrome, site: str) -> None:
    assert search(browser, site, "wombat", "&kind=survey&topic=topic-1").startswith(
        "None of 1 paper found for “wombat”"
    )
    follow(browser, ".sg-tools .sg-clear")
    assert results(browser) == ["derived"]


def test_ten_topics_are_shown_first_and_the_rest_on_demand(browser: Chrome, site: str) -> None:
    search(browser, site, "model")
    one(browser, ".sg-filters")
    boxes = browser.find_elements(By.CSS_SELECTOR, ".sg-filters input[name=topic]")
    assert len(boxes) == 13
    assert len([box for box in boxes if box.is_displayed()]) == 10
    counts = browser.execute_script(
        "return [...document.querySelectorAll('.sg-filters [name=topic]')]"
        ".map(box => +box.closest('label').lastChild.textContent)"
    )
    assert counts == sorted(counts, reverse=True)
    more = one(browser, "[data-key='more topic']")
    assert more.text == "All 13"
    more.click()
    last = boxes[12].get_attribute("value")  # the box is another one after the click
    boxes[12].click()
    wait_for(browser, f"location.search === '?q=model&topic={last}'")
    settle(browser)
    assert (
        len([b for b in browser.find_elements(By.CSS_SELECTOR, ".sg-filters [name=topic]") if b.is_displayed()]) == 13
    )


def test_newest_first_is_by_date_and_equal_dates_stay_in_lunrs_order(browser: Chrome, site: str) -> None:
    search(browser, site, "model", "&year=2024")
    assert "best first" in one(browser, ".sg-count").text
    follow(browser, ".sg-order a[href*='sort=date']")
    assert browser.current_url.endswith("?q=model&year=2024&sort=date")
    assert "newest first" in one(browser, ".sg-count").text
    hits = [by_id()[ref] for ref in stock_answer(browser, site, "model")]
    expected = sorted((p for p in hits if p.date[:4] == "2024"), key=lambda paper: paper.date, reverse=True)
    assert results(browser) == [paper.id for paper in expected][:30]
    assert len({paper.date for paper in expected}) > 1
    search(browser, site, "model", "&sort=date&page=2")
    by_date = sorted(hits, key=lambda paper: paper.date, reverse=True)
    assert results(browser) == [paper.id for paper in by_date][30:60]


def test_back_and_reload_return_to_the_same_place_of_the_same_view(browser: Chrome, site: str) -> None:
    search(browser, site, "model", "&kind=method&sort=date")
    shown = results(browser)
    browser.execute_script("scrollTo(0, 1200)")
    wait_for(browser, "history.state !== null && history.state.top === 1200")
    browser.refresh()
    wait_for(browser, "document.querySelector('[data-result]') !== null && scrollY === 1200")
    assert results(browser) == shown
    browser.execute_script("document.querySelectorAll('[data-result] h2 a')[9].click()")
    wait_for(browser, "location.pathname.includes('/papers/')")
    browser.back()
    wait_for(browser, "document.querySelector('[data-result]') !== null && scrollY === 1200")
    assert results(browser) == shown
    browser.execute_script("document.querySelector('.sg-order a').click()")
    wait_for(browser, "!location.search.includes('sort')")
    settle(browser)
    browser.back()
    wait_for(browser, "location.search.includes('sort') && !document.querySelector('[aria-busy]')")
    wait_for(browser, "scrollY === 1200")
    assert results(browser) == shown


# ---- help, did you mean, BibTeX, extremes ---------------------------------------------------------------------------


def test_the_query_language_is_explained_by_examples_that_run(browser: Chrome, site: str) -> None:
    browser.get(f"{site}search/")
    one(browser, ".sg-help summary").click()
    examples = browser.find_elements(By.CSS_SELECTOR, ".sg-help td a")
    assert {"+agent -memory", "title:survey", "authors:wang", "multi*", "reinforcment~1"} <= {a.text for a in examples}
    for link in browser.find_elements(By.CSS_SELECTOR, ".sg-help td a"):
        query = dict(parse_qsl(urlsplit(str(link.get_attribute("href"))).query))["q"]
        assert query == link.text
        link.click()
        wait_for(browser, f"document.title === {json.dumps(query + ' · Search')}")
        settle(browser)
        assert f"“{query}”" in one(browser, ".sg-count").text
        assert one(browser, "#sg-search-input").get_attribute("value") == query
        assert not browser.find_elements(By.CSS_SELECTOR, ".sg-note, .sg-failure")


def test_a_slip_of_the_pen_is_met_with_another_word(browser: Chrome, site: str) -> None:
    assert search(browser, site, "womvat").startswith("Nothing found for “womvat”")
    link = one(browser, ".sg-meant a")
    words = link.text
    assert words in {"wombat", "wombats"}
    assert heard(browser).endswith(f"Did you mean {words}?")
    link.click()
    wait_for(browser, "document.querySelector('[data-result=derived]') !== null")
    assert one(browser, "#sg-search-input").get_attribute("value") == words


def allow_clipboard(chrome: Chrome, site: str) -> None:
    origin = "{0.scheme}://{0.netloc}".format(urlsplit(site))
    both = ["clipboardReadWrite", "clipboardSanitizedWrite"]
    chrome.execute_cdp_cmd("Browser.grantPermissions", {"origin": origin, "permissions": both})


def test_all_results_are_copied_as_bibtex(browser: Chrome, site: str) -> None:
    search(browser, site, "model", "&kind=survey")
    allow_clipboard(browser, site)
    all_of_them = [ref for ref in stock_answer(browser, site, "model") if by_id()[ref].kind == "survey"]
    assert len(all_of_them) > len(results(browser)) == 30
    button = one(browser, ".sg-tools > .sg-button")
    assert button.text == "Copy as BibTeX"
    button.click()
    wait_for(browser, "document.querySelector('.sg-copied').textContent.includes('copied')")
    assert one(browser, ".sg-copied").text == f"{len(all_of_them)} papers copied as BibTeX."
    expected = "\n\n".join(bibtex(by_id()[ref]).strip() for ref in all_of_them)
    assert ask(browser, "navigator.clipboard.readText()") == expected


def test_a_hundred_papers_are_copied_at_a_time(browser: Chrome, tmp_path: Path) -> None:
    papers = [Paper(f"p{at:03}", f"Zebra {at}", f"2025-01-01T00:{at // 60:02}:{at % 60:02}Z") for at in range(140)]
    write_site(tmp_path, papers)
    with serve(tmp_path) as address:
        search(browser, address, "zebra")
        assert one(browser, ".sg-tools > .sg-button").text == "Copy 1–100 of 140 as BibTeX"
        search(browser, address, "zebra", "&page=3")
        allow_clipboard(browser, address)
        button = one(browser, ".sg-tools > .sg-button")
        assert button.text == "Copy 61–140 of 140 as BibTeX"
        button.click()
        wait_for(browser, "document.querySelector('.sg-copied').textContent.startsWith('80 papers copied')")
        copied = ask(browser, "navigator.clipboard.readText()")
        assert re.findall(r"@misc{(\w+),", copied) == [paper.id for paper in papers[60:]]


def test_where_the_browser_refuses_the_clipboard_the_text_is_there_to_copy(browser: Chrome, site: str) -> None:
    search(browser, site, "wombat")
    browser.execute_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    one(browser, ".sg-tools > .sg-button").click()
    area = one(browser, ".sg-copied textarea")
    assert area.get_attribute("value") == bibtex(by_id()["derived"]).strip()
    selected = browser.execute_script(
        "const a = document.activeElement; return a.value.slice(a.selectionStart, a.selectionEnd)"
    )
    assert selected == area.get_attribute("value")


def test_half_a_bibliography_is_not_copied(browser: Chrome, broken: tuple[str, Path]) -> None:
    address, folder = broken
    whole = spoil(folder, "papers/derived.bib", None)
    search(browser, address, "wombat quokka")
    allow_clipboard(browser, address)
    one(browser, ".sg-tools > .sg-button").click()
    said = one(browser, ".sg-copied .sg-failure").text
    assert said.startswith("Nothing was copied: derived.bib could not be loaded, the server says 404.")
    mend(whole)
    one(browser, ".sg-copied .sg-failure .sg-button").click()
    wait_for(browser, "document.querySelector('.sg-copied').textContent === '2 papers copied as BibTeX.'")


def test_a_query_of_ten_thousand_characters_is_answered(browser: Chrome, site: str) -> None:
    query = "wombat " + "x" * 4000 + " " + "reward model " * 460
    assert len(query) > 9_900
    said = search(browser, site, query)
    assert "derived" in results(browser) or len(results(browser)) == 30
    assert len(said) < 200
    browser.get(site)
    browser.execute_script("arguments[0].value = arguments[1]", one(browser, "#sg-search-input"), query.strip())
    one(browser, "#sg-search-input").send_keys(" wombat")
    wait_for(browser, "document.querySelector('.sg-panel') !== null && !document.querySelector('.sg-panel').hidden")
    assert not console_errors(browser)


def test_without_script_the_page_leads_to_every_paper(browser: Chrome, site: str) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        browser.get(f"{site}search/?q=wombat")
        words = browser.find_element(By.CSS_SELECTOR, "noscript p")
        assert words.text.startswith("Searching needs JavaScript.")
        hrefs = [link.get_attribute("href") for link in words.find_elements(By.TAG_NAME, "a")]
        assert hrefs == [f"{site}browse/", f"{site}topics/", f"{site}feeds/"]
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


@pytest.mark.parametrize("width", [1280, 400])
def test_everything_to_press_is_big_enough_for_a_finger(browser: Chrome, site: str, width: int) -> None:
    least = 44 if width == 400 else 24
    browser.set_window_size(width, 900)
    try:
        search(browser, site, "model", "&kind=method&topic=topic-1&topic=topic-2")
        settle(browser)
        browser.execute_script("document.querySelectorAll('details').forEach(details => { details.open = true })")
        pressed = (
            ".sg-help > summary, .sg-help td a, .sg-filters summary, .sg-filters label, .sg-tools a,"
            ".sg-tools button, .sg-topics a, .sg-paging a, #sg-search-form input, #sg-search-form button"
        )
        boxes = browser.execute_script(
            "return [...document.querySelectorAll(arguments[0])].filter(e => e.offsetParent)"
            ".map(e => [e.outerHTML.slice(0, 80), e.getBoundingClientRect().height])",
            pressed,
        )
        assert len(boxes) > 30
        assert not [(what, height) for what, height in boxes if height < least]
        client = browser.execute_script("return document.documentElement.clientWidth")
        assert browser.execute_script("return document.documentElement.scrollWidth") <= client
    finally:
        browser.set_window_size(1280, 1000)


def test_on_a_phone_the_filters_stand_behind_one_line(browser: Chrome, site: str) -> None:
    browser.set_window_size(400, 900)
    try:
        search(browser, site, "model", "&kind=method")
        summary = one(browser, ".sg-filters > summary")
        assert summary.text == "Filter (1)"
        assert not browser.find_element(By.CSS_SELECTOR, ".sg-filters input").is_displayed()
        summary.click()
        assert one(browser, ".sg-filters input[value=method]").is_selected()
    finally:
        browser.set_window_size(1280, 1000)


# ---- failures -------------------------------------------------------------------------------------------------------


def spoil(folder: Path, pattern: str, content: bytes | None) -> dict[Path, bytes]:
    """Take files away, or put something else in their place; gives them as they were."""
    whole = {path: path.read_bytes() for path in sorted(folder.glob(pattern))}
    assert whole
    for path in whole:
        path.unlink()
        if content is not None:
            path.write_bytes(content)
    return whole


def mend(whole: dict[Path, bytes]) -> None:
    for path, content in whole.items():
        path.write_bytes(content)


@pytest.mark.parametrize(
    ("pattern", "content", "said"),
    [
        pytest.param("search/current.json", None, "(current.json) is not on the server", id="no index"),
        pytest.param(
            "search/current.json", b'{"format":1,', "(current.json) came incomplete", id="half a list of names"
        ),
        pytest.param("search/current.json", b'{"format":9}', "renewed since this page was opened", id="a later format"),
        pytest.param("search/m-*.bin", None, "is not on the server", id="no manifest"),
        pytest.param("search/m-*.bin", b"<!doctype html>", "incomplete or garbled", id="a page for a manifest"),
        pytest.param("search/t/*.bin", None, "is not on the server", id="no chunk"),
        pytest.param("search/t/*.bin", b"", "incomplete or garbled", id="an empty chunk"),
        pytest.param("search/t/*.bin", b"12345678garbled", "incomplete or garbled", id="a garbled chunk"),
        pytest.param("search/d/*/*.bin", None, "is not on the server", id="no record"),
        pytest.param("search/d/*/*.bin", b"12345678", "incomplete or garbled", id="half a record"),
        pytest.param("assets/lunr.js", None, "(lunr.js) could not be loaded", id="no library"),
        pytest.param("assets/lunr.js", b"0", "(lunr.js) could not be loaded", id="another library"),
    ],
)
def test_a_failure_is_said_and_can_be_tried_again(
    browser: Chrome, broken: tuple[str, Path], pattern: str, content: bytes | None, said: str
) -> None:
    address, folder = broken
    whole = spoil(folder, pattern, content)
    browser.get(f"{address}search/?q=wombat")
    assert said in one(browser, "#sg-search-results .sg-failure").text
    assert said in heard(browser)
    assert not results(browser)
    mend(whole)
    one(browser, ".sg-failure .sg-button").click()
    wait_for(browser, "document.querySelector('[data-result=derived]') !== null")


def test_a_failure_is_said_in_the_drop_down_too(browser: Chrome, broken: tuple[str, Path]) -> None:
    address, folder = broken
    whole = spoil(folder, "search/current.json", None)
    browser.get(address)
    type_in(browser, "womb")
    assert "is not on the server" in one(browser, ".sg-panel .sg-failure").text
    mend(whole)
    one(browser, ".sg-panel .sg-button").click()
    one(browser, "[data-suggestion=derived]")


def test_the_scripts_themselves_may_be_missing(browser: Chrome, broken: tuple[str, Path]) -> None:
    address, folder = broken
    (folder / "assets/search-app.js").unlink()
    browser.get(f"{address}search/?q=wombat")
    wait_for(browser, "document.querySelector('#sg-search-results button') !== null")
    assert "could not be loaded" in one(browser, "#sg-search-results").text


def test_papers_are_found_without_what_shows_pages(browser: Chrome, broken: tuple[str, Path]) -> None:
    address, folder = broken
    for segment, _ in read_index(below(folder), "pages").segments:
        spoil(folder, f"search/d/{segment}/*.bin", b"<!doctype html>")
    search(browser, address, "marsupial")
    assert results(browser)
    assert "own pages could not be searched" in one(browser, ".sg-note").text


def test_the_first_results_do_not_wait_for_the_others(browser: Chrome, broken: tuple[str, Path]) -> None:
    address, folder = broken
    browser.get(address)
    stock = stock_answer(browser, address, "model")[:30]
    index = read_index(below(folder), "papers")
    at = [record[0] for record in index.records].index(stock[20])
    holding = [f"search/d/{name}/{place}.bin" for name, size in index.segments for place in range(size)]
    whole = spoil(folder, holding[at], None)
    search(browser, address, "model")
    assert "is not on the server" in one(browser, ".sg-found .sg-failure").text
    assert results(browser) == stock[:10]
    mend(whole)
    one(browser, ".sg-found .sg-failure .sg-button").click()
    wait_for(browser, "document.querySelectorAll('[data-result]').length === 30")
    assert results(browser) == stock
    assert not browser.find_elements(By.CSS_SELECTOR, ".sg-failure")


def test_results_are_shown_without_their_filters_but_never_unfiltered(
    browser: Chrome, broken: tuple[str, Path]
) -> None:
    address, folder = broken
    whole = spoil(folder, "search/f-*.bin", None)
    search(browser, address, "wombat")
    assert results(browser) == ["derived"]
    assert "is not on the server" in one(browser, ".sg-beside .sg-failure").text
    browser.get(f"{address}search/?q=wombat&kind=survey")
    assert "is not on the server" in one(browser, ".sg-said .sg-failure").text
    assert not results(browser)
    mend(whole)
    one(browser, ".sg-failure .sg-button").click()
    assert "None of 1 paper found" in one(browser, ".sg-count").text


def test_old_results_stay_when_the_network_goes(browser: Chrome, broken: tuple[str, Path]) -> None:
    address, _ = broken
    search(browser, address, "wombat")
    browser.set_network_conditions(offline=True, latency=0, throughput=0)
    try:
        type_in(browser, "quokka").send_keys(Keys.ENTER)
        assert "no connection" in one(browser, ".sg-said .sg-failure").text
        assert one(browser, ".sg-said .sg-note").text == "Below are still the results for “wombat”."
        assert results(browser) == ["derived"]
    finally:
        browser.delete_network_conditions()
    one(browser, ".sg-said .sg-button").click()
    wait_for(browser, "document.querySelector('[data-result=hostile]') !== null")
    assert results(browser) == ["hostile"]
    assert browser.current_url.endswith("?q=quokka")


def test_a_site_that_was_renewed_meanwhile_is_searched_as_it_is_now(browser: Chrome, broken: tuple[str, Path]) -> None:
    address, folder = broken
    search(browser, address, "wombat")
    shutil.rmtree(folder / "search")
    shutil.rmtree(folder / "assets")
    others = [replace(paper, abstract=f"{paper.abstract} Renewed.") for paper in PAPERS]
    write_site(folder, [*others, Paper("zebra", "A zebra among wombats", "2025-06-01T00:00:00Z")])
    # Submitted at once, without suggestions: the old index is in memory, and what it found is no longer on the server.
    submit = "arguments[0].value = 'quokka zebra'; arguments[0].form.requestSubmit()"
    browser.execute_script(submit, one(browser, "#sg-search-input"))
    wait_for(browser, "document.querySelector('[data-result=zebra]') !== null")


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
    scripts = [address for address in before if address.endswith((".js", ".json", ".bin"))]
    assert scripts == [f"{anywhere}assets/search.js"]
    type_in(browser, "wombat")
    one(browser, "[data-suggestion]")
    after = requests(browser)
    assert f"{anywhere}search/current.json" in after
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
    assert not box.get_attribute("aria-activedescendant")
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


def test_a_late_answer_never_overwrites_a_newer_question(browser: Chrome, site: str) -> None:
    browser.get(site)
    type_in(browser, "marsupial")
    one(browser, "[data-suggestion]")
    browser.execute_script(
        "const real = fetch; window.held = []; window.done = 0; window.fetch = (...request) =>"
        " new Promise(go => held.push(go)).then(() => real(...request)).finally(() => done++)"
    )
    type_in(browser, "wombat")  # its record waits
    wait_for(browser, "window.held.length > 0")
    browser.execute_script("window.first = held.splice(0)")
    type_in(browser, "marsupial")  # all of it is there
    one(browser, "[data-suggestion=hostile]")
    shown = suggestions(browser)
    assert "derived" not in shown
    browser.execute_script("first.forEach(go => go())")
    wait_for(browser, "window.done >= window.first.length")
    ask(browser, "new Promise(go => setTimeout(go, 100))")
    assert suggestions(browser) == shown


def test_the_last_suggestions_stay_when_the_network_goes(browser: Chrome, site: str) -> None:
    browser.get(site)
    type_in(browser, "wombat")
    one(browser, "[data-suggestion=derived]")
    browser.set_network_conditions(offline=True, latency=0, throughput=0)
    try:
        type_in(browser, "essay")
        # Every letter asks, and says anew that nobody answers.
        wait_for(browser, "document.querySelector('.sg-panel .sg-failure')?.textContent.includes('no connection')")
        assert suggestions(browser) == ["derived"]
    finally:
        browser.delete_network_conditions()
    browser.execute_script("document.querySelector('.sg-panel .sg-failure .sg-button').click()")
    one(browser, "[data-suggestion=accented]")


def test_the_search_page_has_the_same_box_with_the_same_drop_down(browser: Chrome, anywhere: str) -> None:
    search(browser, anywhere, "essay")
    assert len(browser.find_elements(By.CSS_SELECTOR, "input[type=search]")) == 1
    box = type_in(browser, "wombat")
    one(browser, "[data-suggestion=derived]")
    assert results(browser) == ["accented"]
    box.send_keys(Keys.ARROW_UP, Keys.ENTER)
    wait_for(browser, "document.querySelector('[data-result=derived]') !== null")
    assert browser.execute_script("return document.querySelector('.sg-panel').hidden")
