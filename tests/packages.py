"""The real wheel, and a place to install it in that has all it needs but neither the checkout nor a network."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import TYPE_CHECKING

from projects import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

# What the new environment must bring itself, and what leads back to the checkout.
_LEFT_OUT = ("sitegen", "_editable", "__editable", "pip", "setuptools", "_distutils", "distutils", "__pycache__")


def build_package(folder: Path, kind: str, source: Path = ROOT) -> Path:
    """Build the wheel or the sdist with the project's own build backend; gives the file."""
    command = [sys.executable, "-m", "hatchling", "build", "--target", kind, "--directory", str(folder)]
    environment = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    subprocess.run(command, cwd=source, env=environment, capture_output=True, check=True)
    (made,) = folder.glob("*.whl" if kind == "wheel" else "*.tar.gz")
    return made


def lend_libraries(folder: Path) -> Path:
    """Fill a folder with links to the installed libraries, sitegen and what installs packages left out."""
    folder.mkdir()
    for entry in Path(sysconfig.get_path("purelib")).iterdir():
        if not entry.name.startswith(_LEFT_OUT) and not entry.name.endswith(".pth"):
            (folder / entry.name).symlink_to(entry)
    return folder


def offline(wheel: Path, libraries: Path) -> dict[str, str]:
    """Give an environment in which pip finds the wheel and asks no registry, and git has a name to commit under."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "PYTHON", "GIT_", "COV"))}
    # `python3` is this one, which is new enough; make's own variables belong to the make that runs the tests.
    kept = {name: value for name, value in kept.items() if name not in {"MAKEFLAGS", "MAKELEVEL", "MFLAGS"}}
    names = {f"GIT_{role}_{part}": "ada@example.org" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")}
    return {
        **kept,
        **names,
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(wheel.parent),
        "PIP_CONFIG_FILE": os.devnull,
        "PYTHONPATH": str(libraries),
        "GIT_CONFIG_GLOBAL": os.devnull,
    }


def own_texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Give the path and text of each file below a folder, what was installed there left out."""
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.is_file() and inside.parts[0] not in {".venv", ".git"}:
            yield inside.as_posix(), path.read_bytes().decode("utf-8", "replace")
