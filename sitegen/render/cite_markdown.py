"""How a paper is cited, in Markdown: the forms of a citation to read and copy, and their files."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from sitegen import text
from sitegen.exports import format_title
from sitegen.formats import text_out
from sitegen.formats.cited import Cited
from sitegen.render.exports import export_named
from sitegen.render.prose import link
from sitegen.render.ways import file_links, way_to

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitegen.pages import PaperPage

# What programs alone read is not shown, for it would stand on every page: its button copies the file.
_SHOWN, _FILES = ("bibtex",), ("ris", "csl-json")


def cite_markdown(page: PaperPage) -> str:
    """Give the forms of a page's citation in a box, "" where it has none."""
    return "\n\n".join([":::: cite", *_forms(page), "::::"]) if page.cited else ""


def cite_links(page: PaperPage) -> str:
    """Give the files of a page alone, "" where BibTeX is none of them: it must then be shown."""
    shown = any(file.path.endswith(export_named(name).extension) for file in page.files for name in _SHOWN)
    return file_links(tuple(file for file in page.files if not file.path.endswith(".csv")), page.path) if shown else ""


def _forms(page: PaperPage) -> Iterator[str]:
    if not page.cited:
        return
    paper = replace(page.listing.paper, abstract="", note="")
    cited = Cited(paper, page.cited.key, page.cited.url)
    yield _form("Text", text.escape_markdown(text_out.citation(cited)))
    for name in (*_SHOWN, *_FILES):
        export = export_named(name)
        file = next((file for file in page.files if file.path.endswith(export.extension)), None)
        shown = [_code(export.dump((cited,)).decode())] if name in _SHOWN else []
        if file:
            shown.append(link(f"Download {file.title}", way_to(file.path, page.path), "file"))
        if shown:
            yield _form(format_title(name), *shown)


def _form(name: str, *blocks: str) -> str:
    return "\n\n".join([f"::: form {text.escape_markdown(name)}", *blocks, ":::"])


def _code(source: str) -> str:
    """Give a block of code between more backticks than it has in a row."""
    marks = "`" * max(3, max(map(len, re.findall("`+", source)), default=0) + 1)
    return f"{marks}\n{source.replace(chr(13), '').strip()}\n{marks}"
