"""What the files of a page are made of, as a digest: by it a build knows which of them stand there already."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from sitegen.figures import Spark
from sitegen.formats.cited import Cited
from sitegen.model import Paper
from sitegen.pages import Listing, TopicLink, shell_of
from sitegen.paper_parts import TopicFigures
from sitegen.render.render import ARTICLES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sitegen.pages import Page

# Values that many pages carry: each is told once, and by its digest.
_SHARED = frozenset((Paper, Listing, Cited, TopicLink, TopicFigures, Spark))


class Sources:
    """Gives the digest of all that a page's files are made of: what it carries, its shell, the renderer's version.

    `papers` are digests of papers by id that are known already (of all that a value of the record holds). Pages must
    outlive their `Sources`: what they share is known by its place in memory.
    """

    def __init__(self, shells: Mapping[str, str], renderer: str, papers: Mapping[str, str] | None = None) -> None:
        self._shells = shells
        self._renderer = renderer
        self._papers = papers or {}
        self._shared: dict[int, str] = {}
        # Tuples, text and numbers, of which two have one JSON only where they are equal and of the same types.
        self._json = json.JSONEncoder(separators=(",", ":"), check_circular=False, default=self._plain).encode

    def digest(self, page: Page) -> str:
        """Give the digest of a page in 32 hexadecimal digits."""
        shell = self._shells[shell_of(page.path)] if isinstance(page, ARTICLES) else ""
        return _digest(f"{self._renderer}\n{shell}\n{self._json(page)}")

    def _plain(self, value: Any) -> Any:  # noqa: ANN401 (a dataclass that a page carries)
        """Give what stands for a value."""
        kind: type[Any] = value.__class__
        if kind not in _SHARED:
            return (kind.__name__, *_parts(kind)(value))  # type: ignore[arg-type]  # a class is hashable
        known = self._shared.get(id(value))
        if known is None:
            known = self._shared[id(value)] = self._told_once(value, kind)
        return known

    def _told_once(self, value: Any, kind: type[Any]) -> str:  # noqa: ANN401 (the same)
        if kind is Paper and value.id in self._papers:
            return f"Paper {self._papers[value.id]}"
        return _digest(self._json((kind.__name__, _parts(kind)(value))))  # type: ignore[arg-type]  # the same


@cache
def _parts(kind: type[Any]) -> Callable[[Any], tuple[Any, ...]]:
    """Give what takes a value of a dataclass apart."""
    names = [field.name for field in fields(kind) if field.compare]
    return attrgetter(*names) if len(names) > 1 else lambda value: (getattr(value, names[0]),)


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("ascii"), digest_size=16).hexdigest()
