"""Words of records for where reviewers read them: terminals and logs, and Markdown as GitHub shows it.

A record may have been written by anyone. Its words stay words: they call nobody, link nowhere, show no image, run no
command of a workflow and move no cursor.
"""

from __future__ import annotations

import re

from sitegen.text import escape_markdown, one_line, visible

# Invisible and without width: between two characters it keeps GitHub from seeing more than text in them.
_JOINER = "\u2060"
# After these a name, a number, an address or the hash of a commit would become a link or call somebody.
_LIVE = re.compile(
    r"@|#(?=\w)|:(?=//)|\bGH(?=-\d)|\bwww(?=\.)|\b(?=[0-9a-f]{7,40}\b)[0-9a-f]{3}", re.IGNORECASE | re.ASCII
)


def logged(words: str) -> str:
    """Give words as one line for a terminal or a log, each white space as one space."""
    return logged_line(one_line(words))


def logged_line(line: str) -> str:
    """Give a line for a terminal or a log, its spaces kept; what cannot be seen is shown as an escape.

    "##[" and, at a line's beginning, "::" are commands to a runner of GitHub's.
    """
    shown = visible(line).replace("##[", "## [")
    return f"\\{shown}" if shown.lstrip().startswith("::") else shown


def markdown(words: str) -> str:
    """Give words as Markdown (GitHub's) that shows them as they are, on one line."""
    return escape_markdown(_LIVE.sub(lambda match: match[0] + _JOINER, logged(words)))


def code(words: str) -> str:
    """Give words as a span of code, in which GitHub sees nothing but text."""
    shown = logged(words)
    fence = "`" * (max(map(len, re.findall("`+", shown)), default=0) + 1)
    return f"{fence} {shown} {fence}" if "`" in shown or not shown else f"{fence}{shown}{fence}"


def fenced(words: str, limit: int) -> str:
    """Give lines as a block of code, in which GitHub sees nothing but text: at most `limit` characters of them."""
    lines: list[str] = []
    for number, line in enumerate(found := words.splitlines()):
        shown = logged_line(line)
        limit -= len(shown) + 1
        if limit < 0:
            lines.append(f"… and {len(found) - number:,} more lines")
            break
        lines.append(shown)
    fence = "`" * max(3, 1 + max((len(run) for line in lines for run in re.findall("`+", line)), default=0))
    return "\n".join([f"{fence}text", *lines, fence])
