"""The doors that the workflows knock at: `python -m sitegen.github review`, and the like.

What they need to know the runner puts into the environment: GITHUB_API_URL, GITHUB_REPOSITORY, GITHUB_SHA and
GITHUB_EVENT_PATH; the workflow adds GITHUB_TOKEN.
"""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from pathlib import Path

import click

from sitegen.cli.clock import now
from sitegen.cli.corpus_option import loaded_corpus
from sitegen.cli.faults import Commands
from sitegen.cli.questions import published_url
from sitegen.cli.records import suggester
from sitegen.collector import collector_at_rest
from sitegen.github.add_papers import add_papers
from sitegen.github.api import Api
from sitegen.github.care import MARK, TITLE, asked, care_report, links_of, to_ask
from sitegen.github.event import finished_run, labelled_issue
from sitegen.github.handover import read_handover, write_handover
from sitegen.github.import_papers import CORPUS, import_papers
from sitegen.github.kept import keep_issue, kept_issue
from sitegen.github.pull_review import review_pull
from sitegen.github.reach import Reach
from sitegen.ingest import Import, ingest
from sitegen.problems import SitegenError
from sitegen.report.harmless import logged
from sitegen.text import plural


@click.group(cls=Commands)
def main() -> None:
    """Do what a workflow of GitHub's was started for."""


@main.command(name="review")
@collector_at_rest()
def review_command() -> None:
    """Keep one comment on the pull request of a finished run up to date, and ask curators for their review."""
    run = finished_run(Path(_known("GITHUB_EVENT_PATH")))
    with tempfile.TemporaryDirectory() as folder:
        _say(review_pull(_api(), run, Path(folder), published_url("")))


@main.command(name="import")
@click.argument("folder", type=click.Path(path_type=Path))
def import_command(folder: Path) -> None:
    """Import the papers of a labelled issue, and hand records and report over in FOLDER; needs no token."""
    issue = labelled_issue(Path(_known("GITHUB_EVENT_PATH")))
    corpus = loaded_corpus(CORPUS)

    def imported(name: str, text: str) -> Import:
        named, suggest = [(name, text)], suggester(corpus)
        return ingest(named, corpus, format_name="", added=now(), year="", announce=True, suggest=suggest)

    found = import_papers(issue, imported)
    write_handover(folder, found)
    _say((found.fault or f"{plural(len(found.files), 'record')} handed over",))


@main.command(name="add")
@click.argument("folder", type=click.Path(path_type=Path))
def add_command(folder: Path) -> None:
    """Open a pull request with the records that another job left in FOLDER, and answer in the labelled issue."""
    issue = labelled_issue(Path(_known("GITHUB_EVENT_PATH")))
    _say((add_papers(_api(), issue, _known("GITHUB_SHA"), read_handover(folder)),))


@main.command(name="care")
def care_command() -> None:
    """Look for dead links and for gaps in the records, and keep one issue that lists them."""
    corpus, api = loaded_corpus(CORPUS), _api()
    there = kept_issue(api, MARK)
    links = links_of(corpus)
    found = asked(to_ask(tuple(links), str((there or {}).get("body") or ""), now()), Reach().ask)
    body = care_report(corpus, links, found)
    keep_issue(api, there, MARK, TITLE, body)
    states = Counter(one.state for one in found.values())
    _say((f"{plural(len(found), 'link')} asked{''.join(f', {states[state]} {state}' for state in sorted(states))}",))


def _api() -> Api:
    return Api(_known("GITHUB_API_URL").rstrip("/"), _known("GITHUB_REPOSITORY"), _known("GITHUB_TOKEN"))


def _known(name: str) -> str:
    if value := os.environ.get(name):
        return value
    raise SitegenError(f"the environment must hold {name}", "this runs in a workflow of GitHub's")


def _say(lines: tuple[str, ...]) -> None:
    for line in lines:
        click.echo(logged(line))


if __name__ == "__main__":
    main(prog_name="sitegen.github")
