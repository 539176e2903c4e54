"""The faults that files have in practice, given to the real command: each is told in words, with file and line."""

from __future__ import annotations

import json
import resource
import subprocess
from typing import TYPE_CHECKING

import pytest
from projects import COMMAND, make_corpus

if TYPE_CHECKING:
    from pathlib import Path

BIB = "@misc{a,\n title = {Übung}}\n\n@misc{b,\n title = {Zwei}}\n"
IDS = ["ubung", "zwei"]
GIGABYTE = 1024**3
# What the command may take for itself, in bytes: less than half of the file.
MEMORY = 450 * 1024**2


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A corpus without a paper."""
    return make_corpus(tmp_path / "corpus", {})


def imported(corpus: Path, *words: str | Path, stdin: int | None = None) -> subprocess.CompletedProcess[str]:
    """Run the import in a process that may not take more memory than `MEMORY`."""
    command = [COMMAND, "import", "--corpus", corpus, "--format", "json", *words]
    return subprocess.run(
        command,
        stdin=stdin,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY)),
    )


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        pytest.param(
            "@misc{a, title = {One}}\n@misc{b,\n title = {Two}\n year = 2020}\n",
            2,
            "the field title in line 3 cannot be read: a comma is missing before the field year",
            id="a missing comma in BibTeX",
        ),
        pytest.param(
            "TY  - JOUR\nTI  - Cut\n\nTY  - JOUR\nTI  - One\nER  - \n",
            1,
            "the record does not end with a line ER  - before line 4",
            id="a missing ER in RIS",
        ),
    ],
)
def test_a_broken_entry_is_told_with_file_and_line_and_costs_no_other(
    empty: Path, tmp_path: Path, text: str, line: int, why: str
) -> None:
    path = tmp_path / "broken"
    path.write_text(text, "utf-8")
    done = imported(empty, path)
    found = json.loads(done.stdout)
    assert done.returncode == 1
    assert len(found["added"]) == 1
    assert (found["rejected"][0]["file"], found["rejected"][0]["line"]) == ("broken", line)
    assert found["rejected"][0]["why"].startswith(why)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(
            b"<!DOCTYPE html>\n<html><body>404</body></html>",
            "is a web page, in none of the known formats (hint: save the data behind the page)",
            id="an HTML error page",
        ),
        pytest.param(BIB.encode("latin-1"), "must be UTF-8, but is not: byte 0xdc in line 2 (hint: ", id="Latin-1"),
        pytest.param(BIB.encode("utf-16"), "must be UTF-8, but is UTF-16 (hint: ", id="UTF-16"),
        pytest.param(BIB.encode("utf-16-le"), "must be UTF-8, but is UTF-16 (hint: ", id="UTF-16 without its mark"),
        pytest.param(
            BIB.replace("Zwei", "Zwei\0").encode(),
            "is not a text file (it holds a NUL byte in line 5) (hint: ",
            id="NUL",
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_one_line(
    empty: Path, tmp_path: Path, content: bytes, message: str
) -> None:
    path = tmp_path / "a.bib"
    path.write_bytes(content)
    done = imported(empty, path)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"a.bib: {message}" in done.stderr
    assert done.stderr.count("\n") == 1


def test_an_html_page_that_is_said_to_be_bibtex_is_told_with_its_line(empty: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.bib"
    path.write_text("\n<html>\n@misc{a, title = {One}}\n</html>\n", "utf-8")
    found = json.loads(imported(empty, "--from", "bibtex", path).stdout)
    assert found["rejected"][0]["line"] == 2
    assert found["rejected"][0]["why"].startswith("this is a web page, not BibTeX")


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"\xef\xbb\xbf" + BIB.encode(), id="a byte order mark"),
        pytest.param(BIB.replace("\n", "\r\n").encode(), id="CRLF"),
        pytest.param(BIB.replace("\n", "\r").encode(), id="CR"),
    ],
)
def test_marks_and_line_ends_of_other_systems_change_nothing(empty: Path, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.bib"
    path.write_bytes(content)
    done = imported(empty, path)
    found = json.loads(done.stdout)
    assert (done.returncode, found["rejected"]) == (0, [])
    assert found["added"] == IDS


@pytest.mark.parametrize("piped", [False, True], ids=["by its name", "through a pipe"])
def test_a_gigabyte_is_refused_without_reading_it_whole(empty: Path, tmp_path: Path, piped: bool) -> None:
    path = tmp_path / "huge.bib"
    with path.open("wb") as file:
        file.truncate(GIGABYTE)
    with path.open("rb") as file:
        done = imported(empty, "-", stdin=file.fileno()) if piped else imported(empty, path)
    assert (done.returncode, done.stdout) == (2, "")
    size = "" if piped else ", not 1024 MiB"
    assert done.stderr == f"sitegen: {'stdin' if piped else path}: must be at most 64 MiB{size}\n"
