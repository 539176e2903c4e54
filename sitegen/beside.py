"""Work done beside this process by a fork of it, which is sent nothing: it has all that this one has."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

T = TypeVar("T")


def can_fork() -> bool:
    """Tell whether work can be done beside: on Linux, where this process has one thread alone.

    What other threads hold locked stays locked in a fork for ever; elsewhere, libraries of the system do not bear one.
    """
    return sys.platform == "linux" and len(os.listdir("/proc/self/task")) == 1  # noqa: PTH208  only how many


class Beside(Generic[T]):
    """The answer of a piece of work: begun on making this where there `can_fork`, and else done when it is asked for.

    What it answers or raises must be fit for pickling. To be closed, be the answer asked for or not.
    """

    def __init__(self, work: Callable[[], T], *, fork: bool = True) -> None:
        self._work = work
        self._process: Any = None
        if fork and can_fork():
            context = get_context("fork")
            self._answer, answering = context.Pipe(duplex=False)
            self._process = context.Process(target=_answered, args=(work, answering), daemon=True)
            self._process.start()
            answering.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def result(self) -> T:
        """Await the answer, or raise what the work raised; it is done here where its process came to harm."""
        if self._process is None:
            return self._work()
        try:
            fault, answer = self._answer.recv()
        except EOFError:
            self.close()
            return self._work()
        self.close()
        if fault is not None:
            raise fault
        return answer  # type: ignore[no-any-return]  # what the other side of the pipe sends

    def close(self) -> None:
        """End the process where nobody has awaited its answer."""
        if self._process is not None:
            self._answer.close()
            self._process.kill()
            self._process.join()
            self._process = None


def _answered(work: Callable[[], object], pipe: Connection) -> None:
    # The process that waits is told to end, and ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answer: tuple[Exception | None, object]
    try:
        answer = (None, work())
    except Exception as fault:  # noqa: BLE001  whatever it is, it is raised where the answer is awaited
        # A traceback does not travel.
        fault.add_note("".join(traceback.format_exception(fault)))
        answer = (fault, None)
    pipe.send(answer)
    pipe.close()
