"""Every line of a text gets its place, and what was read is held against a second, independent count."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sitegen.formats.parsed import Line, Parsed, left_out, written_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sitegen.formats.parsed import Written
    from sitegen.model import Draft

_WEB_PAGE = re.compile(
    r"\ufeff?\s{0,1000}(?:<\?xml[^<>]{0,200}\?>\s{0,100})?<(?:!doctype\s{1,9}html|html)\b", re.IGNORECASE
)
WEB_PAGE = "this is a web page, not {}: the download failed or the address was another's"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines, first to last, that belong to no draft: rejected with `why`, ignored where that is ""."""

    first: int
    last: int
    why: str = ""


@dataclass(frozen=True, slots=True)
class Marks:
    """The second count: the lines on which an entry begins by its sign, one for each entry, and the sign in words."""

    sign: str
    lines: tuple[int, ...] = ()

    def without(self, lines: Iterable[int]) -> Marks:
        """Give the count without the entries on these lines, which are known to be no papers."""
        known = set(lines)
        return Marks(self.sign, tuple(line for line in self.lines if line not in known))


def is_web_page(text: str) -> bool:
    """Tell whether a text begins as an HTML page does: what a server sends instead of a file it has not."""
    return bool(_WEB_PAGE.match(text))


def marks(text: str, sign: re.Pattern[str], name: str) -> Marks:
    """Count the lines that match `sign` at their start; `name` is the sign as messages show it."""
    lines = re.split(r"\r\n|\r|\n", text.removeprefix("\ufeff"))
    return Marks(name, tuple(number for number, line in enumerate(lines, start=1) if sign.match(line)))


def account(file: str, text: str, drafts: Sequence[Draft], stretches: Iterable[Stretch], count: Marks) -> Parsed:
    """Give drafts, ignored and rejected lines such that every line that is not blank has its place.

    A draft that holds the signs of two entries has swallowed one: it is rejected whole. A line that is in no draft and
    no stretch is rejected too, and so is the first line of a text in which nothing at all was found. Where the second
    count differs from the number of drafts, the first rejected line says so.
    """
    lines = written_lines(text)
    kept, swallowing = _trusted(drafts, count)
    places = _Places(_from_words([*stretches, *swallowing], [line.number for line in lines]))
    inside = {number for draft in kept for number in range(draft.first_line, draft.last_line + 1)}
    outside = [places.of(file, line) for line in lines if line.number not in inside]
    outside += _hidden(file, lines, places, inside)
    begins = set(count.lines)
    outside = [
        replace(line, why=f"an entry begins here by its {count.sign}, but was not understood")
        if not line.why and line.line in begins
        else line
        for line in outside
    ]
    if not kept and outside and not any(line.why for line in outside):
        outside[0] = replace(outside[0], why=f"nothing to import: no entry begins anywhere, with {count.sign}")
    rejected = sorted(line for line in outside if line.why)
    return Parsed(kept, tuple(line for line in outside if not line.why), _with_sum(rejected, kept, count))


def _from_words(stretches: Iterable[Stretch], written: Sequence[int]) -> list[Stretch]:
    """Let each stretch begin on a line that is not blank: the reason is told there."""
    found = []
    for stretch in stretches:
        begins = bisect_left(written, stretch.first)
        first = written[begins] if begins < len(written) else stretch.last
        found.append(replace(stretch, first=min(first, stretch.last)))
    return found


class _Places:
    """What is said of the lines outside drafts; of two stretches that share a line the one with a reason tells."""

    def __init__(self, stretches: list[Stretch]) -> None:
        self.broken = [stretch for stretch in stretches if stretch.why]
        self.reasons: dict[int, str] = {}
        for stretch in stretches:
            for number in range(stretch.first, stretch.last + 1):
                rest = f"part of the entry in line {stretch.first}, which was rejected" if stretch.why else ""
                why = stretch.why if number == stretch.first else rest
                known = self.reasons.get(number)
                if not known or (number == stretch.first and why):
                    self.reasons[number] = why

    def of(self, file: str, line: Written) -> Line:
        """Give the word for a line that lies in no draft."""
        return left_out(file, line, self.reasons.get(line.number, "belongs to no entry"))


def _trusted(drafts: Sequence[Draft], count: Marks) -> tuple[tuple[Draft, ...], list[Stretch]]:
    """Part drafts from those that hold a second sign; drafts that share a line cannot be told apart by lines."""
    starts = Counter(draft.first_line for draft in drafts)
    kept: list[Draft] = []
    swallowing: list[Stretch] = []
    for draft in drafts:
        first = bisect_left(count.lines, draft.first_line)
        held = count.lines[first : bisect_right(count.lines, draft.last_line)]
        if len(held) > 1 and not any(starts[number] for number in held[1:]) and starts[draft.first_line] == 1:
            why = f"this entry does not end before line {held[1]}, where by its {count.sign} another begins"
            swallowing.append(Stretch(draft.first_line, draft.last_line, why))
        else:
            ordinal = len(kept) + 1
            kept.append(draft if draft.ordinal == ordinal else replace(draft, ordinal=ordinal))
    return tuple(kept), swallowing


def _hidden(file: str, lines: Sequence[Written], places: _Places, inside: set[int]) -> list[Line]:
    """Give a word for what was rejected on lines that drafts share: a loss is said, though the line has its place."""
    hidden = {
        stretch.first: stretch.why
        for stretch in places.broken
        if all(number in inside for number in range(stretch.first, stretch.last + 1))
    }
    return [left_out(file, line, hidden[line.number]) for line in lines if line.number in hidden]


def _with_sum(rejected: list[Line], kept: tuple[Draft, ...], count: Marks) -> tuple[Line, ...]:
    """Say in the first rejected line what the second count found, where that is another number."""
    if rejected and count.lines and len(count.lines) != len(kept):
        found = f"{len(count.lines):,} begin by {count.sign}, {len(kept):,} understood"
        rejected[0] = replace(rejected[0], why=f"{rejected[0].why} (of all entries {found})")
    return tuple(rejected)
