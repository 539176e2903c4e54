"""What benchmarks reckon with: stages told on a terminal, papers made of papers, kinds of files, tables, pictures."""

from __future__ import annotations

import re
import sys
from collections import Counter
from functools import partial
from itertools import islice
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from projects import ROOT, make_project, tree

sys.path.append(str(Path(__file__).parents[1] / "benchmarks"))
from bench_changes import write_records
from bench_figures import ALONE, CHANGED, COLD, HUGO, Contents, Figures, read_figures, write_figures
from bench_hugo import hugo_page
from bench_kept import FIGURES, PAGE, drawn
from bench_kinds import Records, Share, shares
from bench_measure import Run, measured
from bench_picture import alternative, picture
from bench_recombined import papers_of_size, recombined_papers
from bench_stages import stage_seconds
from bench_tables import ratios, tables

from sitegen import text
from sitegen.build import build
from sitegen.config import settings_of
from sitegen.corpus import dump_paper, load_corpus
from sitegen.file_kinds import KINDS, kind_of
from sitegen.model import Author, Paper

# ---- stages ---------------------------------------------------------------------------------------------------------

CLEAR = "\r\x1b[K"


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        pytest.param([], {"starting": 9}, id="nothing is said"),
        pytest.param([(2, f"{CLEAR}reading records …")], {"starting": 2, "reading records": 7}, id="one stage"),
        pytest.param(
            [(2, f"{CLEAR}a …"), (3, f"{CLEAR}b 1 of 20 …{CLEAR}b 20 of 20 …"), (7, f"{CLEAR}a …"), (8, CLEAR)],
            {"starting": 2, "a": 1 + 2, "b": 4},
            id="a stage that counts, and one that comes again",
        ),
        pytest.param([(1, f"{CLEAR}rea"), (4, "ding …")], {"starting": 4, "reading": 5}, id="a line in two pieces"),
        pytest.param([(1, f"{CLEAR}a …"), (4, "note: b …\r\n")], {"starting": 1, "a": 8}, id="words that are no stage"),
    ],
)
def test_a_stage_lasts_until_the_next_is_told(said: list[tuple[float, str]], seconds: dict[str, float]) -> None:
    assert stage_seconds(said, 9) == seconds


def test_the_stages_of_a_command_are_read_as_a_person_would_see_them(tmp_path: Path) -> None:
    words = (
        "import click, sys; from sitegen.progress import shown\nwith shown() as tell: tell('x', 0, 0); tell('y', 1, 2)"
    )
    command = [sys.executable, "-c", words]
    assert list(measured(command, tmp_path, stages=True).stages) == ["starting", "x", "y"]
    assert measured(command, tmp_path).stages == {}


def test_a_command_that_fails_is_told_with_its_words(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"(?s)exit code 3.*too bad"):
        measured(
            [sys.executable, "-c", "import sys; print('too bad', file=sys.stderr); sys.exit(3)"], tmp_path, stages=True
        )


# ---- papers made of papers ------------------------------------------------------------------------------------------

OWN = load_corpus(ROOT / "corpus")[0]
KNOWN = [
    *OWN.papers[:20],
    Paper("x1", "Bus routes of Oslo", "", authors=(Author("Ann B. Cole"), Author("Dee"))),
    Paper("x2", "Trains", "", authors=(Author("Eve Fox"), Author("Ann B. Cole"))),
    Paper("x3", "Trams and why", "", authors=(Author("Gil Hay"), Author("Ida Jay"), Author("Kim Lee"))),
]


def test_recombined_papers_are_new_and_made_of_real_parts() -> None:
    made = list(islice(recombined_papers(KNOWN), 200))
    assert made == list(islice(recombined_papers(KNOWN), 200))
    assert len({paper.id for paper in [*KNOWN, *made]}) == len(KNOWN) + 200
    sentences = {sentence for paper in KNOWN for sentence in text.sentences(paper.abstract)}
    abstracts = {paper.abstract for paper in KNOWN}
    words = {word for paper in KNOWN for word in paper.title.split()}
    assert all(set(paper.title.split()) <= words for paper in made)
    assert all(paper.abstract and paper.abstract not in abstracts for paper in made)
    pieces = Counter(piece in sentences for paper in made for piece in text.sentences(paper.abstract))
    assert pieces[True] > 50 * pieces[False]


def test_recombined_people_have_as_many_papers_as_real_ones() -> None:
    round_ = list(islice(recombined_papers(KNOWN), len(KNOWN)))
    assert [len(paper.authors) for paper in round_] == [len(paper.authors) for paper in KNOWN]
    real = Counter(author.name for paper in KNOWN for author in paper.authors)
    made = Counter(author.name for paper in round_ for author in paper.authors)
    assert sorted(made.values()) == sorted(real.values())
    ann = {author.name for paper in round_ for author in paper.authors if author.name.startswith("Ann B. ")}
    assert len(ann) == 1
    assert {name.split()[-1] for name in made} <= {name.split()[-1] for name in real}


def test_papers_without_an_abstract_cannot_be_recombined() -> None:
    with pytest.raises(SystemExit, match="no abstracts"):
        next(recombined_papers(KNOWN[20:]))


@pytest.mark.parametrize(
    ("size", "what", "with_abstract"),
    [
        pytest.param(10, "the project's own papers", 10, id="own"),
        pytest.param(170, "papers of the file, all with an abstract", 170, id="with abstracts"),
        pytest.param(360, "papers of the file, 180 with an abstract", 180, id="all"),
        pytest.param(400, "360 papers of the file, the others recombined of them", 220, id="more"),
    ],
)
def test_each_size_has_its_papers(size: int, what: str, with_abstract: int) -> None:
    real = [
        Paper(f"r{number}", f"Title {number}", "", abstract="One. Two." if number % 2 else "") for number in range(360)
    ]
    said, papers = papers_of_size(size, OWN, real)
    found = list(papers)
    assert (said, len(found)) == (what, size)
    assert sum(bool(paper.abstract) for paper in found) == with_abstract
    assert all(paper.added for paper in found)


def test_changes_are_undone_to_the_byte(tmp_path: Path) -> None:
    (tmp_path / "corpus/papers").mkdir(parents=True)
    (tmp_path / "corpus/topics.yaml").write_bytes((ROOT / "corpus/topics.yaml").read_bytes())
    written = write_records(tmp_path, OWN.papers[:12], 12)
    before, topics = tree(tmp_path), written.topics()
    assert written.records.size == sum(len(dump_paper(paper)) for paper in OWN.papers[:12])
    seen = [before]
    changes = (partial(written.change_one, 3), written.add_one, written.remove_one, partial(written.rename_topic, 3))
    for change in changes:
        change()
        assert not [one for one in load_corpus(tmp_path / "corpus")[1] if one.severity == "error"]
        assert tree(tmp_path) not in seen
        seen.append(tree(tmp_path))
    assert "name: Renamed in round 3, LLM agents" in written.topics()
    written.restore(topics)
    assert tree(tmp_path) == before


def test_too_few_papers_are_refused(tmp_path: Path) -> None:
    (tmp_path / "corpus/papers").mkdir(parents=True)
    with pytest.raises(SystemExit, match="1 papers are too few"):
        write_records(tmp_path, OWN.papers[:1], 1)


# ---- kinds of files -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("papers/a-1/index.html", "page"),
        ("papers/a-1.md", "Markdown"),
        ("papers/a-1.csl.json", "siblings"),
        ("papers/a-1.bib", "siblings"),
        ("search/t/0a.bin", "search"),
        ("search/current.json", "search"),
        ("search/index.html", "other"),
        ("assets/search-app.js", "search"),
        ("assets/lunr.js", "search"),
        ("assets/search.css", "other"),
        ("feeds/all.atom.xml", "feeds"),
        ("feeds/topics/x/archive/2025-01-1.atom.xml", "feeds"),
        ("feeds/index.html", "lists"),
        ("rss.xml", "feeds"),
        ("sitemap.xml", "other"),
        ("exports/papers.csv", "exports"),
        ("exports/index.md", "lists"),
        ("topics/code.ris", "exports"),
        ("topics/code/2019/index.html", "lists"),
        ("topics/code.md", "lists"),
        ("authors/tao-liu/index.html", "author pages"),
        ("index.html", "lists"),
        ("guide/index.html", "other"),
        ("404.html", "other"),
    ],
)
def test_a_file_is_of_the_kind_that_its_place_says(path: str, kind: str) -> None:
    assert kind_of(path) == kind


def test_shares_are_all_bytes_of_a_site(tmp_path: Path) -> None:
    settings = settings_of(make_project(tmp_path / "project") / "mkdocs.yml")
    build(settings, 1, lambda *_: None)
    papers = load_corpus(settings.corpus_dir)[0].papers
    with_abstract = {paper.id for paper in papers if paper.abstract}
    found = shares(settings.out_dir, Records(len(papers), with_abstract, 1000, 1000))
    bodies = [path.read_bytes() for path in settings.out_dir.rglob("*") if path.is_file()]
    assert sum(share.files for share in found.values()) == len(bodies)
    assert sum(share.size for share in found.values()) == sum(map(len, bodies))
    of_one = [len((settings.out_dir / f"papers/{id_}/index.html").read_bytes()) for id_ in with_abstract]
    assert found["page"].size_if == round(sum(of_one) / len(of_one) * len(papers))


@pytest.mark.parametrize(
    ("records", "growth"),
    [
        pytest.param(Records(4, {"a", "b"}, 600, 400), 400 / 2 * 4 / 600, id="half have an abstract"),
        pytest.param(Records(2, {"a", "b"}, 400, 400), 1, id="all have one"),
        pytest.param(Records(2, set(), 400, 0), 1, id="none has one"),
    ],
)
def test_records_would_grow_by_the_abstracts_that_they_lack(records: Records, growth: float) -> None:
    assert records.growth == pytest.approx(growth)


# ---- Hugo -----------------------------------------------------------------------------------------------------------


def test_a_page_for_hugo_has_its_facts_and_links_that_fit() -> None:
    source = (
        '---\ntitle: "A &amp; B"\ndescription: "Says: --- so"\n---\n\n# A & B\n\n[Home](<../index.md>) '
        "[Topic](<../topics/code.md>){.topic .g1} [Year](<../browse/2019.md#x>) [Next](<p2.md>){.older} "
        "[Here](<#abstract>){.jump} [Out](<https://a.test/x.md>) *2019*{.date} {kept}\n"
    )
    assert hugo_page(source, "2019", ("code",)) == (
        '{"title": "A &amp; B", "description": "Says: --- so", "years": ["2019"], "topics": ["code"]}\n'
        "\n# A & B\n\n[Home](<../../>) [Topic](<../../topics/code/>) [Year](<../../browse/2019/#x>) [Next](<../p2/>) "
        "[Here](<#abstract>) [Out](<https://a.test/x.md>) *2019* {kept}\n"
    )


# ---- tables and picture ---------------------------------------------------------------------------------------------


def _run(seconds: float, cpu: float = 1) -> Run:
    return Run(seconds, cpu, 2_000_000, 3_000_000, {"starting": seconds / 2})


def _figures() -> Figures:
    runs = {COLD: [_run(40, 8), _run(60, 6)], CHANGED: [_run(2.25)], ALONE: [_run(9, 2), _run(8, 3)]}
    runs[HUGO] = [_run(10, 4), _run(20, 2)]
    sites = {COLD: Contents(3, 1234, 5_600_000)}
    kinds = {kind: Share(2, 3000, 4000) for kind in KINDS}
    parts = {"pages": [16.91, 18.601]}
    machine, versions = ("2 cores", "1.0"), {"x": "1"}
    what = "papers <of> & a file"
    return Figures(8455, what, "2026-11-28", *machine, versions, runs, sites, kinds, parts, 1000, [9], [1, 2])


def test_figures_come_back_from_their_file(tmp_path: Path) -> None:
    figures = {8455: _figures()}
    write_figures(tmp_path / "x.json", figures)
    assert read_figures(tmp_path / "x.json") == figures
    assert read_figures(tmp_path / "y.json") == {}


def test_the_tables_say_medians_spreads_and_bytes_a_paper() -> None:
    said = "\n".join(tables(_figures()))
    assert "28 November 2026, rounds: 2, 2 cores" in said
    row = "| sitegen, cold | 50.00 (40.00 to 60.00) | 7.00 (6.00 to 8.00) | 2 | 3 | 3 pages, 1,234 files, 5.6 MB |"
    assert row in said
    assert "| starting | 25.00 | 1.12 |" in said
    assert "| page | 2 | 0.0 | 0 | 10,000 | 0 | 0.0 |" in said
    assert "| pages | 17.76 (16.91 to 18.60) | 2.100 |" in said
    assert "after 1.50 (1.00 to 2.00) seconds (2 edits)" in said


def test_ratios_are_taken_round_by_round() -> None:
    rows = list(ratios(_figures()))[2:]
    assert rows[0] == f"| {ALONE} | {HUGO} | 0.65 (0.40 to 0.90) | 1.00 (0.50 to 1.50) |"
    assert rows[1] == f"| {COLD} | {HUGO} | 3.50 (3.00 to 4.00) | 2.50 (2.00 to 3.00) |"


def test_the_picture_shows_every_figure_and_says_it() -> None:
    figures = {8455: _figures(), 167: _figures()}
    drawing = ET.fromstring(picture(figures))
    words = ["".join(element.itertext()) for element in drawing.iter("{http://www.w3.org/2000/svg}text")]
    group = ["sitegen, everything", "50.0", "sitegen, the pages alone", "8.5", "Hugo, the pages", "15.0"]
    group += ["sitegen, one paper changed", "2.2"]
    assert words == ["167 papers, seconds", *group, "8,455 papers, seconds", *group]
    said = alternative(figures)
    assert drawing.get("aria-label") == said
    assert "8,455 papers: sitegen, everything 50.0, sitegen, the pages alone 8.5, Hugo, the pages 15.0" in said
    bars = [float(bar.get("width", "")) for bar in drawing.iter("{http://www.w3.org/2000/svg}rect")][1:5]
    assert [bar / bars[0] for bar in bars] == pytest.approx([1, 8.5 / 50, 15 / 50, 2.25 / 50], abs=0.001)
    right = [float(element.get("x", "")) for element in drawing.iter("{http://www.w3.org/2000/svg}text")]
    assert max(right) + 50 < float(drawing.get("width", ""))


def _luminance(colour: str) -> float:
    wide = colour if len(colour) == 6 else "".join(2 * digit for digit in colour)
    parts = [int(wide[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("dark", [False, True])
def test_the_picture_can_be_read_by_day_and_by_night(dark: bool) -> None:
    style = picture({167: _figures()}).partition("<style>")[2].partition("</style>")[0]
    light, _, night = style.partition("@media (prefers-color-scheme:dark)")
    colours = dict(re.findall(r"\.?(\w+)\{fill:#(\w+)", night if dark else light))

    def contrast(name: str) -> float:
        low, high = sorted(_luminance(colours[kind]) for kind in (name, "ground"))
        return (high + 0.05) / (low + 0.05)

    assert contrast("text") >= 7
    assert min(contrast("own"), contrast("other")) >= 3


def test_tables_picture_and_page_are_those_of_the_figures_that_are_kept() -> None:
    figures = read_figures(ROOT / FIGURES)
    assert figures
    for path, words in drawn(figures, (ROOT / PAGE).read_text("utf-8")).items():
        assert (ROOT / path).read_text("utf-8") == words, f"{path}: draw it again with benchmarks/scale.py --sizes ''"
