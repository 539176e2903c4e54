"""What makes a corpus sound: one generator per rule, its docstring the rule, all of them listed in CHECKS."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from sitegen.checks import records, relations, topics
from sitegen.checks.subject import Subject
from sitegen.corpus.rules import RULES
from sitegen.kept import read_kept, write_kept
from sitegen.processes import shared_out

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from sitegen.model import Corpus
    from sitegen.problems import Problem

__all__ = ["CHECKS", "RULES", "check", "check_kept"]

_Rule = Callable[[Subject], Iterator["Problem"]]

# What these find in a paper depends on nothing but that paper.
ALONE: tuple[_Rule, ...] = (
    records.dates,
    records.times,
    records.enumerations,
    records.ids,
    records.reserved_ids,
    records.addresses,
    records.arxiv_ids,
    records.dois,
    records.visible_text,
    records.caps,
    records.formulas,
    records.one_line,
    records.keys,
    records.orcids,
)
BETWEEN: tuple[_Rule, ...] = (
    relations.unique_ids,
    relations.names_beyond_case,
    relations.aliases,
    relations.known_topics,
    relations.unique_identifiers,
    relations.settled,
    topics.used,
    topics.unique,
    topics.parents,
    topics.short_names,
)
CHECKS = (*ALONE, *BETWEEN)

FEW = 1000  # records: for fewer, a second process costs more than it brings
_PART = 500  # records: some are long, and some are short


def check(corpus: Corpus, loading: Iterable[Problem] = ()) -> tuple[Problem, ...]:
    """Give the problems of a corpus, sorted, without those found while loading it.

    `loading` are these: what names a record that could not be read is then no second problem.
    """
    subject = _subject(corpus, loading)
    return tuple(sorted(problem for rule in CHECKS for problem in rule(subject)))


def check_kept(
    path: Path, version: str, corpus: Corpus, loading: Iterable[Problem] = (), jobs: int = 1
) -> tuple[Problem, ...]:
    """Give what `check` gives; papers in which nothing was found before are not looked at alone again.

    A file keeps the digests of these, for code of one version; it may be lost. A paper without digest is never kept.
    Many are looked at by so many processes. Raises SitegenError where the file cannot be written.
    """
    subject = _subject(corpus, loading)
    sound = frozenset(line.decode("ascii") for line in read_kept(path, version))
    digest = corpus.digests.get
    doubtful = tuple([paper for paper in corpus.papers if digest(paper.id) not in sound])
    # The first part has the topics, too.
    starts = range(0, len(doubtful) or 1, _PART if len(doubtful) >= FEW else len(doubtful) or 1)
    parts = [
        replace(corpus, papers=doubtful[at : at + starts.step], topics=() if at else corpus.topics) for at in starts
    ]
    found = list(chain.from_iterable(shared_out(partial(_alone, subject), parts, jobs)))
    faulty = {problem.location.path for problem in found}
    now_sound = frozenset(corpus.digests.values()) - {
        digest(paper.id) for paper in doubtful if paper.origin.path in faulty
    }
    if now_sound != sound:
        write_kept(path, version, [one.encode("ascii") for one in sorted(now_sound)])
    return tuple(sorted([*found, *(problem for rule in BETWEEN for problem in rule(subject))]))


def _alone(subject: Subject, part: Corpus) -> list[Problem]:
    """Give what is found in each record of a part by itself."""
    alone = replace(subject, corpus=part)
    return [problem for rule in ALONE for problem in rule(alone)]


def _subject(corpus: Corpus, loading: Iterable[Problem]) -> Subject:
    loading = tuple(loading)
    read = {paper.origin.path for paper in corpus.papers}
    paths = {PurePosixPath(problem.location.path) for problem in loading if problem.location.path not in read}
    return Subject(
        corpus,
        frozenset(path.stem for path in paths if "papers" in path.parts),
        topics_read=bool(corpus.topics) or not any(path.name == "topics.yaml" for path in paths),
    )
