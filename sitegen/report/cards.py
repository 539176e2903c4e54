"""A paper as reviewers see it: in a few lines, as its readers will."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sitegen.addresses import addresses
from sitegen.checks.shapes import in_calendar
from sitegen.latex import plain_text
from sitegen.text import clean, long_date, one_line, plural, sentences, shorten

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sitegen.model import Paper

_NAMES = 8
# A card is to be read at one look, whatever stands in the record; a longer address would not be read at all.
_LONG = 300
_ADDRESS = 500
# Addresses that we make of an id, on hosts that we name; all others are whatever the record says.
OWN_HOSTS = ("https://arxiv.org/", "https://doi.org/")


@dataclass(frozen=True, slots=True)
class Card:
    """A paper in plain text, nothing of it escaped yet; `links` are addresses by name, `facts` what is unusual."""

    id: str
    file: str
    title: str
    names: str
    date: str
    venue: str
    kind: str
    topics: tuple[str, ...]
    facts: tuple[str, ...]
    links: Mapping[str, str]
    abstract: str


def card(paper: Paper, topic_names: Mapping[str, str]) -> Card:
    """Give a paper's card."""
    date = long_date(paper.date) if in_calendar(paper.date) else paper.date
    return Card(
        id=paper.id,
        file=paper.origin.path,
        title=shown_title(paper),
        names=_names(paper),
        date=date or "no date",
        venue=shorten(_plain(paper.venue), _LONG),
        kind=paper.kind.capitalize(),
        topics=tuple(topic_names.get(slug, slug) for slug in paper.topics),
        facts=tuple(_facts(paper)),
        links={name: address for name, address in addresses(paper.links).items() if len(address) <= _ADDRESS},
        abstract=shorten(" ".join(sentences(_plain(paper.abstract[: 10 * _LONG]))[:2]), _LONG),
    )


def shown_title(paper: Paper) -> str:
    """Give a title as readers see it, formulas as text; one made from the abstract stands in brackets."""
    title = shorten(_plain(paper.title), _LONG) or paper.id
    return f"[{title}]" if paper.title_source == "derived" else title


def _plain(text: str) -> str:
    return one_line(plain_text(clean(text)))


def _names(paper: Paper) -> str:
    names = [one_line(author.name) for author in paper.authors]
    if len(names) > _NAMES:
        return f"{shorten(', '.join(names[:_NAMES]), _LONG)} and {len(names) - _NAMES} more"
    if names:
        return shorten(", ".join(names), _LONG)
    if paper.author_count:
        return plural(paper.author_count, "author")
    return "" if paper.organizations else "authors unknown"


def _facts(paper: Paper) -> list[str]:
    facts = [
        shorten(", ".join(paper.organizations[:_NAMES]), _LONG),
        f"status {paper.status}" if paper.status else "",
        "title made from the abstract" if paper.title_source == "derived" else "",
        "year inferred" if paper.date_source == "inferred" else "",
        "" if paper.announce else "kept out of the live feeds (announce: false)",
        "" if paper.abstract else "no abstract",
    ]
    return [fact for fact in facts if fact]
