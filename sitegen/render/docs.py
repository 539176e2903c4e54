"""An article as docs/ holds it, which MkDocs can build alone into a complete, plainer site."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from sitegen.pages import FeedsPage, MovedPage
from sitegen.render.head import description, plain_title
from sitegen.render.markdown import markdown
from sitegen.text import escape_html, one_line

if TYPE_CHECKING:
    from sitegen.pages import ArticlePage


def docs_markdown(page: ArticlePage) -> str:
    """Give a planned article as Markdown with front matter, without links to feeds and exports: MkDocs has none.

    MkDocs's templates put title and description into a page as they are: the front matter brings them escaped, as
    JSON, which YAML holds.
    """
    facts = {"title": plain_title(page), "description": description(page)}
    lines = [f"{name}: {json.dumps(escape_html(one_line(words)), ensure_ascii=False)}" for name, words in facts.items()]
    return "\n".join(["---", *lines, "---", "", markdown(_alone(page))])


def _alone(page: ArticlePage) -> ArticlePage:
    """Leave out of a page what only a whole site has."""
    if isinstance(page, MovedPage):
        return page
    return replace(page, feeds=()) if isinstance(page, FeedsPage) else replace(page, feeds=(), files=())
