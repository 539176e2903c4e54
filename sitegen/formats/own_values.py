"""Values of JSON to values of records, each key by its own reader; what does not fit is refused in words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sitegen.model import CHANGE_KINDS, KINDS, STATUSES, TYPES, Author, Change, Links, Publication, Source
from sitegen.text import clean, one_line

if TYPE_CHECKING:
    from collections.abc import Callable

    Reader = Callable[[object], Any]

_ID = "[a-z0-9][a-z0-9-]{0,79}"
_DATE = "[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?"
_TIME = "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z"


class UnfitError(Exception):
    """A value does not fit its key; `must` says what it must be."""

    def __init__(self, must: str) -> None:
        super().__init__(must)
        self.must = must


def _text(value: object) -> str:
    """Read text, or a number as its digits: writers of JSON take arXiv ids and years for numbers."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    raise UnfitError("text")


def _line(value: object) -> str:
    return one_line(_text(value))


def _matching(pattern: str, must: str) -> Reader:
    def read(value: object) -> str:
        text = _line(value)
        if text and not re.fullmatch(pattern, text):
            raise UnfitError(must)
        return text

    return read


def _one_of(*allowed: str) -> Reader:
    return _matching("|".join(allowed), " or ".join(allowed))


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise UnfitError("true or false")
    return value


def _number(least: int) -> Reader:
    def read(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= 999_999_999:
            raise UnfitError(f"a whole number of at least {least}")
        return value

    return read


def _list_of(read_one: Reader) -> Reader:
    def read(value: object) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise UnfitError("a list")
        return tuple(read_one(one) for one in value)

    return read


def _mapping(make: Callable[..., Any], readers: dict[str, Reader], *required: str) -> Reader:
    """Make a reader of an object with these keys and no others; null stands for a key left out."""

    def read(value: object) -> Any:  # noqa: ANN401 (whatever `make` gives)
        if not isinstance(value, dict):
            raise UnfitError("an object")
        given = {key: one for key, one in value.items() if one is not None}
        if not readers.keys() >= given.keys() or any(key not in given for key in required):
            raise UnfitError(f"an object with the keys {', '.join(readers)}")
        return make(**{key: readers[key](one) for key, one in given.items()})

    return read


def _author(value: object) -> Author:
    """Read "Given Family", or an object, whose name may be given by its parts."""
    if not isinstance(value, dict):
        name = _text(value)
        if not name:
            raise UnfitError("a list of names")
        return Author(name)
    author: Author = _mapping(_named, _AUTHOR)(value)
    return author


def _named(**said: Any) -> Author:  # noqa: ANN401 (values are typed by their readers)
    name = said.pop("name", "") or f"{said.get('given', '')} {said.get('family', '')}".strip()
    if not name:
        raise UnfitError("a list of names")
    return Author(name, **said)


_AUTHOR: dict[str, Reader] = {**dict.fromkeys(("name", "family", "given", "orcid"), _text), "literal": _flag}
_LINKS: dict[str, Reader] = dict.fromkeys(("arxiv", "doi"), _text) | dict.fromkeys(
    ("pdf", "code", "page"), _matching(r"https?://\S+", "an address that begins with http:// or https://")
)
_PUBLICATION: dict[str, Reader] = dict.fromkeys(("volume", "issue", "pages", "publisher"), _text)
_CHANGE: dict[str, Reader] = {
    "at": _matching(_TIME, "a time as 2025-11-03T00:00:00Z"),
    "kind": _one_of(*CHANGE_KINDS),
    "note": _text,
}
_DATE_READER = _matching(_DATE, "YYYY, YYYY-MM or YYYY-MM-DD")
_SOURCE: dict[str, Reader] = {
    "file": _text,
    "format": _text,
    "ordinal": _number(1),
    "listed": _DATE_READER,
    "count": _number(0),
}
_IDS = _list_of(_matching(_ID, "a list of ids"))
READERS: dict[str, Reader] = {
    "id": _matching(_ID, "an id"),
    "title": _text,
    "title_source": _one_of("given", "derived"),
    "type": _one_of(*TYPES),
    "kind": _one_of(*KINDS),
    "status": _one_of(*STATUSES),
    "authors": _list_of(_author),
    "author_count": _number(1),
    "organizations": _list_of(_text),
    "date": _DATE_READER,
    "date_source": _one_of("given", "inferred"),
    "added": _matching(_TIME, "a time as 2025-11-03T00:00:00Z"),
    "announce": _flag,
    "topics": _IDS,
    "links": _mapping(Links, _LINKS),
    "venue": _text,
    "publication": _mapping(Publication, _PUBLICATION),
    "abstract": _text,
    "note": _text,
    "changes": _list_of(_mapping(Change, _CHANGE, "at", "kind", "note")),
    "aliases": _IDS,
    "same_as": _IDS,
    "not_same_as": _IDS,
    "key": _text,
    "sources": _list_of(_mapping(Source, _SOURCE, "file", "format", "ordinal")),
}
