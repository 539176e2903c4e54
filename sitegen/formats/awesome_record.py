"""An entry of a curated list as far as it was understood."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sitegen.formats.awesome_places import place_sort
from sitegen.formats.links import find_links, links_of
from sitegen.model import Author, Links
from sitegen.text import escape_markdown

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Lead:
    """A link of an entry: "title", a label's sort ("paper", "code", "project", "other") or "" for one in the prose."""

    sort: str
    address: str


@dataclass(slots=True)
class Entry:
    """An entry as far as it was understood; `note` is Markdown, everything else plain text."""

    title: str = ""
    bold: bool = False
    authors: tuple[Author, ...] = ()
    organizations: tuple[str, ...] = ()
    date: str = ""
    venue: str = ""
    published: bool = False
    topics: tuple[str, ...] = ()
    abstract: str = ""
    leads: list[Lead] = field(default_factory=list)
    claimed: bool = False
    words: list[str] = field(default_factory=list)

    @property
    def note(self) -> str:
        """What the list says of the paper besides, as one paragraph of Markdown."""
        known = self.title.casefold()
        return escape_markdown(" · ".join(word for word in dict.fromkeys(self.words) if word.casefold() not in known))

    @property
    def links(self) -> Links:
        """Where the paper is: what the title and labelled links lead to; a link in the prose only where none is."""
        own = [lead for lead in self.leads if lead.sort in {"title", "paper"}]
        own += [lead for lead in self.leads if not lead.sort and not own and place_sort(lead.address) == "paper"]
        found = [links_of([lead.address]) for lead in own]
        project = [find_links(lead.address) for lead in self.leads if lead.sort == "project"]
        code = [find_links(lead.address) for lead in self.leads if lead.sort == "code"]
        return Links(
            arxiv=_first(one.arxiv for one in found),
            doi=_first(one.doi for one in found),
            pdf=_first(one.pdf for one in found),
            code=_first([*(one.code or one.page for one in code), *(one.code for one in (*found, *project))]),
            page=_first(one.page for one in (*found, *project)),
        )


def _first(values: Iterable[str]) -> str:
    return next((value for value in values if value), "")
