"""Which words of an entry are its title: the bold ones, the link's, the quoted ones, else the first."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sitegen.formats.awesome_blocks import Run
from sitegen.formats.awesome_dates import date
from sitegen.formats.awesome_people import people, venue
from sitegen.formats.awesome_places import place_sort
from sitegen.formats.awesome_words import label_sort
from sitegen.text import clean, one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

_CLUTTER = re.compile(r"(?:\s|[^\w\s\"'“”‘’«»($*\[λα-ω∞@#]|\*(?=\s)|_(?=\s))+")
_NUMBER = re.compile(r"\s*(?:\(?\d{1,4}[.):](?!\d)|\[\d{1,4}\]|#\d{1,4}|\[[ xX]?\])\s*")
_BRACKETED = re.compile(r"\s*(?:\[([^\[\]]{2,60})\]|\(([^()]{2,60})\)|【([^【】]{2,60})】)\s*[:,.]?\s*")
_BARE_DATE = re.compile(r"\s*((?:19|20)\d\d[-/.]\d{1,2}(?:[-/.]\d{1,2})?)\s*[:,|]?\s*(?=\S|$)")
# A year, a venue or both may stand before a title and a dash.
_BEFORE_DASH = re.compile(
    r"\s*((?:19|20)\d\d(?:[-/ ]\w[\w-]{1,15}(?<!-))?|\w{2,12}[-' ]{1,2}(?:19|20)?\d\d)\s*[-–—|]\s+(?=\S)"
)
_QUOTED = re.compile(r"[\"“«]([^\"“”«»]{8,400}?)[,.]?[\"”»]")
# Where a title that is plain text ends: two spaces, a dash with space about it, a bar, a new line, or a full stop.
_END = re.compile(
    r"\s*\n|\s{2,}|\s+[-–—]+\s+|\s+[-–—](?=\w)|\s*\|\s*|(?<=[^\s.]{2})(?:\.|[?!](?!\s+[a-z]))(?=\s)|\s*[\[(]{1,2}$|\t"
    r"|\s+(?=\((?:19|20)\d\d\)(?:[,.;:]|$))"
    r"|\s(?=(?:This (?:paper|work|study|survey|report)|We (?:propose|present|introduce))\b)"
)
_REST = re.compile(r"\s?:\s*(?=\S)")
_LEADING_ON = re.compile(r"\s(with|for|in|of|via|and|to|on|by|from|through|using|is|are|as|at) (?=\S)")
_ONE_BREATH = re.compile(r"\s*\n|\s*\||\s{2,}|\s[-–—]\s|(?<=\w)\.(?=\s|$)|\s*\[|\s*\((?=[^()|\n]*\)?\s*(?:$|\||\n))")
_SMALL = frozenset(
    "a an and as at but by for from in into of off on onto or over per so the to up via vs with is are".split()
)
_WORD = re.compile(r"\w[\w'’.+-]*")


@dataclass(slots=True)
class Titled:
    """A title, the pieces before it that are no part of it, and those behind it; `link` is where the title leads."""

    title: str = ""
    link: str | None = None
    bold: bool = False
    before: tuple[Run, ...] = ()
    after: tuple[Run, ...] = ()


def find_title(runs: Sequence[Run], *, whole: bool = False) -> Titled:
    """Give the title of an entry; an entry that holds nothing but labels has none.

    `whole` is for text that is a title and no more: only a new line ends it.
    """
    before: list[Run] = []
    rest = list(runs)
    while rest:
        rest[0] = _without_clutter(rest[0], before)
        run = rest[0]
        if _is_tag(before, rest):
            before[-1] = replace(before[-1], text=before[-1].text.rstrip(" ["))
            before.append(rest.pop(0))
            continue
        if not _text(run) or _is_fact(run):
            before.append(rest.pop(0))
            continue
        place = _telling(rest)
        before += rest[:place]
        found = _from_bold(rest[place:]) if rest[place].strong else _from_other(rest[place:], whole=whole)
        return replace(_trimmed(found), before=(*before, *found.before))
    return Titled(before=tuple(before))


def is_title_link(run: Run) -> bool:
    """Tell a link whose words are no label: those of a title."""
    return bool(run.link) and not label_sort(run.text) and not _is_fact(run)


def _text(run: Run) -> str:
    return run.text.strip(" \n\t[](){}|,;:.-–—*_")


def _is_fact(run: Run) -> bool:
    """Tell a piece before the title that is a label, a date, a venue or a name, not the title itself."""
    text = _text(run)
    if run.link is not None and label_sort(text):
        return True
    if date(text) or (run.em and people(text)):
        return True
    if run.strong and label_sort(text) and len(text) < 12:
        return True
    found = venue(text)
    marked = run.em or run.link or run.text.strip()[:1] in {"[", "(", "【"}
    return bool(found and found[1] and marked) and len(text) < 40


def _without_clutter(run: Run, before: list[Run]) -> Run:
    """Take pictograms, numbers, and dates or venues in brackets from the front of a piece; facts go to `before`."""
    text = run.text
    while text:
        start = len(text)
        if met := _CLUTTER.match(text):
            text = text[met.end() :]
        if met := _NUMBER.match(text):
            text = text[met.end() :]
        if met := _BRACKETED.match(text) or _BARE_DATE.match(text) or _BEFORE_DASH.match(text):
            words = next(group for group in met.groups() if group)
            known = date(words) or venue(words) or (label_sort(words) and run.link is None)
            if known or (met[0].lstrip().startswith("[") and _is_titled_rest(text[met.end() :], run)):
                before.append(Run(words, em=False))
                text = text[met.end() :]
        if len(text) == start:
            break
    return replace(run, text=text)


def _is_tag(before: Sequence[Run], rest: Sequence[Run]) -> bool:
    """Tell bold words in brackets of their own before a title: "[**LOOM**] Weaving Numbers in Parallel"."""
    opened = bool(before) and before[-1].text.rstrip().endswith("[")
    after = rest[1].text.lstrip() if len(rest) > 1 and rest[1].link is None else ""
    return opened and rest[0].strong and after.startswith("]") and _is_titled_rest(after[1:], rest[1])


def _is_titled_rest(text: str, run: Run) -> bool:
    """Tell whether what follows a tag is a title: words enough, and not people."""
    return run.link is None and len(_WORD.findall(text)) >= 3 and text.strip()[:1].isalnum() and not people(text)


def _telling(rest: Sequence[Run]) -> int:
    """Give the place of the piece that has the title: the first, or one further on in the same line that says more."""
    first = rest[0]
    if first.strong and not (len(_WORD.findall(first.text)) <= 3 and _next_is_title(rest)):
        return 0
    if first.link is not None and len(_WORD.findall(first.text)) > 1:
        return 0
    for place, run in enumerate(rest):
        if place and "\n" in "".join(one.text for one in rest[:place]).rstrip() and _text(rest[0]):
            break
        long = len(_WORD.findall(run.text)) >= 3
        if long and not _is_fact(run) and (run.strong or is_title_link(run)) and _may_precede(rest[:place]):
            return place
    return 0


def _next_is_title(rest: Sequence[Run]) -> bool:
    following = [run for run in rest[1:3] if _text(run)]
    return bool(following) and not following[0].strong and is_title_link(following[0])


def _may_precede(runs: Sequence[Run]) -> bool:
    """Tell whether the pieces may stand before a title: a name, a tag, people; but no sentence."""
    words = _WORD.findall(" ".join(run.text for run in runs))
    text = one_line(" ".join(run.text for run in runs))
    return len(words) <= 5 or bool(people(text.rstrip(" ,.:(0123456789)"))) or bool(re.search(r"et al", text))


def _from_bold(rest: Sequence[Run]) -> Titled:
    """Give the title that bold pieces make; where they end in a colon, what follows in one breath belongs to it."""
    words = ""
    link: str | None = None
    place = 0
    while place < len(rest) and (rest[place].strong or (words and not rest[place].text.strip(" "))):
        words += rest[place].text
        link = link or rest[place].link
        place += 1
    after = list(rest[place:])
    following = after[0].text if after and after[0].link is None else ""
    led_on = following.startswith(":") and _is_titled(following[1:])
    if led_on or (words.rstrip().endswith(":") and following.strip()):
        words, after = _continued(words.rstrip().rstrip(":"), after, following.lstrip(": "))
    return Titled(words, link, bold=True, after=tuple(after))


def _from_other(rest: Sequence[Run], *, whole: bool = False) -> Titled:
    first = rest[0]
    if first.link is not None:
        return _from_link(rest)
    if (quoted := _QUOTED.search(first.text)) and _is_head(first.text[: quoted.start()]):
        head, tail = first.text[: quoted.start()], first.text[quoted.end() :]
        before = (replace(first, text=head),) if head.strip() else ()
        return Titled(quoted[1], before=before, after=(replace(first, text=tail), *rest[1:]))
    if first.em:
        return Titled(first.text, after=tuple(rest[1:]))
    end = (first.text.find("\n"),) * 2 if whole and "\n" in first.text else None if whole else _end(first.text)
    words, tail = (first.text[: end[0]], first.text[end[1] :]) if end else (first.text, "")
    return Titled(words, after=(*([replace(first, text=tail)] if tail.strip() else []), *rest[1:]))


def _is_head(text: str) -> bool:
    """Tell whether a text may stand before a title in quotes: nothing, or people and perhaps a year."""
    head = text.strip(" ,.:;(0123456789)")
    return not head or bool(people(head, certain=True)) or bool(re.search(r"\bet\.? ?al\b", head))


def _end(text: str) -> tuple[int, int] | None:
    """Give where a title of plain text ends, and where what follows begins."""
    for met in _END.finditer(text):
        head = text[max(met.start() - 12, 0) : met.start()]
        if text[: met.start()].strip() and not (met[0] == "." and re.search(r"\b(vs|e\.g|i\.e|et al|No|v\d+)$", head)):
            keep = met[0][:1] if met[0][:1] in "?!" else ""
            return met.start() + len(keep), met.end()
    return None


def _from_link(rest: Sequence[Run]) -> Titled:
    """Give the title that a link shows; a colon behind it may lead on: "[Name](…): What It Is"."""
    first = rest[0]
    after = list(rest[1:])
    words = first.text
    while after and after[0].link == first.link and (after[0].strong or after[0].em):
        words += after.pop(0).text
    following = after[0].text if after and after[0].link is None and not after[0].strong else ""
    colon = _REST.match(following)
    if _LEADING_ON.match(following) and _is_titled(following):
        words, after = _continued(words, after, following.lstrip(), " ")
    elif colon or (words.rstrip().endswith(":") and following.strip()):
        continuation = following[colon.end() :] if colon else following.lstrip()
        if words.rstrip().endswith(":") or _is_titled(continuation) or _names(first, continuation):
            words, after = _continued(words.rstrip().rstrip(":"), after, continuation)
    return Titled(words, first.link, after=tuple(after))


def _names(first: Run, continuation: str) -> bool:
    """Tell a system's name whose link leads to a paper and whose colon leads on to a few words: they are its title."""
    end = _ONE_BREATH.search(continuation)
    words = (continuation[: end.start()] if end else continuation).split()
    few = len(first.text.split()) <= 2 and 2 <= len(words) <= 14 and not words[0][0].islower()
    return few and place_sort(first.link or "") == "paper" and not (end and end[0].startswith("."))


def _continued(words: str, after: list[Run], continuation: str, glue: str = ": ") -> tuple[str, list[Run]]:
    """Give a title with what a colon leads on to, up to where that breath ends."""
    end = _ONE_BREATH.search(continuation)
    more = (continuation[: end.start()] if end else continuation).strip()
    if more.casefold().startswith(words.strip().casefold()):
        words, more = more, ""
    tail = continuation[end.start() :] if end else ""
    pieces = [replace(after[0], text=tail)] if tail.strip() else []
    glue = " " if words.endswith(("?", "!")) else glue
    return f"{words}{glue}{more}" if more else words, [*pieces, *after[1:]]


def _is_titled(text: str) -> bool:
    """Tell whether words are set as titles are: most of the longer ones begin with a capital."""
    end = _ONE_BREATH.search(text)
    words = [word for word in _WORD.findall(text[: end.start()] if end else text) if word.casefold() not in _SMALL]
    capital = sum(not word[0].islower() for word in words)
    return 2 <= len(words) <= 25 and capital >= 0.6 * len(words)


def _trimmed(found: Titled) -> Titled:
    """Give the title on one line, without quotes, a full stop or a venue in brackets at its end."""
    title = one_line(clean(found.title)).strip(" |,;:–—-*_")
    after = found.after
    if (met := re.search(r"\s*[\[(]([^\[\]()]{2,40})[\])]\W*$", title)) and (
        date(met[1]) or (venue(met[1]) or ("", ""))[1]
    ):
        title = title[: met.start()]
        after = (Run(met[1] + "\n"), *after)
    if met := re.search(r"\s*\((@[^()]{2,60})\)$", title):
        title = title[: met.start()]
        after = (Run(met[1] + "\n"), *after)
    title = title.removesuffix("[").removesuffix("(").rstrip(" ,;:|")
    if not title.endswith(("...", "etc.", "Inc.")):
        title = title.rstrip(".") or title
    if len(title) > 2 and title[0] + title[-1] in {'""', "“”", "''", "‘’", "``", "«»"}:
        title = title[1:-1].strip().rstrip(".,")
    return replace(found, title=title, after=after)
