"""Records to BibTeX: for BibTeX and biblatex, UTF-8, every value on one line.

What LaTeX reads in a record (formulas, accents, quotes) is decoded first, so that what remains is text: it is escaped
here, and only here, for LaTeX inside BibTeX's braces. Formulas stay formulas.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sitegen import latex
from sitegen.formats.cited import Cited, NameParts, address, names, page_range, pdf_address, remarks
from sitegen.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sitegen.model import Paper

_ENTRY_TYPES = {
    "preprint": "misc",
    "article": "article",
    "inproceedings": "inproceedings",
    "thesis": "phdthesis",
    "report": "techreport",
    "book": "book",
    "other": "misc",
}
_VENUE_FIELDS = {"article": "journal", "inproceedings": "booktitle", "book": "series"}
_HOUSE_FIELDS = {"thesis": "school", "report": "institution"}
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
# BibTeX counts braces without regard to a backslash before them: "\{" may stand only with its "\}". Where it may, it
# does, for many readers know no \textbraceleft. "<", ">" and "|" stay: macros for them are known to still fewer.
_SPECIALS = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "#": r"\#",
    "$": r"\$",
    "%": r"\%",
    "&": r"\&",
    "_": r"\_",
}
_BRACE = re.compile(r"[{}]")
_PAIRED = {"{": r"\{", "}": r"\}"}
_SPECIAL = re.compile(r"[\\{}~^#$%&_]")
_MACRO_OR_WORD = re.compile(r"\\[a-z]+|\\.|[^\W_]+")
_PLURAL = re.compile(r"([A-Z]{2,})s")
_UNQUOTED = re.compile(r"(?<!\\)(?:\\\\)*[#%]")
_NEEDS_GROUP = re.compile(r",|(?:^|\s)(?:and|others)(?:\s|$)", re.IGNORECASE)


def dump(papers: Sequence[Cited]) -> str:
    r"""Give one entry a paper, in their order, with a blank line between; line ends are "\n"."""
    return "\n".join(_entry(cited) for cited in papers)


def escape(words: str) -> str:
    """Escape one line of plain text for LaTeX in a braced BibTeX value; its braces are always balanced."""
    if not _SPECIAL.search(words):
        return words
    specials = _SPECIALS | _PAIRED if _is_balanced(words) else _SPECIALS
    return _SPECIAL.sub(lambda match: specials[match[0]], words)


def _entry(cited: Cited) -> str:
    fields = "".join(f"  {name} = {value},\n" for name, value in _fields(cited) if value)
    return f"@{_ENTRY_TYPES.get(cited.paper.type, 'misc')}{{{cited.citekey},\n{fields}}}\n"


def _fields(cited: Cited) -> Iterator[tuple[str, str]]:
    """Give the fields of an entry as BibTeX writes them; a value that is not known is ""."""
    paper = cited.paper
    year, month, day = (*paper.date.split("-"), "", "")[:3]
    yield "title", _value(_title(paper))
    yield "author", _value(_authors(paper))
    yield "organization", _value(escape(one_line(" and ".join(paper.organizations))))
    yield "year", _value(year)
    yield "month", _MONTHS[int(month) - 1] if month else ""
    yield "day", _value(day.lstrip("0"))
    yield from _place(paper)
    yield "eprint", _value(_verbatim(paper.links.arxiv))
    yield "archiveprefix", _value("arXiv" if paper.links.arxiv else "")
    yield "doi", _value(_verbatim(paper.links.doi))
    yield "url", _value(address(cited))
    yield "pdf", _value(pdf_address(paper))
    yield "code", _value(_verbatim(paper.links.code))
    yield "keywords", _value(escape(", ".join(one_line(topic).replace(",", " ") for topic in cited.topics)))
    yield "note", _value(escape("; ".join(remarks(paper))))
    yield "annote", _value(escape(one_line(paper.note)))
    yield "abstract", _value(_prose(paper.abstract))


def _place(paper: Paper) -> Iterator[tuple[str, str]]:
    """Give where the paper came out; a thesis and a report name the house that gave them out, which styles ask for."""
    publication = paper.publication
    venue, publisher = escape(one_line(paper.venue)), escape(one_line(publication.publisher))
    if house := _HOUSE_FIELDS.get(paper.type):
        yield house, _value(publisher or venue)
        yield "series", _value(venue if publisher else "")
        # Without it a style would write "PhD thesis", which nobody said.
        yield "type", _value("Thesis" if paper.type == "thesis" else "")
    else:
        yield _VENUE_FIELDS.get(paper.type, "howpublished"), _value(venue)
        yield "publisher", _value(publisher)
    yield "volume", _value(escape(one_line(publication.volume)))
    yield "number", _value(escape(one_line(publication.issue)))
    yield "pages", _value("--".join(escape(page) for page in page_range(publication.pages) if page))


def _value(written: str) -> str:
    return f"{{{written}}}" if written else ""


def _verbatim(identifier: str) -> str:
    """Give an id or address, which LaTeX takes as it stands: only braces and backslashes are encoded."""
    return re.sub(r"[{}\\\s]", lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), identifier)


def _title(paper: Paper) -> str:
    title = _prose(paper.title, protect=True)
    return f"[{title}]" if paper.title_source == "derived" else title


def _prose(words: str, *, protect: bool = False) -> str:
    """Give prose with its formulas; `protect` braces what a style may not write in lower case."""
    pieces: list[str] = []
    for run in latex.runs(one_line(words)):
        if run.formula and _is_sound(run.text):
            pieces.append(f"{{${run.text}$}}" if protect else f"${run.text}$")
        else:
            plain = f"${run.text}$" if run.formula else run.text
            pieces.append(_protected(plain) if protect else escape(plain))
    return one_line("".join(pieces))


def _is_sound(formula: str) -> bool:
    """Tell a formula that can stand in a braced value, where TeX takes "%" for a comment and "#" for a fault."""
    return _is_balanced(formula) and not _UNQUOTED.search(formula)


def _is_balanced(words: str) -> bool:
    """Tell whether each brace has its other, as BibTeX counts them."""
    depth = 0
    for character in _BRACE.findall(words):
        depth += 1 if character == "{" else -1
        if depth < 0:
            return False
    return depth == 0


def _protected(words: str) -> str:
    """Escape text and brace each word with a capital behind its first letter: "LLMs" gives "{LLM}s"."""
    return _MACRO_OR_WORD.sub(_guarded, escape(words))


def _guarded(match: re.Match[str]) -> str:
    word = match[0]
    if word[0] == "\\" or not any(character.isupper() for character in word[1:]):
        return word
    plural = _PLURAL.fullmatch(word)
    return f"{{{plural[1]}}}s" if plural else f"{{{word}}}"


def _authors(paper: Paper) -> str:
    """Give the names joined by "and"; none known, none given."""
    found = [_name(parts) for parts in names(paper)]
    more = ["others"] if found and (paper.author_count or 0) > len(found) else []
    return " and ".join(found + more)


def _name(parts: NameParts) -> str:
    """Give a name as BibTeX takes it apart again: "Family, Jr, Given", or in braces what must stay whole."""
    if parts.literal:
        return f"{{{escape(parts.literal)}}}"
    if parts.given:
        found = (parts.family, parts.suffix, parts.given) if parts.suffix else (parts.family, parts.given)
        return ", ".join(_grouped(part) for part in found)
    whole = " " in parts.family and not parts.family[0].islower()
    return f"{{{escape(parts.family)}}}" if whole else _grouped(parts.family)


def _grouped(part: str) -> str:
    """Give a part of a name, in braces where BibTeX would see the end of it inside."""
    return f"{{{escape(part)}}}" if _NEEDS_GROUP.search(part) else escape(part)
