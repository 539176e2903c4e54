"""The page of one paper, in Markdown, block by block."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote_plus

from sitegen import latex, text
from sitegen.addresses import addresses
from sitegen.render.abstracts import shown_abstract
from sitegen.render.cite_markdown import cite_links, cite_markdown
from sitegen.render.entries import title_markdown
from sitegen.render.note_markdown import note_markdown
from sitegen.render.paper_aside import aside_markdown
from sitegen.render.paper_near import related_markdown, turn_markdown
from sitegen.render.prose import joined, link
from sitegen.render.ways import topic_link, way_to

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitegen.pages import PaperPage

_STATUS_WORDS = {
    "retracted": ("Retracted", "This paper was retracted."),
    "withdrawn": ("Withdrawn", "This paper was withdrawn by its authors."),
    "removed": ("Removed", "This record was removed from the list."),
}
_MOST_FLAGS = 2
# More names than these stand behind words that open.
_MOST_NAMES, _FIRST_NAMES = 40, 20


class _Common(NamedTuple):
    """What a paper's page says wherever it stands: above the ways to the paper, below them, and last of all."""

    above: str
    below: str
    turn: str


def paper_blocks(page: PaperPage, *, alone: bool = False) -> Iterator[str]:
    """Give what a paper's page says, block by block; a block that is empty says nothing.

    Where it stands alone, as in docs/, there are no feeds and files, nor what they would be needed for.
    """
    common = _common(page)
    own = replace(page, feeds=(), files=(), cited=None) if alone else page
    yield common.above
    if page.listing.paper.status != "removed":
        yield _buttons(own)
    yield common.below
    if own.cited:
        yield "## Cite"
        yield (cite_links(own) if own.compact else "") or cite_markdown(own)
    yield common.turn
    yield aside_markdown(own)


# A page stands alone soon after it was rendered for the site: a process does so batch by batch.
@lru_cache(maxsize=128)
def _common(page: PaperPage) -> _Common:
    return _Common(joined(_blocks_above(page)), joined(_blocks_below(page)), turn_markdown(page))


def _blocks_above(page: PaperPage) -> Iterator[str]:
    yield f"# {title_markdown(page.listing.paper)}"
    yield _crumbs(page)
    if page.listing.paper.status != "removed":
        yield _facts(page)
        yield _other_names(page)
        yield _topic_line(page)
    yield _flags(page)


def _blocks_below(page: PaperPage) -> Iterator[str]:
    paper = page.listing.paper
    if paper.status != "removed" and paper.abstract:
        yield "## Abstract"
        shown = shown_abstract(paper.abstract).paragraphs
        if not page.compact:
            yield _about_abstract(paper.abstract, shown)
        yield from shown
    if note := note_markdown(paper.note):
        yield f"::: note\n\n## Curator’s note\n\n{note}\n\n:::"
    if page.related:
        yield "## Related papers"
        if not page.compact:
            yield "*closest first*{.side}"
        yield related_markdown(page)


def _about_abstract(abstract: str, shown: tuple[str, ...]) -> str:
    key = "; the key sentence is bold" if any("*{.key}" in paragraph for paragraph in shown) else ""
    return f"*{text.plural(len(abstract.split()), 'word')}{key}*{{.side}}"


def _crumbs(page: PaperPage) -> str:
    """Give the way here from home."""
    sorted_in = page.listing.topics
    ways = [("Home", "index.md"), ("Topics", "topics/index.md") if sorted_in else ("All papers", "browse/index.md")]
    if not page.compact:
        ways += [(topic.name, f"topics/{topic.slug}.md") for topic in sorted_in[:1]]
    links = [link(text.escape_markdown(name), way_to(path, page.path)) for name, path in ways]
    return f"::: crumbs\n{' / '.join(links)}\n:::"


def _facts(page: PaperPage) -> str:
    """Give date, kind, names, organisations and venue; what is not known is said."""
    paper = page.listing.paper
    date = text.long_date(paper.date) or "No date"
    facts = [
        f"{date} (year inferred)" if paper.date and paper.date_source == "inferred" else date,
        f"**{paper.kind.capitalize()}**" if paper.kind else "",
        *map(text.isolated, (_names(page), *map(text.escape_markdown, (*paper.organizations, paper.venue)))),
    ]
    return " · ".join(fact for fact in facts if fact)


def _linked_names(page: PaperPage) -> list[str]:
    """Give the names of all authors, those who have a page as links to it."""
    names = [text.escape_markdown(author.name) for author in page.listing.paper.authors]
    if not page.people:
        return names
    return [
        link(name, way_to(path, page.path), "author") if path else name
        for name, path in zip(names, page.people, strict=True)
    ]


def _names(page: PaperPage) -> str:
    paper, names = page.listing.paper, _linked_names(page)
    unnamed = (paper.author_count or 0) - len(names)
    if not names:
        counted = text.plural(unnamed, "author") if unnamed > 0 else ""
        return counted or ("" if paper.organizations else "Authors not given")
    shown = ", ".join(names if len(names) <= _MOST_NAMES else names[:_FIRST_NAMES])
    more = len(names) - _FIRST_NAMES if len(names) > _MOST_NAMES else 0
    left = (f"{more} more" if more else "", f"{unnamed} not named" if unnamed > 0 else "")
    return ", ".join([shown, *(words for words in left if words)])


def _other_names(page: PaperPage) -> str:
    """Give the names that found no place in the line of facts, behind words that open."""
    names = _linked_names(page)
    if len(names) <= _MOST_NAMES:
        return ""
    return f"::: more {len(names) - _FIRST_NAMES} more names\n{', '.join(names[_FIRST_NAMES:])}\n:::"


def _topic_line(page: PaperPage) -> str:
    return " ".join(topic_link(topic, topic.name, page.path) for topic in page.listing.topics)


def _flags(page: PaperPage) -> str:
    """Give what a reader must know before all else: what it is, in a word and a sentence, and how to help."""
    flags = [f"**{word}** {sentence}" for word, sentence in _warnings(page)]
    return "\n\n".join(["::: flags", *flags[:_MOST_FLAGS], ":::"]) if flags else ""


def _warnings(page: PaperPage) -> Iterator[tuple[str, str]]:
    paper = page.listing.paper
    if paper.status:
        yield _STATUS_WORDS[paper.status]
    if paper.status == "removed":
        return
    if paper.title_source == "derived":
        given = "The source gives only an abstract; the title in brackets was made from it."
        yield "Derived title", given + _help("Know it?", page)
    if paper.author_count and not paper.authors:
        who = "the author" if paper.author_count == 1 else "them"
        given = f"The source counts {text.plural(paper.author_count, 'author')} without naming {who}."
        yield "Names unknown", given + _help("Add the name" + "s" * (paper.author_count > 1), page)


def _help(words: str, page: PaperPage) -> str:
    """Give a way to the editor, which stands once on a compact page."""
    return f" {link(words, page.edit)}" if page.edit and not page.compact else ""


def _buttons(page: PaperPage) -> str:
    """Give the ways to the paper itself, and to what this page has of it."""
    links = page.listing.paper.links
    buttons = [link(words, address, "button") for words, address in addresses(links).items()]
    if not (links.arxiv or links.doi or links.pdf):
        title = text.one_line(latex.plain_text(page.listing.paper.title))
        buttons.append(
            link("Find on Scholar", f"https://scholar.google.com/scholar?q={quote_plus(title)}", "button .find")
        )
    if page.cited and not page.compact:
        buttons.append(link("Cite", "#cite", "button .jump"))
    if page.related and not page.compact:
        buttons.append(link("Related", "#related-papers", "button .jump"))
    return " ".join(buttons)
