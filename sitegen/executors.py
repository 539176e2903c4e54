"""What renders the pages, by the name that a person gives it: processes of this machine, or a Dask cluster."""

from __future__ import annotations

import platform
from contextlib import contextmanager
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from sitegen.problems import SitegenError
from sitegen.renderer import renderer_version
from sitegen.rendering import Engine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from distributed import Client

PROCESSES = "processes"
DASK = "dask://"
# Seconds until a cluster must have answered, and have a worker.
PATIENCE = 5
# Batches for each thread of a worker: one at work, one waiting beside it, one on its way.
AHEAD = 3


@contextmanager
def engine_named(name: str) -> Iterator[Engine | None]:
    """Give the engine of a name, to be used while the context lasts; None for this machine's own processes.

    Raises SitegenError where there is no such name, or what it names cannot be used; while it is used, too.
    """
    if name == PROCESSES:
        yield None
    elif name.startswith(DASK) and name != DASK:
        with _dask_engine(name.removeprefix(DASK)) as engine:
            yield engine
    else:
        raise SitegenError(f"--executor must be {PROCESSES} or {DASK}HOST:PORT, not {name!r}")


@contextmanager
def _dask_engine(place: str) -> Iterator[Engine]:
    """Give an engine that renders on the Dask cluster whose scheduler is at HOST:PORT."""
    import logging
    from concurrent.futures import CancelledError

    try:
        import dask
        from distributed import KilledWorker
    except ModuleNotFoundError as fault:
        missing = f"{DASK}{place} needs Dask, which is not installed here"
        raise SitegenError(missing, "pip install 'sitegen[dask]'") from fault
    # What it would say of a lost connection is said here, in one line; and the search's papers are one large batch.
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    with dask.config.set({"distributed.admin.large-graph-warning-threshold": "4 GiB"}), _connected(place) as client:
        threads = _threads(client, place)
        _compare(client)
        try:
            yield Engine(
                client.get_executor(pure=False),
                AHEAD * sum(threads.values()),
                # As a task it is made again where the worker that had it is gone; broadcast data would be lost.
                share=lambda shared: client.submit(_given, shared, pure=False),
                ask=lambda: _threads(client, place),
            )
        except KilledWorker as fault:
            words = f"{fault.allowed_failures + 1} workers of {DASK}{place} died over the same pages"
            raise SitegenError(words, "they may be short of memory: see their logs") from fault
        except CancelledError as fault:
            raise SitegenError(f"the connection to {DASK}{place} was lost while it rendered") from fault


@contextmanager
def _connected(place: str) -> Iterator[Client]:
    """Give a client of the scheduler at HOST:PORT; SitegenError where none answers in time."""
    import asyncio

    from distributed import Client

    try:
        kind = asyncio.run(asyncio.wait_for(_kind(place), PATIENCE))
    except Exception as fault:
        raise SitegenError(f"no Dask scheduler answers at {place}", "start one there: dask scheduler") from fault
    if kind != "Scheduler":
        raise SitegenError(f"at {place} is a Dask {kind.lower()}, not the scheduler")
    client = Client(f"tcp://{place}", timeout=PATIENCE, set_as_default=False)
    try:
        yield client
    finally:
        client.close()


async def _kind(place: str) -> str:
    """Ask what answers there; a client would wait for ever for a stranger's first word."""
    from distributed import rpc

    async with rpc(f"tcp://{place}") as peer:
        return str((await peer.identity())["type"])


def _threads(client: Client, place: str) -> dict[str, int]:
    """Give the threads of each worker, by its address; SitegenError where there is no worker after some seconds."""
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
        return dict(client.nthreads())
    except OSError as fault:
        hint = f"start one for each processor: dask worker tcp://{place} --nworkers auto --nthreads 1"
        raise SitegenError(f"the Dask cluster at {place} has no worker", hint) from fault


def _compare(client: Client) -> None:
    """Raise SitegenError unless every worker renders with the code that this process has."""
    here = _code()
    for worker, there in sorted(client.run(_code, on_error="return").items()):
        if there != here:
            what = str(there).partition("\n")[0]
            raise SitegenError(
                f"the worker {worker} renders with other code than this process: {what}, not {here}",
                f"install there 'sitegen[dask]=={version('sitegen')}', and all else as pip freeze says here",
            )


def _code() -> str:
    """Say which code this process renders with."""
    python = ".".join(platform.python_version_tuple()[:2])
    return f"sitegen {version('sitegen')}, renderer {renderer_version()}, Python {python}"


def _given(shared: Any) -> Any:  # noqa: ANN401 (whatever it is)
    return shared
