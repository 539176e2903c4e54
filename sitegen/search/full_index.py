"""Documents to the full index as lunr.js 2.3.9 loads it: every term, and the numbers that lunr.js scores with.

What lunr.py counts and weighs, without its token objects. lunr.py's own builder, given the same analysis, is the
oracle of the tests; lunr.js, given this index, is the oracle of the search client's.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from lunr import __TARGET_JS_VERSION__

from sitegen.search.counts import average, count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sitegen.search.analysis import Document, Field
    from sitegen.search.counts import Counts

K1, B = 1.2, 0.75  # lunr's defaults (BM25)


def build_index(documents: Sequence[Document], fields: Sequence[Field]) -> dict[str, object]:
    """Give the index in lunr.js's serialised form; the pipeline is the stemmer alone, which every lunr.js has.

    Terms are in the order of UTF-16 code units, as lunr.js wants them, and a term's `_index` is its rank there.
    """
    counts = count((document.texts for document in documents), len(fields))
    refs: list[list[dict[str, dict[str, object]]]] = [[{} for _ in fields] for _ in counts.terms]
    for at, of_field in enumerate(counts.fields):
        for ordinal, document in enumerate(documents):
            for rank, _ in of_field.of_document(ordinal):
                refs[rank][at][document.ref] = {}
    postings: list[tuple[str, dict[str, object]]] = [
        (term, {"_index": rank, **{field.name: refs[rank][at] for at, field in enumerate(fields)}})
        for rank, term in enumerate(counts.terms)
    ]
    return {
        "version": __TARGET_JS_VERSION__,
        "fields": [field.name for field in fields],
        "fieldVectors": _vectors(documents, fields, counts),
        "invertedIndex": postings,
        "pipeline": ["stemmer"],
    }


def _vectors(documents: Sequence[Document], fields: Sequence[Field], counts: Counts) -> list[tuple[str, list[float]]]:
    """Weigh every term of every field: rank, weight, rank, weight…, by rank, rounded to three decimals as lunr does."""
    having = zip(*(of_field.documents_with(len(counts.terms)) for of_field in counts.fields), strict=True)
    rarity = [_rarity(sum(of_term), len(documents)) for of_term in having]
    averages = [average(of_field.lengths) for of_field in counts.fields]
    vectors: list[tuple[str, list[float]]] = []
    for ordinal, document in enumerate(documents):
        for field, of_field, mean in zip(fields, counts.fields, averages, strict=True):
            vector: list[float] = []
            for rank, frequency in sorted(of_field.of_document(ordinal)):
                # In lunr's order of operations: a product taken otherwise differs in the last bit.
                saturated = K1 * (1 - B + B * (of_field.lengths[ordinal] / mean)) + frequency
                weight = rarity[rank] * ((K1 + 1) * frequency) / saturated * field.boost
                vector += (rank, round(weight, 3))
            vectors.append((f"{field.name}/{document.ref}", vector))
    return vectors


def _rarity(having: int, documents: int) -> float:
    """Give lunr's inverse document frequency, in which a document counts once for every field that has the term."""
    return math.log(1 + abs((documents - having + 0.5) / (having + 0.5)))
