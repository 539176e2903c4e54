"""Golden files of the formats: an input, and beside it by hand what it must give."""

from __future__ import annotations

import dataclasses
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sitegen.formats.parsed import Format, Parsed
    from sitegen.model import Draft

FOLDER = Path(__file__).parent / "formats"


def text_of(format_name: str, name: str) -> str:
    return (FOLDER / format_name / name).read_text(encoding="utf-8")


def expected(format_name: str, name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(text_of(format_name, name))
    return found


def said(parsed: Parsed) -> dict[str, Any]:
    """What a text gave, in the words of the golden files."""
    return {
        "drafts": [_without_defaults(draft) for draft in parsed.drafts],
        "ignored": [line.line for line in parsed.ignored],
        "rejected": [[line.line, line.why] for line in parsed.rejected],
    }


def _without_defaults(draft: Draft) -> dict[str, Any]:
    return {name: value for name, value in _bare(draft).items() if name not in ("file", "format", "ordinal")}


def _bare(record: Any) -> Any:
    if isinstance(record, tuple):
        return [_bare(one) for one in record]
    if not dataclasses.is_dataclass(record):
        return record
    values = {field.name: (getattr(record, field.name), field.default) for field in dataclasses.fields(record)}
    return {name: _bare(value) for name, (value, default) in values.items() if value != default}


def assert_accounted(text: str, parsed: Parsed, *, shared: bool = False) -> None:
    """Every line that is not blank is in a paper, or ignored, or rejected, and only where papers share lines in two."""
    owned = [number for draft in parsed.drafts for number in range(draft.first_line, draft.last_line + 1)]
    left_out = [line.line for line in (*parsed.ignored, *parsed.rejected)]
    lines = re.split(r"\r\n|\r|\n", text)
    written = {number for number, line in enumerate(lines, start=1) if line.strip()}
    # A byte order mark alone is no text: reading a file takes it away, and a format may leave it unsaid.
    mark = {1} if lines[0].strip() == "\ufeff" else set()
    assert written - mark <= {*owned, *left_out}
    assert set(left_out) <= written
    assert len(set(left_out)) == len(left_out)
    assert all(line.why for line in parsed.rejected)
    assert [draft.ordinal for draft in parsed.drafts] == list(range(1, len(parsed.drafts) + 1))
    if not shared:
        assert len(set(owned)) == len(owned)
        assert not set(owned) & set(left_out)


def assert_example(known: Format, example: str) -> None:
    assert known.identify(example)
    parsed = known.parse(example, "example", "")
    assert len(parsed.drafts) == 1
    assert parsed.drafts[0].title
    assert parsed.rejected == ()
