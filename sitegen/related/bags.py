"""The terms of many papers, packed, so that it costs little to send them from one process to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.processes import shared_out
from sitegen.related.marks import mark
from sitegen.related.table import Table, words
from sitegen.related.terms import Keys, terms_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sitegen.model import Paper

FEW = 1000  # papers: for fewer, a second process costs more than it brings
_PART = 500  # papers: some have long abstracts and some have none

Bags = tuple[list[str], Table]


def bags_of(papers: Sequence[Paper], jobs: int) -> Bags:
    """Give all terms of some papers, no two alike, and for each paper a row of their places and marks."""
    if jobs == 1 or len(papers) < FEW:
        return _bags(papers)
    return _joined(shared_out(_bags, [papers[first : first + _PART] for first in range(0, len(papers), _PART)], jobs))


def _bags(papers: Sequence[Paper]) -> Bags:
    """Give terms and rows of papers, found in this process."""
    keys = Keys()
    numbers: dict[str, int] = {}
    found = Table()
    for paper in papers:
        terms = terms_of(paper, keys)
        found.sizes.append(len(terms.counts))
        found.numbers.extend([numbers.setdefault(term, len(numbers)) for term in terms.counts])
        found.marks.extend([mark(times, in_title=term in terms.title) for term, times in terms.counts.items()])
    return list(numbers), found


def _joined(parts: Iterable[Bags]) -> Bags:
    """Give terms and rows of several parts as those of one."""
    numbers: dict[str, int] = {}
    found = Table()
    for terms, rows in parts:
        places = [numbers.setdefault(term, len(numbers)) for term in terms]
        found.sizes.extend(rows.sizes)
        found.numbers.extend(map(places.__getitem__, rows.numbers))
        found.marks.extend(rows.marks)
    return list(numbers), found


def renumbered(rows: Table, numbers: Sequence[int]) -> Table:
    """Give rows of places as rows of the numbers that stand there."""
    return Table(rows.sizes, words(map(numbers.__getitem__, rows.numbers)), rows.marks)
