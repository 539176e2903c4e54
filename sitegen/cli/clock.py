"""The clock: the only place that reads it."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> str:
    """Give the time as records have it: YYYY-MM-DDTHH:MM:SSZ."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
