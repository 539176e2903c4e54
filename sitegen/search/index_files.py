"""The search's files: documents -> counts -> postings -> chunks, beside them records and what narrows and sorts.

Papers and hand-written pages are two collections with scores of their own, but their terms share the chunks: pages are
few, and so a search for papers finds them with hardly a byte more.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING

from sitegen.output import Output
from sitegen.search.chunks import cut_chunks
from sitegen.search.columns import framed, front_coded, varints
from sitegen.search.container import compact_json, contained, contained_columns, content_name, short_names
from sitegen.search.counts import count_together
from sitegen.search.facets import facets_payload
from sitegen.search.full_index import K1, B
from sitegen.search.manifest import manifest_parts
from sitegen.search.postings import inverted
from sitegen.search.records import SEGMENT, group_size, segment_files, segments

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sitegen.search.analysis import Document, Field
    from sitegen.search.counts import Counts
    from sitegen.search.facets import Facets
    from sitegen.search.records import Record

CURRENT = "search/current.json"
FORMAT = 2

# A topic's slug, short name and the class of its key.
Topic = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Collection:
    """What is searched as one: fields, and document by document its texts and its record."""

    fields: tuple[Field, ...]
    documents: Sequence[Document]
    records: Sequence[Record]


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What papers are narrowed and sorted by: facets and date of each, and all topics."""

    facets: Sequence[Facets] = ()
    dates: Sequence[str] = ()
    topics: Sequence[Topic] = ()


def search_files(papers: Collection, pages: Collection, narrowing: Narrowing) -> tuple[Output, ...]:
    """Give all files of the search, and last the one whose name stays and that names the manifest."""
    collections = (papers, pages)
    counted = count_together(*((each.documents, len(each.fields)) for each in collections))
    separators, terms = _term_files(counted)
    extra = _extra_files(narrowing)
    dictionaries = [_dictionary(counts) for counts in counted]
    about = map(_collection_facts, collections, counted, dictionaries)
    facts = {
        **_facts(narrowing),
        **{kind: named.name for kind, named in extra.items()},
        **dict(zip(("papers", "pages"), about, strict=True)),
    }
    records = [list(segments(each.records)) for each in collections]
    names = short_names(chain.from_iterable(records))
    segment_names = [list(islice(names, len(some))) for some in records]
    parts = manifest_parts(facts, [each.name for each in terms], separators, segment_names)
    manifest = _named("search/m-", contained_columns(parts))
    files = {each.file.path: each.file for each in (manifest, *terms, *extra.values(), *dictionaries)}
    shown = chain.from_iterable(map(segment_files, chain.from_iterable(segment_names), chain.from_iterable(records)))
    current = Output(CURRENT, compact_json({"format": FORMAT, "manifest": manifest.name}))
    return (*files.values(), *shown, current)


@dataclass(frozen=True, slots=True)
class _Named:
    """A file and the part of its path that its content gives."""

    name: str
    file: Output


def _named(prefix: str, body: bytes) -> _Named:
    """Give a file, its name behind the prefix."""
    name = content_name(body)
    return _Named(name, Output(f"{prefix}{name}.bin", body))


def _term_files(counted: Sequence[Counts]) -> tuple[list[str], list[_Named]]:
    """Give the separators of the chunks of all terms, and the chunks."""
    fields = [field for counts in counted for field in counts.fields]
    chunks = list(cut_chunks(inverted(counted[0].terms, fields)))
    bodies = [contained_columns(chunk.parts) for chunk in chunks]
    names = short_names((body,) for body in bodies)
    files = [_Named(name, Output(f"search/t/{name}.bin", body)) for name, body in zip(names, bodies, strict=True)]
    return [chunk.separator for chunk in chunks], files


def _dictionary(counts: Counts) -> _Named:
    """Give all terms of a collection, which only some questions need."""
    terms = counts.own_terms()
    return _named("search/dict-", contained(varints([len(terms)]) + framed(front_coded(terms))))


def _extra_files(narrowing: Narrowing) -> dict[str, _Named]:
    """Give what papers are narrowed and sorted by."""
    slugs = [slug for slug, _, _ in narrowing.topics]
    return {
        "facets": _named("search/f-", contained(facets_payload(narrowing.facets, slugs))),
        "dates": _named("search/o-", contained(compact_json(list(narrowing.dates)))),
    }


def _facts(narrowing: Narrowing) -> dict[str, object]:
    """Give what holds for every collection."""
    return {"k1": K1, "b": B, "segment": SEGMENT, "topics": narrowing.topics}


def _collection_facts(collection: Collection, counts: Counts, dictionary: _Named) -> dict[str, object]:
    """Give what a collection's scores are computed with, and how its records are stored."""
    return {
        "documents": counts.documents,
        "fields": [field.name for field in collection.fields],
        "boosts": [field.boost for field in collection.fields],
        "averages": [of_field.average for of_field in counts.fields],
        "group": group_size(len(collection.records)),
        "dictionary": dictionary.name,
    }
