"""What a command says of its stages on a terminal, and when: from that, the seconds of each."""

from __future__ import annotations

import os
import re
import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

START = "starting"
# How sitegen.progress shows a stage: the line is cleared, then come its name and perhaps how much is done.
_SHOWN = re.compile(r"\r\x1b\[K([^\r\n\x1b…]*?)(?: \d+ of \d+)? …")


def stage_seconds(said: Iterable[tuple[float, str]], end: float) -> dict[str, float]:
    """Give the seconds of each stage in the order of its first showing; what comes before the first is "starting".

    `said` are pieces of what a terminal received, each with its second after the start; a stage lasts until the next.
    """
    found: dict[str, float] = {}
    stage, since, left = START, 0.0, ""
    for second, piece in said:
        left += piece
        shown = list(_SHOWN.finditer(left))
        for name in (match[1] for match in shown):
            if name != stage:
                found[stage] = found.get(stage, 0.0) + second - since
                stage, since = name, second
        left = left[shown[-1].end() :] if shown else left
    found[stage] = found.get(stage, 0.0) + end - since
    return found


class Terminal(threading.Thread):
    """A terminal that nobody looks at: `end` is for the command to write to, `said` is what it wrote and when."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self._own, self.end = os.openpty()
        self._began = time.perf_counter()
        self.said: list[tuple[float, str]] = []

    def run(self) -> None:
        """Read until nobody holds the other end."""
        while True:
            try:
                piece = os.read(self._own, 65_536)
            except OSError:  # Linux says so that the other end is closed; elsewhere nothing comes
                break
            if not piece:
                break
            self.said.append((time.perf_counter() - self._began, piece.decode("utf-8", "replace")))
        os.close(self._own)
