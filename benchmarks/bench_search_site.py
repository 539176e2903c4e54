"""A site with nothing but search: the index of many papers, the scripts, and a server that counts what it sends."""

from __future__ import annotations

import gzip
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import mkdocs

from sitegen.frame import GENERATED
from sitegen.machine_pages import PageText
from sitegen.pages import Listing, SearchPage
from sitegen.render.search import lunr_index, render_search
from sitegen.scripts import ENTRY, lunr_js, search_app, small_script
from sitegen.topic_pages import topic_links

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sitegen.model import Paper, Topic

ROOT = Path(__file__).parents[1]
ASSETS = ROOT / "theme" / "assets"
STOCK_LUNR = Path(mkdocs.__file__).parent / "contrib/search/templates/search/lunr.js"
_TYPES = {".js": "text/javascript", ".html": "text/html; charset=utf-8", ".json": "application/json"}
# What every static host compresses on its way; the index comes compressed, and is sent as it stands.
_COMPRESSED_BY_HOSTS = {".js", ".json", ".html", ".css"}

PAGE = """<!doctype html><meta charset="utf-8"><title>bench</title><link rel="icon" href="data:,">
<script src="assets/lunr.js"></script>
<script type="module">
import { SearchClient } from "./assets/search-client.js";
window.make = () => new SearchClient(new URL("./", location));
window.cold = async (query) => {
  window.client = make();
  const { papers } = await client.search(query);
  await client.records(papers.subarray(0, 10));
};
window.next = async (query) => client.records((await client.search(query)).papers.subarray(0, 10));
window.compare = async (queries) => {
  window.refs ??= [...new Set(Object.keys(full.fieldVectors).map((ref) => ref.slice(ref.indexOf("/") + 1)))];
  window.client ??= make();
  let same = 0;
  const differing = [];
  for (const query of queries) {
    let truth = [], message = "";
    try { truth = full.search(query); } catch (error) { message = error.message; }
    const answer = await client.search(query);
    if (answer.ran && !truth.length) truth = full.search(answer.ran);
    const equal = message === answer.message && truth.length === answer.papers.length &&
      truth.every((hit, at) => hit.ref === refs[answer.papers[at]] && hit.score === answer.scores[at]);
    if (equal) same++; else differing.push(query);
  }
  return [same, differing];
};
window.lost = async (words) => {
  window.client ??= make();
  const missing = [];
  for (const [word, ordinal] of words) {
    if (!(await client.search(word)).papers.includes(ordinal)) missing.push(word);
  }
  return missing;
};
window.keystrokes = async (texts) => {
  const took = [];
  for (const text of texts) {
    const began = performance.now();
    await client.suggest(text, 8);
    took.push(performance.now() - began);
  }
  return took;
};
window.ready = true;
</script>"""


def listings(papers: Sequence[Paper], topics: Sequence[Topic]) -> tuple[Listing, ...]:
    """Give papers with the links of their topics."""
    links = topic_links(topics)
    return tuple(Listing(paper, f"papers/{paper.id}/", tuple(links[slug] for slug in paper.topics)) for paper in papers)


def write_search_site(folder: Path, papers: Sequence[Listing], topics: Sequence[Topic]) -> None:
    """Write the index, the full index of lunr.js and a page that has the client."""
    links = tuple(topic_links(topics).values())
    outputs = render_search(SearchPage("search/current.json", tuple(papers), links, tuple(_own_pages())))
    files = {output.path: output.body for output in outputs}
    files["full.json"] = lunr_index(papers)
    files["index.html"] = PAGE.encode()
    files["assets/lunr.js"] = STOCK_LUNR.read_bytes()
    files |= {f"assets/{path.name}": path.read_bytes() for path in ASSETS.glob("search-*.js")}
    for path, body in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(body)


def _own_pages() -> Iterator[PageText]:
    """Give the project's own documentation as the hand-written pages."""
    for path in sorted((ROOT / "docs").rglob("*.md")):
        name = path.relative_to(ROOT / "docs")
        if not name.as_posix().startswith(GENERATED):
            yield PageText(path.stem, f"{name.with_suffix('')}/", path.read_text("utf-8"))


def script_sizes() -> dict[str, int]:
    """Give the bytes of the scripts as they are sent (gzip, level 9)."""
    entry = (ASSETS / ENTRY.removeprefix("assets/")).read_text("utf-8")
    modules = {f"assets/{path.name}": path.read_text("utf-8") for path in sorted(ASSETS.glob("search-*.js"))}
    outputs = {
        "lunr.js": lunr_js(),
        "search-app.js": search_app(modules, entry),
        "search.js": small_script(ENTRY, entry),
    }
    return {name: sent_length(Path(name), output.body) for name, output in outputs.items()}


def sent_length(path: Path, body: bytes) -> int:
    """Give how many bytes a host sends of a file."""
    return len(gzip.compress(body, 9, mtime=0)) if path.suffix in _COMPRESSED_BY_HOSTS else len(body)


@dataclass(slots=True)
class CountingServer:
    """A running server and what it has sent: bytes and files."""

    address: str
    sent: int = 0
    files: list[tuple[str, int]] = field(default_factory=list)


@contextmanager
def counting_server(folder: Path) -> Iterator[CountingServer]:
    """Serve a folder on the loopback; nothing may be kept by the browser."""
    server = CountingServer("")
    listening = ThreadingHTTPServer(("127.0.0.1", 0), partial(_CountedAnswer, server, folder))
    server.address = f"http://127.0.0.1:{listening.server_port}/"
    thread = threading.Thread(target=listening.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        listening.shutdown()
        listening.server_close()
        thread.join()


class _CountedAnswer(BaseHTTPRequestHandler):
    _lock = threading.Lock()

    def __init__(self, server: CountingServer, folder: Path, *arguments: Any) -> None:  # noqa: ANN401 (request, address, server)
        self._counts = server
        self._folder = folder
        super().__init__(*arguments)

    def do_GET(self) -> None:
        """Answer from the folder and count."""
        name = self.path.partition("?")[0].lstrip("/") or "index.html"
        path = self._folder / name
        body = path.read_bytes() if path.is_file() else b""
        with self._lock:
            self._counts.sent += (length := sent_length(path, body))
            self._counts.files.append((name, length))
        self.send_response(200 if path.is_file() else 404)
        self.send_header("Content-Type", _TYPES.get(path.suffix, "application/octet-stream"))
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing: the table is all."""
