"""Where the records are kept, so that readers can correct them: the address of a record in its editor."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from sitegen.problems import SitegenError

if TYPE_CHECKING:
    from sitegen.model import Origin

# What stands between a repository and a branch in the address of the editor; GitHub's way where nothing is known.
_EDITORS = {"gitlab.com": "-/edit", "codeberg.org": "_edit"}


@dataclass(frozen=True, slots=True)
class Repository:
    """The address of a repository's editor at one branch ("https://github.com/o/n/edit/main/"), and its folder here."""

    editor: str
    folder: Path

    def edit_address(self, origin: Origin) -> str:
        """Give the address at which a record's file is edited, "" for a file outside the repository."""
        path = Path(os.path.abspath(origin.path))  # noqa: PTH100 (without "..", and without a look at the disk)
        return self.editor + quote(path.relative_to(self.folder).as_posix()) if path.is_relative_to(self.folder) else ""


def repository_of(extra: object, place: str, folder: Path) -> Repository | None:
    """Read `repository` and `branch` of what mkdocs.yml says under `extra`; None where no repository is named.

    Raises:
        SitegenError: it is not the address of a repository, or the branch is no name.
    """
    found = extra if isinstance(extra, dict) else {}
    address, branch = str(found.get("repository") or ""), str(found.get("branch") or "main")
    if not address:
        return None
    if not re.fullmatch(r"https://[A-Za-z0-9.-]+(:[0-9]+)?(/[A-Za-z0-9._~-]+){2,}/?", address):
        raise SitegenError(
            f"{place}: extra.repository must be an address like https://github.com/owner/name, not {address!r}"
        )
    if not re.fullmatch(r"[A-Za-z0-9._/-]+", branch):
        raise SitegenError(f"{place}: extra.branch must be the name of a branch, not {branch!r}")
    bare = address.rstrip("/").removesuffix(".git")
    return Repository(f"{bare}/{_EDITORS.get(urlsplit(bare).hostname or '', 'edit')}/{branch}/", folder.resolve())
