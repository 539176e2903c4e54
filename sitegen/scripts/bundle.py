"""Modules in one file: the imports and exports of ES modules resolved for the few forms that the site's own use."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sitegen.problems import SitegenError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_NAMES = r"\{([\w$\s,]*)\}"
_IMPORT = re.compile(rf'^import {_NAMES} from "\./([\w.-]+)";\n', re.MULTILINE)
_PART = re.compile(r'^import "\./([\w.-]+)";\n', re.MULTILINE)
_EXPORTED_LIST = re.compile(rf"^export {_NAMES};\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async function|function|class|const|let) )", re.MULTILINE)
_NOT_UNDERSTOOD = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)
_DECLARED = re.compile(
    r"^(export )?(?:async function|function|class|const|let|var)\b[ *]*([\w$]+|[{\[][\w$\s,]*[}\]])", re.MULTILINE
)
_NAME = re.compile(r"[\w$]+")


def bundled(modules: Mapping[str, str], entry: str) -> str:
    """Give the modules, by path, as one module that exports what `entry` names of theirs, as `export{a as a}`.

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
    return f"{''.join(bodies)}{_exporting(exports)}"


def parts_of(path: str, text: str) -> tuple[str, ...]:
    """Give the paths of the scripts that one imports for what they do (`import "./x.js";`), in their order."""
    return tuple(posixpath.join(posixpath.dirname(path), file) for file in _PART.findall(text))


def joined(path: str, text: str, modules: Mapping[str, str]) -> str:
    """Give a script and its parts, by path, as one module: each part keeps its names to itself but what it exports.

    Raises SitegenError for a part that cannot be put together with others, or one whose exports have another's names.
    """
    parts = {part: _parsed(part, modules[part]) for part in parts_of(path, text)}
    open_parts = {part: found for part, found in parts.items() if found.exports}
    _refuse_name_twice(open_parts)
    for part, found in parts.items():
        if found.imports:
            raise SitegenError(f"{part} imports from {found.imports[0][0]}, and is a part of {path}")
    bodies = [found.body if part in open_parts else f"{{\n{found.body}}}\n" for part, found in parts.items()]
    exports = sorted({name for found in open_parts.values() for name in found.exports})
    return f"{''.join(bodies)}{_PART.sub('', text)}{_exporting(exports)}"


def _exporting(names: Sequence[str]) -> str:
    return f"export{{{','.join(f'{name} as {name}' for name in names)}}};\n"


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
