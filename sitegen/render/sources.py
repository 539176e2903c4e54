"""What the files of a page are made of, as a digest: by it a build knows which of them stand there already."""

from __future__ import annotations

import hashlib
from dataclasses import fields, is_dataclass
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from sitegen.formats.cited import Cited
from sitegen.line_pages import PaperLine
from sitegen.model import Paper
from sitegen.pages import Listing, TopicLink, shell_of
from sitegen.paper_parts import PaperLink
from sitegen.render.render import ARTICLES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sitegen.pages import Page

# Values that many pages carry: each is written once, and by its digest where it is long.
_SHARED = frozenset((Paper, Listing, Cited, TopicLink, PaperLine, PaperLink))
# Fields that hold nothing to be taken apart, as they are annotated.
_FLAT = frozenset(("str", "int", "float", "bool", "int | None", "tuple[str, ...]", "tuple[int, ...]"))


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

    def digest(self, page: Page) -> str:
        """Give the digest of a page in 32 hexadecimal digits."""
        shell = self._shells[shell_of(page.path)] if isinstance(page, ARTICLES) else ""
        return _digest(f"{self._renderer}\n{shell}\n{self._plain(page)!r}")

    def _plain(self, value: Any) -> Any:  # noqa: ANN401 (whatever a page carries)
        """Give tuples, text and numbers that two values share only where they are equal and of the same types."""
        kind: type[Any] = value.__class__
        if kind is tuple:
            return tuple(map(self._plain, value))
        if kind in _SHARED:
            known = self._shared.get(id(value))
            if known is None:
                known = self._shared[id(value)] = self._shared_plain(value)
            return known
        return self._taken_apart(value, kind) if is_dataclass(kind) else value

    def _shared_plain(self, value: Any) -> str:  # noqa: ANN401 (the same)
        """Give what stands for a value that many pages carry."""
        kind = value.__class__
        if kind is Paper and value.id in self._papers:
            return f"Paper {self._papers[value.id]}"
        return _digest(repr(self._taken_apart(value, kind)))

    def _taken_apart(self, value: Any, kind: type[Any]) -> tuple[Any, ...]:  # noqa: ANN401 (the same)
        parts, deep = _parts(kind)  # type: ignore[arg-type]  # a class is hashable, whatever the stubs say
        if not deep:
            return (kind.__name__, *parts(value))
        found = [kind.__name__, *parts(value)]
        for place in deep:
            found[place] = self._plain(found[place])
        return tuple(found)


@cache
def _parts(kind: type[Any]) -> tuple[Callable[[Any], tuple[Any, ...]], tuple[int, ...]]:
    """Give what takes a value of a dataclass apart, and which parts (from 1) may have parts of their own."""
    told = [field for field in fields(kind) if field.compare]
    deep = tuple(place for place, field in enumerate(told, 1) if field.type not in _FLAT)
    names = [field.name for field in told]
    if len(names) == 1:
        return (lambda value: (getattr(value, names[0]),)), deep
    return attrgetter(*names), deep


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(errors="surrogatepass"), digest_size=16).hexdigest()
