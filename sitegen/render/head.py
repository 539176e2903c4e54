"""What a page says of itself to browsers, feed readers and citation managers: tags in its head."""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING

from sitegen import latex, text
from sitegen.addresses import addresses
from sitegen.feed_formats import FEED_FORMATS
from sitegen.pages import ArticlePage, FeedLink, FeedsPage, ListPage, MovedPage, PaperPage, url_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitegen.model import Paper

ALL_PAPERS = FeedLink("all", "All papers")


@singledispatch
def description(page: object) -> str:
    """Give a page in a sentence or two of plain text; a paper's is its whole abstract, which Zotero takes."""
    raise TypeError(type(page))


@description.register(PaperPage)
def _paper_description(page: PaperPage) -> str:
    paper = page.listing.paper
    abstract = "" if paper.status == "removed" else paper.abstract
    return text.one_line(latex.plain_text(text.one_line(abstract))) or plain_title(page)


@description.register(ListPage)
@description.register(FeedsPage)
def _list_description(page: ListPage | FeedsPage) -> str:
    return page.lead or page.title


@description.register(MovedPage)
def _moved_description(page: MovedPage) -> str:
    return page.title


def plain_title(page: ArticlePage) -> str:
    """Give a page's title as plain text; one that was made from the abstract stands in brackets, as in the article."""
    title = text.one_line(latex.plain_text(text.one_line(page.title)))
    derived = isinstance(page, PaperPage) and page.listing.paper.title_source == "derived"
    return f"[{title}]" if derived else title


def head(page: ArticlePage, site_url: str) -> str:
    """Give a page's own head tags as HTML."""
    return "\n  ".join(_tags(page, site_url))


def _tags(page: ArticlePage, site_url: str) -> Iterator[str]:
    paper = page.listing.paper if isinstance(page, PaperPage) else None
    yield _meta("og:title", plain_title(page), "property")
    yield _meta("og:type", "article" if paper else "website", "property")
    yield _meta("og:url", site_url + url_of(page.path), "property")
    root = "../" * url_of(page.path).count("/")
    own = page.feeds if isinstance(page, ListPage) else ()
    for feed in {feed.name: feed for feed in (*own, ALL_PAPERS)}.values():
        for form in FEED_FORMATS:
            title = text.escape_html(f"{feed.title} ({form.words})")
            href = f"{root}feeds/{feed.name}{form.suffix}"
            yield f'<link rel="alternate" type="{form.media_type}" title="{title}" href="{href}">'
    yield f'<link rel="alternate" type="text/markdown" href="{root}{page.path}">'
    if isinstance(page, MovedPage):
        target = f"{root}{page.target.url}"
        yield f'<meta http-equiv="refresh" content="0; url={text.escape_html(target)}">'
    if paper:
        yield from _citation(paper)


def _meta(name: str, content: str, attribute: str = "name") -> str:
    return f'<meta {attribute}="{name}" content="{text.escape_html(content)}">'


def _citation(paper: Paper) -> Iterator[str]:
    """Tell citation managers what this is; Google Scholar ignores all tags unless names and year are there."""
    yield _meta("z:itemType", "preprint" if paper.type == "preprint" else "document")
    if not paper.authors or not paper.date or paper.title_source == "derived" or paper.status == "removed":
        return
    yield _meta("citation_title", text.one_line(latex.plain_text(paper.title)))
    for author in paper.authors:
        yield _meta("citation_author", author.name)
    yield _meta("citation_publication_date", paper.date.replace("-", "/"))
    links = paper.links
    for name, value in (
        ("citation_doi", links.doi),
        ("citation_arxiv_id", links.arxiv),
        ("citation_pdf_url", addresses(links).get("PDF", "")),
    ):
        if value:
            yield _meta(name, value)
