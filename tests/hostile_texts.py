"""Hostile texts for the formats: shapes of 100 KB, and sound texts changed by chance, from a seed."""

from __future__ import annotations

import itertools
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from sitegen.formats import incoming

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitegen.formats.parsed import Format

HERE = Path(__file__).parent
SIZE = 100_000

# fmt: off
OPENERS = (
    *("{", "[", "(", "<", '"', "'", "`", "$", "\\", "|", "*", "**", "_", "#", "&", "@", "<!--", "<![CDATA["),
    *("<a b='", "![[](", "[a](", "![", "[[", "- [", "@a{", "@a{b,c={", '@a{b,c="', "@comment{", "@string{a="),
    *("@a(", "{{", "}{", "<entry>", "<entry><id>", "<item>", "<feed>", "<a ", "</a>", "<![", "<?", "&amp;"),
    *("&#", "&#x1;", "<b><i>", '{"a":', '[{"title":', '{"DOI":"', '{"message":{"items":[', '{"results":[{'),
    *('["a",', '{"a":[', '""', "[1,", "\\u", "TY  - ", "TY  - JOUR\n", "ER  - \n", "AU  - a\n", "T1  - ", "- "),
    *("  - ", "\t", "1. ", "> ", "| a |", "|-", "#\n", "a,", "a;", '"a",', '"a\n', ",\n", ";", "\\{", "\\'"),
    *('\\"{o}', "\\url{", "\\textbf{", "\\frac{", "$x$ ", "^{", "a and ", "and, ", "et al. ", "A. ", "A, B "),
    *("a b c ", "http://", "https://a.org/", "www.", "10.1000/", "arXiv:", "2301.00001"),
    *("https://arxiv.org/abs/2301.00001 ", "https://doi.org/10.1/a(", "May 1, 2023\n", "Nov 3\n", "·\n"),
    *("  • 6 authors\n", "• ", "Abstract: a\n", "Abstract:", "Daily Papers\n", "Subscribe\n", "9", "-1e9"),
    *("0.", "1e", "a", "A", "a ", "a\n", "a\n\n", "\n", "\r", "\r\n", " ", " \n", "\n ", "\x00", "\x01"),
    *("\x85", "\u2028", "\ufeff", "\ud800", "\u202e", "א", "אב ", "é", "́", "\u200b", "\xa0", "ﬁ", "ß", "İ"),
    *("😀", "中文", "–", "— ", "…", "2023", "2023-01-01 ", "Jan ", "1/2/2023 ", "in 2023, ", "[2023] ", "**a** "),
    *("<br>", "<br/>\n", "<td>", "![a](b)"),
)
# fmt: on
CLOSERS = {"{": "}", "[": "]", "(": ")", "<": ">", "<b><i>": "</i></b>", '{"a":': "}", '{"a":[': "]}", "@a{b,c={": "}}"}
CHANGES = (*("insert", "splice", "move", "ends", "delete", "repeat") * 3, "grow")
LINE_ENDS = ("\n", "\r\n", "\r")


@cache
def bases(known: Format) -> tuple[str, ...]:
    """Give texts of a format: beginnings of the seeds, the golden files (those it claims first) and its example."""
    seeds = [path.read_text("utf-8")[:4_000] for path in sorted((HERE / "seeds").glob("*.txt"))]
    golden = [path.read_text("utf-8") for path in sorted((HERE / "formats" / known.name).glob("*.*"))]
    claimed = [text for text in (*seeds, *golden) if known.identify(text)]
    return tuple(text for text in dict.fromkeys((*claimed, *golden, known.example)) if text)


@cache
def others() -> tuple[str, ...]:
    """Give a few sound texts of each format."""
    return tuple(text for known in incoming.FORMATS for text in bases(known)[:3])


def shapes(known: Format) -> Iterator[str]:
    """Give texts of 100 KB that are one piece said again, alone and within the places of a sound text."""
    sound = bases(known)
    heads = [
        "",
        known.example[: len(known.example) * 3 // 4],
        *(sound[0][: len(sound[0]) * part // 4] for part in (1, 2, 3)),
    ]
    for head, opener in itertools.product(dict.fromkeys(heads), OPENERS):
        again = opener * ((SIZE - len(head)) // len(opener))
        yield head + again
        if opener in CLOSERS:
            half = (SIZE - len(head)) // (len(opener) + len(CLOSERS[opener]))
            yield head + opener * half + CLOSERS[opener] * half
    for text in sound:
        yield (text * (SIZE // len(text) + 1))[:SIZE]
        yield (text.replace("\n", " ") * (SIZE // len(text) + 1))[:SIZE]


@st.composite
def texts(draw: st.DrawFn, known: Format) -> str:
    """Draw a text of at most 100 KB: a sound one of this format, changed in places, or one of another's."""
    own = st.sampled_from(bases(known))
    text = draw(own | own | st.sampled_from(others()) | st.just(""))
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, 9_999)) * (len(text) + 1) // 10_000
        to = min(len(text), at + draw(st.integers(0, 40) | st.integers(0, 1_500)))
        before, piece, after = text[:at], text[at:to], text[to:]
        change = draw(st.sampled_from(CHANGES))
        if change == "insert":
            text = before + draw(st.sampled_from(OPENERS)) * draw(st.sampled_from((1, 1, 2, 3, 30))) + piece + after
        elif change == "splice":
            text = before + draw(written()) + after
        elif change == "move":
            place = draw(st.integers(0, 9_999)) * (len(after) + 1) // 10_000
            text = before + after[:place] + piece + after[place:]
        elif change == "ends":
            text = text.replace("\n", draw(st.sampled_from((*LINE_ENDS, " ", "\n\n"))))
        elif piece or change != "grow":
            text = before + _again(change, piece, SIZE - len(text)) + after
    return text[:SIZE]


@st.composite
def written(draw: st.DrawFn) -> str:
    """Draw what comes in the place of some characters: a piece of another text, or any characters at all."""
    text = draw(st.sampled_from(others()))
    start = draw(st.integers(0, 9_999)) * len(text) // 10_000
    return draw(st.just(text[start : start + draw(st.integers(0, 400))]) | st.text(max_size=12))


def _again(change: str, piece: str, room: int) -> str:
    """Give a piece of text not at all, a few times, or as often as there is room for."""
    times = {"delete": 0, "repeat": 3, "grow": max(room, 0) // max(len(piece), 1)}
    return piece * times[change]
