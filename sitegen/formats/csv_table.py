"""Tables of papers as spreadsheets save them: CSV with a header row, parted by commas, semicolons or tabs."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from sitegen.formats.awesome_people import people
from sitegen.formats.counted import WEB_PAGE, Marks, Stretch, account, is_web_page
from sitegen.formats.csv_columns import column, publication_type
from sitegen.formats.csv_rows import Row, rows
from sitegen.formats.dates import written_date
from sitegen.formats.ids import bare_arxiv, bare_doi
from sitegen.formats.links import links_of
from sitegen.formats.names import inverted
from sitegen.formats.parsed import Format, Parsed, Written, left_out
from sitegen.model import KINDS, STATUSES, Author, Draft, Links, Publication
from sitegen.text import clean, escape_markdown, one_line, plural, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_NAME = "csv"
_LINE_END = re.compile(r"\r\n|\r|\n")
_DELIMITERS = (",", ";", "\t")
_HEADER_CAP = 200
# What `account` says of the lines of a rejected row below its first.
_PART = "part of the entry"
_NOTHING = ("", "-", "–", "n/a", "none", "null", "nan")
_ADDRESSES = ("arxiv", "doi", "pdf", "code", "page")
# Where a cell began with one of these, our own export put an apostrophe before it.
_HARMLESS = re.compile("'(?=[=+\\-@\t\r\n＝＋－＠])")


EXAMPLE = """title,authors,year,arxiv
A Paper on Agents,Ada Byron; Grace Hopper,2024,2405.00001
"""


@dataclass(frozen=True, slots=True)
class _Table:
    """A header as it was understood: the delimiter, its row, and the field of each column ("" for an unknown one)."""

    delimiter: str = ","
    header: Row = field(default_factory=lambda: Row(1, 0))
    names: tuple[str, ...] = ()

    @property
    def claims(self) -> bool:
        """Whether these are columns of papers: a title or an abstract and something besides."""
        known = {name for name in self.names if name}
        return len(known) >= 2 and bool(known & {"title", "abstract"})


def identify(text: str) -> bool:
    """Tell whether the first row names a title (or an abstract) and another column that a paper has."""
    return _table(text).claims


def parse(text: str, file: str, year: str) -> Parsed:  # noqa: ARG001 (a format's interface; rows have their years)
    """Give a draft for each row below the header; columns nobody knows are named where the header is."""
    text = text.removeprefix("\ufeff")
    lines = len(_LINE_END.split(text))
    if is_web_page(text):
        return account(file, text, (), [Stretch(1, lines, WEB_PAGE.format("CSV"))], Marks(""))
    table = _table(text)
    if not table.claims:
        why = "the first row must name the columns, a title and one more at least, such as title,authors,year,url"
        return account(file, text, (), [Stretch(1, lines, why)], Marks(""))
    drafts: list[Draft] = []
    stretches = [Stretch(1, table.header.last)]
    for row in rows(text, table.delimiter):
        if row.first <= table.header.last:
            continue
        draft = _draft(Draft(file, _NAME, len(drafts) + 1, row.first, row.last), row, table)
        if isinstance(draft, Draft):
            drafts.append(draft)
        else:
            stretches.append(Stretch(row.first, row.last, draft))
    parsed = account(file, text, drafts, stretches, Marks(""))
    return _with_header(parsed, file, text, table)


def _table(text: str) -> _Table:
    """Read the header with each delimiter and give the reading that knows most columns; "sep=;" decides."""
    text = text.removeprefix("\ufeff")
    told = re.match(r"\s*sep=([,;\t])\s*(?=[\r\n])", text)
    found = [_read_header(text, delimiter, 1 if told else 0) for delimiter in ((told[1],) if told else _DELIMITERS)]
    return max(found, key=lambda table: sum(bool(name) for name in table.names))


def _read_header(text: str, delimiter: str, skipped: int) -> _Table:
    """Read the first row, or the one after `skipped` others, for a header: short cells, no column named twice."""
    head = text[: 200 * _HEADER_CAP]
    row = next((row for place, row in enumerate(rows(head, delimiter)) if place == skipped), None)
    if row is None or row.why or not 2 <= len(row.cells) <= _HEADER_CAP or any(len(cell) > 60 for cell in row.cells):
        return _Table()
    names = [column(cell) for cell in row.cells]
    first = {name: names.index(name) for name in names if name}
    return _Table(delimiter, row, tuple(name if first.get(name) == at else "" for at, name in enumerate(names)))


def _draft(place: Draft, row: Row, table: _Table) -> Draft | str:
    """Fill a draft that knows its place with a row's cells, or say why the row is none."""
    if row.why:
        return row.why
    width = len(table.names)
    if len(row.cells) > width:
        many = plural(len(row.cells), "cell")
        return f"the row has {many}, the header {width}: put text that holds a delimiter in quotes"
    cells = (clean(_HARMLESS.sub("", cell, count=1)).strip() for cell in row.cells)
    said = {
        name: cell for name, cell in zip(table.names, cells, strict=False) if name and cell.casefold() not in _NOTHING
    }
    if not said.get("title") and not said.get("abstract"):
        return "the row has neither a title nor an abstract"
    if said.get("status") in STATUSES:
        return f"the paper is {said['status']}: an import cannot say so, its record must be made by hand"
    made = said.get("title_source") == "derived" and bool(said.get("abstract"))
    left: list[str] = []
    date = _date(said, left)
    return replace(
        place,
        title="" if made else one_line(said.get("title", "")),
        abstract=said.get("abstract", ""),
        authors=tuple(_authors(said.get("authors", ""))),
        author_count=_count(said, left),
        organizations=tuple(_parts(said.get("organizations", ""), ";")),
        date=date,
        date_source="inferred" if date and said.get("date_source") == "inferred" else "given",
        links=_links(said, left),
        venue=one_line(said.get("venue", "")),
        publication=Publication(*(one_line(said.get(name, "")) for name in ("volume", "issue", "pages", "publisher"))),
        topics=tuple(_parts(said.get("topics", ""), ";" if ";" in said.get("topics", "") else ",")),
        type=publication_type(said.get("type", "")),
        kind=said.get("kind", "") if said.get("kind") in KINDS else "",
        # The last of all: by now it is known what is left.
        note="\n\n".join([*([said["note"]] if "note" in said else []), *(escape_markdown(word) for word in left)]),
    )


def _date(said: Mapping[str, str], left: list[str]) -> str:
    """Give the date of a row, else its year; one that cannot be read goes to what is left."""
    written = said.get("date", "")
    date = written_date(written) if not re.match(r"\d{1,2}[/.-]\d{1,2}[/.-]", written) else ""
    if written and not date:
        left.append(f"Date as given: {one_line(written)}")
    return date or written_date(said.get("year", ""))


def _count(said: Mapping[str, str], left: list[str]) -> int | None:
    written = said.get("author_count", "")
    if written and not re.fullmatch(r"[1-9][0-9]{0,5}", written):
        left.append(f"Number of authors as given: {one_line(written)}")
        return None
    return int(written) if written else None


def _links(said: Mapping[str, str], left: list[str]) -> Links:
    """Give the links of a row: each column's own sort first; a cell that is no address goes to what is left."""
    found = Links()
    for name in _ADDRESSES:
        written = said.get(name, "")
        if not written:
            continue
        bare = {"arxiv": bare_arxiv, "doi": bare_doi}.get(name)
        link = links_of(re.split(r"[\s;|]+", written))
        if bare and bare(written):
            found = replace(found, **{name: bare(written)})
        elif link == Links():
            left.append(f"{name} as given: {one_line(written)}")
        elif name in ("code", "pdf") and (address := link.code or link.pdf or link.page):
            found = replace(found, **{name: address})
        else:
            found = Links(*(getattr(found, sort) or getattr(link, sort) for sort in _ADDRESSES))
    return found


def _authors(written: str) -> Iterator[Author]:
    """Give the authors of a cell: names parted by ";", else by "and", else by commas where they are clearly names."""
    written = one_line(written)
    if not written:
        return
    separator = next((one for one in (";", " and ", " & ", "|") if one in written), "")
    if not separator and "," in written and (several := people(written)):
        yield from several.authors
        return
    for name in _parts(written, separator) if separator else [written]:
        author = inverted(name.strip(" ,"))
        yield from [author] if author else []


def _parts(written: str, separator: str) -> list[str]:
    return [one_line(part) for part in written.split(separator) if part.strip()]


def _with_header(parsed: Parsed, file: str, text: str, table: _Table) -> Parsed:
    """Say in the word for the header which columns nobody knows, and what Python's own reader of CSV counts."""
    pairs = zip(table.header.cells, table.names, strict=True)
    unknown = [visible(one_line(clean(cell))) or "one without a name" for cell, name in pairs if not name]
    said = [f"columns not taken over: {', '.join(unknown)}"] if unknown else []
    counted = _counted(text, table)
    uneven = counted != len(parsed.drafts) + sum(not line.why.startswith(_PART) for line in parsed.rejected)
    if uneven:
        read = f"{len(parsed.drafts)} understood"
        said.insert(0, f"by another reader's count this table has {plural(counted, 'row')}, {read}")
    empty = not parsed.drafts and not any(line.line > table.header.last for line in parsed.rejected)
    if empty:
        said.insert(0, "nothing to import: there is no row below the header")
    raw = _LINE_END.split(text, table.header.first)[table.header.first - 1]
    header = [left_out(file, Written(table.header.first, one_line(clean(raw))), "; ".join(said))]
    refused = [*header] if uneven or empty else []
    ignored = [line for line in parsed.ignored if line.line != table.header.first] + ([] if refused else header)
    refused += [line for line in parsed.rejected if line.line != table.header.first]
    return Parsed(parsed.drafts, tuple(sorted(ignored)), tuple(sorted(refused)))


def _counted(text: str, table: _Table) -> int:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=table.delimiter, skipinitialspace=True)
    count = 0
    while True:
        try:
            row = next(reader, None)
        except csv.Error:
            continue
        if row is None:
            return count
        count += reader.line_num > table.header.last and any(cell.strip() for cell in row)


FORMAT = Format(_NAME, "a table with a header row, parted by commas, semicolons or tabs", identify, parse, EXAMPLE)
