"""What results are narrowed by: kind, year and topics of every document, as columns."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from sitegen.search.columns import framed, varints
from sitegen.search.container import compact_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True, slots=True)
class Facets:
    """What one document is narrowed by: its kind and its year, "" where it has none, and its topics' slugs."""

    kind: str
    year: str
    topics: tuple[str, ...]


def facets_payload(documents: Sequence[Facets], topics: Iterable[str]) -> bytes:
    """Give the values as JSON, then the columns: kind (0 for none), year, number of topics, topics.

    Topics stand in the order given, kinds by name, years from the newest, "" last.
    """
    used = {topic for document in documents for topic in document.topics}
    values = {
        "topics": [topic for topic in dict.fromkeys((*topics, *sorted(used))) if topic in used],
        "kinds": sorted({document.kind for document in documents} - {""}),
        "years": sorted({document.year for document in documents}, reverse=True),
    }
    topic_at, kind_at, year_at = ({value: at for at, value in enumerate(listed)} for listed in values.values())
    columns = (
        varints(kind_at[document.kind] + 1 if document.kind else 0 for document in documents),
        varints(year_at[document.year] for document in documents),
        varints(len(document.topics) for document in documents),
        varints(topic_at[topic] for topic in chain.from_iterable(document.topics for document in documents)),
    )
    legend = compact_json(values)
    return varints([len(legend)]) + legend + framed(columns)
