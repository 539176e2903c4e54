"""What only a comparison can see: each rule broken and kept, and what `check --base` says and mends in a repository."""

from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from projects import ROOT, tree
from repositories import TOPICS, commit, make_repository, record, write

from sitegen.cli import main
from sitegen.comparison import COMPARISONS, compare
from sitegen.corpus import RULES
from sitegen.mends import Mend, mended_file
from sitegen.model import Author, Change, Corpus, CorpusSettings, FeedSettings, Links, Origin, Paper, Topic
from sitegen.problems import SitegenError
from sitegen.review import compared
from sitegen.sides import Side

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

ADDED = "2025-11-03T00:00:00Z"


def paper(name: str, **more: object) -> Paper:
    lines = (("title", 1), ("added", 2), ("topics", 3), ("links.doi", 4), ("aliases", 5), ("abstract", 6))
    made = Paper(
        name,
        f"{name.capitalize()} or {'x'.join(name)}",
        ADDED,
        origin=Origin(f"c/papers/{name}.yaml", lines),
        key=key(name),
    )
    return replace(made, **more)  # type: ignore[arg-type]


def key(name: str) -> str:
    return name.encode().hex().ljust(16, "0")[:16]


ONE = paper("one", topics=("agents",), links=Links(doi="10.1000/1"), abstract="Words of one.", date="2023")
TWO = paper("two", topics=("agents", "reasoning"), aliases=("older",), date="2023", kind="survey")
BASE = Corpus(topics=(Topic("agents", "A"), Topic("reasoning", "R")), papers=(ONE, TWO))


def found(head: Corpus, base: Corpus = BASE) -> list[tuple[str, str, str]]:
    sides = Side("main", base, ()), Side("", head, (), "c/")
    return [(str(one.location), one.code, one.severity) for one in compare(compared(*sides))]


def with_papers(*papers: Paper) -> Corpus:
    return replace(BASE, papers=tuple(sorted(papers, key=lambda one: one.order)))


def one(**more: object) -> Corpus:
    """The base with its first paper changed."""
    return with_papers(replace(ONE, **more), TWO)  # type: ignore[arg-type]


def new(**more: object) -> Corpus:
    """The base with a new paper."""
    return with_papers(ONE, TWO, paper("new", **{"added": "2025-11-04T00:00:00Z", "date": "2023", **more}))


SAID = (Change("2025-11-09T00:00:00Z", "corrected", "N"),)


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        pytest.param(BASE, [], id="nothing changed"),
        pytest.param(new(), [], id="a new paper"),
        pytest.param(one(kind="method", key=key("other"), announce=False), [], id="what is no content"),
        # Ids.
        pytest.param(with_papers(TWO), [("c/papers/one.yaml:1", "SG037", "error")], id="an id is gone"),
        pytest.param(with_papers(replace(TWO, aliases=("older", "one"))), [], id="an id became an alias"),
        pytest.param(
            with_papers(ONE, replace(TWO, aliases=())),
            [("c/papers/two.yaml:5", "SG037", "error")],
            id="an alias is gone",
        ),
        pytest.param(
            with_papers(replace(ONE, aliases=("two",))),
            [("c/papers/one.yaml:5", "SG037", "error"), *[("c/topics.yaml:1", "SG044", "warning")] * 3],
            id="a merge forgets the aliases of the other; a kind and its feed, and a topic's archive, are gone",
        ),
        pytest.param(with_papers(replace(ONE, aliases=("older",)), replace(TWO, aliases=())), [], id="an alias moves"),
        pytest.param(
            with_papers(paper("uno", key=ONE.key, date="2023"), TWO),
            [("c/papers/uno.yaml:1", "SG038", "error")],
            id="another id for the same key",
        ),
        pytest.param(
            with_papers(paper("uno", links=ONE.links, date="2023", aliases=("one",)), TWO),
            [("c/papers/uno.yaml:1", "SG038", "error")],
            id="another id for the same DOI, with an alias",
        ),
        # Times.
        pytest.param(one(added="2025-11-02T00:00:00Z"), [("c/papers/one.yaml:2", "SG039", "error")], id="earlier"),
        pytest.param(new(added="2025-10-27T00:00:00Z"), [], id="a new record seven days before the newest"),
        pytest.param(
            new(added="2025-10-26T23:59:59Z"), [("c/papers/new.yaml:2", "SG040", "error")], id="a second more"
        ),
        pytest.param(new(added="2024-01-01T00:00:00Z", announce=False), [], id="a backfill"),
        pytest.param(new(added="2024-01-01T00:00:00Z", status="removed"), [], id="a record to be removed"),
        # Content.
        pytest.param(one(title="Uno"), [("c/papers/one.yaml:1", "SG041", "error")], id="an untold title"),
        pytest.param(one(links=Links(doi="10.1000/2")), [("c/papers/one.yaml:4", "SG041", "error")], id="untold links"),
        pytest.param(one(title="Uno", abstract="", changes=SAID), [], id="content that is told"),
        pytest.param(one(status="retracted"), [("c/papers/one.yaml:1", "SG041", "error")], id="an untold retraction"),
        pytest.param(one(status="removed", abstract="", title="-"), [], id="a removed record is told to nobody"),
        # Papers that were there before.
        pytest.param(new(key=ONE.key), [("c/papers/new.yaml:1", "SG042", "error")], id="a key of the base"),
        pytest.param(new(links=ONE.links), [], id="a DOI of the base is SG024"),
        pytest.param(
            new(title=ONE.title), [("c/papers/new.yaml:1", "SG042", "warning")], id="a title of the base: it may be"
        ),
        pytest.param(new(title=ONE.title, not_same_as=("one",)), [], id="a curator has said that it is another"),
        pytest.param(
            with_papers(replace(ONE, not_same_as=("new",)), TWO, paper("new", title=ONE.title, date="2023")),
            [],
            id="the other record has said so",
        ),
        # Topics and places.
        pytest.param(
            replace(
                BASE,
                topics=BASE.topics[:1],
                papers=(ONE, replace(TWO, topics=("agents",))),
            ),
            [("c/topics.yaml:1", "SG043", "warning")],
            id="a topic is given up",
        ),
        pytest.param(
            replace(BASE, topics=(Topic("llm", "A"), BASE.topics[1]), papers=(replace(ONE, topics=("llm",)), TWO)),
            [("c/topics.yaml:1", "SG043", "warning")],
            id="a topic's slug is another while a paper names it",
        ),
        pytest.param(
            with_papers(replace(ONE, date="", changes=SAID), replace(TWO, date="", changes=SAID)),
            [("c/topics.yaml:1", "SG044", "warning")],
            id="a year has no paper any more",
        ),
        pytest.param(
            with_papers(ONE, replace(TWO, kind="method")),
            [("c/topics.yaml:1", "SG044", "warning")] * 2,
            id="a kind has no paper any more: its page and its feed",
        ),
        pytest.param(
            replace(BASE, settings=CorpusSettings(feed=FeedSettings("papers.test", "2025"))),
            [],
            id="no placeholder now",
        ),
    ],
)
def test_each_rule_broken_and_kept(head: Corpus, expected: list[tuple[str, str, str]]) -> None:
    assert found(head) == expected


def test_another_identity_of_the_feeds_is_found() -> None:
    ours = replace(BASE, settings=CorpusSettings(feed=FeedSettings("papers.test", "2025")))
    other = replace(BASE, settings=CorpusSettings(feed=FeedSettings("papers.test", "2024")))
    assert found(other, ours) == [("c/corpus.yaml:1", "SG045", "error")]
    assert found(BASE, ours) == [("c/corpus.yaml:1", "SG045", "error")]


def test_every_comparison_has_its_rule_as_docstring_and_its_code() -> None:
    assert len(set(COMPARISONS)) == len(COMPARISONS)
    assert all(rule.__doc__ for rule in COMPARISONS)
    assert {f"SG{number:03}" for number in range(36, 45)} <= RULES.keys()


def test_an_empty_base_has_nothing_to_be_compared_with() -> None:
    assert found(with_papers(ONE, TWO), Corpus()) == []


# ---- the command ----------------------------------------------------------------------------------------------------

PAPERS = {
    "2023/one": record("One", ADDED, date="2023", topics="[agents]"),
    "2023/two": record("Two", ADDED, date="2023", topics="[agents]"),
}
CORRECTED = """\
# Read twice.
title: Won  # one
added: 2025-11-03T00:00:00Z
date: 2023
topics: [agents, agents]  # twice
links: {doi: https://doi.org/10.1000/182}
"""


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository, which is also the current folder."""
    folder = make_repository(tmp_path / "repository", PAPERS, TOPICS.split("- {slug: reasoning", maxsplit=1)[0])
    monkeypatch.chdir(folder)
    return folder


def run(*words: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(main, ["check", *words], prog_name="sitegen")
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.stdout, done.stderr


def put(folder: Path, papers: Mapping[str, str]) -> None:
    write(folder, {f"corpus/papers/{name}.yaml": body for name, body in papers.items()})


def read(folder: Path, name: str) -> str:
    return (folder / f"corpus/papers/{name}.yaml").read_bytes().decode("utf-8")


def test_everything_is_said_in_one_run(repository: Path) -> None:
    put(repository, {"2023/one": CORRECTED, "2023/two": "", "2023/old": record("Old", "2024-01-01T00:00:00Z")})
    lines = (
        "corpus/papers/2023/old.yaml:2: SG040 added of a new record must be at most 7 days before "
        "2025-11-03T00:00:00Z, not '2024-01-01T00:00:00Z' (no live feed would announce it; --fix stamps it anew, and "
        "`announce: false` keeps it out on purpose)\n"
        "corpus/papers/2023/one.yaml:2: SG041 content that changed must have a new entry in changes, but title, links "
        "changed without one (--fix writes one)\n"
        "corpus/papers/2023/one.yaml:5: SG019 a topic must be named once, but 'agents' stands twice\n"
        "corpus/papers/2023/one.yaml:6: SG023 links.doi must be a bare DOI such as 10.18653/v1/P19-1001, not "
        "'https://doi.org/10.1000/182' (write '10.1000/182')\n"
        "corpus/papers/2023/two.yaml:1: SG037 a published id must stay, but 'two' of main is no record and no alias "
        "(bring the file back: `status: removed` takes a paper down, an alias merges it into another)\n"
    )
    assert run("--base", "main") == (1, lines, "2 papers, 1 topic: 5 problems\n")
    out = json.loads(run("--base", "HEAD", "--format", "json")[1])
    assert [one["code"] for one in out] == ["SG040", "SG041", "SG019", "SG023", "SG037"]
    assert run("--base", "main", "--format", "github")[1].startswith(
        "::error file=corpus/papers/2023/old.yaml,line=2,title=SG040::added of a new record must be "
    )


def test_without_a_difference_the_base_adds_nothing(repository: Path) -> None:
    del repository
    assert run("--base", "main") == run() == (0, "", "2 papers, 1 topic: sound\n")


def test_what_has_one_right_answer_is_mended_and_shown(repository: Path) -> None:
    put(repository, {"2023/one": CORRECTED, "2023/two": PAPERS["2023/two"].replace("11-03", "11-20")})
    put(repository, {f"2024/old{n}": record(f"Old {n}", f"2024-01-0{n}T00:00:00Z", topics="[agents]") for n in (1, 2)})
    code, out, err = run("--base", "main", "--fix")
    assert (code, err) == (0, "4 files mended\n4 papers, 1 topic: sound\n")
    at = re.findall(r"^at: (\S+)$|^- at: (\S+)$", read(repository, "2023/one"), re.MULTILINE)[0][1]
    assert read(repository, "2023/one") == (
        "# Read twice.\n"
        "title: Won  # one\n"
        "added: 2025-11-03T00:00:00Z\n"
        "date: 2023\n"
        "topics: [agents]          # twice\n"
        "links:\n"
        "  doi: 10.1000/182\n"
        "changes:\n"
        f"- at: {at}\n"
        "  kind: corrected\n"
        '  note: "Added: links. Corrected: title."\n'
    )
    assert read(repository, "2023/two") == PAPERS["2023/two"]
    first, second = (re.findall(r"added: (\S+)", read(repository, f"2024/old{n}"))[0] for n in (1, 2))
    assert at <= first < second
    assert out.count("\n+++ ") == 4
    assert "\n-topics: [agents, agents]  # twice\n" in out
    assert "\n+topics: [agents]          # twice\n" in out
    before = tree(repository / "corpus")
    assert run("--base", "main", "--fix") == (0, "", "Nothing to mend.\n4 papers, 1 topic: sound\n")
    assert tree(repository / "corpus") == before


BROKEN = {
    "SG019": PAPERS["2023/one"].replace("[agents]", "[agents, agents]"),
    "SG022": PAPERS["2023/one"] + "links: {arxiv: 2301.00010v2}\n",
    "SG023": PAPERS["2023/one"] + "links: {doi: 'doi: 10.1000/182'}\n",
    "SG031": PAPERS["2023/one"].replace("One", "' One'") + 'venue: "A\\nb"\n',
    "SG039": PAPERS["2023/one"].replace("11-03", "11-04"),
    "SG040": record("Old", "2024-01-01T00:00:00Z", topics="[agents]"),
    "SG041": PAPERS["2023/one"] + "note: Read this.\n",
}


def test_the_guide_names_what_is_mended() -> None:
    section = (ROOT / "docs/guide/problems.md").read_text("utf-8").partition("## What `--fix` mends")[2]
    assert re.findall(r"^- (SG\d+): ", section, re.MULTILINE) == list(BROKEN)


@pytest.mark.parametrize("code", list(BROKEN))
def test_each_mend_leaves_a_sound_corpus(repository: Path, code: str) -> None:
    put(repository, {"2024/old" if code == "SG040" else "2023/one": BROKEN[code]})
    assert code in run("--base", "main")[1]
    status, out, err = run("--base", "main", "--fix")
    assert (status, err.partition("\n")[0]) == (0, "1 file mended")
    assert "SG" not in out


def test_without_a_base_only_what_needs_none_is_mended(repository: Path) -> None:
    body = CORRECTED.replace("title: Won  # one", "title: ' Won '").replace("https://doi.org/", "")
    put(repository, {"2023/one": body.replace("{doi", "{arxiv: 2301.00010v2, doi")})
    assert run()[0] == 1
    code, out, err = run("--fix", "--format", "json")
    assert (code, out) == (0, "[]\n")
    assert err.endswith("1 file mended\n2 papers, 1 topic: sound\n")
    assert '+  arxiv: "2301.00010"\n' in err
    assert "changes" not in read(repository, "2023/one")
    assert "title: Won\n" in read(repository, "2023/one")


def test_a_title_that_only_lost_a_space_is_told_to_nobody(repository: Path) -> None:
    put(repository, {"2023/one": PAPERS["2023/one"].replace("One", "' One '")})
    assert run("--base", "main", "--fix")[0] == 0
    assert "changes" not in read(repository, "2023/one")


def test_what_cannot_be_mended_stays_and_is_said(repository: Path) -> None:
    put(repository, {"2023/one": "", "2023/two": PAPERS["2023/two"].replace("date: 2023", "date: soon")})
    code, out, err = run("--base", "main", "--fix")
    assert code == 1
    assert re.findall(r"SG\d{3}", out) == ["SG037", "SG004"]
    assert "1 file mended\n" in err
    assert "Corrected: date." in read(repository, "2023/two")


def test_nothing_is_written_where_one_file_cannot_be_mended(repository: Path) -> None:
    one_line = "{title: Uno, added: 2025-11-03T00:00:00Z, date: 2023, topics: [agents]}\n"
    put(repository, {"2023/one": one_line, "2023/two": PAPERS["2023/two"].replace("Two", "Too")})
    before = tree(repository / "corpus")
    code, out, err = run("--base", "main", "--fix")
    assert (code, out) == (2, "")
    assert err.startswith("sitegen: corpus/papers/2023/one.yaml: the record cannot be edited: each key must begin")
    assert "mend it by hand" in err
    assert tree(repository / "corpus") == before


def test_a_file_in_a_folder_that_cannot_be_written_leaves_all_as_they_were(repository: Path) -> None:
    put(repository, {"2023/one": PAPERS["2023/one"].replace("One", "Uno")})
    put(repository, {"2022/x": record("X", "2024-01-01T00:00:00Z", topics="[agents]")})
    # The name that the new text would be written under is taken by a folder with something in it.
    blocked = repository / f"corpus/papers/2023/.one.yaml.{os.getpid()}.tmp"
    write(blocked, {"x": "x"})
    before = tree(repository / "corpus")
    assert run("--base", "main", "--fix")[0] == 2
    assert tree(repository / "corpus") == before


def test_changes_are_written_beside_what_was_said_before(repository: Path) -> None:
    said = "changes:\n- {at: 2999-01-01T00:00:00Z, kind: version, note: Second}  # far\n"
    put(repository, {"2023/one": PAPERS["2023/one"] + said})
    commit(repository)
    body = PAPERS["2023/one"].replace("One", "Uno") + "status: retracted\n" + said
    put(repository, {"2023/one": body})
    assert run("--base", "HEAD", "--fix")[0] == 0
    assert read(repository, "2023/one").startswith(body)
    assert read(repository, "2023/one").endswith(
        "- at: 2999-01-01T00:00:01Z\n  kind: retracted\n  note: The paper was retracted.\n"
    )


def test_what_is_shown_of_a_mend_is_no_command(repository: Path) -> None:
    abstract = "abstract: |-\n  ::error::x\n  ##[error]y\n"
    put(repository, {"2023/one": PAPERS["2023/one"].replace("topics: [agents]", f"{abstract}topics: [agents, agents]")})
    out = run("--fix")[1]
    assert "## [error]y" in out
    assert not re.search(r"^\s*::|##\[", out, re.MULTILINE)


def test_a_base_that_is_not_there_ends_with_2(repository: Path) -> None:
    before = tree(repository)
    code, out, err = run("--base", "nonsense", "--fix")
    assert (code, out) == (2, "")
    assert err.startswith("sitegen: git has no revision 'nonsense'")
    assert tree(repository) == before


def test_a_folder_can_be_the_base(repository: Path, tmp_path: Path) -> None:
    make_repository(tmp_path / "other", {**PAPERS, "2023/three": record("Three", topics="[agents]")}, TOPICS)
    assert "SG037" in run("--base", str(tmp_path / "other/corpus"))[1]
    assert repository.is_dir()


def test_addresses_are_not_judged_while_records_have_problems(repository: Path) -> None:
    put(repository, {"2023/one": "title: [", "2023/two": PAPERS["2023/two"].replace("2023", "2024")})
    assert re.findall(r"SG\d{3}", run("--base", "main")[1]) == ["SG006", "SG041"]


def test_a_record_that_cannot_be_read_keeps_its_id_and_aliases(repository: Path) -> None:
    put(repository, {"2023/one": PAPERS["2023/one"] + "aliases: [uno]\n"})
    commit(repository)
    put(repository, {"2023/one": "title: ["})
    assert re.findall(r"SG\d{3}", run("--base", "main")[1]) == ["SG006"]


def test_a_text_that_would_not_be_read_back_is_refused() -> None:
    other = "title: Not that of the record\nadded: 2025-11-03T00:00:00Z\n"
    with pytest.raises(SitegenError, match=r"x\.yaml: cannot be edited line by line"):
        mended_file(other, Mend(replace(paper("x"), origin=Origin("x.yaml")), {"authors": (Author("A"),)}))
