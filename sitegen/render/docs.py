"""An article as docs/ holds it, which MkDocs can build alone into a complete, plainer site."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from sitegen.pages import ListPage, MovedPage, PaperPage
from sitegen.render.containers import FORM, MORE
from sitegen.render.head import description, plain_title
from sitegen.render.markdown import markdown
from sitegen.text import escape_html, one_line

if TYPE_CHECKING:
    from sitegen.pages import ArticlePage

_FENCE = re.compile(rf"^( *):{{3,}}(?: *(?:(?:{MORE}|{FORM}) +(.+)|[a-z]+(?: [a-z0-9 ]+)?))? *\n", re.MULTILINE)


def docs_markdown(page: ArticlePage) -> str:
    """Give a planned article as Markdown with front matter, without links to feeds and exports: MkDocs has none.

    MkDocs's templates put title and description into a page as they are: the front matter brings them escaped, as
    JSON, which YAML holds.
    """
    facts = {"title": plain_title(page), "description": description(page)}
    lines = [f"{name}: {json.dumps(escape_html(one_line(words)), ensure_ascii=False)}" for name, words in facts.items()]
    return "\n".join(["---", *lines, "---", "", without_fences(markdown(_alone(page)))])


def without_fences(source: str) -> str:
    """Leave out the fences of containers, which Python-Markdown does not know; words that they show become a line."""
    return _FENCE.sub(lambda match: f"{match[1]}{match[2]}\n" if match[2] else "", f"{source}\n")[:-1]


def _alone(page: ArticlePage) -> ArticlePage:
    """Leave out of a page what only a whole site has."""
    if isinstance(page, MovedPage):
        return page
    if isinstance(page, PaperPage):
        return replace(page, feeds=(), files=(), cited=None)
    if isinstance(page, ListPage):
        groups = tuple(
            replace(group, ways=tuple(replace(way, files=()) for way in group.ways)) for group in page.groups
        )
        return replace(page, feeds=(), files=(), abstracts=False, groups=groups)
    return replace(page, feeds=())
