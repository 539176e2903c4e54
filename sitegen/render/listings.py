"""Files for programs that read the site as a whole: sitemap.xml, llms.txt and the search description."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sitegen.output import Output
from sitegen.text import escape_html, escape_markdown, one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sitegen.machine_pages import OpenSearchPage, RobotsPage, SitemapPage, SummaryPage


# The protocol's most addresses of one file.
_PART = 50_000
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemap_paths(page: SitemapPage) -> tuple[str, ...]:
    """Give the paths of the files that `sitemap` makes: one, or its parts behind it."""
    count = -(-len(page.entries) // _PART)
    stem = page.path.removesuffix(".xml")
    return (page.path, *(f"{stem}-{number}.xml" for number in range(1, count + 1) if count > 1))


def sitemap(page: SitemapPage) -> tuple[Output, ...]:
    """Give a sitemap by the protocol 0.9 of sitemaps.org, in parts with an index where one file may not hold it.

    `lastmod` stands only where a record says it.
    """
    first, *parts = sitemap_paths(page)
    if not parts:
        return (Output(first, _listed("urlset", "url", page.entries)),)
    cut = [page.entries[start : start + _PART] for start in range(0, len(page.entries), _PART)]
    index = [(page.site_url + path, max(changed for _, changed in part)) for path, part in zip(parts, cut, strict=True)]
    return (
        Output(first, _listed("sitemapindex", "sitemap", index)),
        *(Output(path, _listed("urlset", "url", part)) for path, part in zip(parts, cut, strict=True)),
    )


def _listed(root: str, row: str, entries: Sequence[tuple[str, str]]) -> bytes:
    rows = [
        f"<{row}><loc>{escape_html(address)}</loc>{f'<lastmod>{changed}</lastmod>' if changed else ''}</{row}>\n"
        for address, changed in entries
    ]
    return f'{_DECLARATION}<{root} xmlns="{_SCHEMA}">\n{"".join(rows)}</{root}>\n'.encode()


def robots(page: RobotsPage) -> bytes:
    """Give robots.txt (RFC 9309): everything may be read, and where the sitemap is."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {page.sitemap}\n".encode()


def summary(page: SummaryPage) -> bytes:
    """Give llms.txt: a Markdown page with a title, a quotation and a list of links."""
    rows = [_row(*way) for way in page.ways]
    title, about = escape_markdown(page.title), escape_markdown(page.description)
    return f"# {title}\n\n> {about}\n\n## Ways in\n\n{''.join(rows)}".encode()


# OpenSearch 1.1 draft 6: the most letters of names and of a description.
_SHORT_NAME, _LONG_NAME, _DESCRIPTION = 16, 48, 1024


def open_search(page: OpenSearchPage) -> bytes:
    """Give the search as OpenSearch 1.1 describes it (XML, UTF-8).

    Its short name is the site's host where the title is too long for one: half a title names nothing.
    """
    title, about = one_line(page.title), one_line(page.description)[:_DESCRIPTION]
    names = (title, urlsplit(page.template).netloc)
    short = next((name for name in names if len(name) <= _SHORT_NAME), _cut_at_word(title, _SHORT_NAME))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">\n'
        f"<ShortName>{escape_html(short)}</ShortName>\n"
        f"<Description>{escape_html(about or title)}</Description>\n"
        f"<LongName>{escape_html(_cut_at_word(title, _LONG_NAME))}</LongName>\n"
        "<InputEncoding>UTF-8</InputEncoding>\n"
        f'<Url type="text/html" method="get" template="{escape_html(page.template)}"/>\n'
        "</OpenSearchDescription>\n"
    ).encode()


def _cut_at_word(words: str, length: int) -> str:
    if len(words) <= length:
        return words
    return words[: length + 1].rpartition(" ")[0] or words[:length]


def _row(title: str, address: str, about: str) -> str:
    return f"- [{escape_markdown(title)}]({address})" + (f": {escape_markdown(about)}\n" if about else "\n")
