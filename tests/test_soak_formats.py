"""Minutes of hostile texts for each format: none makes a parser raise, hang or lose a line."""

from __future__ import annotations

import multiprocessing
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

import format_soak
import pytest
from format_soak import Soak, attempt, draw_round, soak

from sitegen.formats.incoming import FORMATS, named
from sitegen.formats.parsed import Parsed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Future

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


# That the trial finds what it looks for.


def test_a_parser_that_raises_is_found_and_the_text_is_made_small() -> None:
    def parse(text: str, _file: str, _year: str) -> Parsed:
        if "{" in text:
            raise ValueError("a brace")
        return named("bibtex").parse(text, "f", "")

    found = Soak("bibtex")
    draw_round(replace(named("bibtex"), parse=parse), 0, found)
    assert list(found.faults.values()) == ["seed 0: '{'"]


def test_a_parser_that_loses_a_line_is_found() -> None:
    lossy = replace(named("ris"), parse=lambda _text, _file, _year: Parsed())
    with pytest.raises(AssertionError):
        attempt(lossy, "a line", Soak("ris"))


def test_a_parser_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def parse(_text: str, _file: str, _year: str) -> Parsed:
        while True:
            pass

    monkeypatch.setattr(format_soak, "HANGS", 0.1)
    monkeypatch.setattr(format_soak, "LIMIT", 0.05)
    found = Soak("csv")
    attempt(replace(named("csv"), parse=parse), "a", found)
    assert len(found.faults) == 1
