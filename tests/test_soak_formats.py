"""Minutes of hostile texts for each format: none makes a parser raise, hang or lose a line."""

from __future__ import annotations

import multiprocessing
import os
import sys
from concurrent.futures import Future, ProcessPoolExecutor
from typing import TYPE_CHECKING

import pytest
from format_soak import Soak, soak

from sitegen.formats import FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterator

# For each format, by the wall clock; SITEGEN_SOAK_SECONDS=20 is a short try.
SECONDS = float(os.environ.get("SITEGEN_SOAK_SECONDS", "300"))
AT_ONCE = 2


@pytest.fixture(scope="module")
def soaks(request: pytest.FixtureRequest) -> Iterator[dict[str, Future[Soak]]]:
    """The trials of all formats asked for, two at once."""
    items = [item for item in request.session.items if item.path == request.path]
    asked = [known.name for known in FORMATS if any(f"[{known.name}]" in item.name for item in items)]
    with ProcessPoolExecutor(AT_ONCE, mp_context=multiprocessing.get_context("spawn")) as pool:
        yield {name: pool.submit(soak, name, SECONDS) for name in asked}


@pytest.mark.soak
@pytest.mark.parametrize("name", [known.name for known in FORMATS])
def test_minutes_of_hostile_texts_find_no_fault(
    name: str, soaks: dict[str, Future[Soak]], capsys: pytest.CaptureFixture[str]
) -> None:
    found = soaks[name].result()
    with capsys.disabled():
        sys.stdout.write(f"\n{found}\n")
    assert found.texts > 100
    assert not found.faults, str(found)
