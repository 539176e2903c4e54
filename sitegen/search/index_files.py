"""The search's files: documents -> counts -> postings -> chunks, beside them records and what narrows and sorts.

Papers and hand-written pages are two collections with scores of their own, but their terms share the chunks: pages are
few, and so a search for papers finds them with hardly a byte more. What is known from before saves work and changes no
byte: only new documents are counted, and only files that hold something else are made.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from typing import TYPE_CHECKING

from sitegen.search.chunks import Chunks
from sitegen.search.columns import framed, front_coded, varints
from sitegen.search.container import NAME_BYTES, compact_json, contained, contained_columns, short_names
from sitegen.search.counts import average, count_together
from sitegen.search.facets import facets_payload
from sitegen.search.full_index import K1, B
from sitegen.search.known import Known
from sitegen.search.manifest import manifest_parts
from sitegen.search.parts import Contents, content_of, source_of
from sitegen.search.postings import inverted
from sitegen.search.records import group_size, record_files, segment_paths, segments
from sitegen.search.revised import moves, revised

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from sitegen.search.analysis import Field
    from sitegen.search.facets import Facets
    from sitegen.search.parts import Bodies, Content, Part
    from sitegen.search.postings import Postings
    from sitegen.search.records import Record

CURRENT = "search/current.json"
FORMAT = 3

# A topic's slug, short name and the class of its key.
Topic = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """A document as it is found and shown: one plain text for each field, and its record."""

    texts: tuple[str, ...]
    record: Record


@dataclass(frozen=True, slots=True)
class Collection:
    """What is searched as one: fields, for each document its name, a digest of all it is read from, how it is read.

    A digest has DIGEST bytes; what orders the documents is a part of what it is of. No two have one name.
    """

    fields: tuple[Field, ...]
    names: Sequence[str]
    digests: Sequence[bytes]
    read: Callable[[int], Entry]


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What papers are narrowed and sorted by: facets and date of each, and all topics."""

    facets: Sequence[Facets] = ()
    dates: Sequence[str] = ()
    topics: Sequence[Topic] = ()


@dataclass(frozen=True, slots=True)
class _Named:
    """A file's content and the part of its path that the content gives."""

    name: str
    file: Part


def index_parts(
    papers: Collection, pages: Collection, narrowing: Narrowing, known: Known | None = None
) -> tuple[tuple[Part, ...], Known]:
    """Give all files of the search, last the one whose name stays, and what may be `known` the next time.

    The last but one is the manifest, which the last one names.
    """
    collections = (papers, pages)
    before = known if known and len(known.documents) == len(collections) else Known(((),) * len(collections))
    entries, postings = _postings(collections, before)
    contents = Contents(before.contents)
    separators, terms = _term_files(postings, contents)
    extra = _extra_files(narrowing)
    dictionaries = [_dictionary(postings.own_terms(of), contents) for of in _field_ranges(collections)]
    facts = {
        "k1": K1,
        "b": B,
        "topics": narrowing.topics,
        **{kind: named.name for kind, named in extra.items()},
        **dict(zip(("papers", "pages"), _collection_facts(collections, postings, dictionaries), strict=True)),
    }
    named_segments, records = _record_files(collections, entries, contents)
    parts = manifest_parts(facts, [each.name for each in terms], separators, named_segments)
    manifest = _named("search/m-", content_of(contained_columns(parts)))
    current = content_of(compact_json({"format": FORMAT, "manifest": manifest.name})).part(CURRENT)
    named = (*(each.file for each in (*terms, *extra.values(), *dictionaries)), *records, manifest.file, current)
    files = {part.paths: part for part in named}
    found = Known(tuple(tuple(each.digests) for each in collections), postings, contents.digests)
    return tuple(files.values()), known if known == found else found


def _postings(collections: Sequence[Collection], before: Known) -> tuple[list[Mapping[int, Entry]], Postings]:
    """Give the documents of each collection that are new, by ordinal, and the postings of all."""
    moved = [moves(old, each.digests) for old, each in zip(before.documents, collections, strict=True)]
    entries = [{at: each.read(at) for at in of.new} for each, of in zip(collections, moved, strict=True)]
    texts = [[entry.texts for entry in of.values()] for of in entries]
    counted = count_together(*((of, len(each.fields)) for of, each in zip(texts, collections, strict=True)))
    added = inverted(counted[0].terms, [field for counts in counted for field in counts.fields])
    if not any(before.documents):
        return list(entries), added
    if all(tuple(each.digests) == old for each, old in zip(collections, before.documents, strict=True)):
        return list(entries), before.postings
    of_fields = [of for each, of in zip(collections, moved, strict=True) for _ in each.fields]
    return list(entries), revised(before.postings, added, of_fields)


def _named(prefix: str, content: Content) -> _Named:
    """Give a file, its name behind the prefix."""
    name = content.digest[:NAME_BYTES].hex()
    return _Named(name, content.part(f"{prefix}{name}.bin"))


def _term_files(postings: Postings, contents: Contents) -> tuple[list[str], list[_Named]]:
    """Give the separators of the chunks of all terms, and the chunks."""
    chunks = Chunks(postings)
    files = [
        contents.of(chunks.source(first, end), partial(_chunk, chunks, first, end)) for first, end in chunks.ranges
    ]
    names = short_names(each.digest for each in files)
    named = [_Named(name, file.part(f"search/t/{name}.bin")) for name, file in zip(names, files, strict=True)]
    return [chunks.separator(first) for first, _ in chunks.ranges], named


def _chunk(chunks: Chunks, first: int, end: int) -> Bodies:
    return (contained_columns(chunks.payload(first, end)),)


def _dictionary(terms: Sequence[str], contents: Contents) -> _Named:
    """Give all terms of a collection, which only some questions need."""
    source = source_of(b"dictionary", "\n".join(terms).encode())
    return _named("search/dict-", contents.of(source, partial(_front_coded, terms)))


def _front_coded(terms: Sequence[str]) -> Bodies:
    return (contained(varints([len(terms)]) + framed(front_coded(terms))),)


def _extra_files(narrowing: Narrowing) -> dict[str, _Named]:
    """Give what papers are narrowed and sorted by."""
    slugs = [slug for slug, _, _ in narrowing.topics]
    return {
        "facets": _named("search/f-", content_of(contained(facets_payload(narrowing.facets, slugs)))),
        "dates": _named("search/o-", content_of(contained(compact_json(list(narrowing.dates))))),
    }


def _field_ranges(collections: Sequence[Collection]) -> Iterator[slice]:
    """Give for each collection where its fields stand among all."""
    ends = accumulate((len(each.fields) for each in collections), initial=0)
    return (slice(first, first + len(each.fields)) for first, each in zip(ends, collections, strict=False))


def _collection_facts(
    collections: Sequence[Collection], postings: Postings, dictionaries: Sequence[_Named]
) -> Iterator[dict[str, object]]:
    """Give what each collection's scores are computed with, and how its records are stored."""
    for each, of, dictionary in zip(collections, _field_ranges(collections), dictionaries, strict=True):
        yield {
            "documents": len(each.digests),
            "fields": [field.name for field in each.fields],
            "boosts": [field.boost for field in each.fields],
            "averages": [average(field.lengths) for field in postings.fields[of]],
            "group": group_size(len(each.digests)),
            "dictionary": dictionary.name,
        }


def _record_files(
    collections: Sequence[Collection], entries: Sequence[Mapping[int, Entry]], contents: Contents
) -> tuple[list[list[tuple[str, int]]], list[Part]]:
    """Give the names of each collection's segments with their numbers of documents, and the files of all."""
    made = [
        [(part, _segment(each, read, part, contents)) for part in segments(each.names)]
        for each, read in zip(collections, entries, strict=True)
    ]
    names = short_names(content.digest for of in made for _, content in of)
    named = [[(next(names), len(part)) for part, _ in of] for of in made]
    files = [
        content.part(*segment_paths(name, len(part), group_size(len(each.digests))))
        for each, of, listed in zip(collections, made, named, strict=True)
        for (part, content), (name, _) in zip(of, listed, strict=True)
    ]
    return named, files


def _segment(collection: Collection, read: Mapping[int, Entry], part: range, contents: Contents) -> Content:
    """Give the files of a segment; what was read of its documents already need not be read again."""
    group = group_size(len(collection.digests))
    source = source_of(b"records %d" % group, *(collection.digests[at] for at in part))

    def bodies() -> Bodies:
        return record_files([(read.get(at) or collection.read(at)).record for at in part], group)

    return contents.of(source, bodies)
