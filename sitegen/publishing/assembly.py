"""The next site, put together of files that stay as they are in the published one and of others."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import compress
from typing import TYPE_CHECKING, NamedTuple

from sitegen.output import PlannedPaths, two_files
from sitegen.publishing.clashes import StandingPaths
from sitegen.publishing.merging import merged, ordered
from sitegen.publishing.survey import ANY_TIME
from sitegen.publishing.tree import Tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sitegen.publishing.files import Written
    from sitegen.publishing.published import Published


class Assembled(NamedTuple):
    """The next site, and a 1 for each file of it that stands in the stage already."""

    tree: Tree
    staged: bytes


@dataclass(slots=True)
class _New:
    """Files that the published site has not, or has from other sources: a tree whose paths are in no order yet."""

    tree: Tree = field(default_factory=Tree)
    staged: bytearray = field(default_factory=bytearray)
    contents: bytearray = field(default_factory=bytearray)
    kinds: bytearray = field(default_factory=bytearray)
    source_numbers: dict[str, int] = field(default_factory=dict)
    kind_numbers: dict[str, int] = field(default_factory=dict)

    def add(self, file: Written, time: int, kind: str, *, staged: bool) -> None:
        """Take one more file."""
        self.tree.paths.append(file.path)
        self.tree.sizes.append(file.size)
        self.tree.times.append(time)
        self.tree.source_of.append(self.source_numbers.setdefault(file.source, len(self.source_numbers)))
        self.contents += file.content
        self.kinds.append(self.kind_numbers.setdefault(kind, len(self.kind_numbers)))
        self.staged.append(staged)

    def finished(self) -> Assembled:
        """Give them in order."""
        self.tree.contents, self.tree.kinds = bytes(self.contents), bytes(self.kinds)
        self.tree.sources, self.tree.kind_names = list(self.source_numbers), list(self.kind_numbers)
        order = sorted(range(len(self.tree)), key=self.tree.paths.__getitem__)
        return Assembled(ordered(self.tree, order), bytes(map(self.staged.__getitem__, order)))


class Assembly:
    """The files of the next site; `kind` names the kind of file that is at a path, for sums by kind."""

    def __init__(self, published: Published, keep: Iterable[str], kind: Callable[[str], str]) -> None:
        """Begin with all that the published site has from the sources `keep`; KeyError where it holds one not."""
        self._published = published
        self._kind = kind
        kept = bytearray(len(published.tree.sources))
        for source in keep:
            kept[published.number_of(source)] = 1
        self._kept = bytes(map(kept.__getitem__, published.tree.source_of))
        self._stays = bytearray(self._kept)
        self._standing: StandingPaths | None = None
        self._planned = PlannedPaths()
        self._new = _New()
        self.written = self._replaced = 0

    @property
    def differs(self) -> bool:
        """Whether the next site is another than the published one, if only in what is remembered of it."""
        return len(self._new.staged) > 0 or self.removed > 0

    @property
    def kept(self) -> int:
        """How many files the published site has with these bytes."""
        return self._stays.count(1) + len(self._new.staged) - self.written

    @property
    def removed(self) -> int:
        """How many files of the published site are at no path of the next one."""
        return len(self._published) - self._stays.count(1) - self._replaced

    def add(self, file: Written, *, staged: bool) -> bool:
        """Take one more file and tell whether the published site has its bytes; SitegenError where it cannot be.

        What it has not stands in the stage when all is finished; `staged` says that this file does anyway.
        """
        self._planned.add(file.path)
        tree, number = self._published.tree, self._published.find(file.path)
        if number >= 0 and self._kept[number]:
            raise two_files(file.path)
        same = number >= 0 and tree.content(number) == file.content
        kind = self._kind(file.path)
        if same and tree.sources[tree.source_of[number]] == file.source and tree.kind_names[tree.kinds[number]] == kind:
            self._stays[number] = 1
            return True
        if self._standing is None:
            self._standing = StandingPaths(list(compress(tree.paths, self._kept)))
        self._standing.refuse(file.path)
        self.written += not same
        self._replaced += number >= 0
        self._new.add(file, tree.times[number] if same else ANY_TIME, kind, staged=staged or not same)
        return same

    def finished(self) -> Assembled:
        """Give the next site; the times are those of the published one where it has the same bytes."""
        new = self._new.finished()
        return Assembled(*merged(self._published.tree, self._stays, *new))
