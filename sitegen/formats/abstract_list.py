"""Lists of abstracts: one paper a line, "Abstract:" before it, no titles."""

from __future__ import annotations

import re

from sitegen.formats.links import find_links
from sitegen.formats.parsed import Format, Line, Parsed, left_out, unreadable, written_lines
from sitegen.model import Draft

_NAME = "abstract-list"
_ABSTRACT = re.compile(r"abstract\s*:\s*", re.IGNORECASE)
_MONTH_HEADING = re.compile(
    r"(January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?(\s+\d{1,2})?(,?\s+\d{4})?",
    re.IGNORECASE,
)


def identify(text: str) -> bool:
    """Tell whether any line begins with "Abstract:", in a text that is no XML, where such lines stand too."""
    return not text.lstrip("\ufeff \t\r\n").startswith("<") and any(
        _ABSTRACT.match(line.text) for line in written_lines(text)
    )


def parse(text: str, file: str, year: str) -> Parsed:  # noqa: ARG001 (a format's interface; these lists hold no dates)
    """Give a draft for each line that begins with "Abstract:"; a month on the first line is the list's heading."""
    drafts: list[Draft] = []
    ignored: list[Line] = []
    rejected: list[Line] = []
    lines = written_lines(text)
    for place, line in enumerate(line for line in lines if line.readable):
        start = _ABSTRACT.match(line.text)
        abstract = line.text[start.end() :] if start else ""
        if abstract:
            drafts.append(_draft(file, len(drafts) + 1, line.number, abstract))
        elif place == 0 and _MONTH_HEADING.fullmatch(line.text):
            ignored.append(left_out(file, line))
        elif start:
            rejected.append(left_out(file, line, 'no text after "Abstract:"'))
        else:
            rejected.append(left_out(file, line, 'the line must begin with "Abstract:"'))
    rejected += unreadable(file, lines, drafts)
    return Parsed(tuple(drafts), tuple(ignored), tuple(sorted(rejected)))


def _draft(file: str, ordinal: int, number: int, abstract: str) -> Draft:
    return Draft(file, _NAME, ordinal, number, number, abstract=abstract, links=find_links(abstract))


EXAMPLE = "Abstract: We count sheep with dogs, and the dogs count too.\n"
FORMAT = Format(_NAME, 'abstracts, one a line, each after "Abstract:"', identify, parse, EXAMPLE)
