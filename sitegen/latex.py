"""LaTeX as abstracts hold it: plain text without its macros, formulas as MathML."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from xml.etree import ElementTree as ET

from latex2mathml.converter import convert
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db
from pylatexenc.latexwalker import LatexWalker

FORMULA_CAP = 300
_FORMULA = re.compile(r"(?<![\\\w])\$(?=[^\s$])([^$\n]{1,160}?)(?<=[^\s\\])\$(?!\d)")
_MONEY = re.compile(r"(?<!\\)\$")
_NEEDS_LATEX = re.compile(r"\\|``|''")
_REFUSED_MACROS = re.compile(
    r"\\(text|mbox|href|url|style|class|cssId|html\w*|require|def|newcommand|unicode)(?![a-zA-Z])"
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
        if element.tag.removeprefix(f"{{{_MATHML}}}") not in _TAGS or not element.attrib.keys() <= _ATTRIBUTES:
            return ""
        element.tag = element.tag.removeprefix(f"{{{_MATHML}}}")
    root.set("xmlns", _MATHML)
    return ET.tostring(root, encoding="unicode")


def _formula_text(source: str) -> str:
    """Give a formula's text as a reader would type it."""
    return re.sub(r"\s+", " ", _decoded(source.replace(r"\!", "").replace(r"\,", " "))).strip()


def _decoded(text: str) -> str:
    """Decode LaTeX in text that has any; where the decoder fails, the text stays as it is."""
    if not _NEEDS_LATEX.search(text):
        return text
    try:
        # A dollar sign here is money, since formulas were cut out before.
        nodes, _, _ = LatexWalker(_MONEY.sub(r"\\$", text), tolerant_parsing=True).get_latex_nodes()
        decoded = _decoder().nodelist_to_text(nodes)
    except Exception:  # noqa: BLE001 (a broken macro must not cost the reader the abstract)
        return text
    return str(decoded)


@lru_cache(maxsize=1)
def _decoder() -> LatexNodes2Text:
    """Make the decoder; by default pylatexenc deletes macros it does not know, here they keep their source."""
    context = get_default_latex_context_db()
    context.set_unknown_macro_spec(MacroTextSpec("", simplify_repl=lambda node: node.latex_verbatim()))
    return LatexNodes2Text(latex_context=context, math_mode="verbatim", keep_comments=True, strict_latex_spaces=True)
