"""What the rooms of JSON services share: entries to drafts, and a word for every line that belongs to none."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from sitegen.formats.counted import WEB_PAGE, is_web_page
from sitegen.formats.ids import bare_arxiv, bare_doi
from sitegen.formats.json_lines import Broken, entries
from sitegen.formats.links import find_links, links_of
from sitegen.formats.parsed import Parsed, Written, left_out
from sitegen.model import Draft, Links
from sitegen.text import clean, one_line, plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Read = Callable[[dict[str, object], Draft], Draft | str]


_TOLD = 500
_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Service:
    """A service's name for messages, its format's name, and what stands once in each of its works."""

    name: str
    format: str
    marker: re.Pattern[str]


def first_entry(text: str) -> dict[str, object]:
    """Give the first object among the first entries of a JSON text, an empty one where there is none."""
    if text[:100].lstrip("\ufeff \t\r\n")[:1] not in {"{", "["}:
        return {}
    return next((value for value, _, _ in islice(entries(text), 10) if isinstance(value, dict)), {})


def parse_works(text: str, file: str, service: Service, read: Read) -> Parsed:
    """Give a draft for each work that `read` makes one of; it gives a reason, as text, for one that it refuses.

    `read` gets the work and a draft that holds its place only.
    """
    if web_page := refused_web_page(text, file, f"the JSON of {service.name}"):
        return web_page
    drafts: list[Draft] = []
    reasons: dict[int, str] = {}
    count = 0
    for value, first, last in entries(text):
        count += 1
        place = Draft(file, service.format, len(drafts) + 1, first, last)
        made = read(value, place) if isinstance(value, dict) and value else _no_work(value, service)
        if isinstance(made, Draft):
            drafts.append(made)
        else:
            add_reason(reasons, made, first, last)
    marked = len(service.marker.findall(text))
    if not count:
        add_reason(reasons, f"{service.name} found nothing: the answer holds no works")
    elif marked > count:
        counted = f"the text holds {plural(marked, 'work')} by another count, but {count} could be told apart"
        add_reason(reasons, counted)
    return accounted(file, text, drafts, reasons)


def add_reason(reasons: dict[int, str], why: str, first: int = 1, last: int = 0) -> None:
    """Note why lines belong to no draft: the first line has the reason, those up to the last point to it."""
    known = reasons.get(first, "")
    if not known:
        reasons[first] = why
    elif why not in known and len(known) < _TOLD:
        # A text on one line has all its reasons there.
        reasons[first] = f"{known}; {why}"
    for number in range(first + 1, last + 1):
        reasons.setdefault(number, f"part of the entry that begins in line {first}")


def accounted(file: str, text: str, drafts: list[Draft], reasons: dict[int, str]) -> Parsed:
    """Give everything that was parsed: lines with a reason are rejected, those in no draft are ignored."""
    inside = {number for draft in drafts for number in range(draft.first_line, draft.last_line + 1)}
    raw = [(number, line) for number, line in enumerate(_LINE_END.split(text), start=1) if line.strip()]
    numbers = [number for number, _ in raw]
    for number in sorted(set(reasons).difference(numbers) if raw else ()):
        # A reason of a blank line (the end of a text that was cut) is shown at the line before.
        before = numbers[max(bisect_right(numbers, number) - 1, 0)]
        add_reason(reasons, reasons.pop(number), before)
    # Cleaning every line of a large answer would take longer than reading it.
    lines = [
        Written(number, one_line(clean(line))) for number, line in raw if number in reasons or number not in inside
    ]
    return Parsed(
        tuple(drafts),
        tuple(left_out(file, line) for line in lines if line.number not in reasons),
        tuple(left_out(file, line, reasons[line.number]) for line in lines if line.number in reasons),
    )


def refused(file: str, text: str, why: str, first: int = 1) -> Parsed:
    """Give a text that was not read at all: every line of it rejected, with the reason where it was found."""
    numbers = [number for number, line in enumerate(_LINE_END.split(text), start=1) if line.strip()]
    told = next((number for number in numbers if number >= first), first)
    return accounted(file, text, [], {**dict.fromkeys(numbers, f"not read, because of line {told}"), told: why})


def refused_web_page(text: str, file: str, wanted: str) -> Parsed | None:
    """Give every line of a web page that stands where an answer should, rejected; None for any other text."""
    return refused(file, text, WEB_PAGE.format(wanted)) if is_web_page(text) else None


def _no_work(value: object, service: Service) -> str:
    return (
        value.why
        if isinstance(value, Broken)
        else f"not a work of {service.name}: it must be an object with something in it"
    )


def words(value: object) -> str:
    """Give a value of JSON as text on one line: text or a number, "" for anything else."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return one_line(clean(str(value)))


def first_words(value: object) -> str:
    """Give the first text of a list, or the text itself."""
    every = value if isinstance(value, list) else [value]
    return next((text for one in every if (text := words(one))), "")


def listed(value: object) -> list[object]:
    """Give a list as it is, nothing for anything else."""
    return value if isinstance(value, list) else []


def mapping(value: object) -> dict[str, object]:
    """Give an object as it is, an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def mappings(value: object) -> list[dict[str, object]]:
    """Give the objects of a list."""
    return [one for one in listed(value) if isinstance(one, dict)]


def unique(texts: Iterable[str]) -> tuple[str, ...]:
    """Give texts without the empty ones and without repetitions, in order."""
    return tuple(dict.fromkeys(text for text in texts if text))


def make_links(doi: str, pdfs: Iterable[str], pages: Iterable[str], *, prose: str, arxiv: str = "") -> Links:
    """Give the links of a work, of each sort the first; arXiv's own DOIs and addresses become its bare id.

    Of what the prose of an abstract names, code only belongs to the work for certain.
    """
    of_pdfs = [links_of([address]) for address in pdfs]
    of_pages = [links_of([address]) for address in pages]
    every = [*of_pdfs, *of_pages]
    bare = bare_doi(doi) or _first(link.doi for link in every)
    return Links(
        arxiv=bare_arxiv(arxiv) or bare_arxiv(bare) or _first(link.arxiv for link in every),
        doi="" if bare_arxiv(bare) else bare,
        # What a service calls a PDF is one, whatever its address ends in.
        pdf=_first(link.pdf or link.page for link in of_pdfs) or _first(link.pdf for link in of_pages),
        code=find_links(prose).code,
        page=_first(link.page for link in of_pages),
    )


def _first(texts: Iterable[str]) -> str:
    return next((text for text in texts if text), "")
