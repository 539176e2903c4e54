"""LaTeX as abstracts hold it: plain text without its macros, formulas as MathML."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from latex2mathml.converter import convert
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
_NEEDS_LATEX = re.compile(r"\\|``|''")
_MACRO_WITH_GROUPS = re.compile(r"\\([a-zA-Z]+)\*?((?:\s*\{[^{}]*\})+)")
# Macros whose decoded form would say less than their source, whose words alone count, and that leave nothing.
_SOURCE_MACROS = (
    "input include includegraphics documentclass usepackage title author date maketitle ref eqref pageref cite citet "
    "citep".split()
)
_WORDS_MACROS = "url texttt textsf".split()
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


def plain_text(text: str) -> str:
    """Give prose without LaTeX; a formula becomes readable text: a tilde for `sim`."""
    return "".join(_formula_text(run.text) if run.formula else run.text for run in runs(text))


@lru_cache(maxsize=4096)
def mathml(source: str) -> str:
    """Give a formula as a MathML element that carries nothing but presentation, or "" where it cannot be shown so.

    Hostile until proved harmless: macros that make links, styles or raw text are refused, the result is parsed and
    every element and attribute must be on the list of MathML Core's presentation markup.
    """
    if len(source) > FORMULA_CAP or _REFUSED_MACROS.search(source):
        return ""
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
    if not _NEEDS_LATEX.search(text):
        return text
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
    context.add_context_category("ours", prepend=True, macros=ours)
    return LatexNodes2Text(latex_context=context, math_mode="verbatim", keep_comments=True, strict_latex_spaces=True)
