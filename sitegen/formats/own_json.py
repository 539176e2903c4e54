"""Our own export: JSON with the keys of a record plus its id and address, one array or one object a line.

`dump` writes it, `records` reads all of it back; `parse` gives drafts, which hold what an import takes over.
"""

from __future__ import annotations

import json
import re
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from sitegen.formats.counted import WEB_PAGE, Marks, Stretch, account, is_web_page
from sitegen.formats.json_lines import Broken, entries
from sitegen.formats.json_works import first_entry
from sitegen.formats.own_values import READERS, UnfitError
from sitegen.formats.parsed import Format, Line, Parsed, left_out, written_lines
from sitegen.model import Author, Change, Draft, Links, Paper, Publication, Source
from sitegen.text import one_line, quoted, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_NAME = "json"
# The keys of a record in the order in which its file has them.
KEYS = (
    "title title_source type kind status authors author_count organizations date date_source added announce topics "
    "links venue publication abstract note changes aliases same_as not_same_as key sources"
).split()
_KNOWN = frozenset(("id", "url", *KEYS))
_EMPTY: tuple[object, ...] = ("", (), None, Links(), Publication())
_SAME = (
    "title abstract authors author_count organizations date date_source links type venue publication topics note kind"
).split()
_LINE_END = re.compile(r"\r\n|\r|\n")
# The second count: the key that every record has once; in text its quotation marks would be escaped.
_ADDED = re.compile(r'(?<!\\)"added"\s{0,20}:')

EXAMPLE = """[
{"id": "notes-on-the-engine", "title": "Notes on the Engine", "authors": ["Ada Byron"], "added": "2025-11-03T00:00:00Z"}
]
"""


def dump(papers: Sequence[Paper], urls: Mapping[str, str]) -> bytes:
    r"""Give one array of records, one a line: id, url (by id from `urls`), then the record's keys; UTF-8, "\n" ends.

    Empty keys are left out, as they are in a record's file. Equal records give equal bytes.
    """
    rows = (json.dumps(_bare(paper, urls), ensure_ascii=False, separators=(",", ":")) for paper in papers)
    return ("[\n" + ",\n".join(rows) + "\n]\n").encode("utf-8") if papers else b"[]\n"


def _bare(paper: Paper, urls: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {"id": paper.id}
    if urls.get(paper.id):
        found["url"] = urls[paper.id]
    for key in KEYS:
        value = getattr(paper, key)
        undated = key == "date_source" and value == "given" and not paper.date
        if key in {"title", "added"} or (value not in _EMPTY and not undated):
            found[key] = _plain(value)
    return found


def _plain(value: Any) -> Any:  # noqa: ANN401 (a field of a record)
    """Give a field as JSON has it: a name alone as text, a small record without what is empty in it."""
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Author) and value == Author(value.name):
        return value.name
    if isinstance(value, Author | Change | Links | Publication | Source):
        pairs = ((one.name, getattr(value, one.name)) for one in fields(value))
        return {name: one for name, one in pairs if one not in ("", None) and one is not False}
    return value


def identify(text: str) -> bool:
    """Tell whether the text is JSON whose first entry has a title and the time when it was added, as records have."""
    entry = first_entry(text)
    return isinstance(entry.get("added"), str) and "title" in entry


def records(text: str) -> Iterator[tuple[Paper | str, int, int]]:
    """Give each record of the text with its first and last line (from 1), or the reason why it is none."""
    for entry, first, last in entries(text):
        if isinstance(entry, Broken):
            yield entry.why, first, last
        else:
            yield _paper(entry), first, last


def _paper(entry: object) -> Paper | str:
    if not isinstance(entry, dict):
        return f"a record must be an object, not {_shown(entry)}" if entry is not None else "a record must be an object"
    found: dict[str, Any] = {"id": "", "title": "", "added": ""}
    for key, read in READERS.items():
        if entry.get(key) is not None:
            try:
                found[key] = read(entry[key])
            except UnfitError as fault:
                return f"{key} must be {fault.must}, not {_shown(entry[key])}"
    return Paper(**found)


def parse(text: str, file: str, year: str) -> Parsed:  # noqa: ARG001 (a format's interface; records have their dates)
    """Give a draft for each record; a retracted, withdrawn or removed one is rejected: a draft cannot say so."""
    last = len(_LINE_END.split(text))
    if is_web_page(text):
        return account(file, text, (), [Stretch(1, last, WEB_PAGE.format("JSON"))], Marks(""))
    drafts: list[Draft] = []
    stretches = [Stretch(1, last)]
    unknown: dict[str, int] = {}
    for entry, first, end in entries(text):
        paper = entry.why if isinstance(entry, Broken) else _paper(entry)
        why = paper if isinstance(paper, str) else _why_not(paper)
        if isinstance(paper, Paper) and not why:
            drafts.append(_draft(paper, Draft(file, _NAME, len(drafts) + 1, first, end)))
        else:
            stretches.append(Stretch(first, end, why))
        if isinstance(entry, dict):
            unknown |= {key: first for key in entry if key not in _KNOWN and key not in unknown}
    parsed = account(file, text, drafts, stretches, _count(text))
    told = {line.line for line in (*parsed.ignored, *parsed.rejected)}
    more = (line for line in _not_taken(file, text, unknown) if line.line not in told)
    return replace(parsed, ignored=tuple(sorted((*parsed.ignored, *more))))


def _why_not(paper: Paper) -> str:
    if paper.status:
        return f"the paper is {paper.status}: an import cannot say so, its record must be made by hand"
    return "" if paper.title or paper.abstract else "a record must have a title or an abstract"


def _draft(paper: Paper, place: Draft) -> Draft:
    """Fill a draft that knows its place; a title made from the abstract is left out, to be made again."""
    said: dict[str, Any] = {name: getattr(paper, name) for name in _SAME}
    made = paper.title_source == "derived" and bool(paper.abstract)
    said |= {"title": "" if made else one_line(paper.title), "venue": one_line(paper.venue)}
    seen = paper.sources[0] if paper.sources else Source("", "", 1)
    return replace(place, **said, listed=seen.listed, count=seen.count)


def _shown(value: object) -> str:
    """Give a value that was found in a message's words."""
    if isinstance(value, str | bool | int | float):
        return quoted(value if isinstance(value, str) else json.dumps(value))
    return "a list" if isinstance(value, list) else "an object"


def _count(text: str) -> Marks:
    """Count records by their key `added`: the line of each."""
    lines: list[int] = []
    line, place = 1, 0
    for met in _ADDED.finditer(text):
        line, place = line + len(_LINE_END.findall(text, place, met.start())), met.start()
        lines.append(line)
    return Marks('key "added"', tuple(lines))


def _not_taken(file: str, text: str, unknown: Mapping[str, int]) -> Iterator[Line]:
    """Name the keys that no record has, at the first record that has one of them: its other keys were taken over."""
    if unknown:
        number = min(unknown.values())
        why = "keys that no record has were not taken over: " + ", ".join(sorted(visible(key)[:60] for key in unknown))
        yield from (left_out(file, line, why) for line in written_lines(text) if line.number == number)


FORMAT = Format(_NAME, "sitegen's own export: an array of records, or one a line", identify, parse, EXAMPLE)
