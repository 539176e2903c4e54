"""What can be wrong with a user's input, and where."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a user's file: its path as the user named it, and a line from 1 (0: the whole file, shown as 1)."""

    path: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{max(self.line, 1)}"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault in a user's input: what must be and what was found, as one sentence; sorts by place.

    A `severity` of "warning" is shown but does not make the input unsound.
    """

    location: Location
    code: str
    message: str
    hint: str = ""
    severity: str = "error"


class SitegenError(Exception):
    """A command could not run through a fault of its user: shown as one line, exit code 2."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class ProblemsFoundError(SitegenError):
    """The input has problems, so nothing was written: they are all listed, exit code 1."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(f"{len(problems)} problem{'' if len(problems) == 1 else 's'} found; nothing was written")
        self.problems = problems
