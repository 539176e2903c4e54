"""One comment that is kept up to date, known by a mark that nobody sees and by who wrote it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sitegen.github.api import Api

# Who a workflow's token writes as. A mark alone could be anybody's.
AUTHOR = "github-actions[bot]"


def keep_comment(api: Api, number: int, mark: str, body: str, *, begin: bool = True) -> None:
    """Let the marked comment of an issue or pull request say `body`; where `begin` is false, none is begun."""
    words = f"{mark}\n{body}"
    for found in api.each(f"issues/{number}/comments"):
        if (found.get("user") or {}).get("login") == AUTHOR and str(found.get("body") or "").startswith(mark):
            if found["body"] != words:
                api.send("PATCH", f"issues/comments/{found['id']}", {"body": words})
            return
    if begin:
        api.send("POST", f"issues/{number}/comments", {"body": words})
