"""One comment, or one issue, that is kept up to date: known by a mark that nobody sees and by who wrote it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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


def kept_issue(api: Api, mark: str) -> dict[str, Any] | None:
    """Give the marked issue, open or closed; None where there is none yet."""
    for found in api.each("issues", {"state": "all", "creator": AUTHOR}):
        ours = (found.get("user") or {}).get("login") == AUTHOR
        if ours and "pull_request" not in found and str(found.get("body") or "").startswith(mark):
            return dict(found)
    return None


def keep_issue(api: Api, there: dict[str, Any] | None, mark: str, title: str, body: str) -> None:
    """Let the marked issue, which is `there` already or None, say `body` and be open; without words it is closed."""
    words = f"{mark}\n{body or 'Nothing needs care.'}"
    state = "open" if body else "closed"
    if not there:
        if body:
            api.send("POST", "issues", {"title": title, "body": words})
    elif (there["body"], there["state"]) != (words, state):
        api.send("PATCH", f"issues/{there['number']}", {"body": words, "state": state})
