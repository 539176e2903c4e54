"""Which blocks of a list are entries: what belongs together, what is nested, what stands in a row."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from sitegen.formats.awesome_blocks import Block, Run, plain
from sitegen.formats.awesome_places import place_sort
from sitegen.formats.awesome_title import is_title_link
from sitegen.formats.awesome_words import label_sort

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def with_following(found: Sequence[Block]) -> Iterator[Block]:
    """Give the blocks; a paragraph of labels or names below a title is part of that one, as remarks on it are."""
    held: list[Block] = []
    for block in found:
        if held and (_goes_on(block) if block.sort == "text" else _tells_of(held[0], block)):
            held.append(block)
            continue
        yield from _joined(held)
        held = [block] if begins(block) and not (block.sort == "item" and _has_paper(block)) else []
        if not held:
            yield block
    yield from _joined(held)


def _joined(held: Sequence[Block]) -> Iterator[Block]:
    """Give blocks that belong together as one, a line break between their texts."""
    if held:
        own = [block for block in held[1:] if block.sort == "text"]
        below = tuple(block for block in held[1:] if block.sort == "item")
        runs = [run for block in (held[0], *own) for run in (Run("\n"), *block.runs)]
        last = max(block.last for block in held)
        yield replace(held[0], last=last, runs=tuple(runs[1:]), children=held[0].children + below)


def _tells_of(paper: Block, item: Block) -> bool:
    """Tell an item below a paragraph that is a paper: labelled links to it, or a remark with no paper of its own."""
    if paper.sort != "text" or item.sort != "item" or begins(item):
        return False
    entry = any(_leads_to_paper(run) for run in paper.runs)
    return is_labelled(item) or (entry and not _has_paper(item))


def is_labelled(item: Block) -> bool:
    """Tell an item that is no more than a link and its label: "Paper: https://…", "[Code](https://…)"."""
    text = plain(item.runs)
    name, colon, _ = text.replace("：", ":").partition(":")
    linked = any(run.link for run in item.runs) or "://" in text
    return linked and len(name) < 30 and bool(label_sort(name)) and (bool(colon) or all(run.link for run in item.runs))


def begins(block: Block) -> bool:
    """Tell a paragraph or an item that may be an entry: it begins with bold words or a title that is a link."""
    first = [run for run in block.runs if run.text.strip(" \n[]()0123456789.-/")][:1]
    return any(run.strong or is_title_link(run) for run in first)


def _has_paper(block: Block) -> bool:
    return any(_leads_to_paper(run) for one in (block, *nested(block)) for run in one.runs)


def _goes_on(block: Block) -> bool:
    first = [run for run in block.runs if run.text.strip(" \n[](|")][:1]
    return any(run.em or (run.link is not None and bool(label_sort(run.text))) for run in first)


def nested(block: Block) -> Iterator[Block]:
    """Give the items nested in an item, at any depth, in their order."""
    for child in block.children:
        yield child
        yield from nested(child)


def is_entry(item: Block) -> bool:
    """Tell a nested item that is an entry of its own, not a detail of the one above it."""
    telling = [run for run in item.runs if run.text.strip(" \n[]()0123456789./-")]
    if not telling:
        return False
    first = telling[0]
    if is_title_link(first) and (first.link or "").startswith("http") and len(first.text.split()) > 1:
        return not item.children or place_sort(first.link or "") == "paper"
    return first.strong and not first.text.strip().endswith(":") and any(_leads_to_paper(run) for run in telling)


def _leads_to_paper(run: Run) -> bool:
    return bool(run.link) and (place_sort(run.link or "") == "paper" or label_sort(run.text) == "paper")


def parts(block: Block) -> list[Block]:
    """Give the entries of an item: more than one where titles that lead to papers stand in a row."""
    starts = [
        place
        for place, run in enumerate(block.runs)
        if is_title_link(run) and place_sort(run.link or "") == "paper" and len(run.text.split()) >= 3
    ]
    between = [block.runs[left + 1 : right] for left, right in pairwise(starts)]
    if len(starts) < 2 or any(re.search(r"\w", re.sub(r"\band\b", "", plain(runs))) for runs in between):
        return [block]
    ends = [*starts[1:], len(block.runs)]
    return [replace(block, runs=block.runs[start:end]) for start, end in zip(starts, ends, strict=True)]
