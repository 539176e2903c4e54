"""The key sentence of an abstract: the one that says what its paper does, rather than how the abstract opens."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache

from sitegen.key_sentence.shapes import OPENER, SHAPES, SHOWN_SIGNS, SIGNS_AGAINST, SIGNS_FOR
from sitegen.latex import formula_at
from sitegen.text import one_line, sentence_spans

# A longer one is not marked within its abstract: half a page of bold is no mark.
LONGEST_MARKED = 330
# As for titles: what comes after so many characters says nothing that has not been said.
_READ = 8000
# What a sentence is judged by; a longer one is no sentence but a list.
_JUDGED = 600


@dataclass(frozen=True, slots=True)
class KeySentence:
    """A sentence of an abstract: where it stands in it, and its words, "…" for an opener.

    From `said` on it says what is done: before that stands the opener, or nothing where the two places are one.
    """

    start: int
    said: int
    end: int
    words: str

    @property
    def marked(self) -> bool:
        """Whether it is short enough to be marked within its abstract."""
        return self.end - self.start <= LONGEST_MARKED


@lru_cache(maxsize=20_000)
def key_sentence(abstract: str) -> KeySentence | None:
    """Give the sentence that says what a paper does, formulas and LaTeX as the abstract has them; none of an empty one.

    Its places are those of the abstract as it was given; the sentence lies within one of its paragraphs.
    """
    spans = _spans(abstract)
    if not spans:
        return None
    start, end = spans[_most_telling([one_line(abstract[start:end]) for start, end in spans])]
    said = start + _opener_length(abstract[start:end])
    return KeySentence(start, said, end, ("… " if said > start else "") + one_line(abstract[said:end]))


def _opener_length(sentence: str) -> int:
    """Give how much of a sentence comes before it says what is done: "To address this gap,", "In this paper,"."""
    opener = OPENER.match(sentence)
    return opener.end() if opener else 0


def _spans(abstract: str) -> list[tuple[int, int]]:
    """Give where sentences stand, none across paragraphs, and no formula parted."""
    plain = _without_formulas(abstract[:_READ])
    found: list[tuple[int, int]] = []
    start = 0
    for gap in re.finditer(r"\n[ \t]*\n|\Z", plain):
        found += [(start + begin, start + end) for begin, end in sentence_spans(plain[start : gap.start()], glued=True)]
        start = gap.end()
    return found


def _without_formulas(abstract: str) -> str:
    """Give the abstract with a letter for every character of a formula, so that every place stays the same."""
    pieces: list[str] = []
    place = 0
    while (dollar := abstract.find("$", place)) >= 0:
        formula = formula_at(abstract, dollar)
        end = formula[1] if formula else dollar + 1
        pieces += [abstract[place:dollar], "X" * (end - dollar) if formula else "$"]
        place = end
    return "".join([*pieces, abstract[place:]])


def _most_telling(sentences: list[str]) -> int:
    """Give the number of the sentence that tells most of what its paper does; of equals the first."""
    chosen, best = 0, -math.inf
    for number, sentence in enumerate(sentences):
        # A first sentence that says what is done is the one; the last sums up.
        last = number == len(sentences) - 1 > 2
        score = _score(sentence[:_JUDGED], best, first=number == 0, last=last)
        if score > best:
            chosen, best = number, score
    return chosen


def _score(sentence: str, best: float, *, first: bool, last: bool) -> float:
    """Say how much a sentence tells of what its paper does, in tenths; where that is not above the best, maybe less."""
    lowered = sentence.lower() if sentence.isascii() else ""
    said = next((shape.tenths for shape in SHAPES if shape.is_in(sentence, lowered)), 0)
    if not said:
        return 0
    score = said + (10 if first and said >= 50 else 0) - (15 if last and said > 20 else 0)
    score += sum([sign.tenths for sign in SIGNS_FOR if sign.is_in(sentence, lowered)])
    if score <= best:
        return score
    score += sum([sign.tenths for sign in SIGNS_AGAINST if sign.is_in(sentence, lowered)])
    if score <= best:
        return score
    shown = sentence[_opener_length(sentence) :]
    return score + sum([sign.tenths for sign in SHOWN_SIGNS if sign.is_in(shown, lowered)])
