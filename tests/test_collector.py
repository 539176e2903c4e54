"""Memory that is given back by the end of a process alone."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from projects import run

SCRIPT = """
import gc
from sitegen.collector import left_whole
class Loud:
    def __del__(self): print("taken apart")
held = [Loud()]
if {left}: left_whole(held)
del held
gc.collect()
print("the end")
"""


@pytest.mark.parametrize(("left", "said"), [(True, ["the end"]), (False, ["taken apart", "the end"])])
def test_what_is_left_whole_is_never_taken_apart(left: bool, said: list[str]) -> None:
    done = run(sys.executable, "-c", SCRIPT.format(left=left), cwd=Path())
    assert (done.code, done.out.splitlines()) == (0, said)
