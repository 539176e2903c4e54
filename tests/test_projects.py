"""A project of one's own: what `sitegen init` makes, from the real wheel, and what it refuses."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tarfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from browser import console_errors, foreign, requests, serve
from links import Site, faults, reached
from packages import build_package, lend_libraries, offline, own_texts
from projects import COMMAND, ROOT, SITE_URL, run, tree
from repositories import git
from selenium.webdriver.support.wait import WebDriverWait

from sitegen import __version__
from sitegen.build import build
from sitegen.checks import check
from sitegen.config import packaged_theme, settings_of
from sitegen.corpus import load_corpus
from sitegen.frame import GENERATED
from sitegen.output import Output
from sitegen.problems import SitegenError
from sitegen.projects import chosen, project_files, put_project

if TYPE_CHECKING:
    from collections.abc import Mapping

    from selenium.webdriver import Chrome

NOW = "2026-11-21T10:00:00Z"
TEMPLATES = ROOT / "sitegen/templates"
BAYES = "an-essay-towards-solving-a-problem-in-the-doctrine-of-chances"
HOSTILE = "No: {{ x }} \"two\" 'one' #3 <b>*bold*</b> \\ ${{ github.event }} @@version@@ %s [x](y) | ü"


def files_of(title: str = "Papers", site_url: str = "", authority: str = "") -> dict[str, str]:
    return {file.path: file.body.decode() for file in project_files(chosen(title, site_url, authority, NOW))}


# ---- what is made ---------------------------------------------------------------------------------------------------


def test_a_new_project_is_the_templates_with_every_place_filled() -> None:
    made = files_of()
    templates = {path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*") if path.is_file()}
    assert made.keys() == {path.replace("dot-", ".") for path in templates}
    assert [path for path, text in made.items() if "@@" in text] == []
    assert f"\nsitegen=={__version__}\n" in made["requirements.txt"]


def test_equal_choices_give_equal_bytes() -> None:
    assert project_files(chosen("A", SITE_URL, "", NOW)) == project_files(chosen("A", SITE_URL, "", NOW))


def test_a_title_means_itself_in_every_language_that_it_enters() -> None:
    made = files_of(HOSTILE)
    assert yaml.safe_load(made["corpus/corpus.yaml"])["title"] == HOSTILE
    assert yaml.safe_load(made["mkdocs.yml"])["site_name"] == HOSTILE
    heading = made["README.md"].splitlines()[0]
    assert heading.startswith("# No: ")
    assert "<b>" not in heading
    plain = files_of("Papers")
    assert [path for path in made if made[path] != plain[path]] == ["README.md", "corpus/corpus.yaml", "mkdocs.yml"]


def test_feed_ids_begin_with_the_host_of_the_address_from_the_day_of_making() -> None:
    corpus = yaml.safe_load(files_of(site_url="https://Ada.github.io/papers")["corpus/corpus.yaml"])
    assert corpus["feed"] == {"authority": "ada.github.io", "since": "2026-11-21"}
    named = yaml.safe_load(files_of(site_url=SITE_URL, authority="ada@papers.test")["corpus/corpus.yaml"])
    assert named["feed"]["authority"] == "ada@papers.test"


def test_what_was_not_chosen_is_a_placeholder_that_builds_remind_of(tmp_path: Path) -> None:
    made = run(COMMAND, "init", "papers", cwd=tmp_path)
    assert made.out.splitlines()[1:] == ["  cd papers", "  git init --initial-branch=main", "  make site"]
    built = run(COMMAND, "build", cwd=tmp_path / "papers")
    assert "site_url in mkdocs.yml is still the placeholder" in built.err
    assert "feed.authority in corpus/corpus.yaml is still the placeholder" in built.err


def test_the_example_corpus_is_sound_and_each_topic_has_a_paper(tmp_path: Path) -> None:
    put_project(tmp_path / "papers", project_files(chosen("Papers", "", "", NOW)))
    corpus, problems = load_corpus(tmp_path / "papers/corpus")
    assert (*problems, *check(corpus, problems)) == ()
    assert [paper.added for paper in corpus.papers] == [NOW, NOW]


def test_the_new_projects_guide_names_the_keys_of_a_record_with_all_their_values() -> None:
    schema = json.loads((ROOT / "sitegen/record.schema.json").read_text("utf-8"))["properties"]
    rows = re.findall(r"^\| (`.+?) \| (.+) \|$", files_of()["docs/guide/curating.md"], re.MULTILINE)
    named = {key: words for cell, words in rows for key in re.findall(r"`(\w+)`", cell)}
    assert named.keys() <= schema.keys()
    assert {"title", "added", "authors", "date", "topics", "links", "abstract"} <= named.keys()
    for key in ("type", "kind"):
        assert re.findall(r"`(\w+)`", named[key]) == list(filter(None, schema[key]["enum"]))


def test_git_takes_nothing_that_a_build_makes(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text(files_of()[".gitignore"], "utf-8")
    git(tmp_path, "init", "--quiet")
    places = [*(f"docs/{place}" for place in GENERATED), "site/", ".site.sitegen/", ".venv/"]
    pages = [f"{place}page.md" if place.endswith("/") else place for place in places]
    assert git(tmp_path, "check-ignore", "--no-index", *pages).splitlines() == pages


def test_the_new_projects_frame_is_this_ones() -> None:
    own, theirs = (yaml.safe_load(words) for words in ((ROOT / "mkdocs.yml").read_bytes(), files_of()["mkdocs.yml"]))
    assert own["theme"].pop("custom_dir") == "theme"
    for key in ("site_url", "site_name", "site_description"):
        assert own.pop(key)
        assert theirs.pop(key)
    assert theirs == own


def test_the_new_projects_shelf_is_this_ones() -> None:
    assert files_of()["docs/shelf.md"] == (ROOT / "docs/shelf.md").read_text("utf-8")


def test_a_projects_own_theme_goes_before_the_one_that_comes_with_sitegen(tmp_path: Path) -> None:
    put_project(tmp_path / "papers", project_files(chosen("Papers", SITE_URL, "", NOW)))
    config = tmp_path / "papers/mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("  name: material\n", "  name: material\n  custom_dir: own\n"))
    (tmp_path / "papers/own/partials").mkdir(parents=True)
    (tmp_path / "papers/own/partials/footer.html").write_text("<footer>Of my own</footer>", "utf-8")
    build(settings_of(config), 1, lambda *_: None)
    page = (tmp_path / "papers/site/papers/on-governors/index.html").read_text("utf-8")
    assert "<footer>Of my own</footer>" in page
    assert "class=sg-brand" in page, "the header that comes with sitegen"


@pytest.mark.browser
def test_each_search_that_the_new_projects_help_shows_finds_an_example(tmp_path: Path, browser: Chrome) -> None:
    put_project(tmp_path / "papers", project_files(chosen("Papers", "", "", NOW)))
    build(settings_of(tmp_path / "papers/mkdocs.yml"), 1, lambda *_: None)
    shown = re.findall(r'href="(\?q=[^"]+)"', files_of()["docs/search.md"])
    assert len(shown) == 12
    with serve(tmp_path / "papers/site") as address:
        for query in shown:
            browser.get(f"{address}search/{query}")
            found = WebDriverWait(browser, 60).until(
                lambda chrome: chrome.find_elements("css selector", "[data-result]")
            )
            assert {one.get_attribute("data-result") for one in found} <= {"on-governors", BAYES}
        assert foreign(requests(browser), address) == []
    assert console_errors(browser) == []


def test_the_theme_is_found_in_the_checkout() -> None:
    assert packaged_theme() == ROOT / "theme"


# ---- what is refused ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(["--title", " \t"], "--title must hold words", id="no title"),
        pytest.param(["--title", "a\u202eb"], "must hold no bidirectional", id="a title that turns the line round"),
        pytest.param(["--site-url", "papers.test"], "--site-url: site_url must be an address", id="no address"),
        pytest.param(["--authority", "Papers.TEST"], "in lower case, not 'Papers.TEST'", id="no authority"),
        pytest.param(["--site-url", "http://localhost/"], "not 'localhost'", id="a host that is nobody's"),
    ],
)
def test_a_choice_that_no_corpus_may_hold_is_refused_and_nothing_is_written(
    tmp_path: Path, words: list[str], said: str
) -> None:
    done = run(COMMAND, "init", "papers", *words, cwd=tmp_path)
    assert done.code == 2
    assert said in done.err
    assert done.err.count("\n") == 1
    assert tree(tmp_path) == {}


@pytest.mark.parametrize(
    ("there", "said"),
    [
        pytest.param(["notes.txt"], "papers is not empty: it holds notes.txt (hint: name a new folder)", id="a file"),
        pytest.param([".git/config"], "papers is not empty: it holds .git (hint: name a new folder)", id="hidden"),
        pytest.param(["a", "b", "c", "d", "e"], "papers is not empty: it holds a, b, c and 2 more", id="many"),
    ],
)
def test_a_folder_that_is_not_empty_is_refused_by_what_stands_there(
    tmp_path: Path, there: list[str], said: str
) -> None:
    for name in there:
        (tmp_path / "papers" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "papers" / name).write_text("mine", "utf-8")
    before = tree(tmp_path)
    done = run(COMMAND, "init", "papers", cwd=tmp_path)
    assert done.code == 2
    assert said in done.err
    assert tree(tmp_path) == before


def test_what_is_no_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "papers").write_text("mine", "utf-8")
    (tmp_path / "nowhere").symlink_to("gone")
    for name in ("papers", "nowhere"):
        assert f"{name} is there and is no folder" in run(COMMAND, "init", name, cwd=tmp_path).err
    assert (tmp_path / "papers").read_text("utf-8") == "mine"
    assert not (tmp_path / "gone").exists()


def test_an_empty_folder_is_filled_where_it_stands(tmp_path: Path) -> None:
    before = tmp_path.stat().st_ino
    made = run(COMMAND, "init", ".", cwd=tmp_path)
    assert made.code == 0
    assert "  cd " not in made.out
    assert tmp_path.stat().st_ino == before
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()) == sorted(
        files_of()
    )


@pytest.mark.parametrize("there", [True, False], ids=["into an empty folder", "into a new one"])
def test_a_write_that_fails_leaves_nothing(tmp_path: Path, there: bool) -> None:
    if there:
        (tmp_path / "papers").mkdir()
    # No file may be longer than 1 KiB: some of the templates are, others were written before.
    done = run("bash", "-c", 'ulimit -f 1; exec "$0" init papers', COMMAND, cwd=tmp_path)
    assert done.code == 2
    assert "File too large" in done.err
    assert list(tree(tmp_path)) == (["papers"] if there else [])


def test_a_move_that_fails_is_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    rename = Path.rename

    def full(path: Path, target: Path) -> Path:
        if target.name == "b":
            raise OSError(28, "No space left on device", str(target))
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", full)
    with pytest.raises(SitegenError, match="No space left"):
        put_project(folder, (Output("a/x", b"1"), Output("b", b"2")))
    assert tree(tmp_path) == {"papers": (folder.stat().st_mode & 0o777, b"")}


# ---- the package ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real wheel."""
    return build_package(tmp_path_factory.mktemp("wheel"), "wheel")


def words_of_the_seed_corpus() -> set[str]:
    """What tells this project's own corpus: its titles, ids and keys, its own title and words on its topics."""
    corpus, _ = load_corpus(ROOT / "corpus")
    papers = {words for paper in corpus.papers for words in (paper.title, paper.id, paper.key) if words}
    topics = {topic.description for topic in corpus.topics}
    words = {*papers, *topics, corpus.settings.title, corpus.settings.description, " 167 papers ", "seed corpus"}
    return {found.casefold() for found in words}


def assert_names_no_seed(folder: Path) -> None:
    known = words_of_the_seed_corpus()
    assert len(known) > 500
    texts = [(path, text.casefold()) for path, text in own_texts(folder)]
    assert [(path, words) for path, text in texts for words in known if words in text] == []


def test_what_looks_for_the_seed_corpus_finds_it() -> None:
    with pytest.raises(AssertionError):
        assert_names_no_seed(ROOT / "corpus")


def test_the_wheel_holds_package_theme_and_templates_and_nothing_of_the_seed_corpus(
    wheel: Path, tmp_path: Path
) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)  # noqa: S202 (it is our own wheel)
    made = {path for path, _ in own_texts(tmp_path)}
    for source, place in ((ROOT / "sitegen", "sitegen"), (ROOT / "theme", "sitegen/theme")):
        for path, _ in own_texts(source):
            assert f"{place}/{path}" in made or "__pycache__" in path, path
    assert {path.split("/")[0] for path in made} == {"sitegen", f"sitegen-{__version__}.dist-info"}
    assert [path for path in made if "__pycache__" in path or path.endswith(".pyc")] == []
    assert_names_no_seed(tmp_path)


@pytest.mark.parametrize("kind", ["wheel", "sdist"])
def test_a_package_is_the_same_bytes_from_another_folder_and_at_another_time(kind: str, tmp_path: Path) -> None:
    first = build_package(tmp_path / "first", kind)
    names = ["sitegen", "theme", "pyproject.toml", "LICENSE", "CHANGELOG.md", ".gitignore"]
    copy = tmp_path / "copy"
    copy.mkdir()
    for name in names:
        source = ROOT / name
        copied = shutil.copytree(source, copy / name) if source.is_dir() else shutil.copyfile(source, copy / name)
        os.utime(copied, (1, 1))
    assert build_package(tmp_path / "second", kind, copy).read_bytes() == first.read_bytes()


def test_the_sdist_holds_what_the_wheel_is_made_of_and_makes_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    sdist = build_package(tmp_path / "sdist", "sdist")
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path, filter="data")
    source = tmp_path / sdist.name.removesuffix(".tar.gz")
    assert {path.name for path in source.iterdir()} == {
        *("sitegen", "theme", "pyproject.toml", "LICENSE", "CHANGELOG.md", ".gitignore", "PKG-INFO")
    }
    assert build_package(tmp_path / "again", "wheel", source).read_bytes() == wheel.read_bytes()


# ---- from the wheel to a site ---------------------------------------------------------------------------------------


def shell(script: str, cwd: Path, env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Run lines as a person types them, up to the first that fails."""
    command = ["bash", "--noprofile", "--norc", "-euo", "pipefail", "-c", script]
    return subprocess.run(command, cwd=cwd, env=dict(env), capture_output=True, text=True, check=False)


def assert_site_is_whole(site: Path, address: str, papers: int) -> None:
    found = Site(site, address)
    pages = {path for path in found.files if re.fullmatch(r"papers/[^/]+/index\.html", path)}
    assert len(pages) == papers
    assert faults(found) == []
    assert pages <= reached(found)


def run_steps(project: Path, env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Run what the new project's workflow of pull requests runs, in its order, up to the first step that fails."""
    workflow = yaml.safe_load((project / ".github/workflows/pr.yml").read_bytes())
    steps = [step["run"] for step in workflow["jobs"]["site"]["steps"] if "run" in step]
    assert [step.split()[:2] for step in steps] == [
        ["make", "install"],
        [".venv/bin/sitegen", "check"],
        ["make", "site"],
        [".venv/bin/sitegen", "diff"],
        ["make", "test"],
        ["mkdir", "preview"],
    ]
    for step in steps:
        done = shell(step, project, {**env, "GITHUB_STEP_SUMMARY": str(project.parent / "summary.md")})
        if done.returncode:
            break
    return done


def test_the_tutorial_leads_from_nothing_to_a_published_site_of_twenty_papers(wheel: Path, tmp_path: Path) -> None:
    folder, remote = tmp_path / "an empty folder", tmp_path / "remote.git"
    folder.mkdir()
    git(tmp_path, "init", "--quiet", "--bare", str(remote))
    # The address of the page, answered by a repository here.
    github = {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": f"url.{remote}.insteadOf"}
    github["GIT_CONFIG_VALUE_0"] = "https://github.com/ada/papers.git"
    environment = offline(wheel, lend_libraries(tmp_path / "libraries")) | github
    page = (ROOT / "docs/guide/start.md").read_text("utf-8")
    blocks = [match.groups() for match in re.finditer(r"^```(\w+)\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)]
    assert [language for language, _ in blocks] == [*["console"] * 3, "yaml", "text", "console", "console"]
    project, said, place = folder / "papers", "", folder
    for language, words in blocks:
        if language == "console":
            done = shell(words, place, environment)
            assert done.returncode == 0, f"{words}{done.stdout}{done.stderr}"
            said, place = said + done.stdout, project
        else:
            (project / {"yaml": "corpus/topics.yaml", "text": "papers.csv"}[language]).write_text(words, "utf-8")
    assert "2 papers, 2 topics: " in said
    assert "20 occurrences: 20 papers added" in said
    assert_site_is_whole(project / "site", "https://ada.github.io/papers/", 20)
    # What the page says of what it leads to.
    records = {path: yaml.safe_load(path.read_bytes()) for path in (project / "corpus/papers").rglob("*.yaml")}
    without = [path for path, record in records.items() if not record.get("topics")]
    assert without == [project / "corpus/papers/1907/vox-populi.yaml"]
    assert "note: " not in said, "no placeholder is left"
    assert git(remote, "log", "--format=%s", "main") == "Begin with twenty papers"
    assert shell("git status --porcelain", project, environment).stdout == ""
    # Others, who have no such folder, find the wheel in the project.
    git(tmp_path, "clone", "--quiet", str(project), str(tmp_path / "clone"))
    found = shell("make install", tmp_path / "clone", environment | {"PIP_FIND_LINKS": ""})
    assert found.returncode == 0, found.stderr
    # Nothing came from the checkout.
    where = shell(".venv/bin/python -c 'import sitegen; print(sitegen.__file__)'", project, environment).stdout.strip()
    assert Path(where).is_relative_to(project / ".venv")
    assert_names_no_seed(project)
    assert_pull_requests_are_judged(project, environment)


def assert_pull_requests_are_judged(project: Path, environment: Mapping[str, str]) -> None:
    """Try a good change and five bad ones of a project that has one commit."""
    git(project, "checkout", "--quiet", "-b", "change")
    record = project / "corpus/papers/1907/vox-populi.yaml"

    def judged(path: Path, words: str) -> tuple[int, str]:
        before = path.read_text("utf-8") if path.exists() else ""
        path.write_text(words, "utf-8") if words else path.unlink()
        git(project, "add", "--all", "corpus", "docs")
        git(project, "commit", "--quiet", "--message", "x")
        done = run_steps(project, environment)
        git(project, "reset", "--quiet", "--hard", "HEAD^")
        assert (path.read_text("utf-8") if path.exists() else "") == before
        return done.returncode, done.stdout + done.stderr

    words = record.read_text("utf-8")
    assert judged(record, words + "topics: [chance]\n")[0] == 0
    assert "Vox Populi" in (project.parent / "summary.md").read_text("utf-8")
    again = words.replace("added: 2", "links: {doi: 10.1000/x}\nadded: 2", 1)
    for path, change, expected in (
        (record, words + "topics: [no-such-topic]\n", "::error file=corpus/papers/1907/vox-populi.yaml"),
        (record, words.replace("1907", "1906"), "title=SG041::"),
        (record, "", "title=SG037::a published id must stay, but 'vox-populi'"),
        (record.with_name("the-voice-of-the-people.yaml"), again, "title=SG042::"),
    ):
        code, said = judged(path, change)
        assert (code, expected in said) == (1, True), said
    guide = project / "docs/guide/index.md"
    code, said = judged(guide, guide.read_text("utf-8") + "\n[x](nowhere.md)\n")
    assert (code != 0, "contains a link 'nowhere.md'" in said) == (True, True), said
