"""What was mended, as the difference between two texts of a file."""

from __future__ import annotations

from difflib import unified_diff
from typing import TYPE_CHECKING, Protocol

from sitegen.report.harmless import logged_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class MendedWords(Protocol):
    """A file as it was and as it is."""

    @property
    def path(self) -> str: ...  # noqa: D102 (the names say it)
    @property
    def before(self) -> str: ...  # noqa: D102 (the names say it)
    @property
    def after(self) -> str: ...  # noqa: D102 (the names say it)


def mended_text(files: Iterable[MendedWords]) -> str:
    """Give what was mended as a unified difference, for a terminal or a log."""
    return "".join(f"{logged_line(line)}\n" for file in files for line in _difference(file))


def _difference(file: MendedWords) -> Iterator[str]:
    before, after = file.before.splitlines(), file.after.splitlines()
    return unified_diff(before, after, file.path, f"{file.path} (mended)", n=1, lineterm="")
