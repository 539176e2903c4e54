"""Pure string functions: cleaning, folding, slugs, sentences, and escaping for each language record text enters."""

from __future__ import annotations

import html
import re
import unicodedata
from urllib.parse import quote

# Forbidden in XML 1.0, C0 and C1 controls, lone surrogates, non-characters. Tab and newline stay; ZWJ and ZWNJ stay.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17))
    + "]"
)
_BIDI_AND_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_MARKS = re.compile("[\u0300-\u036f]")
# Letters that NFKD does not take apart, as libraries romanise them.
_LATIN = str.maketrans(
    {
        "ß": "ss",
        "ø": "o",
        "Ø": "O",
        "æ": "ae",
        "Æ": "AE",
        "œ": "oe",
        "Œ": "OE",
        "ł": "l",
        "Ł": "L",
        "đ": "d",
        "Đ": "D",
        "ð": "d",
        "Ð": "D",
        "þ": "th",
        "Þ": "Th",
        "ı": "i",
    }
)
_ABBREVIATIONS = frozenset("e.g. i.e. al. etc. vs. cf. fig. eq. sec. resp. approx. no. dr. prof. st.".split())


def clean(text: str) -> str:
    """Give the text in NFC without characters that XML 1.0 or a terminal must not hold; newlines are line feeds."""
    if text.isascii() and text.isprintable():  # most of what is read
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", stream_safe(_FORBIDDEN.sub("", text)))


def one_line(text: str) -> str:
    """Give the text with every run of white space as one space, none at the ends."""
    # The space alone is white space that is printable.
    if "  " not in text and text.isprintable() and text[:1] != " " and text[-1:] != " ":  # most of what is read
        return text
    return " ".join(text.split())


def paragraphs(text: str) -> list[str]:
    """Give the parts of a text between blank lines, without empty ones."""
    return [paragraph for paragraph in re.split(r"\n[ \t]*\n", text) if paragraph.strip()]


def invisible(text: str) -> str:
    """Give the first bidirectional control or invisible character of the text, or ""."""
    match = _BIDI_AND_INVISIBLE.search(text)
    return match[0] if match else ""


def isolated(text: str) -> str:
    """Give the text, between marks that keep what is around it in its order if any of it is read from right to left."""
    if text.isascii() or not any(unicodedata.bidirectional(character) in ("R", "AL") for character in text):
        return text
    return f"\u2068{text}\u2069"


def without_marks(text: str) -> str:
    """Give the text decomposed (NFKD), without combining marks, Latin letters romanised: "Šnajder" gives "Snajder"."""
    if text.isascii():
        return text
    return _MARKS.sub("", unicodedata.normalize("NFKD", stream_safe(text.translate(_LATIN))))


# What becomes of each ASCII character in a slug, before spaces become hyphens.
_IN_SLUGS = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)} | {ord("'"): None}


def slug(text: str) -> str:
    """Give the text's Latin letters and digits in lower case, joined by "-"; "" where it has none."""
    if text.isascii():
        return "-".join(text.translate(_IN_SLUGS).split())
    return "-".join(re.findall(r"[a-z0-9]+", without_marks(text).lower().replace("'", "").replace("\u2019", "")))


def title_key(title: str) -> str:
    """Give what two titles of one paper share: letters and digits, without marks, case, LaTeX and a trailing "(v2)".

    Digits are never dropped: "WMT 2011" and "WMT 2012" are two titles.
    """
    title = without_version(title)
    title = re.sub(r"\\[a-zA-Z]+\s*|[{}$]", "", title)
    folded = without_marks(title).casefold().replace("&", " and ")
    return "".join(character for character in folded if character.isalnum())


def without_version(title: str) -> str:
    """Give a title without a trailing "(v2)"."""
    return re.sub(r"\s*\(v\d+\)\s*$", "", title)


_SENTENCE_END = r"[.!?][\"'\u201d\u2019)\]]*\s+(?=[\"'\u201c\u2018(\[]*[A-Z0-9\\$])"
# Where a sentence may end, and where it may end if the space behind it was lost: "contributions.First, we".
_ENDS = {
    False: re.compile(_SENTENCE_END),
    True: re.compile(rf"{_SENTENCE_END}|(?<=[a-z]{{3}})\.(?=(?:[A-Z][a-z]+|A)[ ,])"),
}
_INITIALS = re.compile(r"(?:[a-z]\.)+")


def sentences(text: str) -> list[str]:
    """Split English prose into sentences; "VitaBench 2.0", "e.g.", "et al." and initials do not end one."""
    return [text[start:end] for start, end in sentence_spans(text)]


def sentence_spans(text: str, *, glued: bool = False) -> list[tuple[int, int]]:
    """Give where the sentences of English prose begin and end, without the white space between them.

    Where `glued` is true, sentences may follow each other without any.
    """
    found: list[tuple[int, int]] = []
    start = 0
    for match in _ENDS[glued].finditer(text):
        before = text[start : match.start() + 1]
        last_word = before.rsplit(None, 1)[-1].lower().lstrip("(") if before.strip() else ""
        if last_word in _ABBREVIATIONS or _INITIALS.fullmatch(last_word):
            continue
        found.append((start, match.end()))
        start = match.end()
    found.append((start, len(text)))
    return [_stripped(text, begin, end) for begin, end in found if text[begin:end].strip()]


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    """Give a span without the white space at its ends."""
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def shorten(text: str, limit: int) -> str:
    """Give at most `limit` characters, cut between words, with "…" where something was left out."""
    text = one_line(text)
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    cut = head.rsplit(" ", 1)[0] if " " in head and text[limit - 1] != " " else head
    return cut.rstrip(" ,;:.–—-") + "…"


_WEB = re.compile(r"https?://[^\s/?#]", re.IGNORECASE)
# Reserved and unreserved characters of RFC 3986 without brackets, which only an IPv6 host may hold.
_KEPT_IN_ADDRESSES = "%/:?#@!$&'()*+,;=~-._"


def web_address(url: str) -> str:
    """Give an absolute http(s) address as ASCII (RFC 3986), or "" where the text is not one."""
    address = clean(url).strip()
    if not _WEB.match(address):
        return ""
    return quote(address, safe=_KEPT_IN_ADDRESSES)


def escape_html(text: str) -> str:
    """Escape for HTML and XML text and double-quoted attributes."""
    return html.escape(text, quote=True)


# Python-Markdown, which reads docs/ where sitegen is not installed, cannot unescape these: an entity works in both.
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "$": "&#36;", "|": "&#124;", "~": "&#126;", "^": "&#94;"}
_MARKDOWN_INLINE = re.compile(r"[\\`*_{}\[\]<>&$|~^#]")
# What would open a list, a heading, a container or an admonition.
_MARKDOWN_START = re.compile(r"[-+=:!]|\d+[.)]")


def escape_markdown(text: str) -> str:
    """Escape one paragraph of plain text for CommonMark and Python-Markdown alike; line breaks become spaces."""
    escaped = _MARKDOWN_INLINE.sub(_markdown_escape, one_line(text))
    return f"&#{ord(escaped[0])};{escaped[1:]}" if _MARKDOWN_START.match(escaped) else escaped


def is_plain_markdown(line: str) -> bool:
    """Say whether a line of plain text is the same in Markdown."""
    return not (_MARKDOWN_INLINE.search(line) or _MARKDOWN_START.match(line))


def _markdown_escape(match: re.Match[str]) -> str:
    return _ENTITIES.get(match[0]) or "\\" + match[0]


def plural(number: int, noun: str) -> str:
    """Give "1 paper", "2 papers"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


_MONTHS = ("January February March April May June July August September October November December").split()


def long_date(date: str) -> str:
    """Give a date of the form YYYY, YYYY-MM or YYYY-MM-DD in words: "16 October 2025", "October 2025", "2025"."""
    year, _, rest = date.partition("-")
    month, _, day = rest.partition("-")
    return " ".join(part for part in (day.lstrip("0"), month and _MONTHS[int(month) - 1], year) if part)


def short_date(date: str) -> str:
    """Give a date as list gutters show it: "16 Oct 2025", "Oct 2025", "2025"."""
    words = long_date(date).split()
    return " ".join(word[:3] if word.isalpha() else word for word in words)


_LONG_FOREIGN_RUN = re.compile(r"[^\x00-\x7f]{31,}")


def stream_safe(text: str) -> str:
    """Give the text with at most 30 combining marks in a row, as UAX #15 (stream-safe text) has it.

    Normalising takes time in the square of such a run: 100,000 marks cost half a minute.
    """
    return _LONG_FOREIGN_RUN.sub(_with_few_marks, text)


def _with_few_marks(match: re.Match[str]) -> str:
    """Leave out what follows the thirtieth mark of each row of marks."""
    kept: list[str] = []
    row = 0
    for character in match[0]:
        row = row + 1 if unicodedata.combining(character) else 0
        if row <= 30:
            kept.append(character)
    return "".join(kept)


def visible(text: str) -> str:
    r"""Give the text with what cannot be seen as escapes: a line break as "\n", U+202E as "\u202e"."""
    if text.isprintable() and not invisible(text):
        return text
    shown = (
        character if character.isprintable() and not invisible(character) else ascii(character)[1:-1]
        for character in text
    )
    return "".join(shown)


def quoted(text: str) -> str:
    """Give a found value for a message: in quotes, at most 60 characters of it, nothing in it that cannot be seen."""
    return f"'{visible(text if len(text) <= 60 else text[:59] + '…')}'"
