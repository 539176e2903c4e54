"""A review for a terminal or a log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.report.harmless import logged
from sitegen.report.review_sections import feed_line, headline, sections

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitegen.report.review_sections import Told
    from sitegen.reviewed import Review


def review_text(review: Review) -> str:
    """Give a review as lines; none of them can be taken for a command or a terminal sequence."""
    return "".join(f"{line}\n" for line in _lines(review))


def _lines(review: Review) -> Iterator[str]:
    yield logged(f"{review.base} -> {review.head}: {headline(review)}")
    if not review.is_empty:
        yield logged(feed_line(review.feeds))
    for section in sections(review):
        yield ""
        yield section.title
        for told in section.told:
            yield from _told_lines(told)


def _told_lines(told: Told) -> Iterator[str]:
    yield f"  {logged(f'{told.name}: {told.words}' if told.name and told.words else told.name or told.words)}"
    yield from (f"    {logged(line)}" for line in told.lines)
    yield from (f"    {logged(f'{name} {address}')}" for name, address in told.links.items())
    yield from (f"    {logged(line)}" for line in told.differences)
