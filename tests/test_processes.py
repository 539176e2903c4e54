"""Work shared out to processes, held to the same work done by one."""

from __future__ import annotations

import os
import sys
import threading
from functools import partial

import pytest

from sitegen.processes import shared_out

PARTS = [f"part {number}" * 1000 for number in range(7)]
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux alone")


def turned(part: str) -> str:
    return part[::-1]


def who(_: str) -> int:
    return os.getpid()


def done_here_alone(here: int, part: str) -> str:
    if os.getpid() != here:
        os._exit(1)
    return turned(part)


@pytest.mark.parametrize("jobs", [1, 2, 3, 8])
def test_any_number_of_processes_gives_the_same_in_the_same_order(jobs: int) -> None:
    for parts in (PARTS, PARTS[:1], []):
        assert shared_out(turned, parts, jobs) == [turned(part) for part in parts]


@LINUX
def test_processes_take_turns_and_this_one_is_among_them() -> None:
    found = shared_out(who, PARTS, 3)
    assert found[0] == os.getpid()
    assert len(set(found)) == 3
    assert found == [found[turn % 3] for turn in range(len(PARTS))]


@LINUX
def test_what_another_process_dies_at_is_done_here() -> None:
    assert shared_out(partial(done_here_alone, os.getpid()), PARTS, 2) == [turned(part) for part in PARTS]


def test_a_process_with_threads_is_not_forked_and_new_ones_find_the_same() -> None:
    over = threading.Event()
    other = threading.Thread(target=over.wait)
    other.start()
    try:
        assert shared_out(turned, PARTS, 2) == [turned(part) for part in PARTS]
        assert os.getpid() not in shared_out(who, PARTS, 2)
    finally:
        over.set()
        other.join()


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_fault_is_raised_whoever_met_it(place: int) -> None:
    parts = [1, 1, 1]
    parts[place] = 0
    with pytest.raises(ZeroDivisionError):
        shared_out((1).__truediv__, parts, 2)
