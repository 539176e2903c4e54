"""The search client answers exactly as stock lunr.js does on the full index: the same papers, order and scores."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from browser import serve
from lunr.stop_word_filter import WORDS
from search_bare import ask, open_bare, write_bare
from search_corpus import MADE, seed_papers

from sitegen.latex import plain_text
from sitegen.model import Paper
from sitegen.search.columns import varints
from sitegen.search.container import compact_json, contained

sys.path.append(str(Path(__file__).parents[1] / "benchmarks"))
from bench_queries import QueryMaker

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selenium.webdriver import Chrome

pytestmark = pytest.mark.browser
PAPERS = [*MADE, *seed_papers()]
NUMBER = 660

# Compares one query in both; gives how many papers lunr.js finds, and how the client differs if it does.
COMPARE = """
window.refs ??= [...new Set(Object.keys(window.full.fieldVectors).map(ref => ref.slice(ref.indexOf("/") + 1)))];
window.compare ??= async (query) => {
  let truth = [], message = "";
  try { truth = window.full.search(query); } catch (error) { message = error.message; }
  const answer = await window.client.search(query);
  if (answer.ran && !truth.length) truth = window.full.search(answer.ran);
  const same = truth.length === answer.papers.length && message === answer.message &&
    truth.every((hit, at) => hit.ref === window.refs[answer.papers[at]] && hit.score === answer.scores[at]);
  return { query, found: truth.length, message: answer.message, same };
};
const all = [];
for (const query of args[0]) all.push(await window.compare(query));
return all;
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("bare")
    write_bare(folder, PAPERS)
    with serve(folder) as address:
        yield address


@pytest.fixture
def both(browser: Chrome, site: str) -> Chrome:
    """The page with the client as it is published, and stock lunr.js on the full index."""
    open_bare(browser, site)
    ask(
        browser,
        "{ const { SearchClient } = await import(new URL('assets/search-app.js', location)); "
        "window.client = new SearchClient(new URL('./', location)); "
        "window.full = stock.Index.load(await (await fetch('full.json')).json()); return client.load(); }",
    )
    return browser


def compared(chrome: Chrome, queries: list[str]) -> list[dict[str, Any]]:
    found = ask(chrome, f"{{ {COMPARE} }}", queries)
    assert isinstance(found, list), found
    assert [one["query"] for one in found] == queries
    return found


def test_queries_of_all_classes_have_the_papers_order_and_scores_of_lunr_js(both: Chrome) -> None:
    queries = list(QueryMaker(PAPERS).all_classes(NUMBER))
    assert len({kind for kind, _ in queries}) > 30
    found = compared(both, [query for _, query in queries])
    assert [one for one in found if not one["same"]] == []
    assert sum(one["found"] > 0 for one in found) > NUMBER * 0.8  # else the papers would prove little


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("", id="nothing is every paper"),
        pytest.param("-zzzz", id="all but what no paper has"),
        pytest.param("-model -title:image -2*", id="prohibited terms alone"),
        pytest.param("model -model", id="wanted and not wanted"),
        pytest.param("+model -model", id="required and not wanted"),
        pytest.param("+model +zzzz image", id="one of the required is missing"),
        pytest.param("title:+model", id="a sign at the wrong place"),
        pytest.param("nofield:model", id="a field that is none"),
        pytest.param("model^ image", id="half an operator"),
        pytest.param("model^99999999999999999999 image", id="a boost beyond all measure"),
        pytest.param(f"model^{'9' * 400} image", id="an infinite boost"),
        pytest.param("model^0", id="no weight at all"),
        pytest.param("model models modelling model^3 mod* *odel model~1", id="one term by many ways"),
        pytest.param("*", id="every term"),
        pytest.param("**model**", id="signs without need"),
        pytest.param("m*d*l*", id="three signs in a word"),
        pytest.param("s*", id="a range of many chunks"),
        pytest.param("2*", id="digits, which JavaScript sorts before letters"),
        pytest.param("year:202*", id="years by decade"),
        pytest.param("0.* 1.*", id="numbers with a point"),
        pytest.param("model~0 mod*~0", id="no slip allowed"),
        pytest.param("a~4 of~3", id="more slips than letters"),
        pytest.param("mo*el~1", id="slips and a sign"),
        pytest.param(r"encoder\/decoder mo\*", id="escaped signs"),
        pytest.param("机器 学* *习 šnaj* Šnajder~1 ｙ*", id="other scripts"),
        pytest.param("\U0001f600* 𝒳 ﬁ*", id="beyond two bytes"),
        pytest.param("constructor __proto__ toString", id="names that JavaScript's objects have"),
        pytest.param("topics:robot_learning authors:li year:2023", id="other fields"),
    ],
)
def test_rare_queries_too(both: Chrome, query: str) -> None:
    assert [one for one in compared(both, [query]) if not one["same"]] == []


def test_a_message_of_lunr_js_is_the_readers(both: Chrome) -> None:
    assert "unrecognised field 'nofield'" in compared(both, ["nofield:model"])[0]["message"]


def test_every_word_of_the_papers_finds_every_paper_that_has_it(both: Chrome) -> None:
    held = {
        paper.id: set(re.findall(r"\w+", plain_text(f"{paper.title} {paper.abstract}").lower())) for paper in PAPERS
    }
    words = sorted({word for of_paper in held.values() for word in of_paper if len(word) > 1} - set(WORDS))
    words = [word for word in words if not word.isdigit() and not re.search("[\u3000-\u9fff]", word)]
    assert len(words) > 5000
    order = [paper.id for paper in sorted(PAPERS, key=lambda paper: paper.order)]
    found = ask(
        both,
        "{ const all = []; for (const q of args[0]) all.push([...(await client.search(q)).papers]); return all; }",
        words,
    )
    lost = [
        (word, paper)
        for word, ordinals in zip(words, found, strict=True)
        for paper in {paper for paper, of_paper in held.items() if word in of_paper} - {order[at] for at in ordinals}
    ]
    assert lost == []


def test_a_long_query_is_answered_as_by_lunr_js(both: Chrome) -> None:
    words = " ".join(query for _, query in QueryMaker(PAPERS).typed(200))[:10_000]
    assert len(words) == 10_000
    found = compared(both, [words, "model " * 1666, "+" + "a" * 9_999, "mo* " * 2_500, "*" * 10_000, "-" + "b" * 9_999])
    assert [one for one in found if not one["same"]] == []


@pytest.mark.parametrize("query", ["a" * 9_998 + "~4", "internationalisations~9", "models~7 " * 1_000])
def test_slips_that_would_freeze_lunr_js_are_brought_down(both: Chrome, query: str) -> None:
    assert ask(both, "client.search(args[0]).then(answer => answer.capped)", query) is True


def test_ids_of_digits_alone_change_no_score_and_equals_stay_in_the_order_of_papers(
    browser: Chrome, tmp_path: Path
) -> None:
    # JavaScript's objects have such keys first and by their value: lunr.js meets 7 before 30 before "a".
    ids = ("30", "a", "7", "007", "b")
    papers = [Paper(identity, "Wombats", f"2025-01-01T00:00:0{at}Z") for at, identity in enumerate(ids)]
    write_bare(tmp_path, papers)
    with serve(tmp_path) as address:
        open_bare(browser, address)
        ours, theirs = ask(
            browser,
            "{ const client = make(); const { papers, scores } = await client.search('wombat');"
            "const full = stock.Index.load(await (await fetch('full.json')).json()).search('wombat');"
            "const ids = (await client.records(papers)).map(({ id }) => id);"
            "return [ids.map((id, at) => [id, scores[at]]), full.map(({ ref, score }) => [ref, score])]; }",
        )
    assert tuple(identity for identity, _ in ours) == ids
    assert tuple(identity for identity, _ in theirs) == ("7", "30", "a", "007", "b")
    assert sorted(ours) == sorted(theirs)


# ---- a million papers -----------------------------------------------------------------------------------------------

MILLION, PAPERS_IN_ALL = 1_000_000, 1_500_000


def write_million(folder: Path) -> None:
    """Write an index whose first million papers have one word, every seventh of them twice."""
    gaps, frequencies, lengths = bytes(MILLION), bytes(at % 7 == 0 for at in range(MILLION)), b"\3" * MILLION
    none, head = [b"", b""], [b"\0", b"\4", b"word", varints([MILLION, 0, 0])]
    columns = [*head, frequencies, *none, lengths, *none, gaps, *none]
    chunk = varints([1]) + varints([len(column) for column in columns]) + b"".join(columns)
    papers = {
        "documents": PAPERS_IN_ALL,
        "fields": ["title", "text"],
        "boosts": [10, 1],
        "averages": [3.0, 1.0],
        "group": 4,
        "dictionary": "",
    }
    pages = {"documents": 0, "fields": ["text"], "boosts": [1], "averages": [0.0], "group": 1, "dictionary": ""}
    common = {"k1": 1.2, "b": 0.75, "topics": [], "facets": "", "dates": ""}
    facts = {**common, "papers": papers, "pages": pages}
    segments = -(-PAPERS_IN_ALL // 256)
    about = compact_json(facts)
    name = bytes.fromhex("0011aabb")
    manifest = varints([len(about)]) + about + varints([1]) + name + b"\0\0"
    manifest += varints([segments]) + name * segments
    manifest += varints([min(256, PAPERS_IN_ALL - at * 256) for at in range(segments)]) + b"\0"
    records = compact_json([[f"p{at}", f"Paper {at} of its file"] for at in range(4)])
    for path, payload in (
        ("m-1", manifest),
        (f"t/{name.hex()}", chunk),
        *((f"d/{name.hex()}/{at}", records) for at in (0, 1)),
    ):
        target = folder / "search" / f"{path}.bin"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(contained(payload))
    (folder / "search/current.json").write_text(json.dumps({"format": 3, "manifest": "1"}))


MILLION_ASKED = """
const client = make();
const ends = ({ papers }) => [papers.length, papers[0], papers.at(-1)];
const some = await client.search("word");
const twice = Math.ceil(args[0] / 7);
const shown = await client.suggest("word", 2);
return {
  found: some.papers.length,
  twice: some.papers.subarray(0, twice).every((ordinal, at) => ordinal === at * 7),
  once: some.papers.subarray(twice).every((ordinal, at, all) => ordinal % 7 && !(ordinal < all[at - 1])),
  scores: new Set(some.scores).size,
  without: ends(await client.search("-word")),
  all: ends(await client.search("-other")),
  suggested: [shown.total, ...shown.papers.map(({ title }) => title)],
};
"""


def test_a_million_results_come_best_first_and_equals_in_their_order(browser: Chrome, tmp_path: Path) -> None:
    write_bare(tmp_path, MADE)
    write_million(tmp_path)
    with serve(tmp_path) as address:
        open_bare(browser, address)
        found = ask(browser, f"{{ {MILLION_ASKED} }}", MILLION)
    assert found == {
        "found": MILLION,
        "twice": True,
        "once": True,
        "scores": 2,
        "without": [PAPERS_IN_ALL - MILLION, MILLION, PAPERS_IN_ALL - 1],
        "all": [PAPERS_IN_ALL, 0, PAPERS_IN_ALL - 1],
        "suggested": [MILLION, "Paper 0 of its file", "Paper 3 of its file"],
    }
