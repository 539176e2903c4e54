"""What was pasted into the form "Add papers", taken out of the issue that GitHub made of it."""

from __future__ import annotations

import re

# GitHub writes a form's field as a heading with the label and what was typed, in a fence where the form says so.
_FIELD = re.compile(r"\A\s*### Papers[ \t]*\n(.*)\Z", re.DOTALL)
_FENCE = re.compile(r"\A\s*(`{3,})text[ \t]*\n(.*?)\n?\1[ \t]*\s*\Z", re.DOTALL)


def papers_in(body: str) -> str:
    """Give the text that is to be imported, of an issue from the form or without one; "" where there is none."""
    words = body.replace("\r\n", "\n").replace("\r", "\n")
    field = _FIELD.match(words)
    inner = field[1] if field else words
    fence = _FENCE.match(inner)
    pasted = fence[2] if fence else inner
    return "" if pasted.strip() in ("", "_No response_") else f"{pasted.strip(chr(10))}\n"
