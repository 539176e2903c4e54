"""Search with files that are gone, spoiled, slow or of another build: words say so, and no answer is in part."""

from __future__ import annotations

import shutil
import zlib
from typing import TYPE_CHECKING, Any

import pytest
from search_bare import Reply, ask, open_bare, serve_spoiled, write_bare, write_index
from search_corpus import MADE, PAGES, seed_papers
from search_seen import below, read_index

from sitegen.model import Paper
from sitegen.search.container import contained

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from search_bare import Server
    from selenium.webdriver import Chrome

pytestmark = pytest.mark.browser
PAPERS = [*MADE, *seed_papers()]
QUERY = "marsupial"  # two of the papers made by hand
TRUTH = ["Encoder/Decoder models", "<img src=x onerror=\"document.title='fired'\"> Quokkas"]
ANSWER = """(async () => {
  const client = window.client ??= make(args[1]);
  const { papers } = await client.search(args[0]);
  return (await client.records(papers.subarray(0, 10))).map(({ title }) => title);
})()"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    write_bare(folder, PAPERS)
    return folder


@pytest.fixture
def folder(built: Path, tmp_path: Path) -> Path:
    """A copy of the site that a test may change."""
    return shutil.copytree(built, tmp_path / "site")


@pytest.fixture
def server(folder: Path) -> Iterator[Server]:
    with serve_spoiled(folder) as running:
        yield running


def told(chrome: Chrome, query: str = QUERY, patience: int = 10_000) -> dict[str, Any]:
    """Give what a search comes to: the titles found, or the kind of the error and its words."""
    found = ask(chrome, f"told({ANSWER})", query, patience)
    assert isinstance(found, dict), found
    return found


@pytest.fixture(scope="module")
def used(one_browser: Chrome, built: Path) -> dict[str, str]:
    """The files that the query needs, by what they hold."""
    with serve_spoiled(built) as server:
        open_bare(one_browser, server.address)
        assert sorted(told(one_browser)["found"]) == sorted(TRUTH)
        asked = sorted(server.asked)
    return {
        "manifest": next(path for path in asked if path.startswith("search/m-")),
        "terms": next(path for path in asked if path.startswith("search/t/")),
        "record": next(path for path in asked if path.startswith("search/d/")),
    }


# ---- files that stay spoiled ----------------------------------------------------------------------------------------

GARBLED = "came incomplete or garbled"
SPOILED: dict[str, tuple[Callable[[bytes], Reply], str]] = {
    "gone": (lambda _: Reply(b"", 404), "is not on the server"),
    "refused": (lambda _: Reply(b"", 503), "the server says 503"),
    "empty": (lambda _: Reply(b""), GARBLED),
    "cut within the checksum": (lambda right: Reply(right[:3]), GARBLED),
    "cut within the length": (lambda right: Reply(right[:7]), GARBLED),
    "cut after the head": (lambda right: Reply(right[:8]), GARBLED),
    "cut after the first packed byte": (lambda right: Reply(right[:9]), GARBLED),
    "cut in the middle": (lambda right: Reply(right[: len(right) // 2]), GARBLED),
    "cut by one byte": (lambda right: Reply(right[:-1]), GARBLED),
    "cut on its way": (lambda right: Reply(right[:-20], missing=20), GARBLED),
    "too long": (lambda right: Reply(right + b"\0"), GARBLED),
    "another checksum": (lambda right: Reply(flipped(right, 0)), GARBLED),
    "another length": (lambda right: Reply(flipped(right, 4)), GARBLED),
    "a bit at the beginning": (lambda right: Reply(flipped(right, 8)), GARBLED),
    "a bit in the middle": (lambda right: Reply(flipped(right, len(right) // 2)), GARBLED),
    "a bit at the end": (lambda right: Reply(flipped(right, len(right) - 1)), GARBLED),
    "one letter of what is packed": (lambda right: Reply(right[:8] + packed_otherwise(right)), GARBLED),
    "a page in its place": (lambda _: Reply(b"<!doctype html><p>Welcome to the hotel"), GARBLED),
}


def flipped(right: bytes, at: int) -> bytes:
    return right[:at] + bytes([right[at] ^ 1]) + right[at + 1 :]


def packed_otherwise(right: bytes) -> bytes:
    """Sound deflate of the same length, one byte other than the checksum says."""
    payload = bytearray(zlib.decompress(right[8:], -15))
    payload[len(payload) // 2] ^= 1
    return contained(bytes(payload))[8:]


@pytest.mark.parametrize("how", SPOILED)
@pytest.mark.parametrize("kind", ["manifest", "terms", "record"])
def test_a_spoiled_file_is_said_in_words(
    browser: Chrome, server: Server, used: dict[str, str], kind: str, how: str
) -> None:
    path = used[kind]
    reply, words = SPOILED[how]
    server.spoiled[path] = lambda right, _: reply(right)
    open_bare(browser, server.address)
    answer = told(browser)
    assert answer["kind"].endswith("Error")
    assert words in answer["words"]
    assert path.removeprefix("search/") in answer["words"]
    assert server.asked[path] == (1 if how == "refused" else 2)
    server.spoiled.clear()
    assert sorted(told(browser)["found"]) == sorted(TRUTH)  # the next try finds the file as it should be


@pytest.mark.parametrize("how", ["cut in the middle", "cut on its way", "a bit in the middle", "a page in its place"])
@pytest.mark.parametrize("kind", ["manifest", "terms", "record"])
def test_a_file_that_came_garbled_once_is_fetched_again(
    browser: Chrome, server: Server, used: dict[str, str], kind: str, how: str
) -> None:
    path = used[kind]
    reply, _ = SPOILED[how]
    server.spoiled[path] = lambda right, time: reply(right) if time == 1 else Reply(right)
    open_bare(browser, server.address)
    assert sorted(told(browser)["found"]) == sorted(TRUTH)
    assert server.asked[path] == 2


@pytest.mark.parametrize("body", [b"", b"{", b"<p>Welcome", b"null", b'{"format":1,"papers":"x","pages":""}'])
def test_what_names_the_files_must_be_right(browser: Chrome, server: Server, body: bytes) -> None:
    server.spoiled["search/current.json"] = lambda _right, _time: Reply(body)
    open_bare(browser, server.address)
    words = told(browser)["words"]
    assert ("load the page again" if body == b"null" or b"format" in body else GARBLED) in words


def test_a_slow_file_is_given_up(browser: Chrome, server: Server, used: dict[str, str]) -> None:
    path = used["terms"]
    server.spoiled[path] = lambda right, time: Reply(right, delay=5 if time == 1 else 0)
    open_bare(browser, server.address)
    assert "no answer within 1 seconds" in told(browser, patience=1_000)["words"]
    assert sorted(told(browser)["found"]) == sorted(TRUTH)


def test_without_a_network_it_says_so(browser: Chrome, folder: Path) -> None:
    with serve_spoiled(folder) as server:
        open_bare(browser, server.address)
        assert sorted(told(browser)["found"]) == sorted(TRUTH)
    assert "no connection" in told(browser, "alignment")["words"]
    assert sorted(told(browser)["found"]) == sorted(TRUTH)  # what is in memory is still found


def test_a_browser_that_cannot_unpack_is_told(browser: Chrome, server: Server) -> None:
    open_bare(browser, server.address)
    ask(browser, "delete globalThis.DecompressionStream")
    assert "too old" in told(browser)["words"]


def test_without_what_shows_the_sites_own_pages_papers_are_found(browser: Chrome, folder: Path, server: Server) -> None:
    write_index(folder, PAPERS, PAGES)
    ((segment, _),) = read_index(below(folder), "pages").segments
    server.spoiled[f"search/d/{segment}/1.bin"] = lambda _right, _time: Reply(b"", 404)
    open_bare(browser, server.address)
    answer = ask(browser, "make().search(args[0]).then(a => [a.papers.length, a.pages.length, a.pagesFailed])", QUERY)
    assert answer == [2, 0, True]
    server.spoiled.clear()
    answer = ask(browser, "make().search(args[0]).then(a => [a.papers.length, a.pages.length, a.pagesFailed])", QUERY)
    assert answer == [2, 1, False]


# ---- another build --------------------------------------------------------------------------------------------------

NEWER = [
    *PAPERS,
    Paper("z-new", "A marsupial more", "2024-01-01T00:00:00Z", abstract=f"{QUERY} {QUERY}: alignment anew."),
]


def test_a_site_renewed_between_two_searches_answers_from_the_new_index(
    browser: Chrome, folder: Path, server: Server
) -> None:
    open_bare(browser, server.address)
    assert "found" in told(browser, "wombat")
    write_index(folder, NEWER)
    assert sorted(told(browser)["found"]) == sorted([*TRUTH, "A marsupial more"])


def test_a_suggestion_comes_from_the_new_index_too(browser: Chrome, folder: Path, server: Server) -> None:
    open_bare(browser, server.address)
    assert "found" in told(browser, "wombat")
    write_index(folder, NEWER)
    titles = ask(browser, "client.suggest('marsup', 8).then(({papers}) => papers.map(({title}) => title))")
    assert sorted(titles) == sorted([*TRUTH, "A marsupial more"])


def test_an_answer_of_the_older_build_shows_no_paper_of_the_new_one(
    browser: Chrome, folder: Path, server: Server
) -> None:
    open_bare(browser, server.address)
    ask(browser, "{ window.client = make(); window.answer = await client.search(args[0]); }", QUERY)
    write_index(folder, NEWER)  # the new paper is the oldest: every ordinal now means another paper
    for wanted in ("records(answer.papers)", "facets()", "dates()"):
        assert "renewed" in ask(browser, f"told(client.{wanted})")["words"]
    assert sorted(told(browser)["found"]) == sorted([*TRUTH, "A marsupial more"])


def test_a_site_renewed_while_it_is_opened_is_opened_anew(browser: Chrome, folder: Path, server: Server) -> None:
    older = (folder / "search/current.json").read_bytes()
    write_index(folder, NEWER)
    server.spoiled["search/current.json"] = lambda right, time: Reply(older if time == 1 else right)
    open_bare(browser, server.address)
    assert sorted(told(browser)["found"]) == sorted([*TRUTH, "A marsupial more"])


# ---- how much is loaded ---------------------------------------------------------------------------------------------


def test_two_searches_at_one_time_share_their_files(browser: Chrome, server: Server) -> None:
    open_bare(browser, server.address)
    ask(
        browser,
        f"{{ window.client = make(); return Promise.all([{ANSWER}, {ANSWER}, client.suggest('marsup', 8)]); }}",
        QUERY,
    )
    assert {path: times for path, times in server.asked.items() if path.startswith("search/") and times > 1} == {}


def test_suggestions_never_load_the_vocabulary(browser: Chrome, server: Server) -> None:
    open_bare(browser, server.address)
    typed = ["marsup", "marsupial wom", "*sup", "marsup~1", "title:mars*", "+marsupial -wom", "xyzzy", "m* *"]
    shown = ask(browser, "Promise.all(args[0].map(text => (window.client ??= make()).suggest(text, 8)))", typed)
    assert [None if found is None else found["total"] for found in shown] == [2, 0, None, None, 0, 2, 0, None]
    assert [path for path in server.asked if "dict" in path] == []


def test_a_misspelt_word_is_meant_otherwise(browser: Chrome, server: Server) -> None:
    open_bare(browser, server.address)
    texts = ["marsupail", "wombats", "qqqqqq", "marsupail wombat", "q" * 10_000, "marsupail " * 1_000]
    meant = ask(browser, "Promise.all(args[0].map(text => (window.client ??= make()).meant(text)))", texts)
    assert meant == ["marsupial", "", "", "marsupial wombat", "", ""]


def test_words_that_only_the_sites_pages_have_are_marked_there(browser: Chrome, folder: Path, server: Server) -> None:
    write_index(folder, PAPERS, PAGES)
    open_bare(browser, server.address)
    answer = ask(browser, "make().search('newest').then(a => [a.pages.map(page => page.title), [...a.terms]])")
    assert answer == [["Home"], ["newest"]]
