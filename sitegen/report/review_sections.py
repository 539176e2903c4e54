"""What a reviewer is told of a change, in words and in its order; how the words are written is another's business."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from sitegen.report.cards import card, shown_title
from sitegen.report.differences import differences
from sitegen.text import plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sitegen.diff import FieldChange
    from sitegen.feed_news import FeedNews
    from sitegen.model import Paper
    from sitegen.reviewed import Review

_NAMED = 10


@dataclass(frozen=True, slots=True)
class Told:
    """One thing to be told, in plain text: `name` is an id or a path, `words` what is said of it.

    `lines` come below it, then `links` (addresses by name), then `differences`, each with "- " or "+ " before it.
    """

    name: str = ""
    words: str = ""
    lines: tuple[str, ...] = ()
    links: Mapping[str, str] = field(default_factory=dict)
    differences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Things that belong together, under one heading."""

    title: str
    told: tuple[Told, ...]


def headline(review: Review) -> str:
    """Say in one line what the change is."""
    changes = review.changes
    if review.is_empty:
        return "Nothing changed."
    counts = [
        plural(len(changes.added), "new paper"),
        f"{len(changes.changed)} changed",
        f"{len(changes.removed)} removed",
        *([f"{len(changes.merged)} merged"] if changes.merged else []),
    ]
    return ", ".join(counts)


def feed_line(feeds: Iterable[FeedNews]) -> str:
    """Say in one line what subscribers get: "3 new entries in all, llm-agents; 0 announced again"."""
    feeds = tuple(feeds)
    papers = [news for news in feeds if news.name not in ("weekly", "changes")]
    again = {entry for news in feeds for entry in news.again}
    told = [_new_entries(papers)]
    told += [f"{len(news.new)} in {news.name}" for news in feeds if news.name in ("weekly", "changes") and news.new]
    told.append(f"{len(again)} announced again")
    return "; ".join(told)


def sections(review: Review) -> Iterator[Section]:
    """Give what is to be told, the weightiest first; sections that have nothing are left out."""
    changes = review.changes
    found = (
        Section("Records that have problems", tuple(_faulty(review))),
        Section("Possible duplicates", tuple(_duplicates(review))),
        Section("New papers", tuple(_card(paper, review) for paper in changes.added)),
        Section("Changed papers", tuple(_changed(review))),
        Section("Removed papers", tuple(Told(paper.id, shown_title(paper)) for paper in changes.removed)),
        Section("Merged papers", tuple(Told(old.id, f"is now part of {new.id}") for old, new in changes.merged)),
        Section("Topic moves", tuple(_moves(review))),
        Section("Topics", tuple(_topics(review))),
        Section("Settings", tuple(_fields("corpus.yaml", "", changes.settings))),
        Section("Feeds", tuple(_feeds(review))),
        Section("Addresses gained", tuple(_addresses(review.gained))),
        Section("Addresses lost", tuple(_addresses(review.lost))),
        Section("Size of the site", tuple(_size(review))),
        Section("Curators of the touched topics", tuple(_curators(review))),
    )
    return (section for section in found if section.told)


def grouped_addresses(addresses: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Group sorted addresses that are of one thing: a page, and the files beside it."""
    return {stem: tuple(group) for stem, group in groupby(sorted(addresses, key=_by_stem), key=_stem)}


def _new_entries(feeds: Sequence[FeedNews]) -> str:
    entries = {entry for news in feeds for entry in news.new}
    names = ", ".join(news.name.removeprefix("topics/") for news in feeds if news.new)
    count = f"{len(entries):,} new {'entry' if len(entries) == 1 else 'entries'}"
    return f"{count} in {names}" if names else count


def _faulty(review: Review) -> Iterator[Told]:
    if review.errors:
        listed = f"{plural(review.errors, 'problem')}, which sitegen check lists"
        yield Told("", f"{listed}; these files are left out of the feeds, addresses and sizes below")
    yield from (Told(path) for path in review.faulty)


def _duplicates(review: Review) -> Iterator[Told]:
    for found in review.duplicates:
        words = f"{'is' if found.certain else 'may be'} the same paper as {found.other}: {found.why}"
        yield Told(found.id, words, links=_page(found.other, review))


def _page(name: str, review: Review) -> dict[str, str]:
    """Give the address of a paper that is published already, where the site has an address."""
    is_new = any(paper.id == name for paper in review.changes.added)
    return {} if is_new or not review.site_url else {name: f"{review.site_url}papers/{name}/"}


def _card(paper: Paper, review: Review) -> Told:
    shown = card(paper, review.topic_names)
    about = [shown.names, shown.date, shown.venue, shown.kind]
    lines = [
        " · ".join(part for part in about if part),
        ", ".join(shown.topics),
        "; ".join(shown.facts),
        shown.abstract,
    ]
    return Told(shown.id, shown.title, tuple(line for line in lines if line), shown.links)


def _changed(review: Review) -> Iterator[Told]:
    for change in review.changes.changed:
        yield from _fields(change.after.id, shown_title(change.after), change.fields)


def _fields(name: str, words: str, changes: Iterable[FieldChange]) -> Iterator[Told]:
    """Tell what changed in one record, field by field."""
    found = tuple(line for change in changes for line in (change.name, *differences(change)))
    if found:
        yield Told(name, words, differences=found)


def _moves(review: Review) -> Iterator[Told]:
    for change in review.changes.changed:
        before, after = change.before.topics, change.after.topics
        if before != after:
            yield Told(change.after.id, f"from {', '.join(before) or 'no topic'} to {', '.join(after) or 'no topic'}")


def _topics(review: Review) -> Iterator[Told]:
    changes = review.changes
    yield from (Told(topic.slug, f"is new: {topic.name}") for topic in changes.topics_added)
    yield from (Told(topic.slug, f"is removed: {topic.name}") for topic in changes.topics_removed)
    for change in changes.topics_changed:
        yield from _fields(change.after.slug, change.after.name, change.fields)


def _feeds(review: Review) -> Iterator[Told]:
    """Tell what each feed gains, repeats and loses; entries by their papers' ids."""
    for news in review.feeds:
        parts = (
            ("new", news.new),
            ("announced again", news.again),
            ("gone", news.gone),
            ("changed after it was sent", news.late),
        )
        words = "; ".join(f"{len(entries)} {what} ({_some(entries)})" for what, entries in parts if entries)
        yield Told(f"feeds/{news.name}", words)
    if review.silent:
        count = plural(len(review.silent), "new paper")
        yield Told("", f"{count} will not be announced in the feed of all papers: {_some(review.silent)}")


def _some(names: Sequence[str]) -> str:
    shown = ", ".join(name.removeprefix("paper/") for name in names[:_NAMED])
    return f"{shown} and {len(names) - _NAMED} more" if len(names) > _NAMED else shown


def _addresses(addresses: tuple[str, ...]) -> Iterator[Told]:
    for group in grouped_addresses(addresses).values():
        beside = len(group) - 1
        yield Told(f"/{group[0]}", f"and {plural(beside, 'file')} beside it" if beside else "")


def _stem(address: str) -> str:
    folder, _, name = address.rstrip("/").rpartition("/")
    return f"{folder}/{name.partition('.')[0]}"


def _by_stem(address: str) -> tuple[str, bool, str]:
    return (_stem(address), not address.endswith("/"), address)


def _size(review: Review) -> Iterator[Told]:
    if review.is_empty:
        return
    counted = "(all that is made from records; hand-written pages and the search are not counted)"
    before, after, weight = review.before, review.after, review.weight
    if before != after:
        words = f"pages: {before.pages:,}, now {after.pages:,}; files: {before.files:,}, now {after.files:,}"
        yield Told("", f"{words} {counted}")
    if weight:
        gained = f"{weight.gained / 1e6:.2f} MB in files gained"
        words = f"it weighs {weight.total / 1e6:.2f} MB as it was built last, of it {gained}"
        yield Told("", words if before != after else f"{words} {counted}")


def _curators(review: Review) -> Iterator[Told]:
    yield from (Told(slug, ", ".join(names)) for slug, names in review.curators.items())
