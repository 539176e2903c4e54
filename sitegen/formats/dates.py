"""Dates as bibliographies print them, as precise as they are: YYYY, YYYY-MM or YYYY-MM-DD."""

from __future__ import annotations

import datetime as dt
import re

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR = re.compile(r"(?<!\d)(1[4-9]\d\d|20\d\d)(?!\d)")
_NUMBER = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
_WRITTEN = re.compile(r"(\d{4})(?:[-/](\d{1,2}))?(?:[-/](\d{1,2}))?(?!\d)")


def iso_date(year: str, month: str = "", day: str = "") -> str:
    """Give the date of a printed year, month (name or number, a day beside the name) and day; "" without a year.

    What makes no date of the calendar is left out: the 31st of June is June.
    """
    met = _YEAR.search(year)
    if not met:
        return ""
    number = _month(month)
    if not number:
        return met[1]
    named = re.search(r"[a-z]{3}", month, re.IGNORECASE)
    days = _NUMBER.findall(day) or (_NUMBER.findall(month) if named else [])
    try:
        return dt.date(int(met[1]), number, int(days[0])).isoformat() if days else f"{met[1]}-{number:02}"
    except ValueError:
        return f"{met[1]}-{number:02}"


def written_date(text: str) -> str:
    """Give the date that a text begins with, as YYYY-MM-DD or with slashes, or says in words: "12 May 2020"."""
    met = _WRITTEN.match(text.strip())
    if met:
        return iso_date(met[1], met[2] or "", met[3] or "")
    year = _YEAR.search(text)
    return iso_date(text, text.replace(year[1], " ")) if year else ""


def _month(text: str) -> int:
    """Give the number of the first month named, else of the number that the text is; 0 for none."""
    for word in re.findall(r"[a-z]{3,9}", text.lower()):
        if word[:3] in _MONTHS:
            return _MONTHS.index(word[:3]) + 1
    numbers = _NUMBER.findall(text)
    return int(numbers[0]) if numbers and 1 <= int(numbers[0]) <= 12 else 0
