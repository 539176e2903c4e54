"""Pages rendered by somebody else's workers: the same bytes, whoever of them dies, or plain words."""

from __future__ import annotations

import json
import shutil
import socket
import sys
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from cluster import WORKER, Cluster, cluster
from projects import COMMAND, ROOT, SITE_URL, make_project, run, tree

from sitegen import executors
from sitegen.build import build
from sitegen.config import settings_of
from sitegen.executors import engine_named
from sitegen.problems import SitegenError
from sitegen.rendering import Engine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sitegen.rendering import Progress


def silent(*_: object) -> None:
    pass


@pytest.fixture
def project(seed_projects: dict[str, Path], tmp_path: Path) -> Path:
    """This project's corpus, its frame and related papers known from a build, without its site."""
    left = shutil.ignore_patterns("site", "spare", "*.manifest")
    return shutil.copytree(seed_projects[SITE_URL], tmp_path / "project", ignore=left)


@pytest.fixture
def at_two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A cluster of two workers."""
    with cluster(tmp_path_factory.mktemp("cluster"), 2) as made:
        yield made


def built_at(place: str, project: Path, progress: Progress = silent) -> None:
    with engine_named(f"dask://{place}") as engine:
        build(settings_of(project / "mkdocs.yml"), 1, progress, engine)


# ---- any executor ---------------------------------------------------------------------------------------------------


class Watched(ThreadPoolExecutor):
    """Threads that remember how many batches were ever with them at once."""

    with_them = most = 0

    def submit(self, *words: Any, **options: Any) -> Future[Any]:
        future: Future[Any] = super().submit(*words, **options)
        self.with_them += 1
        self.most = max(self.most, self.with_them)
        return future

    def build(self, project: Path, at_once: int) -> None:
        def told(_stage: str, done: int, _total: int) -> None:
            self.with_them -= bool(done)

        build(settings_of(project / "mkdocs.yml"), 1, told, Engine(self, at_once))


def test_any_executor_makes_the_same_site_and_has_few_batches_at_once(
    project: Path, seed_projects: dict[str, Path]
) -> None:
    with Watched(2) as threads:
        threads.build(project, at_once=3)
    assert tree(project / "site") == tree(seed_projects[SITE_URL] / "site")
    # Whoever takes a batch back gives the next one first.
    assert threads.most == 3 + 1


def test_a_page_that_cannot_be_rendered_fails_the_build_and_leaves_no_site(tmp_path: Path) -> None:
    class Refusing(Executor):
        def submit(self, *_: Any, **__: Any) -> Future[Any]:
            future: Future[Any] = Future()
            future.set_exception(SitegenError("no"))
            return future

    project = make_project(tmp_path / "project")
    with pytest.raises(SitegenError, match=r"^no$"):
        build(settings_of(project / "mkdocs.yml"), 1, silent, Engine(Refusing(), 2))
    assert not (project / "site").exists()


# ---- a cluster ------------------------------------------------------------------------------------------------------


def test_two_workers_of_a_cluster_make_the_same_site(
    at_two: Cluster, project: Path, seed_projects: dict[str, Path]
) -> None:
    done = run(COMMAND, "build", "--executor", f"dask://{at_two.place}", cwd=project)
    # Records are read and shells are cut here; what is said of them is the same as ever.
    assert (done.code, done.out.split()[:2]) == (0, ["167", "papers,"]), done.err
    assert all(line.startswith("note: ") for line in done.err.splitlines()), done.err
    assert tree(project / "site") == tree(seed_projects[SITE_URL] / "site")


def test_a_worker_that_is_killed_while_it_renders_costs_no_page(
    at_two: Cluster, project: Path, seed_projects: dict[str, Path]
) -> None:
    lost: list[int] = []

    def kill_one(_stage: str, done: int, total: int) -> None:
        if 0 < done < total and not lost:
            lost.append(at_two.kill_one_at_work())

    built_at(at_two.place, project, kill_one)
    assert lost[0] > 0
    assert tree(project / "site") == tree(seed_projects[SITE_URL] / "site")


def test_a_scheduler_that_is_killed_fails_the_build_in_words_and_leaves_no_site(at_two: Cluster, project: Path) -> None:
    def kill(_stage: str, done: int, _total: int) -> None:
        if done:
            at_two.kill_scheduler()

    with pytest.raises(SitegenError, match=f"^the connection to dask://{at_two.place} was lost while it rendered$"):
        built_at(at_two.place, project, kill)
    assert not (project / "site").exists()


# ---- what cannot be used --------------------------------------------------------------------------------------------


def said(name: str) -> str:
    """Give what is said instead of rendering."""
    with pytest.raises(SitegenError) as fault, engine_named(name):
        pytest.fail("it can be used")
    return f"{fault.value.message} ({fault.value.hint})"


@pytest.fixture
def _hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(executors, "PATIENCE", 1)


@pytest.mark.parametrize("name", ["turbo", "dask://", "dask:127.0.0.1:8786", ""])
def test_a_name_of_nothing_says_what_names_there_are(name: str) -> None:
    assert said(name) == f"--executor must be processes or dask://HOST:PORT, not {name!r} ()"


def test_a_cluster_without_dask_here_says_how_to_install_it_in_one_line(tmp_path: Path) -> None:
    project = make_project(tmp_path / "project")
    without = "import sys; sys.modules['distributed'] = None; import sitegen.cli; sitegen.cli.main()"
    done = run(sys.executable, "-c", without, "build", "--executor", "dask://127.0.0.1:1", cwd=project)
    line = "sitegen: dask://127.0.0.1:1 needs Dask, which is not installed here (hint: pip install 'sitegen[dask]')\n"
    assert (done.code, done.out, done.err) == (2, "", line)
    assert not (project / "site").exists()


@pytest.mark.usefixtures("_hurry")
def test_a_place_where_nobody_answers_or_a_stranger_is_said_soon() -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        for place in ("127.0.0.1:1", "127.0.0.1", f"127.0.0.1:{mute.getsockname()[1]}"):
            assert said(f"dask://{place}") == f"no Dask scheduler answers at {place} (start one there: dask scheduler)"


@pytest.mark.usefixtures("_hurry")
def test_a_cluster_without_workers_and_a_worker_in_place_of_the_scheduler_are_said_soon(tmp_path: Path) -> None:
    with cluster(tmp_path, 0) as made:
        words = f"the Dask cluster at {made.place} has no worker (start one for each processor: dask worker tcp://"
        assert said(f"dask://{made.place}").startswith(words)
        made.add_worker()
        made.wait(1)
        with made.client() as client:
            (worker,) = client.nthreads()
        place = worker.removeprefix("tcp://")
        assert said(f"dask://{place}") == f"at {place} is a Dask worker, not the scheduler ()"


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("import sitegen.renderer as r; r.renderer_version = lambda: 'another'", "sitegen 0.1.0, renderer another, "),
        ("import sys; sys.modules['sitegen'] = None", "ModuleNotFoundError("),
    ],
)
def test_a_worker_with_other_code_is_refused_before_it_renders_anything(
    change: str, found: str, tmp_path: Path
) -> None:
    with cluster(tmp_path, 1) as made:
        made.add_worker(f"{change}; {WORKER}")
        made.wait(2)
        words = said(f"dask://{made.place}")
    assert f" renders with other code than this process: {found}" in words
    assert "(install there 'sitegen[dask]==0.1.0', and " in words


def test_a_worker_with_other_code_that_comes_later_renders_nothing(
    project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with cluster(tmp_path_factory.mktemp("cluster"), 1) as made:
        changed: list[int] = []

        def change(_stage: str, done: int, total: int) -> None:
            if 0 < done < total and not changed:
                made.add_worker(f"import sitegen.renderer as r; r.renderer_version = lambda: 'another'; {WORKER}")
                made.wait(2)
                changed.append(made.kill_oldest())

        with pytest.raises(SitegenError, match=r"^a worker that came later renders with other code$"):
            built_at(made.place, project, change)
    assert not (project / "site").exists()


# ---- at length ------------------------------------------------------------------------------------------------------


@pytest.mark.soak
def test_workers_that_are_killed_again_and_again_cost_no_page(tmp_path: Path) -> None:
    project, local = tmp_path / "project", tmp_path / "local"
    make_project(project, papers=dict(_many(2_000)))
    shutil.copytree(project, local)
    build(settings_of(local / "mkdocs.yml"), 2, silent)
    killed: list[int] = []
    with cluster(tmp_path, 2) as made:

        def kill(_stage: str, done: int, total: int) -> None:
            if len(killed) * total // 10 < done < total:
                killed.append(made.kill_one_at_work())
                made.add_worker()
                made.wait(2)

        built_at(made.place, project, kill)
    assert len(killed) >= 8
    assert tree(project / "site") == tree(local / "site")


def _many(papers: int) -> Iterator[tuple[str, str]]:
    """Give records of papers that nobody wrote."""
    words = (ROOT / "docs" / "guide" / "design.md").read_text("utf-8").split()
    for number in range(papers):
        start = number * 7 % (len(words) - 90)
        title = " ".join(words[start : start + 9])
        record = {
            "title": f"{number} {title}",
            "date": f"20{number % 20:02}",
            "added": "2025-11-03T00:00:01Z",
            "topics": ["learning"],
            "abstract": " ".join(words[start : start + 90]),
        }
        yield f"20{number % 20:02}/paper-{number}.yaml", json.dumps(record)
