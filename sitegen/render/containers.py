"""Containers of our Markdown, `::: name`: what each is in HTML."""

from __future__ import annotations

import re

from sitegen.render import charts

# What boxes there are, each a class of the theme's.
BOXES = (charts.BOX, "flags", "note", "rows", "plain")
MORE, FORM, CITE = "more", "form", "cite"
# Containers with a name for those who listen: their element and its attributes.
REGIONS = {
    "aside": ("aside", 'aria-label="About this page"'),
    CITE: ("div", 'role="group" aria-label="Ways to cite"'),
    "crumbs": ("nav", 'aria-label="You are here"'),
    "path": ("nav", 'aria-label="You are here"'),
    "turn": ("nav", 'aria-label="Newer and older"'),
}
_LINK_TAG = re.compile(r"</?a\b[^>]*>")


def container_opens(name: str, shown: str = "", *, first: bool = False) -> str:
    """Give the start of a container; `shown` is the HTML of its words, `first` whether it is the first of its forms."""
    if name == MORE:
        return f'<details class="{MORE}">\n<summary>{without_links(shown)}</summary>\n'
    if name == FORM:
        # A form with the button that shows it: the theme's styles hide the others, so that no script is needed.
        button = f'<input type="radio" name="{FORM}"{" checked" if first else ""}>{without_links(shown)}'
        return f'<label>{button}</label>\n<div class="{FORM}">\n'
    if name in REGIONS:
        element, attributes = REGIONS[name]
        return f'<{element} class="{name}" {attributes}>\n'
    return f'<div class="{name}">\n'


def container_closes(name: str) -> str:
    """Give the end of a container."""
    return f"</{'details' if name == MORE else REGIONS[name][0] if name in REGIONS else 'div'}>\n"


def without_links(shown: str) -> str:
    """Give the words of what opens something when it is pressed: it may hold nothing else to press."""
    return _LINK_TAG.sub("", shown)
