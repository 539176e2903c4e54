"""Places where a site may not be put, for a whole folder is replaced there."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.problems import SitegenError

if TYPE_CHECKING:
    from collections.abc import Iterable


def refuse(out: Path, named: Path, project: Path | None, sources: Iterable[Path]) -> None:
    """Raise SitegenError for a place where a whole folder must not be replaced."""
    advice = "choose another --out"
    if out.is_symlink():
        raise SitegenError(f"{named} is a symbolic link; {advice}")
    if out.exists() and not out.is_dir():
        raise SitegenError(f"{named} is not a folder; {advice}")
    real = out.resolve()
    lent = [folder.resolve() for folder in sources]
    home = Path(os.path.expanduser("~"))  # noqa: PTH111  Path.home raises where there is none
    for folder in (Path.cwd(), home, *([project] if project else []), *lent):
        if folder.resolve().is_relative_to(real):
            raise SitegenError(f"{named} is or holds {folder}, which a site cannot replace; {advice}")
    for folder in lent:
        if real.is_relative_to(folder):
            raise SitegenError(f"{named} lies in {folder}, which a site is made from; {advice}")
    if (out / ".git").exists():
        raise SitegenError(f"{named} is a git work tree, which a site cannot replace; {advice}")


def refuse_foreign(out: Path, named: Path, state: Path) -> None:
    """Raise SitegenError where a folder has content and no state beside it, before any state is made."""
    if out.exists() and any(out.iterdir()) and not state.exists():
        raise not_ours(named)


def not_ours(named: Path) -> SitegenError:
    """Give the error for a folder that sitegen did not make."""
    return SitegenError(f"{named} was not made by sitegen; remove it or choose another --out")
