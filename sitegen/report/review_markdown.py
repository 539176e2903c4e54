"""A review as Markdown for a pull request: it fits into one comment of GitHub's, and its words stay words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sitegen.report.cards import OWN_HOSTS
from sitegen.report.harmless import code, logged, markdown
from sitegen.report.review_sections import feed_line, headline, sections

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitegen.report.review_sections import Section, Told
    from sitegen.reviewed import Review

# A comment holds 65,536 characters; a section takes at most its share of them.
_SHARES = {"New papers": 20_000, "Changed papers": 12_000}
_SHARE = 2_000
_LINE = 1_000
# What can stand within "<" and ">"; an id may be anything until it was checked, even two lines.
_LINKABLE = re.compile(r"[!-;=?-\[\]-~]+")
_DIFFERENCES = 3_000


def review_markdown(review: Review) -> str:
    """Give a review as Markdown (GitHub's), at most 64,000 characters of it, ending in one newline."""
    return "\n\n".join(_blocks(review)) + "\n"


def _blocks(review: Review) -> Iterator[str]:
    yield f"**{markdown(headline(review))}** From {_named(review.base)} to {_named(review.head)}."
    if not review.is_empty:
        yield f"Subscribers get: {markdown(feed_line(review.feeds)[:_LINE])}."
    for section in sections(review):
        yield f"### {section.title}"
        blocks = list(_share(section, review))
        yield ("\n\n" if any("\n" in block for block in blocks) else "\n").join(blocks)


def _named(side: str) -> str:
    return code(side[:200])


def _share(section: Section, review: Review) -> Iterator[str]:
    """Give as much of a section as its share allows, and say how much was left out."""
    left = _SHARES.get(section.title, _SHARE)
    for number, told in enumerate(section.told):
        block = "\n".join(_told_lines(told, review))
        left -= len(block)
        if left < 0:
            yield f"- … and {len(section.told) - number:,} more"
            return
        yield block


def _told_lines(told: Told, review: Review) -> Iterator[str]:
    """Give one thing as an entry of a list, what belongs to it within the entry."""
    yield "- " + " ".join(part for part in (code(told.name) if told.name else "", markdown(told.words)) if part)
    for line in told.lines:
        yield ""
        yield f"  {markdown(line)}"
    if told.links:
        yield ""
        yield "  " + " · ".join(_link(name, address, review) for name, address in told.links.items())
    if told.differences:
        yield ""
        yield from _fence(told.differences)


def _link(name: str, address: str, review: Review) -> str:
    """Give a link to a host that we name; any other address is shown and leads nowhere, for a stranger wrote it."""
    ours = (*OWN_HOSTS, *([review.site_url] if review.site_url else []))
    if address.startswith(ours) and _LINKABLE.fullmatch(address):
        return f"[{markdown(name)}](<{address}>)"
    return f"{markdown(name)} {code(address)}"


def _fence(differences: tuple[str, ...]) -> Iterator[str]:
    """Give the differences as code; each line begins with a field's name or a sign, so that none can end it."""
    yield "  ```diff"
    left = _DIFFERENCES
    for line in differences:
        shown = logged(line)
        left -= len(shown)
        if left < 0:
            yield "  …"
            break
        yield f"  {shown if shown[:1] in ('-', '+') else f'@@ {shown} @@'}"
    yield "  ```"
