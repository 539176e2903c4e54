"""What makes a corpus sound: one generator per rule, its docstring the rule, all of them listed in CHECKS."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from sitegen.checks import records, relations, topics
from sitegen.checks.subject import Subject
from sitegen.corpus.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sitegen.model import Corpus
    from sitegen.problems import Problem

__all__ = ["CHECKS", "RULES", "check"]

CHECKS: tuple[Callable[[Subject], Iterator[Problem]], ...] = (
    records.dates,
    records.times,
    records.enumerations,
    records.ids,
    records.reserved_ids,
    relations.unique_ids,
    relations.names_beyond_case,
    relations.aliases,
    relations.known_topics,
    topics.used,
    records.addresses,
    records.arxiv_ids,
    records.dois,
    relations.unique_identifiers,
    records.visible_text,
    records.caps,
    records.formulas,
    relations.settled,
    topics.unique,
    topics.parents,
    topics.short_names,
    records.one_line,
    records.keys,
    records.orcids,
)


def check(corpus: Corpus, loading: Iterable[Problem] = ()) -> tuple[Problem, ...]:
    """Give the problems of a corpus, sorted, without those found while loading it.

    `loading` are these: what names a record that could not be read is then no second problem.
    """
    loading = tuple(loading)
    read = {paper.origin.path for paper in corpus.papers}
    paths = {PurePosixPath(problem.location.path) for problem in loading if problem.location.path not in read}
    subject = Subject(
        corpus,
        frozenset(path.stem for path in paths if "papers" in path.parts),
        topics_read=bool(corpus.topics) or not any(path.name == "topics.yaml" for path in paths),
    )
    return tuple(sorted(problem for rule in CHECKS for problem in rule(subject)))
