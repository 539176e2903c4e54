"""Queries made of a corpus: what readers type, and every class of query that Lunr's language has."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from lunr.stop_word_filter import WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sitegen.model import Paper

_WORD = re.compile(r"[^\W_]+")
_COMMON = 60  # the most frequent words of abstracts, else of titles
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class QueryMaker:
    """Makes queries of the words of papers, the same ones at every run."""

    def __init__(self, papers: Sequence[Paper]) -> None:
        self._titles = [found for paper in papers if (found := _content_words(paper.title))]
        texts = [found for paper in papers if (found := _content_words(paper.abstract))]
        self._texts = texts or self._titles
        names = [_words(" ".join(author.name for author in paper.authors)) for paper in papers]
        self._names = [found for found in names if found]
        self._accented = [word for found in self._names for word in found if not word.isascii()] or ["šnajder"]
        having = Counter(word for words in self._texts for word in set(words))
        self._frequent = [word for word, _ in sorted(having.items(), key=lambda pair: (-pair[1], pair[0]))[:_COMMON]]
        self._state = 20_261_128

    def typed(self, number: int) -> Iterator[tuple[str, str]]:
        """Give what readers type, as (class, query), `number` of each of four classes."""
        for _ in range(number):
            yield "one word", self._word()
            yield "common word", self._common()
            yield "two words", " ".join(self._run(2))
            yield "three to five words", " ".join(self._run(3 + self._below(3)))

    def all_classes(self, number: int) -> Iterator[tuple[str, str]]:
        """Give `number` queries as (class, query), by turns of every class."""
        makers = tuple(self._makers().items())
        for at in range(number):
            name, make = makers[at % len(makers)]
            yield name, make()

    def _makers(self) -> dict[str, Callable[[], str]]:
        """Give every class of queries with what makes one."""
        word, text, common, name, slip = self._word, self._text_word, self._common, self._name, self._slipped
        return {
            "word of a title": word,
            "word of an abstract": text,
            "common word": common,
            "two words": lambda: " ".join(self._run(2)),
            "three to five words": lambda: " ".join(self._run(3 + self._below(3))),
            "two common words": lambda: f"{common()} {common()}",
            "prefix": lambda: f"{self._start()}*",
            "word and prefix": lambda: f"{word()} {self._start()}*",
            "* inside": lambda: f"{(made := word())[:2]}*{made[-2:]}",
            "* in front": lambda: f"*{word()[-4:]}",
            "* at both ends": lambda: f"*{word()[1:5]}*",
            "one slip": lambda: f"{slip(word())}~1",
            "two slips": lambda: f"{slip(slip(word()))}~2",
            "no slip": lambda: f"{word()}~0",
            "one field": lambda: f"{('title', 'abstract', 'topics')[self._below(3)]}:{word()}",
            "author": lambda: f"authors:{name()}",
            "name and word": lambda: f"{name()} {word()}",
            "year": lambda: f"year:{1990 + self._below(40)} {word()}",
            "boost": lambda: f"{word()}^{2 + self._below(9)} {text()}",
            "boost of nothing": lambda: f"{word()}^0 {word()}",
            "repeated": lambda: f"{(made := word())} {made} title:{made}^3 {made[:4]}*",
            "one required": lambda: f"+{word()} {word()}",
            "all required": lambda: " ".join(f"+{made}" for made in self._run(2 + self._below(2))),
            "one prohibited": lambda: f"{common()} -{word()}",
            "required and prohibited": lambda: f"+{common()} -{common()} {word()}",
            "required in fields": lambda: f"+title:{word()} +abstract:{common()}",
            "prefix required": lambda: f"+{self._start()}* {word()}",
            "prefix prohibited": lambda: f"{common()} -{self._start()}*",
            "prohibited alone": lambda: f"-{common()} -title:{common()}",
            "no paper": lambda: f"{slip(word())}zq {self._start()}zqx*",
            "missing required": lambda: f"{word()} +zzqx{self._below(99)}",
            "accented": lambda: self._accented[self._below(len(self._accented))],
            "all at once": lambda: f"{word()}^5 {self._start()}* +{common()} -title:{word()} {slip(word())}~1",
        }

    def _below(self, end: int) -> int:
        """Give the next number below `end` of a fixed row (Knuth's MMIX constants)."""
        self._state = (self._state * 6_364_136_223_846_793_005 + 1_442_695_040_888_963_407) % 2**64
        return (self._state >> 33) % end

    def _from(self, lists: Sequence[list[str]]) -> str:
        words = lists[self._below(len(lists))]
        return words[self._below(len(words))]

    def _word(self) -> str:
        return self._from(self._titles)

    def _text_word(self) -> str:
        return self._from(self._texts)

    def _name(self) -> str:
        return self._from(self._names or self._titles)

    def _common(self) -> str:
        return self._frequent[self._below(len(self._frequent))]

    def _start(self) -> str:
        return self._word()[: 3 + self._below(4)]

    def _run(self, length: int) -> list[str]:
        """Give words that stand in one title in this order."""
        while len(words := self._titles[self._below(len(self._titles))]) < length:
            pass
        start = self._below(len(words) - length + 1)
        return words[start : start + length]

    def _slipped(self, word: str) -> str:
        """Drop, add, replace or swap a letter that is not the first."""
        at, letter = 1 + self._below(max(1, len(word) - 1)), _LETTERS[self._below(len(_LETTERS))]
        slips = (
            word[:at] + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[:at] + letter + word[at + 1 :],
            word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :],
        )
        return slips[self._below(len(slips))]


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text.lower()) if len(word) > 2 and not word[0].isdigit()]


def _content_words(text: str) -> list[str]:
    return [word for word in _words(text) if word not in WORDS]
