"""What a site leaves out in order to be small: the plugin's options in mkdocs.yml, `compact` and `siblings`."""

from __future__ import annotations

from dataclasses import dataclass

from sitegen.problems import SitegenError

# From so many papers on pages are compact by themselves: of 50,000 papers the others alone take most of the gigabyte
# that GitHub Pages gives.
COMPACT_FROM = 20_000
# The formats of the files that may stand beside the page of a paper, by their names on the command line, and of those
# that do unless others are asked for: a table of one row says nothing that the others do not.
SIBLINGS = ("bibtex", "ris", "csl-json", "csv", "json")
USUAL = ("bibtex", "ris", "csl-json", "json")


@dataclass(frozen=True, slots=True)
class Savings:
    """Whether pages of papers are compact, None for where there are very many, and which files stand beside them."""

    compact: bool | None = None
    siblings: tuple[str, ...] = USUAL

    def makes_compact(self, papers: int) -> bool:
        """Tell whether the pages of so many papers are compact."""
        return papers >= COMPACT_FROM if self.compact is None else self.compact


def savings_of(plugins: object, place: str) -> Savings:
    """Read what mkdocs.yml says under `plugins` of the plugin sitegen.

    Raises:
        SitegenError: an option is not what it may be.
    """
    options = _options(plugins)
    return Savings(_compact(options.get("compact", "auto"), place), _siblings(options.get("siblings", True), place))


def _options(plugins: object) -> dict[object, object]:
    """Give the plugin's options: MkDocs takes a list of names, each alone or with its options, or a mapping."""
    named = plugins if isinstance(plugins, list) else [plugins]
    found = (plugin["sitegen"] for plugin in named if isinstance(plugin, dict) and "sitegen" in plugin)
    options = next(found, None)
    return options if isinstance(options, dict) else {}


def _compact(value: object, place: str) -> bool | None:
    if value != "auto" and not isinstance(value, bool):
        raise SitegenError(f"{place}: compact must be auto, true or false, not {value!r}")
    return value if isinstance(value, bool) else None


def _siblings(value: object, place: str) -> tuple[str, ...]:
    if isinstance(value, bool):
        return USUAL if value else ()
    names = value if isinstance(value, list) else [value]
    for name in names:
        if name not in SIBLINGS:
            known = ", ".join(SIBLINGS)
            raise SitegenError(f"{place}: siblings must be true, false or a list of {known}, not {name!r}")
    return tuple(name for name in SIBLINGS if name in names)
