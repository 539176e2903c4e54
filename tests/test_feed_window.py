"""Which papers stand in a feed's live window, and that its document stays within bounds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from feed_corpus import KINDS, XML_KINDS, feed_of, written

from sitegen.model import Author, Paper
from sitegen.pages import Listing, TopicLink
from sitegen.windows import feed_window

if TYPE_CHECKING:
    from collections.abc import Callable


def listings(count: int, day: Callable[[int], str], **fields: object) -> list[Listing]:
    base = Paper("x", "T", "2025-01-01T00:00:00Z", **fields)  # type: ignore[arg-type]  # any field of the record
    found = [replace(base, id=f"p{number:05}", added=day(number)) for number in range(count)]
    return [Listing(paper, f"papers/{paper.id}/", ()) for paper in found]


def one_a_day(number: int) -> str:
    return f"{2000 + number // 336}-{1 + number % 336 // 28:02}-{1 + number % 28:02}T00:00:00Z"


def one_day(_: int) -> str:
    return "2025-11-03T00:00:00Z"


def test_the_window_is_the_newest_100_of_a_slow_feed() -> None:
    papers = listings(300, one_a_day)
    assert feed_window(papers) == tuple(papers[-100:])


def test_the_window_is_14_days_of_a_busy_feed() -> None:
    papers = listings(50, lambda _: "2025-10-19T23:59:59Z")
    busy = listings(150, lambda _: "2025-10-20T00:00:00Z") + listings(150, one_day)
    assert feed_window([*papers, *busy]) == tuple(busy)


def test_the_window_holds_1000_at_most() -> None:
    papers = listings(1_200, one_day)
    assert feed_window(papers) == tuple(papers[-1_000:])


def test_the_window_of_few_papers_is_all_of_them_and_of_none_is_empty() -> None:
    papers = listings(3, one_a_day)
    assert feed_window(papers) == tuple(papers)
    assert feed_window([]) == ()


def test_papers_not_announced_are_in_no_window() -> None:
    papers = listings(3, one_a_day)
    silent = [replace(listing, paper=replace(listing.paper, announce=False)) for listing in papers]
    assert feed_window([papers[0], silent[1], papers[2]]) == (papers[0], papers[2])
    assert feed_window(silent) == ()


TOPIC = TopicLink("theory", "Theory <of> learning", "", "", "topics/theory/")


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"abstract": "An abstract of the usual length. " * 50}, id="usual abstracts"),
        pytest.param({"abstract": "\"<&>'" * 4_000}, id="markup, escaped twice"),
        pytest.param({"abstract": r"$\frac{a}{b}+x_1^2$ " * 900}, id="formulas"),
        pytest.param({"abstract": "https://a.b/ " * 1_000}, id="addresses"),
        pytest.param({"abstract": "學習" * 20_000}, id="three bytes a character"),
        pytest.param({"abstract": "a\n\nb " * 5_000}, id="paragraphs"),
        pytest.param({"authors": tuple(Author(f"Person {n}") for n in range(3_000))}, id="authors"),
        pytest.param({"note": "a & b " * 4_000}, id="notes"),
        pytest.param({"note": "*a* b `c`\n\n- d\n> e\n\n" * 400}, id="notes full of marks"),
        pytest.param({"abstract": "x" * 4_000_000}, id="abstracts of 4 MB"),
    ],
)
@pytest.mark.parametrize("kind", KINDS)
def test_a_window_is_a_document_of_3_mb_at_most(fields: dict[str, object], kind: str) -> None:
    papers = [replace(listing, topics=(TOPIC,) * 3) for listing in listings(1_000, one_day, **fields)]
    window = feed_window(papers)
    document = written(replace(feed_of([]), entries=window), kind)
    assert window == tuple(papers[-len(window) :])
    assert len(document) <= 3_000_000
    # JSON escapes HTML less than XML does, and the window is one for all.
    assert len(document) > (800_000 if kind in XML_KINDS else 600_000), (
        "the estimate is so high that it drops papers for nothing"
    )
