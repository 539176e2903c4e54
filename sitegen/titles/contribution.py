"""What an abstract says its paper gives: a named system, a proposal, a study, a finding."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sitegen.titles import patterns
from sitegen.titles.phrases import is_whole, without_praise

if TYPE_CHECKING:
    from collections.abc import Iterator

_NO_NAME = re.compile(r"\b(?:to|into|of|with|for|in|on|by|and|that)\b")
_GOING_ON = re.compile(r",?\s+((?:that|which|to|for|by|with|using)\s.+)")
_ORDER = re.compile(r"\b(that|which) first (?=[a-z]+s\b)")
_GENERIC = frozenset(
    "a an the our new novel simple comprehensive general unified framework method approach model system technique"
    " benchmark dataset strategy solution algorithm paradigm pipeline".split()
)


@dataclass(frozen=True, slots=True)
class Contribution:
    """One thing an abstract says its paper gives: what it is as a phrase, its name, and the name's long form."""

    what: str
    name: str = ""
    long: str = ""


def contributions(sentences: list[str]) -> Iterator[Contribution]:
    """Give the contributions of an abstract, given its sentences, the most telling first."""
    main = [sentence for sentence in sentences if not patterns.BESIDES.search(sentence)]
    besides = [sentence for sentence in sentences if patterns.BESIDES.search(sentence)]
    for found_in in (main, besides):
        for finder in (_named, _study, _proposal, _finding, _outcome):
            for sentence in found_in:
                yield from finder(sentence)
    for sentence in sentences:
        if not patterns.ANAPHORIC.match(sentence) and not patterns.LEADING.match(sentence):
            yield Contribution(_what(sentence))


def _named(sentence: str) -> Iterator[Contribution]:
    """Give systems that are named and said to be something."""
    if match := patterns.NAMED.search(sentence):
        name, long = _short_first(match["name"], match["long"] or "")
        if name := _name(name, lower=True):
            yield Contribution(_what(match["what"]), name, long)
    for pattern in (patterns.CALLED, patterns.BESIDE, patterns.AFTER):
        if match := pattern.search(sentence):
            written = match["name"] or match.groupdict().get("inner", "")
            name, long = _short_first(_name(written, lower=pattern is patterns.CALLED), match["long"] or "")
            if name:
                yield Contribution(_what(match["what"] + _continued(match["rest"])), name, long)
    if match := patterns.IS.search(sentence):
        yield Contribution(_what(match["what"]), match["name"])


def _study(sentence: str) -> Iterator[Contribution]:
    """Give what a paper says that it looks into."""
    if match := patterns.STUDIED.search(sentence):
        what = _what(match["what"])
        if not (_points_back(what) or patterns.POINTING.search(what[:40]) or what.startswith("whether ")):
            yield Contribution(f"revisiting {what}" if match["again"] is not None else what)
    if match := patterns.STUDY.search(sentence):
        yield Contribution(_what(match["what"]))


def _proposal(sentence: str) -> Iterator[Contribution]:
    """Give what is proposed with a long name only, with a bare name, or without any."""
    if match := patterns.EXPANDED.search(sentence):
        rest = _continued(match["rest"])
        yield Contribution(_what(match["long"] + rest), match["name"], "" if rest else match["long"])
    if (match := patterns.BARE.search(sentence)) and (name := _name(match["name"])):
        yield Contribution(f"{name} {re.sub(r'^ (?:that|which) ', '', match['rest']).strip(' .')}")
    for pattern in (patterns.UNNAMED, patterns.PASSIVE):
        if match := pattern.search(sentence):
            what = _what(match["what"] + (match["rest"] if pattern is patterns.PASSIVE else ""))
            words = [word for word in re.findall(r"[\w-]+", what.lower()) if word not in _GENERIC]
            if len(words) > 1 and not patterns.EMPTY.match(what):
                yield Contribution(what)


def _finding(sentence: str) -> Iterator[Contribution]:
    """Give what a paper says that it found."""
    for pattern in (patterns.PHENOMENON, patterns.FOUND):
        if (match := pattern.search(sentence)) and not _points_back(match["what"]):
            yield Contribution(_what(match["what"]))


def _outcome(sentence: str) -> Iterator[Contribution]:
    """Give what the results are said to show."""
    for pattern in (patterns.RESULTS, patterns.OUTCOME):
        if (match := pattern.search(sentence)) and not _points_back(match["what"]):
            yield Contribution(_what(match["what"]))


def _points_back(phrase: str) -> bool:
    return bool(patterns.ANAPHORIC.match(phrase))


def _name(name: str, *, lower: bool = False) -> str:
    """Give a name as the abstract writes it, or "" where the words cannot be one."""
    name = name.strip("\"“”‘’'*.")
    if not name or "\\" in name or re.match(patterns.ARTICLE, name + " ", re.IGNORECASE) or not is_whole(name):
        return ""
    coined = any(character.isupper() or character.isdigit() for character in name)
    few = name.count(" ") < 5 and not _NO_NAME.search(name)
    return name if coined or (lower and few) else ""


def _short_first(name: str, other: str) -> tuple[str, str]:
    """Give name and long form, told apart: some write "ABLE (Abstracts …)", others "Abstracts Best … (ABLE)"."""
    return (other, name) if other and " " not in other and len(name) > len(other) else (name, other)


def _continued(rest: str) -> str:
    """Give what goes on after a name, where it goes on about the thing named."""
    match = _GOING_ON.match(rest)
    return f" {match[1]}" if match else ""


def _what(phrase: str) -> str:
    """Give a phrase up to the end of its clause, without praise."""
    end = patterns.CLAUSE_END.search(phrase)
    clause = (phrase[: end.start()] if end else phrase).strip(" ,.")
    return without_praise(_ORDER.sub(r"\1 ", clause))
