"""The command line: arguments, progress, exit codes; one module for each group of commands.

Each command imports what it needs when it runs, so that `--help` answers at once.
"""

from __future__ import annotations

import click

from sitegen import __version__
from sitegen.cli.faults import Commands
from sitegen.cli.projects import init_command
from sitegen.cli.questions import check_command, diff_command, topics_command
from sitegen.cli.records import formats_command, import_command, new_command
from sitegen.cli.site import build_command, export_command, serve_command

__all__ = ["main"]


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def main() -> None:
    """Turn a folder of paper records into a site that people read, search, cite from and subscribe to."""


for _command in (
    init_command,
    import_command,
    new_command,
    formats_command,
    check_command,
    diff_command,
    topics_command,
    build_command,
    serve_command,
    export_command,
):
    main.add_command(_command)
