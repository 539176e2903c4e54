"""BibTeX and BibLaTeX files, each entry on its own: a broken one costs no other, and none goes missing unsaid."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bibtexparser.model import Block, DuplicateFieldKeyBlock, Entry, ImplicitComment, ParsingFailedBlock, String
from bibtexparser.splitter import Splitter

from sitegen.formats.bibtex_values import BibtexError, read_macro, read_value
from sitegen.formats.bibtex_words import draft_of
from sitegen.formats.counted import WEB_PAGE, Marks, Stretch, account, is_web_page, marks
from sitegen.formats.parsed import Format, Parsed, written_lines
from sitegen.model import Draft

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bibtexparser.library import Library

_NAME = "bibtex"
_LINE_ENDS = re.compile(r"\r\n|\r")
_ENTRY = re.compile(r"\s*@(?!(?:comment|string|preamble)\b)\w+\s*[{(]", re.IGNORECASE)
_BLOCK = re.compile(r"\s*@\w+\s*[{(]")
# What stands before the first entry of a text in another language: Markdown with an entry to cite it by, HTML, JSON.
_FOREIGN = re.compile(r"\s*(?:#{1,6}\s|[-*+]\s|[|<>\[{]|```|~~~|\d+\.\s)")
_LOOKS_LIKE_ENTRY = re.compile(r"^\s*(?:@\s*\w+|[A-Za-z]\w*\s*=\s*[{\"])", re.MULTILINE)
_VOLUMES = ("proceedings", "mvproceedings", "collection", "mvcollection")
_DECISIVE = ("title", "author", "abstract", "year", "date", "doi", "eprint")

# The library logs each fault, and Python writes such logs to stderr; here every fault is told once, in its place.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)

EXAMPLE = """@article{lovelace1843notes,
  title  = {Notes on the {Analytical Engine}},
  author = {Lovelace, Ada},
  year   = 1843
}
"""


@dataclass(frozen=True, slots=True)
class _Read:
    """An entry with its fields as text, still in LaTeX; names of fields and the type are in lower case."""

    type: str
    key: str
    first: int
    last: int
    fields: Mapping[str, str]


def identify(text: str) -> bool:
    """Tell whether a line begins with `@word{` and nothing before it is Markdown, HTML or JSON."""
    for line in written_lines(text.removeprefix("\ufeff")):
        if _BLOCK.match(line.text):
            return True
        if _FOREIGN.match(line.text):
            return False
    return False


def parse(text: str, file: str, year: str) -> Parsed:  # noqa: ARG001 (a format's interface; entries have their years)
    """Give a draft for each entry; text between entries is a comment, as BibTeX has it, and ignored."""
    text = _LINE_ENDS.sub("\n", text).removeprefix("\ufeff")
    if is_web_page(text):
        whole = Stretch(1, text.count("\n") + 1, WEB_PAGE.format("BibTeX"))
        return account(file, text, (), [whole], Marks(""))
    entries, stretches = _blocks(text)
    parents = {entry.key.lower(): entry for entry in reversed(entries)}
    cited = {entry.fields["crossref"].strip().lower() for entry in entries if "crossref" in entry.fields}
    volumes = [entry for entry in entries if _is_volume(entry, cited)]
    stretches += [Stretch(volume.first, volume.last) for volume in volumes]
    drafts: list[Draft] = []
    for entry in (one for one in entries if not _is_volume(one, cited)):
        fields = _with_parent(entry, parents)
        place = Draft(file, _NAME, len(drafts) + 1, entry.first, entry.last)
        draft = draft_of(place, entry.type, fields)
        if draft.title or draft.abstract:
            drafts.append(draft)
        else:
            stretches.append(Stretch(entry.first, entry.last, "the entry must have a title"))
    count = marks(text, _ENTRY, "@…{")
    return account(file, text, drafts, stretches, count.without(volume.first for volume in volumes))


def _is_volume(entry: _Read, cited: set[str]) -> bool:
    """Tell whether an entry is there only for others that take their fields from it."""
    return entry.type in _VOLUMES and entry.key.lower() in cited


def _blocks(text: str) -> tuple[list[_Read], list[Stretch]]:
    """Take a text apart: its entries, and a word for everything else."""
    entries: list[_Read] = []
    stretches: list[Stretch] = []
    macros: dict[str, str] = {}
    broken = False
    for block in _split(text):
        first = (block.start_line or 0) + 1
        last = first + (block.raw or "").count("\n")
        if broken and isinstance(block, ImplicitComment):
            # What the library could not read of an entry it gives as a comment behind it.
            stretches[-1] = replace(stretches[-1], last=last)
            continue
        broken = isinstance(block, ParsingFailedBlock)
        why = _comment(block) if isinstance(block, ImplicitComment) else _fault(block)
        try:
            if isinstance(block, Entry):
                entries.append(_entry(block, first, last, macros))
            elif isinstance(block, String):
                macros[block.key.lower()] = read_macro(block.value, macros)
        except BibtexError as fault:
            why = str(fault)
        stretches.extend([] if isinstance(block, Entry) and not why else [Stretch(first, last, why)])
    return entries, stretches


def _split(text: str) -> Iterator[Block]:
    """Give the blocks of a text in order; entries that share a key, or have a field twice, as the entries they are."""
    library: Library = Splitter(text).split()
    for block in library.blocks:
        inner = block.ignore_error_block if isinstance(block, ParsingFailedBlock) else None
        yield block if inner is None else inner


def _comment(block: ImplicitComment) -> str:
    """Say what is wrong with text outside entries, "" where it is a comment."""
    return "a field or an entry that does not begin with @word{" if _LOOKS_LIKE_ENTRY.search(block.comment) else ""


def _fault(block: Block) -> str:
    """Say why the library could not read a block, "" where it could."""
    if not isinstance(block, ParsingFailedBlock) or isinstance(block, DuplicateFieldKeyBlock):
        return ""
    reason = str(getattr(block.error, "abort_reason", block.error))
    if "end of file" in reason:
        return "the entry has no end: a brace or quote is not closed, or the file was cut"
    if "Unexpected block start" in reason:
        return "the entry has no end: a brace or quote is not closed before the next entry begins"
    if "comma after entry key" in reason:
        return "a comma is missing behind the entry's key"
    if "Expected a `=`" in reason:
        return "a field must be written as name = {value}, with a comma between fields"
    return f"not BibTeX: {reason}"


def _entry(block: Entry, first: int, last: int, macros: Mapping[str, str]) -> _Read:
    """Read the fields of an entry; of a field that stands twice the first counts, as for BibTeX."""
    fields: dict[str, str] = {}
    for field in block.fields:
        name = field.key.strip().lower()
        try:
            value = read_value(str(field.value), macros)
        except BibtexError as fault:
            line = (field.start_line or 0) + 1
            raise BibtexError(f"the field {name[:40]} in line {line} cannot be read: {fault}") from None
        if name in _DECISIVE and fields.get(name, value).strip() != value.strip():
            raise BibtexError(f"the field {name} stands twice with two values")
        fields.setdefault(name, value)
    return _Read(block.entry_type.lower(), block.key, first, last, fields)


def _with_parent(entry: _Read, parents: Mapping[str, _Read]) -> dict[str, str]:
    """Give an entry's fields and what it lacks of those of its `crossref`, whose title is the volume's."""
    parent = parents.get(entry.fields.get("crossref", "").strip().lower())
    if parent is None or parent is entry:
        return dict(entry.fields)
    inherited = {name: value for name, value in parent.fields.items() if name not in _OWN}
    if entry.type not in ("article", "periodical"):
        inherited.setdefault("booktitle", parent.fields.get("title", ""))
    return {**inherited, **entry.fields}


# A volume's own: its papers have others.
_OWN = ("title", "author", "abstract", "doi", "url", "pdf", "eprint", "ee", "pages", "note", "crossref", "howpublished")

FORMAT = Format(_NAME, "BibTeX or BibLaTeX, as reference managers write it", identify, parse, EXAMPLE)
