"""The weekly report: which links are asked, what is told of records, and the one issue that it is told in."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from github_server import GitHub, door, running
from repositories import record, write

from sitegen.corpus import load_corpus
from sitegen.github.care import LINKS_CAP, MARK, asked, care_report, links_of, to_ask
from sitegen.github.reach import Reached

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sitegen.model import Corpus

NOW = "2026-11-23T04:17:00Z"
# Only https is asked, so that this is a link that no test asks for.
UNASKED = {"links": "{page: 'http://a.test/'}"}
WHOLE = {"date": "2025", "authors": "[Ada Byron]", "links": "{code: https://code.test/x, doi: 10.1000/x}"}


@pytest.fixture
def github(monkeypatch: pytest.MonkeyPatch) -> Iterator[GitHub]:
    monkeypatch.setenv("no_proxy", "*")
    with running() as hub:
        yield hub


def corpus_of(folder: Path, papers: dict[str, str]) -> Corpus:
    write(folder, {"corpus/topics.yaml": "topics: []\n"})
    write(folder, {f"corpus/papers/2025/{name}.yaml": body for name, body in papers.items()})
    corpus, problems = load_corpus(folder / "corpus")
    assert problems == ()
    return corpus


def test_each_address_is_asked_once_and_a_removed_records_never(tmp_path: Path) -> None:
    both = "{pdf: https://a.test/p, page: https://a.test/p, arxiv: '2301.00001'}"
    papers = {
        "one": record("One", **WHOLE),
        "two": record("Two", links="{code: https://code.test/x}"),
        "three": record("Three", links=both),
        "gone": record("Gone", status="removed", links="{code: https://gone.test/x}"),
    }
    assert links_of(corpus_of(tmp_path, papers)) == {
        "https://a.test/p": ("three",),
        "https://arxiv.org/abs/2301.00001": ("three",),
        "https://code.test/x": ("one", "two"),
        "https://doi.org/10.1000/x": ("one",),
    }


def test_weeks_go_through_all_addresses_and_those_of_the_last_report_come_each_time() -> None:
    addresses = [f"https://a.test/{number:04}" for number in range(1_000)]
    weeks = [f"2026-{day}T00:00:00Z" for day in ("10-05", "10-12", "10-19", "10-26")]
    parts = [to_ask(addresses, "", week) for week in weeks]
    assert [len(part) for part in parts] == [LINKS_CAP] * 4
    assert sorted(set().union(*parts)) == addresses
    before = "- `https://a.test/0001` of `x`: 404\n- `https://elsewhere.test/` of `y`: 404"
    assert all("https://a.test/0001" in to_ask(addresses, before, week) for week in weeks)
    assert all("https://elsewhere.test/" not in to_ask(addresses, before, week) for week in weeks)
    assert to_ask(addresses[:5], before, NOW) == tuple(addresses[:5])
    assert to_ask([], before, NOW) == ()


def test_each_week_asks_many_hosts() -> None:
    links = [f"https://h{host}.test/{number}" for host in range(4) for number in range(250)]
    hosts = Counter(address.split("/")[2] for address in to_ask(links, "", NOW))
    assert len(hosts) == 4
    assert min(hosts.values()) > LINKS_CAP / 4 / 2


def test_a_host_that_wishes_for_time_gets_it(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr("time.sleep", slept.append)
    asked([f"https://{host}/{n}" for host in ("arxiv.org", "doi.org") for n in "ab"], lambda _: Reached("alive"))
    assert sorted(slept) == [1.0, 3.0]


def test_every_address_is_asked_and_the_answers_keep_their_order() -> None:
    addresses = [f"https://h{number % 7}.test/{number:03}" for number in range(60)] + ["https://[bad"]
    found = asked(addresses, lambda address: Reached("alive", address), 0)
    assert list(found) == sorted(addresses)
    assert all(one.why == address for address, one in found.items())


def test_the_report_lists_dead_links_and_gaps_and_nothing_else(tmp_path: Path) -> None:
    papers = {
        "whole": record("Whole", **WHOLE),
        "bare": record("Bare"),
        "team": record("By a team", date="2025", organizations="[A Team]", links="{arxiv: '2301.00001'}"),
        "taken": record("Taken", status="withdrawn"),
    }
    corpus = corpus_of(tmp_path, papers)
    links = {"https://a.test/": ("whole", "team"), "https://b.test/": ("whole",), "https://c.test/": ("whole",)}
    found = {
        "https://a.test/": Reached("dead", "404"),
        "https://b.test/": Reached("unsure", "403"),
        "https://c.test/": Reached("alive"),
    }
    said = care_report(corpus, links, found)
    sections = dict(re.findall(r"^### (.+?) \(\d+\)\n\n((?:- .+\n)+)", said, re.MULTILINE))
    bare = f"- `{tmp_path}/corpus/papers/2025/bare.yaml`\n"
    assert sections == {
        "Links that lead nowhere": "- `https://a.test/` of `whole` and 1 other: 404\n",
        "Records without a date": bare,
        "Records without authors": bare,
        "Records without links": bare,
    }
    assert care_report(corpus_of(tmp_path / "x", {"whole": papers["whole"]}), links, {}) == ""


def test_the_longest_report_fits_into_an_issue(tmp_path: Path) -> None:
    corpus = corpus_of(tmp_path, {f"{'x' * 70}-{number}": record("Bare") for number in range(200)})
    links = {f"https://a.test/{'`@everyone<img>' * 100}{number}": ("y" * 80,) for number in range(LINKS_CAP)}
    said = care_report(corpus, links, {address: Reached("dead", "404") for address in links})
    assert len(said) < 65_000
    assert "### Links that lead nowhere (300)" in said
    assert "- … and 250 more" in said


def test_one_issue_is_opened_kept_closed_and_opened_again(github: GitHub, tmp_path: Path) -> None:
    github.issues.append({"number": 40, "user": {"login": "eve"}, "state": "open", "body": f"{MARK}\nNothing here."})
    corpus_of(tmp_path, {"bare": record("Bare"), "whole": record("Whole", **WHOLE | UNASKED)})
    first = door(github, tmp_path, "care")
    assert (first.returncode, first.stdout, first.stderr) == (0, "1 link asked, 1 unsure\n", "")
    mine = github.issues[1]
    assert mine["title"] == "Links and records that need care"
    assert "### Records without a date (1)\n\n- `corpus/papers/2025/bare.yaml`" in mine["body"]
    door(github, tmp_path, "care")
    assert len(github.written) == 1, "what is said already is not written again"
    corpus_of(tmp_path, {"bare": record("Bare", **WHOLE | UNASKED)})
    door(github, tmp_path, "care")
    assert (mine["state"], mine["body"]) == ("closed", f"{MARK}\nNothing needs care.")
    corpus_of(tmp_path, {"bare": record("Bare")})
    door(github, tmp_path, "care")
    assert mine["state"] == "open"
    assert [one["number"] for one in github.issues] == [40, 2]
    assert github.issues[0]["body"].endswith("Nothing here.")


def test_where_nothing_needs_care_no_issue_is_opened(github: GitHub, tmp_path: Path) -> None:
    corpus_of(tmp_path, {"whole": record("Whole", **WHOLE | UNASKED)})
    assert door(github, tmp_path, "care").returncode == 0
    assert github.written == []
