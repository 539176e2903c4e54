"""A headless Chromium and a small server for the tests that need a real browser."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import tempfile
import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# A browser tells sites apart by their port: it keeps pages and stored words of a port whose server has ended.
_PORTS_OF_BEFORE: set[int] = set()
# What hosts compress on its way.
_COMPRESSED = frozenset((".css", ".html", ".js", ".json", ".md", ".svg", ".txt", ".xml"))
_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1280,1000",
    "--lang=en-GB",
)


@contextmanager
def chromium(*flags: str) -> Iterator[Chrome]:
    """Start Chromium on a fresh profile with console and network logs; where there is none, the test is skipped."""
    browser, driver = _found("chromium", "chromium-browser", "google-chrome"), _found("chromedriver")
    options = ChromeOptions()
    options.binary_location = browser
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        for flag in (*_FLAGS, *flags, f"--user-data-dir={profile}"):
            options.add_argument(flag)
        chrome = Chrome(options, Service(driver))
        try:
            chrome.set_script_timeout(60)
            chrome.set_page_load_timeout(60)
            yield chrome
        finally:
            chrome.quit()


def _found(*names: str) -> str:
    """Give the first of the programs on the PATH; in continuous integration a missing one is a failure."""
    path = next(filter(None, map(shutil.which, names)), None)
    if path is None:
        words = f"no {names[0]} on this machine: the browser tests need Chromium and its driver"
        if os.environ.get("CI"):
            pytest.fail(words)
        pytest.skip(words)
    return path


def console_errors(chrome: Chrome) -> list[str]:
    """Give the errors and warnings in the console since the last call."""
    entries = chrome.get_log("browser")  # type: ignore[no-untyped-call]  # selenium leaves it untyped
    return [entry["message"] for entry in entries if entry["level"] in ("SEVERE", "WARNING")]


def requests(chrome: Chrome) -> list[str]:
    """Give the addresses requested since the last call; the browser's own (data:, chrome:, about:) are left out."""
    urls = [str(sent["request"]["url"]) for sent in _network(chrome, "requestWillBeSent")["requestWillBeSent"]]
    return [url for url in urls if urlsplit(url).scheme not in ("data", "chrome", "about", "blob")]


def transferred(chrome: Chrome) -> dict[str, int]:
    """Give the bytes that came over the network since the last call, heads of answers included, by address."""
    seen = _network(chrome, "requestWillBeSent", "loadingFinished")
    urls = {sent["requestId"]: str(sent["request"]["url"]) for sent in seen["requestWillBeSent"]}
    lengths = [(urls.get(end["requestId"], ""), int(end["encodedDataLength"])) for end in seen["loadingFinished"]]
    # What the browser had kept has no bytes; what it asked for before the last call is not this page's.
    return {url: length for url, length in lengths if url and length}


def _network(chrome: Chrome, *events: str) -> dict[str, list[Any]]:
    """Give the parameters of some events of the network since the last call."""
    entries = chrome.get_log("performance")  # type: ignore[no-untyped-call]  # selenium leaves it untyped
    messages = [json.loads(entry["message"])["message"] for entry in entries]
    return {
        event: [message["params"] for message in messages if message["method"] == f"Network.{event}"]
        for event in events
    }


def foreign(addresses: list[str], site: str) -> list[str]:
    """Give the addresses that are not on the site's host and port."""
    return [address for address in addresses if urlsplit(address).netloc != urlsplit(site).netloc]


@contextmanager
def serve(folder: Path, prefix: str = "/", *, kept_and_compressed: bool = False) -> Iterator[str]:
    """Serve a folder on the loopback under "/" or "/repo/"; gives the site's address, ending in the prefix.

    Like a static host: "404.html" of the folder answers for what is not there. Files are read at each request, unless
    they are kept and compressed, as hosts do for readers: gzip, and good for ten minutes.
    """
    answer = partial(_Answer, directory=str(folder), prefix=prefix, as_for_readers=kept_and_compressed)
    server = _on_a_new_port(answer)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{prefix}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _on_a_new_port(answer: Callable[..., SimpleHTTPRequestHandler]) -> ThreadingHTTPServer:
    """Give a server on a port that none of this process had before."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), answer)
    while server.server_port in _PORTS_OF_BEFORE:
        server.server_close()
        server = ThreadingHTTPServer(("127.0.0.1", 0), answer)
    _PORTS_OF_BEFORE.add(server.server_port)
    return server


class _Answer(SimpleHTTPRequestHandler):
    """Answers from a folder that stands at a prefix; what is outside the prefix is not there."""

    # As hosts set it: else what follows the head of an answer waits for the browser to confirm the head.
    disable_nagle_algorithm = True
    # Not the machine's table: some systems take .js for text/plain, which no browser runs as a module.
    extensions_map = {  # noqa: RUF012 (the base class declares it as a plain attribute)
        "": "application/octet-stream",
        ".css": "text/css",
        ".html": "text/html; charset=utf-8",
        ".js": "text/javascript",
        ".json": "application/json",
        ".md": "text/markdown; charset=utf-8",
        ".png": "image/png",
        ".svg": "image/svg+xml",
        ".txt": "text/plain; charset=utf-8",
        ".xml": "application/xml",
    }

    def __init__(self, *arguments: object, directory: str, prefix: str, as_for_readers: bool) -> None:
        self._prefix = prefix
        self._as_for_readers = as_for_readers
        # Hosts keep a connection open; the base class gives each answer one of its own.
        self.protocol_version = "HTTP/1.1" if as_for_readers else "HTTP/1.0"
        super().__init__(*arguments, directory=directory)  # type: ignore[arg-type]  # request, address, server

    def translate_path(self, path: str) -> str:
        if not path.startswith(self._prefix):
            return super().translate_path("/nothing/stands/outside/the/prefix")
        return super().translate_path("/" + path.removeprefix(self._prefix))

    def send_head(self) -> Any:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() and urlsplit(self.path).path.endswith("/") else path
        if not (self._as_for_readers and path.suffix in _COMPRESSED and path.is_file()):
            return super().send_head()
        body = gzip.compress(path.read_bytes(), 6, mtime=0)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return BytesIO(body)

    def list_directory(self, path: object) -> None:  # a host lists none
        del path
        self.send_error(404)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = os.path.join(self.directory, "404.html")  # noqa: PTH118 (the base class holds its folder as a string)
        if code != 404 or not os.path.exists(page):  # noqa: PTH110 (the same)
            super().send_error(code, message, explain)
            return
        with open(page, "rb") as file:  # noqa: PTH123 (the same)
            body = file.read()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "max-age=600" if self._as_for_readers else "no-cache")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing: a test's output is its own."""
