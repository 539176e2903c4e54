"""What is kept of records changes nothing but the time: corpora, problems and digests are those of a clean reading."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import fields, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import sitegen.checks as checks_module
import sitegen.corpus.snapshot as snapshot_module
from sitegen.checks import check, check_kept
from sitegen.corpus import corpus_of, dump_paper, load_corpus, paper_digest, parse_paper, take_snapshot
from sitegen.corpus.rows import papers_of, row_of
from sitegen.kept import read_kept, write_kept
from sitegen.model import Author, Change, Corpus, Links, Origin, Paper, Publication, Source
from sitegen.problems import SitegenError

if TYPE_CHECKING:
    from sitegen.problems import Problem

HERE = Path(__file__).parent
OWN = HERE.parent / "corpus"
SOUND = b"title: A title\nadded: 2025-11-03T00:00:12Z\ntopics: [a]\n"
# Each with what is found in it alone, while it is read or checked.
RECORDS = {
    "sound": SOUND,
    "other": b"# by hand\ntitle: Another\nadded: 2025-11-02T00:00:12Z\nauthors: [A. B., {name: C, literal: true}]\n",
    "a name of another's": SOUND + b"aliases: [p1, p2]\nsame_as: [p0]\nlinks: {doi: 10.1000/a}\n",
    "a warning": SOUND + b"note: $\\nosuch{1}$ fails.\n",
    "a fault of a value": SOUND + b"date: 2023-02-30\n",
    "a fault in reading": SOUND + b"venu: A\n",
    "unreadable": b"title: [\n",
    "empty": b"",
}
FULL = Paper(
    id="full",
    title="A “title”\n\\ \U0001f600",
    added="2025-11-03T00:00:12Z",
    title_source="derived",
    type="article",
    kind="method",
    status="retracted",
    authors=(Author("A. B."), Author("C D", "D", "C", literal=True, orcid="0"), Author("E", literal=True), Author("")),
    author_count=9,
    organizations=("O",),
    date="2023",
    date_source="inferred",
    announce=False,
    topics=("a", "b"),
    links=Links("1", "2", "3", "4", "5"),
    venue="V",
    publication=Publication("1", "2", "3", "4"),
    abstract="x\ny",
    note="n",
    changes=(Change("2025-11-04T00:00:00Z", "version", "v2"),),
    aliases=("old",),
    same_as=("s",),
    not_same_as=("n",),
    key="9f2c61d0a4b7e835",
    sources=(Source("f", "csv", 1, "2023", 0), Source("f", "csv", 2)),
)


class Reader:
    """Reads a corpus's folder by what two files keep, and compares it with what is read and checked without them."""

    def __init__(self, folder: Path, state: Path) -> None:
        self.folder = folder
        self.rows = state / "records"
        self.sound = state / "sound"

    def read(self, version: str = "1", jobs: int = 1) -> tuple[Corpus, tuple[Problem, ...]]:
        snapshot = take_snapshot(self.folder)
        corpus, problems = corpus_of(snapshot, self.rows, version, jobs)
        found = check_kept(self.sound, version, corpus, problems, jobs)
        clean, clean_problems = load_corpus(self.folder)
        assert (corpus, problems) == (clean, clean_problems)
        assert [one.origin for one in corpus.papers] == [one.origin for one in clean.papers]
        assert [one.origin for one in corpus.topics] == [one.origin for one in clean.topics]
        assert found == check(clean, clean_problems)
        assert corpus.digest == snapshot.digest
        ids = [paper.id for paper in corpus.papers]
        assert corpus.digests == {one.id: paper_digest(one) for one in corpus.papers if ids.count(one.id) == 1}
        return corpus, (*problems, *found)


def corpus_folder(folder: Path, records: dict[str, bytes]) -> Path:
    """Make a corpus's folder hold these records and no others."""
    shutil.rmtree(folder / "papers", ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "topics.yaml").write_bytes(b"topics:\n- {slug: a, name: A}\n")
    for name, content in records.items():
        path = folder / "papers" / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def a_reader(tmp_path: Path, **records: bytes) -> Reader:
    (tmp_path / "state").mkdir()
    return Reader(corpus_folder(tmp_path / "corpus", records), tmp_path / "state")


# The same as without


def test_the_corpora_at_hand_are_read_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(HERE)
    for folder in (OWN, Path("odd_corpus"), Path("broken_corpus")):
        shutil.rmtree(tmp_path, ignore_errors=True)
        tmp_path.mkdir()
        reader = Reader(folder, tmp_path)
        first = reader.read()
        assert reader.read() == first, folder


def test_the_number_of_processes_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for part in (snapshot_module, checks_module):
        monkeypatch.setattr(part, "FEW", 2)
        monkeypatch.setattr(part, "_PART", 3)
    monkeypatch.chdir(HERE)
    for number, folder in enumerate((OWN, Path("odd_corpus"), Path("broken_corpus"))):
        found = []
        for jobs in (1, 2, 3):
            state = tmp_path / f"{number}-{jobs}"
            state.mkdir()
            reader = Reader(folder, state)
            read = reader.read(jobs=jobs)
            rows = read_kept(reader.rows, _made_by(reader))
            assert rows, folder
            found.append((read, sorted(rows), read_kept(reader.sound, "1")))
            assert reader.read(jobs=jobs) == found[0][0], folder
        assert found[1:] == found[:1] * 2, folder


def test_what_changes_while_several_processes_read_is_read_as_it_is_now(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshot_module, "FEW", 2)
    reader = a_reader(tmp_path, x=SOUND, y=SOUND, z=SOUND)
    before = take_snapshot(reader.folder)
    corpus_folder(reader.folder, {"x": SOUND + b"venue: A\n", "z": SOUND})
    corpus, problems = corpus_of(before, reader.rows, "1", jobs=2)
    assert [(one.id, one.venue) for one in corpus.papers] == [("x", "A"), ("z", "")]
    assert [one.location.path for one in problems] == [f"{reader.folder}/papers/y.yaml"]
    assert corpus.digest != before.digest
    assert reader.read(jobs=2)[0].papers == corpus.papers


PATHS = st.builds(
    str.__add__, st.sampled_from(("", "2023/", "2024/", ".hidden/")), st.sampled_from("p0 p1 p2 P0 404".split())
)
STEPS = st.one_of(
    st.tuples(st.just("put"), PATHS, st.sampled_from(list(RECORDS.values()))),
    st.tuples(st.just("remove"), PATHS, st.none()),
    st.tuples(st.just("move"), PATHS, PATHS),
    st.tuples(st.just("topics"), st.sampled_from((b"topics: []\n", b"topics: [\n", SOUND)), st.none()),
    st.tuples(st.just("garble"), st.sampled_from(("records", "sound")), st.integers(0, 2000)),
    st.tuples(st.just("lose"), st.sampled_from(("records", "sound")), st.none()),
    st.tuples(st.just("version"), st.none(), st.none()),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(STEPS, min_size=1, max_size=3), min_size=2, max_size=6))
def test_whatever_happens_to_records_and_caches_all_is_read_as_without(
    happens: list[list[tuple[str, str, object]]],
) -> None:
    with TemporaryDirectory() as place:
        now = {"p0": SOUND, "2023/p1": RECORDS["a warning"]}
        reader = a_reader(Path(place), **now)
        version = 1
        for steps in happens:
            for what, one, other in steps:
                state = reader.rows.parent / str(one)
                if what == "put":
                    now[one] = other  # type: ignore[assignment]
                elif what == "remove":
                    now.pop(one, None)
                elif what == "move" and one in now:
                    now[str(other)] = now.pop(one)
                elif what == "garble" and state.exists():
                    body = bytearray(state.read_bytes())
                    body[int(str(other)) % len(body)] ^= 1
                    state.write_bytes(body)
                elif what == "lose":
                    state.unlink(missing_ok=True)
                version += what == "version"
            corpus_folder(reader.folder, now)
            for what, one, _ in steps:
                if what == "topics":
                    (reader.folder / "topics.yaml").write_bytes(one)  # type: ignore[arg-type]
            reader.read(str(version))


def test_a_warning_is_said_each_time(tmp_path: Path) -> None:
    reader = a_reader(tmp_path, x=RECORDS["a warning"], y=SOUND)
    for _ in range(3):
        assert [one.code for one in reader.read()[1]] == ["SG035"]


def test_records_of_one_id_stand_in_the_order_of_their_paths_whichever_is_known(tmp_path: Path) -> None:
    for known in ("2023/x", "2024/x"):
        shutil.rmtree(tmp_path)
        tmp_path.mkdir()
        reader = a_reader(tmp_path, **{known: SOUND})
        reader.read()
        corpus_folder(reader.folder, {"2023/x": SOUND, "2024/x": SOUND + b"venue: A\n"})
        assert [one.origin.path[-11:] for one in reader.read()[0].papers] == ["2023/x.yaml", "2024/x.yaml"]


def test_a_record_named_as_the_list_of_topics_is_not_taken_for_it(tmp_path: Path) -> None:
    reader = a_reader(tmp_path, topics=SOUND)
    reader.read()
    (reader.folder / "topics.yaml").write_bytes(SOUND)
    assert reader.read()[0].topics == ()


# Only what is new is looked at


def test_a_known_record_is_not_parsed_again_wherever_it_lies(tmp_path: Path) -> None:
    reader = a_reader(tmp_path, x=SOUND)
    reader.read()
    lines = read_kept(reader.rows, _made_by(reader))
    # Were the record parsed again, it would not have the title that is kept of it here.
    write_kept(reader.rows, _made_by(reader), [line.replace(b"A title", b"A tale") for line in lines])
    corpus_folder(reader.folder, {"2023/x": SOUND})
    corpus, _ = corpus_of(take_snapshot(reader.folder), reader.rows, "1")
    assert [(one.title, one.origin.line("added")) for one in corpus.papers] == [("A tale", 2)]
    assert [one.origin.path for one in corpus.papers] == [f"{reader.folder}/papers/2023/x.yaml"]
    for other in ({"y": SOUND}, {"x": SOUND + b"\n"}):
        corpus_folder(reader.folder, other)
        again, _ = corpus_of(take_snapshot(reader.folder), reader.rows, "1")
        assert [one.title for one in again.papers] == ["A title"]


def test_rows_of_another_version_are_not_used(tmp_path: Path) -> None:
    reader = a_reader(tmp_path, x=SOUND)
    reader.read()
    lines = read_kept(reader.rows, _made_by(reader))
    write_kept(reader.rows, _made_by(reader), [line.replace(b"A title", b"A tale") for line in lines])
    reader.read("2")
    assert _made_by(reader) == f"2 {yaml.__version__}"


def test_a_record_that_was_sound_is_not_judged_alone_again(tmp_path: Path) -> None:
    reader = a_reader(tmp_path, x=RECORDS["a fault of a value"], y=SOUND)
    corpus, problems = reader.read()
    assert [one.code for one in problems] == ["SG004"]
    assert read_kept(reader.sound, "1") == [corpus.digests["y"].encode()]
    write_kept(reader.sound, "1", [corpus.digests["x"].encode()])
    assert check_kept(reader.sound, "1", corpus) == ()
    assert [one.code for one in check_kept(reader.sound, "2", corpus)] == ["SG004"]


def test_a_corpus_made_by_hand_is_judged_each_time(tmp_path: Path) -> None:
    corpus = Corpus(papers=(Paper("x", "A title", "2025"),))
    for _ in range(2):
        assert check_kept(tmp_path / "sound", "1", corpus) == check(corpus) != ()
    assert not (tmp_path / "sound").exists()


def test_what_is_as_it_was_is_not_written_again(tmp_path: Path) -> None:
    reader = a_reader(tmp_path, x=SOUND, y=RECORDS["a warning"], z=RECORDS["unreadable"])
    reader.read()
    written = [(path.stat().st_ino, path.stat().st_mtime_ns) for path in (reader.rows, reader.sound)]
    reader.read()
    assert [(path.stat().st_ino, path.stat().st_mtime_ns) for path in (reader.rows, reader.sound)] == written


def test_what_is_gone_is_not_kept_for_ever(tmp_path: Path) -> None:
    reader = a_reader(tmp_path, x=SOUND, y=RECORDS["other"])
    reader.read()
    corpus_folder(reader.folder, {"x": SOUND})
    reader.read()
    assert len(read_kept(reader.rows, _made_by(reader))) == len(read_kept(reader.sound, "1")) == 1


def _made_by(reader: Reader) -> str:
    """The version in the head of the file of rows: the caller's, and that of the library that parses."""
    return " ".join(reader.rows.read_bytes().partition(b"\n")[0].decode().split(" ")[:2])


# Digests


def test_the_digest_of_the_whole_tells_every_change_of_a_path_or_byte(tmp_path: Path) -> None:
    folder = corpus_folder(tmp_path / "c", {"2023/x": SOUND, "y": SOUND})
    digests = {take_snapshot(folder).digest}
    for change in (
        lambda: (folder / "papers/y.yaml").write_bytes(SOUND + b"\n"),
        lambda: (folder / "papers/y.yaml").rename(folder / "papers/z.yaml"),
        lambda: (folder / "papers/z.yaml").rename(folder / "papers/2023/z.yaml"),
        (folder / "papers/2023/x.yaml").unlink,
        lambda: (folder / "topics.yaml").write_bytes(b"topics: []\n"),
        lambda: (folder / "corpus.yaml").write_bytes(b"format: 1\n"),
        lambda: (folder / "papers/notes.txt").write_bytes(b""),
        lambda: folder.rename(tmp_path / "d"),
    ):
        change()
        now = folder if folder.exists() else tmp_path / "d"
        digests.add(take_snapshot(now).digest)
        assert take_snapshot(now).digest in digests
    assert len(digests) == 9


def test_what_changes_while_a_corpus_is_read_is_told_by_its_digest(tmp_path: Path) -> None:
    reader = a_reader(tmp_path, x=SOUND)
    before = take_snapshot(reader.folder)
    (reader.folder / "papers/x.yaml").write_bytes(RECORDS["other"])
    corpus, problems = corpus_of(before, reader.rows, "1")
    assert ([one.title for one in corpus.papers], problems) == (["Another"], ())
    assert before.digest != corpus.digest == take_snapshot(reader.folder).digest
    assert reader.read()[0] == corpus
    (reader.folder / "papers/x.yaml").write_bytes(SOUND)
    before = take_snapshot(reader.folder)
    (reader.folder / "papers/x.yaml").unlink()
    corpus, problems = corpus_of(before, reader.rows, "1")
    assert (corpus.papers, [one.code for one in problems]) == ((), ["SG001"])
    assert corpus.digest != before.digest


def test_what_is_no_corpus_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(SitegenError, match="there is no corpus folder"):
        take_snapshot(tmp_path / "none")


def test_a_papers_digest_is_of_all_it_holds_but_its_origin() -> None:
    digests = {paper_digest(FULL), paper_digest(Paper("", "", ""))}
    empty = Paper("full", "", "")
    for one in fields(Paper):
        other = replace(FULL, **{one.name: getattr(empty, one.name)})
        assert (paper_digest(other) == paper_digest(FULL)) is (one.name in {"id", "origin"}), one.name
        digests.add(paper_digest(other))
    assert len(digests) == len(fields(Paper))
    assert paper_digest(replace(FULL, origin=Origin("elsewhere", (("title", 9),)))) == paper_digest(FULL)
    assert paper_digest(replace(FULL, id="other")) != paper_digest(FULL)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param({"authors": (Author("a"),)}, {"authors": (Author("a", literal=True),)}, id="a literal name"),
        pytest.param({"authors": (Author("a", "b"),)}, {"authors": (Author("a", given="b"),)}, id="parts of a name"),
        pytest.param({"authors": (Author("a"), Author("b"))}, {"authors": (Author("a", "b"),)}, id="one author or two"),
        pytest.param({"topics": ("a", "b")}, {"topics": ("a,b",)}, id="one topic or two"),
        pytest.param({"aliases": ("a",)}, {"same_as": ("a",)}, id="the same value of another field"),
        pytest.param({"title": '","abstract":"'}, {"title": "", "abstract": ""}, id="what looks like a field"),
    ],
)
def test_papers_that_differ_have_different_digests(one: dict[str, str], other: dict[str, str]) -> None:
    made = [replace(Paper("x", "", ""), **facts) for facts in (one, other)]  # type: ignore[arg-type]
    assert paper_digest(made[0]) != paper_digest(made[1])


def test_a_papers_digest_stays_what_it_is() -> None:
    told = b'{"id":"x","title":"\\u00e9","added":"2025","authors":["A",["B","B","",false,""]],"author_count":2}'
    paper = Paper("x", "é", "2025", authors=(Author("A"), Author("B", "B")), author_count=2)
    assert paper_digest(paper) == hashlib.blake2b(told, digest_size=16).hexdigest()


# Rows

TEXTS = st.text(max_size=12) | st.sampled_from(("", "\ud800", "\u2028", "\x00\n\r", "null", "0", '"\\'))
LISTS = st.lists(TEXTS, max_size=3).map(tuple)
PAPERS = st.builds(
    Paper,
    **dict.fromkeys(
        "id title added title_source type kind status date date_source venue abstract note key".split(), TEXTS
    ),
    **dict.fromkeys("organizations topics aliases same_as not_same_as".split(), LISTS),
    author_count=st.none() | st.integers(0, 9),
    announce=st.booleans(),
    authors=st.lists(st.builds(Author, TEXTS, TEXTS, TEXTS, st.booleans(), TEXTS), max_size=3).map(tuple),
    links=st.builds(Links, TEXTS, TEXTS, TEXTS, TEXTS, TEXTS),
    publication=st.builds(Publication, TEXTS, TEXTS, TEXTS, TEXTS),
    changes=st.lists(st.builds(Change, TEXTS, TEXTS, TEXTS), max_size=2).map(tuple),
    sources=st.lists(st.builds(Source, TEXTS, TEXTS, st.integers(0, 9), TEXTS, st.none() | st.just(0)), max_size=2).map(
        tuple
    ),
    origin=st.builds(
        Origin,
        st.just("p"),
        st.lists(st.tuples(st.sampled_from(("title", "changes.0.at")), st.integers(1, 99))).map(tuple),
    ),
)


@settings(deadline=None)
@given(st.lists(PAPERS | st.just(FULL), max_size=3))
def test_rows_give_back_every_paper_with_its_digest_and_lines(papers: list[Paper]) -> None:
    rows = [row_of(paper) for paper in papers]
    assert all(row.isascii() and b"\n" not in row for _, row in rows)
    given_back = list(papers_of([(paper.origin.path, row) for paper, (_, row) in zip(papers, rows, strict=True)]))
    assert [paper for paper, _ in given_back] == papers
    assert [paper.origin for paper, _ in given_back] == [paper.origin for paper in papers]
    assert [repr(paper) for paper, _ in given_back] == [repr(paper) for paper in papers]
    assert [digest for _, digest in given_back] == [paper_digest(paper) for paper in papers]
    assert all(digest == paper_digest(paper) for paper, digest in given_back)


def test_the_paper_that_has_everything_has_everything() -> None:
    empty = Paper("", "", "")
    assert [one.name for one in fields(Paper) if getattr(FULL, one.name) == getattr(empty, one.name)] == ["origin"]
    again, problems = parse_paper(dump_paper(replace(FULL, authors=FULL.authors[:3])), "papers/full.yaml")
    assert (again, problems) == (replace(FULL, authors=FULL.authors[:3]), ())


def test_many_rows_are_read_as_few_are() -> None:
    papers = [Paper(f"p{number}", "A title", "2025") for number in range(2_500)]
    rows = [(paper.origin.path, row_of(paper)[1]) for paper in papers]
    assert [paper for paper, _ in papers_of(rows)] == papers
    assert list(papers_of([])) == []


def test_equal_values_of_many_papers_are_one_value() -> None:
    papers = [replace(FULL, id=name) for name in "ab"]
    one, other = (paper for paper, _ in papers_of([("x", row_of(paper)[1]) for paper in papers]))
    for name in ("type", "venue", "date", "topics"):
        assert getattr(one, name) is getattr(other, name), name
    assert one.authors[0] is other.authors[0]
    assert one.origin.lines is other.origin.lines
