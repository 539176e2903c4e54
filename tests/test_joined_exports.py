"""Exports joined from pieces, against the same exports written as one."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sitegen.corpus import load_corpus, paper_digest
from sitegen.exports import WHOLE, cited_papers, export_pages
from sitegen.model import Author, Corpus, Links, Paper
from sitegen.output import write_files
from sitegen.render.exports import render_exports
from sitegen.render.joined_exports import JoinedExports

if TYPE_CHECKING:
    from sitegen.pages import ExportPage

SITE_URL = "https://papers.example.net/"
FORMATS = 5


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    odd = Paper(
        "odd",
        'A "quoted", $x < y$ title\u2028of {one',
        "2025-01-01T00:00:00Z",
        authors=(Author("=SUM(A1)"), Author("")),
        abstract="First,\n\nsecond; \\textbf{bold}\n]\n,\n",
        links=Links(page="https://example.org/a,b"),
    )
    seeds = load_corpus(Path(__file__).parents[1] / "corpus")[0]
    return replace(seeds, papers=(odd, *seeds.papers[:60]), digests={})


def many(corpus: Corpus) -> list[ExportPage]:
    """Give the pages of several papers."""
    pages = export_pages(corpus, cited_papers(corpus, SITE_URL))
    return [page for page in pages if not page.path.startswith("papers/")]


def joined(folder: Path, corpus: Corpus, *, brief: bool = False) -> int:
    """Put all exports into the folder and hold them to those written as one; gives how many pieces were known."""
    pages = [replace(page, brief=page.formats) if brief else page for page in many(corpus)]
    (whole,) = (page for page in pages if page.path == WHOLE)
    (folder / "kept").mkdir(exist_ok=True)
    digests = {paper.id: paper_digest(paper) for paper in corpus.papers}
    joiner = JoinedExports(folder / "site", folder / "kept", "v", digests)
    outputs = [output for _, output in joiner.files(pages, whole)]
    expected = {output.path: output.body for page in pages for output in render_exports(page)}
    assert {output.path: output.body for output in outputs} == expected
    assert len(outputs) == FORMATS * len(pages)
    return write_files(folder / "site", outputs)


@pytest.mark.parametrize("brief", [False, True])
def test_joined_exports_are_those_written_as_one(tmp_path: Path, corpus: Corpus, brief: bool) -> None:
    assert joined(tmp_path, corpus, brief=brief) == FORMATS * len(many(corpus))
    assert joined(tmp_path, corpus, brief=brief) == 0


def test_any_change_gives_the_bytes_of_a_clean_export(tmp_path: Path, corpus: Corpus) -> None:
    chance = random.Random(7)  # noqa: S311 (no secret)
    papers = list(corpus.papers)
    for number in range(20):
        at = chance.randrange(len(papers))
        match chance.randrange(4):
            case 0:
                papers[at] = replace(papers[at], title=f"Title {number} of {{many")
            case 1:
                papers.insert(at, replace(papers[at], id=f"new-{number}", key=""))
            case 2:
                del papers[at]
            case _:
                papers[at] = replace(papers[at], topics=papers[at].topics[1:], authors=(Author(f"Ada L. {number}"),))
        joined(tmp_path, replace(corpus, papers=tuple(papers)))
    joined(tmp_path, replace(corpus, papers=()))
    joined(tmp_path, corpus)


@pytest.mark.parametrize("harm", ["cut", "garbled", "missing", "site"])
def test_an_index_that_is_not_of_these_files_is_not_believed(tmp_path: Path, corpus: Corpus, harm: str) -> None:
    joined(tmp_path, corpus)
    for path in (tmp_path / ("site/exports" if harm == "site" else "kept")).iterdir():
        body = path.read_bytes()
        if harm == "missing":
            path.unlink()
        elif harm == "cut":
            path.write_bytes(body[: len(body) // 2])
        else:
            path.write_bytes(body[:1000] + b"x" + body[1001:])
    joined(tmp_path, corpus)
