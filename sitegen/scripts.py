"""The site's scripts, small: stock lunr.js and the search's own modules in one file, and the others one by one.

The modules stay readable where they are written, in theme/assets/; what is published is one request, without comments
and spaces. Names are kept, so that what a browser reports can be found in the modules.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from rjsmin import jsmin

from sitegen.output import Output
from sitegen.problems import SitegenError

if TYPE_CHECKING:
    from collections.abc import Mapping

LUNR, APP, ENTRY = "assets/lunr.js", "assets/search-app.js", "assets/search.js"

_NAMES = r"\{([\w$\s,]*)\}"
_IMPORT = re.compile(rf'^import {_NAMES} from "\./([\w.-]+)";\n', re.MULTILINE)
_EXPORTED_LIST = re.compile(rf"^export {_NAMES};\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async function|function|class|const|let) )", re.MULTILINE)
_NOT_UNDERSTOOD = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)
_DECLARED = re.compile(
    r"^(export )?(?:async function|function|class|const|let|var)\b[ *]*([\w$]+|[{\[][\w$\s,]*[}\]])", re.MULTILINE
)
_NAME = re.compile(r"[\w$]+")
_FIRST_COMMENT = re.compile(r"\s*(/\*.*?\*/)", re.DOTALL)


def is_search_module(path: str) -> bool:
    """Tell whether a file of the theme is a module that is published as a part of APP alone."""
    return path.startswith("assets/search-") and path.endswith(".js")


def is_own_script(path: str) -> bool:
    """Tell whether a file of the theme is a script of ours; Material's lie in folders of their own."""
    return path.endswith(".js") and path.rpartition("/")[0] == "assets"


def small_script(path: str, source: str) -> Output:
    """Give a script without comments and spaces."""
    return Output(path, f"{jsmin(source)}\n".encode())


def lunr_js() -> Output:
    """Give stock lunr.js 2.3.9 from the installed MkDocs, made small, its licence kept."""
    return Output(LUNR, _small_lunr())


@cache
def _small_lunr() -> bytes:
    stock = files("mkdocs").joinpath("contrib/search/templates/search/lunr.js").read_text("utf-8")
    licence = _FIRST_COMMENT.match(stock)
    return f"{licence[1] if licence else ''}\n{jsmin(stock)}\n".encode()


def search_app(modules: Mapping[str, str], entry: str) -> Output:
    """Give the modules, by path ("assets/search-x.js"), as one module that exports what `entry` names of theirs.

    Raises SitegenError for what cannot be put together: a name declared twice, an import of what nobody exports.
    """
    parts = {path: _parsed(path, text) for path, text in modules.items()}
    _refuse_name_twice(parts)
    for path, part in parts.items():
        for target, names in part.imports:
            missing = names - parts[target].exports if target in parts else names
            if missing:
                raise SitegenError(f"{path} imports {min(missing)} from {target}, which does not export it")
    named = set(_NAME.findall(entry))
    exports = sorted({name for part in parts.values() for name in part.exports} & named)
    bodies = [parts[path].body for path in _in_order(parts)]
    return Output(APP, f"{jsmin(''.join(bodies))}\nexport{{{','.join(exports)}}};\n".encode())


@dataclass(frozen=True, slots=True)
class _Module:
    """A module without its imports and exports, and these apart; imports are pairs of path and names."""

    body: str
    imports: tuple[tuple[str, frozenset[str]], ...]
    exports: frozenset[str]
    declared: tuple[str, ...]


def _parsed(path: str, text: str) -> _Module:
    folder = posixpath.dirname(path)
    text = text.rstrip("\n") + "\n"
    imports = tuple((f"{folder}/{file}", _names(names)) for names, file in _IMPORT.findall(text))
    declared = [(bool(export), name) for export, names in _DECLARED.findall(text) for name in _NAME.findall(names)]
    listed = frozenset[str]().union(*map(_names, _EXPORTED_LIST.findall(text)))
    body = _EXPORT.sub("", _EXPORTED_LIST.sub("", _IMPORT.sub("", text)))
    strange = _NOT_UNDERSTOOD.search(body)
    if strange:
        raise SitegenError(
            f"{path}: {strange[0]!r} cannot be put into one file with other modules",
            'write `import { a, b } from "./search-x.js";`, `export function`, `export class` or `export { a };`',
        )
    exports = listed | {name for exported, name in declared if exported}
    return _Module(body, imports, exports, tuple(name for _, name in declared))


def _names(text: str) -> frozenset[str]:
    return frozenset(_NAME.findall(text))


def _refuse_name_twice(parts: Mapping[str, _Module]) -> None:
    """Raise SitegenError where two modules declare the same name, for in one file they would be one."""
    owners: dict[str, str] = {}
    for path, part in parts.items():
        for name in part.declared:
            if name in owners:
                raise SitegenError(
                    f"{owners[name]} and {path} both declare {name} at their top level", "give one of them another name"
                )
            owners[name] = path


def _in_order(parts: Mapping[str, _Module]) -> list[str]:
    """Give the paths so that every module comes after those that it imports from; SitegenError for a circle."""
    ordered: list[str] = []

    def visit(path: str, above: tuple[str, ...]) -> None:
        if path in above:
            raise SitegenError(f"{' imports from '.join((*above[above.index(path) :], path))}: a circle")
        if path not in ordered:
            for target, _ in parts[path].imports:
                visit(target, (*above, path))
            ordered.append(path)

    for path in sorted(parts):
        visit(path, ())
    return ordered
