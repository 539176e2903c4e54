"""What dates, ids and addresses look like: pure questions about one text."""

from __future__ import annotations

import re
from datetime import date, datetime
from urllib.parse import urlsplit

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
# Since April 2007 YYMM.NNNN (five digits since 2015), before archive/YYMMNNN: info.arxiv.org/help/arxiv_identifier.html
_ARXIV = re.compile(r"[0-9]{2}(0[1-9]|1[0-2])\.[0-9]{4,5}|[a-z-]+(\.[A-Z]{2})?/[0-9]{2}(0[1-9]|1[0-2])[0-9]{3}")
_DOI = re.compile(r"10\.[0-9]{4,9}(\.[0-9]+)*/[^\s\x00-\x1f\x7f]+")
_ORCID = re.compile(r"[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]")
# RFC 3986 has no place for these; a backslash is a slash to some browsers and none to others.
_NO_ADDRESS = re.compile(r"[\s\x00-\x20\x7f-\xa0<>\"\\^`{|}]")


def is_date(value: str) -> bool:
    """Tell YYYY, YYYY-MM and YYYY-MM-DD, whether or not the calendar has it."""
    return bool(_DATE.fullmatch(value))


def in_calendar(value: str) -> bool:
    """Tell whether the calendar has a date that `is_date`."""
    match = _DATE.fullmatch(value)
    try:
        return bool(match and date(int(match[1]), int(match[2] or 1), int(match[3] or 1)))
    except ValueError:
        return False


def looks_like_time(value: str) -> bool:
    """Tell YYYY-MM-DDTHH:MM:SSZ, whether or not calendar and clock have it."""
    return bool(_TIME.fullmatch(value))


def is_time(value: str) -> bool:
    """Tell a time of the form YYYY-MM-DDTHH:MM:SSZ that calendar and clock have."""
    try:
        return bool(looks_like_time(value) and datetime.fromisoformat(value))
    except ValueError:
        return False


def is_id(value: str) -> bool:
    """Tell what may be an id, an alias or a slug."""
    return bool(_ID.fullmatch(value))


def is_arxiv(value: str) -> bool:
    """Tell an arXiv id of either age, without version."""
    return bool(_ARXIV.fullmatch(value))


def is_doi(value: str) -> bool:
    """Tell a bare DOI: 10.<registrant>/<suffix>."""
    return bool(_DOI.fullmatch(value))


def looks_like_orcid(value: str) -> bool:
    """Tell the form of a bare ORCID iD, whether or not its check digit is right."""
    return bool(_ORCID.fullmatch(value))


def is_orcid(value: str) -> bool:
    """Tell a bare ORCID iD whose check digit is right (ISO/IEC 7064:2003, MOD 11-2)."""
    if not looks_like_orcid(value):
        return False
    total = 0
    for digit in value.replace("-", "")[:-1]:
        total = (total + int(digit)) * 2
    return value[-1] == "0123456789X"[(12 - total % 11) % 11]


def address_fault(value: str) -> str:
    """Say what an address must have that this one has not, or ""."""
    if _NO_ADDRESS.search(value):
        return 'without spaces, control characters or any of < > " \\ ^ ` { | }'
    try:
        parts = urlsplit(value)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return "with a possible host and port"
    if parts.scheme not in {"http", "https"} or not value[len(parts.scheme) :].startswith("://"):
        return "that begins with https:// or http://"
    if "@" in parts.netloc:
        return "without user name and password"
    if not host or not all(host.removesuffix(".").split(".")):
        return "with a host"
    return ""
