"""LaTeX as abstracts hold it: plain text without its macros, formulas as MathML."""

from __future__ import annotations

import logging
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db
from pylatexenc.latexwalker import LatexWalker
from pylatexenc.latexwalker import get_default_latex_context_db as get_default_walker_context_db

if TYPE_CHECKING:
    from pylatexenc.macrospec import LatexContextDb

FORMULA_CAP = 300
_FORMULA = re.compile(r"(?<![\\\w])\$(?=[^\s$])([^$\n]{1,160}?)(?<=[^\s\\])\$(?!\d)")
# What is plain text in an abstract and something else in LaTeX: "$15", "R&D", "5%", "~30", a backslash at the end.
_PLAIN = (
    (re.compile(r"(?<!\\)([$&%])"), r"\\\1"),
    (re.compile(r"(?<![\w.\\}])~"), r"\\textasciitilde{}"),
    (re.compile(r"(?<!\\)\\$"), r"\\textbackslash{}"),
)
_LATEX_SIGNS = ("\\", "``", "''")
_MACRO_WITH_GROUPS = re.compile(r"\\([a-zA-Z]+)\*?((?:\s*\{[^{}]*\})+)")
# Macros whose decoded form would say less than their source, whose words alone count, and that leave nothing.
_SOURCE_MACROS = (
    "input include includegraphics documentclass usepackage title author date maketitle ref eqref pageref cite citet "
    "citep".split()
)
_WORDS_MACROS = "url texttt textsf".split()
_SIGN_MACROS = {"textbraceleft": "{", "textbraceright": "}", "textasciicircum": "^"}
_SWITCH_MACROS = "em it bf rm sc sl tt left right".split()
_NAMING_MACRO = re.compile(r"\\(?:operatorname|mathop|boldsymbol|bm)\*?\s*\{([^{}]*)\}")
_REFUSED_MACROS = re.compile(
    r"\\(?:href|url|style|class|cssId|html\w*|require|def|newcommand|unicode)(?![a-zA-Z])"
    r"|\\(?:text|mbox)(?![a-zA-Z]|\{[A-Za-z0-9 ,.()-]*\})"
)
_MATHML = "http://www.w3.org/1998/Math/MathML"
_TAGS = frozenset(
    "math mrow mi mo mn ms mtext mspace msub msup msubsup munder mover munderover mfrac msqrt mroot mtable mtr mtd "
    "mstyle mpadded mphantom menclose".split()
)
_ATTRIBUTES = frozenset(
    "display mathvariant stretchy fence separator lspace rspace width height depth linethickness accent accentunder "
    "displaystyle scriptlevel columnalign rowspacing columnspacing minsize maxsize largeop movablelimits form "
    "symmetric notation".split()
)
_LENGTHS = frozenset("lspace rspace width height depth linethickness rowspacing columnspacing minsize maxsize".split())
# A formula must not push the page apart: nothing in it is wider than ten letters.
_LENGTH = re.compile(r"-?\d?(\.\d+)?(em|ex)?|\d{1,3}%|\dpt")
# Names of MathML 3 that browsers no longer know (MathML Core section 2.1.5).
_NAMED_LENGTHS = {
    f"{sign}{name}mathspace": f"{'-' if sign else ''}{eighteenths / 18:.3f}em"
    for sign in ("", "negative")
    for name, eighteenths in (("verythin", 2), ("thin", 3), ("medium", 4), ("thick", 5), ("verythick", 6))
}


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of prose: plain text, or the source of a formula without its dollar signs."""

    text: str
    formula: bool = False


def runs(text: str) -> tuple[Run, ...]:
    """Cut prose into plain text (its LaTeX decoded) and formulas; `$15` is money and stays text."""
    if "$" not in text:  # most of what is read
        return (Run(_decoded(text)),) if text else ()
    found: list[Run] = []
    start = 0
    for match in _FORMULA.finditer(text):
        if match.start() > start:
            found.append(Run(_decoded(text[start : match.start()])))
        found.append(Run(match[1], formula=True))
        start = match.end()
    if start < len(text):
        found.append(Run(_decoded(text[start:])))
    return tuple(found)


def formula_at(text: str, place: int) -> tuple[str, int] | None:
    """Give the source of the formula whose first dollar sign stands at a place of prose, and where it ends."""
    match = _FORMULA.match(text, place)
    return (match[1], match.end()) if match else None


def plain_text(text: str) -> str:
    """Give prose without LaTeX; a formula becomes readable text: a tilde for `sim`."""
    if "$" not in text:  # most of what is read
        return _decoded(text)
    return "".join(_formula_text(run.text) if run.formula else run.text for run in runs(text))


@lru_cache(maxsize=4096)
def mathml(source: str) -> str:
    """Give a formula as a MathML element that carries nothing but presentation, or "" where it cannot be shown so.

    Hostile until proved harmless: macros that make links, styles or raw text are refused, the result is parsed and
    every element and attribute must be on the list of MathML Core's presentation markup.
    """
    if len(source) > FORMULA_CAP or _REFUSED_MACROS.search(source):
        return ""
    from latex2mathml.converter import convert

    try:
        root = ET.fromstring(convert(source))  # noqa: S314 (no external entities: latex2mathml writes no DOCTYPE)
    except Exception:  # noqa: BLE001 (latex2mathml raises many kinds on what it cannot read)
        return ""
    for element in root.iter():
        element.tag = element.tag.removeprefix(f"{{{_MATHML}}}")
        if not _is_harmless(element):
            return ""
        if element.tag == "mi" and element.text == "~":
            element.tag, element.text = "mo", "∼"
    root.set("xmlns", _MATHML)
    return ET.tostring(root, encoding="unicode")


def _is_harmless(element: ET.Element) -> bool:
    """Say whether an element is on the lists, no wider than a word, and without macros that the converter left."""
    for name, found in element.items():
        if name in _LENGTHS:
            element.set(name, _NAMED_LENGTHS.get(found, found))
            if not _LENGTH.fullmatch(element.get(name, "")):
                return False
    return element.tag in _TAGS and element.attrib.keys() <= _ATTRIBUTES and "\\" not in (element.text or "")


def _formula_text(source: str) -> str:
    """Give a formula's text as a reader would type it."""
    source = _NAMING_MACRO.sub(r"\1", source.replace(r"\!", "").replace(r"\,", " "))
    return re.sub(r"\s+", " ", _decoded(source)).strip()


def _decoded(text: str) -> str:
    """Decode LaTeX in text that has any; where the decoder fails, the text stays as it is."""
    return _decoded_latex(text) if any([sign in text for sign in _LATEX_SIGNS]) else text  # noqa: C419 (a list is sooner made)


# The page of a paper, its files and its entries in feeds have the same abstract.
@lru_cache(maxsize=1024)
def _decoded_latex(text: str) -> str:
    original = text
    try:
        for plain, latex in _PLAIN:
            text = plain.sub(latex, text)
        nodes, _, _ = LatexWalker(_MACRO_WITH_GROUPS.sub(_keep_groups, text), tolerant_parsing=True).get_latex_nodes()
        decoded = _decoder().nodelist_to_text(nodes)
    except Exception:  # noqa: BLE001 (a broken macro must not cost the reader the abstract)
        return original
    return str(decoded)


def _keep_groups(match: re.Match[str]) -> str:
    """Keep the braces behind a macro that nobody knows: they are a part of its source."""
    known = match[1] in {"begin", "end"} or _walker_context().get_macro_spec(match[1])
    if known or _decoder().latex_context.get_macro_spec(match[1]) is not _UNKNOWN:
        return match[0]
    return match[0].replace("{", r"\{").replace("}", r"\}")


@lru_cache(maxsize=1)
def _walker_context() -> LatexContextDb:
    return get_default_walker_context_db()


_UNKNOWN = MacroTextSpec("", simplify_repl=lambda node: node.latex_verbatim())


@lru_cache(maxsize=1)
def _decoder() -> LatexNodes2Text:
    """Make the decoder; by default pylatexenc deletes macros it does not know, here they keep their source."""
    # It writes a warning for each macro that it cannot decode, which is no business of whoever builds a site.
    logging.getLogger("pylatexenc").setLevel(logging.CRITICAL)
    context = get_default_latex_context_db()
    context.set_unknown_macro_spec(_UNKNOWN)
    ours = [MacroTextSpec(name, simplify_repl=_UNKNOWN.simplify_repl) for name in _SOURCE_MACROS]
    ours += [MacroTextSpec(name, simplify_repl="%s") for name in _WORDS_MACROS]
    ours += [MacroTextSpec(name, discard=True) for name in _SWITCH_MACROS]
    ours += [MacroTextSpec(name, simplify_repl=character) for name, character in _SIGN_MACROS.items()]
    context.add_context_category("ours", prepend=True, macros=ours)
    return LatexNodes2Text(latex_context=context, math_mode="verbatim", keep_comments=True, strict_latex_spaces=True)


# Stands for what must come through decoding as it is; a character for private use, which no text means.
_HELD = "\U000f0000"
_HOLD = re.compile(r"\\url ?\{([^{}]*)\}|\\href ?\{([^{}]*)\} ?\{([^{}]*)\}|https?://[^\s{}<>\"]+")


_LOGO = re.compile(r"\\((?:La|Bib)?TeX)(?![A-Za-z])")
# Most macros of a bibliography are accents; the decoder reads them too, but in fifty times as long.
_ACCENT = re.compile(
    r"\\([\"'`^~=.]) ?(?:\{\\?([A-Za-z])\}|\\([ij])(?![A-Za-z])|([A-Za-z]))|\\([cvuHkdbr]) ?\{\\?([A-Za-z])\}"
)
_MARKS = dict(
    zip(
        "\"'`^~=.cvuHkdbr",
        map(chr, (776, 769, 768, 770, 771, 772, 775, 807, 780, 774, 779, 808, 803, 817, 778)),
        strict=True,
    )
)


def _letter(match: re.Match[str]) -> str:
    """Give the letter with its accent."""
    letter = match[2] or match[3] or match[4] or match[6]
    return unicodedata.normalize("NFC", letter + _MARKS[match[1] or match[5]])


@lru_cache(maxsize=4096)
def unlaced(text: str) -> str:
    r"""Give prose as bibliographies write it as plain text on one line; formulas stay `$…$`, addresses as they are.

    Braces that only guard capitals go, `{\"o}` becomes a letter, an unknown macro keeps its source; `%` is no
    comment, as BibTeX has none within values.
    """
    text = re.sub(r"\s+", " ", text.replace(_HELD, "")).strip()
    if not re.search(r"[\\{}~`'$-]", text):
        return text
    held: list[str] = []
    text = _LOGO.sub(r"\1", text)
    open_text = _ACCENT.sub(_letter, _hold_formulas(_hold_addresses(text, held), held))
    # A macro for every other word is no prose, and costs seconds to decode.
    if len(open_text) > 200 and open_text.count("\\") * 8 > len(open_text):
        return text
    decoded = plain_text(re.sub(r"(?<!\\)%", r"\\%", open_text)) if "\\" in open_text else _without_braces(open_text)
    if decoded.count(_HELD) != len(held):
        return text
    pieces = iter(held)
    return re.sub(r"\s+", " ", re.sub(_HELD, lambda _: next(pieces), decoded)).strip()


def _hold_addresses(text: str, held: list[str]) -> str:
    r"""Put away addresses, those within `\url` and `\href` too; of a link's words and its address both stay."""

    def hold(match: re.Match[str]) -> str:
        bare = match[1] if match[1] is not None else match[2] if match[2] is not None else match[0]
        held.append(re.sub(r"\\([_%#&~$])", r"\1", bare))
        words = match[3] if match[3] is not None and match[3] != match[2] else ""
        return f"{words} ({_HELD})" if words else _HELD

    return _HOLD.sub(hold, text)


def _hold_formulas(text: str, held: list[str]) -> str:
    """Put away formulas, in the order of all that was put away before them."""
    addresses = iter(held.copy())
    held.clear()

    def hold(match: re.Match[str]) -> str:
        held.append(next(addresses) if match[0] == _HELD else match[0])
        return _HELD

    return re.sub(f"{_HELD}|{_FORMULA.pattern}", hold, text)


def _without_braces(text: str) -> str:
    """Decode what needs no decoder: braces, ties, quotes and dashes."""
    text = text.replace("``", "“").replace("''", "”").replace("---", "—").replace("--", "–")
    return re.sub(r"[{}]", "", re.sub(r"(?<=\w)~(?=\w)", " ", text))
