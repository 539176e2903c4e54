"""A corpus that has no problems but warnings: read and checked, with the help of what is kept of its records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.checks import check, check_kept
from sitegen.corpus import corpus_of, load_corpus, take_snapshot
from sitegen.problems import ProblemsFoundError
from sitegen.renderer import renderer_version

if TYPE_CHECKING:
    from pathlib import Path

    from sitegen.config import Settings
    from sitegen.corpus import Snapshot
    from sitegen.model import Corpus
    from sitegen.problems import Problem

# The files of a state folder that keep records, and which of them gave no problem.
RECORDS, SOUND = "records", "sound"


def sound_corpus(settings: Settings) -> Corpus:
    """Load a corpus that has no problems but warnings, which are not said.

    Raises:
        ProblemsFoundError: it has.
    """
    return checked_corpus(settings)[0]


def checked_corpus(settings: Settings, kept: Path | None = None) -> tuple[Corpus, tuple[Problem, ...]]:
    """Load a corpus that has no problems but warnings, and give these too, sorted; a state folder may help.

    Raises:
        ProblemsFoundError: it has.
    """
    if kept:
        return checked_snapshot(take_snapshot(settings.corpus_dir), kept)
    corpus, problems = load_corpus(settings.corpus_dir)
    return corpus, _warnings((*problems, *check(corpus, problems)))


def checked_snapshot(snapshot: Snapshot, kept: Path, jobs: int = 1) -> tuple[Corpus, tuple[Problem, ...]]:
    """Give what `checked_corpus` gives, of a folder that was looked at before; `kept` is a state folder.

    So many processes are at work where much is not kept.
    """
    corpus, problems = corpus_of(snapshot, kept / RECORDS, renderer_version(), jobs)
    return corpus, _warnings((*problems, *check_kept(kept / SOUND, renderer_version(), corpus, problems, jobs)))


def _warnings(found: tuple[Problem, ...]) -> tuple[Problem, ...]:
    faults = tuple(sorted(problem for problem in found if problem.severity == "error"))
    if faults:
        raise ProblemsFoundError(faults)
    return tuple(sorted(found))
