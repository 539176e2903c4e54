"""The commands that make files from a corpus: build, serve, export."""

from __future__ import annotations

import os
import shlex
import sys
import time
from pathlib import Path

import click

from sitegen.cli.corpus_option import CORPUS
from sitegen.problems import SitegenError
from sitegen.progress import shown


@click.command(name="build")
@CORPUS
@click.option("--out", default="", metavar="DIR", help="Where the site goes; site_dir of mkdocs.yml else.")
@click.option("--jobs", default=os.cpu_count() or 1, show_default=True, type=click.IntRange(1), help="Processes.")
@click.option(
    "--executor",
    default="processes",
    show_default=True,
    metavar="WHERE",
    help="What renders the pages: processes of this machine, or a Dask cluster, dask://HOST:PORT.",
)
@click.option("--sizes", is_flag=True, help="Say how many files and bytes there are of each kind, too.")
def build_command(corpus: str, out: str, jobs: int, executor: str, *, sizes: bool) -> None:
    """Build the site and put it in its place in one step."""
    from sitegen import report
    from sitegen.build import build, by_kind, placeholders, too_large_soon
    from sitegen.collector import collector_at_rest, left_whole
    from sitegen.config import load_settings
    from sitegen.executors import engine_named

    start = time.perf_counter()
    settings = load_settings(corpus, out)
    held: list[object] = []
    with collector_at_rest(), shown() as progress, engine_named(executor) as engine:
        made = build(settings, jobs, progress, engine, held)
        left_whole(held)
    click.echo(
        f"{made.papers} papers, {made.topics} topics: {made.pages} pages, {made.feeds} feeds, {made.files} files, "
        f"{made.size / 1e6:.1f} MB in {time.perf_counter() - start:.1f} s ({made.rendered} rendered anew)"
    )
    for line in by_kind(made) if sizes else ():
        click.echo(line)
    click.echo(report.text(made.warnings), nl=False, err=True)
    for words in (*placeholders(settings, made), *too_large_soon(made, settings.savings)):
        click.echo(f"note: {words}", err=True)
    site = os.path.relpath(settings.out_dir)
    viewer = [os.path.relpath(sys.executable), "-m", "http.server", "--bind", "127.0.0.1", "--directory", site, "8000"]
    click.echo(f"The site is in {site}; to look at it, open http://127.0.0.1:8000/ after")
    click.echo(f"  {shlex.join(viewer)}")


@click.command(name="serve")
@CORPUS
@click.option("--address", default="127.0.0.1:8000", show_default=True, metavar="HOST:PORT", help="Where to listen.")
def serve_command(corpus: str, address: str) -> None:
    """Show the site on this machine, built again and reloaded when a record or a page changes."""
    import logging

    from mkdocs.commands.serve import serve
    from mkdocs.exceptions import Abort, ConfigurationError

    from sitegen.config import NAMED_CORPUS, load_settings
    from sitegen.sound_corpus import sound_corpus

    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    settings = load_settings(corpus)
    # What is wrong is told by us rather than by MkDocs.
    sound_corpus(settings)
    NAMED_CORPUS.set(corpus)
    logging.basicConfig(format="%(message)s", level=logging.INFO)
    watched = [str(settings.theme_dir)] if settings.theme_dir else []
    try:
        serve(str(settings.config_file), dev_addr=address, watch=watched)
    except Abort as fault:
        # MkDocs has said why.
        raise SitegenError(f"cannot serve: {fault.message}") from fault
    except ConfigurationError as fault:
        raise SitegenError(f"{settings.config_file}: {fault.message}") from fault
    except OSError as fault:
        raise SitegenError(f"cannot listen on {address}: {fault.strerror or fault}") from fault


@click.command(name="export")
@click.argument("format_name", metavar="FORMAT")
@CORPUS
@click.option("--paper", default="", metavar="ID", help="This paper alone.")
@click.option("--topic", default="", metavar="SLUG", help="The papers of this topic alone.")
@click.option("-o", "--output", "path", default="", metavar="FILE", help="Where to write; standard output else.")
def export_command(format_name: str, corpus: str, paper: str, topic: str, path: str) -> None:
    """Write the corpus as json, csv, bibtex, ris or csl-json, or as lunr: the index that lunr.js loads."""
    from sitegen.build import exported
    from sitegen.config import load_settings
    from sitegen.output import Output, write_files

    body = exported(load_settings(corpus), format_name, paper, topic)
    if path:
        write_files(Path(path).parent, [Output(Path(path).name, body)])
    else:
        sys.stdout.buffer.write(body)
