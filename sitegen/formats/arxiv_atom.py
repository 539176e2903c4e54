"""Papers of arXiv: an answer of its API (Atom), or the feed of new papers of a category (Atom or RSS).

https://info.arxiv.org/help/api/user-manual.html and https://info.arxiv.org/help/rss_specifications.html
"""

from __future__ import annotations

import re
from dataclasses import replace
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from sitegen.formats.counted import is_web_page
from sitegen.formats.ids import arxiv_month, bare_arxiv, bare_doi
from sitegen.formats.json_works import accounted, add_reason, refused, refused_web_page, unique
from sitegen.formats.links import find_links
from sitegen.formats.parsed import Format, Parsed
from sitegen.formats.xml_entries import RefusedError, xml_entries
from sitegen.model import Author, Draft, Links
from sitegen.text import clean, one_line, plural

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_NAME = "arxiv-atom"
_TOP = re.compile(r"<(?:[\w-]{1,20}:)?(?:feed|rss|RDF)\b")
_ENTRY = re.compile(r"<(?:[\w-]{1,20}:)?(?:entry|item)[\s>]")
_ERROR_ID = "arxiv.org/api/errors"
_LISTED_ID = re.compile(r"oai:arxiv\.org:", re.IGNORECASE)
_ANNOUNCED = re.compile(r"\s*arXiv:\S{1,40}\s+Announce Type:\s*([a-z-]{1,20})\s+(?:Abstract:\s*)?", re.IGNORECASE)
_DATE = re.compile(r"(\d{4}-\d\d-\d\d)T")
_WITHDRAWN = re.compile(
    r"\W*(?:(?:this|the)\s+)?(?:\w+\s+){0,2}?(?:paper|article|submission|manuscript|preprint|work|report|version)\s+"
    r"(?:\([^()]{0,80}\)\s*)?(?:(?:has\s+been|was|is|have\s+been)\s+(?:\w+ly\s+|now\s+)?)?withdrawn\b|\W*withdrawn\b",
    re.IGNORECASE,
)

EXAMPLE = """\
<feed xmlns="http://www.w3.org/2005/Atom"><entry>
<id>http://arxiv.org/abs/1706.03762v7</id><published>2017-06-12T17:57:34Z</published>
<title>Attention Is All You Need</title><author><name>Ashish Vaswani</name></author>
<summary>The dominant sequence transduction models are based on complex networks.</summary>
</entry></feed>
"""


def identify(text: str) -> bool:
    """Tell whether the text is a feed (Atom, RSS) that names arXiv."""
    top = text[:20_000].lstrip("\ufeff \t\r\n")
    return top.startswith("<") and not is_web_page(top) and bool(_TOP.search(top)) and "arxiv.org" in top.lower()


def parse(text: str, file: str, year: str) -> Parsed:  # noqa: ARG001 (a format's interface; feeds have whole dates)
    """Give a draft for each entry; an error of the API and a paper that was withdrawn are rejected in words."""
    if web_page := refused_web_page(text, file, "a feed of arXiv"):
        return web_page
    drafts: list[Draft] = []
    reasons: dict[int, str] = {}
    try:
        found, fault = xml_entries(text)
    except RefusedError as error:
        return refused(file, text, error.why, error.line)
    for entry, first, last in found:
        place = Draft(file, _NAME, len(drafts) + 1, first, last)
        made = entry if isinstance(entry, str) else _draft(entry, place)
        if isinstance(made, Draft):
            drafts.append(made)
        else:
            add_reason(reasons, made, first, last)
    if fault:
        add_reason(reasons, fault[1], fault[0])
    tags = len(_ENTRY.findall(text))
    if tags > len(found):
        add_reason(reasons, f"the feed holds {plural(tags, 'entry tag')}, but {len(found)} could be told apart")
    elif not found and not fault:
        add_reason(reasons, "arXiv found nothing: the feed holds no entries")
    return accounted(file, text, drafts, reasons)


def _draft(entry: Element, place: Draft) -> Draft | str:
    """Make a draft of an entry of either shape, or say why not."""
    said = _said(entry, "summary") or _said(entry, "description")
    address = _text(entry, "id") or _text(entry, "guid")
    if _ERROR_ID in address:
        return f"arXiv's answer is an error: {one_line(said)[:200]}"
    arxiv = bare_arxiv(_LISTED_ID.sub("", address)) or bare_arxiv(_text(entry, "link"))
    if not arxiv:
        return f"the entry must have an arXiv id, not '{address[:80]}'" if address else "the entry has no arXiv id"
    announced = _ANNOUNCED.match(said)
    abstract = one_line(said[announced.end() :] if announced else said)
    title, comment = _text(entry, "title"), _text(entry, "comment")
    notice = next((words for words in (comment, abstract) if _WITHDRAWN.match(words[:300])), "")
    if notice:
        return f"{arxiv} was withdrawn ({notice[:120]}); a record for it is made by hand, with status: withdrawn"
    if not title and not abstract:
        return "the entry has neither a title nor an abstract"
    date, listed = _dates(entry, arxiv, announced[1] if announced else "")
    return replace(
        place,
        title=title,
        abstract=abstract,
        authors=_authors(entry),
        organizations=unique(_text(author, "affiliation") for author in entry.findall("author")),
        date=date,
        links=_links(entry, arxiv, f"{abstract} {comment}"),
        listed=listed,
        type="preprint",
        venue=_text(entry, "journal_ref") or _text(entry, "journal_reference"),
    )


def _said(entry: Element, name: str) -> str:
    """Give the text of a child as it is written, cleaned."""
    found = entry.find(name)
    return clean("".join(found.itertext())) if found is not None else ""


def _text(entry: Element, name: str) -> str:
    """Give the text of a child on one line: arXiv breaks titles and abstracts after some 80 characters."""
    return one_line(_said(entry, name))


def _authors(entry: Element) -> tuple[Author, ...]:
    """Give the authors: an element each from the API, all in one `dc:creator` in listings."""
    named = [_text(author, "name") for author in entry.findall("author")]
    creators = [re.sub(r"\([^()]{0,500}\)", "", _text(entry, "creator"))] if not named else []
    split = [one_line(name) for creator in creators for name in re.split(r",(?!\s*(?:Jr|Sr|I{2,3}|IV)\b)", creator)]
    return tuple(Author(name) for name in (*named, *split) if name)


def _dates(entry: Element, arxiv: str, announce_type: str) -> tuple[str, str]:
    """Give the paper's date, that of its first version, and the day of the listing.

    A listing says only when it announced the paper: a new one has that date, of others the id tells the month.
    """
    atom = _DATE.match(_text(entry, "published"))
    day = atom[1] if atom else _rss_day(_text(entry, "pubDate"))
    if not announce_type and atom:
        return day, ""
    return (day if announce_type == "new" and day else arxiv_month(arxiv)), day


def _rss_day(date: str) -> str:
    try:
        return parsedate_to_datetime(date).date().isoformat()
    except (ValueError, OverflowError):
        return ""


def _links(entry: Element, arxiv: str, prose: str) -> Links:
    """Give the arXiv id, the DOI of the published paper, and the code that abstract or comment names."""
    doi = bare_doi(_text(entry, "doi") or _text(entry, "DOI"))
    named = find_links(prose)
    return Links(arxiv=arxiv, doi="" if bare_arxiv(doi) else doi, code=named.code, page=named.page)


FORMAT = Format(
    _NAME, "papers of arXiv: an answer of its API or a feed of new papers (Atom, RSS)", identify, parse, EXAMPLE
)
