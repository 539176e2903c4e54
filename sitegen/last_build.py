"""What the last build was made of and what came of it: where all of that is as it was, nothing need be done at all."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING

from sitegen.config import packaged_theme
from sitegen.frame import Guests, frame_digest
from sitegen.generated_docs import are_as_written
from sitegen.kept import read_kept, write_kept
from sitegen.problems import Location, Problem
from sitegen.renderer import renderer_version

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sitegen.config import Settings
    from sitegen.publishing import Publication

_FILE = "last"
# The generated Markdown's record, in a state folder.
DOCS = "docs"


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build made; `rendered` pages were made anew, the others were there already. `size` is in bytes.

    `kinds` are for each of `file_kinds.KINDS` the number of its files and their bytes.
    """

    papers: int
    topics: int
    pages: int
    feeds: int
    files: int
    size: int
    rendered: int
    authority: str
    warnings: tuple[Problem, ...]
    kinds: Mapping[str, tuple[int, int]] = field(default_factory=dict)


def inputs_digest(settings: Settings, corpus: str) -> str:
    """Give a digest of all that a site is made of, `corpus` being that of its records; "" where it cannot be seen."""
    folders = (*settings.sources[1:], packaged_theme())
    frame = frame_digest(settings.config_file, folders, Guests(()), settings.site_url)
    told = (corpus, frame, renderer_version(), settings.site_url, repr(settings.repository), repr(settings.savings))
    return hashlib.blake2b(repr(told).encode(), digest_size=16).hexdigest() if frame else ""


def unchanged(settings: Settings, publication: Publication, inputs: str) -> Summary | None:
    """Give what the last build made where it was of the same, and its site and Markdown are as it left them."""
    state = publication.state_dir
    lines = read_kept(state / _FILE, renderer_version())
    told = json.loads(lines[0]) if lines and inputs else {}
    if not told or told["inputs"] != inputs or told["id"] != publication.id or not publication.intact:
        return None
    if settings.owns_docs and not are_as_written(settings.docs_dir, state / DOCS):
        return None
    warnings = tuple(Problem(Location(*place), *words) for place, words in told["warnings"])
    kinds = {kind: (files, size) for kind, (files, size) in told["kinds"].items()}
    return replace(Summary(**told["summary"], warnings=warnings, kinds=kinds), rendered=0)


def remember(publication: Publication, inputs: str, made: Summary) -> None:
    """Keep what a build was made of and what it made, under the name of its publication.

    Raises:
        SitegenError: it cannot be written.
    """
    summary = asdict(replace(made, warnings=(), kinds={}))
    del summary["warnings"], summary["kinds"]
    warnings = [
        ((one.location.path, one.location.line), (one.code, one.message, one.hint, one.severity))
        for one in made.warnings
    ]
    told = {"inputs": inputs, "id": publication.id, "summary": summary, "warnings": warnings, "kinds": dict(made.kinds)}
    write_kept(publication.state_dir / _FILE, renderer_version(), [json.dumps(told).encode()])
