"""Where the records are kept, so that readers can correct them: the addresses of editor and issue forms."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode, urlsplit

from sitegen.problems import SitegenError

if TYPE_CHECKING:
    from sitegen.model import Origin

# What stands between a repository and a branch in the address of the editor; GitHub's way where nothing is known.
_EDITORS = {"gitlab.com": "-/edit", "codeberg.org": "_edit"}


@dataclass(frozen=True, slots=True)
class Repository:
    """The address of a repository's editor at one branch ("https://github.com/o/n/edit/main/"), and its folder here.

    `issues` is where an issue is begun with a form, "" on hosts that have no forms.
    """

    editor: str
    folder: Path
    issues: str = ""

    def edit_address(self, origin: Origin) -> str:
        """Give the address at which a record's file is edited, "" for a file outside the repository."""
        path = Path(os.path.abspath(origin.path))  # noqa: PTH100 (without "..", and without a look at the disk)
        return self.editor + quote(path.relative_to(self.folder).as_posix()) if path.is_relative_to(self.folder) else ""

    def correction_form(self, name: str) -> str:
        """Give the address of the form that says what is wrong with the paper of an id, which stands in it already."""
        return self._form(template="correct-a-paper.yml", title=f"Correct {name}", paper=name)

    def addition_form(self) -> str:
        """Give the address of the form into which papers are pasted."""
        return self._form(template="add-papers.yml")

    def _form(self, **fields: str) -> str:
        return f"{self.issues}?{urlencode(fields, quote_via=quote)}" if self.issues else ""


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
    host = urlsplit(bare).hostname or ""
    issues = f"{bare}/issues/new" if host == "github.com" else ""
    return Repository(f"{bare}/{_EDITORS.get(host, 'edit')}/{branch}/", folder.resolve(), issues)
