"""The hand-made corpus of odd records: it is sound, and has what its users look for in it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import yaml

from sitegen.checks import check
from sitegen.corpus import load_corpus
from sitegen.corpus.schema import PAPER_KEYS
from sitegen.model import KINDS, STATUSES, TYPES

ODD = Path(__file__).parent / "odd_corpus"
RECORDS = {path.stem: yaml.safe_load(path.read_bytes()) for path in sorted(ODD.glob("papers/*/*.yaml"))}


def test_it_is_sound_but_for_one_formula_that_nobody_can_show() -> None:
    corpus, problems = load_corpus(ODD)
    assert [(found.code, found.severity) for found in (*problems, *check(corpus, problems))] == [("SG035", "warning")]
    assert len(corpus.papers) == len(RECORDS) == 30


@pytest.mark.parametrize(("key", "values"), [("kind", KINDS), ("status", STATUSES), ("type", TYPES)])
def test_every_value_of_a_key_is_there(key: str, values: tuple[str, ...]) -> None:
    found = Counter(record.get(key, "preprint" if key == "type" else "") for record in RECORDS.values())
    assert [value for value in values if not found[value]] == []


def test_every_key_of_a_record_is_somewhere_filled_and_somewhere_missing() -> None:
    for key in PAPER_KEYS:
        has = {key in record for record in RECORDS.values()}
        assert has == ({True} if key in ("title", "added") else {True, False}), key
