"""What a page says of itself to browsers, feed readers and citation managers: tags in its head."""

from __future__ import annotations

from functools import singledispatch
from itertools import islice
from typing import TYPE_CHECKING

from sitegen import latex, text
from sitegen.feed_formats import FEED_FORMATS
from sitegen.key_sentence import key_sentence
from sitegen.pages import ArticlePage, FeedLink, FeedsPage, ListPage, MovedPage, PaperPage, url_of
from sitegen.render.citation_tags import citation_tags, item_type
from sitegen.render.exports import EXPORTS
from sitegen.render.linked_data import scholarly_article, typed_links

if TYPE_CHECKING:
    from collections.abc import Iterator


ALL_PAPERS = FeedLink("all", "All papers")


@singledispatch
def description(page: object) -> str:
    """Give a page in a sentence or two of plain text; a paper's is its whole abstract, which Zotero takes.

    That of a compact page is the abstract's key sentence.
    """
    raise TypeError(type(page))


@description.register(PaperPage)
def _paper_description(page: PaperPage) -> str:
    paper = page.listing.paper
    abstract = "" if paper.status == "removed" else paper.abstract
    if page.compact and (key := key_sentence(abstract)):
        abstract = key.words
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
    return "\n".join(_tags(page, site_url))


def address(page: ArticlePage, site_url: str) -> str:
    """Give the absolute address that a page is known by: a record that was merged is known by the other's."""
    return site_url + (page.target.url if isinstance(page, MovedPage) else url_of(page.path))


def _tags(page: ArticlePage, site_url: str) -> Iterator[str]:
    paper = page.listing.paper if isinstance(page, PaperPage) else None
    if not (isinstance(page, PaperPage | ListPage) and page.compact):
        yield _meta("og:title", plain_title(page), "property")
        yield _meta("og:type", "article" if paper else "website", "property")
        yield _meta("og:url", address(page, site_url), "property")
    many = paper or page.path.startswith("authors/")
    root = "../" * url_of(page.path).count("/")
    own = page.feeds if isinstance(page, ListPage) else ()
    for feed in {feed.name: feed for feed in (*own, ALL_PAPERS)}.values():
        # Of papers and authors there are many pages: one format of the feed is enough to find the others.
        for form in FEED_FORMATS[:1] if many and feed not in own else FEED_FORMATS:
            title = f"{feed.title} ({form.words})"
            yield _link("alternate", f"{root}feeds/{feed.name}{form.suffix}", form.media_type, title)
    yield _link("alternate", _beside(page.path), "text/markdown")
    if isinstance(page, MovedPage):
        target = f"{root}{page.target.url}"
        yield f'<meta http-equiv="refresh" content="0; url={text.escape_html(target)}">'
    if isinstance(page, PaperPage):
        yield from _paper_tags(page, address(page, site_url))


def _meta(name: str, content: str, attribute: str = "name") -> str:
    return f'<meta {attribute}="{name}" content="{text.escape_html(content)}">'


def _link(relation: str, target: str, media_type: str = "", title: str = "") -> str:
    attributes = (("rel", relation), ("type", media_type), ("title", title), ("href", target))
    return "<link" + "".join(f' {name}="{text.escape_html(value)}"' for name, value in attributes if value) + ">"


def _paper_tags(page: PaperPage, url: str) -> Iterator[str]:
    """Tell citation managers and other programs what a paper's page is about, and where else it is described."""
    paper = page.listing.paper
    yield _meta("z:itemType", item_type(paper))
    yield from (_meta(name, content) for name, content in citation_tags(paper, url))
    if paper.status == "removed":
        return
    # The first of each says most: what it is cited as, unless that is the canonical address, and its record as data.
    most = 1 if page.compact else None
    typed = islice(typed_links(paper, url), most)
    yield from (_link(*one) for one in typed if not (page.compact and one[1] == url))
    yield from islice(_descriptions(page), most)
    if not page.compact:
        topics = tuple(topic.name for topic in page.listing.topics)
        yield f'<script type="application/ld+json">{scholarly_article(paper, url, topics)}</script>'


def _descriptions(page: PaperPage) -> Iterator[str]:
    """Give links to the files that describe a paper."""
    stem, offered = page.path.removesuffix(".md"), {file.path for file in page.files}
    for export in EXPORTS:
        # A table of one row describes nothing that the others do not.
        if export.name != "csv" and f"{stem}{export.extension}" in offered:
            yield _link("describedby", _beside(f"{stem}{export.extension}"), export.media_type)


def _beside(path: str) -> str:
    """Give the way from a page to a file in the folder of its Markdown: "papers/x.json" gives "../x.json"."""
    name = path.rpartition("/")[2]
    return name if name == "index.md" else f"../{name}"
