"""The two sides of a comparison: a corpus from git, from a folder, or as it is, with all that is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from sitegen.checks import check
from sitegen.corpus import load_corpus, named
from sitegen.corpus.revision import load_revision

if TYPE_CHECKING:
    from sitegen.corpus import Known
    from sitegen.model import Corpus
    from sitegen.problems import Problem

WORKING_FILES = "the working files"


@dataclass(frozen=True, slots=True)
class Side:
    """One of two corpora that are compared: as it could be read, with all its problems.

    `folder` is the corpus's, as its files are named, ending in "/" where it is not "".
    """

    name: str
    corpus: Corpus
    problems: tuple[Problem, ...]
    folder: str = ""

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that make it unsound."""
        return tuple(problem for problem in self.problems if problem.severity == "error")

    @property
    def unread(self) -> frozenset[str]:
        """The ids of records that could not be read."""
        read = {paper.origin.path for paper in self.corpus.papers}
        places = {PurePosixPath(problem.location.path) for problem in self.problems}
        return frozenset(place.stem for place in places if str(place) not in read and "papers" in place.parts)


def load_side(name: str, folder: Path, known: Known | None = None) -> Side:
    """Read one side: a folder that holds a corpus, else a revision in git; "" is the corpus in `folder` as it is.

    `known` are records that the other side has read, for most are the same. Raises SitegenError where there is neither.
    """
    if name and not _is_corpus(Path(name)):
        corpus, problems = load_revision(name, folder, known)
    else:
        folder = Path(name) if name else folder
        corpus, problems = load_corpus(folder, known)
    found = tuple(sorted((*problems, *check(corpus, problems))))
    return Side(name or WORKING_FILES, corpus, found, named(folder))


def _is_corpus(folder: Path) -> bool:
    return folder.is_dir() and (folder / "topics.yaml").exists()
