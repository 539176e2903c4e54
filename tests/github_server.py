"""GitHub's API on the loopback: a real HTTP server that keeps what it is told and answers as the real one documents."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from sitegen.github.api import Api

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

NO_JSON = "no JSON"
BOT = "github-actions[bot]"
TOKEN = "a token of the test"  # noqa: S105 (it opens nothing)


@dataclass
class GitHub:
    """One repository, as far as the workflows see it; `asked` holds each request: method, path and query, body."""

    pulls: list[dict[str, Any]] = field(default_factory=list)
    files: list[dict[str, Any]] = field(default_factory=list)
    blobs: dict[str, bytes] = field(default_factory=dict)
    comments: list[dict[str, Any]] = field(default_factory=list)
    issues: list[dict[str, Any]] = field(default_factory=list)
    reviews: list[dict[str, Any]] = field(default_factory=list)
    commits: dict[str, dict[str, Any]] = field(default_factory=dict)
    trees: list[dict[str, Any]] = field(default_factory=list)
    refs: dict[str, str] = field(default_factory=dict)
    strangers: set[str] = field(default_factory=set)
    opens_pulls: bool = True
    asked: list[tuple[str, str, Any]] = field(default_factory=list)
    address: str = ""

    @property
    def api(self) -> Api:
        return Api(self.address, "ada/papers", TOKEN)

    @property
    def written(self) -> list[tuple[str, str, Any]]:
        return [one for one in self.asked if one[0] != "GET"]

    def change(self, path: str, body: bytes | str = b"", status: str = "added", before: str = "") -> None:
        """Let the pull request change a file."""
        content = body.encode() if isinstance(body, str) else body
        sha = hashlib.sha1(content, usedforsecurity=False).hexdigest()
        self.blobs[sha] = content
        moved = {"previous_filename": before} if before else {}
        self.files.append({"filename": path, "status": status, "sha": sha, **moved})

    def answer(self, method: str, path: str, query: dict[str, str], body: Any) -> tuple[int, Any]:
        """Give the status and JSON for a request to the repository; the routes are tried from top to bottom."""
        for wanted, pattern, route in self._routes():
            match = re.fullmatch(pattern, path)
            if wanted == method and match:
                return route(match, query, body)
        return 404, {"message": "Not Found"}

    def _routes(self) -> list[tuple[str, str, Callable[[re.Match[str], dict[str, str], Any], tuple[int, Any]]]]:
        return [
            ("GET", r"pulls", lambda _, query, __: (200, page(self._pulls(query), query))),
            ("GET", r"pulls/\d+/files", lambda _, query, __: (200, page(self.files, query))),
            ("GET", r"pulls/\d+/reviews", lambda _, query, __: (200, page(self.reviews, query))),
            ("GET", r"git/blobs/(\w+)", lambda match, _, __: self._blob(match[1])),
            ("GET", r"issues/\d+/comments", lambda _, query, __: (200, page(self.comments, query))),
            ("POST", r"issues/\d+/comments", lambda _, __, body: added(self.comments, body)),
            ("PATCH", r"issues/comments/(\d+)", lambda match, _, body: changed(self.comments, match[1], body)),
            ("POST", r"pulls/\d+/requested_reviewers", lambda _, __, body: self._request(body)),
            ("GET", r"git/commits/(\w+)", lambda match, _, __: (200, self.commits[match[1]])),
            ("POST", r"git/trees", lambda _, __, body: self._tree(body)),
            ("POST", r"git/commits", lambda _, __, body: self._commit(body)),
            ("GET", r"git/matching-refs/heads/(.+)", lambda match, _, __: (200, self._matching(match[1]))),
            ("POST", r"git/refs", lambda _, __, body: self._ref(body["ref"].removeprefix("refs/heads/"), body, 201)),
            ("PATCH", r"git/refs/heads/(.+)", lambda match, _, body: self._ref(match[1], body, 200)),
            ("POST", r"pulls", lambda _, __, body: self._open_pull(body)),
            ("PATCH", r"pulls/(\d+)", lambda match, _, body: changed(self.pulls, match[1], body, "number")),
            ("GET", r"issues", lambda _, query, __: (200, page(self._issues(query), query))),
            ("POST", r"issues", lambda _, __, body: added(self.issues, {"state": "open", **body})),
            ("PATCH", r"issues/(\d+)", lambda match, _, body: changed(self.issues, match[1], body, "number")),
        ]

    def _pulls(self, query: dict[str, str]) -> list[dict[str, Any]]:
        return [one for one in self.pulls if one.get("head", {}).get("label", query.get("head")) == query.get("head")]

    def _issues(self, query: dict[str, str]) -> list[dict[str, Any]]:
        return [one for one in self.issues if one["user"]["login"] == query["creator"]]

    def _blob(self, sha: str) -> tuple[int, Any]:
        if sha not in self.blobs:
            return 404, {"message": "Not Found"}
        return 200, {"content": base64.encodebytes(self.blobs[sha]).decode(), "encoding": "base64"}

    def _request(self, body: dict[str, list[str]]) -> tuple[int, Any]:
        names = {name for names in body.values() for name in names}
        return (
            (422, {"message": "Reviews may only be requested from collaborators."})
            if names & self.strangers
            else (
                201,
                {},
            )
        )

    def _tree(self, body: Any) -> tuple[int, Any]:
        self.trees.append(body)
        return 201, {"sha": f"tree{len(self.trees)}"}

    def _commit(self, body: Any) -> tuple[int, Any]:
        sha = f"{len(self.commits):040x}"
        self.commits[sha] = {**body, "tree": {"sha": body["tree"]}}
        return 201, {"sha": sha}

    def _matching(self, prefix: str) -> list[dict[str, Any]]:
        found = sorted((name, sha) for name, sha in self.refs.items() if name.startswith(prefix))
        return [{"ref": f"refs/heads/{name}", "object": {"sha": sha}} for name, sha in found]

    def _ref(self, name: str, body: Any, status: int) -> tuple[int, Any]:
        if (status == 200) != (name in self.refs):
            return 422, {"message": "Reference already exists"}
        self.refs[name] = body["sha"]
        return status, {}

    def _open_pull(self, body: Any) -> tuple[int, Any]:
        if not self.opens_pulls:
            return 403, {"message": "GitHub Actions is not permitted to create or approve pull requests."}
        return added(self.pulls, {**body, "head": {"label": f"ada:{body['head']}"}}, 70)


def page(found: list[Any], query: dict[str, str]) -> list[Any]:
    """Give one page of a list, as GitHub does: 30 to a page where nothing else is asked."""
    size, number = int(query.get("per_page", 30)), int(query.get("page", 1))
    return found[size * (number - 1) : size * number]


def added(kept: list[dict[str, Any]], body: Any, first: int = 1) -> tuple[int, Any]:
    number = first + len(kept)
    kept.append({"id": number, "number": number, "user": {"login": BOT, "type": "Bot"}, **body})
    return 201, kept[-1]


def changed(kept: list[dict[str, Any]], name: str, body: Any, key: str = "id") -> tuple[int, Any]:
    (found,) = (one for one in kept if str(one[key]) == name)
    found.update(body)
    return 200, found


@contextmanager
def running() -> Iterator[GitHub]:
    """Give an empty repository that is served until the block ends."""
    hub = GitHub()

    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            words = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            body = json.loads(words) if words else None
            inside = parts.path.removeprefix("/repos/ada/papers/")
            hub.asked.append((self.command, inside + (f"?{parts.query}" if parts.query else ""), body))
            told: Any
            if self.headers["Authorization"] != f"Bearer {TOKEN}":
                status, told = 401, {"message": "Bad credentials"}
            elif inside == "moved":
                status, told = 301, {"message": "Moved Permanently"}
            elif inside == "words":
                status, told = 200, NO_JSON
            else:
                query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
                status, told = hub.answer(self.command, inside, query, body)
            self.send_response(status)
            if status == 301:
                self.send_header("Location", f"{hub.address}/repos/ada/papers/pulls")
            self.end_headers()
            self.wfile.write(b"no JSON" if told == NO_JSON else json.dumps(told).encode())

        def do_POST(self) -> None:
            self.do_GET()

        def do_PATCH(self) -> None:
            self.do_GET()

        def log_message(self, *_: object) -> None:
            """Stay silent: pytest's output is for its own words."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Door) as server:
        hub.address = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield hub
        finally:
            server.shutdown()
            thread.join()


def door(github: GitHub, base: Path, command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run one of the commands of the workflows as they do."""
    known = {
        "GITHUB_API_URL": github.address,
        "GITHUB_REPOSITORY": "ada/papers",
        "GITHUB_TOKEN": github.api.token,
        "no_proxy": "*",
    }
    words = [sys.executable, "-m", "sitegen.github", *command.split()]
    return subprocess.run(
        words, cwd=base, env={**os.environ, **known, **environment}, capture_output=True, text=True, check=False
    )
