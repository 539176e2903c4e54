"""What our own citations say beside their fields, read back: how many authors, that a title or a year is not a fact."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sitegen.model import Draft

_AUTHORS = re.compile(r"(\d{1,3}(?:,\d{3})|\d{1,6}) authors?( in all)?")
_DERIVED = "title made from the abstract"
_INFERRED = "year inferred"


def with_remarks(draft: Draft, notes: Iterable[str]) -> Draft:
    """Give the draft with what its notes say in our own words, remarks parted by "; "; other words are passed over.

    A title in brackets that was made from the abstract is left out, to be made again: it is never taken for given.
    """
    told = {remark.strip() for note in notes for remark in note.split(";")}
    counts = [int(met[1].replace(",", "")) for remark in sorted(told) if (met := _AUTHORS.fullmatch(remark))]
    derived = _DERIVED in told and bool(draft.abstract) and draft.title.startswith("[") and draft.title.endswith("]")
    return replace(
        draft,
        title="" if derived else draft.title,
        author_count=counts[0] if counts else draft.author_count,
        date_source="inferred" if _INFERRED in told and draft.date else draft.date_source,
    )
