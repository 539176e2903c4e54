"""The project's own corpus: a clean build and one with nothing changed; prints a table and judges nothing.

Run it with the project's own Python: .venv/bin/python benchmarks/seed.py [--rounds N]
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path

from bench_measure import HEAD, MEMORY, Run, machine, measured, row
from bench_project import BUILD, ROOT, content, make_clean, make_project


def main() -> None:
    """Build a copy of the project by turns and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="how often each is run")
    rounds = parser.parse_args().rounds
    clean: list[Run] = []
    unchanged: list[Run] = []
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        make_project(folder)
        shutil.copytree(ROOT / "corpus" / "papers", folder / "corpus" / "papers", dirs_exist_ok=True)
        for _ in range(rounds):
            make_clean(folder)
            clean.append(measured(BUILD, folder))
            unchanged.append(measured(BUILD, folder))
        print(f"{rounds} rounds, {machine()}\n\n{HEAD}")
        print(row("sitegen, clean", clean, content(folder / "site")))
        print(row("sitegen, unchanged", unchanged))
    print(f"\n{MEMORY}")


if __name__ == "__main__":
    main()
