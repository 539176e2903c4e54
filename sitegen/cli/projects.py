"""The command that makes a project: init."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from sitegen.cli.clock import now


@click.command(name="init")
@click.argument("folder", metavar="DIR")
@click.option("--title", default="Papers", show_default=True, metavar="TEXT", help="What the site is called.")
@click.option("--site-url", default="", metavar="URL", help="Where the site will stand; a placeholder else.")
@click.option("--authority", default="", metavar="NAME", help="What feed ids begin with; the host of --site-url else.")
def init_command(folder: str, title: str, site_url: str, authority: str) -> None:
    """Make a new project in DIR: two example papers, topics, pages and workflows, ready for git and GitHub."""
    from sitegen.projects import chosen, project_files, put_project

    files = project_files(chosen(title, site_url, authority, now()))
    put_project(Path(folder), files)
    click.echo(f"{len(files)} files in {folder}; what comes next:")
    if Path(folder).resolve() != Path.cwd():
        click.echo(f"  cd {shlex.quote(folder)}")
    click.echo("  git init --initial-branch=main")
    click.echo("  make site")
