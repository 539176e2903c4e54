"""How soon `sitegen serve` shows an edited record: it is started on loopback, and its page asked for over and over."""

from __future__ import annotations

import http.client
import signal
import socket
import subprocess
import tempfile
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from bench_project import BIN, add_papers

if TYPE_CHECKING:
    from pathlib import Path

    from sitegen.model import Paper

_PATIENCE = 600  # seconds
_REST = 3  # seconds between two edits, in which a watcher has looked again


def serve_seconds(folder: Path, paper: Paper, mount: str, edits: int) -> tuple[float, list[float]]:
    """Give the seconds until the server answers, and those from saving an edit of a paper until its page shows it.

    `mount` is the path below which the site stands. The paper is as before in the end.

    Raises:
        SystemExit: it does not answer.
    """
    port = _free_port()
    command = [str(BIN / "sitegen"), "serve", "--address", f"127.0.0.1:{port}"]
    page = f"{mount}papers/{paper.id}/"
    with tempfile.TemporaryFile() as words:
        start = time.perf_counter()
        server = subprocess.Popen(command, cwd=folder, stdout=words, stderr=words)
        try:
            _wait_for(port, page, "<h1", server)
            began = time.perf_counter() - start
            shown = []
            for number in range(edits):
                time.sleep(_REST)
                sentence = f"Seen by the server at edit {number}."
                add_papers(folder, [replace(paper, abstract=f"{paper.abstract} {sentence}")])
                saved = time.perf_counter()
                _wait_for(port, page, sentence, server)
                shown.append(time.perf_counter() - saved)
        finally:
            add_papers(folder, [paper])
            server.send_signal(signal.SIGINT)
            server.wait(_PATIENCE)
    return began, shown


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _wait_for(port: int, page: str, words: str, server: subprocess.Popen[bytes]) -> None:
    """Ask for a page until it holds the words."""
    end = time.perf_counter() + _PATIENCE
    while words not in _fetched(port, page):
        if server.poll() is not None or time.perf_counter() > end:
            raise SystemExit(f"sitegen serve does not show {words!r} on {page}")
        time.sleep(0.02)


def _fetched(port: int, page: str) -> str:
    """Give a page, "" while nobody answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
    try:
        connection.request("GET", page)
        return connection.getresponse().read().decode("utf-8", "replace")
    except (OSError, http.client.HTTPException):
        return ""
    finally:
        connection.close()
