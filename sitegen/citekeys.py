"""Citekeys: what people write to cite a paper, made of surname, year and a word of the title."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import TYPE_CHECKING

from sitegen import latex
from sitegen.formats.cited import name_parts
from sitegen.text import one_line, slug

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sitegen.model import Paper

_LONGEST_PART = 24
_LITTLE = frozenset(
    "a an the and or of in on at for to by with from into via as is are be do does can how what why when where who "
    "this that its it our we you your not no new using towards toward under over between beyond".split()
)


def citekeys(papers: Iterable[Paper]) -> dict[str, str]:
    """Give each paper's citekey by its id: "smith2023attention"; without known names "papertrail2025".

    A paper that wants a key which an earlier one has (in the order (added, id)) gets a sign of its own id behind it:
    "smith2023attention-3fa2". So a paper that comes later changes nobody's key, and no key is ever two papers'.
    Keys hold a-z, 0-9 and at most one "-"; they follow the record: other names, year or title, other key.
    """
    keys: dict[str, str] = {}
    taken: set[str] = set()
    for paper in sorted(papers, key=lambda paper: paper.order):
        key = _wished(paper)
        if key in taken:
            key = _distinguished(key, paper.id, taken)
        taken.add(key)
        keys[paper.id] = key
    return keys


def _wished(paper: Paper) -> str:
    """Give the key that a paper has where nobody else wants it."""
    surname, year = _surname(paper), paper.date[:4]
    words = _words(paper)
    return f"{surname}{year}{words[0]}" if surname else f"{_name(paper, words)}{year}"


def _surname(paper: Paper) -> str:
    """Give the first author's family name, or a group's whole name, in Latin letters; "" where there are none."""
    named = next((author for author in paper.authors if one_line(author.name)), None)
    if not named:
        return ""
    first = name_parts(named)
    return _joined(first.family or first.literal)[:_LONGEST_PART]


def _name(paper: Paper, words: list[str]) -> str:
    """Give what stands for a surname: the system that a title names before its colon, else the title's two words."""
    system, colon, _ = paper.title.partition(":")
    return words[0] if colon and _joined(system) == words[0] else "".join(words)


def _words(paper: Paper) -> list[str]:
    """Give the title's first two words that mean something ("end-to-end" is one), else of all, else the id."""
    written = latex.plain_text(paper.title)
    joined = written.translate(_IN_WORDS) if written.isascii() else " ".join(map(_joined, written.split()))
    words = joined.split()
    telling = [word for word in words if word not in _LITTLE] or words or [_joined(paper.id)]
    return [word[:_LONGEST_PART] for word in telling[:2]]


# Titles share most of their words.
@lru_cache(maxsize=65_536)
def _joined(text: str) -> str:
    return slug(text).replace("-", "")


# What becomes of each ASCII character of a title: letters and digits as in slugs, and the spaces between words.
_IN_WORDS = {
    code: chr(code).lower() if chr(code).isalnum() else " " if chr(code).isspace() else None for code in range(128)
}


def _distinguished(key: str, paper_id: str, taken: set[str]) -> str:
    """Give the key with as many digits of the id's hash as tell it from the others."""
    digest = hashlib.sha256(paper_id.encode()).hexdigest()
    lengths = range(4, len(digest) + 1)
    return next(f"{key}-{digest[:length]}" for length in lengths if f"{key}-{digest[:length]}" not in taken)
