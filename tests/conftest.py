"""Fixtures that several tests share."""

from __future__ import annotations

import fcntl
import os
from typing import TYPE_CHECKING

import pytest
from browser import chromium, console_errors, requests
from hypothesis import HealthCheck, settings
from npm_packages import install
from projects import SITE_URL, make_seed_project

from sitegen.build import build
from sitegen.config import settings_of
from sitegen.frame import EPOCH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from selenium.webdriver import Chrome

# A busy machine is no fault of what is tested; `settings()` are the machine's own, which in CI leave nothing to chance.
settings.register_profile("unhurried", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")


@pytest.fixture(autouse=True)
def _no_clock_of_other_tests(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A build stops the clock of its process: the next test starts with its own, whichever ran before it."""
    monkeypatch.delenv(EPOCH, raising=False)
    yield
    os.environ.pop(EPOCH, None)


@pytest.fixture(scope="session")
def seed_projects(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """This project's corpus, built at the root and below a path: by address, for all processes of a run to read."""

    def fill(folder: Path) -> None:
        for address, project in _seed_projects(folder).items():
            build(settings_of(make_seed_project(project, address) / "mkdocs.yml"), 1, lambda *_: None)

    return _seed_projects(_made_once("seeds", tmp_path_factory, fill))


def _seed_projects(folder: Path) -> dict[str, Path]:
    return {SITE_URL: folder / "root", f"{SITE_URL}repo/": folder / "repo"}


@pytest.fixture(scope="session")
def npm_packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what tests take from npm and with our scripts that use it, for all processes of a run."""
    return _made_once("npm", tmp_path_factory, install)


def _made_once(name: str, places: pytest.TempPathFactory, fill: Callable[[Path], None]) -> Path:
    """Make a folder that all processes of a run share: the first to ask fills it, the others wait."""
    own = places.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / name).exists():
            folder = places.mktemp(name)
            fill(folder)
            # Only what is whole gets the name that others look for.
            folder.rename(shared / name)
    return shared / name


@pytest.fixture(scope="session")
def one_browser() -> Iterator[Chrome]:
    """One Chromium for all tests of a run: starting it takes a second."""
    with chromium() as chrome:
        yield chrome


@pytest.fixture
def browser(one_browser: Chrome) -> Chrome:
    """A Chromium on an empty page, its logs empty; sites are told apart by their port, so nothing is left of others."""
    one_browser.get("about:blank")
    console_errors(one_browser)
    requests(one_browser)
    return one_browser
