"""The repository that records are kept in: what mkdocs.yml may say, and where a record is edited."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import html5lib
import pytest
import yaml
from projects import ROOT, make_project

from sitegen.build import build
from sitegen.config import settings_of
from sitegen.model import Origin
from sitegen.problems import SitegenError
from sitegen.repository import repository_of

FORMS = ROOT / ".github/ISSUE_TEMPLATE"


@pytest.mark.parametrize(
    ("extra", "address"),
    [
        ({"repository": "https://github.com/o/n"}, "https://github.com/o/n/edit/main/corpus/papers/2025/x.yaml"),
        ({"repository": "https://github.com/o/n.git/"}, "https://github.com/o/n/edit/main/corpus/papers/2025/x.yaml"),
        (
            {"repository": "https://github.com/o/n", "branch": "a/b"},
            "https://github.com/o/n/edit/a/b/corpus/papers/2025/x.yaml",
        ),
        ({"repository": "https://gitlab.com/g/s/n"}, "https://gitlab.com/g/s/n/-/edit/main/corpus/papers/2025/x.yaml"),
        ({"repository": "https://codeberg.org/o/n"}, "https://codeberg.org/o/n/_edit/main/corpus/papers/2025/x.yaml"),
    ],
)
def test_a_record_is_edited_where_the_repository_has_it(
    extra: dict[str, str], address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository = repository_of(extra, "mkdocs.yml", tmp_path)
    assert repository
    assert repository.edit_address(Origin(str(tmp_path / "corpus/papers/2025/x.yaml"))) == address
    monkeypatch.chdir(tmp_path)
    assert repository.edit_address(Origin("corpus/papers/../papers/2025/x.yaml")) == address


def test_signs_in_a_folders_name_stay_in_its_address(tmp_path: Path) -> None:
    repository = repository_of({"repository": "https://github.com/o/n"}, "", tmp_path)
    assert repository
    assert repository.edit_address(Origin(str(tmp_path / 'a "b"#?%<.yaml'))).endswith(
        "/main/a%20%22b%22%23%3F%25%3C.yaml"
    )


def test_a_record_outside_the_repository_is_edited_nowhere(tmp_path: Path) -> None:
    repository = repository_of({"repository": "https://github.com/o/n"}, "", tmp_path / "in")
    assert repository
    assert repository.edit_address(Origin(str(tmp_path / "x.yaml"))) == ""


@pytest.mark.parametrize("extra", [None, {}, [], "words", {"repository": None}, {"repository": ""}])
def test_without_a_repository_there_is_none(extra: object, tmp_path: Path) -> None:
    assert repository_of(extra, "", tmp_path) is None


@pytest.mark.parametrize(
    "extra",
    [
        {"repository": "github.com/o/n"},
        {"repository": "javascript:alert(1)//x/y"},
        {"repository": "https://github.com/o"},
        {"repository": "https://me:secret@github.com/o/n"},
        {"repository": "https://github.com/o/n?x"},
        {"repository": 'https://github.com/o/"><b'},
        {"repository": "https://github.com/o/n", "branch": 'x"<>'},
    ],
)
def test_what_is_no_repository_is_a_fault_in_one_line(extra: dict[str, str], tmp_path: Path) -> None:
    with pytest.raises(SitegenError, match=r"mkdocs\.yml: extra\.(repository|branch) must be ") as caught:
        repository_of(extra, "mkdocs.yml", tmp_path)
    assert "\n" not in caught.value.message


def test_mkdocs_yml_names_it(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("extra: {repository: https://github.com/o/n, branch: trunk}\n", "utf-8")
    repository = settings_of(tmp_path / "mkdocs.yml").repository
    assert repository
    assert repository.editor == "https://github.com/o/n/edit/trunk/"


def test_forms_of_issues_are_opened_filled_in_by_the_names_of_their_own_fields() -> None:
    repository = repository_of({"repository": "https://github.com/o/n.git"}, "", Path())
    assert repository
    found = {"correct-a-paper.yml": repository.correction_form("a-b2"), "add-papers.yml": repository.addition_form()}
    for name, address in found.items():
        parts = urlsplit(address)
        assert (parts.netloc, parts.path) == ("github.com", "/o/n/issues/new")
        asked = dict(parse_qsl(parts.query, strict_parsing=True))
        assert asked.pop("template") == name
        form = yaml.safe_load((FORMS / name).read_bytes())
        assert asked.keys() <= {"title"} | {field["id"] for field in form["body"]}
    assert dict(parse_qsl(urlsplit(found["correct-a-paper.yml"]).query))["paper"] == "a-b2"


@pytest.mark.parametrize(
    "address", ["https://gitlab.com/o/n", "https://codeberg.org/o/n", "https://github.com.x.y/o/n"]
)
def test_other_hosts_have_no_forms(address: str) -> None:
    repository = repository_of({"repository": address}, "", Path())
    assert repository
    assert (repository.correction_form("x"), repository.addition_form()) == ("", "")


def test_the_site_leads_to_the_forms(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    config = project / "mkdocs.yml"
    config.write_text(f"{config.read_text('utf-8')}\nextra: {{repository: 'https://github.com/o/n'}}\n", "utf-8")
    build(settings_of(config), 1, lambda *_: None)
    home = html5lib.parse((project / "site/index.html").read_text("utf-8"), namespaceHTMLElements=False)
    paper = html5lib.parse(
        (project / "site/papers/plain-paper/index.html").read_text("utf-8"), namespaceHTMLElements=False
    )
    ways = {"".join(way.itertext()): way.get("href") for page in (home, paper) for way in page.iter("a")}
    assert ways["Paste it into a form"] == "https://github.com/o/n/issues/new?template=add-papers.yml"
    assert ways["Say what is wrong"] == (
        "https://github.com/o/n/issues/new?template=correct-a-paper.yml&title=Correct%20plain-paper&paper=plain-paper"
    )
    assert ways["Suggest a correction"] == "https://github.com/o/n/edit/main/corpus/papers/2023/plain-paper.yaml"
