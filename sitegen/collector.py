"""What Python does to get memory back, put off where it costs much and brings nothing."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Keep the collector from looking through a growing heap of values without cycles: it took half of the time."""
    at_work = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if at_work:
            gc.enable()


def left_whole(values: list[object]) -> None:
    """Let these values stand until the process ends: to take them apart takes the tenth part of a build's time.

    They hold themselves, and the collector, which alone would find that out, does not look at what is frozen.
    """
    values.append(values)
    gc.freeze()
