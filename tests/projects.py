"""A small project on disk for the tests of whole commands: mkdocs.yml, theme and hand-written pages of this one."""

from __future__ import annotations

import os
import shutil
import socket
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sitegen.frame import GENERATED

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "tests" / "seeds"
SITE_URL = "https://papers.test/"
COMMAND = Path(sys.executable).with_name("sitegen")
MKDOCS = Path(sys.executable).with_name("mkdocs")

CORPUS = """\
format: 1
title: Papers & <i>tests</i>
description: A few papers, some of them hostile.
feed: {authority: papers.test, since: "2024"}
"""

TOPICS = """\
topics:
- slug: agents
  name: Agents & tools
  short: Agents
  group: Action
  description: Models that act.
  cues: [language agent, tool use]
- slug: learning
  name: Learning
  group: Methods
  description: How models learn.
  cues: [federated learning, training]
- slug: empty
  name: Nothing yet
  group: Methods
  cues: [nothing at all]
"""

# By the path below papers/: what a curator or a hostile contributor could write.
PAPERS = {
    "2023/plain-paper.yaml": """\
title: A plain paper about federated learning
kind: method
authors: [Ada Byron, {name: Grace Hopper, family: Hopper, given: Grace}]
date: 2023-08-14
added: 2025-11-03T00:00:01Z
topics: [learning]
links: {arxiv: "2308.07268", code: "https://code.example/plain"}
abstract: |-
  We learn together and cite https://www.example.com/a_b_(c).
""",
    "2024/hostile.yaml": """\
title: '<script>alert(1)</script> {{ config }} {% raw %} </title> & "two" [x](javascript:alert(1)) `c` <!--'
kind: survey
authors: ['</script><img src=x onerror=alert(1)>']
date: 2024-02-29
added: 2025-11-03T00:00:02Z
topics: [agents, learning]
venue: '"><svg onload=alert(1)>'
abstract: |-
  </article></body> ![x](https://evil.example/x.png) <iframe src="https://evil.example/"></iframe> {: onclick=x }
""",
    "2024/derived.yaml": """\
title: 'Derived: costs of $k$ agents'
title_source: derived
kind: benchmark
author_count: 6
date: 2024-02
date_source: inferred
added: 2025-11-03T00:00:03Z
topics: [agents]
abstract: |-
  For $15 we get $k \\le 3$ tools, ``so to say'', with 0.5\\% of $\\text{<b>}$.
sources:
- {file: "list.txt", format: abstract-list, ordinal: 3, listed: 2025-11-03}
""",
    "2024/retracted.yaml": """\
title: A retracted paper
status: retracted
date: 2024
added: 2025-11-03T00:00:04Z
topics: [learning]
abstract: It was wrong.
""",
    "2024/removed.yaml": """\
title: A removed record
status: removed
added: 2025-11-03T00:00:05Z
abstract: Words that may be shown nowhere.
""",
    "2024/survivor.yaml": """\
title: A record that took two others in
aliases: [merged-away, merged-too]
kind: theory
organizations: ['Institute & Sons']
date: 2024-12-31
added: 2025-11-03T00:00:06Z
topics: [learning]
changes:
- {at: 2025-11-04T00:00:00Z, kind: corrected, note: 'The second [name](x) was missing.'}
note: Read this **first**.
abstract: Abstracts may be short.
""",
    "undated/paper-0a1b2c3d.yaml": """\
title: 学习如何学习
added: 2025-11-03T00:00:07Z
announce: false
topics: [learning]
abstract: 中文摘要。
""",
    # The name of a sentinel and its words.
    "undated/xshellpagex.yaml": """\
title: XSHELLTITLEX and XSHELLBODYX
added: 2025-11-03T00:00:08Z
topics: [agents]
abstract: XSHELLENDX XSHELLDESCRIPTIONX xshellsecx
""",
}


class Run(NamedTuple):
    """What a command gave."""

    code: int
    out: str
    err: str


def make_corpus(folder: Path, papers: Mapping[str, str] = PAPERS) -> Path:
    """Write a corpus into a new folder."""
    (folder / "papers").mkdir(parents=True)
    (folder / "corpus.yaml").write_text(CORPUS, "utf-8")
    (folder / "topics.yaml").write_text(TOPICS, "utf-8")
    for path, record in papers.items():
        place = folder / "papers" / path
        place.parent.mkdir(exist_ok=True)
        place.write_text(record, "utf-8")
    return folder


def make_house(folder: Path, site_url: str = SITE_URL) -> Path:
    """Make a project without a corpus: this project's mkdocs.yml, theme and hand-written pages, at another address."""
    folder.mkdir(parents=True, exist_ok=True)
    config = (ROOT / "mkdocs.yml").read_text("utf-8")
    lines = [f"site_url: {site_url}" if line.startswith("site_url:") else line for line in config.splitlines()]
    (folder / "mkdocs.yml").write_text("\n".join(lines) + "\n", "utf-8")
    shutil.copytree(ROOT / "theme", folder / "theme")
    shutil.copytree(ROOT / "docs", folder / "docs", ignore=_generated)
    return folder


def _generated(folder: str, names: list[str]) -> list[str]:
    """What `sitegen build` may have written into this project's docs/."""
    top = Path(folder) == ROOT / "docs"
    return [name for name in names if top and (f"{name}/" in GENERATED or name in GENERATED)]


def make_project(folder: Path, site_url: str = SITE_URL, papers: Mapping[str, str] = PAPERS) -> Path:
    """Make a project with a small corpus of its own."""
    make_corpus(make_house(folder, site_url) / "corpus", papers)
    return folder


def make_seed_project(folder: Path, site_url: str = SITE_URL) -> Path:
    """Make a project with this project's corpus."""
    shutil.copytree(ROOT / "corpus", make_house(folder, site_url) / "corpus")
    return folder


def run(
    *words: str | Path, cwd: Path, env: Mapping[str, str] | None = None, umask: int = -1, stdin: bytes = b""
) -> Run:
    """Run a command in a process of its own."""
    done = subprocess.run(
        [str(word) for word in words],
        cwd=cwd,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", **(env or {})},
        input=stdin,
        capture_output=True,
        check=False,
        timeout=240,
        umask=umask,
    )
    return Run(done.returncode, done.stdout.decode(), done.stderr.decode())


def free_port() -> int:
    """Give a port of the loopback that nobody listens on, for a command that must be told one."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def tree(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Give every file and folder below a folder with its mode and bytes."""
    found = {}
    for path in sorted(folder.rglob("*")):
        mode = stat.S_IMODE(path.lstat().st_mode)
        found[path.relative_to(folder).as_posix()] = (mode, b"" if path.is_dir() else path.read_bytes())
    return found


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    """Give every file below a folder with its time and inode number, which writing it anew would change."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return {path.relative_to(folder).as_posix(): (path.stat().st_mtime_ns, path.stat().st_ino) for path in files}
