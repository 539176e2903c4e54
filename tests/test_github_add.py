"""Papers from an issue: what is read of it, where the records go, and what is answered."""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from click.testing import CliRunner
from github_server import BOT, GitHub, door, running
from markdown_it import MarkdownIt
from projects import ROOT, tree
from repositories import TOPICS, record, write

from sitegen.github.__main__ import main
from sitegen.github.handover import Handover, read_handover, write_handover
from sitegen.github.issue_text import papers_in
from sitegen.output import Output
from sitegen.problems import SitegenError

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterator

MARK = "<!-- sitegen: import -->"
START = "d" * 40
BIBTEX = """\
@article{lovelace1843notes,
  title  = {Notes on the {Analytical Engine}},
  author = {Lovelace, Ada},
  year   = 1843
}
"""
RECORD = "corpus/papers/1843/notes-on-the-analytical-engine.yaml"
SOURCE = "[{file: issue-12.txt, format: csv, ordinal: 1}]"
OLD = record("Counting sheep by the hour", links="{doi: 10.1000/x}", sources=SOURCE)
HOSTILE = (
    "::set-output name=x::y\n##[error]z\n```\n@everyone <img src=x onerror=alert(1)> `id` $(id) ${{ github.token }}\n"
    "!!python/object/apply:os.system [id]\n../../.github/workflows/x.yml\n<!-- sitegen: import -->\n"
)


@pytest.fixture
def github(monkeypatch: pytest.MonkeyPatch) -> Iterator[GitHub]:
    monkeypatch.setenv("no_proxy", "*")
    with running() as hub:
        hub.commits[START] = {"message": "x", "tree": {"sha": "tree of main"}}
        yield hub


def form(pasted: str) -> str:
    """What GitHub makes of the form: a heading with the field's label, and what was pasted in a fence."""
    filled = yaml.safe_load((ROOT / ".github/ISSUE_TEMPLATE/add-papers.yml").read_bytes())
    (field,) = filled["body"]
    language = field["attributes"]["render"]
    return f"### {field['attributes']['label']}\n\n```{language}\n{pasted}\n```\n".replace("\n", "\r\n")


def labelled(github: GitHub, tmp_path: Path, body: str | None) -> subprocess.CompletedProcess[str]:
    """Run what the workflow's two jobs run for an issue with this body, each in a checkout of its own."""
    folder = Path(tempfile.mkdtemp(dir=tmp_path))
    said = handed_over(github, folder / "import", body)
    base = checkout(folder / "open")
    (folder / "import/imported").rename(base / "imported")
    done = opened(github, base)
    done.stdout = said + done.stdout
    return done


def checkout(base: Path) -> Path:
    write(base, {"corpus/topics.yaml": TOPICS, "corpus/papers/2025/old.yaml": OLD})
    return base


def handed_over(github: GitHub, base: Path, body: str | None) -> str:
    """Run the job that imports, which has no token and asks GitHub for nothing; gives its log."""
    before, asked = tree(checkout(base)), list(github.asked)
    with contextlib.chdir(base):
        done = CliRunner().invoke(main, ["import", "imported"], env=event_of(base, body))
    assert (done.exit_code, github.asked) == (0, asked), done.output
    assert {path: one for path, one in tree(base).items() if path.partition("/")[0] != "imported"} == before
    return done.output


def event_of(base: Path, body: str | None) -> dict[str, str]:
    """Write the event's file beside a checkout; gives the environment that names it."""
    event = {"issue": {"number": 12, "body": body}, "repository": {"default_branch": "main"}}
    (base.parent / "event.json").write_text(json.dumps(event), "utf-8")
    return {"GITHUB_EVENT_PATH": str(base.parent / "event.json")}


def opened(github: GitHub, base: Path) -> subprocess.CompletedProcess[str]:
    """Run the job that may write."""
    event = str(base.parent / "event.json")
    return door(github, base, "add imported", GITHUB_EVENT_PATH=event, GITHUB_SHA=START)


def answer(github: GitHub) -> str:
    (found,) = github.comments
    return str(found["body"])


# ---- what is read ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "pasted"),
    [
        (form("a\nb"), "a\nb\n"),
        ("### Papers\n\na\nb", "a\nb\n"),
        ("a\rb\r\nc", "a\nb\nc\n"),
        ("```text\na\n```", "a\n"),
        (form("a\n### Papers\n\nb"), "a\n### Papers\n\nb\n"),
        (form("    a\n```\nb"), "    a\n```\nb\n"),
        ("### Papers\n\n_No response_", ""),
        (form(" "), ""),
        ("", ""),
    ],
)
def test_what_was_pasted_is_taken_out_of_the_issue(body: str, pasted: str) -> None:
    assert papers_in(body) == pasted


# ---- where it goes --------------------------------------------------------------------------------------------------


def test_pasted_papers_become_a_pull_request_that_says_what_the_import_did(github: GitHub, tmp_path: Path) -> None:
    done = labelled(github, tmp_path, form(BIBTEX))
    assert (done.returncode, done.stderr) == (0, "")
    ((tree,), commit) = github.trees, github.commits[github.refs["add/issue-12"]]
    assert tree["base_tree"] == "tree of main"
    assert [(one["path"], one["mode"]) for one in tree["tree"]] == [(RECORD, "100644")]
    made = yaml.safe_load(tree["tree"][0]["content"])
    assert (made["title"], made["sources"][0]["file"]) == ("Notes on the Analytical Engine", "issue-12.txt")
    assert (commit["message"], commit["parents"]) == ("Add papers from issue 12", [START])
    (pull,) = github.pulls
    assert (pull["base"], pull["title"]) == ("main", "Add 1 record from issue 12")
    assert pull["body"].startswith(
        "Closes #12. What the import says:\n\n```text\n1 occurrence: 1 paper added, 0 merged"
    )
    assert answer(github).startswith(f"{MARK}\nThank you. A curator reads the records in #70.")


def test_the_import_runs_without_a_token(github: GitHub, tmp_path: Path) -> None:
    base = checkout(tmp_path / "import")
    done = door(github, base, "import imported", GITHUB_TOKEN="", **event_of(base, form(BIBTEX)))
    assert (done.returncode, done.stdout, done.stderr) == (0, "1 record handed over\n", "")
    assert github.asked == []


def test_the_label_put_on_again_renews_branch_pull_request_and_answer(github: GitHub, tmp_path: Path) -> None:
    labelled(github, tmp_path, form(BIBTEX))
    first = github.refs["add/issue-12"]
    github.refs["add/issue-123"] = "e" * 40
    done = labelled(
        github, tmp_path, form(BIBTEX + BIBTEX.replace("Notes on", "More notes on").replace("notes,", "x,"))
    )
    assert done.returncode == 0, done.stderr
    assert github.refs["add/issue-12"] != first
    assert github.refs["add/issue-123"] == "e" * 40
    assert [pull["title"] for pull in github.pulls] == ["Add 2 records from issue 12"]
    assert "2 occurrences: 2 papers added" in answer(github)


def test_a_branch_that_somebody_worked_on_is_left_alone(github: GitHub, tmp_path: Path) -> None:
    labelled(github, tmp_path, form(BIBTEX))
    github.commits["f" * 40] = {"message": "Mend the year", "tree": {"sha": "x"}}
    github.refs["add/issue-12"] = "f" * 40
    labelled(github, tmp_path, form(BIBTEX))
    assert github.refs["add/issue-12"] == "f" * 40
    assert "Somebody has worked on the branch `add/issue-12`" in answer(github)


def test_rejected_lines_are_answered_with_their_reasons_and_the_issue_stays_open(
    github: GitHub, tmp_path: Path
) -> None:
    labelled(github, tmp_path, form(BIBTEX + "@article{broken,\n  title = {No end\n"))
    assert github.pulls[0]["body"].startswith("Part of #12.")
    assert "issue-12.txt:6: rejected: " in answer(github)
    assert "Some lines could not be read. Edit the first text of this issue" in answer(github)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (None, "Nothing was imported: the issue holds no text to import."),
        (form("Please add my paper, it is good."), "Nothing was imported: "),
        (
            form("title,doi\nCounting sheep by the hour,10.1000/x\n"),
            "Nothing was imported: all of it is in the corpus already.",
        ),
    ],
)
def test_what_gives_no_record_is_answered_and_opens_nothing(
    body: str | None, said: str, github: GitHub, tmp_path: Path
) -> None:
    done = labelled(github, tmp_path, body)
    assert (done.returncode, done.stderr) == (0, "")
    assert answer(github).startswith(f"{MARK}\n{said}")
    assert [path for _, path, _ in github.written] == ["issues/12/comments"]


def test_where_workflows_may_open_no_pull_requests_the_log_says_which_setting_it_is(
    github: GitHub, tmp_path: Path
) -> None:
    github.opens_pulls = False
    done = labelled(github, tmp_path, form(BIBTEX))
    assert done.returncode == 2
    assert done.stderr.startswith("sitegen: GitHub refuses POST pulls: 403 GitHub Actions is not permitted")
    assert "Settings, Actions, General" in done.stderr
    assert "The records are on the branch `add/issue-12`" in answer(github)


# ---- what is handed over --------------------------------------------------------------------------------------------


def test_what_is_handed_over_is_taken_as_it_was(tmp_path: Path) -> None:
    files = (Output("corpus/papers/b-1.yaml", "title: ü\n".encode()), Output("corpus/papers/1843/a.yaml", b""))
    for found in (Handover(files, "1 paper\n\ud800", rejected=True), Handover(known=True), Handover(fault="no")):
        write_handover(tmp_path / found.fault / str(found.known), found)
        assert read_handover(tmp_path / found.fault / str(found.known)) == found


OUTCOME = '{"told": "", "rejected": false, "known": false, "fault": ""}'


@pytest.mark.parametrize(
    ("plant", "said"),
    [
        (lambda folder: put(folder, ".github/workflows/x.yml", "on: push\n"), "x.yml was handed over and is no place"),
        (lambda folder: put(folder, "corpus/papers/.yaml", "title: x\n"), ".yaml was handed over and is no place"),
        (lambda folder: put(folder, "corpus/papers/a b.yaml", "title: x\n"), "a b.yaml was handed over and is no"),
        (lambda folder: put(folder, "corpus/topics.yaml", "topics: []\n"), "topics.yaml was handed over and is no"),
        (lambda folder: put(folder, "corpus/papers/a\n::set-output.yaml", ""), "a ::set-output.yaml was handed over"),
        (lambda folder: put(folder, "corpus/papers/x.yaml", "#" * 65_537), "x.yaml was handed over and is larger"),
        (lambda folder: put(folder, "outcome.json", OUTCOME + " " * 2**20), "outcome.json was handed over and is lar"),
        (lambda folder: put(folder, "outcome.json", "[]"), "outcome.json was not handed over, or does not say"),
        (lambda folder: put(folder, "outcome.json", "[" * 100_000), "outcome.json was not handed over, or does not"),
        (lambda folder: (folder / "outcome.json").unlink(), "outcome.json was not handed over, or does not say"),
        (lambda folder: linked(folder, "corpus/papers/x.yaml", "/etc/passwd"), "x.yaml was handed over and is no file"),
        (lambda folder: linked(folder, "corpus/papers/x", "/etc"), "corpus/papers/x was handed over and is no place"),
        (lambda folder: os.mkfifo(folder / "corpus/papers/x.yaml"), "x.yaml was handed over and is no file"),
        (
            lambda folder: (folder / "corpus/papers/x.yaml").write_bytes(b"\xff"),
            "x.yaml was handed over and is no t",
        ),
        (lambda folder: put_many(folder, 201, ""), "more than 200 records"),
        (lambda folder: put_many(folder, 130, "#" * 65_000), "or 8 MiB of"),
        (lambda folder: [(folder / f"x/{n}").mkdir(parents=True) for n in range(900)], "more files and folders"),
    ],
)
def test_nothing_but_records_within_bounds_is_taken(plant: Callable[[Path], object], said: str, tmp_path: Path) -> None:
    write_handover(tmp_path, Handover((Output(RECORD, b"title: x\n"),)))
    assert len(read_handover(tmp_path).files) == 1
    plant(tmp_path)
    with pytest.raises(SitegenError) as caught:
        read_handover(tmp_path)
    assert said in caught.value.message


def test_of_what_is_refused_github_is_told_nothing(github: GitHub, tmp_path: Path) -> None:
    handed_over(github, tmp_path / "import", form(BIBTEX))
    put(tmp_path / "import/imported", ".github/workflows/x.yml", "on: push\n")
    done = opened(github, tmp_path / "import")
    assert (done.returncode, github.asked) == (2, [])
    assert done.stderr == "sitegen: .github/workflows/x.yml was handed over and is no place for a record\n"


def put(folder: Path, name: str, body: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(body, "utf-8")


def put_many(folder: Path, number: int, body: str) -> None:
    for one in range(number):
        put(folder, f"corpus/papers/x{one}.yaml", body)


def linked(folder: Path, name: str, target: str) -> None:
    (folder / name).symlink_to(target)


def test_an_issue_with_too_many_papers_is_told_so(github: GitHub, tmp_path: Path) -> None:
    rows = "".join(f"Counting {number} sheep by the minute,10.1000/m{number}\n" for number in range(201))
    labelled(github, tmp_path, form(f"title,doi\n{rows}"))
    assert answer(github).startswith(f"{MARK}\nNothing was imported: an issue may bring at most 200 papers, not 201.")


# ---- hostile words --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "pasted",
    [
        HOSTILE,
        HOSTILE * 300,
        "x" * 60_000,
        "title,year\n" + '"' + HOSTILE.replace('"', "") + '",2020\n',
        BIBTEX.replace("Notes on the", HOSTILE.replace("{", "").replace("}", "").replace("\n", " ")),
        f"- [{HOSTILE}](https://evil.test/x)\n" * 3,
        "### Papers\n\n_No response_\n" + HOSTILE,
        "\0\x1b[31m\u202e\ud800".encode("utf-8", "replace").decode() + BIBTEX,
    ],
)
def test_hostile_bodies_end_as_text(pasted: str, github: GitHub, tmp_path: Path) -> None:
    done = labelled(github, tmp_path, form(pasted))
    assert (done.returncode, done.stderr) == (0, "")
    assert not any(line.lstrip().startswith(("::", "##[")) for line in done.stdout.splitlines())
    for made in github.trees:
        for entry in made["tree"]:
            assert entry["path"].startswith("corpus/papers/")
            assert ".." not in entry["path"]
            assert isinstance(yaml.safe_load(entry["content"])["title"], str)
    for words in (answer(github), *(pull["body"] for pull in github.pulls)):
        assert len(words) < 65_536
        tokens = [
            token for block in MarkdownIt("commonmark").parse(words) for token in (block, *(block.children or ()))
        ]
        assert [token.content.strip() for token in tokens if token.type.startswith("html")] in ([MARK], [])
        assert [token for token in tokens if token.type in ("image", "link_open")] == []
        assert "@everyone" not in " ".join(token.content for token in tokens if token.type == "text")


def test_the_answer_is_the_bots_own_comment(github: GitHub, tmp_path: Path) -> None:
    github.comments.append({"id": 9, "user": {"login": "eve"}, "body": f"{MARK}\nIt is all yours."})
    labelled(github, tmp_path, form(BIBTEX))
    assert [one["user"]["login"] for one in github.comments] == ["eve", BOT]
    assert github.comments[0]["body"].endswith("It is all yours.")
