"""What people and programs are told of all feeds together: a row for each."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A feed as the page about all of them shows it: `group` is its heading, `url` its page relative to the root.

    `amount` is how many papers it is about, whether they are in its window or not, `pace` how often one comes, both in
    words; `newest` are title and path of the last to come, the newest first.
    """

    name: str
    title: str
    group: str
    url: str
    about: str = ""
    amount: str = ""
    pace: str = ""
    newest: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class OpmlPage:
    """All feeds in one file that feed readers subscribe to at once (OPML 2.0)."""

    path: str
    title: str
    feeds: tuple[FeedRow, ...]
    site_url: str
