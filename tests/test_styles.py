"""The styles of the theme in one file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import yaml
from projects import ROOT

from sitegen.styles import JOINED, join_styles, own_styles

if TYPE_CHECKING:
    from pathlib import Path

NAMED = yaml.safe_load((ROOT / "mkdocs.yml").read_bytes())["extra_css"]


@pytest.mark.parametrize(
    ("named", "found"),
    [
        (NAMED, tuple(NAMED)),
        ([*NAMED, "assets/own.css"], tuple(NAMED)),
        (["assets/own.css", *NAMED], ()),
        ([*NAMED[:2], "https://example.net/a.css", *NAMED[2:]], tuple(NAMED[:2])),
        (NAMED[:1], ()),
        ([], ()),
    ],
)
def test_the_first_styles_are_joined_as_long_as_they_come_with_sitegen(
    named: list[str], found: tuple[str, ...]
) -> None:
    assert own_styles(named) == found


def test_a_joined_file_has_every_rule_of_its_files_in_their_order(tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    for name in NAMED:
        (tmp_path / name).write_bytes((ROOT / "theme" / name).read_bytes())
    join_styles(tmp_path, NAMED)
    assert [path.name for path in (tmp_path / "assets").iterdir()] == [JOINED.removeprefix("assets/")]
    whole = (tmp_path / JOINED).read_text("utf-8")
    parts = [(ROOT / "theme" / name).read_text("utf-8") for name in NAMED]
    bare = [re.sub(r"/\*(?:[^*]|\*(?!/))*\*/", "", part) for part in parts]
    assert whole.split() == "".join(bare).split()
    assert len(whole) < sum(map(len, parts))


def test_a_joined_file_begins_with_materials_own_as_they_are(tmp_path: Path) -> None:
    stock = {"main.0a1b.min.css": '@charset "UTF-8";a{b:url("data:,/*x*/")}', "palette.9f.min.css": "\n  c{d:e}"}
    (tmp_path / "assets/stylesheets").mkdir(parents=True)
    for name, text in stock.items():
        (tmp_path / "assets/stylesheets" / name).write_text(text, "utf-8")
    (tmp_path / "assets/own.css").write_text("/* own */ f{g:h}", "utf-8")
    join_styles(tmp_path, ["assets/own.css"])
    assert (tmp_path / JOINED).read_text("utf-8") == "".join(stock.values()) + "f{g:h}"
    # A project's own template may ask for them.
    assert sorted(path.name for path in (tmp_path / "assets/stylesheets").iterdir()) == sorted(stock)
