"""CSL-JSON, as Zotero, Pandoc and doi.org write it: an array of items, one item, or {"items": [...]}."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from sitegen.formats.counted import WEB_PAGE, Marks, Stretch, account, is_web_page
from sitegen.formats.dates import written_date
from sitegen.formats.json_lines import Broken, entries
from sitegen.formats.links import links_of
from sitegen.formats.markup import without_tags
from sitegen.formats.names import alone, person
from sitegen.formats.parsed import Format, Parsed
from sitegen.formats.remarks import with_remarks
from sitegen.model import Author, Draft, Publication

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_NAME = "csl-json"
_LINE_END = re.compile(r"\r\n|\r|\n")
_TYPES = {
    **dict.fromkeys(("article-journal", "article-magazine", "article-newspaper", "review"), "article"),
    **dict.fromkeys(("book", "collection"), "book"),
    "article": "preprint",
    "manuscript": "preprint",
    "paper-conference": "inproceedings",
    "thesis": "thesis",
    "report": "report",
}
# CSL 1.0.2's other types: an item of one of these is CSL all the same.
_OTHER_TYPES = frozenset(
    "bill broadcast chapter classic dataset document entry entry-dictionary entry-encyclopedia event figure graphic "
    "hearing interview legal_case legislation map motion_picture musical_score pamphlet patent performance periodical "
    "personal_communication post post-weblog regulation review-book software song speech standard treaty "
    "webpage".split()
)
# An item without a type is told by these; CSL shares its names of types with our own export and with OpenAlex.
_CSL_ONLY = ("citation-key", "container-title", "issued")
_NOT_CSL = ("added", "authorships", "display_name")
_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)|[\[\]{}]', re.DOTALL)
_ARXIV = re.compile(r"\barxiv\b", re.IGNORECASE)

EXAMPLE = """[
  {
    "id": "lovelace1843",
    "type": "article-journal",
    "title": "Notes on the Analytical Engine",
    "author": [{"family": "Lovelace", "given": "Ada"}],
    "issued": {"date-parts": [[1843]]}
  }
]
"""


def identify(text: str) -> bool:
    """Tell whether the text is JSON whose first entry that can be read is an item of CSL."""
    if not text.lstrip("\ufeff \t\r\n").startswith(("[", "{")):
        return False
    return next((_is_item(entry) for entry, _, _ in entries(text) if isinstance(entry, dict)), False)


def parse(text: str, file: str, year: str) -> Parsed:  # noqa: ARG001 (a format's interface; items have their years)
    """Give a draft for each item; the brackets around them are ignored, an item that cannot be read costs no other."""
    last = len(_LINE_END.split(text))
    if is_web_page(text):
        return account(file, text, (), [Stretch(1, last, WEB_PAGE.format("JSON"))], Marks(""))
    drafts: list[Draft] = []
    stretches: list[Stretch] = [Stretch(1, last)]
    broken = False
    for item, first, end in entries(text):
        why = ""
        if isinstance(item, Broken):
            why, broken = item.why, True
        elif not isinstance(item, dict):
            why = "an item must be an object: {…}"
        elif not _text(item, "title") and not _text(item, "abstract"):
            why = "the item must have a title"
        else:
            drafts.append(_draft(Draft(file, _NAME, len(drafts) + 1, first, end), item))
        stretches += [Stretch(first, end, why)] if why else []
    return account(file, text, drafts, stretches, Marks("{", () if broken else tuple(_openings(text))))


def _is_item(entry: Mapping[object, object]) -> bool:
    """Tell CSL from our own export, from Crossref (titles are lists) and from OpenAlex (`id` is an address)."""
    if not isinstance(entry.get("title"), str) or any(key in entry for key in _NOT_CSL):
        return False
    kind = entry.get("type")
    if kind is None:
        return any(key in entry for key in _CSL_ONLY)
    return isinstance(kind, str) and (kind in _TYPES or kind in _OTHER_TYPES)


def _openings(text: str) -> Iterator[int]:
    """Count items by their braces alone: the line of each that opens where items stand."""
    line, place = 1, 0
    opened: list[str] = []
    for token in _TOKEN.finditer(text):
        line, place = line + len(_LINE_END.findall(text, place, token.start())), token.start()
        if token[0] in "[{":
            if token[0] == "{" and opened in ([], ["["], ["{", "["]):
                yield line
            opened.append(token[0])
        elif token[0] in "]}" and opened:
            opened.pop()


def _draft(place: Draft, item: Mapping[object, object]) -> Draft:
    """Fill a draft that knows its place with what an item says."""
    venue = _text(item, "container-title") or _text(item, "event-title") or _text(item, "event")
    links = links_of(_addresses(item))
    kind = _TYPES.get(_text(item, "type"), "other")
    preprint = kind == "preprint" or bool(_ARXIV.search(venue))
    authors = item.get("author")
    filled = replace(
        place,
        title=_text(item, "title"),
        abstract=_text(item, "abstract"),
        authors=tuple(_authors(authors)) if isinstance(authors, list) else (),
        date=_date(item.get("issued")),
        links=links,
        type="preprint" if preprint else kind,
        venue="" if _ARXIV.search(venue) else venue,
        publication=Publication(
            volume=_text(item, "volume"),
            issue=_text(item, "issue"),
            pages=_text(item, "page"),
            publisher="" if _ARXIV.search(_text(item, "publisher")) else _text(item, "publisher"),
        ),
        organizations=tuple(_texts(_custom(item).get("organizations"))),
        note=_text(item, "annote"),
    )
    return with_remarks(filled, [_text(item, "note")])


def _text(item: Mapping[object, object], key: str) -> str:
    """Give a value as plain text; CSL allows numbers for volumes, and markup in titles."""
    value = item.get(key)
    if isinstance(value, list):
        value = next(iter(value), None)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**12:
        return str(value)
    return without_tags(value) if isinstance(value, str) else ""


def _authors(names: list[object]) -> Iterator[Author]:
    """Give the authors; a particle belongs to the family name as it is printed."""
    for name in names:
        if not isinstance(name, dict):
            continue
        literal = _text(name, "literal")
        particles = [_text(name, "dropping-particle"), _text(name, "non-dropping-particle")]
        author = (
            alone(literal, literal=True)
            if literal
            else person(
                _text(name, "family"), _text(name, "given"), " ".join(filter(None, particles)), _text(name, "suffix")
            )
        )
        if author:
            yield author


def _date(issued: object) -> str:
    """Give the date of date-parts, of which the first is the beginning of a range, else of what is printed."""
    if not isinstance(issued, dict):
        return written_date(issued) if isinstance(issued, str) else ""
    parts = issued.get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts and isinstance(parts[0], list) else []
    numbers = [str(part) for part in first[:3] if isinstance(part, int | str) and len(str(part)[:9]) < 9]
    written = "-".join(number.strip() for number in numbers)
    return written_date(written) or written_date(_text(issued, "raw") or _text(issued, "literal"))


def _addresses(item: Mapping[object, object]) -> Iterator[str]:
    """Give the item's ids and addresses, the DOI first; `number` and `note` are where Zotero has arXiv's ids."""
    yield from (_raw(item, key) for key in ("DOI", "URL"))
    yield from (_raw(_custom(item), key) for key in ("pdf", "code"))
    named = (_raw(item, key) for key in ("number", "archive_location", "note"))
    yield from (text for text in named if "arxiv" in text.lower())


def _custom(item: Mapping[object, object]) -> Mapping[object, object]:
    """Give what an item holds besides CSL's variables; ours: organizations, pdf, code."""
    custom = item.get("custom")
    return custom if isinstance(custom, dict) else {}


def _texts(value: object) -> list[str]:
    texts = (without_tags(one) for one in (value if isinstance(value, list) else []) if isinstance(one, str))
    return [text for text in texts if text]


def _raw(item: Mapping[object, object], key: str) -> str:
    value = item.get(key)
    return value if isinstance(value, str) else ""


FORMAT = Format(_NAME, "CSL-JSON, as Zotero, Pandoc and doi.org write it", identify, parse, EXAMPLE)
