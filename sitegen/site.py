"""The site: a corpus and everything that is derived from it."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from sitegen import text
from sitegen.authors import people
from sitegen.related import related
from sitegen.topic_pairs import paired_topics, shared

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sitegen.authors import Person
    from sitegen.model import Corpus, Paper
    from sitegen.related import Neighbour
    from sitegen.topic_pairs import Pair

UNDATED = "undated"
KIND_NAMES = {
    "survey": "Surveys",
    "benchmark": "Benchmarks",
    "dataset": "Datasets",
    "method": "Methods",
    "theory": "Theory",
    "system": "Systems",
    "position": "Positions",
}
# How many papers of a kind are counted: "21 methods", "1 theory paper".
_COUNTED_KINDS = {"theory": "theory paper", "position": "position paper"}


@dataclass(frozen=True, slots=True)
class Site:
    """A corpus with its papers sorted into the ways in; every group is newest first, its keys in order.

    `listed` are the papers that lists, search and feeds show, in the order (added, id); a retracted, withdrawn or
    removed paper keeps its page and stands nowhere else. `authors` have their papers in that order too. Of very many
    topics only `paired_topics` stand in `by_pair`.
    """

    corpus: Corpus
    listed: tuple[Paper, ...]
    newest: tuple[Paper, ...]
    by_topic: dict[str, tuple[Paper, ...]]
    by_kind: dict[str, tuple[Paper, ...]]
    by_year: dict[str, tuple[Paper, ...]]
    authors: tuple[Person, ...]
    related: Mapping[str, tuple[Neighbour, ...]]
    paired_topics: tuple[str, ...]
    by_pair: dict[Pair, tuple[Paper, ...]]

    @property
    def per_year(self) -> dict[str, int]:
        """How many papers are of each year, "" for those without a date."""
        return {"" if year == UNDATED else year: len(papers) for year, papers in self.by_year.items()}


def enrich(corpus: Corpus, near: Mapping[str, tuple[Neighbour, ...]] | None = None) -> Site:
    """Derive from a sound corpus what its pages need; `near` are its related papers, where they are known already."""
    listed = tuple(paper for paper in corpus.papers if not paper.status)
    newest = newest_first(listed)
    by_topic = {topic.slug: () for topic in corpus.topics} | grouped(newest, lambda paper: paper.topics)
    paired = paired_topics(corpus.topics, by_topic)
    return Site(
        corpus=corpus,
        listed=listed,
        newest=newest,
        by_topic=by_topic,
        by_kind=grouped(newest, lambda paper: (paper.kind,) if paper.kind else ()),
        by_year=grouped(newest, lambda paper: (year_of(paper),)),
        authors=people(listed),
        related=related(listed) if near is None else near,
        paired_topics=paired,
        by_pair=shared(newest, paired),
    )


def year_of(paper: Paper) -> str:
    """Give the year of the paper's own date, or "undated"."""
    return paper.date[:4] or UNDATED


def newest_first(papers: Iterable[Paper]) -> tuple[Paper, ...]:
    """Sort papers by their own date, newest first, undated last; within a date by (added, id).

    A day comes before its month and a month before its year where they begin alike, so that the vaguer date is last.
    """
    return by_date(sorted(papers, key=lambda paper: paper.order))


def by_date(ordered: Iterable[Paper]) -> tuple[Paper, ...]:
    """Give what `newest_first` gives of papers that are in the order (added, id) already."""
    return tuple(sorted(ordered, key=attrgetter("date"), reverse=True))


def grouped(papers: Iterable[Paper], keys: Callable[[Paper], Iterable[str]]) -> dict[str, tuple[Paper, ...]]:
    """Group papers by each of their keys, keeping their order within a group; groups stand in the order first met."""
    groups: dict[str, list[Paper]] = {}
    for paper in papers:
        for key in dict.fromkeys(keys(paper)):
            groups.setdefault(key, []).append(paper)
    return {key: tuple(group) for key, group in groups.items()}


def counted_kind(kind: str, count: int) -> str:
    """Give how many papers of a kind there are, in words: "21 methods"."""
    return text.plural(count, _COUNTED_KINDS.get(kind, kind))
