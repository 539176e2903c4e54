"""The command line: what people type, what they are told, and with which exit code it ends."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

import click
import pytest
from click.testing import CliRunner
from projects import COMMAND, PAPERS, ROOT, SEEDS, make_corpus, make_project, run, stamps, tree

from sitegen import __version__
from sitegen.cli import main
from sitegen.formats.incoming import FORMATS
from sitegen.progress import shown

if TYPE_CHECKING:
    from pathlib import Path

SEED_TEXTS = sorted(SEEDS.glob("*.txt"))
LIST = (
    "Abstract:Lists grow faster than anyone can read them. We present PaperRail, a reading aid that orders a list by "
    "what a reader has seen before. PaperRail halves the time to the first useful paper.\n"
)
TIME = "2025-11-03T00:00:00Z"


class Result(NamedTuple):
    code: int
    out: str
    err: str


def sitegen(*words: str | Path, stdin: bytes = b"") -> Result:
    """Run a command in this process."""
    done = CliRunner().invoke(main, [str(word) for word in words], input=stdin, prog_name="sitegen")
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return Result(done.exit_code, done.stdout, done.stderr)


# What the test project's records are warned of: a hostile formula, and a topic of no paper.
WARNINGS = [
    (
        "corpus/papers/2024/derived.yaml:9: SG035 warning: a formula of the abstract should be one that MathML "
        "can show, not '$\\text{<b>}$' (readers see its source as it stands; is a macro unknown or a brace missing?)"
    ),
    "corpus/topics.yaml:13: SG020 warning: a topic should have a paper, but no paper names 'empty'",
]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project, and the folder that commands are run in."""
    folder = make_project(tmp_path / "project")
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A corpus without a paper, with this project's topics."""
    folder = make_corpus(tmp_path / "corpus", {})
    (folder / "topics.yaml").write_bytes((ROOT / "corpus" / "topics.yaml").read_bytes())
    monkeypatch.chdir(tmp_path)
    return folder


def spoil(project: Path) -> None:
    for path, old, new in (
        ("2023/plain-paper.yaml", "date: 2023-08-14", "date: soon"),
        ("2024/hostile.yaml", "topics: [agents, learning]", "topics: [none]"),
    ):
        place = project / "corpus" / "papers" / path
        place.write_text(place.read_text("utf-8").replace(old, new), "utf-8")


# ---- words ----------------------------------------------------------------------------------------------------------


def test_the_version_is_told() -> None:
    assert sitegen("--version").out == f"sitegen, version {__version__}\n"


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_says_what_it_does(name: str) -> None:
    command = main.commands[name]
    assert command.help
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help, f"{name} {option.name}"
    done = sitegen(name, "--help")
    assert done.code == 0
    assert done.out.startswith("Usage: ")
    assert command.help.splitlines()[0].split(".")[0][:40] in done.out


def test_help_loads_nothing_that_only_a_command_needs() -> None:
    code = "import sys, sitegen.cli; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "click" in loaded
    assert not {"yaml", "ruamel", "mkdocs", "markdown_it", "rapidfuzz", "feedgen", "lunr"} & set(loaded)


def test_commands_are_those_of_the_interface() -> None:
    assert {"import", "check", "build", "serve", "topics"} <= main.commands.keys()
    assert sitegen("--help").out.count("\n") > len(main.commands)


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["nonsense"], id="no such command"),
        pytest.param(["build", "--nonsense"], id="no such option"),
        pytest.param(["build", "--jobs", "0"], id="no processes"),
        pytest.param(["check", "--format", "xml"], id="no such report"),
        pytest.param(["import"], id="nothing to import"),
    ],
)
def test_misuse_ends_with_2(project: Path, words: list[str]) -> None:
    before = tree(project)
    done = sitegen(*words)
    assert done.code == 2
    assert "Usage: " in done.err
    assert tree(project) == before


# ---- import ---------------------------------------------------------------------------------------------------------


def test_the_seeds_are_imported_whole_and_only_once(empty: Path) -> None:
    first = sitegen("import", *SEED_TEXTS, "--corpus", empty, "--added", TIME, "--format", "json")
    assert first.code == 0
    found = json.loads(first.out)
    assert list(found) == ["occurrences", "added", "merged", "possible_duplicates", "ignored", "rejected"]
    assert (found["occurrences"], len(found["added"]), len(found["merged"])) == (171, 167, 4)
    assert len(set(found["added"])) == 167
    assert all(list(merge) == ["id", "file", "line", "why"] for merge in found["merged"])
    assert all(list(line) == ["file", "line", "text"] for line in found["ignored"])
    assert found["rejected"] == []
    records = sorted((empty / "papers").rglob("*.yaml"))
    assert {path.stem for path in records} == set(found["added"])
    assert sitegen("check", "--corpus", empty).code == 0

    before, bytes_before = stamps(empty), tree(empty)
    again = sitegen("import", *SEED_TEXTS, "--corpus", empty)
    assert again.code == 0
    assert "Nothing was changed: everything here is in the corpus already." in again.err
    assert "171 occurrences: 0 papers added, 0 merged, 171 known already" in again.out
    assert (stamps(empty), tree(empty)) == (before, bytes_before)


def test_every_line_of_the_seeds_is_accounted_for(empty: Path) -> None:
    found = json.loads(sitegen("import", *SEED_TEXTS, "--corpus", empty, "--dry-run", "--format", "json").out)
    # What is no paper, read off the texts: a page's own words at its top, and a month above a list.
    chrome = {
        (path.name, number)
        for path in SEED_TEXTS
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if number <= 12
        and re.match(r"(new|Get trending|Subscribe|Daily Papers|byAK|and the research|Nov 3|Oct 6|May)\b", line.strip())
    }
    assert {(line["file"], line["line"]) for line in found["ignored"]} == chrome
    texts = {path.name: path.read_text("utf-8").splitlines() for path in SEED_TEXTS}
    for line in found["ignored"]:
        assert line["text"] == texts[line["file"]][line["line"] - 1].strip()


def test_a_dry_run_says_the_same_and_writes_nothing(empty: Path) -> None:
    before = tree(empty)
    dry = sitegen("import", *SEED_TEXTS, "--corpus", empty, "--added", TIME, "--dry-run")
    assert tree(empty) == before
    assert dry.err == "Nothing was written (--dry-run).\n"
    wet = sitegen("import", *SEED_TEXTS, "--corpus", empty, "--added", TIME)
    assert (wet.code, wet.out) == (0, dry.out)
    assert wet.err == "Read the new records, then: sitegen check && make site\n"


def test_records_have_the_same_ids_in_whatever_order_texts_come(empty: Path, tmp_path: Path) -> None:
    other = make_corpus(tmp_path / "other", {})
    (other / "topics.yaml").write_bytes((empty / "topics.yaml").read_bytes())
    sitegen("import", *SEED_TEXTS, "--corpus", empty, "--added", TIME)
    sitegen("import", *reversed(SEED_TEXTS), "--corpus", other, "--added", TIME)
    assert {path.stem for path in empty.rglob("*.yaml")} == {path.stem for path in other.rglob("*.yaml")}


def test_stdin_is_a_text_like_others(empty: Path) -> None:
    done = sitegen("import", "-", "--corpus", empty, "--added", TIME, "--backfill", stdin=LIST.encode())
    assert done.code == 0
    (record,) = (empty / "papers").rglob("*.yaml")
    words = record.read_text("utf-8")
    assert "file: stdin" in words
    assert "announce: false" in words
    assert f"added: {TIME}" in words
    assert "PaperRail" in words.splitlines()[0]


def test_without_a_time_the_clock_is_asked(empty: Path) -> None:
    sitegen("import", "-", "--corpus", empty, stdin=LIST.encode())
    (record,) = (empty / "papers").rglob("*.yaml")
    assert re.search(r"^added: 20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ$", record.read_text("utf-8"), re.MULTILINE)


def test_a_known_paper_is_filled_where_it_lies(empty: Path) -> None:
    # 003 has title and abstract only; 002 has the dates of four of its papers.
    with_dates, without = SEED_TEXTS[2], SEED_TEXTS[3]
    sitegen("import", without, "--corpus", empty, "--added", TIME)
    before = {path.stem: path for path in (empty / "papers").rglob("*.yaml")}
    done = json.loads(sitegen("import", with_dates, "--corpus", empty, "--format", "json").out)
    assert len(done["merged"]) == 4
    after = [path for path in (empty / "papers").rglob("*.yaml") if path.stem in before]
    assert sorted(after) == sorted(before.values())
    for merge in done["merged"]:
        assert re.search(r"^date: ", before[merge["id"]].read_text("utf-8"), re.MULTILINE)
    assert sitegen("check", "--corpus", empty).code == 0


@pytest.mark.parametrize(
    ("body", "words"),
    [
        pytest.param(b"Hello.\nThis is a letter.\n", "format", id="an unknown text"),
        pytest.param(b"", "empty", id="an empty file"),
        pytest.param(b" \n\n \n", "empty", id="a file of blanks"),
        pytest.param(b"\x7fELF\x00\x01\x02\x03" * 50, "text", id="a binary file"),
        pytest.param(b"Abstract: caf\xe9\n", "UTF-8", id="a text that is not UTF-8"),
    ],
)
def test_what_cannot_be_imported_is_told_and_nothing_is_written(
    empty: Path, tmp_path: Path, body: bytes, words: str
) -> None:
    path = tmp_path / "given.txt"
    path.write_bytes(body)
    before = tree(empty)
    done = sitegen("import", *SEED_TEXTS, path, "--corpus", empty)
    assert done.code == 2
    assert done.out == ""
    assert done.err.startswith("sitegen: ")
    assert "given.txt" in done.err
    assert words in done.err
    assert done.err.count("\n") == 1
    assert tree(empty) == before


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        pytest.param(["."], "is a folder, not a file", id="a directory"),
        pytest.param(["nowhere.txt"], "nowhere.txt", id="a file that is not there"),
        pytest.param([SEEDS / "000_5ef304b2f395e552.txt", "--year", "25"], "--year must be YYYY", id="a year"),
        pytest.param([SEEDS / "000_5ef304b2f395e552.txt", "--added", "now"], "--added must be a time", id="a time"),
        pytest.param([SEEDS / "000_5ef304b2f395e552.txt", "--from", "pdf"], "pdf", id="a format"),
        pytest.param([SEEDS / "000_5ef304b2f395e552.txt", "--corpus", "no"], "no corpus folder 'no'", id="no corpus"),
    ],
)
def test_a_wrong_argument_is_told_and_nothing_is_written(empty: Path, words: list[str | Path], fault: str) -> None:
    before = tree(empty)
    done = sitegen("import", "--corpus", empty, *words)
    assert (done.code, done.out) == (2, "")
    assert re.match(r"sitegen: [^\n]*\n\Z", done.err)
    assert re.search(fault, done.err)
    assert tree(empty) == before


def test_nothing_is_imported_into_a_broken_corpus(project: Path) -> None:
    (project / "corpus/papers/2024/cut.yaml").write_text("title: [", "utf-8")
    before = tree(project)
    done = sitegen("import", "-", stdin=LIST.encode())
    assert done.code == 1
    assert re.match(r"corpus/papers/2024/cut\.yaml:\d+: SG006 ", done.out)
    assert done.err == "1 problem found; nothing was written\n"
    assert tree(project) == before


def test_rejected_lines_end_with_1_and_are_shown(empty: Path) -> None:
    text = LIST + "A line that is no abstract, in the middle.\n" + LIST.replace("PaperRail", "PaperRoad")
    done = sitegen("import", "-", "--from", "abstract-list", "--corpus", empty, "--format", "json", stdin=text.encode())
    found = json.loads(done.out)
    assert [list(line) for line in found["rejected"]] == [["file", "line", "text", "why"]]
    assert [(line["file"], line["line"]) for line in found["rejected"]] == [("stdin", 2)]
    assert (done.code, len(found["added"])) == (1, 2)


# ---- check ----------------------------------------------------------------------------------------------------------


def test_a_sound_corpus_ends_with_0(project: Path) -> None:
    before = tree(project)
    done = sitegen("check")
    assert done.code == 0
    assert done.out.splitlines() == WARNINGS
    assert done.err == "8 papers, 3 topics: sound, 2 warnings\n"
    assert tree(project) == before


@pytest.mark.parametrize(
    ("form", "first"),
    [
        pytest.param("text", "corpus/papers/2023/plain-paper.yaml:4: SG004 date must be", id="text"),
        pytest.param(
            "github", "::error file=corpus/papers/2023/plain-paper.yaml,line=4,title=SG004::date", id="GitHub"
        ),
        pytest.param("json", '[\n  {\n    "path": "corpus/papers/2023/plain-paper.yaml",\n    "line": 4,', id="JSON"),
    ],
)
def test_a_broken_corpus_ends_with_1_and_all_problems(project: Path, form: str, first: str) -> None:
    spoil(project)
    done = sitegen("check", "--format", form)
    assert done.code == 1
    assert done.out.startswith(first)
    assert [code for code in ("SG004", "SG019", "SG020") if code not in done.out] == []
    assert done.err == "8 papers, 3 topics: 2 problems, 2 warnings\n"


@pytest.mark.parametrize("command", ["check", "build", "serve", "topics"])
def test_without_a_corpus_nothing_runs(project: Path, command: str) -> None:
    before = tree(project)
    done = sitegen(command, "--corpus", "nowhere")
    assert (done.code, done.out) == (2, "")
    assert done.err == "sitegen: there is no corpus folder 'nowhere' (hint: name one with --corpus)\n"
    assert tree(project) == before


# ---- build ----------------------------------------------------------------------------------------------------------


def test_a_build_says_what_it_made_and_how_to_look_at_it(project: Path) -> None:
    done = sitegen("build", "--jobs", "1")
    assert done.code == 0
    first, *rest = done.out.splitlines()
    size = sum(path.stat().st_size for path in (project / "site").rglob("*") if path.is_file())
    files = sum(path.is_file() for path in (project / "site").rglob("*"))
    pattern = rf"8 papers, 3 topics: 28 pages, 10 feeds, {files} files, {size / 1e6:.1f} MB in \d+\.\d s"
    assert re.match(pattern, first)
    assert rest[0].startswith("The site is in site; ")
    assert done.err.splitlines() == WARNINGS
    again = sitegen("build", "--jobs", "1")
    assert "(0 rendered anew)" in again.out


def test_a_build_says_where_asked_what_files_it_has_of_each_kind(project: Path) -> None:
    site = project / "site"
    for rebuilt in (False, True):
        done = sitegen("build", "--jobs", "1", "--sizes")
        lines = [line for line in done.out.splitlines() if " files " in line and line.startswith("  ")]
        said = {line[2:14].strip(): line[14:].replace(",", "").split() for line in lines}
        for kind, pattern in {"page": "papers/*/index.html", "Markdown": "papers/*.md"}.items():
            paths = [path for path in site.glob(pattern) if path.is_file()]
            size = sum(path.stat().st_size for path in paths)
            told = [len(paths), "files", f"{size / 1e6:.1f}", "MB", f"{size / 8:.0f}", "bytes", "per", "paper"]
            assert said[kind] == [str(word) for word in told], rebuilt
        assert sum(int(words[0]) for words in said.values()) == sum(path.is_file() for path in site.rglob("*"))


def test_placeholders_are_named(project: Path) -> None:
    for path, old in (("mkdocs.yml", "papers.test"), ("corpus/corpus.yaml", "papers.test")):
        place = project / path
        place.write_text(place.read_text("utf-8").replace(old, "example.org"), "utf-8")
    done = sitegen("build", "--corpus", "corpus", "--out", "a b/site")
    assert done.code == 0
    assert done.err.splitlines() == [
        *WARNINGS,
        "note: site_url in mkdocs.yml is still the placeholder https://example.org/",
        "note: feed.authority in corpus/corpus.yaml is still the placeholder example.org",
    ]
    assert "--directory 'a b/site'" in done.out


def test_a_formula_that_cannot_be_shown_is_a_warning_with_its_line_and_the_site_is_built(project: Path) -> None:
    record = next(path for path in sorted((project / "corpus" / "papers").rglob("*.yaml")))
    lines = record.read_text("utf-8").splitlines()
    place = next(number for number, line in enumerate(lines, start=1) if line.startswith("title:"))
    lines[place - 1] = r"title: 'Of $\nosuch{1}$'"
    record.write_text("\n".join(lines) + "\n", "utf-8")
    done = sitegen("build", "--jobs", "1")
    assert done.code == 0
    (warned,) = [line for line in done.err.splitlines() if "SG035" in line and "title" in line]
    assert warned.startswith(f"{record.relative_to(project)}:{place}: SG035 ")


def test_a_broken_corpus_is_not_built(project: Path) -> None:
    spoil(project)
    before = tree(project)
    done = sitegen("build")
    assert done.code == 1
    lines = done.out.splitlines()
    assert [line.split(": ")[1].split()[0] for line in lines] == ["SG004", "SG019"]
    assert done.err == "2 problems found; nothing was written\n"
    assert tree(project) == before


def test_a_build_that_another_one_holds_ends_with_2(project: Path) -> None:
    sitegen("build")
    before = tree(project / "site")
    with (project / ".site.sitegen" / "lock").open("rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = run(COMMAND, "build", cwd=project)
    assert (done.code, done.out) == (2, "")
    assert done.err == f"sitegen: another build is writing site (process {os.getpid()})\n"
    assert tree(project / "site") == before


@pytest.mark.parametrize(
    ("out", "words"),
    [
        pytest.param("mine", "mine was not made by sitegen; remove it or choose another --out", id="a folder of mine"),
        pytest.param("docs", "docs is or holds", id="a folder that it is made from"),
        pytest.param("docs/site", "lies in", id="a folder inside one"),
        pytest.param(".", "is or holds", id="the project"),
        pytest.param("mkdocs.yml", "mkdocs.yml is not a folder", id="a file"),
        pytest.param("link", "link is a symbolic link", id="a link"),
    ],
)
def test_what_is_not_ours_to_replace_is_left_alone(project: Path, out: str, words: str) -> None:
    (project / "mine").mkdir()
    (project / "mine" / "letter.txt").write_text("dear")
    (project / "link").symlink_to("mine")
    before = tree(project)
    done = sitegen("build", "--out", out)
    assert (done.code, done.out) == (2, "")
    assert re.match(r"sitegen: [^\n]*\n\Z", done.err)
    assert words in done.err
    assert tree(project) == before


def test_our_own_faults_keep_their_traceback(project: Path) -> None:
    # A theme that has lost what stamping needs is found by us and mended by us.
    page = project / "theme" / "main.html"
    page.write_text(page.read_text("utf-8").replace("sitegen_head", "nobody_sets_this"), "utf-8")
    done = run(COMMAND, "build", cwd=project)
    assert done.code == 1
    assert "Traceback (most recent call last)" in done.err
    assert "ShellError" in done.err


# ---- progress -------------------------------------------------------------------------------------------------------


def on_a_terminal(*words: str | Path, cwd: Path) -> bytes:
    """Give what a command writes to a terminal on its standard error."""
    reader, terminal = pty.openpty()
    process = subprocess.Popen([str(word) for word in words], cwd=cwd, stdout=subprocess.DEVNULL, stderr=terminal)
    os.close(terminal)
    told = b""
    while True:
        try:
            piece = os.read(reader, 4096)
        except OSError:
            # Linux answers so when the last process has closed a terminal.
            break
        if not piece:
            break
        told += piece
    os.close(reader)
    assert process.wait(240) == 0
    return told


def test_a_person_who_watches_sees_progress_and_a_pipe_none(project: Path) -> None:
    told = on_a_terminal(COMMAND, "build", cwd=project).decode()
    for stage in ("reading records", "building the frame", "rendering pages 57 of 57"):
        assert f"\r\x1b[K{stage} …" in told
    # The line is wiped in the end, and nothing of it scrolls by; the warnings come after it.
    progress, _, said = told.rpartition("\r\x1b[K")
    assert "\n" not in progress
    assert said.splitlines() == WARNINGS
    assert run(COMMAND, "build", cwd=project).err.splitlines() == WARNINGS


def test_progress_is_shown_where_a_person_watches(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with shown() as progress:
        progress("reading records", 0, 0)
        progress("rendering pages", 64, 200)
    assert capsys.readouterr().err == "\r\x1b[Kreading records …\r\x1b[Krendering pages 64 of 200 …\r\x1b[K"


# ---- topics and serve -----------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("project")
def test_topics_are_suggested_with_their_reasons() -> None:
    assert sitegen("topics", "plain-paper").out.splitlines()[0] == "plain-paper"
    assert "learning: " in sitegen("topics", "plain-paper").out
    found = json.loads(sitegen("topics", "--format", "json", "plain-paper", "derived").out)
    assert list(found) == ["plain-paper", "derived"]
    assert found["plain-paper"][0]["topic"] == "learning"
    assert list(found["plain-paper"][0]) == ["topic", "score", "because"]
    every = json.loads(sitegen("topics", "--format", "json").out)
    assert len(every) == len(PAPERS)


@pytest.mark.usefixtures("project")
def test_an_unknown_paper_has_no_topics() -> None:
    done = sitegen("topics", "plain-paper", "nobody", "no-one")
    assert (done.code, done.out, done.err) == (2, "", "sitegen: no paper has the id nobody, no-one\n")


@pytest.mark.parametrize(
    ("address", "change", "words"),
    [
        pytest.param("nonsense", "", "cannot serve: Aborted with a configuration error", id="no address"),
        pytest.param("127.0.0.1:0", "INHERIT: no.yml\n", "mkdocs.yml: Inherited config file 'no.yml'", id="mkdocs.yml"),
    ],
)
def test_what_cannot_be_served_ends_with_2(
    project: Path, caplog: pytest.LogCaptureFixture, address: str, change: str, words: str
) -> None:
    with (project / "mkdocs.yml").open("a", encoding="utf-8") as config:
        config.write(change)
    done = sitegen("serve", "--address", address)
    assert done.code == 2
    assert words in done.err + caplog.text


@pytest.mark.parametrize(
    ("address", "plugins", "words"),
    [
        pytest.param("203.0.113.1:8000", "[sitegen]", "sitegen: cannot listen on 203.0.113.1:8000: ", id="address"),
        pytest.param("127.0.0.1:0", "[sitegen, search]", "the plugin 'material/search' changes pages", id="plugin"),
    ],
)
def test_what_cannot_be_served_in_the_end_ends_with_2(project: Path, address: str, plugins: str, words: str) -> None:
    with (project / "mkdocs.yml").open("a", encoding="utf-8") as config:
        config.write(f"plugins: {plugins}\n")
    # A process of its own: MkDocs leaves a socket open.
    done = run(COMMAND, "serve", "--address", address, cwd=project)
    assert done.code == 2
    assert words in done.err
    assert "Traceback" not in done.err


def test_a_broken_corpus_is_not_served(project: Path) -> None:
    spoil(project)
    done = sitegen("serve")
    assert done.code == 1
    assert done.out.count("\n") == 2


# Going out, and typed by hand.


def test_an_export_holds_the_corpus_a_topic_or_a_paper(project: Path) -> None:
    everything = json.loads(run(COMMAND, "export", "json", cwd=project).out)
    assert {"plain-paper", "hostile"} <= {record["id"] for record in everything}
    assert "removed" not in {record["id"] for record in everything}
    run(COMMAND, "export", "bibtex", "--paper", "plain-paper", "-o", "one.bib", cwd=project)
    one = (project / "one.bib").read_text("utf-8")
    assert one.count("\n@") + one.startswith("@") == 1
    topic = json.loads(run(COMMAND, "export", "csl-json", "--topic", "agents", cwd=project).out)
    assert 0 < len(topic) < len(everything)
    lunr = json.loads(run(COMMAND, "export", "lunr", cwd=project).out)
    assert (lunr["version"], lunr["pipeline"]) == ("2.3.9", ["stemmer"])


@pytest.mark.parametrize("words", [["xml"], ["json", "--paper", "nobody"], ["json", "--topic", "nothing"]])
def test_what_cannot_be_exported_is_misuse(project: Path, words: list[str]) -> None:
    done = run(COMMAND, "export", *words, cwd=project)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("sitegen: ")


def test_a_paper_typed_by_hand_becomes_a_record(project: Path) -> None:
    done = run(COMMAND, "new", "2301.00010v2 On Counting Sheep", cwd=project)
    assert done.code == 0, done.err
    record = (project / "corpus/papers/2023/on-counting-sheep.yaml").read_text("utf-8")
    assert 'arxiv: "2301.00010"\n' in record
    assert "date: 2023-01\n" in record
    assert run(COMMAND, "check", cwd=project).code == 0


def test_an_id_typed_without_its_title_makes_no_record_until_the_title_is_given(project: Path) -> None:
    records = sorted((project / "corpus").rglob("*.yaml"))
    for blank in ([], ["--title", " \n"]):
        done = run(COMMAND, "new", "2301.00010", *blank, cwd=project)
        assert (done.code, done.out) == (2, "")
        assert done.err == (
            "sitegen: the title is missing: '2301.00010' says none "
            """(hint: sitegen new "2301.00010 The Paper's Title")\n"""
        )
    assert sorted((project / "corpus").rglob("*.yaml")) == records
    done = run(COMMAND, "new", "2301.00010", "--title", "On Counting  Sheep", cwd=project)
    assert done.code == 0, done.err
    record = (project / "corpus/papers/2023/on-counting-sheep.yaml").read_text("utf-8")
    assert "title: On Counting Sheep\n" in record
    assert 'arxiv: "2301.00010"\n' in record
    again = run(COMMAND, "new", "https://arxiv.org/abs/2301.00010v2", cwd=project)
    assert (again.code, again.out) == (0, "")
    assert again.err == "The paper is known already: corpus/papers/2023/on-counting-sheep.yaml\n"
    other = run(COMMAND, "new", "2301.00011", cwd=project)
    assert (other.code, other.err.partition(" (")[0]) == (2, "sitegen: the title is missing: '2301.00011' says none")
    assert run(COMMAND, "check", cwd=project).code == 0


def test_every_format_is_shown_with_an_example(project: Path) -> None:
    shown = run(COMMAND, "formats", cwd=project).out
    for known in FORMATS:
        assert f"\n{known.name}: " in f"\n{shown}"
