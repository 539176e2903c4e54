"""Records to YAML, in the one form that every record has: key order fixed, no folding, quotes only where needed.

What is written is lossless: our own reader and any other YAML reader get the same text back, whatever it holds.
"""

from __future__ import annotations

import json
import re
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from sitegen import text as strings
from sitegen.corpus.schema import PAPER_KEYS, TOPIC_KEYS
from sitegen.model import Author, Change, Links, Paper, Publication, Source, Topic

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# Values that are dates, times and numbers to every reader, and are to be read as such by editors.
_NATIVE = re.compile(r"[0-9]{4}(-[0-9][0-9](-[0-9][0-9](T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]Z)?)?)?")
# What some reader of YAML 1.1 or 1.2 takes for something else than text.
_RESOLVED = re.compile(
    r"[-+]?[0-9.][0-9_,.:]*([eE][-+]?[0-9]+)?|[-+]?0[xXoObB][0-9a-fA-F_]+|[-+]?\.(inf|nan)"
    r"|[0-9]{4}-[0-9][0-9]?-[0-9][0-9]?([Tt ].*)?|~|null|true|false|yes|no|on|off|y|n",
    re.IGNORECASE,
)
# A plain scalar that no reader can take for anything else, outside and inside "[]" and "{}".
_LETTERS = r"[^\x00-\x1f\x7f-\x9f\u00a0\u2028\u2029\ufeff:#]*"
_PLAIN = re.compile(rf"[^\W_]{_LETTERS}(?:(?::(?=\S)|(?<=\S)#){_LETTERS})*")
_FLOW = re.compile(r"[\[\]{},:?]")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
_EMPTY: tuple[object, ...] = ("", (), None, Links(), Publication())


def dump_paper(paper: Paper) -> bytes:
    r"""Give a record's file: UTF-8, "\n" line ends, keys in the schema's order, only title and added when empty."""
    lines: list[str] = []
    for key in PAPER_KEYS:
        value = getattr(paper, key)
        if key in {"title", "added"} or (value not in _EMPTY and not (key == "date_source" and not _dated(paper))):
            lines += _entry(key, value)
    return ("\n".join(lines) + "\n").encode("utf-8")


def dump_topics(topics: Iterable[Topic]) -> bytes:
    r"""Give topics.yaml: UTF-8, "\n" line ends, one mapping for each topic, empty keys left out."""
    lines: list[str] = []
    for topic in topics:
        found = [(key, getattr(topic, key)) for key in TOPIC_KEYS]
        entries = [line for key, value in found if value not in _EMPTY for line in _entry(key, value)]
        lines += [("- " if index == 0 else "  ") + line if line else "" for index, line in enumerate(entries)]
    return ("topics:\n" + "\n".join(lines) + "\n" if lines else "topics: []\n").encode("utf-8")


def _dated(paper: Paper) -> bool:
    return bool(paper.date) or paper.date_source != "given"


def _entry(key: str, value: Any) -> Iterator[str]:  # noqa: ANN401 (a field of a record)
    """Give the lines of one key."""
    if key in {"abstract", "note"} and _is_block(value):
        yield from _block(key, value)
    elif isinstance(value, Links | Publication):
        yield f"{key}:"
        yield from (f"  {name}: {_scalar(text)}" for name, text in _given(value))
    elif isinstance(value, tuple) and key in {"topics", "aliases", "same_as", "not_same_as", "cues", "curators"}:
        yield f"{key}: [{', '.join(_scalar(text, flow=True) for text in value)}]"
    elif isinstance(value, tuple):
        yield f"{key}:"
        for one in value:
            yield from _item(one)
    else:
        yield f"{key}: {_scalar(value, native=key in {'date', 'added'})}"


def _item(value: str | Author | Change | Source) -> Iterator[str]:
    """Give one item of a list: a name on its line, a mapping on its line, a change on three."""
    if isinstance(value, Author) and value == Author(value.name):
        yield f"- {_scalar(value.name)}"
    elif isinstance(value, str):
        yield f"- {_scalar(value)}"
    elif isinstance(value, Change):
        yield f"- at: {_scalar(value.at, native=True)}"
        yield f"  kind: {_scalar(value.kind)}"
        yield f"  note: {_scalar(value.note)}"
    else:
        pairs = (f"{name}: {_scalar(one, flow=True, native=name == 'listed')}" for name, one in _given(value))
        yield f"- {{{', '.join(pairs)}}}"


def _given(record: Links | Publication | Author | Source) -> Iterator[tuple[str, Any]]:
    """Give the fields of a small record that are not empty."""
    for one in fields(record):
        value = getattr(record, one.name)
        if value not in {"", None} and value is not False:
            yield one.name, value


def _scalar(value: str | float, *, flow: bool = False, native: bool = False) -> str:
    """Write one value on one line; `native` text may be what YAML itself takes for a date or a time."""
    if not isinstance(value, str):
        return json.dumps(value)
    if native and _NATIVE.fullmatch(value):
        return value
    if _is_plain(value, flow=flow):
        return value
    if _UNPRINTABLE.search(value) or strings.invisible(value) or "\n" in value or "\t" in value:
        return _double_quoted(value)
    if '"' in value or "\\" in value:
        return "'" + value.replace("'", "''") + "'"
    return f'"{value}"'


def _is_plain(value: str, *, flow: bool) -> bool:
    """Tell text that every reader takes for that text, without quotes."""
    if not _PLAIN.fullmatch(value) or value[-1] in ": \u3000" or _RESOLVED.fullmatch(value) or strings.invisible(value):
        return False
    return not (flow and _FLOW.search(value))


def _double_quoted(value: str) -> str:
    """Write text with escapes for all that cannot be seen; JSON's escapes are YAML's, but for pairs of surrogates."""
    quoted = json.dumps(value, ensure_ascii=False)
    return "".join(_escape(character) if _needs_escape(character) else character for character in quoted)


def _needs_escape(character: str) -> bool:
    return bool(_UNPRINTABLE.match(character) or strings.invisible(character))


def _escape(character: str) -> str:
    return f"\\u{ord(character):04x}" if ord(character) < 0x10000 else f"\\U{ord(character):08x}"


def _is_block(value: str) -> bool:
    """Tell text that a literal block can hold: it must have something to see in it."""
    return bool(value.strip()) and not _UNPRINTABLE.search(value) and not strings.invisible(value)


def _block(key: str, value: str) -> Iterator[str]:
    """Give a literal block: "|-", "|" or "|+" by the newlines at its end, with "2" where it begins with white space."""
    body = value.rstrip("\n")
    ending = value[len(body) :]
    chomping = "+" if len(ending) > 1 else "" if ending else "-"
    indicator = "2" if body[0].isspace() else ""
    yield f"{key}: |{indicator}{chomping}"
    yield from (f"  {line}" if line else "" for line in body.split("\n"))
    yield from [""] * (len(ending) - 1)
