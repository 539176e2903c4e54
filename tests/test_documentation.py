"""The documentation is run, and held against the program."""

from __future__ import annotations

import html
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from projects import free_port
from repositories import commit, git

from sitegen.checks import RULES
from sitegen.cli import main
from sitegen.formats.incoming import FORMATS
from sitegen.frame import GENERATED

ROOT = Path(__file__).parent.parent
SITEGEN = Path(sys.executable).with_name("sitegen")
PAGES = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "benchmarks/README.md"]
PAGES += sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs/guide").rglob("*.md"))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project as a curator has it, without what is built."""
    for name in ("corpus", "theme", "docs/guide", "docs/search.md", "docs/shelf.md", "mkdocs.yml"):
        source, target = ROOT / name, tmp_path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            shutil.copy(source, target)
    (tmp_path / ".venv/bin").mkdir(parents=True)
    (tmp_path / ".venv/bin/sitegen").symlink_to(SITEGEN)
    return tmp_path


def blocks(page: str, language: str) -> list[str]:
    tokens = MarkdownIt("commonmark").parse((ROOT / page).read_text("utf-8"))
    return [token.content for token in tokens if token.type == "fence" and token.info == language]


def section(page: str, title: str) -> str:
    """Give the text of a page from a heading to the next."""
    text = (ROOT / page).read_text("utf-8")
    return text.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def commands(page: str) -> list[str]:
    return [line for block in blocks(page, "console") for line in block.splitlines()]


def test_the_readmes_two_commands_are_targets_of_make() -> None:
    two = blocks("README.md", "console")[0].split("\n")
    assert two[:2] == ["make site", "make test"]
    for command in two[:2]:
        done = subprocess.run([*command.split(), "--dry-run"], cwd=ROOT, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr


def test_the_readmes_way_to_put_in_a_paper_works_as_printed(project: Path) -> None:
    (project / "new.txt").write_text(blocks("README.md", "text")[0], "utf-8")
    printed = blocks("README.md", "console")[1].splitlines()
    assert [line.split()[1] for line in printed] == ["import", "check", "build", "serve"]
    before = len(list((project / "corpus/papers").rglob("*.yaml")))
    for line in printed[:3]:
        done = subprocess.run(line.split(), cwd=project, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{line}: {done.stdout}{done.stderr}"
    added = [path for path in (project / "corpus/papers").rglob("*.yaml") if "PaperRail" in path.read_text("utf-8")]
    assert len(list((project / "corpus/papers").rglob("*.yaml"))) == before + 1
    assert "title_source: derived" in added[0].read_text("utf-8")
    assert "PaperRail" in (project / "site/papers" / added[0].stem / "index.html").read_text("utf-8")
    assert_serves(project, printed[3].split(), f"papers/{added[0].stem}/", "PaperRail")


def assert_serves(project: Path, command: list[str], page: str, words: str) -> None:
    """Start the command on a free port, wait for the page, and end it by its own id."""
    port = f"127.0.0.1:{free_port()}"
    server = subprocess.Popen(
        [*command, "--address", port], cwd=project, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    try:
        # Minutes, on a busy machine: one that ends is noticed at once.
        for _ in range(1000):
            try:
                with urllib.request.urlopen(f"http://{port}/{page}", timeout=5) as answer:
                    assert words in answer.read().decode()
                    return
            except (urllib.error.URLError, ConnectionError):
                assert server.poll() is None, server.stderr.read() if server.stderr else ""
                time.sleep(0.2)
        pytest.fail(f"{command} did not answer")
    finally:
        server.terminate()
        server.communicate(timeout=20)


def test_the_guides_commands_for_curators_work(project: Path) -> None:
    (project / "new.txt").write_text(blocks("README.md", "text")[0], "utf-8")
    (project / "page.txt").write_text(blocks("docs/guide/curating.md", "text")[0], "utf-8")
    (project / "old.bib").write_text(blocks("docs/guide/curating.md", "bibtex")[0], "utf-8")
    git(project, "init", "--quiet", "--initial-branch=main")
    commit(project)
    printed = [line for line in commands("docs/guide/curating.md") if not line.startswith("make ")]
    options = {option for line in printed for option in line.split() if option.startswith("--")}
    assert options == {"--dry-run", "--year", "--backfill", "--base", "--fix"}
    for line in printed:
        done = subprocess.run(shlex.split(line), cwd=project, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{line}: {done.stderr}"
    page = (project / "corpus/papers/2024/herding-cats-by-letter.yaml").read_text("utf-8")
    old = (project / "corpus/papers/1843/notes-on-the-analytical-engine.yaml").read_text("utf-8")
    assert "date: 2024-10-16\n" in page, "--year gives the date its year"
    assert "announce: false\n" in old, "--backfill keeps the paper out of the live feeds"
    assert "announce: true\n" in page


def test_the_guide_names_every_format() -> None:
    table = section("docs/guide/curating.md", "Paste").partition("|---|---|")[2]
    named = re.findall(r"`([a-z-]+)`", "".join(re.findall(r"^\| (.+?) \|", table, re.MULTILINE)))
    assert sorted(named) == sorted(known.name for known in FORMATS)


def test_every_command_is_in_the_readme_and_has_help() -> None:
    named = re.findall(r"^\| `sitegen (\w+)", section("README.md", "Commands"), re.MULTILINE)
    assert sorted(named) == sorted(main.commands)
    for command in main.commands.values():
        assert command.help, command.name


def test_the_page_of_problems_lists_every_code_with_its_rule() -> None:
    words = html.unescape((ROOT / "docs/guide/problems.md").read_text("utf-8"))
    rows = re.findall(r"^\| (SG\d+) \| (.+) \|$", words, re.MULTILINE)
    assert rows == list(RULES.items())


def test_the_page_of_the_record_names_every_key() -> None:
    schema = json.loads((ROOT / "sitegen/record.schema.json").read_text("utf-8"))
    table = re.findall(r"^\| (`.+?) \|", (ROOT / "docs/guide/record.md").read_text("utf-8"), re.MULTILINE)
    named = [key for cell in table for key in re.findall(r"`(\w+)`", cell)]
    assert sorted(named) == sorted(schema["properties"])


@pytest.mark.parametrize("page", PAGES)
def test_links_between_documents_lead_somewhere(page: str) -> None:
    for token in MarkdownIt("commonmark").parse((ROOT / page).read_text("utf-8")):
        for child in token.children or []:
            target = str(child.attrGet("href") or child.attrGet("src") or "").partition("#")[0]
            place = os.path.normpath((ROOT / page).parent / target)
            generated = os.path.relpath(place, ROOT / "docs").startswith(GENERATED)
            if target and "://" not in target and not generated:
                assert os.path.lexists(place), f"{page}: {target}"
