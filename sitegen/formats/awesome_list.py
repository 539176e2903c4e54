"""Curated lists in Markdown ("awesome lists"): bullets, numbered lists, tables and paragraphs of papers.

An entry is a paper where its place, its label, its people, venue or date say so. What has a link and is none is
rejected with the reason; headings, prose, tables of contents and link lists to headings are ignored.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from sitegen.collector import collector_at_rest
from sitegen.formats.awesome_blocks import Block, blocks, plain
from sitegen.formats.awesome_dates import date, is_listing, listing
from sitegen.formats.awesome_entries import begins, is_entry, nested, parts, with_following
from sitegen.formats.awesome_entry import read_item, read_row
from sitegen.formats.awesome_people import people
from sitegen.formats.awesome_places import place_sort
from sitegen.formats.awesome_words import column_sort, is_before, is_furniture, is_topic, label_sort
from sitegen.formats.parsed import Format, Line, Parsed, left_out, unreadable, written_lines
from sitegen.model import Draft
from sitegen.text import clean, one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sitegen.formats.awesome_record import Entry

_NAME = "awesome-list"
_ENTRY_LINE = re.compile(r"\s{0,12}(?:>\s?)?(?:[-*+]\s|\d{1,4}[.)]\s|\||\*\*|\[).{0,3000}?\]\(\s*<?https?://")
# No entry with all that is nested in it is longer, in characters: what is, is prose.
_LONGEST = 20_000
_OTHER_FORMAT = re.compile(r"\s*(?:[{<]|\[\s*[{\]]|@\w+\s*[{(]|TY  ?-)")
# The second count: addresses of papers, found in the raw text without a look at its Markdown.
_PAPER_ADDRESS = re.compile(
    r"https?://(?:www\.|export\.)?(?:arxiv\.org/(?:abs|pdf)/|(?:dx\.)?doi\.org/10\.|openreview\.net/(?:forum|pdf)|"
    r"aclanthology\.org/[A-Z0-9]|huggingface\.co/papers/\d)",
    re.IGNORECASE,
)

EXAMPLE = """## Agents

- [2024/05] **A Paper on Agents.** *Ada Byron, Grace Hopper.* [[paper](https://arxiv.org/abs/2405.00001)]
"""


def identify(text: str) -> bool:
    """Tell whether the text has a bullet, a row or a paragraph that begins with, or holds, a Markdown link."""
    if _OTHER_FORMAT.match(text[:2000].lstrip("\ufeff")):
        return False
    return any(_ENTRY_LINE.match(line) for line in text.splitlines() if "](" in line)


@dataclass(slots=True)
class _Place:
    """Where in the list we are: the headings above, by level, and what they say."""

    headings: dict[int, str] = field(default_factory=dict)
    listed: str = ""
    year: str = ""

    def enter(self, block: Block, year: str) -> None:
        """Go on to a heading; those of its level and below are left."""
        words = one_line(clean(plain(block.runs)))
        self.headings = {level: name for level, name in self.headings.items() if level < block.level}
        self.headings[block.level] = words
        self.listed = listing(words, year)
        self.year = date(words.strip("# ")) or (
            self.year if block.level > 1 and self.year in str(self.headings) else ""
        )

    @property
    def furniture(self) -> str:
        """The heading above that says that no entries are to come, or ""."""
        innermost = max(self.headings, default=0)
        named = [name for level, name in self.headings.items() if level == innermost or not is_before(name)]
        return next((name for name in named if is_furniture(name)), "")

    @property
    def topics(self) -> tuple[str, ...]:
        """What the headings above say of the topic, the widest first; the list's own title is none."""
        names = [name for level, name in sorted(self.headings.items()) if level > 1 and is_topic(name)]
        names = [name for name in names if not is_listing(name)]
        return tuple(re.sub(r"^[\W\d_]+|[\s:]+$", "", name) for name in names)


@dataclass(slots=True)
class _Reading:
    """A list on its way: the drafts so far, and why lines (by their number) are no papers."""

    file: str
    year: str
    place: _Place = field(default_factory=_Place)
    drafts: list[Draft] = field(default_factory=list)
    refused: dict[int, str] = field(default_factory=dict)


@collector_at_rest()
def parse(text: str, file: str, year: str) -> Parsed:
    """Give a draft for each paper of the list; `year` is for weeks in headings that are printed without."""
    reading = _Reading(file, year)
    for block in with_following(blocks(text)):
        if block.sort == "heading":
            reading.place.enter(block, year)
        else:
            _read_block(reading, block)
    return _accounted(text, reading)


def _read_block(reading: _Reading, block: Block) -> None:
    """Take an item, a row or a paragraph for a paper, for several nested ones, or for none."""
    if block.children and any(is_entry(child) for child in nested(block)):
        own = replace(block, children=(), last=max(block.first, min(child.first for child in block.children) - 1))
        _take(reading, own)
        for child in block.children:
            _read_block(reading, child)
    else:
        for part in parts(block):
            _take(reading, part)


def _take(reading: _Reading, block: Block) -> None:
    """Take a block for a paper, or note why it is none; what has nothing to do with papers is passed over."""
    runs = [*block.runs, *(run for cell in block.cells for run in cell)]
    runs += [run for child in nested(block) for run in child.runs]
    outward = [run.link for run in runs if run.link and run.link.startswith(("http://", "https://", "//"))]
    if sum(len(run.text) for run in runs) > _LONGEST or (block.sort == "text" and not begins(block)):
        papers = any(place_sort(link) == "paper" for link in outward)
        why: str | None = "names a paper, but is no entry of a list" if papers else ""
    else:
        entry = read_row(block) if block.sort == "row" else read_item(block)
        outward += [lead.address for lead in entry.leads if _outward(lead.address)]
        why = _why_not(reading, block, entry, outward)
        if why is None:
            reading.drafts.append(_draft(reading, block, entry))
    if why:
        reading.refused.update(dict.fromkeys(range(block.first, block.last + 1), why))


def _why_not(reading: _Reading, block: Block, entry: Entry, outward: Sequence[str]) -> str | None:
    """Say why a block is no paper; "" where it is nothing at all, None where it is a paper."""
    furniture = reading.place.furniture
    paper = any(
        lead.sort == "paper" or place_sort(lead.address) == "paper" for lead in entry.leads if _outward(lead.address)
    )
    said = bool(entry.authors or entry.published or entry.date)
    if furniture and not (is_before(furniture) and paper and entry.bold and said):
        return f"stands under '{furniture[:60]}', where lists name no entries" if paper else ""
    plainly = block.sort == "item" and not entry.bold and all(lead.sort != "title" for lead in entry.leads)
    if not entry.title or (plainly and (people(entry.title) or label_sort(entry.title.rstrip(" :：")))):
        return "has links, but no title" if paper else ""
    if block.sort == "text" and not block.children and not (paper and (entry.bold or len(entry.title) > 12)):
        return "names a paper, but is no entry of a list" if paper else ""
    column = block.sort == "row" and {column_sort(name) for name in block.header} & {"title", "paper"}
    named = [lead for lead in entry.leads if lead.sort in {"title", "code", "project"}]
    if paper or entry.claimed or (column and (named or not outward)):
        return None
    if not outward:
        known = entry.published or (entry.bold and (entry.authors or entry.date))
        titled = entry.bold and len(entry.title.split()) > 3
        return None if known else "may be a paper, but has no link, people, venue or date" if titled else ""
    if all(place_sort(link) == "other" for link in outward):
        host = outward[0].split("/")[2] if "//" in outward[0] else ""
        return None if entry.published and len(entry.title.split()) > 3 else f"no paper: its link leads to {host[:60]}"
    return None if said else "may be no paper: nothing says who wrote it, where or when"


def _outward(address: str) -> bool:
    return address.startswith(("http://", "https://", "//"))


def _draft(reading: _Reading, block: Block, entry: Entry) -> Draft:
    place = reading.place
    inferred = not entry.date and bool(place.year)
    return Draft(
        file=reading.file,
        format=_NAME,
        ordinal=len(reading.drafts) + 1,
        first_line=block.first,
        last_line=block.last,
        title=entry.title,
        abstract=entry.abstract,
        authors=entry.authors,
        organizations=entry.organizations,
        date=entry.date or place.year,
        date_source="inferred" if inferred else "given",
        links=entry.links,
        listed=place.listed,
        venue=entry.venue,
        topics=tuple(dict.fromkeys((*place.topics, *entry.topics))),
        note=entry.note,
    )


def _accounted(text: str, reading: _Reading) -> Parsed:
    """Put a line that belongs to no draft under ignored or, where it has a paper's address or a reason, rejected."""
    inside = {number for draft in reading.drafts for number in range(draft.first_line, draft.last_line + 1)}
    every = written_lines(text)
    ignored: list[Line] = []
    rejected: list[Line] = []
    for line in every:
        if line.number in inside or not line.readable:
            continue
        why = reading.refused.get(line.number, "")
        if not why and _PAPER_ADDRESS.search(line.text):
            why = "has a paper's address, but was not understood as an entry"
        (rejected if why else ignored).append(left_out(reading.file, line, why))
    rejected += unreadable(reading.file, every, reading.drafts)
    return Parsed(tuple(reading.drafts), tuple(ignored), tuple(sorted(rejected)))


FORMAT = Format(_NAME, "a list of papers in Markdown: bullets, numbers or tables with links", identify, parse, EXAMPLE)
