"""What tests of formats share: drafts as plain values to hold against files written by hand, and line accounts."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sitegen.formats.parsed import Format, Parsed
    from sitegen.model import Draft

GOLDEN = Path(__file__).parent / "formats"


def plain(value: Any) -> Any:
    """A record as plain values, without what is empty."""
    if isinstance(value, dict):
        return {
            key: plain(one) for key, one in value.items() if one not in ("", (), None, False, {}) and plain(one) != {}
        }
    return [plain(one) for one in value] if isinstance(value, list | tuple) else value


def seen(draft: Draft) -> dict[str, Any]:
    """All that a draft says, but for the file, the format and the source of its date."""
    found: dict[str, Any] = plain(asdict(draft))
    return {key: value for key, value in found.items() if key not in {"file", "format", "date_source"}}


def assert_golden(known: Format, inside: Path) -> None:
    """A file parses to what the JSON beside it, written by hand, says; reasons are told by a part of them."""
    text = inside.read_text(encoding="utf-8")
    expected = json.loads(inside.with_suffix(".json").read_text(encoding="utf-8"))
    parsed = known.parse(text, inside.name, "")
    assert [seen(draft) for draft in parsed.drafts] == expected["drafts"]
    assert [line.line for line in parsed.ignored] == expected["ignored"]
    reasons = {str(line.line): line.why for line in parsed.rejected}
    for number, part in expected["rejected"].items():
        assert part in reasons[number]
    assert_accounted(text, parsed)


def assert_accounted(text: str, parsed: Parsed, *, strict: bool = True) -> None:
    """Every line that is not blank is in a paper, ignored or rejected; in one of them only where `strict`.

    One line may hold several entries of JSON or XML: then it may be in a paper and rejected too.
    """
    owned = {number for draft in parsed.drafts for number in range(draft.first_line, draft.last_line + 1)}
    ignored = [line.line for line in parsed.ignored]
    rejected = [line.line for line in parsed.rejected]
    written = {number for number, line in enumerate(re.split(r"\r\n|\r|\n", text), start=1) if line.strip()}
    assert written <= {*owned, *ignored, *rejected}
    assert len(set(ignored)) == len(ignored)
    assert len(set(rejected)) == len(rejected)
    assert {*ignored, *rejected} <= written
    assert not set(ignored) & {*owned, *rejected}
    assert all(line.why for line in parsed.rejected)
    assert [draft.ordinal for draft in parsed.drafts] == list(range(1, len(parsed.drafts) + 1))
    if strict:
        assert not owned & set(rejected)
        assert len(owned) == sum(draft.last_line - draft.first_line + 1 for draft in parsed.drafts)
