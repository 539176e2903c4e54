"""Rows of a list in columns: what stands in the gutter and what stands at the side, held together for the theme."""

from __future__ import annotations

import re

_ROW = 'class="title row"'
_PARTS = re.compile(
    rf'(?P<title><a href="[^"]*" {_ROW}>.*?</a>)\s*(?P<people><em class="people">.*?</em>\s*)?(?P<facts>.*?)\s*'
    r'(?P<topics>(?:<a href="[^"]*" class="topic[^"]*">.*?</a>\s*)*)(?P<gist><em class="gist">.*)?',
    re.DOTALL,
)


def in_columns(html: str) -> str:
    """Give the HTML of a list's entry with its facts and its topics each in an element; other HTML stays as it is."""
    row = _PARTS.fullmatch(html) if _ROW in html else None
    if not row:
        return html
    topics = f'<span class="topics">{row["topics"].rstrip()}</span>' if row["topics"] else ""
    gist = f"\n{row['gist']}" if row["gist"] else ""
    people = f"{row['people'].rstrip()}\n" if row["people"] else ""
    return f'{row["title"]}\n{people}<span class="facts">{row["facts"]}</span>\n{topics}{gist}'
