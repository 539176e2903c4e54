"""An article as docs/ holds it, which MkDocs can build alone into a complete, plainer site."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from sitegen.render.containers import FORM, MORE
from sitegen.render.head import description, plain_title
from sitegen.render.markdown import markdown_alone
from sitegen.text import escape_html, one_line

if TYPE_CHECKING:
    from sitegen.pages import ArticlePage

_FENCE = re.compile(rf"\n( *):{{3,}}(?: *(?:(?:{MORE}|{FORM}) +(.+)|[a-z]+(?: [a-z0-9 ]+)?))? *(?=\n|\Z)")


def docs_markdown(page: ArticlePage) -> str:
    """Give a planned article as Markdown with front matter, without links to feeds and exports: MkDocs has none.

    MkDocs's templates put title and description into a page as they are: the front matter brings them escaped, as
    JSON, which YAML holds.
    """
    facts = {"title": plain_title(page), "description": description(page)}
    lines = [f"{name}: {json.dumps(escape_html(one_line(words)), ensure_ascii=False)}" for name, words in facts.items()]
    return "\n".join(["---", *lines, "---", "", without_fences(markdown_alone(page))])


def without_fences(source: str) -> str:
    """Leave out the fences of containers, which Python-Markdown does not know; words that they show become a line."""
    return _FENCE.sub(lambda match: f"\n{match[1]}{match[2]}" if match[2] else "", f"\n{source}")[1:]
