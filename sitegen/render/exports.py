"""Papers to files for citing and computing: the table of which format is written by whom."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sitegen.formats import bibtex_out, csl_out, csv_out, own_json, ris_out
from sitegen.output import Output
from sitegen.problems import SitegenError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sitegen.formats.cited import Cited
    from sitegen.pages import ExportPage


@dataclass(frozen=True, slots=True)
class Export:
    """One format going out: its name on the command line, its files' extension, its media type, its writer."""

    name: str
    extension: str
    media_type: str
    dump: Callable[[Sequence[Cited]], bytes]


def _encoded(dump: Callable[[Sequence[Cited]], str]) -> Callable[[Sequence[Cited]], bytes]:
    return lambda papers: dump(papers).encode()


def _own_json(papers: Sequence[Cited]) -> bytes:
    return own_json.dump([one.paper for one in papers], {one.paper.id: one.url for one in papers})


EXPORTS = (
    Export("json", ".json", "application/json", _own_json),
    Export("csv", ".csv", "text/csv", _encoded(csv_out.dump)),
    Export("bibtex", ".bib", "application/x-bibtex", _encoded(bibtex_out.dump)),
    Export("ris", ".ris", "application/x-research-info-systems", _encoded(ris_out.dump)),
    Export("csl-json", ".csl.json", "application/vnd.citationstyles.csl+json", _encoded(csl_out.dump)),
)


def export_named(name: str) -> Export:
    """Give the format of that name; an unknown one is a SitegenError that lists those known."""
    for known in EXPORTS:
        if known.name == name:
            return known
    raise SitegenError(f"the format must be one of {', '.join(known.name for known in EXPORTS)}, not {name!r}")


def export_paths(page: ExportPage) -> tuple[str, ...]:
    """Give the paths of the files that `render_exports` makes of a page, in the same order."""
    return tuple(page.path + export_named(name).extension for name in page.formats)


def render_exports(page: ExportPage) -> tuple[Output, ...]:
    """Give the files of a page, one for each of its formats; they are UTF-8."""
    short = [replace(one, paper=replace(one.paper, abstract="")) for one in page.papers] if page.brief else []
    return tuple(
        Output(path, export_named(name).dump(short if name in page.brief else page.papers))
        for name, path in zip(page.formats, export_paths(page), strict=True)
    )
