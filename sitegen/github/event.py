"""What made a workflow run, from the file that the runner wrote: values of the expected types, or a fault in words."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sitegen.problems import SitegenError

if TYPE_CHECKING:
    from pathlib import Path

_EVENT_CAP = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class FinishedRun:
    """A run of the unprivileged workflow: the commit it was of, whose branch that is, and the branch that it is for."""

    sha: str
    owner: str
    branch: str
    base: str


@dataclass(frozen=True, slots=True)
class LabelledIssue:
    """An issue as it was when it got its label, and the branch that papers are added to; `body` may be anything."""

    number: int
    body: str
    base: str


def finished_run(path: Path) -> FinishedRun:
    """Read the event of a `workflow_run`; `owner` is "" where the fork is gone.

    Raises:
        SitegenError: the file holds no such event.
    """
    event = _event(path)
    run = _inside(event, "workflow_run")
    owner = ((run.get("head_repository") or {}).get("owner") or {}).get("login") or ""
    found = FinishedRun(str(run.get("head_sha")), str(owner), str(run.get("head_branch") or ""), _base(event))
    if not re.fullmatch(r"[0-9a-f]{40}", found.sha):
        raise SitegenError("the event must name the commit that the run was of, by 40 hexadecimal digits")
    return found


def labelled_issue(path: Path) -> LabelledIssue:
    """Read the event of a label that was put on an issue.

    Raises:
        SitegenError: the file holds no such event.
    """
    event = _event(path)
    issue = _inside(event, "issue")
    number = issue.get("number")
    if type(number) is not int or number < 1:
        raise SitegenError("the event must name the number of its issue")
    return LabelledIssue(number, str(issue.get("body") or ""), _base(event))


def _event(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            found = json.loads(file.read(_EVENT_CAP))
    except (OSError, ValueError) as fault:
        raise SitegenError("GITHUB_EVENT_PATH must name the event's file, which is JSON") from fault
    if not isinstance(found, dict):
        raise SitegenError("the event's file must hold one JSON object")
    return found


def _inside(event: dict[str, Any], name: str) -> dict[str, Any]:
    found = event.get(name)
    if not isinstance(found, dict):
        raise SitegenError(f"this command is for events that have a {name}")
    return found


def _base(event: dict[str, Any]) -> str:
    return str(_inside(event, "repository").get("default_branch") or "main")
