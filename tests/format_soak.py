"""What every parser must do with any text whatever, tried for minutes; runs in processes of its own."""

from __future__ import annotations

import itertools
import signal
import time
import traceback
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from golden import assert_accounted
from hostile_texts import shapes, texts
from hypothesis import HealthCheck, Phase, Verbosity, given, seed, settings

from sitegen.corpus import dump_paper, parse_paper
from sitegen.corpus.schema import RECORD_CAP
from sitegen.formats import incoming
from sitegen.ingest import ingest_parsed
from sitegen.model import Corpus

if TYPE_CHECKING:
    from types import FrameType

    from sitegen.formats.parsed import Format, Parsed

# Processor seconds: of each of the two steps for one text, and when it is given up.
LIMIT = 1.0
HANGS = 20.0
# To make the text of a fault smaller.
TRIES = 500
# Several of their entries may stand on one line, which then is in a paper and rejected too.
SHARING = {"awesome-list", "bibtex", "csl-json", "arxiv-atom", "crossref", "openalex", "json"}
# More records than this are not written out: their number makes nothing new.
WRITTEN = 200


class HangError(BaseException):
    """A parser used more processor time than any text is worth; no parser may catch it."""


@dataclass(slots=True)
class Soak:
    """What trying many texts on one format has shown."""

    name: str
    texts: int = 0
    shapes: int = 0
    worked: float = 0.0
    slowest: float = 0.0
    slowest_text: str = ""
    faults: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        """Say it in one line, and one more for each fault."""
        told = f"{self.name}: {self.texts:,} texts ({self.shapes:,} shapes of 100 KB) in {self.worked:.0f} processor s"
        slowest = f"{len(self.faults)} faults, slowest {self.slowest:.2f} s, for {self.slowest_text}"
        return "\n".join([f"{told}, {slowest}", *(f"  {sort}: {text}" for sort, text in self.faults.items())])


def soak(name: str, seconds: float) -> Soak:
    """Try a format for so many seconds (by the wall clock): half of them at most with shapes, then with drawn texts."""
    known = incoming.named(name)
    found = Soak(name)
    began = time.process_time()
    ends = time.monotonic() + seconds
    for text in itertools.takewhile(lambda _: time.monotonic() < ends - seconds / 2, shapes(known)):
        found.shapes += 1
        try:
            attempt(known, text, found)
        except Exception as error:  # noqa: BLE001 (whatever it is, it is what is looked for)
            found.faults.setdefault(_place(error), shown(text))
    number = 0
    while time.monotonic() < ends:
        draw_round(known, number, found)
        number += 1
    found.worked = time.process_time() - began
    return found


def draw_round(known: Format, number: int, found: Soak) -> None:
    """Try the 200 texts that one seed draws; a fault is noted with the least text that has it, and passed over then."""
    last = [""]

    @seed(number)
    @settings(
        max_examples=200,
        deadline=None,
        database=None,
        verbosity=Verbosity.quiet,
        report_multiple_bugs=False,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(texts(known))
    def drawn(text: str) -> None:
        try:
            attempt(known, text, found)
        except Exception as error:
            if _place(error) not in found.faults:
                last[0] = text
                raise

    try:
        drawn()
    except Exception as error:  # noqa: BLE001 (as above)
        found.faults[_place(error)] = f"seed {number}: {shown(smallest(known, last[0], _place(error)))}"


def smallest(known: Format, text: str, place: str) -> str:
    """Take pieces, ever smaller ones, out of a text as long as the same fault is found in the rest."""
    size, start = len(text) // 2, 0
    for _ in range(TRIES):
        rest = text[:start] + text[start + size :]
        if size and _fault(known, rest) == place:
            text = rest
        else:
            start += size
        if start >= len(text):
            size, start = size // 2, 0
    return text


def _fault(known: Format, text: str) -> str:
    try:
        attempt(known, text, Soak(known.name))
    except Exception as error:  # noqa: BLE001 (as above)
        return _place(error)
    return ""


def attempt(known: Format, text: str, found: Soak) -> None:
    """Try one text: nothing raises or hangs, no line is lost, and what was read can be written out and read again."""
    signal.signal(signal.SIGPROF, _hang)
    found.texts += 1
    parsed, took = _timed(known, text)
    if took > LIMIT:
        again, second = _timed(known, text)
        parsed, took = again or parsed, min(took, second)
    if took > found.slowest:
        found.slowest, found.slowest_text = took, shown(text)
    if took > LIMIT or parsed is None:
        growth = ", ".join(f"{_timed(known, text[: len(text) // part])[1]:.1f} s" for part in (4, 2))
        found.faults.setdefault(f"{took:.1f} s (a quarter and a half: {growth}) for {text[-12:]!r}", shown(text))
        return
    assert_accounted(text, parsed, shared=known.name in SHARING)
    if len(parsed.drafts) <= WRITTEN:
        assert_written(parsed)


def _timed(known: Format, text: str) -> tuple[Parsed | None, float]:
    """Parse a text after every format looked at it; give the greater processor seconds of the two, None for a hang."""
    signal.setitimer(signal.ITIMER_PROF, HANGS)
    try:
        start = time.process_time()
        for other in incoming.FORMATS:
            other.identify(text)
        middle = time.process_time()
        parsed = known.parse(text, "f", "")
        end = time.process_time()
    except HangError:
        return None, HANGS
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return parsed, max(middle - start, end - middle)


def assert_written(parsed: Parsed) -> None:
    """The records that an import makes of drafts are read back from their YAML as they were."""
    signal.setitimer(signal.ITIMER_PROF, HANGS)
    try:
        done = ingest_parsed(
            [parsed], Corpus(), added="2025-11-03T00:00:00Z", announce=True, suggest=lambda _title, _abstract: ((), "")
        )
        for paper in done.papers:
            content = dump_paper(paper)
            if len(content) <= RECORD_CAP:
                read, problems = parse_paper(content, f"papers/{paper.id}.yaml")
                assert not problems, problems
                assert read == paper, (read, paper)
    except HangError:
        raise AssertionError("the import hangs") from None
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def shown(text: str) -> str:
    """Show a text, or what is enough to know one of the shapes by."""
    return repr(text) if len(text) <= 1_000 else f"{len(text):,} characters, {text[:150]!r} … {text[-60:]!r}"


def _hang(_signal: int, _frame: FrameType | None) -> None:
    raise HangError


def _place(error: Exception) -> str:
    """Name a fault by its sort and its place, so that each is told once."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "hypothesis" not in frame.filename]
    return f"{type(error).__name__} at {Path(frames[-1].filename).name}:{frames[-1].lineno} {str(error)[:60]}"
