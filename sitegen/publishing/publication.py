"""The recipe of a publication: hold the right to a site, build the next one beside it, exchange."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Self

from sitegen.output import PlannedPaths, make_folder, plain_errors, remove_anything
from sitegen.problems import SitegenError
from sitegen.publishing.exchange import exchange, lock
from sitegen.publishing.manifest import ANY_TIME, Entry, manifest_root, read_manifest, survey, write_manifest
from sitegen.publishing.stage import File, Stage, StageWriter, Written

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a publication changed: numbers of files that are new or differ, are as before, and are gone.

    `size` are the bytes of the whole site.
    """

    written: int
    kept: int
    removed: int
    exchanged: bool
    size: int = field(default=0, compare=False)


class Publication:
    """The sole right to replace one site, from entering to leaving the context.

    `sources` are folders that the site may neither hold nor lie in; `project` is one that it may not hold. Entering
    raises SitegenError when another build has the right, or when `out` is not for sitegen to replace.
    """

    def __init__(self, out: Path, project: Path | None = None, sources: Iterable[Path] = ()) -> None:
        self.out = Path(os.path.abspath(out))  # noqa: PTH100  Path.resolve would follow a link at the end
        self._named = out
        self._project = project
        self._sources = tuple(sources)
        self._state = self.out.with_name(f".{self.out.name}.sitegen")
        self._live: dict[str, Entry] = {}
        self._pure = False
        self._made: dict[str, list[str]] = {}
        self._stage: Stage | None = None
        self._lock = -1

    def __enter__(self) -> Self:
        with plain_errors(self._state):
            _refuse(self.out, self._named, self._project, self._sources)
            if self._state.is_symlink():
                raise SitegenError(f"{self._state} is a symbolic link; remove it")
            _refuse_foreign(self.out, self._named, self._state)
            make_folder(self._state)
            self._lock = lock(self._state / "lock", self._named)
            try:
                _settle(self.out, self._state)
                self._survey_live()
            except BaseException:
                os.close(self._lock)
                raise
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._lock)

    @property
    def state_dir(self) -> Path:
        """The folder beside the site where builds keep what is not published."""
        return self._state

    def _survey_live(self) -> None:
        """Learn which files of the published site are as the last publication left them, and if all else is too."""
        recorded = read_manifest(self._state / "live.manifest")
        if not self.out.exists():
            return
        live, strangers = survey(self.out, recorded, modes=True)
        self._know(live, {entry.source for path, entry in recorded.items() if path not in live})
        self._pure = not strangers and len(live) == len(recorded)
        if not self._live and any(self.out.iterdir()):
            raise _not_ours(self._named)

    def made_from(self, source: str) -> tuple[str, ...]:
        """Give the paths of all files that the published site has from this source; none if one was touched since."""
        return tuple(self._made.get(source, ()))

    def _know(self, live: dict[str, Entry], torn: Container[str] = ()) -> None:
        """Take these for what the published site holds; of what was made from torn sources something is missing."""
        self._live, self._made = live, {}
        for path, entry in live.items():
            if entry.source not in torn:
                self._made.setdefault(entry.source, []).append(path)

    def writer(self, paths: Iterable[str]) -> StageWriter:
        """Give what other processes write files with, into the next site; the folders of these paths are made now."""
        with plain_errors(self._state):
            self._stage = self._stage or Stage(self._state)
            return self._stage.writer(paths)

    def publish(self, files: Iterable[File | Written], keep: Iterable[str] = ()) -> Outcome:
        """Make the site hold these files and those kept as they are, and nothing else; one file is held at a time.

        `keep` are paths that `made_from` gave (else KeyError). Raises SitegenError; whatever is raised, by
        `files` too, the old site stays whole. Where nothing differs it is not touched at all.
        """
        stage, self._stage = self._stage, None
        paths = PlannedPaths()
        planned: dict[str, Entry] = {}
        try:
            for file in files:
                paths.add(file.path)
                if isinstance(file, Written):
                    planned[file.path] = Entry(file.source, file.content, file.size, ANY_TIME)
                    stage = stage or Stage(self._state)
                    stage.note(file)
                    continue
                content = sha256(file.body).hexdigest()
                planned[file.path] = Entry(file.source, content, len(file.body), ANY_TIME)
                if not self._is_live(file.path, content):
                    stage = stage or Stage(self._state)
                    stage.put(file.path, content, file.body)
            for path in keep:
                paths.add(path)
                planned[path] = self._live[path]
            outcome = self._outcome(planned)
            if outcome.exchanged:
                self._replace(stage or Stage(self._state), planned)
            else:
                self._record(planned)
        except BaseException:
            # The rest of a failed build would keep a full disk full.
            if stage is not None:
                shutil.rmtree(stage.root, ignore_errors=True)
            raise
        return outcome

    def _is_live(self, path: str, content: str) -> bool:
        """Tell whether the published site has this file with these bytes."""
        return path in self._live and self._live[path].content == content

    def _outcome(self, planned: Mapping[str, Entry]) -> Outcome:
        """Count what differs from the published site."""
        kept = sum(self._is_live(path, entry.content) for path, entry in planned.items())
        written, removed = len(planned) - kept, sum(path not in planned for path in self._live)
        size = sum(entry.size for entry in planned.values())
        return Outcome(written, kept, removed, exchanged=bool(written or removed or not self._pure), size=size)

    def _record(self, planned: Mapping[str, Entry]) -> None:
        """Remember what unchanged files were rendered from, where only that has changed."""
        renewed = {path: self._live[path]._replace(source=entry.source) for path, entry in planned.items()}
        if renewed != self._live:
            with plain_errors(self._state):
                write_manifest(self._state / "live.manifest", renewed, self.out.stat().st_ino)
            self._know(renewed)

    def _replace(self, stage: Stage, planned: dict[str, Entry]) -> None:
        """Complete the stage from the published site, verify it and let the two change places."""
        for path, entry in planned.items():
            if not stage.holds(path, entry.content):
                stage.copy(self.out, path, entry.content)
        with plain_errors(self._state):
            verified = stage.verify(planned)
            write_manifest(self._state / "stage.manifest", verified, stage.root.stat().st_ino)
            if self.out.exists():
                exchange(stage.root, self.out, self._state / "between")
            else:
                stage.root.rename(self.out)
            _settle(self.out, self._state)
        self._know(verified)
        self._pure = True


def _settle(out: Path, state: Path) -> None:
    """Bring folders and manifests to rest after an exchange, be it done just now or by a build that was killed."""
    between, live, stage = state / "between", state / "live.manifest", state / "stage.manifest"
    if between.exists():
        place = state / "spare" if out.exists() else out
        remove_anything(place)
        between.rename(place)
    if out.exists() and manifest_root(stage) == out.stat().st_ino:
        if live.exists():
            live.replace(state / "spare.manifest")
        stage.replace(live)
    stage.unlink(missing_ok=True)


def _refuse(out: Path, named: Path, project: Path | None, sources: Iterable[Path]) -> None:
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


def _refuse_foreign(out: Path, named: Path, state: Path) -> None:
    """Raise SitegenError where a folder has content and no state beside it, before any state is made."""
    if out.exists() and any(out.iterdir()) and not state.exists():
        raise _not_ours(named)


def _not_ours(named: Path) -> SitegenError:
    return SitegenError(f"{named} was not made by sitegen; remove it or choose another --out")
