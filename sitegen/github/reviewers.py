"""Who is asked to review a pull request: the curators that the base names for the topics it touches."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sitegen.github.api import ApiError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sitegen.github.api import Api
    from sitegen.github.pull_files import Pull

# A name on GitHub, or a team of an organization, as curators are written in topics.yaml: "@ada", "@papers/vision".
_NAME = re.compile(r"@([A-Za-z0-9-]{1,39})(?:/([A-Za-z0-9_.-]{1,100}))?", re.ASCII)
_MOST = 10


def ask_reviewers(api: Api, pull: Pull, curators: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Ask each curator once, and none who was asked or has reviewed; gives a line for each that GitHub refused."""
    if pull.draft:
        return ()
    done = {name.casefold() for name in (pull.author, *pull.asked, *_reviewed(api, pull.number))}
    refused: list[str] = []
    for key, name in list(_wanted(curators, done))[:_MOST]:
        try:
            api.send("POST", f"pulls/{pull.number}/requested_reviewers", {key: [name]})
        except ApiError as fault:
            # Only who may read the repository can be asked: one who may not keeps nobody from the others.
            if fault.status not in (403, 404, 422):
                raise
            refused.append(fault.message)
    return tuple(refused)


def _reviewed(api: Api, number: int) -> Iterator[str]:
    for found in api.each(f"pulls/{number}/reviews"):
        yield str((found.get("user") or {}).get("login") or "")


def _wanted(curators: Mapping[str, Sequence[str]], done: set[str]) -> Iterator[tuple[str, str]]:
    """Give each new name once, with the key that a person or a team is asked by."""
    for names in curators.values():
        for name in names:
            match = _NAME.fullmatch(name)
            if match and (wanted := match[2] or match[1]).casefold() not in done:
                done.add(wanted.casefold())
                yield ("team_reviewers" if match[2] else "reviewers"), wanted
