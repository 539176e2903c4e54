"""What tests take from npm: the versions in tests/npm/package-lock.json, refused where they have another hash."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent / "npm"
LOCK = HERE / "package-lock.json"
_INSTALL = (
    "npm ci --ignore-scripts --no-audit --no-fund --prefer-offline --fetch-retries=1 --fetch-timeout=30000".split()
)


def installed_in(folder: Path, lock: str) -> subprocess.CompletedProcess[str]:
    """Install what a lock names into a folder, whatever comes of it."""
    (folder / LOCK.name).write_text(lock, "utf-8")
    (folder / "package.json").write_text(json.dumps(json.loads(lock)["packages"][""]), "utf-8")
    return subprocess.run(_INSTALL, cwd=folder, capture_output=True, text=True, check=False, timeout=300)


def install(folder: Path) -> None:
    """Install what the lock names, and put our scripts beside it; where npm is missing, the test is skipped."""
    if not (shutil.which("npm") and shutil.which("node")):
        must_be_there("npm and Node are not installed")
    done = installed_in(folder, LOCK.read_text("utf-8"))
    # Not to be reached is no fault of ours; anything else is one everywhere.
    if re.search(r"\b(ENOTFOUND|EAI_AGAIN|ECONN\w+|E?TIMEDOUT|ENETUNREACH|EHOSTUNREACH|ENOTCACHED)\b", done.stderr):
        must_be_there("the package registry cannot be reached for what tests take from npm")
    assert done.returncode == 0, done.stderr
    for script in HERE.glob("*.mjs"):
        shutil.copy(script, folder)


def must_be_there(why: str) -> None:
    """Skip for a reason, but never in continuous integration."""
    if os.environ.get("CI"):
        pytest.fail(f"{why}, which continuous integration must have")
    pytest.skip(f"{why}; CI has it and never skips this")
