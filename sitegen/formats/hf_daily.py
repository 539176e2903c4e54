"""A pasted page of Hugging Face Daily Papers: title, abstract and, for most papers, a block of metadata.

The page says nowhere which line is what. A block is told by its shape (`• 6 authors` or an organisation, `·`, a
date); what stands between two blocks is titles and abstracts in turn. Where that does not come out even, the
length of a line helps to find the broken entry, so that it costs no other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from sitegen.formats.hf_dates import PrintedDate, is_date, listing_year, read_date
from sitegen.formats.links import find_links
from sitegen.formats.parsed import Format, Line, Parsed, Written, left_out, unreadable, written_lines
from sitegen.model import Draft

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAME = "hf-daily"
_CHROME = re.compile(
    r"new|get trending papers in your email inbox!?|subscribe|daily papers|by\s?ak and the research community",
    re.IGNORECASE,
)
_AUTHORS = re.compile(r"•\s*(\d{1,6}) authors?", re.IGNORECASE)
_ORGANIZATION = re.compile(r"(?=.{1,80}$)[A-Za-z0-9][\w.-]*(?:\s+(\S.*[^.!?\s]|\S))?")
_DOT = "·"
# Longer than any title, shorter than all but the shortest abstracts; asked only where the count does not come out.
_LONG = 400

_NO_PAPER = "metadata without a paper"
_NO_ABSTRACT = "a title without an abstract"
_NO_TITLE = "an abstract without a title"


@dataclass(frozen=True, slots=True)
class _Block:
    """What a block of metadata says, and the last of its lines that could be read (0: none)."""

    last_line: int = 0
    author_count: int | None = None
    organizations: tuple[str, ...] = ()
    date: PrintedDate | None = None


@dataclass(frozen=True, slots=True)
class _Entry:
    title: Written
    abstract: Written
    block: _Block = _Block()


def identify(text: str) -> bool:
    """Tell whether the text begins as the page does, or has a date below a `·` as its blocks have."""
    lines = [line for line in written_lines(text) if line.readable]
    pairs = pairwise(lines)
    return _chrome(lines) > 0 or any(upper.text == _DOT and is_date(lower.text) for upper, lower in pairs)


def parse(text: str, file: str, year: str) -> Parsed:
    """Give a draft for each title with its abstract; dates without a year get `year`, else one that fits the page."""
    every = written_lines(text)
    lines = [line for line in every if line.readable]
    top = _chrome(lines)
    header = read_date(lines[top - 1].text) if top else None
    header = header if isinstance(header, PrintedDate) else None
    entries: list[_Entry] = []
    rejected: list[Line] = []
    for texts, block in _groups(lines[top:]):
        for piece in _entries(texts, block):
            if isinstance(piece, _Entry):
                entries.append(piece)
            else:
                rejected.append(left_out(file, *piece))
    drafts = _drafts(file, entries, header, year)
    rejected += unreadable(file, every, drafts)
    return Parsed(drafts, tuple(left_out(file, line) for line in lines[:top]), tuple(sorted(rejected)))


def _chrome(lines: list[Written]) -> int:
    """Count the lines at the top that are the page's own: its words, then its date."""
    count = 0
    while count < len(lines) and _CHROME.fullmatch(lines[count].text):
        count += 1
    return count + 1 if 0 < count < len(lines) and is_date(lines[count].text) else count


def _groups(lines: list[Written]) -> Iterator[tuple[list[Written], list[Written]]]:
    """Cut the lines into stretches of text, each with the block of metadata that ends it."""
    # Where every blank line was squeezed out, standing directly below a block means nothing.
    spaced = any(lower.number > upper.number + 1 for upper, lower in pairwise(lines))
    texts: list[Written] = []
    place = 0
    while place < len(lines):
        end = _block_end(lines, place, spaced=spaced)
        if end > place:
            yield texts, lines[place:end]
            texts, place = [], end
        else:
            texts.append(lines[place])
            place += 1
    yield texts, []


def _rank(lines: list[Written], place: int) -> int:
    """Give a line's place within a block: 1 for who, 2 for the dot, 3 for the date; 0 for text."""
    text = lines[place].text
    if text.startswith("•"):
        return 1
    if text == _DOT:
        return 2
    if is_date(text):
        return 3
    below = lines[place + 1] if place + 1 < len(lines) else None
    names = below is not None and below.text == _DOT and below.number == lines[place].number + 1
    return 1 if names and _ORGANIZATION.fullmatch(text) else 0


def _block_end(lines: list[Written], start: int, *, spaced: bool) -> int:
    """Give the place after the block that begins at `start`, or `start` where none does."""
    place, rank = start, 0
    while place < len(lines):
        below = _rank(lines, place)
        attached = spaced and place > start and lines[place].number == lines[place - 1].number + 1
        if below <= rank and not attached:
            break
        place, rank = place + 1, max(rank, below)
    return place


def _entries(texts: list[Written], block: list[Written]) -> Iterator[_Entry | tuple[Written, str]]:
    """Pair titles with abstracts; the block belongs to the last pair where no stray line stands between."""
    place = 0
    paired = False
    while place < len(texts):
        title, *after = texts[place : place + 3]
        paired = False
        if len(title.text) >= _LONG and not (after and len(after[0].text) >= _LONG):
            yield title, _NO_TITLE
        elif not after or (len(after) == 2 and len(after[0].text) < _LONG <= len(after[1].text)):
            yield title, _NO_ABSTRACT
        else:
            paired = True
            last = place + 2 == len(texts)
            fields, strays = _read_block(block) if last else (_Block(), [])
            yield _Entry(title, after[0], fields)
            yield from strays
        place += 2 if paired else 1
    if not paired:
        yield from ((line, _NO_PAPER) for line in block)


def _read_block(block: list[Written]) -> tuple[_Block, list[tuple[Written, str]]]:
    """Read a block up to its first unreadable line; that and what follows it is given back with the reason."""
    fields = _Block()
    rank = 0
    for place, line in enumerate(block):
        read = _read_line(line.text, first=place == 0)
        if isinstance(read, str) or read[0] <= rank:
            why = read if isinstance(read, str) else "a second line of this kind in one block of metadata"
            rest = [(later, "metadata below a line that could not be read") for later in block[place + 1 :]]
            return fields, [(line, why), *rest]
        rank = read[0]
        fields = _with(fields, read[1], line.number)
    return fields, []


def _with(block: _Block, said: int | str | PrintedDate | None, number: int) -> _Block:
    """Give a block with what one more line says."""
    if isinstance(said, int):
        return replace(block, last_line=number, author_count=said)
    if isinstance(said, str):
        return replace(block, last_line=number, organizations=(said,))
    return replace(block, last_line=number, date=said or block.date)


def _read_line(text: str, *, first: bool) -> tuple[int, int | str | PrintedDate | None] | str:
    """Give a line's place within its block and what it says, or why it cannot be read."""
    if authors := _AUTHORS.fullmatch(text):
        return 1, int(authors[1])
    if text == _DOT:
        return 2, None
    if is_date(text):
        date = read_date(text)
        return date if isinstance(date, str) else (3, date)
    if first and not text.startswith("•"):
        handle_and_name = _ORGANIZATION.fullmatch(text)
        return 1, (handle_and_name and handle_and_name[1]) or text
    return "not a line of metadata: it must be a number of authors, an organisation, · or a date"


def _drafts(file: str, entries: list[_Entry], header: PrintedDate | None, year: str) -> tuple[Draft, ...]:
    """Make drafts of entries, now that all dates of the page are known."""
    dates = [entry.block.date for entry in entries if entry.block.date]
    known, source = listing_year(header, dates, year)
    listed = header.iso(known) if header else ""
    return tuple(
        Draft(
            file=file,
            format=_NAME,
            ordinal=ordinal,
            first_line=entry.title.number,
            last_line=entry.block.last_line or entry.abstract.number,
            title=entry.title.text,
            abstract=entry.abstract.text,
            author_count=entry.block.author_count,
            organizations=entry.block.organizations,
            date=date.iso(known) if date else "",
            date_source="given" if not date or date.year else source,
            links=find_links(entry.abstract.text),
            listed=listed,
            count=date.count if date else None,
        )
        for ordinal, entry in enumerate(entries, start=1)
        for date in (entry.block.date,)
    )


EXAMPLE = """Counting Sheep with Dogs

We count sheep with dogs, and the dogs count too.

  • 6 authors
·
Oct 16, 2025
"""
FORMAT = Format(_NAME, "a pasted page of Hugging Face Daily Papers", identify, parse, EXAMPLE)
