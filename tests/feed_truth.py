"""What a feed must say, computed from records as YAML gives them, and every way in which a document says otherwise.

It knows nothing of the generator: `feed_seen` reads the documents, and the truth is worked out anew from the records.
A record may carry `reads`, a person's own reading of its title or abstract, where LaTeX makes that differ from the
source; without it the text is compared as far as the first sign of LaTeX.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import yaml
from feed_seen import ATOM, DC, HISTORY, MATH, EntrySeen, FeedSeen, fragment, seen_in, spaced, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

Record = dict[str, Any]
SAFE_TAGS = {"p", "a", "strong", "code", "em", "ul", "li"}
SUFFIXES = {".atom.xml": "application/atom+xml", ".rss.xml": "application/rss+xml", ".json": "application/feed+json"}
CHANGED = {"corrected": "Corrected", "version": "New version", "retracted": "Retracted"}


@dataclass(frozen=True)
class EntryTruth:
    """What one entry must say; `line` is the first paragraph of its content.

    `abstract` is whole where `whole`, else the beginning that is free of LaTeX. An entry that is `brief` has a summary
    and no content; `listed` are the papers of a digest: address and title.
    """

    id: str
    title: str
    url: str
    published: datetime
    updated: datetime
    title_whole: bool = True
    authors: tuple[str, ...] = ()
    line: str = ""
    abstract: str = ""
    whole: bool = True
    note: str = ""
    categories: tuple[tuple[str, str, str], ...] = ()
    topic_urls: tuple[str, ...] = ()
    enclosure: str = ""
    doi: str = ""
    venue: str = ""
    brief: bool = False
    listed: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class FeedTruth:
    """What a feed must say; entries newest first. `links` are those to other documents: relation, address, type."""

    id: str
    title: str
    address: str
    page: str
    updated: datetime
    entries: tuple[EntryTruth, ...]
    links: frozenset[tuple[str, str, str]] = frozenset()
    archive: bool = False


@dataclass(frozen=True)
class FeedFacts:
    """What a feed is, apart from its papers."""

    name: str
    title: str
    site_url: str
    page: str
    authority: str
    since: str
    topics: Mapping[str, str]
    archive: str = ""
    hub: str = ""


# --- the truth -------------------------------------------------------------------------------------------------------


def records_in(folder: Path) -> list[Record]:
    """Read a corpus's papers as strings, the file's stem as id."""
    return [
        {"id": path.stem, **yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)}  # noqa: S506 (strings only)
        for path in sorted(folder.rglob("*.yaml"))
    ]


def truth_of(records: Sequence[Record], facts: FeedFacts, path: str) -> FeedTruth:
    """Work out what a feed at `path` that holds these records must say."""
    return feed_truth([_entry_truth(record, facts) for record in records], facts, path)


def feed_truth(entries: Sequence[EntryTruth], facts: FeedFacts, path: str) -> FeedTruth:
    """Put entries into the feed that must hold them."""
    suffix = next(suffix for suffix in SUFFIXES if path.endswith(suffix))
    stem = facts.site_url + path.removesuffix(suffix)
    links = {("alternate", stem + other, kind) for other, kind in SUFFIXES.items() if other != suffix}
    links |= {("prev-archive", facts.site_url + facts.archive, SUFFIXES[".atom.xml"])} if facts.archive else set()
    links |= {("hub", facts.hub, "")} if facts.hub else set()
    first_day = datetime(*([int(part) for part in facts.since.split("-")] + [1, 1])[:3], tzinfo=UTC)  # type: ignore[misc, arg-type]  # three numbers, whatever the count given
    return FeedTruth(
        id=f"tag:{facts.authority},{facts.since}:feed/{facts.name}",
        title=facts.title,
        address=facts.site_url + path,
        page=facts.site_url + facts.page,
        updated=max((entry.updated for entry in entries), default=first_day),
        entries=tuple(sorted(entries, key=lambda entry: (entry.published, entry.id), reverse=True)),
        links=frozenset(links),
    )


def archive_truth(records: Sequence[Record], facts: FeedFacts, path: str, around: tuple[str, str]) -> FeedTruth:
    """Work out what an archive at `path` must say; `around` are the paths of the archives before and after it."""
    whole = facts.name == "all"
    entries = [_entry_truth(record, facts) for record in records]
    bare = {"enclosure": "", "doi": "", "venue": "", "brief": True}
    linked = [("current", f"feeds/{facts.name}.atom.xml"), *zip(("prev-archive", "next-archive"), around, strict=True)]
    month = datetime.fromisoformat(f"{path.rpartition('/')[2][:7]}-01")
    return replace(
        feed_truth(entries if whole else [replace(entry, **bare) for entry in entries], facts, path),  # type: ignore[arg-type]  # of the entry's types
        title=f"{facts.title}, {month:%B %Y}",
        links=frozenset((rel, facts.site_url + to, SUFFIXES[".atom.xml"]) for rel, to in linked if to),
        archive=True,
    )


def week_truths(records: Sequence[Record], facts: FeedFacts) -> list[EntryTruth]:
    """Work out the digest of each ISO week that has a later record."""
    weeks: dict[str, list[Record]] = {}
    for record in sorted(records, key=lambda record: (record["added"], record["id"])):
        weeks.setdefault(f"{datetime.fromisoformat(record['added']):%G-W%V}", []).append(record)
    truths = []
    for name, found in sorted(weeks.items())[:-1]:
        end = datetime.strptime(f"{name}-7 23:59:59 +0000", "%G-W%V-%u %H:%M:%S %z")
        papers = [_entry_truth(record, facts) for record in found]
        truths.append(
            EntryTruth(
                id=f"tag:{facts.authority},{facts.since}:week/{name}",
                title=f"Week {int(name[6:])} of {name[:4]}: {len(papers)} paper" + "s" * (len(papers) != 1),
                url=facts.site_url + facts.page,
                published=end,
                updated=max(end, *(paper.updated for paper in papers)),
                listed=tuple((paper.url, paper.title) for paper in papers),
            )
        )
    return truths


def change_truths(records: Sequence[Record], facts: FeedFacts) -> list[EntryTruth]:
    """Work out the entry of each time at which something was said of a paper."""
    truths = []
    for record in records:
        paper = _entry_truth(record, facts)
        for at in sorted({change["at"] for change in record.get("changes", [])}):
            said = [change for change in record["changes"] if change["at"] == at]
            when = datetime.fromisoformat(at)
            truths.append(
                replace(
                    paper,
                    id=f"{paper.id}/change/{at}",
                    title=f"{', '.join(CHANGED[change['kind']] for change in said)}: {paper.title}",
                    published=when,
                    updated=when,
                    abstract=" ".join(f"{CHANGED[change['kind']]}: {change['note']}" for change in said),
                    whole=True,
                    note="",
                    enclosure="",
                    doi="",
                    venue="",
                )
            )
    return truths


def _entry_truth(record: Record, facts: FeedFacts) -> EntryTruth:
    links = record.get("links") or {}
    topics = record.get("topics") or []
    authors = tuple(_name(author) for author in record.get("authors") or [])
    title, title_whole = _readable(record, "title")
    abstract, whole = _readable(record, "abstract")
    times = [record["added"], *(change["at"] for change in record.get("changes") or [])]
    return EntryTruth(
        id=f"tag:{facts.authority},{facts.since}:paper/{record['id']}",
        title=f"[{title}" + "]" * title_whole if record.get("title_source") == "derived" else title,
        title_whole=title_whole,
        url=f"{facts.site_url}papers/{record['id']}/",
        published=datetime.fromisoformat(record["added"]),
        updated=datetime.fromisoformat(max(times)),
        authors=authors,
        line=_line(record, authors),
        abstract=abstract,
        whole=whole,
        note=spaced(record.get("note") or ""),
        categories=tuple((slug, f"{facts.site_url}topics/", facts.topics[slug]) for slug in topics),
        topic_urls=tuple(f"{facts.site_url}topics/{slug}/" for slug in topics),
        enclosure=links.get("pdf") or "",
        doi=f"doi:{links['doi']}" if links.get("doi") else "",
        venue=record.get("venue") or "",
    )


def _name(author: str | Mapping[str, str]) -> str:
    if isinstance(author, str):
        return author
    return author.get("name") or f"{author.get('given', '')} {author.get('family', '')}".strip()


def _line(record: Record, authors: tuple[str, ...]) -> str:
    """Give who wrote it, its kind, where and when it appeared, as far as the record says."""
    words = _in_words(record.get("date") or "")
    words += " (inferred)" * (bool(words) and record.get("date_source") == "inferred")
    facts = (_names(record, authors), (record.get("kind") or "").capitalize(), record.get("venue") or "", words)
    return " · ".join(fact for fact in facts if fact)


def _in_words(date: str) -> str:
    """Give 2023, 2023-08 or 2023-08-14 in words."""
    form = "%Y-%m-%d"[: {0: 0, 4: 2, 7: 5}.get(len(date), 8)]
    when = datetime.strptime(date, form).replace(tzinfo=UTC)
    return {0: "", 2: f"{when:%Y}", 5: f"{when:%B %Y}"}.get(len(form), f"{when.day} {when:%B %Y}")


def _names(record: Record, authors: tuple[str, ...]) -> str:
    count = int(record.get("author_count") or 0)
    if authors:
        return ", ".join(authors) + (f" and {count - len(authors)} more" if count > len(authors) else "")
    counted = [f"{count} author" + "s" * (count != 1)] if count else []
    return ", ".join([*counted, *(record.get("organizations") or [])]) or "Authors not given"


def _readable(record: Record, key: str) -> tuple[str, bool]:
    """Give a text as a person reads it and whether that is all of it."""
    reading = (record.get("reads") or {}).get(key)
    if reading is not None:
        return spaced(reading), True
    text = record.get(key) or ""
    signs = r"[\\${}~%#&^_]|``|''|--" if re.search(r"\\|``|''", text) else r"\$"
    plain = re.split(signs, text)[0]
    return spaced(plain), plain == text


# --- the rules: each a generator of faults, its docstring the rule ---------------------------------------------------


def _identity(seen: FeedSeen, truth: FeedTruth) -> Iterator[str]:
    """A feed has its frozen id, its title, its own absolute address and its page for people."""
    if seen.kind != "rss" and seen.id != truth.id:
        yield f"feed id is {seen.id!r}, not {truth.id!r}"
    if seen.title != truth.title:
        yield f"feed title is {seen.title!r}"
    if [href for rel, href, _ in seen.links if rel == "self"] != [truth.address]:
        yield "feed has not its own address as rel=self"
    if [href for rel, href, kind in seen.links if rel == "alternate" and kind == "text/html"] != [truth.page]:
        yield "feed has not its page as rel=alternate"
    if seen.kind == "atom" and [href for rel, href, _ in seen.links if rel == "alternate"][:1] != [truth.page]:
        yield "the first alternate, which readers take for the page, is another format"
    others = [link for link in seen.links if link[0] != "self" and link[2] != "text/html"]
    if frozenset(others) != truth.links or len(others) != len(truth.links):
        yield f"links to other documents differ: {sorted(frozenset(others) ^ truth.links)}"
    if (seen.root.find(f"{HISTORY}archive") is not None) != truth.archive:
        yield "the mark of an archive is wrong"
    if any(rel.endswith("-archive") and href == truth.address for rel, href, _ in seen.links):
        yield "archive link points at the document itself"


def _times(seen: FeedSeen, truth: FeedTruth) -> Iterator[str]:
    """A feed is as new as its newest entry and knows nothing of the time it was built."""
    if seen.updated != truth.updated:
        yield f"feed updated is {seen.updated}, not {truth.updated}"
    if next(seen.root.iter(f"{DC}date"), None) is not None:
        yield "dc:date overrides dates in readers"


def _order(seen: FeedSeen, truth: FeedTruth) -> Iterator[str]:
    """Every paper once, newest first."""
    if [entry.id for entry in seen.entries] != [entry.id for entry in truth.entries]:
        yield "ids or their order differ"


def _two_kinds_of_author(seen: FeedSeen, _: FeedTruth) -> Iterator[str]:
    """Never atom:author and dc:creator together."""
    tags = {element.tag for element in seen.root.iter()}
    if f"{ATOM}author" in tags and f"{DC}creator" in tags:
        yield "atom:author and dc:creator together"
    if seen.kind == "atom" and f"{ATOM}author" not in {child.tag for child in seen.root}:
        yield "feed has no author of its own"


def _rss_habits(seen: FeedSeen, _: FeedTruth) -> Iterator[str]:
    """A guid that is no address says so, an RSS author is an e-mail address, and times are RFC 2822's."""
    for guid in seen.root.iter("guid"):
        if guid.get("isPermaLink") != "false":
            yield "guid is said to be an address"
    for time in (*seen.root.iter("pubDate"), *seen.root.iter("lastBuildDate")):
        if not re.fullmatch(r"[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d \+0000", time.text or ""):
            yield f"time {time.text!r} is not RFC 2822"
    if next(seen.root.iter("author"), None) is not None:
        yield "RSS author without e-mail"


FEED_RULES: tuple[Callable[[FeedSeen, FeedTruth], Iterator[str]], ...] = (
    _identity,
    _times,
    _order,
    _two_kinds_of_author,
    _rss_habits,
)


def _title(seen: EntrySeen, truth: EntryTruth) -> Iterator[str]:
    """The title is plain text, escaped exactly once."""
    if seen.title != truth.title if truth.title_whole else not seen.title.startswith(truth.title):
        yield f"title is {seen.title!r}, not {truth.title!r}"


def _dates(seen: EntrySeen, truth: EntryTruth) -> Iterator[str]:
    """Published is when the record came, updated never before."""
    if seen.published != truth.published:
        yield f"published is {seen.published}, not {truth.published}"
    if seen.updated is not None and seen.updated != truth.updated:
        yield f"updated is {seen.updated}, not {truth.updated}"
    if seen.published and seen.updated and seen.updated < seen.published:
        yield "updated before published"


def _authors(seen: EntrySeen, truth: EntryTruth) -> Iterator[str]:
    """One element a person, none invented."""
    if seen.authors != truth.authors:
        yield f"authors are {seen.authors}, not {truth.authors}"


def _links(seen: EntrySeen, truth: EntryTruth) -> Iterator[str]:
    """The paper's page is the alternate, the PDF has a type, every address is absolute."""
    if seen.hrefs("alternate") != [truth.url]:
        yield f"alternate is {seen.hrefs('alternate')}, not {truth.url}"
    if [(href, kind) for rel, href, kind in seen.links if rel == "enclosure"] != [
        (href, "application/pdf") for href in [truth.enclosure] if href
    ]:
        yield "enclosure differs or has no type"
    for rel, href, _ in seen.links:
        if not _absolute(href):
            yield f"{rel} link {href!r} is not absolute"


def _metadata(seen: EntrySeen, truth: EntryTruth) -> Iterator[str]:
    """A category for each topic, with its scheme; the DOI and the venue in Dublin Core."""
    # RSS has no room for the term beside the label, and JSON Feed's tags are words alone.
    term_known, scheme_known = seen.kind == "atom", seen.kind != "json"
    expected = [(term * term_known, scheme * scheme_known, label) for term, scheme, label in truth.categories]
    if list(seen.categories) != expected:
        yield f"categories differ: {seen.categories}"
    if seen.identifiers != tuple(filter(None, [truth.doi])):
        yield f"dc:identifier is {seen.identifiers}"
    if seen.sources != tuple(filter(None, [truth.venue])):
        yield f"dc:source is {seen.sources}"


def _summary(seen: EntrySeen, truth: EntryTruth) -> Iterator[str]:
    """A summary is there, plain, at most 300 characters, and the beginning of the abstract."""
    if not 0 < len(seen.summary) <= 300 or seen.summary.startswith("("):
        yield f"summary has {len(seen.summary)} characters: {seen.summary[:40]!r}"
    beginning = seen.summary.removesuffix("…")[: None if truth.whole else len(truth.abstract)]
    if truth.abstract and not truth.abstract.startswith(beginning):
        yield f"summary does not begin the abstract: {seen.summary[:40]!r}"


def _content(seen: EntrySeen, truth: EntryTruth) -> Iterator[str]:
    """Names, kind, venue and date first, then the abstract whole, the note, and links to the topics."""
    if truth.brief:
        if seen.content:
            yield "content where a summary is enough"
        return
    shown = visible(seen.content)
    first = next(iter(fragment(seen.content)), None)
    if truth.line and (first is None or spaced("".join(first.itertext())) != truth.line):
        yield f"content does not begin with {truth.line!r}: {shown[:60]!r}"
    if truth.abstract not in shown:
        yield f"content has not the abstract {truth.abstract[:60]!r}"
    if truth.note not in shown:
        yield "content has not the note"
    hrefs = {anchor.get("href") for anchor in fragment(seen.content).iter("a")}
    if not hrefs.issuperset(truth.topic_urls):
        yield "content has no link to a topic"


def _digest(seen: EntrySeen, truth: EntryTruth) -> Iterator[str]:
    """A digest names each of its papers once, in their order, with a link to its page."""
    anchors = [(a.get("href"), spaced("".join(a.itertext()))) for a in fragment(seen.content).iter("a")]
    ours = [(href, title) for href, title in anchors if re.match(r"\S+/papers/", href or "")]
    if truth.listed and ours != list(truth.listed):
        yield f"digest lists {ours}"


def _clean_html(seen: EntrySeen, truth: EntryTruth) -> Iterator[str]:
    """Content is a few kinds of element, no handler, no address that is not absolute, no formula without text."""
    for element in fragment(seen.content).iter():
        tag = str(element.tag)
        if tag == MATH and not (element.get("alttext") and "".join(element.itertext()).strip()):
            yield "formula without text"
        if not tag.startswith(MATH.removesuffix("math")) and tag not in SAFE_TAGS | {"DOCUMENT_FRAGMENT"}:
            yield f"content has the element {tag}"
        if any(name != "href" for name in element.attrib) and tag in SAFE_TAGS:
            yield f"content has attributes {sorted(element.attrib)}"
        if tag == "a" and not _absolute(element.get("href", "")):
            yield f"content links to {element.get('href')!r}, not absolute"
    if truth.whole and re.search(r"(?<![\\\w])\$[^\s$]+\$", visible(seen.content)):
        yield "content shows a formula's source"


ENTRY_RULES: tuple[Callable[[EntrySeen, EntryTruth], Iterator[str]], ...] = (
    _title,
    _dates,
    _authors,
    _links,
    _metadata,
    _summary,
    _content,
    _digest,
    _clean_html,
)


def _absolute(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme in ("http", "https") and bool(parts.netloc) and address.isascii() and " " not in address


def faults(document: bytes, truth: FeedTruth) -> list[str]:
    """Give every fault of the document against the truth, each with the id of its entry."""
    try:
        seen = seen_in(document)
    except (ET.ParseError, ValueError) as error:
        return [f"not well-formed: {error}"]
    found = [fault for rule in FEED_RULES for fault in rule(seen, truth)]
    by_id = {entry.id: entry for entry in seen.entries}
    for expected in truth.entries:
        entry = by_id.get(expected.id)
        if entry is None:
            found.append(f"{expected.id} is missing")
            continue
        found += [f"{expected.id}: {fault}" for rule in ENTRY_RULES for fault in rule(entry, expected)]
    return found
