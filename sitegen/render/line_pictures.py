"""Figures in a line that are drawn: emphasis of a class, which reads as it stands, becomes a picture."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it.token import Token

from sitegen.render import bars
from sitegen.render.svg import bar, drawing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_SPARK = re.compile(r"([0-9]+) to [0-9]+:((?: [0-9]+)+)")
_CLOSENESS = re.compile(r"([0-9]{1,2}|100) of 100")
_SHARE = re.compile(r"([0-9,]+) of ([0-9,]+)")
_METER_WIDTH, _SHARE_WIDTH, _SHARE_HEIGHT = 52, 60, 6
# Of 835 pairs of related papers that were looked at the closest is 21 of 100: a bar to 100 would always look empty.
_METER_FULL = 25


def with_pictures(children: Iterable[Token]) -> Iterator[Token]:
    """Give inline tokens with emphasis of the classes of `_PICTURES` drawn; words that do not fit stay words."""
    waiting = iter(children)
    for token in waiting:
        kind = str(token.attrGet("class")) if token.type == "em_open" else ""
        if kind not in _PICTURES:
            yield token
            continue
        inside = [token]
        for within in waiting:
            inside.append(within)
            if within.type == "em_close":
                break
        drawn = picture(kind, "".join(within.content for within in inside))
        yield from [Token("html_inline", "", 0, content=drawn)] if drawn else inside


def picture(kind: str, words: str) -> str:
    """Draw the words of emphasis of a class, as HTML; "" for those that do not fit it, and for any other class."""
    return _PICTURES[kind](words) if kind in _PICTURES else ""


def _spark(words: str) -> str:
    """Draw "2021 to 2025: 0 1 2 1 4": papers per year."""
    match = _SPARK.fullmatch(words)
    return bars.spark(int(match[1]), [int(count) for count in match[2].split()]) if match else ""


def _meter(words: str) -> str:
    """Draw "12 of 100": how close a related paper is."""
    match = _CLOSENESS.fullmatch(words)
    if not match:
        return ""
    filled = f"{_METER_WIDTH * min(int(match[1]), _METER_FULL) / _METER_FULL:.1f}".removesuffix(".0")
    name = f'role="img" aria-label="Closeness {match[1]} of 100"'
    return f'<svg class="meter" viewBox="0 0 {_METER_WIDTH} 8" {name}><rect y="1" width="{filled}" height="6"/></svg>'


def _share(words: str) -> str:
    """Draw "13 of 32" as a bar before the number."""
    match = _SHARE.fullmatch(words)
    if not match:
        return ""
    part, whole = (int(number.replace(",", "")) for number in match.groups())
    length = _SHARE_WIDTH * min(part, whole) / max(whole, 1)
    drawn = bar("whole", 0, 2.5, _SHARE_WIDTH, 1), bar("part", 0, 0, length, _SHARE_HEIGHT)
    picture = drawing("share", _SHARE_WIDTH, _SHARE_HEIGHT, f"{match[1]} of {match[2]} papers", *drawn)
    return f'{picture}<em class="count">{match[1]}</em>'


_PICTURES: dict[str, Callable[[str], str]] = {"meter": _meter, "share": _share, "spark": _spark}
