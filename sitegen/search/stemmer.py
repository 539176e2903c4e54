"""The stemmer that lunr.js applies to a reader's words, letter for letter, so that what is built here is found there.

Porter's algorithm ("An algorithm for suffix stripping", Program 14(3), 1980) with what lunr.js 2.3.9 does otherwise:
a final y becomes i only after a consonant that is not the first letter ("survey" stays, "study" gives "studi"), words
of two letters stay, and letters are counted as UTF-16 code units. lunr.py's stemmer follows another variant.
"""

from __future__ import annotations

import re

# C is a run of consonants, V a run of vowels; y is a vowel after a consonant. Porter's m counts the pairs VC.
_C = "[^aeiou][^aeiouy]*"
_V = "[aeiouy][aeiou]*"
_SOME_PAIR = re.compile(f"(?:{_C})?{_V}{_C}").match
_TWO_PAIRS = re.compile(f"(?:{_C})?{_V}{_C}{_V}{_C}").match
_ONE_PAIR = re.compile(f"(?:{_C})?{_V}{_C}(?:{_V})?").fullmatch
_HAS_VOWEL = re.compile(f"(?:{_C})?[aeiouy]").match
_SHORT = re.compile(f"{_C}[aeiouy][^aeiouwxy]").fullmatch
_DOUBLED = re.compile(r"([^aeiouylsz])\1\Z").search

_STEP_2 = {
    "ational": "ate", "tional": "tion", "enci": "ence", "anci": "ance", "izer": "ize", "bli": "ble", "alli": "al",
    "entli": "ent", "eli": "e", "ousli": "ous", "ization": "ize", "ation": "ate", "ator": "ate", "alism": "al",
    "iveness": "ive", "fulness": "ful", "ousness": "ous", "aliti": "al", "iviti": "ive", "biliti": "ble", "logi": "log",
}  # fmt: skip
_STEP_3 = {"icate": "ic", "ative": "", "alize": "al", "iciti": "ic", "ical": "ic", "ful": "", "ness": ""}
_STEP_4 = tuple("al ance ence er ic able ible ant ement ment ent ou ism ate iti ous ive ize".split())


def stem(word: str) -> str:
    """Give the stem of a word in lower case, as `lunr.stemmer` of lunr.js 2.3.9 does."""
    if word.isascii():
        return _stem(word)
    # Letters beyond the BMP are two code units in JavaScript, and the rules count code units.
    units = word.encode("utf-16-le", "surrogatepass")
    stemmed = _stem("".join(chr(units[at] | units[at + 1] << 8) for at in range(0, len(units), 2)))
    return stemmed.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def _stem(word: str) -> str:
    """Stem a word given as code units; a leading y counts as a consonant, which the capital makes it."""
    if len(word) < 3:
        return word
    leading_y = word.startswith("y")
    if leading_y:
        word = "Y" + word[1:]
    for step in (_plural, _past, _final_y, _double_suffix, _adjective, _suffix, _tidy):
        word = step(word)
    return "y" + word[1:] if leading_y else word


def _cut(word: str, suffixes: tuple[str, ...]) -> str | None:
    """Give the word without the longest of the suffixes that leaves at least a letter, or None."""
    if not word.endswith(suffixes):
        return None
    fitting = [suffix for suffix in suffixes if word.endswith(suffix) and len(word) > len(suffix)]
    return word[: -len(max(fitting, key=len))] if fitting else None


def _plural(word: str) -> str:
    """Step 1a: "classes" gives "class", "studies" "studi", "cats" "cat"."""
    if _cut(word, ("sses", "ies")) is not None:
        return word[:-2]
    if len(word) > 2 and word[-1] == "s" and word[-2] != "s":
        return word[:-1]
    return word


def _past(word: str) -> str:
    """Step 1b: "agreed" gives "agree", "planned" "plan", "rated" "rate"."""
    stem = _cut(word, ("eed",))
    if stem is not None:
        return word[:-1] if _SOME_PAIR(stem) else word
    stem = _cut(word, ("ed", "ing"))
    if stem is None or not _HAS_VOWEL(stem):
        return word
    if stem.endswith(("at", "bl", "iz")):
        return stem + "e"
    if _DOUBLED(stem):
        return stem[:-1]
    return stem + "e" if _SHORT(stem) else stem


def _final_y(word: str) -> str:
    """Step 1c: "study" gives "studi"; "survey", "way" and "by" stay."""
    return word[:-1] + "i" if len(word) > 2 and word[-1] == "y" and word[-2] not in "aeiou" else word


def _replaced(word: str, table: dict[str, str]) -> str:
    """Replace a suffix by the table where a pair VC stands before it."""
    stem = _cut(word, tuple(table))
    return stem + table[word[len(stem) :]] if stem is not None and _SOME_PAIR(stem) else word


def _double_suffix(word: str) -> str:
    """Step 2: "relational" gives "relate"."""
    return _replaced(word, _STEP_2)


def _adjective(word: str) -> str:
    """Step 3: "hopeful" gives "hope"."""
    return _replaced(word, _STEP_3)


def _suffix(word: str) -> str:
    """Step 4: "adjustment" gives "adjust", "adoption" "adopt"."""
    stem = _cut(word, _STEP_4)
    if stem is None:
        stem = word[:-3] if _cut(word, ("sion", "tion")) is not None else None
    return stem if stem is not None and _TWO_PAIRS(stem) else word


def _tidy(word: str) -> str:
    """Step 5: "rate" stays, "probate" gives "probat", "controll" "control"."""
    stem = _cut(word, ("e",))
    if stem is not None and (_TWO_PAIRS(stem) or (_ONE_PAIR(stem) and not _SHORT(stem))):
        word = stem
    return word[:-1] if word.endswith("ll") and _TWO_PAIRS(word) else word
