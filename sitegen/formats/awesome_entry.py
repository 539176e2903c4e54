"""What an entry of a curated list says: its title, people, date, venue, links, and the words about it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sitegen.formats.awesome_blocks import Block, Run, plain
from sitegen.formats.awesome_dates import date
from sitegen.formats.awesome_people import People, people, venue
from sitegen.formats.awesome_places import place_sort
from sitegen.formats.awesome_record import Entry, Lead
from sitegen.formats.awesome_title import find_title, is_title_link
from sitegen.formats.awesome_words import column_sort, detail, label_sort
from sitegen.formats.links import find_links
from sitegen.text import clean, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_ET_AL = re.compile(r"\bet\.? ?al\b\.?|et al\b\.?")
_FACTS = frozenset(("date", "venue", "authors", "organizations", "topics", "note", "abstract"))
_BARE = re.compile(r"<?(https?://[^\s<>\"|]{4,500})>?", re.IGNORECASE)
_SEGMENT = re.compile(r"\s*\n\s*|\s*\|\s*|\s+[·•]\s+")
_IN_BRACKETS = re.compile(r"(.*?)\s*[\[(]([^\[\]()]{4,40})[\])]\W*")
_LAST = re.compile(r"(.+)(\. |\s[-–—]\s)(.{2,60})", re.DOTALL)
# A year in brackets stands between a title and its people.
_YEAR_BEFORE = re.compile(r"\W{0,3}\(((?:19|20)\d\d)\)[\s,.;:]*(?=\S)")
EDGE = " \t\n[](){}|,;:.-–—*_/&+●"


def read_item(item: Block) -> Entry:
    """Give what a list item or a paragraph says, with the details nested in it."""
    entry = _read_runs(item.runs)
    for child in _all_children(item):
        _add_detail(entry, child.runs)
    return entry


def read_row(row: Block) -> Entry:
    """Give what a row says, by the names of its columns where they say something."""
    sorts = [column_sort(name) for name in row.header] + [""] * len(row.cells)
    place = _title_column(row, sorts)
    entry = _read_runs(row.cells[place], whole=sorts[place] == "title") if row.cells else Entry()
    for at, cell in enumerate(row.cells):
        if at == place or not cell:
            continue
        sort = sorts[at]
        if sort in _FACTS:
            _add_links(entry, cell)
            _add_fact(entry, sort, one_line(clean(plain(cell))))
        else:
            label = label_sort(row.header[at]) if at < len(row.header) else ""
            named = [
                Run(row.header[at], link=run.link) if run.link and label and not label_sort(run.text) else run
                for run in cell
            ]
            _add_rest(entry, named)
    return entry


def _title_column(row: Block, sorts: Sequence[str]) -> int:
    """Give the place of the cell that has the title."""
    cells = range(len(row.cells))
    for wanted in ("title", "paper"):
        for at in cells:
            if sorts[at] == wanted and any(
                run.text.strip() and not (run.link and label_sort(run.text)) for run in row.cells[at]
            ):
                return at
    telling = [
        at
        for at in cells
        if sorts[at] in {"", "name"} and any(is_title_link(run) or run.strong for run in row.cells[at])
    ]
    return max(telling, key=lambda at: (len(plain(row.cells[at]).split()) > 3, -at)) if telling else 0


def _all_children(item: Block) -> Iterator[Block]:
    for child in item.children:
        yield child
        yield from _all_children(child)


def _read_runs(runs: Sequence[Run], *, whole: bool = False) -> Entry:
    found = find_title([piece for run in runs for piece in _with_bare_links(run)], whole=whole)
    entry = Entry(title=found.title, bold=found.bold)
    if found.link:
        entry.leads.append(Lead("title", found.link))
    _add_rest(entry, found.before)
    _add_rest(entry, found.after)
    return entry


def _with_bare_links(run: Run) -> Iterator[Run]:
    """Give a piece of text with the addresses that stand bare in it as links of their own."""
    if run.link is not None or "://" not in run.text:
        yield run
        return
    place = 0
    for met in _BARE.finditer(run.text):
        yield Run(run.text[place : met.start()], run.strong, run.em)
        yield Run("paper" if place_sort(met[1]) == "paper" else "site", link=met[1])
        place = met.end()
    yield Run(run.text[place:], run.strong, run.em)


def _add_links(entry: Entry, runs: Sequence[Run]) -> None:
    for run in runs:
        if run.link:
            sort = label_sort(run.text)
            entry.claimed |= sort == "paper"
            # "[paper](https://github.com/…)" leads to no paper, whatever it says.
            sort = "code" if sort == "paper" and find_links(run.link).code else sort
            entry.leads.append(Lead(sort, run.link))


def _add_rest(entry: Entry, runs: Sequence[Run]) -> None:
    """Take what stands beside the title: links by their labels, and each stretch of text for what it is."""
    _add_links(entry, runs)
    text = ""
    for run in runs:
        words = one_line(run.text)
        if run.link is not None and label_sort(run.text):
            _add_text(entry, text)
            text = ""
            # "[ICLR 2023](…)" is a label and a venue.
            if venue(words) and not label_sort(words.strip("0123456789 ")):
                _add_text(entry, words)
        elif run.em and (people(words, certain=True) or venue(words) or not text.strip(EDGE)):
            _add_text(entry, text)
            text = "" if _add_breath(entry, words, certain=True) else run.text
        else:
            text += run.text
    _add_text(entry, text)


def _add_text(entry: Entry, text: str, *, certain: bool = False) -> None:
    """Take a stretch of text: each part of it for a date, a venue, people or, where it is none of them, for words."""
    for segment in _SEGMENT.split(text):
        part = one_line(clean(segment)).rstrip(" [(").lstrip(" ])")
        if (met := _IN_BRACKETS.fullmatch(part)) and (date(met[2]) or venue(met[2])):
            _add_breath(entry, met[2])
            part = met[1]
        if met := _YEAR_BEFORE.match(part):
            _add_breath(entry, met[1])
            part = part[met.end() :]
        if part.strip(EDGE) and not _add_breath(entry, part, certain=certain):
            sort, said = detail(part)
            if sort and sort not in {"title", "paper", "name", "note"}:
                _add_fact(entry, sort, said)
            else:
                _add_words(entry, part)


def _add_words(entry: Entry, text: str) -> None:
    words = re.sub(r"[\[(]\W*[\])]", "", one_line(clean(text)))
    words = words.lstrip(" \t,;:.-–—|/&)]").rstrip(" ,;:-–—|/&([")
    if any(character.isalnum() for character in words):
        entry.words.append(words)


def _add_breath(entry: Entry, text: str, *, certain: bool = False) -> bool:
    """Take a text that is nothing but facts; tell whether it was."""
    bare = one_line(text).strip(EDGE)
    when, where = date(bare), venue(bare)
    if when:
        entry.date = max(entry.date, when, key=len)
        return True
    if where:
        entry.venue, entry.published = entry.venue or where[0], True
        entry.date = entry.date or where[1]
        return True
    who = people(text, certain=certain)
    if who and not entry.authors:
        _add_people(entry, who, text)
        return True
    return any(_add_pair(entry, head, tail, certain=certain) for head, tail in _pairs(text)) or _add_last(entry, text)


def _add_last(entry: Entry, text: str) -> bool:
    """Take the venue and year that a text ends in behind a full stop, or the month behind a dash; the rest is words."""
    met = _LAST.fullmatch(text.strip(EDGE)) if len(text) < 4000 else None
    if not met or entry.date or entry.published:
        return False
    head, tail = met[1], met[3]
    if not ((venue(tail) or ("", ""))[1] or (met[2].strip() in set("-–—") and len(date(tail)) > 4)):
        return False
    _add_words(entry, head)
    return _add_breath(entry, tail)


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    """Give the ways to take a text apart in two, the last first: "Names et al. arXiv", "Names, NeurIPS 2023"."""
    if len(text) > 4000:
        return
    if (more := _ET_AL.search(text)) and text[more.end() :].strip(EDGE):
        yield text[: more.end()], text[more.end() :]
    for mark in reversed([met.start() for met in re.finditer(r"[.,;(:-]\s|\s[(–—-]", text)][-4:]):
        yield text[: mark + 1].rstrip(" ,;(:-"), text[mark + 1 :]


def _add_pair(entry: Entry, head: str, tail: str, *, certain: bool) -> bool:
    bare = tail.strip(EDGE)
    if not (date(bare) or venue(bare)):
        return False
    who = people(head, certain=certain)
    if not who and not venue(head):
        return False
    if who and not entry.authors:
        _add_people(entry, who, head)
    else:
        _add_breath(entry, head)
    return _add_breath(entry, bare)


def _add_people(entry: Entry, who: People, text: str) -> None:
    """Take people for authors; where "et al." leaves some out, the one named is no list of authors but words."""
    if who.more:
        _add_words(entry, text.strip(" ,;"))
    else:
        entry.authors = who.authors
    entry.organizations = entry.organizations or who.organizations


def _add_detail(entry: Entry, runs: Sequence[Run]) -> None:
    """Take a line below an entry: "Date: May 2024", people, links by their labels, else words about the paper."""
    text = one_line(clean(plain(runs)))
    sort, said = detail(text)
    pieces = [piece for run in runs for piece in _with_bare_links(run)]
    if sort in _FACTS:
        _add_links(entry, pieces)
        _add_fact(entry, sort, said)
        return
    name, colon, _ = plain(runs).replace("：", ":")[:30].partition(":")
    named = label_sort(name) if colon else ""
    if named and any(piece.link for piece in pieces):
        entry.leads += [Lead(label_sort(piece.text) or named, piece.link) for piece in pieces if piece.link]
        return
    who = people(text)
    if who and not entry.authors:
        _add_links(entry, pieces)
        _add_people(entry, who, text)
        return
    _add_rest(entry, pieces)


def _add_fact(entry: Entry, sort: str, said: str) -> None:
    """Take what a column or a detail of a known name says; what does not read so is kept as words."""
    said = said.strip()
    if not said.strip(EDGE):
        return
    if sort == "date":
        entry.date = date(said) or entry.date
    elif sort == "venue" and (where := venue(said)):
        entry.venue, entry.published, entry.date = where[0], True, entry.date or where[1]
    elif sort == "venue":
        entry.venue, entry.published = said[:200], True
    elif sort == "authors" and (who := people(said, certain=True)):
        _add_people(entry, who, said)
    elif sort == "organizations":
        places = [one_line(place).strip(" .") for place in re.split(r"[,;&]", said)]
        entry.organizations = tuple(
            place for place in places if place and place.casefold() not in {"unknown", "n/a", "-"}
        )
    elif sort == "topics":
        entry.topics += tuple(one for topic in re.split(r"[,;]", said) if (one := topic.strip(" []().")))
    elif sort == "abstract":
        entry.abstract = said
    else:
        _add_words(entry, said)
