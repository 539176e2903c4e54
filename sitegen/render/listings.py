"""Files for programs that read the site as a whole: sitemap.xml and llms.txt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.text import escape_html, one_line

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
    rows = [f"- [{one_line(title)}]({address}): {one_line(about)}\n" for title, address, about in page.ways]
    return f"# {page.title}\n\n> {one_line(page.description)}\n\n## Ways in\n\n{''.join(rows)}".encode()
