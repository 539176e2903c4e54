"""The commands that ask something of a corpus: check, diff, topics."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sitegen.cli.clock import now
from sitegen.cli.corpus_option import CORPUS, loaded_corpus
from sitegen.collector import collector_at_rest
from sitegen.problems import SitegenError

if TYPE_CHECKING:
    from sitegen.corpus import Known
    from sitegen.problems import Problem
    from sitegen.sides import Side


@click.command(name="check")
@CORPUS
@click.option("--base", default="", metavar="REV", help="What the corpus came from: a git revision, or a folder.")
@click.option("--fix", is_flag=True, help="Mend what has one right answer, and show the difference.")
@click.option("--format", "output", type=click.Choice(["text", "github", "json"]), default="text", help="Report as.")
@collector_at_rest()
def check_command(corpus: str, base: str, fix: bool, output: str) -> None:  # noqa: FBT001 (click gives it by name)
    """List everything that is wrong with the corpus, in one run.

    With --base, what only a comparison can see is listed too: ids, times, content and addresses that readers and
    subscribers know and that are now others.
    """
    from sitegen import report
    from sitegen.sides import load_side
    from sitegen.text import plural

    folder = Path(corpus or "corpus")
    known: Known = {}
    before = load_side(base, folder, known) if base else None
    side = load_side("", folder, known if base else None)
    if fix:
        _fix(side, before, folder, to_stderr=output != "text")
        side = load_side("", folder, known)
    problems = tuple(sorted((*side.problems, *(_against(before, side) if before else ()))))
    loaded = side.corpus
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


@click.command(name="diff")
@click.argument("base", metavar="BASE")
@click.argument("head", default="", metavar="[HEAD]")
@CORPUS
@click.option("--format", "output", type=click.Choice(["text", "markdown", "json"]), default="text", help="Report as.")
@collector_at_rest()
def diff_command(base: str, head: str, corpus: str, output: str) -> None:
    """Show what changes for readers and subscribers from BASE to HEAD, or to the files as they are.

    Each is a git revision of the repository that the corpus lies in, or a folder that holds a corpus.
    """
    from sitegen.report.review_json import review_json
    from sitegen.report.review_markdown import review_markdown
    from sitegen.report.review_text import review_text
    from sitegen.review import review
    from sitegen.sides import load_side

    folder = Path(corpus or "corpus")
    known: Known = {}
    found = review(load_side(base, folder, known), load_side(head, folder, known), *_published(corpus, head))
    write = {"text": review_text, "markdown": review_markdown, "json": review_json}[output]
    click.echo(write(found), nl=False)


def published_url(corpus: str) -> str:
    """Give where the site lives; "" where it has no address yet."""
    return _published(corpus, "")[0]


def _published(corpus: str, head: str) -> tuple[str, Path | None]:
    """Give where the site lives, and the folder of the one that was built, where the head is the files as they are."""
    from urllib.parse import urlsplit

    from sitegen.config import PLACEHOLDER_HOST, load_settings

    try:
        settings = load_settings(corpus)
    except SitegenError:
        return "", None
    address = settings.site_url
    is_built = not head and settings.out_dir.is_dir()
    return "" if urlsplit(address).hostname == PLACEHOLDER_HOST else address, settings.out_dir if is_built else None


def _against(base: Side, side: Side) -> tuple[Problem, ...]:
    from sitegen.comparison import compare
    from sitegen.review import compared

    return compare(compared(base, side))


def _fix(side: Side, base: Side | None, folder: Path, *, to_stderr: bool) -> None:
    """Mend what has one right answer, and show what was written."""
    from sitegen.mending import mend, write_mended
    from sitegen.report.mended import mended_text
    from sitegen.text import plural

    files = mend(side, base, now())
    write_mended(files, folder)
    click.echo(mended_text(files), nl=False, err=to_stderr)
    click.echo(f"{plural(len(files), 'file')} mended" if files else "Nothing to mend.", err=True)


@click.command(name="topics")
@CORPUS
@click.option("--format", "output", type=click.Choice(["text", "json"]), default="text", help="How to report.")
@click.argument("ids", nargs=-1, metavar="[ID...]")
def topics_command(corpus: str, output: str, ids: tuple[str, ...]) -> None:
    """Suggest topics for papers, with the phrases that speak for them."""
    from sitegen import report
    from sitegen.topics import profile, suggest_topics

    loaded = loaded_corpus(Path(corpus or "corpus"))
    by_id = {paper.id: paper for paper in loaded.papers}
    unknown = [name for name in ids if name not in by_id]
    if unknown:
        raise SitegenError(f"no paper has the id {', '.join(unknown)}")
    ready = profile(loaded.topics)
    found = {name: suggest_topics(by_id[name].title, by_id[name].abstract, ready) for name in ids or by_id}
    click.echo(report.topics_json(found) if output == "json" else report.topics_text(found), nl=False)
