"""What a feed says, before it is written in any format: planned listings to entries, as values."""

from __future__ import annotations

from functools import lru_cache, singledispatch
from typing import TYPE_CHECKING

from sitegen.addresses import addresses
from sitegen.latex import plain_text
from sitegen.pages import Changed, Listing, Week
from sitegen.render.feed_written import Category, Entry, EntryLink
from sitegen.render.note import note_words
from sitegen.render.note_html import note_html
from sitegen.render.prose_html import anchor, linked_html, paragraph_html, prose_html
from sitegen.text import clean, escape_html, long_date, one_line, paragraphs, plural, shorten, web_address
from sitegen.windows import FEED_ABSTRACT_CAP

if TYPE_CHECKING:
    from sitegen.model import Links, Paper
    from sitegen.pages import Feed

SUMMARY_LIMIT = 300
_CHANGE_WORDS = {"corrected": "Corrected", "version": "New version", "retracted": "Retracted"}


def feed_id(feed: Feed) -> str:
    """Give the feed's tag (RFC 4151), which outlives its title and address."""
    return _tag(feed, f"feed/{feed.name}")


def feed_entries(feed: Feed, *, whole: bool = True) -> tuple[Entry, ...]:
    """Give the feed's entries newest first, as readers expect that cut a long feed at its end.

    Entries that are not `whole` have a summary and no content.
    """
    return tuple(_entry(item, feed, whole) for item in reversed(feed.entries))


def feed_updated(feed: Feed) -> str:
    """Give the newest `updated` of the feed's entries; an empty feed is as old as its tags."""
    oldest = f"{feed.since}-01-01"[:10] + "T00:00:00Z"
    return max((item_updated(item) for item in feed.entries), default=oldest)


def _tag(feed: Feed, name: str) -> str:
    return f"tag:{feed.authority},{feed.since}:{name}"


@singledispatch
def item_updated(item: object) -> str:
    """Give when an entry was last changed, as in `Paper.added`: never before it was published."""
    raise TypeError(type(item))


@item_updated.register(Listing)
def _paper_updated(listing: Listing) -> str:
    """Never before `added`: a change may be dated before the paper came into the corpus."""
    return max(listing.paper.updated, listing.paper.added)


@item_updated.register(Week)
def _week_updated(week: Week) -> str:
    return max(week.end, *(_paper_updated(listing) for listing in week.listings))


@item_updated.register(Changed)
def _change_updated(changed: Changed) -> str:
    return changed.changes[0].at


# Names, titles and topics stand in several feeds and archives.
@lru_cache(maxsize=16_384)
def _line(text: str) -> str:
    return one_line(clean(text))


@singledispatch
def _entry(item: object, _feed: Feed, _whole: bool) -> Entry:  # noqa: FBT001 (singledispatch looks at the first alone)
    raise TypeError(type(item))


@_entry.register(Listing)
def _paper_entry(listing: Listing, feed: Feed, whole: bool) -> Entry:  # noqa: FBT001 (the same)
    paper = listing.paper
    summary, content = _words(listing, feed.site_url) if whole else (_summary(paper), "")
    return Entry(
        id=_tag(feed, f"paper/{paper.id}"),
        title=_title(paper),
        url=feed.site_url + listing.url,
        published=paper.added,
        updated=_paper_updated(listing),
        authors=_authors(paper),
        summary=summary or shorten(_title(paper), SUMMARY_LIMIT),
        content=content,
        categories=_categories(listing, feed.site_url),
        links=_entry_links(paper.links) if whole else (),
        identifier=f"doi:{doi}" if whole and (doi := _line(paper.links.doi)) else "",
        source=_venue(paper) if whole else "",
    )


@_entry.register(Week)
def _week_entry(week: Week, feed: Feed, _whole: bool) -> Entry:  # noqa: FBT001 (the same)
    """Give a week as one entry, which lists its papers in the order they were added, each with where it is."""
    year, number = week.name.split("-W")
    count = plural(len(week.listings), "paper")
    part = f", part {week.part}" if week.part > 1 else ""
    return Entry(
        id=_tag(feed, f"week/{week.name}" + (f"/{week.part}" if week.part > 1 else "")),
        title=f"Week {int(number)} of {year}{part}: {count}",
        url=feed.site_url + feed.url,
        published=week.end,
        updated=_week_updated(week),
        authors=(),
        summary=shorten("; ".join(_title(listing.paper) for listing in week.listings), SUMMARY_LIMIT),
        content="<ul>\n" + "\n".join(_digest_line(listing, feed.site_url) for listing in week.listings) + "\n</ul>",
    )


@_entry.register(Changed)
def _change_entry(changed: Changed, feed: Feed, _whole: bool) -> Entry:  # noqa: FBT001 (the same)
    """Give what was said of a paper as an entry of its own: readers do not show an old one again."""
    listing, said = changed.listing, changed.changes
    title = _title(listing.paper)
    kinds = ", ".join(dict.fromkeys(_CHANGE_WORDS.get(change.kind, "Changed") for change in said))
    notes = [f"{_CHANGE_WORDS.get(change.kind, 'Changed')}: {_line(change.note)}" for change in said]
    page = anchor(feed.site_url + listing.url, title)
    content = [_first_line(listing.paper), *(paragraph_html(linked_html(note)) for note in notes)]
    content.append(paragraph_html(f"{long_date(said[0].at[:10])}: {page}"))
    content += _topic_line(listing, feed.site_url)
    return Entry(
        id=_tag(feed, f"paper/{listing.paper.id}/change/{said[0].at}"),
        title=f"{kinds}: {title}",
        url=feed.site_url + listing.url,
        published=said[0].at,
        updated=said[0].at,
        authors=_authors(listing.paper),
        summary=shorten(" ".join(notes), SUMMARY_LIMIT),
        content="\n".join(content),
        categories=_categories(listing, feed.site_url),
    )


def _authors(paper: Paper) -> tuple[str, ...]:
    return tuple(name for author in paper.authors if (name := _line(author.name)))


def _categories(listing: Listing, site_url: str) -> tuple[Category, ...]:
    return tuple(
        Category(topic.slug, f"{site_url}topics/", _line(topic.name) or topic.slug) for topic in listing.topics
    )


def _digest_line(listing: Listing, site_url: str) -> str:
    """Give a paper in a list: its title, who wrote it in a few words, where it is."""
    names = _authors(listing.paper)
    who = names[0] + (f" and {len(names) - 1:,} more" if len(names) > 1 else "") if names else _names(listing.paper)
    links = [anchor(address, name) for name, address in addresses(listing.paper.links).items()]
    title = anchor(site_url + listing.url, _title(listing.paper))
    return f"<li>{title}, {escape_html(who)}" + "".join(f" · {link}" for link in links) + "</li>"


def _title(paper: Paper) -> str:
    """Give the title as text; one that the curators made stands in brackets, as in library catalogues."""
    title = _line(plain_text(clean(paper.title))) or paper.id
    return f"[{title}]" if paper.title_source == "derived" else title


def _entry_links(links: Links) -> tuple[EntryLink, ...]:
    """Give an entry's links: the source's record of the paper is `via`, a PDF that our record names the enclosure."""
    named = addresses(links)
    via = next((name for name in ("arXiv", "DOI", "Project page") if name in named), "")
    found = [EntryLink("via" if name == via else "related", named[name], name) for name in named if name != "PDF"]
    if pdf := web_address(links.pdf):
        found.append(EntryLink("enclosure", pdf, "PDF", "application/pdf"))
    return tuple(found)


@lru_cache(maxsize=65_536)
def _summary(paper: Paper) -> str:
    """Give the beginning of the abstract, else of the note; it stands in each feed and archive that holds the paper."""
    # What a summary shows ends long before this, even where it is full of LaTeX.
    beginning = clean(paper.abstract[: 10 * SUMMARY_LIMIT])
    return shorten(plain_text(beginning), SUMMARY_LIMIT) or shorten(note_words(paper.note), SUMMARY_LIMIT)


@lru_cache(maxsize=4096)
def _words(listing: Listing, site_url: str) -> tuple[str, str]:
    """Give an entry's summary and its content, which are the same in each feed and format that holds it."""
    paper = listing.paper
    abstract = _abstract(paper)
    summary = _summary(paper)
    content = [_first_line(paper)]
    if paper.title_source == "derived":
        content.append(paragraph_html("The source gives no title; the one in brackets was made from the abstract."))
    content += [paragraph_html(prose_html(paragraph)) for paragraph in paragraphs(abstract)]
    if _is_cut(paper):
        content.append(
            paragraph_html(f"{anchor(site_url + listing.url, 'The whole abstract')} is on the paper’s page.")
        )
    content += note_html(paper.note, "Curator’s note:")
    content += _topic_line(listing, site_url)
    if links := addresses(paper.links):
        content.append(paragraph_html(" · ".join(anchor(address, name) for name, address in links.items())))
    return summary, "\n".join(content)


def _first_line(paper: Paper) -> str:
    """Give what a reader weighs first, names before all, since some readers keep one name: kind, venue and date."""
    facts = (_names(paper), _line(paper.kind).capitalize(), _venue(paper), _date(paper))
    return paragraph_html(escape_html(" · ".join(fact for fact in facts if fact)))


def _venue(paper: Paper) -> str:
    return _line(plain_text(clean(paper.venue)))


def _topic_line(listing: Listing, site_url: str) -> list[str]:
    """Give the links to a paper's topics as a paragraph, where it has any."""
    anchors = [anchor(site_url + topic.url, _line(topic.name) or topic.slug) for topic in listing.topics]
    return [paragraph_html("Topics: " + ", ".join(anchors))] if anchors else []


def _abstract(paper: Paper) -> str:
    """Give the abstract, cut between words where it is so long that it would crowd other papers out of the feed."""
    head = clean(paper.abstract[:FEED_ABSTRACT_CAP]).strip()
    if not _is_cut(paper):
        return head
    return (head.rsplit(None, 1)[0] if " " in head else head) + "…"


def _is_cut(paper: Paper) -> bool:
    return len(paper.abstract) > FEED_ABSTRACT_CAP


def _names(paper: Paper) -> str:
    """Give who wrote the paper as far as the record says; where it has only a number, that and no invented name."""
    names = _authors(paper)
    count = paper.author_count or 0
    if names:
        return ", ".join(names) + (f" and {count - len(names):,} more" if count > len(names) else "")
    parts = [plural(count, "author")] if count else []
    parts += [name for organization in paper.organizations if (name := _line(organization))]
    return ", ".join(parts) or "Authors not given"


def _date(paper: Paper) -> str:
    """Give the paper's own date in words, and that it was inferred where it was."""
    words = long_date(paper.date)
    return f"{words} (inferred)" if words and paper.date_source == "inferred" else words
