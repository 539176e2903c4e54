"""The rules: one corpus broken on purpose, one list of all that is wrong with it, and what no folder can hold."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from sitegen import report
from sitegen.checks import CHECKS, RULES, check
from sitegen.checks.shapes import address_fault, in_calendar, is_arxiv, is_date, is_doi, is_id, is_orcid, is_time
from sitegen.corpus import CorpusFile, load_corpus, parse_corpus
from sitegen.model import Author, Corpus, Origin, Paper, Topic

HERE = Path(__file__).parent
# Rules that the broken corpus cannot break, and where they are tested instead.
ELSEWHERE = {
    "SG003": "test_corpus.py: a file over the cap",
    "SG020": "test_topics_without_papers_are_warnings",
    "SG026": "test_caps",
    **{f"SG{number:03}": "test_comparison.py" for number in range(37, 46)},
    "SG035": "test_formulas_that_cannot_be_shown_are_warnings_at_their_key",
}
ADDED = "2025-11-03T00:00:12Z"


def paper(name: str, **rest: object) -> Paper:
    made = Paper(name, f"The title of {name}", ADDED, origin=Origin(f"papers/{name}.yaml", (("title", 1),)))
    return replace(made, **rest)  # type: ignore[arg-type]


def codes(corpus: Corpus) -> list[tuple[str, str]]:
    return [(str(problem.location), problem.code) for problem in check(corpus)]


def test_everything_wrong_with_the_broken_corpus_is_said_in_one_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(HERE)
    corpus, problems = load_corpus(Path("broken_corpus"))
    expected = (HERE / "broken_corpus" / "expected.txt").read_text("utf-8")
    assert report.text((*problems, *check(corpus, problems))).split("\n") == expected.split("\n")


def test_the_broken_corpus_is_judged_as_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(HERE / "broken_corpus")
    corpus, problems = load_corpus(Path())
    found = [(one.location.path, one.location.line, one.code) for one in (*problems, *check(corpus, problems))]
    by_hand = Path("by_hand.txt").read_text("utf-8")
    rows = re.findall(r"^([^#\n].*):([0-9]+) (SG[0-9]{3})$", by_hand, re.MULTILINE)
    assert len(rows) == sum(not line.startswith("#") for line in by_hand.splitlines())
    assert sorted(found) == sorted((path, int(line), code) for path, line, code in rows)


def test_every_rule_is_broken_somewhere() -> None:
    expected = (HERE / "broken_corpus" / "expected.txt").read_text("utf-8")
    assert set(re.findall(r": (SG[0-9]{3}) ", expected)) | ELSEWHERE.keys() == RULES.keys()


def test_rules_are_numbered_without_gaps_and_said_in_a_line() -> None:
    assert list(RULES) == [f"SG{number:03}" for number in range(1, len(RULES) + 1)]
    assert all(rule and "\n" not in rule and len(rule) < 120 for rule in RULES.values())


def test_every_check_has_its_rule_as_docstring_and_stands_once() -> None:
    assert len(set(CHECKS)) == len(CHECKS)
    assert all(rule.__doc__ for rule in CHECKS)


def test_a_sound_corpus_has_no_problems() -> None:
    sound = paper("a", topics=("t",), date="2023-08", authors=(Author("A. B."),), not_same_as=("b",))
    assert check(Corpus(topics=(Topic("t", "T"),), papers=(sound, paper("b")))) == ()


def test_formulas_that_cannot_be_shown_are_warnings_at_their_key() -> None:
    origin = Origin("papers/x.yaml", (("title", 1), ("abstract", 4), ("note", 6)))
    abstract = r"It costs $15 and $x^2$, then $\href{y}{z}$, again $\href{y}{z}$, and $\nosuch{1}$ fails."
    facts = {"title": r"Of $\style{a}{b}$", "abstract": abstract, "note": r"See $\nosuch{2}$ and $y$."}
    found = check(Corpus(papers=(paper("x", **facts, origin=origin),)))
    assert [(str(one.location), one.code, one.severity, one.message) for one in found] == [
        ("papers/x.yaml:1", "SG035", "warning", _not_shown("title", r"$\style{a}{b}$")),
        ("papers/x.yaml:4", "SG035", "warning", _not_shown("abstract", r"$\href{y}{z}$")),
        ("papers/x.yaml:4", "SG035", "warning", _not_shown("abstract", r"$\nosuch{1}$")),
        ("papers/x.yaml:6", "SG035", "warning", _not_shown("note", r"$\nosuch{2}$")),
    ]


def _not_shown(name: str, source: str) -> str:
    return f"a formula of the {name} should be one that MathML can show, not '{source}'"


def test_topics_without_papers_are_warnings() -> None:
    topics = (Topic("a", "A"), Topic("parent", "P"), Topic("child", "C", parent="parent"))
    placed = tuple(replace(topic, origin=Origin("topics.yaml", (("slug", 7),))) for topic in topics)
    found = check(Corpus(topics=placed, papers=(paper("x", topics=("child",)),)))
    assert [(str(problem.location), problem.code, problem.severity, problem.message) for problem in found] == [
        ("topics.yaml:7", "SG020", "warning", "a topic should have a paper, but no paper names 'a'")
    ]


def test_caps() -> None:
    at_cap = paper("a", title="x" * 500, abstract="x" * 10_000, note="x" * 10_000, authors=(Author("A"),) * 6_000)
    over = paper("b", title="x" * 501, abstract="x" * 10_001, note="x" * 10_001, authors=(Author("A"),) * 6_001)
    assert codes(Corpus(papers=(at_cap,))) == []
    assert codes(Corpus(papers=(over,))) == [("papers/b.yaml:1", "SG026")] * 4


def test_a_record_that_cannot_be_read_makes_no_second_problem() -> None:
    files = [
        CorpusFile("c/topics.yaml", "topics.yaml", b"topics: ["),
        CorpusFile("c/papers/broken.yaml", "papers/broken.yaml", b"title: ["),
        CorpusFile(
            "c/papers/x.yaml",
            "papers/x.yaml",
            b"title: x\nadded: 2025-11-03T00:00:12Z\ntopics: [t]\nsame_as: [broken]\n",
        ),
    ]
    corpus, problems = parse_corpus(files)
    assert [problem.code for problem in problems] == ["SG006", "SG006"]
    assert check(corpus, problems) == ()
    assert [problem.code for problem in check(corpus)] == ["SG019", "SG027"]


def test_an_alias_may_not_be_the_id_of_a_record_that_cannot_be_read() -> None:
    files = [
        CorpusFile("c/papers/broken.yaml", "papers/broken.yaml", b"title: ["),
        CorpusFile("c/papers/x.yaml", "papers/x.yaml", b"title: x\nadded: 2025-11-03T00:00:12Z\naliases: [broken]\n"),
    ]
    corpus, problems = parse_corpus(files)
    assert [(problem.code, problem.location.line) for problem in check(corpus, problems)] == [("SG018", 3)]


def test_found_values_are_shortened_and_cannot_write_lines_of_their_own() -> None:
    [problem] = check(Corpus(papers=(paper("x", date="\n\u202e" + "y" * 100),)))[:1]
    assert problem.message.endswith(r"not '\n\u202e" + "y" * 57 + "…'")


def test_arxiv_ids_are_compared_without_version() -> None:
    first, second = paper("a"), paper("b")
    first = replace(first, links=replace(first.links, arxiv="2301.00010"))
    second = replace(second, links=replace(second.links, arxiv="2301.00010v3"))
    assert [code for _, code in codes(Corpus(papers=(first, second)))] == ["SG022", "SG024"]


@pytest.mark.parametrize(
    ("value", "shape", "calendar"),
    [
        ("2023", True, True),
        ("2023-08", True, True),
        ("2023-08-14", True, True),
        ("2024-02-29", True, True),
        ("2023-02-29", True, False),
        ("2023-13", True, False),
        ("2023-00", True, False),
        ("0000", True, False),
        ("2023-8-14", False, False),
        ("14 August 2023", False, False),
        ("2023-08-14T00:00:00Z", False, False),
        ("٢٠٢٣", False, False),
        ("2023\n", False, False),
    ],
)
def test_dates(value: str, shape: bool, calendar: bool) -> None:
    assert (is_date(value), in_calendar(value)) == (shape, calendar)


@pytest.mark.parametrize(
    ("value", "sound"),
    [
        ("2025-11-03T00:00:12Z", True),
        ("2025-11-03T24:00:00Z", False),
        ("2025-11-03T23:59:60Z", False),
        ("2025-02-29T00:00:00Z", False),
        ("2025-11-03T00:00:12+00:00", False),
        ("2025-11-03 00:00:12Z", False),
        ("2025-11-03", False),
    ],
)
def test_times(value: str, sound: bool) -> None:
    assert is_time(value) is sound


@pytest.mark.parametrize(
    ("value", "sound"),
    [
        ("a", True),
        ("0-a", True),
        ("a" * 80, True),
        ("a" * 81, False),
        ("", False),
        ("-a", False),
        ("A", False),
        ("a_b", False),
        ("a/b", False),
        ("..", False),
        ("a\n", False),
    ],
)
def test_ids(value: str, sound: bool) -> None:
    assert is_id(value) is sound


# From info.arxiv.org/help/arxiv_identifier.html and its history.
@pytest.mark.parametrize(
    ("value", "sound"),
    [
        ("0706.0001", True),
        ("1501.00001", True),
        ("hep-th/9901001", True),
        ("math.GT/0309136", True),
        ("math/0309136", True),
        ("1501.00001v1", False),
        ("arXiv:1501.00001", False),
        ("https://arxiv.org/abs/1501.00001", False),
        ("1513.00001", False),
        ("1501.001", False),
        ("hep-th/99010011", False),
    ],
)
def test_arxiv_ids(value: str, sound: bool) -> None:
    assert is_arxiv(value) is sound


@pytest.mark.parametrize(
    ("value", "sound"),
    [
        ("10.1000/182", True),
        ("10.1000.10/123456", True),
        ("10.1002/(SICI)1096-8644(199601)99:1<1::AID-AJPA1>3.0.CO;2-1", True),
        ("doi:10.1000/182", False),
        ("https://doi.org/10.1000/182", False),
        ("10.1000/", False),
        ("10.1000/a b", False),
        ("11.1000/182", False),
    ],
)
def test_dois(value: str, sound: bool) -> None:
    assert is_doi(value) is sound


# The first three are ORCID's own examples, the last one ends in X as ISO 7064 has it.
@pytest.mark.parametrize(
    ("value", "sound"),
    [
        ("0000-0002-1825-0097", True),
        ("0000-0001-5109-3700", True),
        ("0000-0002-1694-233X", True),
        ("0000-0002-1825-0098", False),
        ("https://orcid.org/0000-0002-1825-0097", False),
        ("0000000218250097", False),
    ],
)
def test_orcids(value: str, sound: bool) -> None:
    assert is_orcid(value) is sound


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ("https://example.org", ""),
        ("http://example.org:8080/a?b=c&d=%20#e", ""),
        ("https://[2001:db8::1]/", ""),
        ("https://müller.example/ä", ""),
        ("HTTPS://EXAMPLE.ORG/", ""),
        ("javascript:alert(1)", "https"),
        ("data:text/html,x", "https"),
        ("//example.org/", "https"),
        ("https:example.org", "https"),
        ("example.org", "https"),
        ("", "https"),
        ("https:///path", "host"),
        ("https://:80/", "host"),
        ("https://./", "host"),
        ("https://a..b/", "host"),
        ("https://[::1/", "possible"),
        ("https://example.org:99999/", "possible"),
        ("https://user@example.org/", "user name"),
        ("https://user:pw@example.org/", "user name"),
        ("https://@example.org/", "user name"),
        ("https://example.org/a b", "spaces"),
        ("https://example.org/\n", "spaces"),
        ("java\tscript:alert(1)", "spaces"),
        ("https://example.org\\@evil.example/", "spaces"),
        ('https://example.org/"onload=', "spaces"),
        ("https://example.org/\x07", "spaces"),
    ],
)
def test_addresses(value: str, fault: str) -> None:
    found = address_fault(value)
    assert bool(found) is bool(fault)
    assert fault in found
