"""All feeds as OPML 2.0, which feed readers take to subscribe to many at once."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from sitegen.feed_formats import FEED_FORMATS
from sitegen.text import clean, one_line

if TYPE_CHECKING:
    from sitegen.feed_rows import OpmlPage


def render_opml(page: OpmlPage) -> bytes:
    """Give the file in UTF-8: an outline for each group of feeds, in it one for each feed, by its Atom address."""
    root = ET.Element("opml", version="2.0")
    ET.SubElement(ET.SubElement(root, "head"), "title").text = one_line(clean(page.title)) or "Feeds"
    body = ET.SubElement(root, "body")
    for group, rows in groupby(page.feeds, key=lambda row: row.group):
        outline = ET.SubElement(body, "outline", text=one_line(clean(group)))
        for row in rows:
            title = one_line(clean(row.title)) or row.name
            address = f"{page.site_url}feeds/{row.name}{FEED_FORMATS[0].suffix}"
            page_url = page.site_url + row.url
            ET.SubElement(outline, "outline", type="rss", text=title, title=title, xmlUrl=address, htmlUrl=page_url)
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"
