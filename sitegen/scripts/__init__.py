"""The scripts as they are published: that of every page, and what search loads when it is touched.

The latter is lunr.js, and the search's own modules in one file.

The modules stay readable where they are written, in theme/assets/; what is published is one request, without comments
and spaces and with short names. What a browser reports of it names no function of the modules: to look into a fault,
load the modules themselves, which run in a browser as they are.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from rjsmin import jsmin

from sitegen.output import Output
from sitegen.scripts.bundle import bundled, joined, parts_of
from sitegen.scripts.library import called_part, licence_of
from sitegen.scripts.names import with_short_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_EXCHANGES = re.compile(r"^(?:import|export)\b", re.MULTILINE)
LUNR, APP, ENTRY = "assets/lunr.js", "assets/search-app.js", "assets/search.js"
PAGE = "assets/page.js"


def is_search_module(path: str) -> bool:
    """Tell whether a file of the theme is a module that is published as a part of APP alone."""
    return path.startswith("assets/search-") and path.endswith(".js")


def lunr_js() -> Output:
    """Give what the search calls of lunr.js 2.3.9, from the installed MkDocs, made small, its licence kept.

    Raises SitegenError where the installed lunr.js is not built as expected.
    """
    return Output(LUNR, _small_lunr())


@cache
def _small_lunr() -> bytes:
    stock = files("mkdocs").joinpath("contrib/search/templates/search/lunr.js").read_text("utf-8")
    return f"{licence_of(stock)}\n/* Without what this site never calls. */\n{_small(called_part(stock))}\n".encode()


def search_app(modules: Mapping[str, str], entry: str) -> Output:
    """Give the modules, by path ("assets/search-x.js"), as one module that exports what `entry` names of theirs.

    Raises SitegenError for what cannot be put together: a name declared twice, an import of what nobody exports.
    """
    return Output(APP, f"{_small(bundled(modules, entry))}\n".encode())


def page_scripts(sources: Mapping[str, str]) -> Iterator[Output]:
    """Give scripts that pages load by themselves, by path, made small; PAGE takes its parts into itself.

    Raises SitegenError for a part that cannot be put together with others.
    """
    parts = parts_of(PAGE, sources.get(PAGE, ""))
    for path, source in sources.items():
        if path == PAGE:
            yield Output(PAGE, f"{_small(joined(PAGE, source, sources))}\n".encode())
        elif path not in parts:
            yield small_script(path, _led_to_page(source, parts))


def _led_to_page(source: str, parts: Iterable[str]) -> str:
    """Let a script import from PAGE what a part of it exports."""
    for part in parts:
        source = source.replace(f'from ".{part.removeprefix("assets")}"', f'from ".{PAGE.removeprefix("assets")}"')
    return source


def is_own_script(path: str) -> bool:
    """Tell whether a file of the theme is a script of ours; Material's lie in folders of their own."""
    return path.endswith(".js") and path.rpartition("/")[0] == "assets"


def small_script(path: str, source: str) -> Output:
    """Give a script that pages load by itself, made small; one that other modules know by its names keeps them."""
    small = jsmin if _EXCHANGES.search(source) else _small
    return Output(path, f"{small(source)}\n".encode())


@cache
def _small(script: str) -> str:
    return with_short_names(jsmin(script))
