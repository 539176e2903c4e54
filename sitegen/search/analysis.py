"""Text -> words -> the terms that a word is found by, as lunr.js 2.3.9 and the search client see them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

from lunr.stop_word_filter import WORDS

from sitegen.search.stemmer import stem
from sitegen.text import without_marks

_SEPARATOR = re.compile("[\\s\ufeff-]+")  # lunr.tokenizer.separator: JavaScript's white space and the hyphen
_CJK = re.compile("[\u3005\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]{2,}")


@dataclass(frozen=True, slots=True)
class Field:
    """A field of an index; a hit in it weighs `boost` times."""

    name: str
    boost: int = 1


@dataclass(frozen=True, slots=True)
class Document:
    """What is indexed under `ref`: one plain text for each field, in the order of the fields."""

    ref: str
    texts: tuple[str, ...]


def words(text: str) -> list[str]:
    """Give the words of a text as lunr.js cuts them: lower case, at white space and hyphens, punctuation still on."""
    return [word for word in _SEPARATOR.split(text.lower()) if word]


def terms(word: str) -> tuple[str, ...]:
    """Give the stemmed terms that a word is found by, none for a stop word.

    The word without punctuation at its ends, its parts where punctuation stands inside ("encoder/decoder"), pieces of
    two letters of Chinese, Japanese and Korean, and each of these without accents too.
    """
    if word.isascii() and word.isalnum():
        return () if word in WORDS else (stem(word),)
    whole = _trimmed(word)
    parts = [part for part in _parts(whole) if len(part) > 1 and not part.isdigit()]
    pieces = [first + second for run in _CJK.findall(whole) for first, second in pairwise(run)]
    forms = [whole, *parts, *pieces]
    if not whole.isascii():
        forms += [_plain(form) for form in forms]
    return tuple(dict.fromkeys(stem(form) for form in forms if form and form not in WORDS))


def in_order(found: set[str]) -> list[str]:
    """Give terms in the order of UTF-16 code units: JavaScript's own, which lunr.js wants an index in."""
    return sorted(found, key=code_units)


def code_units(term: str) -> bytes:
    """Give what orders a term as JavaScript does."""
    return term.encode("utf-16-be", "surrogatepass")


def _is_word(character: str) -> bool:
    """Whether a character is a letter, a mark, a number or "_": what the search client takes for a part of a word."""
    return character == "_" or unicodedata.category(character)[0] in "LMN"


def _trimmed(word: str) -> str:
    """Give the word without what is no word character at its ends."""
    inside = [at for at, character in enumerate(word) if _is_word(character)]
    return word[inside[0] : inside[-1] + 1] if inside else ""


def _plain(word: str) -> str:
    """Give the word as a plain keyboard types it: without accents, compatibility letters ("𝒳", "ﬁ") resolved."""
    return unicodedata.normalize("NFC", without_marks(word)).replace("’", "'").lower()


def _parts(word: str) -> list[str]:
    """Cut a word at punctuation inside it; a word without any has no parts."""
    if all(map(_is_word, word)):
        return []
    return "".join(character if _is_word(character) else " " for character in word).split()
