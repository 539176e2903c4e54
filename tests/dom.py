"""Two HTML documents compared as html5lib reads them: element by element, attribute by attribute, word by word."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING

import html5lib

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from xml.etree import ElementTree as ET

HTML = "{http://www.w3.org/1999/xhtml}"
# White space beside these is not seen; beside any other element it parts words.
_INLINE = frozenset("a abbr b bdi bdo br cite code em i img kbd label math q s small span strong sub sup svg".split())
_KEEP_SPACE = frozenset("pre textarea".split())


def document(html: str) -> ET.Element:
    """Parse a whole page, without comments; HTML's elements have bare names, MathML's and SVG's their namespace."""
    root: ET.Element = without(html5lib.parse(html), lambda element: not isinstance(element.tag, str))
    for element in root.iter():
        element.tag = element.tag.removeprefix(HTML)
    return root


def body(html: str) -> ET.Element:
    """Parse a fragment into the body of an otherwise empty page."""
    found = document(f"<!doctype html><title>-</title><body>{html}").find("body")
    assert found is not None
    return found


def find(root: ET.Element, tag: str, **attributes: str) -> ET.Element:
    """Give the first element below `root` with this name and these attributes (`class_` for class)."""
    wanted = {name.rstrip("_"): value for name, value in attributes.items()}
    for element in root.iter(tag):
        if wanted.items() <= element.attrib.items():
            return element
    raise AssertionError(f"no <{tag} {wanted}>")


def without(root: ET.Element, unwanted: Callable[[ET.Element], bool]) -> ET.Element:
    """Take out the elements for which `unwanted` says so, whatever is in them; the text behind them stays."""
    for parent in list(root.iter()):
        for child in [child for child in parent if unwanted(child)]:
            before = parent[list(parent).index(child) - 1] if parent[0] is not child else None
            if before is None:
                parent.text = (parent.text or "") + (child.tail or "")
            else:
                before.tail = (before.tail or "") + (child.tail or "")
            parent.remove(child)
    return root


def rows(root: ET.Element) -> list[str]:
    """Give the tree as lines: where an element begins, with all its attributes, its text, where it ends."""
    return [line for line in _rows(root, (), keep=False) if line]


def differences(left: ET.Element, right: ET.Element, limit: int = 5) -> list[str]:
    """Give the first places where two trees differ, or nothing where they are equal."""
    pairs = enumerate(zip_longest(rows(left), rows(right)))
    return [f"row {number}: {one!r} is not {other!r}" for number, (one, other) in pairs if one != other][:limit]


def visible_text(root: ET.Element) -> str:
    """Give all text below an element as one line."""
    return " ".join("".join(root.itertext()).split())


def _rows(element: ET.Element, above: tuple[str, ...], *, keep: bool) -> Iterator[str]:
    path = (*above, element.tag)
    keep = keep or element.tag in _KEEP_SPACE
    attributes = "".join(f" {name}={value!r}" for name, value in sorted(element.items()))
    yield f"{'/'.join(path)}{attributes}"
    children = list(element)
    inline = [element.tag in _INLINE, *(child.tag in _INLINE for child in children), element.tag in _INLINE]
    texts = [element.text or "", *(child.tail or "" for child in children)]
    for number, text in enumerate(texts):
        folded = text if keep else _folded(text, left=inline[number], right=inline[number + 1])
        yield f"{'/'.join(path)} text {folded!r}" if folded else ""
        if number < len(children):
            yield from _rows(children[number], path, keep=keep)
    yield f"{'/'.join(path)} ends"


def _folded(text: str, *, left: bool, right: bool) -> str:
    """Fold white space; beside a block it is nothing."""
    text = re.sub(r"[ \t\n\f\r]+", " ", text)
    text = text if left else text.lstrip(" ")
    return text if right else text.rstrip(" ")
