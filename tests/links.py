"""A link checker that knows nothing of sitegen: what every address of a built folder leads to."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree, html

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Elements whose address the browser follows only when a person asks for it.
FOLLOWED = {"a", "area"}
# Relations of <link> that name an address and load nothing.
NAMED = {"canonical", "alternate", "next", "prev", "license", "author", "cite-as", "type", "item", "describedby"}
# Of these, what identifies a page wherever it is read: absolute by nature.
IDENTIFIERS = {"canonical", "cite-as"}
ADDRESSES = ("href", "src", "action", "poster", "data", "formaction", "{http://www.w3.org/1999/xlink}href")
OPENED = {"http", "https", "mailto", "feed"}
IN_STYLE = re.compile(r"""url\(\s*["']?([^"')]+)|@import\s+["']([^"']+)""")
IN_MODULE = re.compile(r"""(?:\bfrom|\bimport)\s*\(?\s*["']([^"']+)["']""")


class Fault(NamedTuple):
    """An address that is not as it should be, and the file that it stands in."""

    file: str
    address: str
    what: str


class Use(NamedTuple):
    """An address as a file names it."""

    address: str
    loaded: bool = False
    may_be_absolute: bool = False


class Site:
    """A built folder, and the address ("https://host/repo/") it will stand at."""

    def __init__(self, folder: Path, address: str) -> None:
        self.folder = folder
        self.address = address
        self.files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}

    def url(self, file: str) -> str:
        """Give the address that a file is read at."""
        whole = self.address + file
        return whole.removesuffix("index.html") if file.endswith("index.html") else whole

    def file(self, url: str) -> str | None:
        """Give the file behind an address of this site, or None where there is none."""
        path = unquote(urlsplit(url)._replace(query="", fragment="").geturl())
        if not path.startswith(self.address):
            return None
        name = path.removeprefix(self.address)
        name = f"{name}index.html" if not name or name.endswith("/") else name
        return name if name in self.files else None

    def own(self, url: str) -> bool:
        """Tell whether an address is on this site's host, inside the site's path or not."""
        return urlsplit(url).netloc == urlsplit(self.address).netloc

    @cache  # noqa: B019 (a site lives for one test)
    def page(self, file: str) -> html.HtmlElement:
        """Give a page parsed."""
        return html.document_fromstring((self.folder / file).read_bytes(), parser=html.HTMLParser(encoding="utf-8"))

    @cache  # noqa: B019 (the same)
    def anchors(self, file: str) -> frozenset[str]:
        """Give the places in a page that a fragment may name; the empty one is its top."""
        return frozenset({"", "top", *map(str, self.page(file).xpath("//@id | //a/@name"))})


def faults(site: Site) -> list[Fault]:
    """Give everything that is wrong with the addresses of a site."""
    return [fault for file in sorted(site.files) for fault in _faults_of(site, file)]


def _faults_of(site: Site, file: str) -> Iterator[Fault]:
    for use in dict.fromkeys(_uses(site, file)):
        what = _fault(site, file, use)
        if what:
            yield Fault(file, use.address, what)


def _uses(site: Site, file: str) -> Iterator[Use]:
    if file.endswith(".html"):
        yield from _uses_of_page(site.page(file))
    elif file.endswith(".css"):
        for match in IN_STYLE.finditer((site.folder / file).read_text("utf-8")):
            yield Use(match[1] or match[2], loaded=True)
    elif file.endswith(".js"):
        for match in IN_MODULE.finditer((site.folder / file).read_text("utf-8")):
            # A minified bundle has words of its own between quotation marks; a module's address is a relative one.
            if match[1].startswith((".", "/")) or "://" in match[1]:
                yield Use(match[1], loaded=True)
    elif file.endswith(".xml"):
        yield from _uses_of_xml((site.folder / file).read_bytes())
    elif file == "llms.txt":
        for address in re.findall(r"\]\(([^)]*)\)", (site.folder / file).read_text("utf-8")):
            yield Use(address, may_be_absolute=True)


def _uses_of_page(page: html.HtmlElement) -> Iterator[Use]:
    for element in page.iter():
        if isinstance(element.tag, str):
            yield from _uses_of_element(element)
            yield from _uses_of_style(element)
            yield from _uses_of_meta(element)


def _uses_of_element(element: html.HtmlElement) -> Iterator[Use]:
    relations = set(str(element.get("rel", "")).split()) if element.tag == "link" else set()
    named = element.tag in FOLLOWED or bool(relations & NAMED)
    for name in ADDRESSES:
        if name in element.attrib:
            yield Use(str(element.attrib[name]).strip(), not named, bool(relations & IDENTIFIERS))
    for part in str(element.get("srcset", "")).split(","):
        if part.strip():
            yield Use(part.split()[0], loaded=True)


def _uses_of_style(element: html.HtmlElement) -> Iterator[Use]:
    style = (element.text or "") if element.tag == "style" else ""
    for match in IN_STYLE.finditer(f"{style} {element.get('style', '')}"):
        yield Use(match[1] or match[2], loaded=True)


def _uses_of_meta(element: html.HtmlElement) -> Iterator[Use]:
    if element.tag == "meta" and str(element.get("http-equiv", "")).lower() == "refresh":
        yield Use(str(element.get("content")).partition("url=")[2])
    if element.tag == "meta" and element.get("property") in {"og:url", "og:image"}:
        yield Use(str(element.get("content")), may_be_absolute=True)


def _uses_of_xml(body: bytes) -> Iterator[Use]:
    """Give the addresses in a feed or a sitemap, and those in the HTML that an entry holds."""
    for element in etree.fromstring(body).iter():
        if not isinstance(element.tag, str):
            continue
        name = etree.QName(element).localname
        text = (element.text or "").strip()
        for attribute in ("href", "url", "src"):
            if attribute in element.attrib:
                yield Use(str(element.attrib[attribute]), may_be_absolute=True)
        if name in {"loc", "link", "uri", "comments", "docs", "icon", "logo"} and text:
            yield Use(text, may_be_absolute=True)
        if name in {"content", "summary", "description", "encoded"} and "<" in text:
            for use in _uses_of_page(html.fragment_fromstring(text, create_parent="div")):
                yield use._replace(may_be_absolute=True)


def _fault(site: Site, file: str, use: Use) -> str:
    """Give what is wrong with one address, or ""."""
    parts = urlsplit(use.address)
    if parts.scheme == "data":
        return ""
    if parts.scheme and parts.scheme not in OPENED:
        return "a scheme that nothing should open"
    url = urljoin(site.url(file), use.address)
    if not site.own(url):
        return "is loaded from another host" if use.loaded else ""
    absolute = bool(parts.netloc) or parts.path.startswith("/")
    if file == "404.html" and not absolute and use.address and not use.address.startswith("#"):
        return "is relative on a page that answers at any depth"
    if file.endswith(".xml") and not parts.netloc:
        return "is relative in a file that is read far from here"
    if absolute and file != "404.html" and not use.may_be_absolute:
        return "is not relative"
    target = site.file(url)
    if target is None:
        return "leads nowhere"
    if target.endswith(".html") and unquote(parts.fragment) not in site.anchors(target):
        return "names no place on that page"
    return ""


def reached(site: Site, start: str = "index.html") -> set[str]:
    """Give the pages that a person comes to from one page by plain links alone."""
    return set(distances(site, start))


def distances(site: Site, start: str = "index.html") -> dict[str, int]:
    """Give the pages that a person comes to from one page by plain links alone, each with the fewest of them."""
    found, edge = {start: 0}, [start]
    while edge:
        beyond: set[str] = set()
        for file in edge:
            links = {urljoin(site.url(file), str(link)) for link in site.page(file).xpath("//a/@href")}
            there = {site.file(link) for link in links if site.own(link)}
            beyond |= {target for target in there if target and target.endswith(".html")} - found.keys()
        found |= dict.fromkeys(beyond, found[edge[0]] + 1)
        edge = sorted(beyond)
    return found
