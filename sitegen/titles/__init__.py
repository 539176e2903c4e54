"""Titles for papers that came without one, and the ids that titles give."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sitegen.latex import plain_text
from sitegen.text import one_line, sentences, shorten
from sitegen.titles.acronyms import long_forms, spelled_out
from sitegen.titles.contribution import Contribution, contributions
from sitegen.titles.ids import Wish, derive_id, derive_ids
from sitegen.titles.phrases import capitalised, fitted

__all__ = ["TITLE_LIMIT", "Derived", "Wish", "derive", "derive_id", "derive_ids", "derive_title"]

TITLE_LIMIT = 90
_FEWEST_WORDS = 3
# The longest abstract of the first corpus has 2,000 characters; what comes after this many names no contribution.
_READ = 8000


@dataclass(frozen=True, slots=True)
class Derived:
    """A title made from an abstract, and the name of the system it names ("" where it names none)."""

    title: str
    name: str = ""


def derive_title(abstract: str) -> str:
    """Give a title for a paper that came without one, of at most 90 characters, from what its abstract says."""
    return derive(abstract).title


def derive(abstract: str) -> Derived:
    """Give a title made from an abstract: the system it names and what that is, else its subject or finding."""
    prose = one_line(plain_text(abstract[:_READ]))
    said = sentences(prose)
    forms = long_forms(prose)
    for contribution in contributions(said):
        title = spelled_out(_title(contribution), forms, TITLE_LIMIT)
        if (contribution.name and title) or len(title.split()) >= _FEWEST_WORDS:
            return Derived(title, contribution.name)
    opening = fitted("", said[0].rstrip("."), TITLE_LIMIT) if said else ""
    return Derived(opening if len(opening.split()) > _FEWEST_WORDS else shorten(prose, TITLE_LIMIT) or "Untitled")


def _title(contribution: Contribution) -> str:
    """Write a contribution as a title, or give "" where no whole phrase of it fits."""
    if not contribution.name:
        return fitted("", contribution.what, TITLE_LIMIT)
    head = f"{capitalised(contribution.name) if ' ' in contribution.name else contribution.name}: "
    long = capitalised(re.sub(r"^(?:an?|the)\s+", "", contribution.long))
    if long and len(head + long) <= TITLE_LIMIT:
        return head + long
    return fitted(head, contribution.what, TITLE_LIMIT)
