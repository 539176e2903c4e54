"""Nodes to records: which keys a record has, of which type, and what is said of those that do not fit.

Only what a record cannot hold is a problem here (unknown keys, types, missing keys); values are judged by the checks.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple

from sitegen.corpus.plain_yaml import Node, read_yaml
from sitegen.corpus.readers import (
    Reader,
    Reading,
    flag,
    list_of,
    matching,
    nested,
    number,
    one_of,
    optional,
    text,
    values,
    visible_text,
)
from sitegen.model import (
    Author,
    Change,
    Corpus,
    CorpusSettings,
    FeedSettings,
    Links,
    Paper,
    Publication,
    Source,
    Topic,
)
from sitegen.problems import Location, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

RECORD_CAP = 64 * 1024
SETTINGS_CAP = 1024 * 1024
AUTHORS_CAP = 6_000


class CorpusFile(NamedTuple):
    """A file's content; `path` as the user would name it, `inside` relative to the corpus: "papers/2023/x.yaml"."""

    path: str
    inside: str
    content: bytes


# What was parsed of a file, for another reading that meets the same bytes at the same path.
Known = dict[CorpusFile, tuple[Paper | None, tuple[Problem, ...]]]


def _author(reading: Reading, node: Node, where: str) -> Author | None:
    """Read "Given Family", or a mapping; a mapping without `name` has the name its parts make."""
    if isinstance(node.value, str):
        return Author(text(reading, node, where))
    if isinstance(node.value, list):
        reading.fault(node.line, "SG011", "an author must be a name or a mapping, not a list")
        return None
    found = values(reading, node, where, AUTHOR_KEYS)
    name = f"{found.get('given', '')} {found.get('family', '')}".strip()
    found.setdefault("name", name)
    if not found["name"]:
        reading.fault(node.line, "SG010", "an author must have a name, a family or a given name")
    return Author(**found) if found["name"] else None


def _source(**found: Any) -> Source:  # noqa: ANN401 (values are typed by their readers)
    return Source(**{**found, "ordinal": found["ordinal"] or 0})


def _texts(*names: str) -> dict[str, Reader]:
    return dict.fromkeys(names, text)


AUTHOR_KEYS: dict[str, Reader] = {**_texts("name", "family", "given", "orcid"), "literal": flag}
LINK_KEYS = _texts("arxiv", "doi", "pdf", "code", "page")
PUBLICATION_KEYS = _texts("volume", "issue", "pages", "publisher")
CHANGE_KEYS = _texts("at", "kind", "note")
SOURCE_KEYS: dict[str, Reader] = {
    **_texts("file", "format"),
    "ordinal": number(1),
    "listed": text,
    "count": number(0),
}
# In the order in which a record is written.
PAPER_KEYS: dict[str, Reader] = {
    **_texts("title", "title_source", "type", "kind", "status"),
    "authors": list_of(_author, AUTHORS_CAP),
    "author_count": number(1),
    "organizations": list_of(text, 1_000),
    **_texts("date", "date_source", "added"),
    "announce": flag,
    "topics": list_of(text, 100),
    "links": optional(Links, LINK_KEYS),
    "venue": text,
    "publication": optional(Publication, PUBLICATION_KEYS),
    **_texts("abstract", "note"),
    "changes": list_of(nested(Change, CHANGE_KEYS, ("at", "kind", "note")), 1_000),
    "aliases": list_of(text, 100),
    "same_as": list_of(text, 100),
    "not_same_as": list_of(text, 100),
    "key": text,
    "sources": list_of(nested(_source, SOURCE_KEYS, ("file", "format", "ordinal")), 1_000),
}
TOPIC_KEYS: dict[str, Reader] = {
    **_texts("slug", "name", "short", "group", "description"),
    "cues": list_of(text, 1_000),
    "parent": text,
    "curators": list_of(text, 100),
}
FEED_KEYS: dict[str, Reader] = {
    # RFC 4151 section 2.1; what it says "should be lower case" must be so here, where ids are for ever.
    "authority": matching(
        r"([a-z0-9._-]{1,64}@)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}",
        "a domain or an e-mail address in lower case",
        "SG033",
    ),
    "since": matching(
        r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?", "YYYY, YYYY-MM or YYYY-MM-DD", "SG033"
    ),
    # Only what means itself in every language that the address enters, the workflow's shell too.
    "websub": matching(
        r"https://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?(/[A-Za-z0-9._~/-]*)?",
        "a hub's address like https://hub.example.org/, without a query",
        "SG036",
    ),
}
SETTINGS_KEYS: dict[str, Reader] = {
    "format": one_of(("1",), "SG012"),
    **dict.fromkeys(("title", "description", "licence", "contact"), visible_text),
    "feed": optional(FeedSettings, FEED_KEYS),
    "author_feeds": flag,
}


def parse_paper(content: bytes, path: str) -> tuple[Paper | None, tuple[Problem, ...]]:
    """Give the record of a file's bytes (UTF-8 YAML) and its problems; None where there is no record to judge.

    The file's stem is the id; `path` is for the problems and `Paper.origin`.
    """
    if len(content) > RECORD_CAP:
        return None, (too_large(path, RECORD_CAP, "a record"),)
    node, problems = read_yaml(content, path)
    if node is None:
        return None, problems
    reading = Reading(path, list(problems))
    found = values(reading, node, "", PAPER_KEYS, ("title", "added"))
    if not isinstance(node.value, dict):
        return None, tuple(reading.problems)
    for key in ("title", "added"):
        found.setdefault(key, "")
    return Paper(id=PurePosixPath(path).stem, origin=reading.origin(), **found), tuple(reading.problems)


def parse_topics(content: bytes, path: str) -> tuple[tuple[Topic, ...], tuple[Problem, ...]]:
    """Give the topics of topics.yaml in its order, and its problems; a topic without slug is left out."""
    if len(content) > SETTINGS_CAP:
        return (), (too_large(path, SETTINGS_CAP, "topics.yaml"),)
    node, problems = read_yaml(content, path)
    if node is None:
        return (), problems
    reading = Reading(path, list(problems), what="topics.yaml")

    def read(_: Reading, child: Node, where: str) -> Topic | None:
        del where  # a topic's keys are named as they stand in the file
        own = Reading(path, reading.problems, {"": child.line}, "a topic")
        found = values(own, child, "", TOPIC_KEYS, ("slug", "name"))
        return Topic(**{"name": "", **found}, origin=own.origin()) if "slug" in found else None

    topics = values(reading, node, "", {"topics": list_of(read, 1_000)}).get("topics", ())
    return topics, tuple(reading.problems)


def parse_settings(content: bytes, path: str) -> tuple[CorpusSettings, tuple[Problem, ...]]:
    """Give what corpus.yaml says, and its problems; what it does not say is built in."""
    if len(content) > SETTINGS_CAP:
        return CorpusSettings(), (too_large(path, SETTINGS_CAP, "corpus.yaml"),)
    node, problems = read_yaml(content, path)
    if node is None:
        return CorpusSettings(), problems
    reading = Reading(path, list(problems), what="corpus.yaml")
    found = values(reading, node, "", SETTINGS_KEYS, ("format",))
    found.pop("format", None)
    return CorpusSettings(**found), tuple(reading.problems)


def too_large(path: str, cap: int, what: str) -> Problem:
    """Give the problem of a file that is over its cap, in bytes."""
    return Problem(Location(path), "SG003", f"{what} must have at most {cap // 1024} KiB")


def parse_corpus(files: Iterable[CorpusFile], known: Known | None = None) -> tuple[Corpus, tuple[Problem, ...]]:
    """Give the corpus that the files make and all their problems, sorted; the files may come from anywhere.

    A broken record is left out; the others are there. Records in `known` are not parsed again, others are put into it.
    """
    settings, topics = CorpusSettings(), tuple[Topic, ...]()
    papers: list[Paper] = []
    problems: list[Problem] = []
    for file in files:
        path, inside, content = file
        if inside == "corpus.yaml":
            settings, found = parse_settings(content, path)
        elif inside == "topics.yaml":
            topics, found = parse_topics(content, path)
        else:
            paper, found = parse_paper(content, path) if known is None else _known_paper(file, known)
            papers += [paper] if paper else []
        problems += found
    papers.sort(key=lambda paper: (paper.order, paper.origin.path))
    return Corpus(settings, topics, tuple(papers)), tuple(sorted(problems))


def _known_paper(file: CorpusFile, known: Known) -> tuple[Paper | None, tuple[Problem, ...]]:
    if file not in known:
        known[file] = parse_paper(file.content, file.path)
    return known[file]
