"""Lists of one line a paper or author, in Markdown."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from sitegen import text
from sitegen.line_pages import NameLine
from sitegen.render.entries import title_markdown
from sitegen.render.prose import link
from sitegen.render.ways import way_to

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitegen.line_pages import LineGroup, PaperLine


def line_blocks(group: LineGroup, page_path: str) -> Iterator[str]:
    """Give lines under their heading, block by block."""
    yield f"## {text.escape_markdown(group.title)}" if group.title else ""
    yield _lines(group.lines, page_path)


# docs/ has the same lines again.
@lru_cache(maxsize=256)
def _lines(lines: tuple[PaperLine, ...] | tuple[NameLine, ...], page_path: str) -> str:
    return "\n".join([_line(line, page_path) for line in lines])


def _line(line: PaperLine | NameLine, page_path: str) -> str:
    return f"- {_name(line, page_path) if isinstance(line, NameLine) else _paper(line, page_path)}"


def _paper(line: PaperLine, page_path: str) -> str:
    return f"{_title(line, page_path)} *{text.short_date(line.date) or 'no date'}*{{.date}}"


def _title(line: PaperLine, page_path: str) -> str:
    return link(title_markdown(line), way_to(f"papers/{line.id}.md", page_path), "line")


def _name(line: NameLine, page_path: str) -> str:
    """Give an author with a page as a link to it, any other with links to the papers."""
    name = text.escape_markdown(line.name)
    if line.path:
        return f"{link(name, way_to(line.path, page_path), 'who')} *{text.plural(line.wrote, 'paper')}*{{.about}}"
    return " ".join([f"*{name}*{{.who}}", *(_title(paper, page_path) for paper in line.papers)])
