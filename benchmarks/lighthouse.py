"""What Lighthouse says of the project's own site as a phone sees it: four scores a page, and what costs points.

Run it with the project's own Python: .venv/bin/python benchmarks/lighthouse.py [--installed FOLDER]
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bench_measure import machine
from bench_search_site import ROOT

from sitegen.build import build
from sitegen.config import settings_of
from sitegen.corpus import load_corpus

sys.path.append(str(ROOT / "tests"))
from projects import make_seed_project

if TYPE_CHECKING:
    from collections.abc import Iterator

LIGHTHOUSE = "lighthouse@13.5.0"
GATE = 95
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--ignore-certificate-errors"
)
# The paper is the one with the longest title.
PAGES = ("", "{paper}", "topics/llm-agents/", "search/?q=agents", "stats/", "browse/", "shelf/")


@dataclass(frozen=True, slots=True)
class Report:
    """The scores of a page, of 100 each, and the audits that cost points, with their words."""

    scores: tuple[int, ...]
    faults: tuple[str, ...]


def main() -> None:
    """Build the site, judge each page, print the table; ends with 1 where a score is below the gate."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--installed", type=Path, help="a folder where npm has installed Lighthouse (else a new one)")
    parser.add_argument("--only", action="append", help="a page, as in the table (else all; may be given repeatedly)")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        tool = asked.installed or _install(Path(place, "npm"))
        settings = settings_of(make_seed_project(Path(place, "project")) / "mkdocs.yml")
        build(settings, 1, lambda *_: None)
        paper = max(load_corpus(settings.corpus_dir)[0].papers, key=lambda one: len(one.title))
        print(
            f"{LIGHTHOUSE}, mobile, {machine()}\n\n| page | {' | '.join(CATEGORIES)} |\n|---{'|---' * len(CATEGORIES)}|"
        )
        with _served(settings.out_dir, Path(place)) as site:
            pages = asked.only or [page.format(paper=f"papers/{paper.id}/") for page in PAGES]
            reports = {page: _judged(tool, site + page) for page in pages}
    for page, report in reports.items():
        print(f"| {page or 'home'} | {' | '.join(map(str, report.scores))} |")
    for page, report in reports.items():
        if report.faults:
            print("\n".join((f"\n{page or 'home'}:", *report.faults)))
    print(f"\n{machine()} at the end")
    if min(score for report in reports.values() for score in report.scores) < GATE:
        raise SystemExit(f"a score is below {GATE}")


def _install(folder: Path) -> Path:
    folder.mkdir()
    (folder / "package.json").write_text('{"private": true}', "utf-8")
    subprocess.run(
        ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--silent", LIGHTHOUSE],
        cwd=folder,
        check=True,
    )
    return folder


@contextmanager
def _served(folder: Path, place: Path) -> Iterator[str]:
    """Serve a site by HTTP/2 over TLS, as GitHub Pages does, with a certificate of the moment; gives its address."""
    key, certificate = place / "key.pem", place / "certificate.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
    subprocess.run([*made, "-keyout", key, "-out", certificate], capture_output=True, check=True)
    host = map(str, ("node", Path(__file__).with_name("host.mjs"), folder, key, certificate))
    with subprocess.Popen([*host], stdout=subprocess.PIPE, text=True) as server:
        try:
            yield f"https://127.0.0.1:{next(iter(server.stdout or ())).strip()}/"
        finally:
            server.terminate()


def _judged(tool: Path, address: str) -> Report:
    chrome = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chrome is None:
        raise SystemExit("no Chromium on the PATH")
    done = subprocess.run(
        [
            "node",
            tool / "node_modules/lighthouse/cli/index.js",
            address,
            *("--quiet", "--output=json", f"--chrome-flags={FLAGS}", f"--only-categories={','.join(CATEGORIES)}"),
        ],
        env={**os.environ, "CHROME_PATH": chrome},
        stdout=subprocess.PIPE,
        check=True,
    )
    told = json.loads(done.stdout)
    categories = [told["categories"][name] for name in CATEGORIES]
    scores = tuple(round(100 * (category["score"] or 0)) for category in categories)
    weighty = [ref["id"] for category in categories for ref in category["auditRefs"] if ref["weight"]]
    audits = [told["audits"][name] for name in weighty]
    faults = tuple(_words(audit) for audit in audits if audit["score"] is not None and audit["score"] < 1)
    return Report(scores, faults)


def _words(audit: dict[str, object]) -> str:
    details = audit.get("details")
    items = details.get("items", []) if isinstance(details, dict) else []
    nodes = [item["node"].get("snippet", "") for item in items if "node" in item][:3]
    return (
        f"- {audit['id']}: {audit['score']}, {audit.get('displayValue') or audit['title']} {' '.join(nodes)}".rstrip()
    )


if __name__ == "__main__":
    main()
