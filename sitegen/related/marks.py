"""What is marked beside a term of a paper, in one byte: how often it counts, and whether the title has it."""

from __future__ import annotations

import math

_MOST = 9  # the tenth time says nothing more
_TITLE = 128
# 1 + the logarithm of a term's count, in quarters: sums of whole numbers are exact in whatever order they are made.
STRENGTHS = tuple(round(4 * (1 + math.log2(min(max(mark % _TITLE, 1), _MOST)))) for mark in range(256))


def mark(times: int, *, in_title: bool) -> int:
    """Give the mark of a term that counts so often."""
    return min(times, _MOST) + (_TITLE if in_title else 0)


def telling(ours: int, theirs: int) -> bool:
    """Say whether a single word of two papers is more than one in passing: in a title, or used twice by both."""
    return bool((ours | theirs) & _TITLE) or (ours > 1 and theirs > 1)
