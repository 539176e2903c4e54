"""New records on a branch of their own, and a pull request for them, all through the API: nothing is pushed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sitegen.github.api import Api
    from sitegen.output import Output


def put_on_branch(api: Api, branch: str, start: str, files: Iterable[Output], message: str) -> bool:
    """Let a branch be one commit with these files after the commit `start`; false where others have worked on it.

    Paths are relative to the repository. A branch that is there is set anew as long as its newest commit is ours, which
    is told by its message.
    """
    there = [one["object"]["sha"] for one in api.get(f"git/matching-refs/heads/{branch}") if _names(one, branch)]
    if there and api.get(f"git/commits/{there[0]}")["message"] != message:
        return False
    entries = [
        {"path": file.path, "mode": "100644", "type": "blob", "content": file.body.decode("utf-8")} for file in files
    ]
    base = api.get(f"git/commits/{start}")["tree"]["sha"]
    tree = api.send("POST", "git/trees", {"base_tree": base, "tree": entries})["sha"]
    commit = api.send("POST", "git/commits", {"message": message, "tree": tree, "parents": [start]})["sha"]
    if there:
        api.send("PATCH", f"git/refs/heads/{branch}", {"sha": commit, "force": True})
    else:
        api.send("POST", "git/refs", {"ref": f"refs/heads/{branch}", "sha": commit})
    return True


def _names(found: dict[str, str], branch: str) -> bool:
    return found["ref"] == f"refs/heads/{branch}"


def keep_pull(api: Api, branch: str, base: str, title: str, body: str) -> int:
    """Open a pull request for a branch, or renew the words of the one that is open; gives its number."""
    owner = api.repository.partition("/")[0]
    for found in api.get("pulls", {"state": "open", "base": base, "head": f"{owner}:{branch}"}):
        api.send("PATCH", f"pulls/{found['number']}", {"title": title, "body": body})
        return int(found["number"])
    opened = api.send("POST", "pulls", {"title": title, "body": body, "head": branch, "base": base})
    return int(opened["number"])
