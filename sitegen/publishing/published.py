"""The published site as a survey found it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.publishing.tree import Tree

if TYPE_CHECKING:
    from collections.abc import Iterable


class Published:
    """What the last publication left, and what of it was touched since; `pure` says that nothing strange is there."""

    def __init__(self, tree: Tree | None = None, wrong: Iterable[int] = (), *, pure: bool = True) -> None:
        self.tree = tree or Tree()
        self._wrong = frozenset(wrong)
        self._numbers = {source: number for number, source in enumerate(self.tree.sources)}
        self._torn = {self.tree.source_of[number] for number in self._wrong}
        self.pure = pure and not self._wrong

    def __len__(self) -> int:
        return len(self.tree) - len(self._wrong)

    def holds(self, source: str) -> bool:
        """Tell whether all files that were made from a source are there, untouched."""
        number = self._numbers.get(source)
        return number is not None and number not in self._torn

    def number_of(self, source: str) -> int:
        """Give the number of a source that the site holds; KeyError where it does not."""
        if not self.holds(source):
            raise KeyError(source)
        return self._numbers[source]

    def find(self, path: str) -> int:
        """Give the number of an untouched file; -1 where there is none at this path."""
        number = self.tree.find(path)
        return -1 if number in self._wrong else number
