"""The bridge: `mkdocs build` gives what `sitegen build` gives, and what people see while they write."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest
from jinja2 import TemplateError
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, PluginError
from projects import COMMAND, MKDOCS, SITE_URL, free_port, make_project, run, stamps, tree

from sitegen.build import build
from sitegen.config import NAMED_CORPUS, settings_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from mkdocs.config.defaults import MkDocsConfig


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary folders go, which must be empty in the end."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr("tempfile.tempdir", None)
    return folder


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_project(tmp_path / "project")


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def mkdocs(project: Path, command: Literal["build", "gh-deploy", "serve"] = "build", **options: Any) -> MkDocsConfig:
    """Do what `mkdocs <command>` does, but for serving and pushing."""
    config = load_config(str(project / "mkdocs.yml"), **options)
    config.plugins.on_startup(command=command, dirty=False)
    try:
        mkdocs_build(config)
    finally:
        config.plugins.on_shutdown()
    return config


def sitegen_build(project: Path, out: str = "site") -> dict[str, tuple[int, bytes]]:
    build(settings_of(project / "mkdocs.yml", out=str(project / out)), 1, lambda *_: None)
    return tree(project / out)


# ---- mkdocs build ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "site_url",
    [
        pytest.param(f"site_url: {SITE_URL}", id="at the root"),
        pytest.param(f"site_url: {SITE_URL}repo/", id="below a path"),
        pytest.param(f"site_url: {SITE_URL}repo", id="below a path without its slash"),
        pytest.param("", id="nowhere yet"),
    ],
)
def test_both_commands_give_the_same_site(project: Path, temporary: Path, site_url: str) -> None:
    edit(project / "mkdocs.yml", f"site_url: {SITE_URL}", site_url)
    docs = stamps(project / "docs")
    mkdocs(project)
    assert stamps(project / "docs") == docs
    theirs = tree(project / "site")
    assert theirs == sitegen_build(project, "other")
    # Once more, with generated pages in docs/ and a site to replace.
    assert stamps(project / "docs") != docs
    before = stamps(project / "site")
    mkdocs(project)
    assert tree(project / "site") == theirs
    assert stamps(project / "site") == before
    assert list(temporary.iterdir()) == []


def test_the_commands_themselves_give_the_same_site(project: Path, temporary: Path) -> None:
    theirs = run(MKDOCS, "build", "--strict", "--site-dir", "theirs", cwd=project, umask=0o077)
    ours = run(COMMAND, "build", "--out", "ours", cwd=project)
    assert (theirs.code, ours.code) == (0, 0), theirs.err + ours.err
    assert tree(project / "theirs") == tree(project / "ours")
    assert list(temporary.iterdir()) == []


def test_a_changed_record_goes_live_by_an_exchange(project: Path) -> None:
    mkdocs(project)
    old = (project / "site").stat().st_ino
    edit(project / "corpus/papers/2024/hostile.yaml", "kind: survey", "kind: theory")
    mkdocs(project)
    assert (project / "site").stat().st_ino != old
    assert (project / ".site.sitegen/spare").stat().st_ino == old
    assert tree(project / "site") == sitegen_build(project, "other")


def test_gh_deploy_finds_a_whole_site_and_no_sentinel(project: Path) -> None:
    config = mkdocs(project, "gh-deploy")
    assert config.site_dir == str(project / "site")
    assert tree(project / "site") == sitegen_build(project, "other")


def test_placeholders_are_told_of(project: Path, caplog: pytest.LogCaptureFixture) -> None:
    edit(project / "corpus/corpus.yaml", "authority: papers.test", "authority: example.org")
    caplog.set_level(logging.INFO, "mkdocs")
    mkdocs(project)
    assert [words for words in caplog.messages if "placeholder" in words] == [
        f"feed.authority in {project / 'corpus/corpus.yaml'} is still the placeholder example.org"
    ]


# ---- what cannot be built -------------------------------------------------------------------------------------------


def test_a_broken_corpus_fails_in_words_and_leaves_the_old_site(project: Path, temporary: Path) -> None:
    mkdocs(project)
    before = tree(project / "site")
    edit(project / "corpus/papers/2023/plain-paper.yaml", "date: 2023-08-14", "date: soon")
    edit(project / "corpus/papers/2024/hostile.yaml", "topics: [agents, learning]", "topics: [none]")
    done = run(MKDOCS, "build", cwd=project)
    assert done.code == 1
    assert "corpus/papers/2023/plain-paper.yaml:4: SG004 date must be YYYY" in done.err
    assert "corpus/papers/2024/hostile.yaml:6: SG019" in done.err
    assert "2 problems found; nothing was written" in done.err
    assert "Traceback" not in done.err + done.out
    assert tree(project / "site") == before
    assert list(temporary.iterdir()) == []


def break_link(project: Path) -> None:
    edit(project / "docs/guide/index.md", "# Guide", "# Guide\n\n[nowhere](nowhere.md)\n")


def break_template(project: Path) -> None:
    edit(project / "theme/404.html", "{% block content %}", "{% block content %}{{ nothing.at.all() }}")


def add_search(project: Path) -> None:
    edit(project / "mkdocs.yml", "- sitegen", "- sitegen\n  - search")


def add_hook(project: Path) -> None:
    (project / "ours.py").write_text("def on_page_markdown(markdown, **_):\n    return markdown\n")
    edit(project / "mkdocs.yml", "docs_dir: docs", "hooks: [ours.py]")


def name_no_address(project: Path) -> None:
    edit(project / "mkdocs.yml", SITE_URL, "ftp://papers.test/")


def lose_corpus(project: Path) -> None:
    (project / "corpus").rename(project / "elsewhere")


def put_something_else_in_place(project: Path) -> None:
    for path in (project / ".site.sitegen").iterdir():
        if path.is_file():
            path.unlink()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        pytest.param(break_link, "Aborted with 1 warnings in strict mode", id="a dead link, with --strict"),
        pytest.param(break_template, "'nothing' is undefined", id="a template that fails half way"),
        pytest.param(add_search, "the plugin 'material/search' changes pages", id="a plugin that changes pages"),
        pytest.param(add_hook, "the plugin 'ours.py' changes pages", id="a hook that changes pages"),
        pytest.param(name_no_address, "ftp://papers.test/", id="an address that is none"),
        pytest.param(lose_corpus, "there is no corpus folder", id="no corpus"),
        pytest.param(put_something_else_in_place, "was not made by sitegen", id="a site that is not ours"),
    ],
)
def test_a_failed_build_leaves_the_old_site_and_nothing_else(
    project: Path, temporary: Path, caplog: pytest.LogCaptureFixture, change: Callable[[Path], None], words: str
) -> None:
    mkdocs(project)
    before = tree(project / "site")
    change(project)
    with pytest.raises((Abort, TemplateError)) as caught:
        mkdocs(project, strict=True)
    assert words in f"{caught.value} {caplog.text}"
    assert tree(project / "site") == before
    assert list(temporary.iterdir()) == []


def test_a_plugin_that_changes_pages_ends_both_commands(project: Path) -> None:
    add_search(project)
    theirs, ours = run(MKDOCS, "build", cwd=project), run(COMMAND, "build", cwd=project)
    assert (theirs.code, ours.code) == (1, 2)
    for done in (theirs, ours):
        assert "the plugin 'material/search' changes pages (on_page_context)" in done.err
        assert "Traceback" not in done.err
    assert not (project / "site").exists()


def test_serving_dirty_is_refused(project: Path) -> None:
    config = load_config(str(project / "mkdocs.yml"))
    with pytest.raises(PluginError, match="cannot serve --dirty"):
        config.plugins.on_startup(command="serve", dirty=True)


# ---- serving, without a server --------------------------------------------------------------------------------------


def test_each_file_that_is_asked_for_while_serving_is_that_of_the_built_site(
    project: Path, tmp_path: Path, temporary: Path
) -> None:
    built = {path: body for path, (_, body) in sitegen_build(project).items() if (project / "site" / path).is_file()}
    config = load_config(str(project / "mkdocs.yml"), site_dir=str(tmp_path / "frame"))
    config.plugins.on_startup(command="serve", dirty=False)
    plugin: Any = config.plugins["sitegen"]
    mkdocs_build(config)
    preview = plugin._serving._preview
    assert not (preview.folder / "papers").exists()
    assert (preview.folder / "guide/index.html").read_bytes() == built["guide/index.html"]
    for path in built:
        preview.make(path)
    shown = {path: (preview.folder / path).read_bytes() for path in built if (preview.folder / path).is_file()}
    assert shown == built
    config.plugins.on_shutdown()
    assert list(temporary.iterdir()) == []


class Watching:
    """A server that only remembers what it is to watch."""

    def __init__(self) -> None:
        self.watched: list[str] = []

    def watch(self, path: str) -> None:
        self.watched.append(path)


@pytest.mark.parametrize("named", ["", "other"])
def test_serving_watches_the_corpus(project: Path, named: str) -> None:
    config = load_config(str(project / "mkdocs.yml"))
    plugin: Any = config.plugins["sitegen"]
    server = Watching()
    token = NAMED_CORPUS.set(named)
    try:
        plugin.on_serve(server, config=config, builder=None)
    finally:
        NAMED_CORPUS.reset(token)
    assert server.watched == [named or str(project / "corpus")]


def test_a_build_that_fails_while_serving_is_told_in_words(project: Path, tmp_path: Path) -> None:
    edit(project / "corpus/papers/2024/hostile.yaml", "topics: [agents, learning]", "topics: [none]")
    with pytest.raises(Abort):
        mkdocs(project, "serve", site_dir=str(tmp_path / "shown"))


# ---- serving --------------------------------------------------------------------------------------------------------


@contextmanager
def serving(project: Path, *command: str | Path) -> Iterator[tuple[str, Path]]:
    """Run a serving command until it answers; gives the site's address and the file of what it says."""
    address = f"127.0.0.1:{free_port()}"
    words = project.parent / "words.txt"
    with words.open("wb") as file:
        server = subprocess.Popen(
            [*map(str, command), address], cwd=project, stdout=file, stderr=file, start_new_session=True,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONUNBUFFERED": "1"},
        )  # fmt: skip
    try:
        eventually(lambda: fetched(f"http://{address}/papers/hostile/") or server.poll() is not None)
        yield f"http://{address}/", words
    finally:
        server.send_signal(signal.SIGINT)
        try:
            server.wait(10)
        finally:
            server.kill()


def fetched(url: str) -> str:
    try:
        with urlopen(url, timeout=5) as answer:
            return str(answer.read().decode())
    except (HTTPError, URLError, ConnectionError, TimeoutError):
        return ""


def eventually(true: Callable[[], object], seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.1)


def builds(words: Path) -> int:
    return words.read_text("utf-8").count("Documentation built in")


def plans(words: Path) -> int:
    return words.read_text("utf-8").count("Records read and pages planned again")


@pytest.mark.parametrize(
    "command",
    [
        pytest.param((COMMAND, "serve", "--address"), id="sitegen serve"),
        pytest.param((MKDOCS, "serve", "--dev-addr"), id="mkdocs serve"),
    ],
)
def test_serving_shows_a_changed_record_and_does_not_loop(
    project: Path, temporary: Path, command: tuple[str | Path, ...]
) -> None:
    # Generated pages in docs/, as they are after any `sitegen build`.
    sitegen_build(project)
    docs, site = stamps(project / "docs"), tree(project / "site")
    with serving(project, *command) as (address, words):
        assert "<h1" in fetched(f"{address}topics/learning/")
        assert address in fetched(f"{address}feeds/all.atom.xml")
        assert builds(words) == 1
        # The watcher looks a few times a second, and must have looked once before the edit.
        time.sleep(1)
        edit(project / "corpus/papers/2023/plain-paper.yaml", "We learn together", "We learn alone")
        eventually(lambda: "We learn alone" in fetched(f"{address}papers/plain-paper/"))
        time.sleep(5)
        # An editor may write twice; MkDocs is not needed for it.
        assert (builds(words), plans(words) in (1, 2)) == (1, True)
        # A broken record is told of, and what was shown before is shown again once it is mended.
        edit(project / "corpus/papers/2023/plain-paper.yaml", "date: 2023-08-14", "date: soon")
        eventually(lambda: "SG004 date must be" in words.read_text("utf-8"))
        edit(project / "corpus/papers/2023/plain-paper.yaml", "date: soon", "date: 2023-08-15")
        eventually(lambda: "15 August 2023" in fetched(f"{address}papers/plain-paper/"))
        # A page more, and other settings, need another frame.
        (project / "corpus/papers/2023/another.yaml").write_text(
            'title: "Another"\nadded: "2023-09-01T00:00:00Z"\n', "utf-8"
        )
        eventually(lambda: "Another" in fetched(f"{address}papers/another/"))
        assert builds(words) == 2
        edit(project / "mkdocs.yml", "site_name: ", "site_name: More ")
        eventually(lambda: "<title>Guide - More " in fetched(f"{address}guide/"))
        assert "Another" in fetched(f"{address}papers/another/")
        (project / "corpus/papers/2023/another.yaml").unlink()
        eventually(lambda: not fetched(f"{address}papers/another/"))
    assert (stamps(project / "docs"), tree(project / "site")) == (docs, site)
    assert list(temporary.iterdir()) == []


def test_sitegen_serve_shows_the_corpus_that_is_named(project: Path) -> None:
    (project / "corpus").rename(project / "elsewhere")
    with serving(project, COMMAND, "serve", "--corpus", "elsewhere", "--address") as (address, words):
        assert fetched(f"{address}papers/hostile/")
        assert "Serving on http://" in words.read_text("utf-8")
        time.sleep(1)
        edit(project / "elsewhere/papers/2023/plain-paper.yaml", "We learn together", "We learn alone")
        eventually(lambda: "We learn alone" in fetched(f"{address}papers/plain-paper/"))


def test_the_plugin_asks_for_nothing_when_it_is_not_the_command(project: Path) -> None:
    # `sitegen build` loads mkdocs.yml for the frame: no corpus is read by the plugin then.
    (project / "corpus").rename(project / "elsewhere")
    config = load_config(str(project / "mkdocs.yml"), site_dir=str(project / "frame"))
    config.plugins.on_shutdown()
    mkdocs_build(config)
    assert (project / "frame/guide/index.html").is_file()
