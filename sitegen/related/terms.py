"""What a paper speaks of: its words and pairs of neighbouring words, without case, marks and plural endings."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import compress
from typing import TYPE_CHECKING

from sitegen.latex import plain_text
from sitegen.related.common_words import GENERAL, JOINTS
from sitegen.text import one_line, without_marks

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from sitegen.model import Paper

TITLE = 2  # what a word of the title counts, against 1 in the abstract
_READ = 20_000  # characters of a text: more is no abstract
_LONGEST = 40  # characters of a word: more is no word
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
# A sign other than hyphen, dash, slash and apostrophe is a word of its own: no pair reaches across it.
_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)?|[^\w\s'\u2019/\u2010-\u2015-]")
_STOPS = frozenset(".!?:")
_HANGING_LEFT = re.compile(r"(?:[^\W_]+-)?(?<![^\W_])(?:and|by|for|in|of|on|the|to)-\Z", re.IGNORECASE)
_HANGING_RIGHT = re.compile(r"-(?:and|by|in|of|on|the|to)-[^\W_]+", re.IGNORECASE)
# Endings, behind three letters of the word or more.
_SPELLINGS = {
    "ise": "ize",
    "ised": "ized",
    "iser": "izer",
    "ising": "izing",
    "isation": "ization",
    "our": "or",
    "oural": "oral",
    "lled": "led",
    "lling": "ling",
}
_SPELT = tuple(_SPELLINGS)
_PLURALS = {
    "analyses": "analysis",
    "biases": "bias",
    "corpora": "corpus",
    "criteria": "criterion",
    "hypotheses": "hypothesis",
    "indices": "index",
    "matrices": "matrix",
    "syntheses": "synthesis",
    "theses": "thesis",
    "vertices": "vertex",
}
_SINGULAR_IN_S = ("ss", "us", "is", "bias", "news", "lens", "atlas", "canvas", "series", "species")


@dataclass(frozen=True, slots=True)
class Terms:
    """A paper's terms, a pair written with a space: how often each counts, and which stand in its title."""

    counts: dict[str, int]
    title: frozenset[str]


class Keys(dict[str, str]):
    """Each word as it is written -> what it is compared by; "" for what no term reaches across. Fills itself."""

    def __missing__(self, written: str) -> str:
        key = self[written] = _key(written)
        return key


def terms_of(paper: Paper, keys: Keys) -> Terms:
    """Give a paper's terms; words that any paper may use are terms only beside one that says more."""
    title = Counter(_terms(_readable(paper.title), keys))
    counts = Counter(_terms(_readable(paper.abstract), keys))
    for term, times in title.items():
        counts[term] += TITLE * times
    return Terms(dict(counts), frozenset(title))


def written(paper: Paper, keys: Keys, terms: Collection[str]) -> dict[str, str]:
    """Give those terms of a paper as the paper writes them, rather in the abstract and within a sentence."""
    within: dict[str, str] = {}
    opening: dict[str, str] = {}
    abstract = _readable(paper.abstract)
    for term, start, end, opens in _spans(abstract, keys, terms):
        forms = opening if opens else within
        if term not in forms:
            forms[term] = _lowered(_whole(abstract, start, end)) if opens else _whole(abstract, start, end)
    found = opening | within
    title = _readable(paper.title)
    for term, start, end, _ in _spans(title, keys, [term for term in terms if term not in found]):
        found.setdefault(term, _whole(title, start, end))
    return found


def _spans(text: str, keys: Keys, terms: Collection[str]) -> Iterator[tuple[str, int, int, bool]]:
    """Give each of the terms wherever it stands: where it starts and ends, and whether a sentence opens with it."""
    wanted = {word for term in terms for word in term.split()}
    before, key_before, opens_before, opens = 0, "", False, True
    for match in _WORD.finditer(text) if wanted else ():
        word = match[0]
        key = keys[word]
        if key in wanted:
            if key in terms:
                yield key, match.start(), match.end(), opens
            if key_before in wanted and (pair := f"{key_before} {key}") in terms:
                yield pair, before, match.end(), opens_before
        before, key_before, opens_before, opens = match.start(), key, opens, word in _STOPS


def _whole(text: str, start: int, end: int) -> str:
    """Give a piece of text with what little words tie to it: "context learning" is part of "in-context learning"."""
    hangs = text[start - 1 : start] == "-"
    left = _HANGING_LEFT.search(text, max(0, start - _LONGEST), start) if hangs else None
    right = _HANGING_RIGHT.match(text, end, end + _LONGEST)
    return re.sub(r"['\u2019]s$", "", text[left.start() if left else start : right.end() if right else end])


def _terms(text: str, keys: Keys) -> list[str]:
    """Give each word that says something, and each pair of neighbours of which one does."""
    words = [keys[word] for word in _WORD.findall(text)]
    telling = [word not in _GENERAL for word in words]
    pairs = zip(words, words[1:], telling, telling[1:], strict=False)
    return [
        *compress(words, telling),
        *(f"{word} {next_}" for word, next_, tells, follows in pairs if (tells or follows) and word and next_),
    ]


def _readable(text: str) -> str:
    """Give the part of a text that is read, on one line, without LaTeX and web addresses."""
    return one_line(_ADDRESS.sub(" . ", plain_text(text[:_READ])))


def _lowered(form: str) -> str:
    """Give what begins a sentence as it stands within one, as far as can be told: "BERT" stays, "Parsing" does not."""
    first = re.match(r"[^\W_]+", form)
    named = re.search(r"\s[A-Z]", form)
    return form[0].lower() + form[1:] if first and first[0][1:].islower() and not named else form


def _key(written_word: str) -> str:
    """Give what a word is compared by: one key for plural and singular, for British and American spelling."""
    return _compared(re.split(r"['\u2019]", without_marks(written_word).casefold())[0])


def _compared(word: str) -> str:
    """Give the key of a word in lower case."""
    if not word.isalnum() or word.isdigit() or not 1 < len(word) <= _LONGEST or word in JOINTS:
        return ""
    return _spelt(_singular(word))


def _spelt(word: str) -> str:
    """Give the American spelling of a word."""
    for ending, american in _SPELLINGS.items() if word.endswith(_SPELT) else ():
        if word.endswith(ending) and len(word) >= len(ending) + 3:
            return word.removesuffix(ending) + american
    return "dialogue" if word == "dialog" else word


def _singular(word: str) -> str:
    """Take a plural ending off an English word; what is no plural may lose its "s" too, in every text alike."""
    if word in _PLURALS:
        return _PLURALS[word]
    if len(word) <= 3 or not word.endswith("s") or word.endswith(_SINGULAR_IN_S):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("sses", "shes", "ches", "xes", "zzes")) else word[:-1]


def _inflected(word: str) -> Iterator[str]:
    """Give the keys of a word's own forms: "approach" as approach, approaches, approached, approaching."""
    stem = word.removesuffix("e")
    for form in (word, word + "s", stem + "es", stem + "ed", stem + "ing", word[:-1] + "ies", word[:-1] + "ied"):
        yield _compared(form)


# What tells nothing alone, "" too. "To learn" is what every model does, "learning" is a subject.
_GENERAL = frozenset(("", *(key for word in GENERAL for key in _inflected(word)))) - {"learning"}
