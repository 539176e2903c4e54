"""What every format gives: drafts, and a word for each line that belongs to none of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sitegen.text import clean, one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sitegen.model import Draft

_LINE_ENDS = re.compile(r"\r\n|\r|\n")
_PRINTED = 200


@dataclass(frozen=True, slots=True, order=True)
class Line:
    """A line of an imported file that belongs to no paper; `why` says what was wrong with it, "" where nothing was."""

    file: str
    line: int
    text: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Parsed:
    """All of a text: every line of it that is not blank is in exactly one draft, or ignored, or rejected."""

    drafts: tuple[Draft, ...] = ()
    ignored: tuple[Line, ...] = ()
    rejected: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of text that papers come in.

    `identify` tells from the text alone whether this format claims it; `parse` takes the text, the file's name and
    the year ("" where nobody gave one) of dates that are printed without, and raises on no text whatever. `example` is
    a tiny text of this format.
    """

    name: str
    description: str
    identify: Callable[[str], bool]
    parse: Callable[[str, str, str], Parsed]
    example: str


@dataclass(frozen=True, slots=True)
class Written:
    """A line that is not blank: its number (from 1) in the raw text, and its text, cleaned and on one line."""

    number: int
    text: str

    @property
    def readable(self) -> bool:
        """Whether anything in it can be seen: pages leave lines of invisible characters behind."""
        return any(character.isprintable() and character != " " for character in self.text)


def written_lines(text: str) -> list[Written]:
    """Give the lines of a raw text that are not blank."""
    lines = enumerate(_LINE_ENDS.split(text), start=1)
    return [Written(number, one_line(clean(line))) for number, line in lines if line.strip()]


def left_out(file: str, line: Written, why: str = "") -> Line:
    """Give the word for a line that belongs to no paper, its text shortened to what a report can hold."""
    return Line(file, line.number, line.text if len(line.text) <= _PRINTED else line.text[: _PRINTED - 1] + "…", why)


def unreadable(file: str, lines: Iterable[Written], drafts: Iterable[Draft]) -> list[Line]:
    """Give the word for each line that nobody can read and that lies within no paper."""
    inside = {number for draft in drafts for number in range(draft.first_line, draft.last_line + 1)}
    return [
        left_out(file, line, "the line holds nothing that can be read")
        for line in lines
        if not line.readable and line.number not in inside
    ]
