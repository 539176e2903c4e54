"""Short names for what a script declares, and no sign more than it needs.

A name gets a short one where it is declared in the script itself; a name that is also used where nothing declares it is
kept everywhere, and so are properties, but for private ones. No scope may look into another by other means: no `eval`,
no `with`, no `var` that has the name of something outside and default values of parameters beside it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import count, product
from typing import TYPE_CHECKING, TypeVar

from sitegen.scripts.syntax import descendants, edited, parsed, text_of

if TYPE_CHECKING:
    from collections.abc import Container, Hashable, Iterable, Iterator

    from tree_sitter import Node

    from sitegen.scripts.syntax import Edit

_LETTERS = "etnirsoalchudfpgmbvwykxqzj"  # the frequent ones first: what comes often anyhow compresses best
_Key = TypeVar("_Key", bound="Hashable")

_FUNCTIONS = frozenset(
    "arrow_function class_static_block function_declaration function_expression generator_function "
    "generator_function_declaration method_definition".split()
)
_BLOCKS = frozenset(
    "catch_clause class class_declaration for_in_statement for_statement statement_block switch_body".split()
)
_NAMED_OUTSIDE = frozenset({"class_declaration", "function_declaration", "generator_function_declaration"})
_NAMED_INSIDE = frozenset({"class", "function_expression", "generator_function"})
_DECLARATIONS = frozenset({"lexical_declaration", "variable_declaration"})
_SHORTHANDS = frozenset({"shorthand_property_identifier", "shorthand_property_identifier_pattern"})
_NAMES = _SHORTHANDS | {"identifier"}
_PRIVATE = "private_property_identifier"
_STATEMENTS = _DECLARATIONS | {"expression_statement", "return_statement", "throw_statement"}
_RESERVED = frozenset("as do for get if in let new of set try var".split())  # the longer ones come after 100,000 names


def with_short_names(script: str) -> str:
    """Give a script, or a module without imports, that does the same; SitegenError for what is no JavaScript.

    Comments must be gone, and names that a module exports must have another beside them: `export{a as a}`.
    """
    source = script.encode()
    root = parsed(source)
    nodes = list(descendants(root))
    edits = [*_shortened(root), *_shortened_private(nodes), *_superfluous(nodes, source)]
    return edited(source, edits).decode()


@dataclass(slots=True, eq=False)
class _Scope:
    """What a function, a block or the whole script declares; `used` are its names in the order of their first use."""

    above: _Scope | None
    is_function: bool
    declared: set[str] = field(default_factory=set)
    used: dict[str, int] = field(default_factory=dict)
    first: int = 0

    def function(self) -> _Scope:
        return self if self.is_function or not self.above else self.above.function()

    def owner(self, name: str) -> _Scope | None:
        """Give the scope that a name in this one belongs to, None where nothing declares it."""
        if name in self.declared:
            return self
        return self.above.owner(name) if self.above else None


def _shortened(root: Node) -> Iterator[Edit]:
    """Number the names of a scope after those of the scopes around it; the numbers used most get the shortest names."""
    scopes, uses = _read(root)
    owned = [(node, text_of(node), scope.owner(text_of(node))) for node, scope in uses]
    kept = {name for _, name, owner in owned if not owner}
    numbered = [(node, name, owner) for node, name, owner in owned if owner and name not in kept]
    for _, name, owner in numbered:
        owner.used.setdefault(name, len(owner.used))
    for scope in scopes:
        scope.first = scope.above.first + len(scope.above.used) if scope.above else 0
    numbers = [owner.first + owner.used[name] for _, name, owner in numbered]
    short = _assigned(numbers, kept | _RESERVED)
    for (node, name, _), number in zip(numbered, numbers, strict=True):
        other = f"{name}:{short[number]}" if node.type in _SHORTHANDS else short[number]
        yield node.start_byte, node.end_byte, other.encode()


def _shortened_private(all_nodes: list[Node]) -> Iterator[Edit]:
    """All classes share the short names of private properties."""
    nodes = [node for node in all_nodes if node.type == _PRIVATE]
    short = _assigned(map(text_of, nodes), frozenset())
    for node in nodes:
        yield node.start_byte, node.end_byte, f"#{short[text_of(node)]}".encode()


def _assigned(keys: Iterable[_Key], taken: Container[str]) -> dict[_Key, str]:
    """Give each key a name of its own, the shortest to the one that is there most often, equals in their order."""
    free = (name for name in _short_names() if name not in taken)
    return {key: next(free) for key, _ in Counter(keys).most_common()}


def _short_names() -> Iterator[str]:
    for length in count(1):
        yield from map("".join, product(_LETTERS + _LETTERS.upper(), repeat=length))


def _read(root: Node) -> tuple[list[_Scope], list[tuple[Node, _Scope]]]:
    """Give all scopes, outer ones before inner ones, and each name's node with the scope in which it stands."""
    scopes = [_Scope(None, is_function=True)]
    uses = []
    waiting = [(root, scopes[0])]
    while waiting:
        node, scope = waiting.pop()
        if node.type in _NAMES:
            uses.append((node, scope))
            continue
        if node.type in _NAMED_OUTSIDE:
            scope.declared.update(_bound(node.child_by_field_name("name")))
        if node.type in _FUNCTIONS or node.type in _BLOCKS:
            scope = _Scope(scope, node.type in _FUNCTIONS)
            scopes.append(scope)
        _declare(node, scope)
        below = node.named_children[:1] if node.type == "export_specifier" else node.named_children
        waiting.extend((child, scope) for child in reversed(below))
    return scopes, uses


def _declare(node: Node, scope: _Scope) -> None:
    """Tell a scope what a node declares in it, or, with `var`, in the function around it."""
    if node.type in _NAMED_INSIDE:
        scope.declared.update(_bound(node.child_by_field_name("name")))
    if node.type in _FUNCTIONS or node.type == "catch_clause":
        for name in ("parameters", "parameter"):
            scope.declared.update(_bound(node.child_by_field_name(name)))
    if node.type in _DECLARATIONS:
        owner = scope.function() if node.type == "variable_declaration" else scope
        for declarator in node.named_children:
            owner.declared.update(_bound(declarator.child_by_field_name("name")))
    if node.type == "for_in_statement" and (kind := node.child_by_field_name("kind")):
        owner = scope.function() if text_of(kind) == "var" else scope
        owner.declared.update(_bound(node.child_by_field_name("left")))


def _bound(pattern: Node | None) -> Iterator[str]:
    """Give the names that a pattern binds: `{ a, b: [c], ...d }` binds a, c and d; default values bind none."""
    if pattern is None:
        return
    if pattern.type in _NAMES:
        yield text_of(pattern)
    elif pattern.type in {"assignment_pattern", "object_assignment_pattern"}:
        yield from _bound(pattern.child_by_field_name("left"))
    elif pattern.type == "pair_pattern":
        yield from _bound(pattern.child_by_field_name("value"))
    else:
        for child in pattern.named_children:
            yield from _bound(child)


def _superfluous(nodes: list[Node], source: bytes) -> Iterator[Edit]:
    """Semicolons and commas before a closing bracket, and brackets around an only parameter."""
    for node in nodes:
        if node.type == ";":
            if node.parent and node.parent.type in _STATEMENTS and source[node.end_byte : node.end_byte + 1] == b"}":
                yield node.start_byte, node.end_byte, b""
        elif node.type == ",":
            before, after = node.prev_sibling, node.next_sibling
            if before and before.is_named and after and after.type in {"}", "]", ")"}:
                yield node.start_byte, node.end_byte, b""
        elif node.type == "arrow_function" and (only := _only_parameter(node)):
            word_before = source[only.start_byte - 1 : only.start_byte].isalpha()
            yield only.start_byte, only.start_byte + 1, b" " if word_before else b""
            yield only.end_byte - 1, only.end_byte, b""


def _only_parameter(arrow: Node) -> Node | None:
    """Give the "(name)" of an arrow function that has no other parameters."""
    parameters = arrow.child_by_field_name("parameters")
    if parameters and [child.type for child in parameters.children] == ["(", "identifier", ")"]:
        return parameters
    return None
