"""The commands that make records: import, new, formats."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sitegen.cli.clock import now
from sitegen.cli.corpus_option import CORPUS, loaded_corpus

if TYPE_CHECKING:
    from sitegen.ingest import Import, Suggest
    from sitegen.model import Corpus


@click.command(name="import")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...|-")
@click.option("--from", "format_name", default="", metavar="FORMAT", help="The texts' format; recognised else.")
@CORPUS
@click.option("--added", default="", metavar="TIME", help="When the papers entered the corpus (UTC); now else.")
@click.option("--year", default="", metavar="YYYY", help="The year of dates that are printed without one.")
@click.option("--backfill", is_flag=True, help="Keep these papers out of the live feeds.")
@click.option("--dry-run", is_flag=True, help="Say what would happen and write nothing.")
@click.option("--format", "output", type=click.Choice(["text", "json"]), default="text", help="How to report.")
def import_command(**options: Any) -> None:  # noqa: ANN401 (the options above, each of its own type)
    """Turn pasted texts into records: new papers are added, known ones filled, every line accounted for."""
    from sitegen import report
    from sitegen.corpus import dump_paper
    from sitegen.formats.reading import read_text
    from sitegen.ingest import ingest, record_path
    from sitegen.output import Output, write_files

    folder = Path(options["corpus"] or "corpus")
    texts = [(_name(path), _stdin() if path == "-" else read_text(Path(path))) for path in options["paths"]]
    corpus = loaded_corpus(folder)
    found = ingest(
        texts,
        corpus,
        format_name=options["format_name"],
        added=options["added"] or now(),
        year=options["year"],
        announce=not options["backfill"],
        suggest=suggester(corpus),
    )
    if not options["dry_run"]:
        write_files(folder, [Output(record_path(paper, folder), dump_paper(paper)) for paper in found.papers])
    click.echo(report.import_json(found) if options["output"] == "json" else report.import_text(found), nl=False)
    if options["output"] == "text":
        _say_what_next(found, dry_run=options["dry_run"])
    if found.rejected:
        sys.exit(1)


@click.command(name="new")
@click.argument("typed", metavar="PAPER")
@click.option("--title", default="", metavar="TEXT", help="The paper's title, where it is not behind the id.")
@CORPUS
@click.option("--added", default="", metavar="TIME", help="When the paper entered the corpus (UTC); now else.")
def new_command(typed: str, title: str, corpus: str, added: str) -> None:
    """Make a record from an arXiv id, a DOI or a title typed by hand; an id may be followed by the title."""
    from sitegen import report
    from sitegen.corpus import dump_paper
    from sitegen.formats.parsed import Parsed
    from sitegen.formats.typed import draft_from_typed, titled_draft
    from sitegen.ingest import ingest_parsed, known_record, record_path
    from sitegen.output import Output, write_files

    folder = Path(corpus or "corpus")
    loaded = loaded_corpus(folder)
    bare = draft_from_typed(typed)
    if not bare.title and not title.strip() and (known := known_record(bare, loaded)):
        click.echo(f"The paper is known already: {folder / record_path(known, folder)}", err=True)
        return
    draft = titled_draft(typed, title)
    found = ingest_parsed([Parsed((draft,))], loaded, added=added or now(), announce=True, suggest=suggester(loaded))
    write_files(folder, [Output(record_path(paper, folder), dump_paper(paper)) for paper in found.papers])
    click.echo(report.import_text(found), nl=False)
    for paper in found.papers:
        click.echo(f"The record is {folder / record_path(paper, folder)}", err=True)


@click.command(name="formats")
def formats_command() -> None:
    """List the formats that import understands, each with a tiny example."""
    from sitegen.formats.examples import formats_text

    click.echo(formats_text(), nl=False)


def _name(path: str) -> str:
    return "stdin" if path == "-" else Path(path).name


def _stdin() -> str:
    from sitegen.formats.reading import LIMIT, decode

    # One byte over the limit tells that there is too much: a pipe may have no end.
    return decode(sys.stdin.buffer.read(LIMIT + 1), "stdin")


def suggester(corpus: Corpus) -> Suggest:
    """Give what proposes topics and kind for a title and an abstract, by the topics of a corpus."""
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
