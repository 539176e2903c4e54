"""The corpus as a pull request would have it: the base's own folder, and the changed files put into it as data.

A stranger chose the names, number and sizes of these files. Only records and settings are taken, by names that lead
nowhere else; each is written as a regular file that was not there, so that what is a link in the fork is none here.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sitegen.corpus import RECORD_CAP, SETTINGS_CAP
from sitegen.github.api import AnswerTooLargeError, ApiError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sitegen.github.api import Api
    from sitegen.github.event import FinishedRun

# Each file costs one of the thousand questions that a repository's workflows have in an hour.
FILES_CAP = 200
TOTAL_CAP = 8 * 1024 * 1024
# GitHub lists at most 3,000 files of a pull request.
_PAGES = 30
# The name of a record's file, relative to the repository: it can lead nowhere else.
RECORD_NAME = r"corpus/papers/(?:[A-Za-z0-9_-]{1,80}/){0,4}[a-z0-9][a-z0-9-]{0,79}\.yaml"
_NAME = re.compile(rf"corpus/(?:corpus|topics)\.yaml|{RECORD_NAME}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Pull:
    """An open pull request: who opened it, the commit that was run, and who was asked to review it already."""

    number: int
    author: str
    sha: str
    draft: bool = False
    asked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file of a pull request that was not looked at, and why."""

    path: str
    why: str


@dataclass(frozen=True, slots=True)
class Proposed:
    """What of a pull request is about the corpus: the paths that were put in place or taken away, and the rest."""

    changed: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


def pull_of(api: Api, run: FinishedRun) -> Pull | None:
    """Give the open pull request into the base whose newest commit a run was of; None where there is none any more."""
    if not run.owner or not run.branch:
        return None
    query = {"state": "open", "base": run.base, "head": f"{run.owner}:{run.branch}"}
    for found in api.each("pulls", query):
        if found["head"]["sha"] == run.sha and found["base"]["ref"] == run.base:
            asked = [one["login"] for one in found.get("requested_reviewers") or []]
            asked += [one["slug"] for one in found.get("requested_teams") or []]
            return Pull(
                found["number"],
                str((found.get("user") or {}).get("login") or ""),
                run.sha,
                bool(found.get("draft")),
                tuple(asked),
            )
    return None


def put_proposed(api: Api, number: int, folder: Path) -> Proposed:
    """Make the copy of a corpus at `folder`/corpus what a pull request makes of it; nothing else is written."""
    changed: list[str] = []
    left_out: list[LeftOut] = []
    left = TOTAL_CAP
    for found in api.each(f"pulls/{number}/files", pages=_PAGES):
        for path, blob in _steps(found):
            why = _refusal(path, len(changed), left)
            if not why:
                content, why = _content(api, path, blob) if blob else (None, "")
            if why:
                left_out.append(LeftOut(path, why))
                continue
            _put(folder / path, content)
            changed.append(path)
            left -= len(content or b"")
    return Proposed(tuple(changed), tuple(left_out))


def _steps(found: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Give the paths in the corpus that one changed file is about, each with its new blob; "" where it goes."""
    path, status = str(found["filename"]), str(found["status"])
    before = str(found.get("previous_filename") or "")
    if status == "renamed" and before.startswith("corpus/"):
        yield before, ""
    if path.startswith("corpus/"):
        yield path, "" if status == "removed" else str(found["sha"])


def _refusal(path: str, count: int, left: int) -> str:
    """Give why a file is not taken, "" where it is."""
    if not _NAME.fullmatch(path):
        return "is no place for a record or settings"
    if count >= FILES_CAP:
        return f"comes after {FILES_CAP} others"
    return "comes after 8 MiB of others" if left <= 0 else ""


def _content(api: Api, path: str, blob: str) -> tuple[bytes | None, str]:
    """Give a blob's bytes, or why they are not taken."""
    cap = RECORD_CAP if "/papers/" in path else SETTINGS_CAP
    if not re.fullmatch(r"[0-9a-f]{40}|[0-9a-f]{64}", blob):
        return None, "is no file"
    try:
        # Base64 takes four signs for three bytes and breaks its lines; the rest of the answer is small.
        found = api.get(f"git/blobs/{blob}", cap=cap * 3 // 2 + 4096)
        content = base64.b64decode(found["content"])
    except AnswerTooLargeError:
        return None, f"is larger than {cap // 1024:,} KiB"
    except ApiError as fault:
        if fault.status not in (404, 422):
            raise
        return None, "is no file"
    return (content, "") if len(content) <= cap else (None, f"is larger than {cap // 1024:,} KiB")


def _put(path: Path, content: bytes | None) -> None:
    """Write a file anew, or take it away; what stood there is never written through."""
    path.unlink(missing_ok=True)
    if content is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(content)
