"""The recipe for a pull request: find it, put its files beside the base's, compare, comment, ask for reviews."""

from __future__ import annotations

import contextlib
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.comparison import compare
from sitegen.github.kept import keep_comment
from sitegen.github.pull_files import pull_of, put_proposed
from sitegen.github.review_comment import MARK, NOTHING, review_comment, unreadable
from sitegen.github.reviewers import ask_reviewers
from sitegen.problems import SitegenError
from sitegen.review import compared, review
from sitegen.sides import load_side
from sitegen.text import plural

if TYPE_CHECKING:
    from sitegen.corpus import Known
    from sitegen.github.api import Api
    from sitegen.github.event import FinishedRun

CORPUS = Path("corpus")


def review_pull(api: Api, run: FinishedRun, folder: Path, site_url: str) -> tuple[str, ...]:
    """Comment on the pull request that a run was of; gives lines for the log.

    The base's corpus is the one in the current directory; `folder` is an empty one to put the other into.
    """
    pull = pull_of(api, run)
    if not pull:
        return ("the run was of no pull request that is open and has no newer commit",)
    shutil.copytree(CORPUS, folder / CORPUS, symlinks=True)
    proposed = put_proposed(api, pull.number, folder)
    if not proposed.changed and not proposed.left_out:
        keep_comment(api, pull.number, MARK, NOTHING, begin=False)
        return (f"#{pull.number} changes nothing of the corpus",)
    known: Known = {}
    base = replace(load_side("", CORPUS, known), name=run.base)
    # Its files are named as they are in the pull request.
    try:
        with contextlib.chdir(folder):
            head = replace(load_side("", CORPUS, known), name=f"#{pull.number}")
    except SitegenError as fault:
        keep_comment(api, pull.number, MARK, unreadable(fault.message, pull.sha))
        return (f"#{pull.number} leaves no corpus to look at: {fault.message}",)
    found = review(base, head, site_url)
    problems = tuple(sorted((*head.problems, *compare(compared(base, head, found)))))
    keep_comment(api, pull.number, MARK, review_comment(found, problems, proposed, pull.sha))
    refused = ask_reviewers(api, pull, found.curators)
    return (f"#{pull.number}: {plural(len(proposed.changed), 'file')} of the corpus looked at", *refused)
