"""What is sent between processes by the values of its fields comes there as it was."""

from __future__ import annotations

from dataclasses import dataclass
from multiprocessing.reduction import ForkingPickler
from pathlib import Path

from sitegen.corpus import load_corpus
from sitegen.pages import Listing, PaperPage
from sitegen.pickling import send_by_values
from sitegen.plan import plan
from sitegen.rendering import _SENT
from sitegen.site import enrich

OWN = Path(__file__).parents[1] / "corpus"


@dataclass(frozen=True, slots=True)
class One:
    """A value of one field, which `attrgetter` would give bare."""

    words: tuple[str, ...]


def test_every_page_of_our_plan_comes_as_it_was() -> None:
    pages = tuple(plan(enrich(load_corpus(OWN)[0]), "https://papers.example.org/"))
    before = bytes(ForkingPickler.dumps(pages))
    send_by_values(*_SENT)
    sent = bytes(ForkingPickler.dumps(pages))
    assert ForkingPickler.loads(sent) == pages
    # The place of each field's values is known without a list of them.
    assert len(sent) < len(before)
    (first, *_) = (page for page in ForkingPickler.loads(sent) if isinstance(page, PaperPage))
    assert isinstance(first.listing, Listing)


def test_a_value_of_one_field_comes_as_it_was() -> None:
    send_by_values(One)
    assert ForkingPickler.loads(bytes(ForkingPickler.dumps(One(("a", "b"))))) == One(("a", "b"))
