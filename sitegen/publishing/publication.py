"""The recipe of a publication: hold the right to a site, build the next one beside it, exchange."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Self

from sitegen.output import make_folder, plain_errors, remove_anything
from sitegen.problems import SitegenError
from sitegen.publishing import under_way
from sitegen.publishing.assembly import Assembly
from sitegen.publishing.exchange import exchange, lock
from sitegen.publishing.files import Aside, AsideWriter, File, StageWriter, Written, content_digest
from sitegen.publishing.manifest import manifest_head, read_manifest, write_manifest
from sitegen.publishing.places import not_ours, refuse, refuse_foreign
from sitegen.publishing.published import Published
from sitegen.publishing.stage import Stage, survey_clock
from sitegen.publishing.under_way import SurveyUnderWay, TwinUnderWay

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from sitegen.publishing.survey import Survey
    from sitegen.publishing.tree import Tree


def _no_kind(_: str) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a publication changed: numbers of files that are new or differ, are as before, and are gone.

    `size` are the bytes of the whole site, `kinds` the number of files of each kind and their bytes.
    """

    written: int
    kept: int
    removed: int
    exchanged: bool
    size: int = field(default=0, compare=False)
    kinds: Mapping[str, tuple[int, int]] = field(default_factory=dict, compare=False)


class Publication:
    """The sole right to replace one site, from entering to leaving the context.

    `sources` are folders that the site may neither hold nor lie in; `project` is one that it may not hold. Entering
    raises SitegenError when another build has the right, or when `out` is not for sitegen to replace. It begins a
    survey of the site, of which all else here awaits the end.
    """

    def __init__(self, out: Path, project: Path | None = None, sources: Iterable[Path] = ()) -> None:
        self.out = Path(os.path.abspath(out))  # noqa: PTH100  Path.resolve would follow a link at the end
        self._named = out
        self._project = project
        self._sources = tuple(sources)
        self._state = self.out.with_name(f".{self.out.name}.sitegen")
        self._manifest = self._state / "live.manifest"
        self._aside = self._state / "aside"
        self._survey: SurveyUnderWay | None = None
        self._known: Published | None = None
        self._stage: Stage | None = None
        self._twin: TwinUnderWay | None = None
        self._lock = -1
        self._first = self._withdrawn = False

    def __enter__(self) -> Self:
        with plain_errors(self._state):
            refuse(self.out, self._named, self._project, self._sources)
            if self._state.is_symlink():
                raise SitegenError(f"{self._state} is a symbolic link; remove it")
            refuse_foreign(self.out, self._named, self._state)
            self._first = not self._state.exists()
            make_folder(self._state)
            self._lock = lock(self._state / "lock", self._named)
            try:
                _settle(self.out, self._state)
                self._begin_survey()
            except BaseException:
                os.close(self._lock)
                raise
        return self

    def __exit__(self, *_: object) -> None:
        if self._survey:
            self._survey.close()
        if self._twin:
            self._twin.close()
        shutil.rmtree(self._aside, ignore_errors=True)
        if self._first and self._withdrawn:
            remove_anything(self._state)
        os.close(self._lock)

    def withdraw(self) -> None:
        """Leave nothing behind where no publication was before: there is nothing sound to publish."""
        self._withdrawn = True

    @property
    def state_dir(self) -> Path:
        """The folder beside the site where builds keep what is not published."""
        return self._state

    @property
    def id(self) -> str:
        """The name of the last publication, which no other has: a digest of all that is remembered of it; "" for none.

        With `intact` it says that what was noted under this name is true of the site that is there.
        """
        head = manifest_head(self._manifest) if self.out.exists() else None
        return head.seal if head else ""

    @property
    def intact(self) -> bool:
        """Whether the site is exactly as the last publication left it: nothing touched, gone or strange."""
        if self._known is not None:
            return bool(self.id) and self._known.pure
        found = self._found()
        return found is not None and not found.wrong and not found.strangers

    def _begin_survey(self) -> None:
        """Begin to learn which files of the site are as the last publication left them, and if all else is too."""
        if not self.out.exists():
            self._known = Published()
        elif manifest_head(self._manifest):
            self._survey = SurveyUnderWay(self.out, self._manifest)
        elif any(self.out.iterdir()):
            raise not_ours(self._named)

    @property
    def _published(self) -> Published:
        """What there is of the published site, learned when first asked for; SitegenError when it is not sitegen's."""
        if self._known is None:
            self._known = self._awaited()
        return self._known

    def _found(self) -> Survey | None:
        with plain_errors(self.out):
            return self._survey.found() if self._survey else None

    def _awaited(self) -> Published:
        found = self._found()
        with plain_errors(self.out):
            tree = read_manifest(self._manifest) if found else None
            known = Published(tree, found.wrong, pure=not found.strangers) if found and tree else Published()
            if not len(known) and self.out.exists() and any(self.out.iterdir()):
                raise not_ours(self._named)
        return known

    def expect_change(self) -> None:
        """Begin to make a spare of a large site that has none: the first one to be changed after it was made clean."""
        head = manifest_head(self._manifest) if self.out.exists() else None
        if head and head.files >= under_way.PROCESS_FROM and not (self._state / "spare.manifest").exists():
            with plain_errors(self._state):
                self._twin = TwinUnderWay(self.out, self._state / "spare", self._lock)

    def holds(self, source: str) -> bool:
        """Tell whether the published site has all files that were made from this source, none touched since."""
        return self._published.holds(source)

    def writer(self, paths: Iterable[str]) -> StageWriter:
        """Give what other processes write files with, into the next site; the folders of these paths are made now."""
        with plain_errors(self._state):
            return self._opened_stage().writer(paths)

    def aside(self) -> AsideWriter:
        """Give what writes files before the stage is begun: a fork of this process may, for a time, in our place.

        It is then known what the site `holds`, so that the fork need not await it.
        """
        with plain_errors(self._aside):
            remove_anything(self._aside)
            make_folder(self._aside)
        _ = self._published
        return AsideWriter(str(self._aside))

    def publish(
        self, files: Iterable[File | Written], keep: Iterable[str] = (), kind: Callable[[str], str] = _no_kind
    ) -> Outcome:
        """Make the site hold these files and those kept as they are, and nothing else; one file is held at a time.

        `keep` are sources that the site `holds` (else KeyError), of which all files stay; `kind` names the kind of
        file at a path, at most 256 of them. Raises SitegenError; whatever is raised, by `files` too, the old site
        stays whole. Where nothing differs it is not touched at all.
        """
        with self._failing_clean():
            plan = Assembly(self._published, keep, kind)
            for file in files:
                self._take(plan, file)
            exchanged = bool(plan.written or plan.removed or not self._published.pure)
            tree = self._replace(plan) if exchanged else self._record(plan)
        return Outcome(plan.written, plan.kept, plan.removed, exchanged, sum(tree.sizes), tree.sizes_by_kind())

    @contextmanager
    def _failing_clean(self) -> Iterator[None]:
        """Remove the stage where anything fails: the rest of a failed build would keep a full disk full."""
        try:
            yield
        except BaseException:
            if self._stage is not None:
                shutil.rmtree(self._stage.root, ignore_errors=True)
            raise
        finally:
            self._stage = None

    def _take(self, plan: Assembly, file: File | Written) -> None:
        """Plan a file, and write it where the published site has not its bytes and nobody has written it yet."""
        if isinstance(file, Aside):
            if not plan.add(file, staged=False):
                self._opened_stage().take_in(file)
        elif isinstance(file, Written):
            plan.add(file, staged=True)
        elif not plan.add(Written(file.path, file.source, content_digest(file.body), len(file.body)), staged=False):
            self._opened_stage().put(file.path, file.body)

    def _opened_stage(self) -> Stage:
        if self._stage is None:
            twin, self._twin = self._twin, None
            self._stage = Stage(self._state, self._published.tree, twin=twin is not None and twin.made())
        return self._stage

    def _record(self, plan: Assembly) -> Tree:
        """Remember what unchanged files were rendered from, where only that has changed."""
        if not plan.differs:
            return self._published.tree
        tree, _ = plan.finished()
        tree.stamps = self._published.tree.stamps
        with plain_errors(self._state):
            write_manifest(self._manifest, tree, self.out.stat().st_ino)
        self._known = Published(tree)
        return tree

    def _replace(self, plan: Assembly) -> Tree:
        """Complete the stage from the published site, verify it and let the two change places."""
        with plain_errors(self._state):
            stage = self._opened_stage()
            tree, staged = plan.finished()
            stage.complete(tree, staged, self.out)
            stage.verify(tree, staged, self.out)
            write_manifest(self._state / "stage.manifest", tree, stage.root.stat().st_ino)
            if self.out.exists():
                exchange(stage.root, self.out, self._state / "between")
            else:
                stage.root.rename(self.out)
            _settle(self.out, self._state)
        self._known = Published(tree)
        return tree


def _settle(out: Path, state: Path) -> None:
    """Bring folders and manifests to rest after an exchange, be it done just now or by a build that was killed."""
    between, live, stage = state / "between", state / "live.manifest", state / "stage.manifest"
    survey_clock(state).unlink(missing_ok=True)
    if between.exists():
        place = state / "spare" if out.exists() else out
        remove_anything(place)
        between.rename(place)
    head = manifest_head(stage)
    if head and out.exists() and head.root == out.stat().st_ino:
        if live.exists():
            live.replace(state / "spare.manifest")
        stage.replace(live)
    stage.unlink(missing_ok=True)
