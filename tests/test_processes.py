"""Work shared out to processes, held to the same work done by one."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

import pytest
from projects import run

from sitegen.processes import shared_out

PARTS = [f"part {number}" * 1000 for number in range(7)]
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux alone")


def turned(part: str) -> str:
    return part[::-1]


def who(_: str) -> int:
    return os.getpid()


def said(script: str) -> str:
    """Give what a script printed, in a process that has one thread alone, as a command has."""
    head = "import os\nfrom sitegen.processes import shared_out\nhere = os.getpid()\n"
    done = run(sys.executable, "-c", head + script, cwd=Path())
    assert done.code == 0, done.err
    return done.out.strip()


@pytest.mark.parametrize("jobs", [1, 2, 3, 8])
def test_any_number_of_processes_gives_the_same_in_the_same_order(jobs: int) -> None:
    for parts in (PARTS, PARTS[:1], []):
        assert shared_out(turned, parts, jobs) == [turned(part) for part in parts]


@LINUX
def test_processes_take_turns_and_this_one_is_among_them() -> None:
    script = """
found = shared_out(lambda _: os.getpid(), range(7), 3)
print(found[0] == here, len(set(found)), found == [found[turn % 3] for turn in range(7)])
"""
    assert said(script) == "True 3 True"


@LINUX
def test_what_another_process_dies_at_is_done_here() -> None:
    script = "print(shared_out(lambda part: -part if os.getpid() == here else os._exit(1), range(7), 2))"
    assert said(script) == "[0, -1, -2, -3, -4, -5, -6]"


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
