"""The workflows: judged by the tools that know GitHub's rules, and held to the house's own."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parent.parent
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
BIN = Path(sys.executable).parent
JUDGES = [
    pytest.param(
        ["zizmor", "--offline", "--no-config", "--no-progress", "--persona", "regular"], id="zizmor finds no weakness"
    ),
    pytest.param(["check-jsonschema", "--builtin-schema", "vendor.github-workflows"], id="the schema knows every key"),
    pytest.param(
        ["yamllint", "--strict", "--config-file", str(ROOT / ".yamllint.yml")], id="yamllint reads them gladly"
    ),
]
each_workflow = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)


def read(path: Path) -> dict[str, Any]:
    """Every value as text, so that the key `on` is not taken for true."""
    workflow = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)  # noqa: S506 (it makes nothing but text)
    assert isinstance(workflow, dict)
    return workflow


def jobs_of(path: Path) -> dict[str, Any]:
    return dict(read(path)["jobs"])


def steps_of(job: dict[str, Any]) -> list[dict[str, Any]]:
    return list(job["steps"])


def test_there_are_the_two_workflows_that_publish_and_that_check() -> None:
    assert [path.name for path in WORKFLOWS] == ["pr.yml", "site.yml"]


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
        assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", action), action


def test_one_action_has_one_pin() -> None:
    pins = {pin for path in WORKFLOWS for pin in re.findall(r"uses: (\S+)", path.read_text("utf-8"))}
    assert len({pin.partition("@")[0] for pin in pins}) == len(pins)


@each_workflow
def test_no_secret_no_cache_and_no_event_that_brings_rights_to_strangers(path: Path) -> None:
    words = path.read_text("utf-8")
    for banned in ("secrets.", "pull_request_target", "workflow_run", "actions/cache", "cache:"):
        assert banned not in words


@each_workflow
def test_no_checkout_leaves_its_token_behind(path: Path) -> None:
    for job in jobs_of(path).values():
        for step in steps_of(job):
            if "/checkout@" in step.get("uses", ""):
                assert step["with"] == {"persist-credentials": "false"}


@each_workflow
def test_nothing_names_where_the_repository_is(path: Path) -> None:
    words = path.read_text("utf-8")
    assert "://" not in words
    assert re.findall(r"[\w-]+\.github\.io|github\.com", words) == []


def test_a_pull_request_may_read_and_no_more() -> None:
    path = ROOT / ".github" / "workflows" / "pr.yml"
    assert read(path)["on"] == {"pull_request": ""}
    assert [job["permissions"] for job in jobs_of(path).values()] == [{"contents": "read"}] * 2


def test_a_pull_request_is_checked_before_it_is_built_and_tested_apart() -> None:
    jobs = jobs_of(ROOT / ".github" / "workflows" / "pr.yml")
    commands = [step["run"] for step in steps_of(jobs["site"]) if "run" in step]
    assert commands == ["make install", ".venv/bin/sitegen check --format github", "make site"]
    assert [step["run"] for step in steps_of(jobs["test"]) if "run" in step] == [".ci/run"]


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
