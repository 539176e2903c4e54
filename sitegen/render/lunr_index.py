"""Documents to a Lunr index: the terms a word is found by, and the numbers that lunr.js 2.3.9 scores with.

What lunr.py counts and weighs, without its token objects: a word is analysed once, however often it stands in the
corpus. lunr.py's own builder, given the same analysis, is the oracle of the tests.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from lunr import __TARGET_JS_VERSION__
from lunr.idf import idf
from lunr.stop_word_filter import WORDS

from sitegen.render.stemmer import stem
from sitegen.text import without_marks

if TYPE_CHECKING:
    from collections.abc import Sequence

_SEPARATOR = re.compile("[\\s\ufeff-]+")  # lunr.tokenizer.separator: JavaScript's white space and the hyphen
_CJK = re.compile("[\u3005\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]{2,}")
_K1, _B = 1.2, 0.75  # lunr's defaults (BM25)


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
    whole = _trimmed(word)
    parts = [part for part in _parts(whole) if len(part) > 1 and not part.isdigit()]
    pieces = [first + second for run in _CJK.findall(whole) for first, second in pairwise(run)]
    forms = [whole, *parts, *pieces]
    if not whole.isascii():
        forms += [_plain(form) for form in forms]
    return tuple(dict.fromkeys(stem(form) for form in forms if form and form not in WORDS))


def build_index(documents: Sequence[Document], fields: Sequence[Field]) -> dict[str, object]:
    """Give the index in lunr.js's serialised form; the pipeline is the stemmer alone, which every lunr.js has.

    Terms are in the order of UTF-16 code units, as lunr.js wants them, and a term's `_index` is its rank there.
    """
    counts = _counted(documents)
    found = {term for of_document in counts for of_field in of_document for term in of_field}
    postings: dict[str, dict[str, object]] = {}
    refs: dict[str, list[dict[str, dict[str, object]]]] = {}
    for rank, term in enumerate(sorted(found, key=lambda term: term.encode("utf-16-be", "surrogatepass"))):
        refs[term] = [{} for _ in fields]
        postings[term] = {"_index": rank, **{field.name: refs[term][at] for at, field in enumerate(fields)}}
    for document, of_document in zip(documents, counts, strict=True):
        for at, of_field in enumerate(of_document):
            for term in of_field:
                refs[term][at][document.ref] = {}
    return {
        "version": __TARGET_JS_VERSION__,
        "fields": [field.name for field in fields],
        "fieldVectors": _vectors(documents, fields, counts, postings),
        "invertedIndex": list(postings.items()),
        "pipeline": ["stemmer"],
    }


class _Memo(dict[str, tuple[str, ...]]):
    """From a word to its terms, each word analysed once."""

    def __missing__(self, word: str) -> tuple[str, ...]:
        found = self[word] = terms(word)
        return found


def _counted(documents: Sequence[Document]) -> list[list[Counter[str]]]:
    """Count the terms of each document, field by field."""
    memo = _Memo()
    return [
        [Counter(term for word in words(text) for term in memo[word]) for text in document.texts]
        for document in documents
    ]


def _vectors(
    documents: Sequence[Document],
    fields: Sequence[Field],
    counts: Sequence[Sequence[Counter[str]]],
    postings: dict[str, dict[str, object]],
) -> list[tuple[str, list[float]]]:
    """Weigh every term of every field: rank, weight, rank, weight…, by rank, rounded to three decimals as lunr does."""
    rarity = {term: float(idf(posting, len(documents))) for term, posting in postings.items()}
    rank = {term: number for number, term in enumerate(postings)}
    lengths = [[of_field.total() for of_field in of_document] for of_document in counts]
    averages = [sum(of_field) / len(documents) for of_field in zip(*lengths, strict=True)]
    vectors: list[tuple[str, list[float]]] = []
    for document, of_document, length in zip(documents, counts, lengths, strict=True):
        for at, field in enumerate(fields):
            vector: list[float] = []
            for term in sorted(of_document[at], key=rank.__getitem__):
                frequency = of_document[at][term]
                # In lunr's order of operations: a product taken otherwise differs in the last bit.
                saturated = _K1 * (1 - _B + _B * (length[at] / averages[at])) + frequency
                weight = rarity[term] * ((_K1 + 1) * frequency) / saturated * field.boost
                vector += (rank[term], round(weight, 3))
            vectors.append((f"{field.name}/{document.ref}", vector))
    return vectors


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
