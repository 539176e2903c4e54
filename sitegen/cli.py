"""The command line: arguments, progress, exit codes; the only place that reads the clock.

Each command imports what it needs when it runs, so that `--help` answers at once.
"""

from __future__ import annotations

import os
import shlex
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sitegen import __version__
from sitegen.problems import ProblemsFoundError, SitegenError
from sitegen.progress import shown

if TYPE_CHECKING:
    from sitegen.ingest import Import
    from sitegen.model import Corpus

_CORPUS = click.option("--corpus", default="", metavar="DIR", help="The folder with papers/ and topics.yaml.")


class _Commands(click.Group):
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


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def main() -> None:
    """Turn a folder of paper records into a site that people read, search, cite from and subscribe to."""


@main.command(name="import")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...|-")
@click.option("--from", "format_name", default="", metavar="FORMAT", help="The texts' format; recognised else.")
@_CORPUS
@click.option("--added", default="", metavar="TIME", help="When the papers entered the corpus (UTC); now else.")
@click.option("--year", default="", metavar="YYYY", help="The year of dates that are printed without one.")
@click.option("--backfill", is_flag=True, help="Keep these papers out of the live feeds.")
@click.option("--dry-run", is_flag=True, help="Say what would happen and write nothing.")
@click.option("--format", "output", type=click.Choice(["text", "json"]), default="text", help="How to report.")
def import_command(**options: Any) -> None:  # noqa: ANN401 (the options above, each of its own type)
    """Turn pasted texts into records: new papers are added, known ones filled, every line accounted for."""
    from sitegen import report
    from sitegen.corpus import dump_paper
    from sitegen.formats import read_text
    from sitegen.ingest import ingest, record_path
    from sitegen.output import Output, write_files

    folder = Path(options["corpus"] or "corpus")
    texts = [(_name(path), _stdin() if path == "-" else read_text(Path(path))) for path in options["paths"]]
    corpus = _loaded(folder)
    found = ingest(
        texts,
        corpus,
        format_name=options["format_name"],
        added=options["added"] or _now(),
        year=options["year"],
        announce=not options["backfill"],
        suggest=_suggest(corpus),
    )
    if not options["dry_run"]:
        write_files(folder, [Output(record_path(paper, folder), dump_paper(paper)) for paper in found.papers])
    click.echo(report.import_json(found) if options["output"] == "json" else report.import_text(found), nl=False)
    if options["output"] == "text":
        _say_what_next(found, dry_run=options["dry_run"])
    if found.rejected:
        sys.exit(1)


@main.command(name="check")
@_CORPUS
@click.option("--format", "output", type=click.Choice(["text", "github", "json"]), default="text", help="Report as.")
def check_command(corpus: str, output: str) -> None:
    """List everything that is wrong with the corpus, in one run."""
    from sitegen import report
    from sitegen.checks import check
    from sitegen.corpus import load_corpus
    from sitegen.text import plural

    loaded, problems = load_corpus(Path(corpus or "corpus"))
    problems = tuple(sorted((*problems, *check(loaded, problems))))
    write = {"text": report.text, "github": report.github, "json": report.problems_json}[output]
    click.echo(write(problems), nl=False)
    errors = sum(problem.severity == "error" for problem in problems)
    click.echo(
        f"{plural(len(loaded.papers), 'paper')}, {plural(len(loaded.topics), 'topic')}: "
        + (plural(errors, "problem") if errors else "sound")
        + (f", {plural(len(problems) - errors, 'warning')}" if len(problems) > errors else ""),
        err=True,
    )
    sys.exit(1 if errors else 0)


@main.command(name="build")
@_CORPUS
@click.option("--out", default="", metavar="DIR", help="Where the site goes; site_dir of mkdocs.yml else.")
@click.option("--jobs", default=os.cpu_count() or 1, show_default=True, type=click.IntRange(1), help="Processes.")
def build_command(corpus: str, out: str, jobs: int) -> None:
    """Build the site and put it in its place in one step."""
    from sitegen import report
    from sitegen.build import build, placeholders
    from sitegen.config import load_settings

    start = time.perf_counter()
    settings = load_settings(corpus, out)
    with shown() as progress:
        made = build(settings, jobs, progress)
    click.echo(
        f"{made.papers} papers, {made.topics} topics: {made.pages} pages, {made.feeds} feeds, {made.files} files, "
        f"{made.size / 1e6:.1f} MB in {time.perf_counter() - start:.1f} s ({made.rendered} rendered anew)"
    )
    click.echo(report.text(made.warnings), nl=False, err=True)
    for words in placeholders(settings, made):
        click.echo(f"note: {words}", err=True)
    site = os.path.relpath(settings.out_dir)
    viewer = [os.path.relpath(sys.executable), "-m", "http.server", "--bind", "127.0.0.1", "--directory", site, "8000"]
    click.echo(f"The site is in {site}; to look at it, open http://127.0.0.1:8000/ after")
    click.echo(f"  {shlex.join(viewer)}")


@main.command(name="serve")
@_CORPUS
@click.option("--address", default="127.0.0.1:8000", show_default=True, metavar="HOST:PORT", help="Where to listen.")
def serve_command(corpus: str, address: str) -> None:
    """Show the site on this machine, built again and reloaded when a record or a page changes."""
    import logging

    from mkdocs.commands.serve import serve
    from mkdocs.exceptions import Abort, ConfigurationError

    from sitegen.build import prepare
    from sitegen.config import NAMED_CORPUS, load_settings

    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    settings = load_settings(corpus)
    prepare(settings, lambda *_: None)
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


@main.command(name="topics")
@_CORPUS
@click.option("--format", "output", type=click.Choice(["text", "json"]), default="text", help="How to report.")
@click.argument("ids", nargs=-1, metavar="[ID...]")
def topics_command(corpus: str, output: str, ids: tuple[str, ...]) -> None:
    """Suggest topics for papers, with the phrases that speak for them."""
    from sitegen import report
    from sitegen.topics import profile, suggest_topics

    loaded = _loaded(Path(corpus or "corpus"))
    by_id = {paper.id: paper for paper in loaded.papers}
    unknown = [name for name in ids if name not in by_id]
    if unknown:
        raise SitegenError(f"no paper has the id {', '.join(unknown)}")
    ready = profile(loaded.topics)
    found = {name: suggest_topics(by_id[name].title, by_id[name].abstract, ready) for name in ids or by_id}
    click.echo(report.topics_json(found) if output == "json" else report.topics_text(found), nl=False)


@main.command(name="export")
@click.argument("format_name", metavar="FORMAT")
@_CORPUS
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


@main.command(name="formats")
def formats_command() -> None:
    """List the formats that import understands, each with a tiny example."""
    from sitegen.formats.examples import formats_text

    click.echo(formats_text(), nl=False)


@main.command(name="new")
@click.argument("typed", metavar="PAPER")
@click.option("--title", default="", metavar="TEXT", help="The paper's title, where it is not behind the id.")
@_CORPUS
@click.option("--added", default="", metavar="TIME", help="When the paper entered the corpus (UTC); now else.")
def new_command(typed: str, title: str, corpus: str, added: str) -> None:
    """Make a record from an arXiv id, a DOI or a title typed by hand; an id may be followed by the title."""
    from sitegen import report
    from sitegen.corpus import dump_paper
    from sitegen.formats import Parsed
    from sitegen.formats.typed import draft_from_typed, titled_draft
    from sitegen.ingest import ingest_parsed, known_record, record_path
    from sitegen.output import Output, write_files

    folder = Path(corpus or "corpus")
    loaded = _loaded(folder)
    bare = draft_from_typed(typed)
    if not bare.title and not title.strip() and (known := known_record(bare, loaded)):
        click.echo(f"The paper is known already: {folder / record_path(known, folder)}", err=True)
        return
    draft = titled_draft(typed, title)
    found = ingest_parsed([Parsed((draft,))], loaded, added=added or _now(), announce=True, suggest=_suggest(loaded))
    write_files(folder, [Output(record_path(paper, folder), dump_paper(paper)) for paper in found.papers])
    click.echo(report.import_text(found), nl=False)
    for paper in found.papers:
        click.echo(f"The record is {folder / record_path(paper, folder)}", err=True)


def _loaded(folder: Path) -> Corpus:
    from sitegen.corpus import load_corpus

    corpus, problems = load_corpus(folder)
    if problems:
        raise ProblemsFoundError(problems)
    return corpus


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _name(path: str) -> str:
    return "stdin" if path == "-" else Path(path).name


def _stdin() -> str:
    from sitegen.formats import decode
    from sitegen.formats.reading import LIMIT

    # One byte over the limit tells that there is too much: a pipe may have no end.
    return decode(sys.stdin.buffer.read(LIMIT + 1), "stdin")


def _suggest(corpus: Corpus) -> Any:  # noqa: ANN401 (ingest.Suggest, which is not imported until it is needed)
    from sitegen.topics import profile, suggest_kind, suggest_topics

    ready = profile(corpus.topics)

    def suggest(title: str, abstract: str) -> tuple[tuple[str, ...], str]:
        slugs = tuple(suggestion.topic for suggestion in suggest_topics(title, abstract, ready))
        return slugs, suggest_kind(title, abstract)

    return suggest


def _say_what_next(found: Import, *, dry_run: bool) -> None:
    """Tell a person, on standard error, what an import leads to."""
    if dry_run:
        click.echo("Nothing was written (--dry-run).", err=True)
    elif found.papers:
        click.echo("Read the new records, then: sitegen check && make site", err=True)
    else:
        click.echo("Nothing was changed: everything here is in the corpus already.", err=True)
