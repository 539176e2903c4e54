"""A page with nothing but the search client, lunr.js and an index, and a server that can go wrong."""

from __future__ import annotations

import shutil
import threading
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from search_corpus import ASSETS, LUNR_JS, listings, search_page, write_scripts

from sitegen.render.search import lunr_index, render_search

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from selenium.webdriver import Chrome

    from sitegen.machine_pages import PageText
    from sitegen.model import Paper

_TYPES = {".js": "text/javascript", ".html": "text/html; charset=utf-8", ".json": "application/json"}
_PAGE = """<!doctype html><meta charset="utf-8"><title>bare</title><link rel="icon" href="data:,">
<script src="assets/stock-lunr.js"></script>
<script>window.stock = lunr; window.lunr = undefined;</script>
<script src="assets/lunr.js"></script>
<script type="module">
import { SearchClient } from "./assets/search-client.js";
window.make = (patience) => new SearchClient(new URL("./", location), { patience });
const failure = (error) => ({ kind: error.constructor.name, words: error.message });
window.told = (promise) => promise.then((found) => ({ found }), failure);
window.ready = true;
</script>"""


def write_bare(folder: Path, papers: Sequence[Paper], pages: Sequence[PageText] = ()) -> None:
    """Write the page, the scripts, the client's modules, the index and, as the oracle's, lunr.js and the full index."""
    (folder / "assets").mkdir(parents=True)
    for module in ASSETS.glob("search-*.js"):
        shutil.copy(module, folder / "assets")
    write_scripts(folder)
    shutil.copy(LUNR_JS, folder / "assets" / "stock-lunr.js")
    (folder / "index.html").write_text(_PAGE, encoding="utf-8")
    (folder / "full.json").write_bytes(lunr_index(listings(papers)))
    write_index(folder, papers, pages)


def write_index(folder: Path, papers: Sequence[Paper], pages: Sequence[PageText] = ()) -> None:
    """Write the index as a new build does: nothing of an older one stays."""
    shutil.rmtree(folder / "search", ignore_errors=True)
    for output in render_search(search_page(papers, pages)):
        target = folder / output.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(output.body)


def open_bare(chrome: Chrome, address: str) -> None:
    """Open the page and wait for its modules."""
    chrome.get(address)
    ask(chrome, "new Promise(done => { const look = () => window.ready ? done(1) : setTimeout(look, 5); look(); })")


def ask(chrome: Chrome, promise: str, *arguments: object) -> Any:
    """Give what a JavaScript expression comes to; the arguments are `args`."""
    return chrome.execute_async_script(
        "const args = [...arguments], done = args.pop(); "
        f"(async () => {promise})().then(done, error => done('thrown: ' + error))",
        *arguments,
    )


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server answers in place of a file: `missing` bytes are promised and never come."""

    body: bytes = b""
    status: int = 200
    missing: int = 0
    delay: float = 0


@dataclass(slots=True)
class Server:
    """A running server; `spoil` gives a path's reply from its right bytes and the number of times it was asked for."""

    address: str
    spoiled: dict[str, Callable[[bytes, int], Reply]] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)


@contextmanager
def serve_spoiled(folder: Path) -> Iterator[Server]:
    """Serve a folder at the root of a port of its own on the loopback."""
    server = Server("")
    listening = ThreadingHTTPServer(("127.0.0.1", 0), partial(_SpoiledAnswer, server, folder))
    server.address = f"http://127.0.0.1:{listening.server_port}/"
    thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        listening.shutdown()
        listening.server_close()
        thread.join()


class _SpoiledAnswer(BaseHTTPRequestHandler):
    def __init__(self, server: Server, folder: Path, *arguments: Any) -> None:
        self._server = server
        self._folder = folder
        super().__init__(*arguments)

    def do_GET(self) -> None:  # the base class's name
        path = self.path.partition("?")[0].lstrip("/") or "index.html"
        self._server.asked[path] += 1
        file = self._folder / path
        right = file.read_bytes() if file.is_file() else None
        reply = Reply(right) if right is not None else Reply(b"<p>not here", 404)
        if path in self._server.spoiled:
            reply = self._server.spoiled[path](right or b"", self._server.asked[path])
        time.sleep(reply.delay)
        self.send_response(reply.status)
        self.send_header("Content-Type", _TYPES.get(file.suffix, "application/octet-stream"))
        self.send_header("Content-Length", str(len(reply.body) + reply.missing))
        self.send_header("Cache-Control", "max-age=600" if reply.status == 200 else "no-store")
        self.end_headers()
        self.wfile.write(reply.body)
        if reply.missing:
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Say nothing: a test's output is its own."""
