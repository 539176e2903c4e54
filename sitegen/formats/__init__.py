"""The outside world's texts and our records: one room per format, listed here."""

from __future__ import annotations

from sitegen.formats import abstract_list, hf_daily
from sitegen.formats.parsed import Format, Line, Parsed
from sitegen.formats.reading import decode, read_text
from sitegen.problems import SitegenError

__all__ = ["FORMATS", "Format", "Line", "Parsed", "decode", "identify", "named", "read_text"]

FORMATS: tuple[Format, ...] = (hf_daily.FORMAT, abstract_list.FORMAT)


def identify(text: str, name: str) -> Format:
    """Give the one format that claims the text of the file `name`; none or two is a SitegenError."""
    claims = [known for known in FORMATS if known.identify(text)]
    if len(claims) == 1:
        return claims[0]
    if claims:
        both = " and ".join(known.name for known in claims)
        raise SitegenError(f"{name}: could be {both}", f"say which with --from {claims[0].name}")
    raise SitegenError(f"{name}: is in no known format ({_names()})", f"say which with --from {FORMATS[0].name}")


def named(format_name: str) -> Format:
    """Give the format of that name; an unknown one is a SitegenError that lists those known."""
    for known in FORMATS:
        if known.name == format_name:
            return known
    raise SitegenError(f"--from must be one of {_names()}, not {format_name!r}")


def _names() -> str:
    return ", ".join(known.name for known in FORMATS)
