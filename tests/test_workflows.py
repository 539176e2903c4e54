"""The workflows: judged by the tools that know GitHub's rules, and held to the house's own."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import threading
import time
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import pytest
import yaml
from packages import lend_libraries, offline
from projects import SITE_URL, free_port, make_project
from repositories import commit, git, record, write

from sitegen import __version__
from sitegen.build import build
from sitegen.config import settings_of

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
OWN = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
# Those that `sitegen init` puts into new projects.
LENT = sorted((ROOT / "sitegen/templates/dot-github/workflows").glob("*.yml"))
WORKFLOWS = [*OWN, *LENT]
WORKFLOW_FOLDER = ROOT / ".github" / "workflows"
SITE = WORKFLOW_FOLDER / "site.yml"
FORMS = sorted((ROOT / ".github/ISSUE_TEMPLATE").glob("*-*.yml"))
OLD = record("Counting sheep by the hour", abstract="We count sheep by the hour, and find that there are many of them.")
# As GitHub calls it.
SHELL = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c"]
BIN = Path(sys.executable).parent
YAMLLINT = ["yamllint", "--strict", "--config-file", str(ROOT / ".yamllint.yml")]
JUDGES = [
    pytest.param(
        ["zizmor", "--offline", "--no-config", "--no-progress", "--persona", "auditor"], id="zizmor finds no weakness"
    ),
    pytest.param(["check-jsonschema", "--builtin-schema", "vendor.github-workflows"], id="the schema knows every key"),
    pytest.param(YAMLLINT, id="yamllint reads them gladly"),
]
each_workflow = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.relative_to(ROOT).as_posix())


def read(path: Path) -> dict[str, Any]:
    """Every value as text, so that the key `on` is not taken for true."""
    workflow = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)  # noqa: S506 (it makes nothing but text)
    assert isinstance(workflow, dict)
    return workflow


def jobs_of(path: Path) -> dict[str, Any]:
    return dict(read(path)["jobs"])


def steps_of(job: dict[str, Any]) -> list[dict[str, Any]]:
    return list(job["steps"])


def test_there_are_these_workflows_and_a_new_project_has_what_it_needs_of_them() -> None:
    assert [path.name for path in OWN] == ["add.yml", "care.yml", "comment.yml", "pr.yml", "release.yml", "site.yml"]
    assert [path.name for path in LENT] == ["add.yml", "care.yml", "comment.yml", "pr.yml", "site.yml"]


def test_what_a_new_project_has_of_github_is_what_this_one_has() -> None:
    """But for what is about this project's code: who owns it, its locks, and the tests of a pull request."""
    lent = ROOT / "sitegen/templates/dot-github"
    files = [path.relative_to(lent) for path in sorted(lent.rglob("*")) if path.is_file()]
    assert [path.name for path in files if (ROOT / ".github" / path).read_bytes() != (lent / path).read_bytes()] == [
        *("CODEOWNERS", "dependabot.yml", "pr.yml")
    ]


@pytest.mark.parametrize("command", JUDGES)
def test_the_judges_are_content(command: list[str]) -> None:
    run = subprocess.run(
        [str(BIN / command[0]), *command[1:], *map(str, WORKFLOWS)], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_the_judge_of_weaknesses_notices_one(tmp_path: Path) -> None:
    sound = (ROOT / ".github" / "workflows" / "site.yml").read_text("utf-8")
    weak = tmp_path / "weak.yml"
    weak.write_text(sound.replace("run: make site", "run: echo ${{ github.event.head_commit.message }}"), "utf-8")
    command = [str(BIN / "zizmor"), "--offline", "--no-config", "--no-progress", str(weak)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode != 0
    assert "template-injection" in run.stdout


@each_workflow
def test_rights_are_given_to_jobs_and_to_nobody_else(path: Path) -> None:
    assert read(path)["permissions"] == {}
    assert all("permissions" in job for job in jobs_of(path).values())


@each_workflow
def test_every_job_ends_in_time_on_a_named_system(path: Path) -> None:
    for job in jobs_of(path).values():
        assert 0 < int(job["timeout-minutes"]) <= 30
        assert not job["runs-on"].endswith("latest")


@each_workflow
def test_actions_are_githubs_own_and_pinned_by_hash_with_their_version(path: Path) -> None:
    used = re.findall(r"uses: (.*)", path.read_text("utf-8"))
    assert used
    for action in used:
        assert re.fullmatch(r"[a-z-]+/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", action), action
        owner = action.partition("/")[0]
        assert owner == "actions" or (path.name, owner) == ("release.yml", "astral-sh")


def test_one_action_has_one_pin() -> None:
    pins = {pin for path in WORKFLOWS for pin in re.findall(r"uses: (\S+)", path.read_text("utf-8"))}
    assert len({pin.partition("@")[0] for pin in pins}) == len(pins)


@each_workflow
def test_no_secret_no_cache_and_no_event_that_brings_rights_to_strangers(path: Path) -> None:
    words = path.read_text("utf-8").replace("enable-cache: false", "")
    for banned in ("secrets.", "pull_request_target", "actions/cache", "cache:"):
        assert banned not in words
    assert ("workflow_run" in words) == (path.name == "comment.yml")


@each_workflow
def test_what_strangers_write_is_no_part_of_any_script(path: Path) -> None:
    for job in jobs_of(path).values():
        scripts = [step.get("run", "") + str(step.get("with", {}).get("script", "")) for step in steps_of(job)]
        assert [script for script in scripts if "${{" in script] == []
        values = [*job.get("env", {}).values()] + [
            one for step in steps_of(job) for one in step.get("env", {}).values()
        ]
        assert [value for value in values if "github.event" in value or "github.head" in value] == []


def test_one_finding_is_waived_and_carries_its_reason() -> None:
    waived = [line for path in OWN for line in path.read_text("utf-8").splitlines() if "zizmor:" in line]
    assert [line.split("zizmor: ")[1].split(" ", 1)[0] for line in waived] == ["ignore[dangerous-triggers]"]
    assert len(waived[0].partition("] ")[2]) > 30


def test_the_comment_runs_the_newest_code_of_the_base_and_hands_its_token_to_one_step() -> None:
    workflow = read(WORKFLOW_FOLDER / "comment.yml")
    (job,) = workflow["jobs"].values()
    assert workflow["on"] == {"workflow_run": {"workflows": ["Pull request"], "types": ["completed"]}}
    assert workflow["on"]["workflow_run"]["workflows"] == [read(WORKFLOW_FOLDER / "pr.yml")["name"]]
    assert job["permissions"] == {"contents": "read", "pull-requests": "write"}
    # No ref, no repository, no artifact: nothing of the pull request is on this machine.
    assert [step.get("with", {}) for step in steps_of(job) if "uses" in step] == [
        {"persist-credentials": "false"},
        {"python-version": "3.11"},
    ]
    assert [(step["run"], "env" in step) for step in steps_of(job) if "run" in step] == [
        ("make install", False),
        (".venv/bin/python -m sitegen.github review", True),
    ]


@each_workflow
def test_no_checkout_leaves_its_token_behind(path: Path) -> None:
    for job in jobs_of(path).values():
        for step in steps_of(job):
            if "/checkout@" in step.get("uses", ""):
                assert step["with"]["persist-credentials"] == "false"
                assert step["with"].keys() <= {"persist-credentials", "fetch-depth"}


@each_workflow
def test_nothing_names_where_the_repository_is(path: Path) -> None:
    words = path.read_text("utf-8")
    assert "://" not in words
    assert re.findall(r"[\w-]+\.github\.io|github\.com", words) == []


def test_a_pull_request_may_read_and_no_more() -> None:
    for path, jobs in ((OWN[0].with_name("pr.yml"), 2), (LENT[0].with_name("pr.yml"), 1)):
        assert read(path)["on"] == {"pull_request": ""}
        assert [job["permissions"] for job in jobs_of(path).values()] == [{"contents": "read"}] * jobs


def test_a_pull_request_is_checked_before_it_is_built_and_tested_apart() -> None:
    jobs = jobs_of(ROOT / ".github" / "workflows" / "pr.yml")
    commands = [step["run"] for step in steps_of(jobs["site"]) if "run" in step]
    assert commands[:5] == [
        "make install",
        ".venv/bin/sitegen check --base HEAD^1 --format github",
        "make site",
        '.venv/bin/sitegen diff HEAD^1 --format markdown >> "$GITHUB_STEP_SUMMARY"',
        ".venv/bin/python -m mkdocs build --strict",
    ]
    assert steps_of(jobs["site"])[0]["with"]["fetch-depth"] == "2"
    assert [step["run"] for step in steps_of(jobs["test"]) if "run" in step] == [".ci/run"]


CHECK, LINKS = "Check the records, and what is published of them", "Follow the links of its pages"
NEW, INDEX = "corpus/papers/2025/new.yaml", "docs/guide/index.md"
GOOD = record("Herding cats by letter", topics="[llm-agents]", announce="false")
CHANGES = {
    "good": ({NEW: GOOD}, "", ""),
    "broken": ({NEW: "title: [x\n"}, CHECK, f"::error file={NEW},line="),
    "duplicate": ({NEW: OLD.replace("2025-11-03", "2025-11-04")}, CHECK, "title=SG042::"),
    "vanished": ({"corpus/papers/2025/old.yaml": ""}, CHECK, "title=SG037::a published id must stay, but 'old'"),
    "dead link": ({INDEX: "# Guide\n\n[x](nowhere.md)\n"}, LINKS, "contains a link 'nowhere.md'"),
}


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This repository with few papers, as if `make install` had been here: its stamps are newer than the locks."""
    project = tmp_path_factory.mktemp("pull request") / "project"
    for name in ("corpus", "docs", "theme", ".github"):
        shutil.copytree(ROOT / name, project / name, ignore=shutil.ignore_patterns("papers", *MADE))
    for path in (*ROOT.glob("requirements*.txt"), *(ROOT / name for name in ("Makefile", "mkdocs.yml", ".gitignore"))):
        shutil.copy(path, project)
    shutil.copy(ROOT / "pyproject.toml", project)
    git(project, "init", "--quiet", "--initial-branch=main")
    write(project, {"corpus/papers/2025/old.yaml": OLD})
    commit(project)
    lend_installed(project)
    return project


# What a build makes below docs/; theme/, corpus/ and .github/ have no such names.
MADE = ("topics", "browse", "kinds", "authors", "stats", "feeds", "exports")


def lend_installed(project: Path) -> None:
    """Let `.venv` be the environment that runs the tests, and make believe it."""
    (project / ".venv/bin").mkdir(parents=True)
    (project / ".venv/bin/sitegen").symlink_to(BIN / "sitegen")
    command = project / ".venv/bin/python"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', "utf-8")
    command.chmod(0o755)
    for stamp in ("made", "installed-to-run"):
        (project / ".venv" / stamp).touch()


def merged(project: Path, change: dict[str, str]) -> None:
    """Do as GitHub does: the commit that is checked out merges the change into the base, its first parent."""
    git(project, "switch", "--quiet", "--create", "change", "main")
    write(project, change)
    commit(project)
    git(project, "switch", "--quiet", "--detach", "main")
    git(project, "merge", "--quiet", "--no-ff", "--message", "merged", "change")
    git(project, "branch", "--quiet", "--delete", "--force", "change")


def run_job(job: dict[str, Any], folder: Path, environment: dict[str, str], *before: str) -> tuple[str, str]:
    """Run the commands of a job in their order; gives the name of the one that failed, "" if none did, and its words.

    `before` stands before the shell of each but the one that installs.
    """
    for step in steps_of(job):
        if "run" in step:
            words = [*(before if step["name"] != "Install" else ()), *SHELL, step["run"]]
            env = {"PATH": os.environ["PATH"], "no_proxy": "*"} | environment | step.get("env", {})
            done = subprocess.run(words, cwd=folder, env=env, capture_output=True, text=True, check=False)
            if done.returncode:
                return step["name"], done.stdout + done.stderr
    return "", ""


@pytest.mark.parametrize("name", CHANGES)
def test_a_pull_requests_steps_pass_a_good_change_and_stop_where_a_bad_one_is_bad(
    name: str, clone: Path, tmp_path: Path
) -> None:
    change, failed, said = CHANGES[name]
    merged(clone, change)
    job, summary = jobs_of(WORKFLOW_FOLDER / "pr.yml")["site"], tmp_path / "summary.md"
    where, words = run_job(job, clone, {"GITHUB_STEP_SUMMARY": str(summary)})
    assert where == failed, words
    assert said in words
    if failed == CHECK:
        annotations = [line for line in words.splitlines() if line.startswith("::")]
        assert all(line.startswith(("::error ", "::warning ")) for line in annotations)
        assert not summary.exists(), "nothing after the check was run"
    if name == "good":
        shown = summary.read_text("utf-8")
        assert "Herding cats by letter" in shown
        assert re.search(
            r"### Size of the site\n\n.*\n- it weighs \d\.\d\d MB as it was built last, of it 0\.\d\d MB", shown
        )
        assert (clone / "preview/site/papers/new/index.html").exists()
        shutil.rmtree(clone / "preview")


@pytest.mark.soak
def test_workflows_run_in_a_clean_clone_and_need_no_network_but_to_install(tmp_path: Path) -> None:
    """The real thing: GitHub's own steps, an empty home, every package installed anew, all papers."""
    offline_too = ["unshare", "--map-root-user", "--net"]
    if subprocess.run([*offline_too, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this system lends nobody a network of their own")
    project = tmp_path / "a clean clone"
    git(tmp_path, "clone", "--quiet", str(ROOT), str(project))
    git(project, "switch", "--quiet", "--force-create", "main")
    kept = {name: value for name, value in os.environ.items() if name.startswith("PIP_")}
    environment = {**kept, "HOME": str(tmp_path), "CI": "true"}
    for one in ("GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT"):
        environment[one] = str(tmp_path / one)
    build_job = jobs_of(SITE)["build"]
    steps = {"steps": [{"name": "Install", "run": "make install"}, *steps_of(build_job)]}
    assert run_job(steps, project, environment, *offline_too) == ("", "")
    shutil.rmtree(project / "site")
    for change, failed, said in CHANGES.values():
        base = git(project, "rev-parse", "main")
        write(project, {"corpus/papers/2025/old.yaml": OLD})
        commit(project)
        merged(project, change)
        where, words = run_job(jobs_of(WORKFLOW_FOLDER / "pr.yml")["site"], project, environment, *offline_too)
        assert (where, said in words) == (failed, True), words
        shutil.rmtree(project / "preview", ignore_errors=True)
        git(project, "switch", "--quiet", "--force-create", "main", base)


@pytest.mark.skipif(not (BIN / "shellcheck").exists(), reason="there is no wheel of shellcheck for this system")
def test_shellcheck_is_content_with_every_script(tmp_path: Path) -> None:
    scripts = [path for path in sorted((ROOT / ".ci").iterdir()) if path.read_text("utf-8").startswith("#!/bin/sh")]
    for path in WORKFLOWS:
        for job in jobs_of(path).values():
            for step in steps_of(job):
                if "run" in step:
                    scripts.append(tmp_path / f"{len(scripts)}.sh")
                    scripts[-1].write_text(f"#!/bin/bash\n{step['run']}\n", "utf-8")
    done = subprocess.run([str(BIN / "shellcheck"), *map(str, scripts)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_site_of_a_pull_request_is_kept_with_the_one_command_that_serves_it(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site/index.html").write_text("<p>the site</p>", "utf-8")
    shutil.copytree(ROOT / ".github", tmp_path / ".github")
    steps = steps_of(jobs_of(WORKFLOW_FOLDER / "pr.yml")["site"])
    run_step(steps[-2], tmp_path, {})
    assert steps[-1]["with"]["path"] == "preview"
    (command,) = re.findall(r"^    (.+)$", (tmp_path / "preview/README.txt").read_text("utf-8"), re.MULTILINE)
    port = free_port()
    words = [sys.executable, *shlex.split(command.replace("8000", str(port)))[1:]]
    with subprocess.Popen(words, cwd=tmp_path / "preview", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as run:
        try:
            assert read_soon(f"http://127.0.0.1:{port}/", run) == "<p>the site</p>"
        finally:
            run.terminate()


def read_soon(address: str, server: subprocess.Popen[bytes]) -> str:
    """Give what a server that is starting shows; minutes, on a busy machine."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    for _ in range(1000):
        try:
            with opener.open(address, timeout=5) as answer:
                return str(answer.read().decode())
        except OSError:
            assert server.poll() is None
            time.sleep(0.2)
    pytest.fail("it did not answer")


def test_a_maintainers_label_starts_an_import_and_no_form_brings_that_label() -> None:
    workflow = read(WORKFLOW_FOLDER / "add.yml")
    assert workflow["on"] == {"issues": {"types": ["labeled"]}}
    assert workflow["jobs"]["import"]["if"] == "github.event.label.name == 'import'"
    for form in FORMS:
        assert "labels" not in yaml.safe_load(form.read_bytes())


def test_what_an_issue_holds_is_read_without_rights_and_only_its_records_reach_the_job_that_may_write() -> None:
    jobs = jobs_of(WORKFLOW_FOLDER / "add.yml")
    reads, writes = jobs["import"], jobs["open"]
    assert reads["permissions"] == {"contents": "read"}
    assert not any("env" in step for step in steps_of(reads))
    assert [step["run"] for step in steps_of(reads) if "run" in step] == [
        *("make install", ".venv/bin/python -m sitegen.github import imported")
    ]
    assert (writes["needs"], writes.get("if")) == ("import", None)
    assert writes["permissions"] == dict.fromkeys(["contents", "issues", "pull-requests"], "write")
    assert [step["run"] for step in steps_of(writes) if "env" in step] == [
        ".venv/bin/python -m sitegen.github add imported"
    ]
    # Installed before anything of the other job is on this machine.
    assert [step["name"] for step in steps_of(writes)][2:4] == ["Install", "Take what was imported"]
    handed = [step["with"] for job in (reads, writes) for step in steps_of(job) if "-artifact@" in step.get("uses", "")]
    assert [(one["name"], one["path"]) for one in handed] == [("imported", "imported")] * 2


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("dependabot", [place / "dependabot.yml" for place in (ROOT / ".github", LENT[0].parent.parent)]),
        ("github-issue-forms", FORMS),
        ("github-issue-config", [ROOT / ".github/ISSUE_TEMPLATE/config.yml"]),
    ],
)
def test_the_schemas_know_the_other_files_of_github(schema: str, files: list[Path]) -> None:
    assert files
    assert "cooldown" in files[0].read_text("utf-8") or schema != "dependabot"
    for judge in (["check-jsonschema", "--builtin-schema", f"vendor.{schema}"], YAMLLINT):
        run = subprocess.run(
            [str(BIN / judge[0]), *judge[1:], *map(str, files)], capture_output=True, text=True, check=False
        )
        assert run.returncode == 0, run.stdout + run.stderr


def test_care_is_taken_weekly_in_a_file_of_its_own() -> None:
    workflow = read(WORKFLOW_FOLDER / "care.yml")
    (job,) = workflow["jobs"].values()
    ((moment,),) = (one.values() for one in workflow["on"]["schedule"])
    assert re.fullmatch(r"\d+ \d+ \* \* [0-6]", moment)
    assert job["permissions"] == {"contents": "read", "issues": "write"}
    assert [path.name for path in OWN if "schedule:" in path.read_text("utf-8")] == ["care.yml"]


def test_owners_are_named_for_all_that_runs_and_never_for_a_records_folder() -> None:
    for folder in (ROOT, ROOT / "sitegen/templates"):
        lines = (next(folder.glob("*github")) / "CODEOWNERS").read_text("utf-8").splitlines()
        places = [line.split()[0] for line in lines if not line.startswith("#")]
        assert {"/.github/", "/Makefile", "/theme/", "/mkdocs.yml"} <= set(places)
        assert not any("papers" in place for place in places)
    assert {"/sitegen/", "/.ci/"} <= {
        line.split()[0] for line in (ROOT / ".github/CODEOWNERS").read_text().splitlines()
    }


def test_a_release_is_published_by_a_job_that_runs_nothing_of_the_repository_and_has_no_secret() -> None:
    workflow = read(WORKFLOW_FOLDER / "release.yml")
    build_job, publish = workflow["jobs"]["build"], workflow["jobs"]["publish"]
    assert workflow["on"] == {"push": {"tags": ["v*"]}}
    assert build_job["permissions"] == {"contents": "read"}
    assert (publish["needs"], publish["permissions"]) == ("build", {"id-token": "write"})
    assert [step["run"] for step in steps_of(publish) if "run" in step] == [
        "uv publish --trusted-publishing always dist/*"
    ]
    used = [step["uses"].partition("@")[0] for step in steps_of(publish) if "uses" in step]
    assert used == ["actions/download-artifact", "astral-sh/setup-uv"]


def test_a_releases_steps_build_what_they_try_and_refuse_another_tag(tmp_path: Path) -> None:
    project = tmp_path / "project"
    project.mkdir()
    for name in ("sitegen", "theme"):
        shutil.copytree(ROOT / name, project / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "LICENSE", "CHANGELOG.md", ".gitignore"):
        shutil.copy(ROOT / name, project / name)
    shutil.copytree(ROOT / ".ci", project / ".ci")
    (project / ".venv/bin").mkdir(parents=True)
    (project / ".venv/bin/sitegen").symlink_to(BIN / "sitegen")
    command = project / ".venv/bin/python"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', "utf-8")
    command.chmod(0o755)
    environment = offline(project / "x.whl", lend_libraries(tmp_path / "libraries"))
    steps = {
        step["name"]: step for step in steps_of(jobs_of(WORKFLOW_FOLDER / "release.yml")["build"]) if "run" in step
    }
    tag = steps["See that the tag is the version"]
    run_step(tag, project, environment | {"GITHUB_REF_NAME": f"v{__version__}"})
    with pytest.raises(subprocess.CalledProcessError):
        run_step(tag, project, environment | {"GITHUB_REF_NAME": "v9.9.9"})
    run_step(steps["Build"], project, environment)
    assert len(list((project / "dist").iterdir())) == 2
    said = run_step(steps["Try what was built"], project, environment)
    assert said.startswith("the sdist makes the same wheel\n")
    assert said.endswith("the wheel makes a site\n")


@pytest.fixture
def hub() -> Iterator[tuple[str, list[dict[str, str]]]]:
    """A hub on the loopback: its address, and what it was told; of feeds on mars it will not hear."""
    told: list[dict[str, str]] = []

    class Hub(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode(), strict_parsing=True)
            told.append({name: value for name, (value,) in form.items()})
            self.send_response(503 if "mars" in told[-1]["hub.url"] else 204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Stay silent: pytest's output is for its own words."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Hub) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/", told
        server.shutdown()
        thread.join()


def outputs_of_the_build(project: Path) -> dict[str, str]:
    """Run the build job's look at the feeds and give what it tells the other jobs."""
    output = project / "output"
    output.write_text("", "utf-8")
    (step,) = (step for step in steps_of(jobs_of(SITE)["build"]) if step.get("id") == "feeds")
    run_step(step, project, {"GITHUB_OUTPUT": str(output)})
    return dict(line.split("=", 1) for line in output.read_text("utf-8").splitlines())


def run_step(step: dict[str, Any], folder: Path, environment: dict[str, str]) -> str:
    """Run a step as GitHub does."""
    command = [*SHELL, step["run"]]
    path = {"PATH": os.environ["PATH"], "no_proxy": "*"}
    return subprocess.run(
        command, cwd=folder, env=path | environment, capture_output=True, text=True, check=True
    ).stdout


def test_every_feed_that_names_a_hub_is_told_to_it_once(tmp_path: Path, hub: tuple[str, list[dict[str, str]]]) -> None:
    project = make_project(tmp_path)
    settings = settings_of(project / "mkdocs.yml")
    build(settings, 1, lambda *_: None)
    assert outputs_of_the_build(project) == {"hub": "", "feeds": ""}
    config = project / "corpus/corpus.yaml"
    config.write_text(config.read_text("utf-8").replace("since:", "websub: https://hub.test/x, since:"), "utf-8")
    build(settings, 1, lambda *_: None)
    outputs = outputs_of_the_build(project)
    assert outputs["hub"] == "https://hub.test/x"
    (step,) = steps_of(jobs_of(SITE)["announce"])
    assert step["env"] == {f"{name.upper()}": f"${{{{ needs.build.outputs.{name} }}}}" for name in ("hub", "feeds")}
    address, told = hub
    assert run_step(step, project, {"HUB": address, "FEEDS": outputs["feeds"]}) == ""
    feeds = [path for path in (project / "site/feeds").rglob("*") if path.name.endswith((".xml", ".json"))]
    live = {SITE_URL + path.relative_to(project / "site").as_posix() for path in feeds if "archive" not in path.parts}
    assert sorted(ping["hub.url"] for ping in told) == sorted(live)
    assert all(ping == {**ping, "hub.mode": "publish", "hub.topic": ping["hub.url"]} for ping in told)


def test_a_hub_that_refuses_is_left_alone_and_costs_nothing(
    tmp_path: Path, hub: tuple[str, list[dict[str, str]]]
) -> None:
    address, told = hub
    (step,) = steps_of(jobs_of(SITE)["announce"])
    feeds = "https://mars.test/feeds/all.json https://mars.test/feeds/weekly.json"
    said = run_step(step, tmp_path, {"HUB": address, "FEEDS": feeds})
    assert said == "::warning::the hub refuses what it is told, last https://mars.test/feeds/all.json\n"
    assert len(told) == 3


def test_the_hub_is_told_after_the_deployment_without_any_right() -> None:
    job = jobs_of(SITE)["announce"]
    assert job["permissions"] == {}
    assert (job["needs"], job["if"]) == (["build", "deploy"], "needs.build.outputs.hub != ''")


def test_only_main_is_published_by_a_job_that_runs_nothing_of_the_repository() -> None:
    path = ROOT / ".github" / "workflows" / "site.yml"
    jobs = jobs_of(path)
    deploy = jobs["deploy"]
    assert read(path)["on"] == {"push": {"branches": ["main"]}, "workflow_dispatch": ""}
    assert jobs["build"]["permissions"] == {"contents": "read"}
    assert deploy["permissions"] == {"pages": "write", "id-token": "write"}
    assert (deploy["needs"], deploy["if"]) == ("build", "github.ref == 'refs/heads/main'")
    assert [step["uses"].partition("@")[0] for step in steps_of(deploy)] == ["actions/deploy-pages"]
    assert not any("run" in step for step in steps_of(deploy))
