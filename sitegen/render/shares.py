"""Shares, "13 of 32" in emphasis of the class "share", as a small bar and the number."""

from __future__ import annotations

import re

from sitegen.render.svg import bar, drawing

_SHARE = re.compile(r'<em class="share">([0-9,]+) of ([0-9,]+)</em>')
_WIDTH, _HEIGHT = 60, 6


def with_shares(html: str) -> str:
    """Give HTML with a bar before the number of each share; other HTML stays as it is."""
    return _SHARE.sub(_drawn, html) if "share" in html else html


def _drawn(share: re.Match[str]) -> str:
    part, whole = (int(number.replace(",", "")) for number in share.groups())
    length = _WIDTH * min(part, whole) / max(whole, 1)
    bars = bar("whole", 0, 2.5, _WIDTH, 1), bar("part", 0, 0, length, _HEIGHT)
    picture = drawing("share", _WIDTH, _HEIGHT, f"{share[1]} of {share[2]} papers", *bars)
    return f'{picture}<em class="count">{share[1]}</em>'
