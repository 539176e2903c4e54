"""One index as files: documents -> counts -> postings -> chunks, beside them records and what narrows and sorts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sitegen.output import Output
from sitegen.search.chunks import cut_chunks
from sitegen.search.columns import framed, front_coded, varints
from sitegen.search.container import compact_json, contained, content_name
from sitegen.search.counts import count
from sitegen.search.facets import facets_payload
from sitegen.search.full_index import K1, B
from sitegen.search.manifest import manifest_payload
from sitegen.search.postings import inverted
from sitegen.search.records import SEGMENT, group_size, segments

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sitegen.search.analysis import Document, Field
    from sitegen.search.counts import Counts
    from sitegen.search.facets import Facets
    from sitegen.search.records import Record

CURRENT = "search/current.json"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Collection:
    """What one index is made of: fields, and document by document its texts, its record, its facets and its date.

    `topics` gives each topic's short name by its slug. Where there are no facets, the index is neither narrowed nor
    sorted.
    """

    fields: tuple[Field, ...]
    documents: Sequence[Document]
    records: Sequence[Record]
    facets: Sequence[Facets] | None = None
    dates: Sequence[str] = ()
    topics: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class IndexFiles:
    """The name of an index's manifest, and all its files."""

    manifest: str
    files: tuple[Output, ...]


def index_files(collection: Collection) -> IndexFiles:
    """Give the files of one index."""
    counts = count(collection.documents, len(collection.fields))
    chunks = list(cut_chunks(inverted(counts)))
    terms = [_named("search/t/", chunk.payload) for chunk in chunks]
    records = list(segments(collection.records))
    extra = _extra_files(collection, counts)
    facts = {**_facts(collection, counts), **{kind: named.name for kind, named in extra.items()}}
    manifest = _named(
        "search/m-",
        manifest_payload(
            facts,
            [named.name for named in terms],
            [chunk.separator for chunk in chunks],
            [segment.name for segment in records],
        ),
    )
    shown = [file for segment in records for file in segment.files]
    files = [named.file for named in (manifest, *terms, *extra.values())]
    return IndexFiles(manifest.name, (*files, *shown))


def all_files(papers: IndexFiles, pages: IndexFiles) -> tuple[Output, ...]:
    """Give the files of both indexes, what they share once, and last the one whose name stays and that names them."""
    files = {file.path: file for file in (*papers.files, *pages.files)}
    current = {"format": FORMAT, "papers": papers.manifest, "pages": pages.manifest}
    return (*files.values(), Output(CURRENT, compact_json(current)))


@dataclass(frozen=True, slots=True)
class _Named:
    """A file and the part of its path that its content gives."""

    name: str
    file: Output


def _named(prefix: str, payload: bytes) -> _Named:
    """Give the file of a payload, its name behind the prefix."""
    body = contained(payload)
    name = content_name(body)
    return _Named(name, Output(f"{prefix}{name}.bin", body))


def _extra_files(collection: Collection, counts: Counts) -> dict[str, _Named]:
    """Give what only some questions need: all terms, and where papers are narrowed and sorted, facets and dates."""
    extra = {"dictionary": _named("search/dict-", varints([len(counts.terms)]) + framed(front_coded(counts.terms)))}
    if collection.facets is not None:
        extra["facets"] = _named("search/f-", facets_payload(collection.facets, collection.topics))
        extra["dates"] = _named("search/o-", compact_json(list(collection.dates)))
    return extra


def _facts(collection: Collection, counts: Counts) -> dict[str, object]:
    """Give what scores are computed with, and how records are stored."""
    return {
        "documents": counts.documents,
        "fields": [field.name for field in collection.fields],
        "boosts": [field.boost for field in collection.fields],
        "averages": [of_field.average for of_field in counts.fields],
        "k1": K1,
        "b": B,
        "segment": SEGMENT,
        "group": group_size(len(collection.records)),
        "dictionary": "",
        "facets": "",
        "dates": "",
        "topics": dict(collection.topics),
    }
