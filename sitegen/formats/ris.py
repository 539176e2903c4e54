"""RIS files: tagged lines, each record from its `TY` to its `ER`."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from rispy import RisParser

from sitegen.formats.counted import WEB_PAGE, Marks, Stretch, account, is_web_page, marks
from sitegen.formats.dates import iso_date, written_date
from sitegen.formats.links import links_of
from sitegen.formats.markup import without_tags
from sitegen.formats.names import inverted
from sitegen.formats.parsed import Format, Parsed
from sitegen.formats.remarks import with_remarks
from sitegen.model import Draft, Publication

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_NAME = "ris"
_LINE_ENDS = re.compile(r"\r\n|\r|\n")
_START = re.compile(r"TY {1,2}- ?")
_END = re.compile(r"ER {1,2}-")
# Some programs write one blank before the dash where the format has two.
_LOOSE_TAG = re.compile(r"([A-Z][A-Z0-9]) ?-(?: |$)")
# What databases print above their records.
_HEADER = re.compile(r"(?:Provider|Database|Content|Source)\s?:")
_TYPES = {
    **dict.fromkeys(("JOUR", "EJOUR", "MGZN", "JFULL", "ABST", "INPR"), "article"),
    **dict.fromkeys(("CONF", "CPAPER"), "inproceedings"),
    **dict.fromkeys(("BOOK", "EBOOK", "EDBOOK"), "book"),
    **dict.fromkeys(("RPRT", "GOVDOC"), "report"),
    **dict.fromkeys(("UNPB", "MANSCPT"), "preprint"),
    "THES": "thesis",
}
_ARXIV = re.compile(r"\barxiv\b", re.IGNORECASE)
_TITLES = ("title", "primary_title")
_VENUES = ("journal_name", "secondary_title", "alternate_title3", "alternate_title2", "alternate_title1")
_ADDRESSES = ("urls", "file_attachments1", "file_attachments2")
_UNFINISHED = "the record does not end with a line ER  - before line {}"
_CUT = "the record does not end with a line ER  -: the file was cut"

EXAMPLE = """TY  - JOUR
AU  - Lovelace, Ada
TI  - Notes on the Analytical Engine
PY  - 1843
ER  -
"""


def identify(text: str) -> bool:
    """Tell whether a line begins with the tag TY, as every record does."""
    return any(_START.match(line) for line in _lines(text))


def parse(text: str, file: str, year: str) -> Parsed:  # noqa: ARG001 (a format's interface; records have their years)
    """Give a draft for each record that has its end; lines outside records are rejected, but for a database's name."""
    lines = _lines(text)
    if is_web_page(text):
        return account(file, text, (), [Stretch(1, len(lines), WEB_PAGE.format("RIS"))], Marks(""))
    starts = [place for place, line in enumerate(lines) if _START.match(line)]
    drafts: list[Draft] = []
    outside = [*range(starts[0] if starts else len(lines))]
    stretches: list[Stretch] = []
    for start, following in pairwise([*starts, len(lines)]):
        end = next((place for place in range(start, following) if _END.match(lines[place])), -1)
        if end < 0:
            why = _CUT if following == len(lines) else _UNFINISHED.format(following + 1)
            stretches.append(Stretch(start + 1, following, why))
            continue
        outside += range(end + 1, following)
        draft = _draft(Draft(file, _NAME, len(drafts) + 1, start + 1, end + 1), _record(lines[start : end + 1]))
        if draft.title or draft.abstract:
            drafts.append(draft)
        else:
            stretches.append(Stretch(start + 1, end + 1, "the record must have a title (TI or T1)"))
    stretches += [Stretch(place + 1, place + 1, _outside(lines[place])) for place in outside]
    return account(file, text, drafts, stretches, marks(text, _START, "TY  -"))


def _lines(text: str) -> list[str]:
    return _LINE_ENDS.split(text.removeprefix("\ufeff"))


def _outside(line: str) -> str:
    return "" if _HEADER.match(line) else "belongs to no record: it must stand between TY  - and ER  -"


def _record(lines: list[str]) -> Mapping[str, object]:
    """Read one record; addresses are not cut at their semicolons."""
    if not lines[0].startswith("TY  -"):
        lines = [_LOOSE_TAG.sub(r"\1  - ", line, count=1) for line in lines]
    records = RisParser(delimiter_tags_mapping={}).parse("\n".join(line.rstrip() for line in lines))
    record: Mapping[str, object] = records[0] if records else {}
    return record


def _draft(place: Draft, record: Mapping[str, object]) -> Draft:
    """Fill a draft that knows its place with what a record says."""
    venue = _first(record, *_VENUES)
    links = links_of(_addresses(record))
    kind = _TYPES.get(_first(record, "type_of_reference").upper(), "other")
    preprint = bool(_ARXIV.search(venue)) or (kind == "other" and bool(links.arxiv) and not venue)
    names = [*_texts(record, "authors"), *_texts(record, "first_authors")]
    dates = [_first(record, name) for name in ("date", "year", "publication_year")]
    filled = replace(
        place,
        title=_first(record, *_TITLES),
        abstract=_first(record, "abstract", "notes_abstract"),
        authors=tuple(author for author in map(inverted, names) if author),
        date=max((_date(date) for date in dates), key=len),
        links=links,
        type="preprint" if preprint else kind,
        organizations=tuple(part for part in _first(record, "author_address").split("; ") if part),
        venue="" if _ARXIV.search(venue) else venue,
        publication=Publication() if _ARXIV.search(venue) else _publication(record),
    )
    return with_remarks(filled, _texts(record, "notes"))


def _date(text: str) -> str:
    """Read YYYY/MM/DD/other, any part of which may be empty, or what else is printed."""
    year, *rest = text.split("/")
    return iso_date(year, *rest[:2]) if rest else written_date(text)


def _publication(record: Mapping[str, object]) -> Publication:
    pages = [page for page in (_first(record, "start_page"), _first(record, "end_page")) if page]
    return Publication(
        volume=_first(record, "volume"),
        issue=_first(record, "number"),
        # Some programs write the whole range into SP and its end into EP again.
        pages=pages[0] if len(pages) == 2 and pages[0].endswith(pages[1]) else "-".join(pages),
        publisher=_first(record, "publisher"),
    )


def _addresses(record: Mapping[str, object]) -> Iterator[str]:
    """Give the record's ids and addresses, the DOI first."""
    yield from _texts(record, "doi")
    for name in _ADDRESSES:
        for text in _texts(record, name):
            yield from re.split(r"[;\s]+(?=https?://)", text)
    yield from (text.removeprefix("code: ") for text in _texts(record, "notes") if text.startswith("code: http"))
    for name in ("notes", "accession_number", "volume", "number", *_VENUES):
        yield from (text for text in _texts(record, name) if text.lower().startswith("arxiv:"))


def _first(record: Mapping[str, object], *names: str) -> str:
    return next((text for name in names for text in _texts(record, name)), "")


def _texts(record: Mapping[str, object], name: str) -> list[str]:
    """Give the texts of a tag, as plain text; a tag may stand more than once."""
    found = record.get(name)
    values = found if isinstance(found, list) else [found]
    texts = (without_tags(value) for value in values if isinstance(value, str))
    return [text for text in texts if text]


FORMAT = Format(_NAME, "RIS, as databases and reference managers export it", identify, parse, EXAMPLE)
