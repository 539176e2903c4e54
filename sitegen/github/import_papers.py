"""The recipe for an issue's text, with no right at all: import it, and hand over records and report.

body -papers_in-> text -ingest-> records -> Handover; each way that it can end is in it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen import report
from sitegen.corpus import RECORD_CAP, dump_paper
from sitegen.github.handover import Handover
from sitegen.github.issue_text import papers_in
from sitegen.github.pull_files import FILES_CAP
from sitegen.ingest import Import, record_path
from sitegen.output import Output
from sitegen.problems import SitegenError
from sitegen.text import plural

if TYPE_CHECKING:
    from sitegen.github.event import LabelledIssue

Ingest = Callable[[str, str], Import]

CORPUS = Path("corpus")


def import_papers(issue: LabelledIssue, ingest: Ingest) -> Handover:
    """Import what an issue holds; `ingest` imports a text with its name into the corpus. Nothing is written."""
    try:
        found = _imported(issue, ingest)
        files = tuple(Output(f"{CORPUS}/{record_path(paper, CORPUS)}", dump_paper(paper)) for paper in found.papers)
        _must_fit(files)
    except SitegenError as fault:
        return Handover(fault=fault.message)
    return Handover(files, report.import_text(found), bool(found.rejected), bool(found.known))


def _imported(issue: LabelledIssue, ingest: Ingest) -> Import:
    text = papers_in(issue.body)
    if not text:
        raise SitegenError("the issue holds no text to import")
    return ingest(f"issue-{issue.number}.txt", text)


def _must_fit(files: tuple[Output, ...]) -> None:
    """Refuse what the other job would not take, while there is somebody to tell."""
    if len(files) > FILES_CAP:
        raise SitegenError(f"an issue may bring at most {plural(FILES_CAP, 'paper')}, not {len(files):,}")
    for file in files:
        if len(file.body) > RECORD_CAP:
            raise SitegenError(f"a record must have at most {RECORD_CAP // 1024} KiB, but {file.path} has more")
