"""What the rules of a comparison look at."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from sitegen.dedup import Index, match

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sitegen.diff import Changes
    from sitegen.model import Corpus, Paper


def renamed(changes: Changes) -> Mapping[str, Paper]:
    """Give the new records that are, beyond doubt, records of the base that are gone: new id to old record."""
    gone = Index((*changes.removed, *(paper for paper, _ in changes.merged)))
    found = {paper.id: match(paper, gone) for paper in changes.added}
    return {new: gone.papers[old.id] for new, old in found.items() if old}


# Without slots, for the index is made once and when it is asked for.
@dataclass(frozen=True)
class Compared:
    """A corpus and the base it came from, which `name` names; `changes` lead from the base to it.

    `lost` are the addresses that its site would have no more, none where records have problems. `folder` is the
    corpus's, as its files are named, ending in "/" where it is not ""; `unread` are ids of records that cannot be read.
    """

    name: str
    base: Corpus
    head: Corpus
    changes: Changes
    lost: tuple[str, ...] = ()
    folder: str = ""
    unread: frozenset[str] = frozenset()

    @cached_property
    def renamed(self) -> Mapping[str, Paper]:
        """What `renamed` gives of these changes."""
        return renamed(self.changes)

    @cached_property
    def index(self) -> Index:
        """The records that were in the base as they are now, by what makes them the same paper as another."""
        known = {paper.id for paper in self.base.papers}
        return Index(paper for paper in self.head.papers if paper.id in known)
