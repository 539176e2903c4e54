"""What a fault looks like to the person who typed the command."""

from __future__ import annotations

from typing import Any

import click

from sitegen.problems import ProblemsFoundError, SitegenError


class Commands(click.Group):
    """Shows a user's fault in words and gives its exit code; our own faults keep their traceback."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 (click's own signature)
        """Run the command."""
        try:
            return super().invoke(ctx)
        except ProblemsFoundError as fault:
            from sitegen import report

            click.echo(report.text(fault.problems), nl=False)
            click.echo(fault.message, err=True)
            ctx.exit(1)
        except SitegenError as fault:
            click.echo(f"sitegen: {fault.message}" + (f" (hint: {fault.hint})" if fault.hint else ""), err=True)
            ctx.exit(2)
