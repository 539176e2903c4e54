"""Dates as lists print them: of papers beside their titles, of weeks and months in headings."""

from __future__ import annotations

import datetime as dt
import re

from sitegen.text import one_line

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = r"(?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_YEAR}[-/.](?P<number>\d{{1,2}})(?:[-/.]{_DAY})?",
        rf"{_MONTH} {_DAY},? {_YEAR}",
        rf"{_DAY} (?:of )?{_MONTH},? {_YEAR}",
        rf"{_MONTH},? ?{_YEAR}",
        rf"{_YEAR},? {_MONTH}",
        _YEAR,
    )
)
_WEEK = re.compile(
    rf"{_MONTH} {_DAY}\s?[-–—]\s?(?:(?P<month2>[A-Z][a-z]{{2,8}})\.? )?(?P<day2>\d{{1,2}})\b\W{{0,4}}(?:{_YEAR})?",
    re.IGNORECASE,
)
_ISO_WEEK = re.compile(
    rf"{_YEAR}[-\s,]{{0,2}}W(?:eek)?[\s-]?(?P<week>\d{{1,2}})|Week (?P<week2>\d{{1,2}}),? (?P<year2>20\d\d)"
)
_DATE_HEADING = re.compile(
    rf"\b(?:{_YEAR}[-/.]\d{{1,2}}(?:[-/.]\d{{1,2}})?|"
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)? (?:of )?)?{_MONTH} (?:\d{{1,2}}(?:st|nd|rd|th)?,? )?(?:19|20)\d\d)\b",
    re.IGNORECASE,
)


def date(text: str) -> str:
    """Give a date that is all of a text, as precise as it stands there; "" for anything else."""
    text = one_line(text).strip("[](){}（）【】<>.,:;'`*📅 ")
    for pattern in _DATES if len(text) < 30 else ():
        met = pattern.fullmatch(text)
        if met:
            return _iso(met.groupdict())
    return ""


def is_listing(heading: str) -> bool:
    """Tell a heading that names a week or a month, be its year printed or not."""
    return any(pattern.search(heading[:200]) for pattern in (_ISO_WEEK, _WEEK, _DATE_HEADING))


def listing(heading: str, year: str) -> str:
    """Give the day (or month) of a listing that a heading names: of a week its last; `year` where none is printed."""
    heading = heading[:200]
    if week := _ISO_WEEK.search(heading):
        try:
            last = dt.date.fromisocalendar(int(week["year"] or week["year2"]), int(week["week"] or week["week2"]), 7)
        except ValueError:
            return ""
        return last.isoformat()
    if week := _WEEK.search(heading):
        month = week["month2"] if (week["month2"] or "")[:3].lower() in _MONTHS else week["month"]
        printed = week["year"] or year
        return _iso({"year": printed, "month": month, "day": week["day2"]}) if printed else ""
    met = _DATE_HEADING.search(heading)
    return date(met[0]) if met else ""


def _iso(parts: dict[str, str | None]) -> str:
    """Give YYYY, YYYY-MM or YYYY-MM-DD of a date's parts; a day or month that cannot be is no date."""
    year = int(parts.get("year") or 0)
    name = (parts.get("month") or "")[:3].lower()
    month = _MONTHS.index(name) + 1 if name in _MONTHS else int(parts.get("number") or 0)
    day = int(parts.get("day") or 0)
    try:
        dt.date(year, month or 1, day or 1)
    except ValueError:
        return ""
    if not month:
        return "" if parts.get("number") else f"{year:04}"
    return f"{year:04}-{month:02}" + (f"-{day:02}" if day else "")
