"""An article and its headings, whose ids are those of Python-Markdown's `toc`, so that MkDocs gives the same ones."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_LONG_TITLE = 110


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: its level from 1, its id, its words as plain text."""

    level: int
    slug: str
    words: str

    @property
    def is_long(self) -> bool:
        """Whether it is a title that needs smaller letters."""
        return self.level == 1 and len(self.words) > _LONG_TITLE


@dataclass(frozen=True, slots=True)
class Article:
    """The HTML of an article and its headings in order."""

    html: str
    headings: tuple[Heading, ...]


class Headings:
    """The headings of one page, in their order."""

    def __init__(self) -> None:
        self._found: list[Heading] = []
        self._taken: set[str] = set()

    def add(self, level: int, words: str) -> Heading:
        """Take one more, and give it an id that is unique on the page."""
        slug = _unique(slugified(words), self._taken)
        self._taken.add(slug)
        self._found.append(Heading(level, slug, words))
        return self._found[-1]

    def all(self) -> tuple[Heading, ...]:
        """Give all that were taken."""
        return tuple(self._found)


# Most pages have the same headings.
@lru_cache(maxsize=4096)
def slugified(words: str) -> str:
    """Give a heading's id by the rule of Python-Markdown's `markdown.extensions.toc.slugify`."""
    ascii_words = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", ascii_words).strip().lower())


def _unique(slug: str, taken: set[str]) -> str:
    """Number an id that is taken, or empty, as Python-Markdown does: "x", "x_1", "x_2"; a second "x_1" is "x_2"."""
    while slug in taken or not slug:
        counted = re.fullmatch(r"(.*)_([0-9]+)", slug)
        slug = f"{counted[1]}_{int(counted[2]) + 1}" if counted else f"{slug}_1"
    return slug
