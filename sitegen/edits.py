"""Edits of a record's file that a person keeps: comments, order and the form of all that is not edited stay.

The file is cut into its top-level keys. Lines of keys that are not edited are never touched; the lines of one that
is are read and written by ruamel.yaml, which keeps comments within them.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError
from ruamel.yaml.resolver import VersionedResolver

from sitegen.corpus.dump import dump_paper
from sitegen.corpus.plain_yaml import Node, read_yaml
from sitegen.corpus.schema import PAPER_KEYS
from sitegen.model import Paper
from sitegen.problems import SitegenError

if TYPE_CHECKING:
    from collections.abc import Mapping

_ORDER = tuple(PAPER_KEYS)
_LINE_END = re.compile(r"\r\n|\r|\n")
# A literal block that keeps the blank lines at its end.
_KEEPING = re.compile(r"\w+:\s+[|>]\d?\+")


@dataclass(frozen=True, slots=True)
class _Piece:
    """Lines of a file: those of one key, or those between keys (comments, blank lines), where `key` is ""."""

    key: str
    lines: tuple[str, ...]


def edited(text: str, changes: Mapping[str, object]) -> str:
    """Give a record's file with keys changed; comments, order and everything else stay as they are.

    `changes` holds values as `model.Paper` has them, by the field's name; an empty one takes its key out. Raises
    SitegenError for a file that cannot be edited line by line, and for what is no key of a record.
    """
    unknown = sorted(set(changes) - set(_ORDER))
    if unknown:
        raise SitegenError(f"a record has no key '{unknown[0]}'")
    line_end = (_LINE_END.search(text) or ["\n"])[0]
    pieces = _pieces(text)
    written = _written(changes)
    for key in _ORDER:
        if key in changes:
            pieces = _changed(pieces, key, written.get(key))
    return "".join(f"{line}{line_end}" for piece in pieces for line in piece.lines)


def _pieces(text: str) -> list[_Piece]:
    """Cut a file into the lines of its top-level keys and those between them."""
    root, problems = read_yaml(text.encode("utf-8"), "the record")
    if root is None or not isinstance(root.value, dict):
        raise SitegenError(f"the record cannot be edited: {problems[0].message if problems else 'it has no keys'}")
    lines = _LINE_END.split(text)
    lines = lines[:-1] if lines[-1] == "" else lines
    starts = [(node.line - 1, key) for key, node in root.value.items()]
    if len({start for start, _ in starts}) < len(starts) or any(not lines[at].startswith(key) for at, key in starts):
        raise SitegenError("the record cannot be edited: each key must begin a line of its own, without quotes")
    pieces = [_Piece("", tuple(lines[: starts[0][0]]))]
    for (start, key), (end, _) in zip(starts, [*starts[1:], (len(lines), "")], strict=True):
        last = _last_line(lines, start, end)
        pieces += [_Piece(key, tuple(lines[start:last])), _Piece("", tuple(lines[last:end]))]
    return pieces


def _last_line(lines: list[str], start: int, end: int) -> int:
    """Give the line after a key's own: comments at the margin and blank lines behind it belong to nobody."""
    while (
        not _KEEPING.match(lines[start])
        and end > start + 1
        and (not lines[end - 1].strip() or lines[end - 1].startswith("#"))
    ):
        end -= 1
    return end


def _written(changes: Mapping[str, object]) -> dict[str, str]:
    """Give the lines of each changed key in the one form that new records have; an empty value has none."""
    written: dict[str, str] = {}
    for key, value in changes.items():
        fields: dict[str, Any] = {key: value}
        if key == "date_source":
            # It is written beside a date only.
            fields["date"] = "2000"
        whole = dump_paper(replace(Paper("", "", ""), **fields)).decode("utf-8")
        mine = next((piece for piece in _pieces(whole) if piece.key == key), None)
        if mine is not None and value not in ("", (), None):
            written[key] = "\n".join(mine.lines) + "\n"
    return written


def _changed(pieces: list[_Piece], key: str, written: str | None) -> list[_Piece]:
    """Give the pieces with a key's lines replaced, put in at its place in the order of keys, or taken out."""
    at = next((place for place, piece in enumerate(pieces) if piece.key == key), None)
    if written is None:
        return [piece for piece in pieces if piece.key != key]
    if at is not None:
        kept = "\n".join(pieces[at].lines) + "\n"
        return [*pieces[:at], _Piece(key, tuple(_merged(kept, written)[:-1].split("\n"))), *pieces[at + 1 :]]
    before = _ORDER[: _ORDER.index(key)]
    at = max((place + 1 for place, piece in enumerate(pieces) if piece.key in before), default=1)
    return [*pieces[:at], _Piece(key, tuple(written[:-1].split("\n"))), *pieces[at:]]


def _merged(kept: str, written: str) -> str:
    """Give the lines of a key with its new value, the comments within them kept; as `written` where none are."""
    if "#" not in kept:
        return written
    try:
        old, new = _yaml().load(kept), _yaml().load(written)
        (key,) = new
        old[key] = _value(old[key], new[key])
        into = io.StringIO()
        _yaml().dump(old, into)
    except (YAMLError, ValueError):
        return written
    merged = into.getvalue()
    # What is kept for a comment's sake must say just what was meant to be said.
    return merged if _said(merged) == _said(written) else written


def _said(text: str) -> object:
    """Give the values of a piece of YAML as our own reader has them, None where it refuses it."""
    root, _ = read_yaml(text.encode("utf-8"), "")
    return root and _bare(root)


def _bare(node: Node) -> object:
    if isinstance(node.value, dict):
        return {key: _bare(child) for key, child in node.value.items()}
    return [_bare(child) for child in node.value] if isinstance(node.value, list) else node.value


def _value(old: object, new: object) -> object:
    """Put a new value into the old one, so that what stays keeps its comments."""
    if isinstance(old, CommentedMap) and isinstance(new, CommentedMap):
        for key in [key for key in old if key not in new]:
            del old[key]
        for place, key in enumerate(new):
            if key in old:
                old[key] = _value(old[key], new[key])
            else:
                old.insert(place, key, new[key])
        return old
    if isinstance(old, CommentedSeq) and isinstance(new, CommentedSeq):
        for place in reversed([place for place, one in enumerate(old) if one not in new]):
            del old[place]
        for place, one in enumerate(new):
            if place >= len(old) or old[place] != one:
                old.insert(place, one)
        del old[len(new) :]
        return old
    return new


class _TextOnly(VersionedResolver):
    """Takes every plain value for text: an arXiv id must not come back as a number."""

    @property
    def versioned_resolver(self) -> dict[str, list[object]]:
        """Give no patterns of numbers, dates and the like at all."""
        return {}


def _yaml() -> YAML:
    """Make a reader and writer that changes no form: no folding, quotes as they are, items of lists at the margin."""
    yaml = YAML(typ="rt")
    yaml.Resolver = _TextOnly
    yaml.preserve_quotes = True
    yaml.width = 1_000_000
    yaml.allow_unicode = True
    return yaml
