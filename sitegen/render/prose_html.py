"""Plain text as the HTML of a feed's entry, which stands alone: addresses are whole, nothing in it needs a style."""

from __future__ import annotations

import re

from sitegen.latex import mathml, plain_text, runs
from sitegen.text import escape_html, web_address

_ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_AFTER_ADDRESS = ".,;:!?'\u2019\u201d)]}"


def prose_html(paragraph: str) -> str:
    """Give a paragraph of an abstract as HTML, its formulas as MathML or, where that cannot be, their source."""
    return "".join(formula_html(run.text) if run.formula else linked_html(run.text) for run in runs(paragraph))


def formula_html(source: str) -> str:
    """Give a formula with its text as `alttext` (MathML 3 section 2.2.1), for readers that drop the markup."""
    if math := mathml(source):
        return math.replace("<math", f'<math alttext="{escape_html(plain_text(f"${source}$"))}"', 1)
    return f"<code>{escape_html(source)}</code>"


def linked_html(text: str) -> str:
    """Escape prose for HTML and make links of the addresses in it; punctuation that ends an address is not of it."""
    pieces: list[str] = []
    start = 0
    for match in _ADDRESS.finditer(text):
        shown = match[0].rstrip(_AFTER_ADDRESS)
        if address := web_address(shown):
            pieces += [escape_html(text[start : match.start()]), anchor(address, shown)]
            start = match.start() + len(shown)
    return "".join(pieces) + escape_html(text[start:])


def anchor(address: str, words: str) -> str:
    """Give plain words as a link to an address that was found harmless."""
    return f'<a href="{escape_html(address)}">{escape_html(words)}</a>'


def paragraph_html(content: str) -> str:
    """Give HTML as a paragraph."""
    return f"<p>{content}</p>"
