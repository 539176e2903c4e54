"""Work beside a process: a fork does it where it may, and what it answers, raises or leaves undone arrives."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from projects import run

HEAD = """
import os, signal, threading, time
from multiprocessing import active_children
from sitegen.beside import Beside
from sitegen.problems import SitegenError
here = os.getpid()
"""


def said(script: str) -> str:
    """Give what a script printed, in a process that has one thread alone, as a command has."""
    done = run(sys.executable, "-c", HEAD + script, cwd=Path())
    assert done.code == 0, done.err
    return done.out.strip()


def test_another_process_does_it_and_answers() -> None:
    assert said("print(Beside(os.getpid).result() != here)") == "True"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux is trusted with forks")
def test_what_this_process_has_is_not_sent_and_not_changed() -> None:
    script = "known = {1: lambda: 2}; print(Beside(lambda: known.pop(1)()).result(), len(known))"
    assert said(script) == "2 1"


@pytest.mark.parametrize(
    "script",
    [
        pytest.param("print(Beside(os.getpid, fork=False).result() == here)", id="it is told not to"),
        pytest.param(
            "threading.Thread(target=time.sleep, args=[2], daemon=True).start()\n"
            "print(Beside(os.getpid).result() == here)",
            id="there are more threads",
        ),
        pytest.param(
            "print(Beside(lambda: os.getpid() == here or os.kill(os.getpid(), signal.SIGKILL)).result())",
            id="the other process was killed",
        ),
    ],
)
def test_this_process_does_it_where_no_other_can(script: str) -> None:
    assert said(script) == "True"


def test_a_fault_is_raised_where_the_answer_is_awaited() -> None:
    script = """
def work(): raise SitegenError("the disk is full", "make room")
try:
    Beside(work).result()
except SitegenError as fault:
    print(fault.message, fault.hint, "in work" in fault.__notes__[0], sep=", ")
"""
    assert said(script) == "the disk is full, make room, True"


def test_an_interrupted_terminal_is_left_to_the_process_that_waits() -> None:
    assert said("print(Beside(lambda: (os.kill(os.getpid(), signal.SIGINT), 'whole')[1]).result())") == "whole"


def test_work_that_nobody_awaits_is_ended() -> None:
    script = """
with Beside(lambda: time.sleep(600)): began = len(active_children())
print(began, len(active_children()))
"""
    assert said(script) == "1 0"
