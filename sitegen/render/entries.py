"""Papers as lists show them, in Markdown."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from sitegen import text
from sitegen.addresses import addresses
from sitegen.render.abstracts import shown_abstract
from sitegen.render.containers import MORE
from sitegen.render.prose import link, prose
from sitegen.render.ways import topic_link, way_to

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitegen.line_pages import PaperLine
    from sitegen.model import Paper
    from sitegen.pages import Listing
    from sitegen.paper_parts import PaperLink, RelatedLink

# What a paper is more than one of many: said in ink.
_FORMS = ("survey", "benchmark")
# As many names as results of a search show.
_NAMES = 3
_ELSEWHERE = {"Code": "Code", "Project page": "Project"}


class RowStyle(NamedTuple):
    """How rows are shown: with abstracts that open, or the key sentence alone; with a year in dates, or without."""

    abstracts: bool = False
    years: bool = True


PLAIN = RowStyle()


def title_markdown(paper: Paper | PaperLine | PaperLink | RelatedLink) -> str:
    """Give a paper's title; one that was made from the abstract stands in brackets, as in library catalogues."""
    title = prose(paper.title, linked=False)
    return f"\\[{title}\\]" if paper.title_source == "derived" else title


def entry(listing: Listing, page_path: str, style: RowStyle = PLAIN) -> str:
    """Give a paper as one entry of a list: title, facts, topics, and the key sentence, which opens the abstract."""
    return _entry(listing, page_path.rpartition("/")[0], style)


# A paper stands in several lists, of its topics, year and kind, most of them in folders of one depth.
@lru_cache(maxsize=20_000)
def _entry(listing: Listing, folder: str, style: RowStyle) -> str:
    page_path = f"{folder}/." if folder else "."
    paper = listing.paper
    title = link(title_markdown(paper), way_to(f"papers/{paper.id}.md", page_path), "title .row")
    topics = (topic_link(topic, topic.short, page_path) for topic in listing.topics[:3])
    facts = " ".join([*_people(paper), *_facts(paper, years=style.years), *topics])
    return "\n".join([f"- {title}", f"  {facts}", *_abstract(paper.abstract, opens=style.abstracts)])


def _facts(paper: Paper, *, years: bool) -> Iterator[str]:
    """Give what stands in the gutter: date, kind, who wrote it where no names say it, code or the project's page."""
    date = text.short_date(paper.date) or "no date"
    if not years and len(paper.date) > 4:
        date = date.rpartition(" ")[0]
    kind = "form" if paper.kind in _FORMS else "kind"
    for words, name in ((date, "date"), (paper.kind.capitalize(), kind), (_unnamed(paper), "names")):
        if words:
            yield f"*{words}*{{.{name}}}"
    found = addresses(paper.links)
    name = next((name for name in _ELSEWHERE if name in found), "")
    if name:
        yield link(_ELSEWHERE[name], found[name], "code")


def _abstract(abstract: str, *, opens: bool) -> Iterator[str]:
    """Give the key sentence, in whose place the whole abstract opens if `opens`."""
    line, paragraphs = shown_abstract(abstract)
    if line and opens and paragraphs != (f"*{line}*{{.key}}",):
        yield f"  ::: {MORE} {line}"
        yield "\n\n".join(f"  {paragraph}" for paragraph in paragraphs)
        yield "  :::"
    elif line:
        yield f"  *{line}*{{.gist}}"


def _people(paper: Paper) -> Iterator[str]:
    """Give the names of those who wrote it, which stand below the title: the first ones and how many more there are."""
    if paper.authors:
        names = ", ".join(text.escape_markdown(author.name) for author in paper.authors[:_NAMES])
        more = max(len(paper.authors), paper.author_count or 0) - min(len(paper.authors), _NAMES)
        yield f"*{names}{f' and {more} more' if more else ''}*{{.people}}"


def _unnamed(paper: Paper) -> str:
    """Give who wrote it where names are not known: the organisation, or a number."""
    if paper.authors:
        return ""
    if paper.organizations:
        return text.escape_markdown(paper.organizations[0])
    return text.plural(paper.author_count, "author") if paper.author_count else ""
