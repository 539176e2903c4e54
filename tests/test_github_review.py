"""The comment on a pull request: what is taken of a stranger's files, what is said of it, and to whom."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from github_server import BOT, GitHub, door, running
from markdown_it import MarkdownIt
from repositories import TOPICS, record, write

from sitegen.github.api import AnswerTooLargeError, Api, ApiError
from sitegen.github.event import FinishedRun, finished_run, labelled_issue
from sitegen.github.pull_files import FILES_CAP, LeftOut, Proposed, put_proposed
from sitegen.github.pull_review import review_pull
from sitegen.github.review_comment import review_comment
from sitegen.problems import Location, Problem, SitegenError
from sitegen.report.review_markdown import review_markdown
from sitegen.review import review
from sitegen.sides import load_side

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SHA = "a" * 40
RUN = FinishedRun(SHA, "eve", "papers", "main")
NEW = "corpus/papers/2025/new.yaml"
MARK = "<!-- sitegen: review -->"
HOSTILE = (
    "::set-output name=x::y\n##[error]z `code` <img src=x onerror=alert(1)> @everyone #1 [x](javascript:alert(1)) "
    "https://evil.test/ <!-- sitegen: review --> ```"
)


@pytest.fixture
def github(monkeypatch: pytest.MonkeyPatch) -> Iterator[GitHub]:
    monkeypatch.setenv("no_proxy", "*")
    with running() as hub:
        hub.pulls.append(pull())
        yield hub


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The base's checkout, which is where commands run."""
    folder = tmp_path / "base"
    old = record("A paper that is there already", topics="[agents, reasoning]", abstract="We count sheep.")
    write(folder, {"corpus/topics.yaml": TOPICS, "corpus/papers/2025/old.yaml": old})
    monkeypatch.chdir(folder)
    return folder


def pull(number: int = 7, sha: str = SHA, ref: str = "main", **more: Any) -> dict[str, object]:
    head = {"sha": sha, "label": "eve:papers"}
    return {"number": number, "head": head, "base": {"ref": ref}, "user": {"login": "eve"}, **more}


def reviewed(github: GitHub, tmp_path: Path, run: FinishedRun = RUN) -> tuple[str, ...]:
    folder = tmp_path / f"head {len(github.asked)}"
    folder.mkdir()
    return review_pull(github.api, run, folder, "https://papers.test/")


def comment(github: GitHub) -> str:
    (found,) = github.comments
    return str(found["body"])


# ---- what is said ---------------------------------------------------------------------------------------------------


def test_a_sound_paper_is_called_sound_and_shown_and_its_curators_are_asked(
    github: GitHub, base: Path, tmp_path: Path
) -> None:
    assert base.is_dir()
    github.change(NEW, record("Herding cats by letter", topics="[agents]", abstract="We write letters to cats."))
    assert reviewed(github, tmp_path) == ("#7: 1 file of the corpus looked at",)
    said = comment(github)
    assert said.startswith(f"{MARK}\n**The records are sound.** Looked at: `{SHA[:12]}`, against `main`.")
    assert "- nothing is left to mend." in said
    assert "### New papers\n\n- `new` Herding cats by letter" in said
    assert "Subscribers get: 1 new entry in all, agents; 0 announced again." in said
    asked = [(path, body) for _, path, body in github.written if "reviewers" in path]
    assert asked == [("pulls/7/requested_reviewers", {"reviewers": [name]}) for name in ("ada", "bob")]


def test_one_comment_follows_each_push_and_an_equal_one_is_not_written(
    github: GitHub, base: Path, tmp_path: Path
) -> None:
    assert base.is_dir()
    github.comments += [
        {"id": 50, "user": {"login": "eve"}, "body": f"{MARK}\nAll is well, says Eve."},
        {"id": 51, "user": {"login": BOT}, "body": "Another workflow's."},
    ]
    github.change(NEW, record("Herding cats by letter", topics="[nothing-such]", date="2025"))
    reviewed(github, tmp_path)
    assert "**1 problem.**" in github.comments[2]["body"]
    assert f"### Problems\n\n- `{NEW}:3` SG" in github.comments[2]["body"]
    assert "- mend what “Problems” lists" in github.comments[2]["body"]
    written = len(github.written)
    reviewed(github, tmp_path)
    assert [path for _, path, _ in github.written[written:]] == []
    github.files.clear()
    github.change(NEW, record("Herding cats by letter"))
    reviewed(github, tmp_path)
    assert [(method, path) for method, path, _ in github.written[written:]] == [("PATCH", "issues/comments/3")]
    assert "**The records are sound" in github.comments[2]["body"]
    github.files.clear()
    github.change("sitegen/x.py", "x = 1\n")
    reviewed(github, tmp_path)
    assert github.comments[2]["body"] == (
        f"{MARK}\nThis pull request changes no record, no topic and no setting of the corpus."
    )
    assert [one["body"].partition("\n")[2] for one in github.comments[:2]] == ["All is well, says Eve.", ""]


def test_a_change_of_code_alone_is_not_commented_on(github: GitHub, base: Path, tmp_path: Path) -> None:
    assert base.is_dir()
    github.change("sitegen/x.py", "x = 1\n")
    assert reviewed(github, tmp_path) == ("#7 changes nothing of the corpus",)
    assert github.written == []


def test_what_only_a_comparison_sees_is_said_with_what_to_do(github: GitHub, base: Path, tmp_path: Path) -> None:
    assert base.is_dir()
    same = record("A paper that is there already", topics="[agents, reasoning]", abstract="We count sheep.")
    github.change(NEW, same)
    github.change("corpus/papers/2025/old.yaml", status="removed")
    reviewed(github, tmp_path)
    said = comment(github)
    assert "### Addresses lost" in said
    assert "- name the addresses that would be lost as `aliases`" in said
    assert "- compare the possible duplicates" in said
    assert re.search(r"^- `corpus/papers/2025/new.yaml:1` SG038 ", said, re.MULTILINE)


def test_a_changed_record_is_shown_field_by_field_and_a_silent_one_is_pointed_at(
    github: GitHub, base: Path, tmp_path: Path
) -> None:
    old = (base / "corpus/papers/2025/old.yaml").read_text("utf-8")
    github.change("corpus/papers/2025/old.yaml", old.replace("count sheep", "count goats"), "modified")
    github.change(NEW, record("Herding cats by letter", topics="[agents]", announce="false"))
    reviewed(github, tmp_path)
    said = comment(github)
    assert "  - We count sheep.\n  + We count goats.\n" in said
    assert "- changed records are compared with the newest base" in said
    assert "- see whether the papers that no feed will announce are meant to be silent." in said


def test_where_a_comment_has_no_room_its_lists_are_cut_and_the_review_is_whole(tmp_path: Path) -> None:
    papers = {f"corpus/papers/2025/n{number}.yaml": record(f"Paper {number}") for number in range(300)}
    write(tmp_path, {"base/topics.yaml": TOPICS, "corpus/topics.yaml": TOPICS, **papers})
    found = review(load_side(str(tmp_path / "base"), tmp_path), load_side(str(tmp_path / "corpus"), tmp_path))
    problems = [Problem(Location("<" * 400, number), "SG000", "<" * 400) for number in range(100)]
    left_out = tuple(LeftOut("x" * 400, "is no file") for _ in range(100))
    said = review_comment(found, problems, Proposed(left_out=left_out), SHA)
    assert 40_000 < len(said) < 65_536
    assert said.endswith(review_markdown(found))
    shown = said.count(" SG000 ")
    assert 0 < shown < 40
    assert f"- … and {100 - shown} more" in said


def test_without_topics_there_is_no_corpus_and_the_comment_says_so(github: GitHub, base: Path, tmp_path: Path) -> None:
    assert base.is_dir()
    github.change("corpus/topics.yaml", status="removed")
    reviewed(github, tmp_path)
    assert "**After this change there is no corpus to read:**" in comment(github)


def test_a_run_whose_pull_request_moved_on_says_nothing(github: GitHub, base: Path, tmp_path: Path) -> None:
    assert base.is_dir()
    github.change(NEW, record("x"))
    github.pulls[:] = [pull(sha="b" * 40), pull(ref="other")]
    for run in (RUN, FinishedRun(SHA, "", "papers", "main")):
        assert reviewed(github, tmp_path, run)[0].startswith("the run was of no pull request that is open")
    assert github.written == []


# ---- what is taken --------------------------------------------------------------------------------------------------

BAD_NAMES = [
    "corpus/papers/../../outside.yaml",
    "corpus/papers/2025/../../../outside.yaml",
    "corpus//etc/passwd.yaml",
    "corpus/papers/.hidden/x.yaml",
    "corpus/papers/2025/X.yaml",
    "corpus/papers/2025/x.yml",
    "corpus/papers/2025/x.yaml\n",
    "corpus/papers/2025/x\0.yaml",
    "corpus/mkdocs.yml",
    "corpus/papers/a/b/c/d/e/x.yaml",
    f"corpus/papers/2025/{'x' * 81}.yaml",
]


def test_only_records_and_settings_are_taken_and_only_into_the_folder(github: GitHub, tmp_path: Path) -> None:
    folder = tmp_path / "deep/head"
    folder.mkdir(parents=True)
    for name in [*BAD_NAMES, "../outside.yaml", "/outside.yaml", "Makefile"]:
        github.change(name, "x: y\n")
    github.change(NEW, "good: 1\n")
    found = put_proposed(github.api, 7, folder)
    assert found.changed == (NEW,)
    assert [one.path for one in found.left_out] == BAD_NAMES
    assert [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()] == [
        f"deep/head/{NEW}"
    ]


def test_a_link_becomes_a_file_with_its_words_and_nothing_is_written_through_one(
    github: GitHub, tmp_path: Path
) -> None:
    secret = tmp_path / "secret"
    secret.write_text("kept", "utf-8")
    head = tmp_path / "head"
    (head / "corpus/papers/2025").mkdir(parents=True)
    (head / NEW).symlink_to(secret)
    github.change(NEW, str(secret), "changed")
    assert put_proposed(github.api, 7, head).changed == (NEW,)
    assert (head / NEW).is_symlink() is False
    assert ((head / NEW).read_text("utf-8"), secret.read_text("utf-8")) == (str(secret), "kept")


def test_a_renamed_record_leaves_its_old_place(github: GitHub, tmp_path: Path) -> None:
    write(tmp_path, {"corpus/papers/2025/old.yaml": "x: y\n"})
    github.change(NEW, "x: z\n", "renamed", "corpus/papers/2025/old.yaml")
    github.change("corpus/papers/2025/in.yaml", "x: z\n", "renamed", "elsewhere.yaml")
    github.change("elsewhere.yaml", "x: z\n", "renamed", NEW)
    put_proposed(github.api, 7, tmp_path)
    assert [path.name for path in tmp_path.rglob("*.yaml")] == ["in.yaml"]


def test_size_and_number_have_caps_and_what_is_over_them_is_told(github: GitHub, tmp_path: Path) -> None:
    github.change("corpus/papers/2025/fits.yaml", b"x" * 65_536)
    github.change("corpus/papers/2025/over.yaml", b"x" * 65_537)
    github.change("corpus/papers/2025/far-over.yaml", b"x" * 2_000_000)
    github.files.append({"filename": "corpus/papers/2025/sub.yaml", "status": "added", "sha": "c" * 40})
    github.files.append({"filename": "corpus/papers/2025/none.yaml", "status": "added", "sha": "../pulls"})
    for number in range(FILES_CAP + 1):
        github.change(f"corpus/papers/2025/n{number}.yaml", f"x: {number}\n")
    found = put_proposed(github.api, 7, tmp_path)
    assert [(one.path.rpartition("/")[2], one.why) for one in found.left_out] == [
        ("over.yaml", "is larger than 64 KiB"),
        ("far-over.yaml", "is larger than 64 KiB"),
        ("sub.yaml", "is no file"),
        ("none.yaml", "is no file"),
        ("n199.yaml", "comes after 200 others"),
        ("n200.yaml", "comes after 200 others"),
    ]
    assert len(found.changed) == FILES_CAP


def test_all_files_together_have_a_cap(github: GitHub, tmp_path: Path) -> None:
    for number in range(140):
        github.change(f"corpus/papers/2025/n{number}.yaml", f"{number:03}" + "x" * 65_000)
    found = put_proposed(github.api, 7, tmp_path)
    assert {one.why for one in found.left_out} == {"comes after 8 MiB of others"}
    assert len(found.changed) == -(-8 * 1024 * 1024 // 65_003)


# ---- hostile words --------------------------------------------------------------------------------------------------


def test_a_hostile_record_is_words_in_the_comment(github: GitHub, base: Path, tmp_path: Path) -> None:
    assert base.is_dir()
    quoted = json.dumps(HOSTILE)
    github.change(NEW, f"title: {quoted}\nadded: 2025-11-04T00:00:00Z\nabstract: {quoted}\nkind: {quoted}\n")
    github.change("corpus/papers/2025/tag.yaml", "title: !!python/object/apply:os.system [id]\nadded: x\n")
    github.change("corpus/papers/2025/`@everyone`.yaml", "title: x\n")
    reviewed(github, tmp_path)
    said = comment(github)
    assert said.count(MARK) == 1
    tokens = [token for block in MarkdownIt("commonmark").parse(said) for token in (block, *(block.children or ()))]
    assert [token.content.strip() for token in tokens if token.type.startswith("html")] == [MARK]
    assert [token for token in tokens if token.type in ("image", "link_open")] == []
    shown = " ".join(token.content for token in tokens if token.type == "text")
    assert "<img src=x onerror=alert(1)>" in shown
    for words in ("@everyone", "https://evil", "#1 "):
        assert words not in shown
    assert not any(line.lstrip().startswith(("::", "##[")) for line in said.splitlines())
    assert "`` corpus/papers/2025/`@everyone`.yaml `` is no place for a record or settings" in said


def test_the_largest_change_fits_into_one_comment(github: GitHub, base: Path, tmp_path: Path) -> None:
    assert base.is_dir()
    for number in range(FILES_CAP):
        wide = json.dumps("<&>" * 9_000)
        github.change(f"corpus/papers/2025/n{number}.yaml", f"title: {wide}\nkind: {wide}\nabstract: {wide}\n")
    for number in range(80):
        github.change(f"corpus/{'x' * 900}{number}.txt", "x")
    reviewed(github, tmp_path)
    assert len(comment(github)) < 65_536
    assert "### Not looked at" in comment(github)


# ---- who is asked ---------------------------------------------------------------------------------------------------


def test_nobody_is_asked_twice_and_a_stranger_keeps_nobody_from_the_others(
    github: GitHub, base: Path, tmp_path: Path
) -> None:
    names = '["@eve", "@Done", "@asked", "@papers/team", "@papers/asked-team", "@gone", "@last", "Ada B.", "@a/../b"]'
    write(base, {"corpus/topics.yaml": f"topics:\n- {{slug: agents, name: Agents, curators: {names}}}\n"})
    asked: dict[str, Any] = {"requested_reviewers": [{"login": "asked"}], "requested_teams": [{"slug": "asked-team"}]}
    github.pulls[:] = [pull(**asked)]
    github.reviews.append({"user": {"login": "done"}})
    github.strangers.add("gone")
    github.change(NEW, record("x", topics="[agents]"))
    # The change names reviewers of its own, which is not heard.
    github.change("corpus/topics.yaml", "topics:\n- {slug: agents, name: Agents, curators: ['@mallory']}\n", "modified")
    said = reviewed(github, tmp_path)
    assert [body for _, path, body in github.written if "reviewers" in path] == [
        {"team_reviewers": ["team"]},
        {"reviewers": ["gone"]},
        {"reviewers": ["last"]},
    ]
    assert said[1:] == (
        "GitHub refuses POST pulls/7/requested_reviewers: 422 Reviews may only be requested from collaborators.",
    )


def test_a_draft_asks_nobody(github: GitHub, base: Path, tmp_path: Path) -> None:
    assert base.is_dir()
    github.pulls[:] = [pull(draft=True)]
    github.change(NEW, record("x", topics="[agents]"))
    reviewed(github, tmp_path)
    assert [path for _, path, _ in github.written] == ["issues/7/comments"]


# ---- the API and the event ------------------------------------------------------------------------------------------


def test_what_github_refuses_is_one_line_and_the_token_follows_no_redirect(github: GitHub) -> None:
    with pytest.raises(ApiError, match=r"^GitHub refuses GET nothing: 404 Not Found$"):
        github.api.get("nothing")
    with pytest.raises(ApiError, match=r"^GitHub refuses GET moved: 301 Moved Permanently$"):
        github.api.get("moved")
    with pytest.raises(ApiError, match=r"is no JSON$"):
        github.api.get("words")
    with pytest.raises(AnswerTooLargeError, match=r"larger than 3 bytes$"):
        github.api.get("words", cap=3)
    with pytest.raises(ApiError, match=r"^GitHub refuses GET pulls: 401 Bad credentials$"):
        Api(github.address, "ada/papers", "wrong").get("pulls")
    with pytest.raises(ApiError, match=r"^GitHub gives no answer to GET pulls: "):
        Api("http://127.0.0.1:1", "ada/papers", "x").get("pulls")
    assert [path for _, path, _ in github.asked] == ["nothing", "moved", "words", "words", "pulls"]
    assert "wrong" not in repr(Api("", "", "wrong"))


@pytest.mark.parametrize(
    "words",
    ["", "[]", "{}", '{"workflow_run": {}, "repository": {}}', '{"workflow_run": {"head_sha": "main"}}', '"x"'],
)
def test_an_event_of_another_kind_is_a_fault_in_one_line(words: str, tmp_path: Path) -> None:
    path = tmp_path / "event.json"
    path.write_text(words, "utf-8")
    for read in (finished_run, labelled_issue):
        with pytest.raises(SitegenError, match=r"^(the event|this command|GITHUB_EVENT_PATH)[^\n]+$"):
            read(path)


def test_the_workflows_last_step_does_all_of_it(github: GitHub, base: Path, tmp_path: Path) -> None:
    (tmp_path / "event.json").write_text(
        json.dumps(
            {
                "workflow_run": {
                    "head_sha": SHA,
                    "head_branch": "papers",
                    "head_repository": {"owner": {"login": "eve"}},
                },
                "repository": {"default_branch": "main"},
            }
        ),
        "utf-8",
    )
    github.change(NEW, record("Herding cats by letter"))
    done = door(github, base, "review", GITHUB_EVENT_PATH=str(tmp_path / "event.json"))
    assert (done.returncode, done.stdout, done.stderr) == (0, "#7: 1 file of the corpus looked at\n", "")
    assert "Herding cats" in comment(github)
    without = door(github, base, "review", GITHUB_EVENT_PATH="")
    assert without.returncode == 2
    assert without.stderr.startswith("sitegen: the environment must hold GITHUB_EVENT_PATH")
