"""How far long work is, for a person who watches."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitegen.rendering import Progress


@contextmanager
def shown() -> Iterator[Progress]:
    """Show what is being done, on one line of standard error, when a person watches; nothing when piped."""
    if not sys.stderr.isatty():
        yield lambda *_: None
        return

    def show(stage: str, done: int, total: int) -> None:
        count = f" {done} of {total}" if total else ""
        click.echo(f"\r\x1b[K{stage}{count} …", err=True, nl=False)

    try:
        yield show
    finally:
        click.echo("\r\x1b[K", err=True, nl=False)
