"""Files for programs that read the site as a whole: sitemap.xml and llms.txt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.text import escape_html, escape_markdown

if TYPE_CHECKING:
    from sitegen.pages import SitemapPage, SummaryPage


def sitemap(page: SitemapPage) -> bytes:
    """Give a sitemap by the protocol 0.9 of sitemaps.org; `lastmod` only where a record says it."""
    rows = [
        f"<url><loc>{escape_html(address)}</loc>{f'<lastmod>{changed}</lastmod>' if changed else ''}</url>\n"
        for address, changed in page.entries
    ]
    start = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return (start + "".join(rows) + "</urlset>\n").encode()


def summary(page: SummaryPage) -> bytes:
    """Give llms.txt: a Markdown page with a title, a quotation and a list of links."""
    rows = [_row(*way) for way in page.ways]
    title, about = escape_markdown(page.title), escape_markdown(page.description)
    return f"# {title}\n\n> {about}\n\n## Ways in\n\n{''.join(rows)}".encode()


def _row(title: str, address: str, about: str) -> str:
    return f"- [{escape_markdown(title)}]({address})" + (f": {escape_markdown(about)}\n" if about else "\n")
