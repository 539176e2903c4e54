"""Rules about where things are for readers and subscribers: topics, addresses, and the identity of the feeds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.config import PLACEHOLDER_HOST
from sitegen.problems import Location, Problem
from sitegen.text import plural, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitegen.comparison.compared import Compared


def topics_stay(compared: Compared) -> Iterator[Problem]:
    """Find topics that are gone and that papers of the base are listed under: a warning, for it may be given up."""
    place = Location(f"{compared.folder}topics.yaml")
    for topic in compared.changes.topics_removed:
        count = sum(topic.slug in paper.topics for paper in compared.base.papers)
        if count:
            listed = f"{quoted(topic.slug)} had {plural(count, 'paper')} in {compared.name}"
            message = f"a topic that papers are listed under should stay, but {listed}"
            hint = "its page and its feed vanish, and their subscribers are told nothing"
            yield Problem(place, "SG043", message, hint, "warning")


def addresses_stay(compared: Compared) -> Iterator[Problem]:
    """Find pages and feeds that are gone, but those of papers and topics, which have rules of their own: a warning."""
    place = Location(f"{compared.folder}topics.yaml")
    gone = tuple(f"topics/{topic.slug}" for topic in compared.changes.topics_removed)
    told = ("papers/", *(f"{within}{slug}{end}" for slug in gone for within in ("", "feeds/") for end in "./"))
    feeds = tuple(f"{address.removesuffix('.atom.xml')}/archive/" for address in compared.lost if _is_feed(address))
    for address in compared.lost:
        # A page's other files go with it, and so do the other forms of a feed and its archives.
        if (address.endswith("/") or _is_feed(address)) and not address.startswith((*told, *feeds)):
            message = f"a published address should stay, but /{address} of {compared.name} is gone"
            yield Problem(place, "SG044", message, "no paper belongs there any more", "warning")


def _is_feed(address: str) -> bool:
    return address.endswith(".atom.xml")


def identity_stays(compared: Compared) -> Iterator[Problem]:
    """Find another name for all feed ids than the base has, unless that was the placeholder."""
    before, after = compared.base.settings.feed, compared.head.settings.feed
    if before not in (after, type(before)()) and before.authority != PLACEHOLDER_HOST:
        found = f"{after.authority}, {after.since}"
        message = f"feed must stay {quoted(f'{before.authority}, {before.since}')}, not become {quoted(found)}"
        hint = "every reader would see every paper as new"
        yield Problem(Location(f"{compared.folder}corpus.yaml"), "SG045", message, hint)
