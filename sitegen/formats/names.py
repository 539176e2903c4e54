"""Names of people as bibliographies write them, taken apart only where the notation says which part is which."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from sitegen.latex import unlaced
from sitegen.model import Author
from sitegen.text import clean, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

_AND = re.compile(r"\s+and(?=\s)", re.IGNORECASE)


def person(family: str, given: str = "", particle: str = "", suffix: str = "") -> Author | None:
    """Give the author made of these parts, as plain text; None where they hold no letter.

    A particle ("van der") is part of the family name; a suffix ("Jr.") stands in the name alone, behind it.
    """
    family = " ".join(part for part in (_plain(particle), _plain(family)) if part)
    given = _plain(given)
    whole = " ".join(part for part in (given, family, _plain(suffix)) if part)
    named = alone(whole)
    return Author(whole, family=family, given=given) if named and family and given else named


def alone(name: str, *, literal: bool = False) -> Author | None:
    """Give an author whose name is not known in parts; `literal` says that it never has any: a team, an institute."""
    name = _plain(name)
    return Author(name, literal=literal) if any(character.isalnum() for character in name) else None


def inverted(text: str) -> Author | None:
    """Give the author of "Family, Given" or "Family, Given, Suffix" as RIS writes it; without comma the name whole."""
    family, *rest = [part.strip() for part in text.split(",")]
    if not rest or len(rest) > 2 or not family:
        return alone(text.strip().strip(","))
    return person(family, rest[0], suffix=rest[1] if len(rest) == 2 else "")


def bibtex_names(text: str) -> tuple[Author, ...]:
    """Give the authors of a BibTeX field: names joined by "and", in any of BibTeX's three orders; no "and others"."""
    names = (_bibtex_name(name) for name in _split_names(one_line(text)) if name.lower() not in ("others", "et al."))
    return tuple(name for name in names if name)


def _plain(text: str) -> str:
    return one_line(clean(text))


def _split_names(text: str) -> Iterator[str]:
    """Cut at each "and" that stands outside braces."""
    start = 0
    depths = _depths(text)
    for match in _AND.finditer(text):
        if depths[match.start()] == 0:
            yield text[start : match.start()].strip()
            start = match.end()
    yield text[start:].strip()


def _depths(text: str) -> list[int]:
    """Give for each character how many braces are open before it; escaped ones count as BibTeX counts them: fully."""
    depths: list[int] = []
    depth = 0
    for character in text:
        depths.append(depth)
        depth = max(depth + (character == "{") - (character == "}"), 0)
    return depths


def _bibtex_name(text: str) -> Author | None:
    """Read "First von Last", "von Last, First" or "von Last, Jr, First"."""
    if _is_whole(text):
        return alone(unlaced(text), literal=True)
    parts = [part.strip() for part in _cut(text, ",")]
    if len(parts) == 2:
        return person(unlaced(parts[0]), unlaced(parts[1]))
    if len(parts) == 3:
        return person(unlaced(parts[0]), unlaced(parts[2]), suffix=unlaced(parts[1]))
    words = [word for word in _cut(text, " ~") if word] if len(parts) == 1 else []
    if len(words) < 2:
        return alone(unlaced(text.strip(", ")))
    family = _family_start(words)
    return person(unlaced(" ".join(words[family:])), unlaced(" ".join(words[:family])))


def _is_whole(text: str) -> bool:
    r"""Tell whether one pair of braces holds the whole name: then it has no parts; `{\"O}` is only a letter."""
    depths = _depths(text)
    inner = text[1:-1].lstrip()
    return text[:1] == "{" and text[-1:] == "}" and all(depths[1:]) and not inner.startswith("\\")


def _cut(text: str, separators: str) -> list[str]:
    r"""Cut at separators outside braces; an escaped one (the accent of `\~n`) is none."""
    places = [-1]
    for place, (depth, character) in enumerate(zip(_depths(text), text, strict=True)):
        if depth == 0 and character in separators and text[place - 1 : place] != "\\":
            places.append(place)
    places.append(len(text))
    return [text[start + 1 : end] for start, end in pairwise(places)]


def _family_start(words: list[str]) -> int:
    """Give the place of the family name: the first word in lower case ("van der Berg"), else the last word."""
    small = (place for place, word in enumerate(words[:-1]) if place and _is_small(word))
    return next(small, len(words) - 1)


def _is_small(word: str) -> bool:
    """Tell whether a word begins in lower case; what stands in braces has no case, as BibTeX sees it."""
    if word.startswith("{") and not word.startswith("{\\"):
        return False
    letters = [character for character in unlaced(word) if character.isalpha()]
    return bool(letters) and letters[0].islower()
