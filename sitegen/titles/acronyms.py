"""Acronyms and the long forms that an abstract gives for them."""

from __future__ import annotations

import re

_SHORT = re.compile(r"\(([A-Za-z][\w-]{1,9})\)")
_LONGEST = 200
# A reader of any of these papers knows what these stand for.
_KNOWN = frozenset(
    "AI API BERT CNN CPU CV GAN GPT GPU GUI IR LLM LLMS LM LMS LSTM ML MLLM MLLMS NLG NLP QA RL RNN SOTA VLM"
    " VLMS".split()
)


def long_forms(text: str) -> dict[str, str]:
    """Give the acronyms that a text defines as "long form (LF)", each with its long form."""
    found: dict[str, str] = {}
    for match in _SHORT.finditer(text):
        long = _long_form(match[1], text[max(0, match.start() - _LONGEST) : match.start()].rstrip())
        if long and match[1] not in found:
            found[match[1]] = long
    return found


def _long_form(short: str, before: str) -> str:
    """Find the words whose letters spell the acronym, from its last letter back (Schwartz and Hearst 2003)."""
    letters = [letter for letter in short.lower() if letter.isalnum()]
    most = min(len(letters) + 5, len(letters) * 2)
    words = before.split()[-most:]
    tail = " ".join(words)
    place = len(tail) - 1
    for rank in range(len(letters) - 1, -1, -1):
        while place >= 0 and (
            tail[place].lower() != letters[rank] or (rank == 0 and place > 0 and tail[place - 1].isalnum())
        ):
            place -= 1
        if place < 0:
            return ""
        place -= 1
    long = tail[place + 1 :]
    return long if " " in long or "-" in long else ""


def spelled_out(title: str, forms: dict[str, str], limit: int) -> str:
    """Give a title whose first lesser-known acronym is written out, where that fits in `limit` characters."""
    for short, long in forms.items():
        known = short.upper() in _KNOWN or long.lower() in title.lower()
        found = re.search(rf"(?<![\w(-])(?<!\b[Aa] )(?<!\b[Aa]n ){re.escape(short)}(?![\w)-])", title)
        if known or not found:
            continue
        words = long if found.start() else long[:1].upper() + long[1:]
        if found.start() and long[:1].isupper() and long[1:].islower():
            words = long[:1].lower() + long[1:]
        written = title[: found.start()] + words + title[found.end() :]
        if len(written) <= limit:
            title = written
    return title
