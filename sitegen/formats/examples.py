"""The formats shown to people: each with its words and a tiny example."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from sitegen.formats.incoming import FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sitegen.formats.parsed import Format


def formats_text(known: Iterable[Format] = FORMATS) -> str:
    """Give all formats with what they are and how they look, ready to print; ends in a line feed."""
    return "\n".join(_shown(one) for one in known)


def _shown(known: Format) -> str:
    example = textwrap.indent(known.example.rstrip("\n"), "    ")
    return f"{known.name}: {known.description}\n" + (f"\n{example}\n" if example else "")
