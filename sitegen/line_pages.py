"""Planned lists of one line a paper, for lists that would say of each paper what others say already."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from sitegen.model import Paper


class PaperLine(NamedTuple):
    """A paper in one line."""

    id: str
    title: str
    title_source: str
    date: str


class NameLine(NamedTuple):
    """An author in one line: the file of their page and how many papers they wrote, or their few papers themselves."""

    name: str
    path: str
    wrote: int
    papers: tuple[PaperLine, ...] = ()


class LineGroup(NamedTuple):
    """Lines that belong together, under a heading of their own where `title` is not empty."""

    title: str
    lines: tuple[PaperLine | NameLine, ...]


def paper_line(paper: Paper) -> PaperLine:
    """Give a paper in one line."""
    return PaperLine(paper.id, paper.title, paper.title_source, paper.date)
