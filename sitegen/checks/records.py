"""Rules about one record alone: the values of its keys."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from sitegen import text as strings
from sitegen.checks.shapes import (
    address_fault,
    in_calendar,
    is_arxiv,
    is_date,
    is_doi,
    is_id,
    is_orcid,
    is_time,
    looks_like_orcid,
    looks_like_time,
)
from sitegen.checks.subject import all_plain, nearest, problem, texts
from sitegen.corpus.schema import AUTHORS_CAP
from sitegen.latex import mathml, runs
from sitegen.model import CHANGE_KINDS, KINDS, RESERVED_IDS, STATUSES, TYPES
from sitegen.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitegen.checks.subject import Subject
    from sitegen.model import Origin, Paper, Topic
    from sitegen.problems import Problem

_ID_WORDS = "1 to 80 of a-z, 0-9 and -, beginning with a letter or digit"
_CAPS = {"title": 500, "abstract": 10_000, "note": 10_000}


def dates(subject: Subject) -> Iterator[Problem]:
    """Find dates that are no YYYY, YYYY-MM or YYYY-MM-DD, or that no calendar has."""
    for paper in subject.corpus.papers:
        found = [("date", paper.date), *((f"sources.{i}.listed", one.listed) for i, one in enumerate(paper.sources))]
        for where, value in found:
            name = where.partition(".")[0] + where[where.rfind(".") :] if "." in where else where
            if value and not is_date(value):
                message = f"{name} must be YYYY, YYYY-MM or YYYY-MM-DD, not {quoted(value)}"
                yield problem(paper.origin, where, "SG004", message)
            elif value and not in_calendar(value):
                message = f"{name} must stand in the calendar, which has no {quoted(value)}"
                yield problem(paper.origin, where, "SG004", message)


def times(subject: Subject) -> Iterator[Problem]:
    """Find times that are no YYYY-MM-DDTHH:MM:SSZ, or that no calendar and clock have."""
    for paper in subject.corpus.papers:
        found = [("added", paper.added), *((f"changes.{i}.at", one.at) for i, one in enumerate(paper.changes))]
        for where, value in found:
            if value and not is_time(value):
                name = "added" if where == "added" else "changes.at"
                must = "that calendar and clock have" if looks_like_time(value) else "such as 2025-11-03T00:00:12Z"
                message = f"{name} must be a time {must}, not {quoted(value)}"
                yield problem(paper.origin, where, "SG005", message)


def enumerations(subject: Subject) -> Iterator[Problem]:
    """Find values that are none of those their key allows."""
    for paper in subject.corpus.papers:
        found = [
            ("title_source", paper.title_source, ("given", "derived")),
            ("type", paper.type, TYPES),
            ("kind", paper.kind, KINDS),
            ("status", paper.status, STATUSES),
            ("date_source", paper.date_source, ("given", "inferred")),
            *((f"changes.{i}.kind", one.kind, CHANGE_KINDS) for i, one in enumerate(paper.changes)),
        ]
        for where, value, allowed in found:
            if value and value not in allowed:
                name = "changes.kind" if "." in where else where
                message = f"{name} must be one of {', '.join(allowed)}, not {quoted(value)}"
                yield problem(paper.origin, where, "SG012", message, nearest(value, allowed))


def _names(subject: Subject) -> Iterator[tuple[Origin, str, str, str]]:
    """Give everything that becomes a page's address: (origin, dotted name, what it is, value)."""
    for paper in subject.corpus.papers:
        yield paper.origin, "", "a file's name without .yaml", paper.id
        for index, alias in enumerate(paper.aliases):
            yield paper.origin, f"aliases.{index}", "an alias", alias
    for topic in subject.corpus.topics:
        yield topic.origin, "slug", "a slug", topic.slug


def ids(subject: Subject) -> Iterator[Problem]:
    """Find file names, aliases and slugs that cannot be an id."""
    for origin, where, what, value in _names(subject):
        if not is_id(value):
            yield problem(origin, where, "SG014", f"{what} must be {_ID_WORDS}, not {quoted(value)}")


def reserved_ids(subject: Subject) -> Iterator[Problem]:
    """Find file names, aliases and slugs that pages of the site's own have."""
    for origin, where, what, value in _names(subject):
        if value in RESERVED_IDS:
            message = (
                f"{what} must be none of the site's own pages ({', '.join(RESERVED_IDS)}), but {quoted(value)} is one"
            )
            yield problem(origin, where, "SG015", message)


def addresses(subject: Subject) -> Iterator[Problem]:
    """Find links that are no absolute http(s) address, or that hide where they lead."""
    for paper in subject.corpus.papers:
        for name in ("pdf", "code", "page"):
            value = getattr(paper.links, name)
            fault = address_fault(value) if value else ""
            if fault:
                message = f"links.{name} must be an address {fault}, not {quoted(value)}"
                yield problem(paper.origin, f"links.{name}", "SG021", message)


def arxiv_ids(subject: Subject) -> Iterator[Problem]:
    """Find arXiv ids that are not bare."""
    for paper in subject.corpus.papers:
        value = paper.links.arxiv
        if value and not is_arxiv(value):
            hint = "leave out the version" if is_arxiv(re.sub(r"v[0-9]+\Z", "", value)) else ""
            message = f"links.arxiv must be a bare arXiv id such as 2301.00010 or hep-th/9901001, not {quoted(value)}"
            yield problem(paper.origin, "links.arxiv", "SG022", message, hint)


def dois(subject: Subject) -> Iterator[Problem]:
    """Find DOIs that are not bare."""
    for paper in subject.corpus.papers:
        value = paper.links.doi
        if value and not is_doi(value):
            bare = re.sub(r"(?i)\A(https?://(dx\.)?doi\.org/|doi:\s*)", "", value)
            hint = f"write {quoted(bare)}" if bare != value and is_doi(bare) else ""
            message = f"links.doi must be a bare DOI such as 10.18653/v1/P19-1001, not {quoted(value)}"
            yield problem(paper.origin, "links.doi", "SG023", message, hint)


def visible_text(subject: Subject) -> Iterator[Problem]:
    """Find bidirectional controls and invisible characters: text must read as it is."""
    everything: tuple[Paper | Topic, ...] = (*subject.corpus.papers, *subject.corpus.topics)
    for record in everything:
        if all_plain(_is_visible, record):
            continue
        for where, value in texts(record):
            found = strings.invisible(value)
            if found:
                name = re.sub(r"\.[0-9]+", "", where)
                message = f"{name} must hold no bidirectional or invisible characters, but has U+{ord(found):04X}"
                yield problem(record.origin, where, "SG025", message)


def _is_visible(value: str) -> bool:
    return not strings.invisible(value)


def caps(subject: Subject) -> Iterator[Problem]:
    """Find titles, abstracts and notes that are too long, and records with too many authors."""
    for paper in subject.corpus.papers:
        for name, cap in _CAPS.items():
            length = len(getattr(paper, name))
            if length > cap:
                message = f"{name} must have at most {cap:,} characters, not {length:,}"
                yield problem(paper.origin, name, "SG026", message)
        if len(paper.authors) > AUTHORS_CAP:
            message = f"authors must be at most {AUTHORS_CAP:,}, not {len(paper.authors):,}"
            yield problem(paper.origin, "authors", "SG026", message, "name the first ones and give author_count")


def formulas(subject: Subject) -> Iterator[Problem]:
    """Find formulas that MathML cannot show, so that readers see their source: a warning."""
    for paper in subject.corpus.papers:
        for name in ("title", "abstract", "note"):
            value = getattr(paper, name)
            sources = [run.text for run in runs(value) if run.formula] if "$" in value else []
            for source in dict.fromkeys(sources):
                if not mathml(source):
                    message = f"a formula of the {name} should be one that MathML can show, not {quoted(f'${source}$')}"
                    hint = "readers see its source as it stands; is a macro unknown or a brace missing?"
                    yield replace(problem(paper.origin, name, "SG035", message, hint), severity="warning")


def one_line(subject: Subject) -> Iterator[Problem]:
    """Find titles and names that are more than a line or have spaces at their ends."""
    for paper in subject.corpus.papers:
        for where, value in _line_texts(paper):
            if not _is_one_line(value):
                yield _not_one_line(paper.origin, where, value)
    for topic in subject.corpus.topics:
        for where, value in (("name", topic.name), ("short", topic.short), ("group", topic.group)):
            if not _is_one_line(value):
                yield _not_one_line(topic.origin, where, value)


def _line_texts(paper: Paper) -> Iterator[tuple[str, str]]:
    yield "title", paper.title
    yield "venue", paper.venue
    for index, author in enumerate(paper.authors):
        for value in (author.name, author.family, author.given):
            if value:
                yield f"authors.{index}", value
    for index, organization in enumerate(paper.organizations):
        yield f"organizations.{index}", organization
    for name in ("volume", "issue", "pages", "publisher"):
        yield f"publication.{name}", getattr(paper.publication, name)


def _is_one_line(value: str) -> bool:
    return value == value.strip() and (value.isprintable() or (len(value.splitlines()) <= 1 and "\t" not in value))


def _not_one_line(origin: Origin, where: str, value: str) -> Problem:
    name = re.sub(r"\.[0-9]+", "", where)
    message = f"{name} must be one line without tabs and without spaces at its ends, not {quoted(value)}"
    return problem(origin, where, "SG031", message)


def keys(subject: Subject) -> Iterator[Problem]:
    """Find keys that are not 16 hexadecimal digits."""
    for paper in subject.corpus.papers:
        if paper.key and not re.fullmatch(r"[0-9a-f]{16}", paper.key):
            message = f"key must be 16 hexadecimal digits (0-9, a-f in lower case), not {quoted(paper.key)}"
            yield problem(paper.origin, "key", "SG032", message, "leave the key as the import wrote it")


def orcids(subject: Subject) -> Iterator[Problem]:
    """Find ORCID iDs that are not bare or whose check digit is wrong."""
    for paper in subject.corpus.papers:
        for index, author in enumerate(paper.authors):
            if author.orcid and not is_orcid(author.orcid):
                must, hint = "a bare ORCID iD such as 0000-0002-1825-0097", ""
                if looks_like_orcid(author.orcid):
                    must, hint = (
                        "an ORCID iD with the right check digit",
                        "a digit is wrong: compare it with the source",
                    )
                message = f"authors.orcid must be {must}, not {quoted(author.orcid)}"
                yield problem(paper.origin, f"authors.{index}.orcid", "SG034", message, hint)
