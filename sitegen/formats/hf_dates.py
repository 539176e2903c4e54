"""Dates as Hugging Face Daily Papers prints them: "Aug 14, 2023", and "Sep 29" for one of the current year."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATE = re.compile(
    r"(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.? (\d{1,2})(?:, (\d{4}))?(?: (\d{1,9}))?",
    re.IGNORECASE,
)
_LIKE_A_YEAR = re.compile(r"(19|20)\d\d")


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A day as printed; `year` is 0 where none stands there, `count` is the number behind it."""

    month: int
    day: int
    year: int = 0
    count: int | None = None

    def iso(self, year: int) -> str:
        """Give YYYY-MM-DD, in the year printed, else in `year` (0: not known); "" where that makes no date."""
        year = self.year or year
        return f"{year:04}-{self.month:02}-{self.day:02}" if _exists(year, self.month, self.day) else ""


def is_date(text: str) -> bool:
    """Tell whether a line has the shape of a date, be it possible or not."""
    return bool(_DATE.fullmatch(text))


def read_date(text: str) -> PrintedDate | str:
    """Give the date a line holds, or the reason why it holds none."""
    match = _DATE.fullmatch(text)
    if not match:
        return "not a date"
    month, day = _MONTHS.index(match[1].lower()) + 1, int(match[2])
    year = int(match[3] or 0)
    # 2000 was a leap year: without a year, 29 February may exist.
    if not _exists(year if match[3] else 2000, month, day):
        return "there is no such day"
    if not match[3] and match[4] and _LIKE_A_YEAR.fullmatch(match[4]):
        return "the last number may be a year or a count: write the year after a comma"
    return PrintedDate(month, day, year, int(match[4]) if match[4] else None)


def listing_year(header: PrintedDate | None, dates: Sequence[PrintedDate], given: str) -> tuple[int, str]:
    """Give the year of dates printed without one (0: not known), and whether it was given or inferred.

    A year from outside wins. Else it is the header's, or the year after the newest one printed: but only where the
    page has a date of its own, and no paper would be dated later than that.
    """
    if given:
        return int(given), "given"
    printed = [date.year for date in dates if date.year]
    if not header or not (header.year or printed):
        return 0, "given"
    year = header.year or max(printed) + 1
    yearless = [date for date in dates if not date.year]
    fits = all(
        _exists(year, date.month, date.day) and (date.month, date.day) <= (header.month, header.day)
        for date in yearless
    )
    return (year, "inferred") if fits and _exists(year, header.month, header.day) else (0, "given")


def _exists(year: int, month: int, day: int) -> bool:
    try:
        dt.date(year, month, day)
    except ValueError:
        return False
    return True
