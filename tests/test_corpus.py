"""Records on disk: what is read, what is refused, and that what is written is read back, by others too."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen import model
from sitegen.corpus import RULES, dump_paper, dump_topics, load_corpus, parse_corpus, parse_paper
from sitegen.corpus.schema import (
    AUTHOR_KEYS,
    CHANGE_KEYS,
    LINK_KEYS,
    PAPER_KEYS,
    PUBLICATION_KEYS,
    RECORD_CAP,
    SETTINGS_CAP,
    SOURCE_KEYS,
    CorpusFile,
    parse_settings,
    parse_topics,
)
from sitegen.model import Author, Change, Corpus, CorpusSettings, FeedSettings, Links, Paper, Publication, Source, Topic
from sitegen.problems import Problem, SitegenError
from sitegen.text import clean, stream_safe

SCHEMA = Path(__file__).parents[1] / "sitegen" / "record.schema.json"
MINIMAL = b"title: A title\nadded: 2025-11-03T00:00:12Z\n"


def record(content: bytes) -> Paper:
    paper, problems = parse_paper(content, "papers/x.yaml")
    assert not problems
    assert paper is not None
    return paper


def faults(content: bytes) -> list[tuple[int, str]]:
    _, problems = parse_paper(content, "papers/x.yaml")
    return [(problem.location.line, problem.code) for problem in problems]


def corpus_folder(folder: Path, **records: bytes) -> Path:
    (folder / "papers").mkdir(parents=True)
    (folder / "topics.yaml").write_bytes(b"topics: []\n")
    for name, content in records.items():
        (folder / "papers" / f"{name}.yaml").write_bytes(content)
    return folder


# Reading

FULL = b"""\
title: 'NO'
title_source: derived
type: article
kind: method
status: retracted
authors:
- Ada Lovelace
- {family: Hopper, given: Grace, orcid: 0000-0002-1825-0097}
- {name: The Group, literal: true}
author_count: 3
organizations: [NVIDIA]
date: 2023-08-14
date_source: inferred
added: 2025-11-03T00:00:12Z
announce: false
topics: [NO, on, 1e5]
links: {arxiv: 2301.00010, doi: , page: https://example.org/#a}
venue: 1984
publication: {volume: 012, pages: 1:30}
abstract: |
  One.

    Two: # three
note: ~
changes:
- {at: 2025-11-04T00:00:00Z, kind: version, note: v2}
aliases: [old]
same_as: []
not_same_as:
key: 1234567890123456
sources:
- {file: a.txt, format: hf-daily, ordinal: 1, listed: 2025-11-03, count: 0}
"""


def test_every_scalar_is_the_text_that_stands_there() -> None:
    assert record(FULL) == Paper(
        id="x",
        title="NO",
        title_source="derived",
        type="article",
        kind="method",
        status="retracted",
        authors=(
            Author("Ada Lovelace"),
            Author("Grace Hopper", "Hopper", "Grace", orcid="0000-0002-1825-0097"),
            Author("The Group", literal=True),
        ),
        author_count=3,
        organizations=("NVIDIA",),
        date="2023-08-14",
        date_source="inferred",
        added="2025-11-03T00:00:12Z",
        announce=False,
        topics=("NO", "on", "1e5"),
        links=Links(arxiv="2301.00010", page="https://example.org/#a"),
        venue="1984",
        publication=Publication(volume="012", pages="1:30"),
        abstract="One.\n\n  Two: # three\n",
        note="~",
        changes=(Change("2025-11-04T00:00:00Z", "version", "v2"),),
        aliases=("old",),
        key="1234567890123456",
        sources=(Source("a.txt", "hf-daily", 1, "2025-11-03", 0),),
    )


def test_a_record_remembers_its_file_and_the_lines_of_its_keys() -> None:
    origin = record(FULL).origin
    lines = FULL.decode().split("\n")
    assert origin.path == "papers/x.yaml"
    for key in ("title", "date", "added", "abstract", "key", "sources"):
        assert lines[origin.line(key) - 1].startswith(f"{key}:")
    assert lines[origin.line("authors.1") - 1].startswith("- {family: Hopper")


@pytest.mark.parametrize(
    ("content", "title"),
    [
        pytest.param(b"---\n" + MINIMAL, "A title", id="a document may begin with its marker"),
        pytest.param(MINIMAL.replace(b"\n", b"\r\n"), "A title", id="lines may end as Windows ends them"),
        pytest.param(b'title: "A\\ttab"\nadded: x\n', "A\ttab", id="a tab is text"),
        pytest.param("title: e\u0301\nadded: x\n".encode(), "é", id="text is composed (NFC)"),
        pytest.param("title: 👩\u200d🔬\nadded: x\n".encode(), "👩\u200d🔬", id="an emoji keeps its joiner"),
    ],
)
def test_harmless_files_are_read(content: bytes, title: str) -> None:
    assert record(content).title == title


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(b"", [(0, "SG002")], id="an empty file"),
        pytest.param(b" \n\n", [(0, "SG002")], id="blank lines"),
        pytest.param(b"# a comment\n", [(0, "SG002")], id="comments only"),
        pytest.param(b"\xef\xbb\xbf" + MINIMAL, [(1, "SG002")], id="a byte order mark"),
        pytest.param(MINIMAL.decode().encode("utf-16"), [(1, "SG002")], id="UTF-16"),
        pytest.param(MINIMAL + b"venue: Z\xfcrich\n", [(3, "SG002")], id="Latin-1"),
        pytest.param(b"#" * (RECORD_CAP + 1), [(0, "SG003")], id="a file over the cap"),
        pytest.param(MINIMAL + b"venue: a\x00b\n", [(3, "SG025")], id="a NUL"),
        pytest.param(MINIMAL + b"venue: \x1b[2Jb\nnote: \x07\n", [(3, "SG025")], id="control characters, named once"),
        pytest.param(MINIMAL + "venue: a\u2028b\n".encode(), [(3, "SG025")], id="a line separator, which YAML counts"),
        pytest.param(MINIMAL + b"venue: a\rb\n", [(3, "SG025")], id="a lone carriage return"),
        pytest.param(MINIMAL + b'venue: "\\u0007"\n', [(3, "SG025")], id="a control character as an escape"),
        pytest.param(MINIMAL + b"venue: e" + "\u0301".encode() * 31, [(3, "SG025")], id="a tower of marks"),
        pytest.param(b"title:\n\tadded: x\n", [(2, "SG006")], id="a tab as indentation"),
        pytest.param(b"title: a: b\n", [(1, "SG006")], id="a colon in plain text"),
        pytest.param(b"title: x\nvenue: [a, b\nadded: x\n", [(2, "SG006")], id="a list that is not closed"),
        pytest.param(b"title: x\njust words\nadded: x\n", [(2, "SG006")], id="words without a key"),
        pytest.param(b"title: @home\n", [(1, "SG006")], id="a reserved character"),
        pytest.param(b"%YAML 3.0\n---\ntitle: x\n", [(1, "SG006")], id="a YAML of the future"),
        pytest.param(b"%TAG ! tag:x,1:\n---\ntitle: x\n", [(1, "SG007")], id="a tag directive"),
        pytest.param(b"title: !!python/object:os.system x\n", [(1, "SG007")], id="a tag"),
        pytest.param(b"title: &a x\nvenue: *a\n", [(1, "SG007"), (2, "SG007")], id="an anchor and its alias"),
        pytest.param(MINIMAL + b"---\n" + MINIMAL, [(3, "SG007")], id="a second document"),
        pytest.param(b"[a]: x\n", [(1, "SG007")], id="a list as a key"),
        pytest.param(b"title: x\nadded: x\ntitle: y\n", [(3, "SG008")], id="a key twice"),
        pytest.param(MINIMAL + b"links: {doi: 10.1/x, doi: 10.1/y}\n", [(3, "SG008")], id="a key twice, further down"),
        pytest.param(MINIMAL + b"<<: {doi: x}\n", [(3, "SG009")], id="a merge key is only an unknown key"),
        pytest.param(b"title: x\n", [(1, "SG010")], id="a required key is missing"),
        pytest.param(b"added: x\ntitle:\n", [(2, "SG010")], id="a required key has no value"),
        pytest.param(b"a text\n", [(1, "SG011")], id="no mapping"),
        pytest.param(MINIMAL + b"sources: [x]\n", [(3, "SG011")], id="text where a mapping must be"),
        pytest.param(MINIMAL + b"author_count: " + b"9" * 5000, [(3, "SG013")], id="a number beyond counting"),
        pytest.param(MINIMAL + "author_count: ٣\n".encode(), [(3, "SG013")], id="digits of another script"),
        pytest.param(MINIMAL + b"author_count: [3]\n", [(3, "SG013")], id="a list where a number must be"),
        pytest.param(MINIMAL + b"topics: [" + b"a," * 101 + b"]\n", [(3, "SG026")], id="a list over its cap"),
    ],
)
def test_what_is_refused_is_named_with_its_line(content: bytes, expected: list[tuple[int, str]]) -> None:
    assert faults(content) == expected


def test_a_record_with_a_small_fault_is_there_all_the_same() -> None:
    paper, problems = parse_paper(MINIMAL + b"venu: A\ndate: [x]\nvenue: B\n", "papers/x.yaml")
    assert paper is not None
    assert (paper.title, paper.venue) == ("A title", "B")
    assert [problem.hint for problem in problems] == ["did you mean 'venue'?", ""]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"[" * 30_000, id="30,000 lists"),
        pytest.param(b"title: " + b"{a: " * 10_000, id="10,000 mappings"),
        pytest.param(b"- " * 10_000, id="10,000 block lists"),
        pytest.param(b"? " * 10_000, id="10,000 keys"),
    ],
)
def test_deep_nesting_is_refused_and_kills_nobody(content: bytes, tmp_path: Path) -> None:
    folder = corpus_folder(tmp_path / "c", deep=content, sound=MINIMAL)
    words = (
        "import sys; from pathlib import Path; from sitegen.corpus import load_corpus\n"
        "corpus, problems = load_corpus(Path(sys.argv[1]))\n"
        "print([paper.id for paper in corpus.papers], [problem.code for problem in problems])"
    )
    done = subprocess.run(
        [sys.executable, "-c", words, str(folder)], capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stdout.strip()) == (0, "['sound'] ['SG007']"), done.stderr


def test_twelve_levels_may_be_nested_and_thirteen_may_not() -> None:
    assert faults(MINIMAL + b"x: " + b"[" * 11 + b"]" * 11 + b"\n") == [(3, "SG009")]
    assert faults(MINIMAL + b"x: " + b"[" * 12 + b"]" * 12 + b"\n") == [(3, "SG007")]


def test_aliases_that_multiply_make_two_problems_at_once() -> None:
    laughs = b"a0: &a0 [ha]\n" + b"".join(
        b"a%d: &a%d [%s]\n" % (i, i, b",".join([b"*a%d" % (i - 1)] * 9)) for i in range(1, 99)
    )
    assert faults(laughs) == [(1, "SG007"), (2, "SG007")]


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")))
def test_no_bytes_make_the_reader_raise(content: bytes) -> None:
    paper, problems = parse_paper(content, "papers/x.yaml")
    assert problems or paper
    assert {problem.code for problem in problems} <= RULES.keys()


# The folder


def test_a_corpus_is_read_from_any_folders_in_order_of_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    folder = corpus_folder(tmp_path / "corpus", b=MINIMAL, a=MINIMAL.replace(b"00:12Z", b"00:13Z"))
    (folder / "papers" / "2023" / "x").mkdir(parents=True)
    (folder / "papers" / "2023" / "x" / "c.yaml").write_bytes(MINIMAL)
    (folder / "papers" / ".c.yaml.swp").write_bytes(b"\x00")
    (folder / "papers" / ".git").mkdir()
    (folder / "corpus.yaml").write_bytes(b"format: 1\ntitle: Ours\nfeed: {authority: example.org, since: 2025-01}\n")
    (folder / "topics.yaml").write_bytes(b"topics:\n- {slug: a, name: A, cues: [one, two], curators: [me]}\n")
    corpus, problems = load_corpus(folder)
    assert problems == ()
    assert [paper.id for paper in corpus.papers] == ["b", "c", "a"]
    assert corpus.papers[1].origin.path == "corpus/papers/2023/x/c.yaml"
    assert corpus.settings == CorpusSettings(title="Ours", feed=FeedSettings("example.org", "2025-01"))
    assert corpus.topics == (Topic("a", "A", cues=("one", "two"), curators=("me",)),)
    assert corpus.topics[0].origin.line("slug") == 2


@pytest.mark.parametrize(
    ("address", "sound"),
    [
        ("https://hub.example.org/", True),
        ("https://hub.example.org", True),
        ("https://hub.example.org:8443/a/b-c_d", True),
        ("http://hub.example.org/", False),
        ("https://hub.example.org/?a=1", False),
        ("https://ada@hub.example.org/", False),
        ("https://hub.example.org/#x", False),
        ("https://hub.example.org/$(id)", False),
        ("https://hub.example.org/ x", False),
        ("https://", False),
        ("hub.example.org", False),
    ],
)
def test_a_hub_is_an_https_address_that_means_itself_in_a_shell(address: str, sound: bool) -> None:
    settings, problems = parse_settings(f"format: 1\nfeed: {{websub: '{address}'}}\n".encode(), "corpus.yaml")
    assert [problem.code for problem in problems] == ([] if sound else ["SG036"])
    assert not sound or settings.feed == FeedSettings(websub=address)


@pytest.mark.parametrize(
    ("named", "shown"),
    [
        pytest.param("c", "c/papers/x.yaml", id="relative"),
        pytest.param("./c/", "c/papers/x.yaml", id="relative, written oddly"),
        pytest.param("{here}/c", "c/papers/x.yaml", id="absolute, below the current directory"),
        pytest.param("../{name}/c", "../{name}/c/papers/x.yaml", id="by way of the parent"),
    ],
)
def test_paths_are_as_the_user_would_name_them(
    named: str, shown: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    corpus_folder(tmp_path / "c", x=MINIMAL)
    corpus, _ = load_corpus(Path(named.format(here=tmp_path, name=tmp_path.name)))
    assert corpus.papers[0].origin.path == shown.format(name=tmp_path.name)


def test_paths_elsewhere_and_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = corpus_folder(tmp_path / "c", x=MINIMAL)
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert load_corpus(folder)[0].papers[0].origin.path == f"{folder}/papers/x.yaml"
    monkeypatch.chdir(folder)
    assert load_corpus(Path())[0].papers[0].origin.path == "papers/x.yaml"
    assert load_corpus(folder)[0].papers[0].origin.path == "papers/x.yaml"


def test_nothing_but_regular_files_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    folder = corpus_folder(tmp_path / "c", x=MINIMAL)
    papers = folder / "papers"
    os.mkfifo(papers / "fifo.yaml")
    (papers / "link.yaml").symlink_to(papers / "x.yaml")
    (papers / "loop").symlink_to(papers)
    (papers / "dangling.yaml").symlink_to("/nowhere")
    (papers / "x.yml").write_bytes(MINIMAL)
    (folder / "corpus.yaml").symlink_to(papers / "x.yaml")
    corpus, problems = load_corpus(folder)
    assert [paper.id for paper in corpus.papers] == ["x"]
    assert [(problem.location.path, problem.code) for problem in problems] == [
        (f"c/{name}", "SG001")
        for name in (
            "corpus.yaml",
            *(f"papers/{one}" for one in ("dangling.yaml", "fifo.yaml", "link.yaml", "loop", "x.yml")),
        )
    ]


def test_what_may_not_be_read_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    folder = corpus_folder(tmp_path / "c", x=MINIMAL)
    (folder / "papers" / "locked").mkdir()
    opened, listed = os.open, os.scandir

    def refuse_file(path: str, *rest: Any) -> int:
        if str(path).endswith("x.yaml"):
            raise PermissionError(13, "Permission denied")
        return opened(path, *rest)

    def refuse_folder(path: str) -> Any:
        if str(path).endswith("locked"):
            raise PermissionError(13, "Permission denied")
        return listed(path)

    monkeypatch.setattr(os, "open", refuse_file)
    monkeypatch.setattr(os, "scandir", refuse_folder)
    _, problems = load_corpus(folder)
    assert [(problem.location.path, problem.message) for problem in problems] == [
        ("c/papers/locked", "a folder must be readable: Permission denied"),
        ("c/papers/x.yaml", "a file must be readable: Permission denied"),
    ]


def test_what_is_no_corpus_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(SitegenError, match="there is no corpus folder"):
        load_corpus(tmp_path / "none")
    with pytest.raises(SitegenError, match=r"it has no topics\.yaml"):
        load_corpus(tmp_path)
    (tmp_path / "topics.yaml").write_text("topics: []\n")
    assert load_corpus(tmp_path) == (Corpus(), ()), "git keeps no empty papers/"
    (tmp_path / "papers").symlink_to(tmp_path)
    with pytest.raises(SitegenError, match="must be a folder"):
        load_corpus(tmp_path)


def test_broken_settings_and_topics_cost_no_paper() -> None:
    files = [
        CorpusFile("c/corpus.yaml", "corpus.yaml", b"format: 1\ntitle: [\n"),
        CorpusFile("c/topics.yaml", "topics.yaml", b"topics: &a []\n"),
        CorpusFile("c/papers/x.yaml", "papers/x.yaml", MINIMAL),
    ]
    corpus, problems = parse_corpus(files)
    assert corpus == Corpus(papers=(record(MINIMAL),))
    assert [(str(problem.location), problem.code) for problem in problems] == [
        ("c/corpus.yaml:2", "SG006"),
        ("c/topics.yaml:1", "SG007"),
    ]


def test_settings_and_topics_have_a_cap_too() -> None:
    large = b"#" * (SETTINGS_CAP + 1)
    found: list[tuple[Problem, ...]] = [parse_settings(large, "corpus.yaml")[1], parse_topics(large, "topics.yaml")[1]]
    assert [[problem.code for problem in problems] for problems in found] == [["SG003"], ["SG003"]]


# Writing


def test_a_record_is_written_in_its_one_form() -> None:
    paper = Paper(
        id="x",
        title="NO: a study",
        added="2025-11-03T00:00:12Z",
        date="2023-08-14",
        authors=(
            Author("A. Lovelace"),
            Author("Null"),
            Author("G. Hopper", "Hopper", "G.", orcid="0000-0002-1825-0097"),
        ),
        author_count=6,
        topics=("a-b", "on"),
        links=Links(arxiv="2301.00010", page="https://x.org/a?b=c#d"),
        publication=Publication(volume="12"),
        abstract="One: two # three\n\n- four",
        note=" leading",
        changes=(Change("2025-11-04T00:00:00Z", "version", 'He said "\\x"'),),
        key="9f2c61d0a4b7e835",
        sources=(Source("002_343.txt", "hf-daily", 1, "2025-11-03", 2),),
    )
    assert dump_paper(paper).decode() == (
        'title: "NO: a study"\n'
        "title_source: given\n"
        "type: preprint\n"
        "authors:\n"
        "- A. Lovelace\n"
        '- "Null"\n'
        "- {name: G. Hopper, family: Hopper, given: G., orcid: 0000-0002-1825-0097}\n"
        "author_count: 6\n"
        "date: 2023-08-14\n"
        "date_source: given\n"
        "added: 2025-11-03T00:00:12Z\n"
        "announce: true\n"
        'topics: [a-b, "on"]\n'
        "links:\n"
        '  arxiv: "2301.00010"\n'
        "  page: https://x.org/a?b=c#d\n"
        "publication:\n"
        '  volume: "12"\n'
        "abstract: |-\n"
        "  One: two # three\n"
        "\n"
        "  - four\n"
        "note: |2-\n"
        "   leading\n"
        "changes:\n"
        "- at: 2025-11-04T00:00:00Z\n"
        "  kind: version\n"
        '  note: He said "\\x"\n'
        "key: 9f2c61d0a4b7e835\n"
        "sources:\n"
        "- {file: 002_343.txt, format: hf-daily, ordinal: 1, listed: 2025-11-03, count: 2}\n"
    )


def test_title_and_added_are_always_there() -> None:
    lines = dump_paper(Paper("x", "", "")).decode().split("\n")
    assert 'title: ""' in lines
    assert 'added: ""' in lines


_ODD = " \t\n:#-?,[]{}'\"\\&*!|>%@`ab0~\u00a0\u2028\u0085\ufeff\u202e\u3000\U000e0001é.eE_=<+"
texts = (
    st.one_of(
        st.text(max_size=30),
        st.text(alphabet=_ODD, max_size=14),
        st.sampled_from(
            ["NO", "null", "~", "1e5", "0x1F", "1_000", "12:30:45", "2023-08-14", ".inf", "=", "<<", "- a"]
        ),
        st.just("word " * 300),
    )
    .map(clean)
    .filter(lambda text: bool(text) and clean(text) == text == stream_safe(text))
)
lists = st.lists(texts, max_size=3).map(tuple)
papers = st.builds(
    Paper,
    id=st.just("x"),
    title=texts,
    added=texts,
    date=texts,
    date_source=texts,
    announce=st.booleans(),
    authors=st.lists(st.builds(Author, texts) | st.builds(Author, texts, texts, texts, st.booleans()), max_size=2).map(
        tuple
    ),
    author_count=st.none() | st.integers(1, 999_999_999),
    organizations=lists,
    topics=lists,
    links=st.builds(Links, texts, texts),
    publication=st.builds(Publication, texts),
    abstract=texts,
    note=texts,
    changes=st.lists(st.builds(Change, texts, texts, texts), max_size=2).map(tuple),
    sources=st.lists(st.builds(Source, texts, texts, st.integers(1, 9), texts, st.none() | st.just(0)), max_size=2).map(
        tuple
    ),
)


@settings(deadline=None, max_examples=100)
@given(papers)
def test_what_is_written_is_read_back_by_us_and_by_others(paper: Paper) -> None:
    written = dump_paper(paper)
    assert record(written) == paper
    for loader in (yaml.BaseLoader, yaml.SafeLoader):  # pure Python, not the parser that we use
        other = yaml.load(written, Loader=loader)  # noqa: S506 (safe loaders both)
        assert other["title"] == paper.title
        assert other["abstract"] == paper.abstract
        assert other["note"] == paper.note
        assert other.get("topics", []) == list(paper.topics)
        assert other.get("organizations", []) == list(paper.organizations)
        assert other["links"] == {"arxiv": paper.links.arxiv, "doi": paper.links.doi}
        assert [change["note"] for change in other.get("changes", [])] == [change.note for change in paper.changes]
    assert len(written.decode().split("\n")) < 60 or "\n" in paper.abstract + paper.note


@given(st.lists(st.builds(Topic, texts, texts, texts, cues=lists, parent=texts), max_size=3).map(tuple))
def test_topics_are_read_back(topics: tuple[Topic, ...]) -> None:
    assert parse_topics(dump_topics(topics), "topics.yaml") == (topics, ())


# The schema for editors


def test_editors_know_the_same_keys_and_values() -> None:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    known = schema["properties"]
    assert list(known) == list(PAPER_KEYS)
    assert set(known["links"]["properties"]) == set(LINK_KEYS)
    assert set(known["publication"]["properties"]) == set(PUBLICATION_KEYS)
    assert set(known["sources"]["items"]["properties"]) == set(SOURCE_KEYS)
    assert set(known["changes"]["items"]["properties"]) == set(CHANGE_KEYS)
    assert set(known["authors"]["items"]["anyOf"][1]["properties"]) == set(AUTHOR_KEYS)
    assert known["kind"]["enum"] == [*model.KINDS, None]
    assert known["type"]["enum"] == [*model.TYPES, None]
    assert known["status"]["enum"] == [*model.STATUSES, None]
    assert known["changes"]["items"]["properties"]["kind"]["enum"] == list(model.CHANGE_KINDS)


@pytest.mark.parametrize(
    ("content", "sound"),
    [
        pytest.param(
            FULL.replace(b"[NO, on, 1e5]", b"[agents, 404]"),
            True,
            id="a full record with YAML's own numbers and booleans",
        ),
        pytest.param(b"title: x\nadded: 2025-11-03\n", False, id="a day where a time must be"),
        pytest.param(MINIMAL + b"kind: methods\n", False, id="an unknown kind"),
        pytest.param(MINIMAL + b"venu: x\n", False, id="an unknown key"),
        pytest.param(MINIMAL + b"topics: nlp\n", False, id="text where a list must be"),
        pytest.param(MINIMAL + b"date: 2023\n", True, id="a year that YAML takes for a number"),
    ],
)
def test_editors_judge_as_we_do(content: bytes, sound: bool) -> None:
    class Editor(yaml.SafeLoader):
        """YAML 1.2's core schema has no dates, and its numbers and booleans are these."""

    Editor.yaml_implicit_resolvers = {
        first: [(tag, regexp) for tag, regexp in found if not tag.endswith((":timestamp", ":bool")) or first in "tf"]
        for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    schema = json.loads(SCHEMA.read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    judge = jsonschema.Draft202012Validator(schema)
    assert judge.is_valid(yaml.load(content, Loader=Editor)) is sound  # noqa: S506 (a SafeLoader)
