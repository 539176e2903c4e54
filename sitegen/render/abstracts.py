"""Abstracts in Markdown, with the sentence that says what the paper does marked in them, and that sentence alone."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from sitegen import text
from sitegen.key_sentence import key_sentence
from sitegen.render.prose import prose

# Set into the abstract before it becomes Markdown, because its LaTeX can be read as a whole only: where the sentence
# begins, where it says what is done, and where it ends. Unicode leaves these characters to private use.
_START, _SAID, _END = "\ue000\ue001\ue002"
_PLACES = re.compile(f"[{_START}{_SAID}{_END}]")
_SENTENCE = re.compile(rf"{_START}(?![\s{_SAID}{_END}]*\s)([^{_END}]*){_SAID}([^{_END}]*[^\s{_END}]){_END}")
_ADDRESS_LAST = re.compile(r"https?://\S*\Z")


class ShownAbstract(NamedTuple):
    """An abstract in Markdown: its key sentence, "…" for its opener, and its paragraphs."""

    line: str
    paragraphs: tuple[str, ...]


@lru_cache(maxsize=20_000)
def shown_abstract(abstract: str) -> ShownAbstract:
    """Give an abstract in Markdown; in its paragraphs the key sentence has the class "key" unless it is very long."""
    key = key_sentence(abstract)
    if not key:
        return ShownAbstract("", ())
    sentence, rest = abstract[key.said : key.end], abstract[key.end :]
    noted = abstract[: key.start] + _START + abstract[key.start : key.said] + _SAID + sentence + _END + rest
    paragraphs = tuple(map(prose, text.paragraphs(noted)))
    found = [match for paragraph in paragraphs for match in _SENTENCE.finditer(paragraph)]
    if len(found) != 1 or _PLACES.search(abstract) or _ADDRESS_LAST.search(sentence):
        return ShownAbstract(prose(key.words), tuple(map(prose, text.paragraphs(abstract))))
    line = f"… {found[0][2]}" if key.said > key.start else found[0][2]
    marked = r"*\1\2*{.key}" if key.marked else r"\1\2"
    return ShownAbstract(line.strip(), tuple(_SENTENCE.sub(marked, paragraph) for paragraph in paragraphs))
