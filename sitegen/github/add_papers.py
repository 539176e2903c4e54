"""The recipe for imported papers: put the records on a branch, ask for a merge, answer in the issue.

Handover -> branch -> pull request; each way that it can end is told in the issue.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.github.api import ApiError
from sitegen.github.branch import keep_pull, put_on_branch
from sitegen.github.kept import keep_comment
from sitegen.report.harmless import fenced, markdown
from sitegen.text import plural, shorten

if TYPE_CHECKING:
    from sitegen.github.api import Api
    from sitegen.github.event import LabelledIssue
    from sitegen.github.handover import Handover

MARK = "<!-- sitegen: import -->"
# An issue holds 65,536 characters, and so does an answer.
_REPORT = 50_000
_AGAIN = "Edit the first text of this issue; a maintainer takes the label `import` away and puts it back."


def add_papers(api: Api, issue: LabelledIssue, start: str, found: Handover) -> str:
    """Put what was imported of an issue on a branch that begins at the commit `start`, and answer; gives a log's line.

    Raises:
        ApiError: GitHub refuses it.
    """
    if found.fault:
        return _answer(api, issue, f"Nothing was imported: {markdown(shorten(found.fault, 500))}.\n\n{_AGAIN}")
    told = fenced(found.told, _REPORT)
    rejected = f"\n\nSome lines could not be read. {_AGAIN}" if found.rejected else ""
    if not found.files:
        why = "all of it is in the corpus already" if found.known else "no paper was found in it"
        return _answer(api, issue, f"Nothing was imported: {why}.\n\n{told}{rejected}")
    branch = f"add/issue-{issue.number}"
    if not put_on_branch(api, branch, start, found.files, f"Add papers from issue {issue.number}"):
        why = f"Somebody has worked on the branch `{branch}`, so nothing was imported again. Delete it, or go on there."
        return _answer(api, issue, why)
    try:
        number = keep_pull(api, branch, issue.base, _title(found, issue), _description(found, issue, told))
    except ApiError as fault:
        _answer(api, issue, f"The records are on the branch `{branch}`; a maintainer opens the pull request.\n\n{told}")
        hint = "allow it: Settings, Actions, General, “Allow GitHub Actions to create and approve pull requests”"
        raise ApiError(f"{fault.message}; {hint}", fault.status) from fault
    return _answer(api, issue, f"Thank you. A curator reads the records in #{number}.\n\n{told}{rejected}")


def _title(found: Handover, issue: LabelledIssue) -> str:
    return f"Add {plural(len(found.files), 'record')} from issue {issue.number}"


def _description(found: Handover, issue: LabelledIssue, told: str) -> str:
    """Give the pull request's own words: whose it is, what the import says, and what a curator does now."""
    ends = f"Part of #{issue.number}" if found.rejected else f"Closes #{issue.number}"
    return (
        f"{ends}. What the import says:\n\n{told}\n\nWhat to do next:\n\n"
        "- let the checks run: they wait for the approval of somebody who may write here.\n"
        "- read the records. A program proposed their topics and kind, and some titles: correct them on this branch.\n"
        "- merge."
    )


def _answer(api: Api, issue: LabelledIssue, words: str) -> str:
    keep_comment(api, issue.number, MARK, words)
    return f"#{issue.number}: {words.partition(chr(10))[0]}"
