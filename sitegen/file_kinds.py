"""What a site's files are for, told by their paths."""

from __future__ import annotations

import re

# The first that matches a path is its kind.
_PATTERNS = (
    ("page", r"papers/[^/]+/index\.html"),
    ("Markdown", r"papers/[^/]+\.md"),
    ("siblings", r"papers/[^/]+\.(?:bib|ris|csv|json)"),
    ("search", r"search/(?!index\.html)|assets/(?:search.*|lunr)\.js"),
    ("feeds", r"feeds/(?!index\.)|(?:feed|rss|atom)\.xml|feed\.json"),
    ("exports", r"exports/(?!index\.)|topics/[^/]+\.(?:bib|ris|csv|json)"),
    ("author pages", r"authors/"),
    ("lists", r"(?:topics|browse|kinds|stats|exports|feeds)/|index\.(?:html|md)"),
    ("other", r""),
)
KINDS = tuple(kind for kind, _ in _PATTERNS)
_ANY = re.compile("|".join(f"({pattern})" for _, pattern in _PATTERNS))


def kind_of(path: str) -> str:
    """Give the kind of a file, one of KINDS, by its path in the site."""
    found = _ANY.match(path)
    return KINDS[found.lastindex - 1] if found and found.lastindex else KINDS[-1]
