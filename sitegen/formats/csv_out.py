"""Records to CSV for spreadsheets: RFC 4180, UTF-8 without a byte order mark, text as the records have it."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from sitegen.text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sitegen.formats.cited import Cited

COLUMNS = (
    "id citekey title title_source type kind status authors author_count organizations date date_source topics venue "
    "volume issue pages publisher arxiv doi pdf code page record added abstract note"
).split()
# What a spreadsheet takes for the start of a formula, the wide forms of the same included (OWASP, CSV injection).
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def dump(papers: Sequence[Cited]) -> str:
    r"""Give a header and one row a paper, in their order; line ends are "\r\n", lists are joined by "; ".

    A cell that a spreadsheet would take for a formula has an apostrophe before it.
    """
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    rows.writerows([harmless(cell) for cell in _cells(cited)] for cited in papers)
    return written.getvalue()


def harmless(cell: str) -> str:
    """Give a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell


def _cells(cited: Cited) -> list[str]:
    """Give the cells of a row, one for each of the columns."""
    paper, links, publication = cited.paper, cited.paper.links, cited.paper.publication
    found = {
        "citekey": cited.citekey,
        "authors": _list([author.name for author in paper.authors]),
        "author_count": "" if paper.author_count is None else str(paper.author_count),
        "organizations": _list(paper.organizations),
        "date_source": paper.date_source if paper.date else "",
        "topics": _list(paper.topics),
        "volume": publication.volume,
        "issue": publication.issue,
        "pages": publication.pages,
        "publisher": publication.publisher,
        "arxiv": links.arxiv,
        "doi": links.doi,
        "pdf": links.pdf,
        "code": links.code,
        "page": links.page,
        "record": cited.url,
    }
    return [found[name] if name in found else str(getattr(paper, name)) for name in COLUMNS]


def _list(values: Sequence[str]) -> str:
    """Join values; a semicolon inside one becomes a comma, so that their number stays right."""
    return "; ".join(one_line(value).replace(";", ",") for value in values)
