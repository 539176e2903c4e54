"""The publish recipe from end to end: equal bytes anywhere, nothing made twice, no damage unnoticed."""

from __future__ import annotations

import re
import shutil
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from projects import PAPERS, SITE_URL, make_corpus, make_project, run, stamps, tree

from sitegen import record_files, rendering, site_files
from sitegen.build import Planned, build, placeholders, too_large_soon
from sitegen.config import settings_of
from sitegen.last_build import Summary
from sitegen.model import Corpus
from sitegen.problems import ProblemsFoundError, SitegenError
from sitegen.savings import Savings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Tree = dict[str, tuple[int, bytes]]
# 28 articles; 10 feeds and the archives of 7 of them; search, its description, sitemap, robots.txt, llms.txt and OPML;
# exports of 7 papers, 3 topics and all papers.
ALL_PAGES = 28 + 10 + 7 + 6 + 7 + 3 + 1
# All but the search and the exports of three topics and of all papers, which are joined from what is kept.
DRAWN_PAGES = ALL_PAGES - 1 - 4
ARTICLES = 28


def silent(*_: object) -> None:
    pass


def built(project: Path, *, out: str = "", jobs: int = 1) -> Summary:
    return build(settings_of(project / "mkdocs.yml", out=out), jobs, silent)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_project(tmp_path / "project")


@pytest.fixture(scope="module")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that was built, for copies."""
    project = make_project(tmp_path_factory.mktemp("built") / "project")
    built(project)
    return project


@pytest.fixture
def published(built_once: Path, tmp_path: Path) -> Path:
    """A project that was built; a copy is as good as the first, since it keeps the times that manifests hold."""
    return shutil.copytree(built_once, tmp_path / "project", symlinks=True)


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def assert_as_if_built_anew(project: Path) -> None:
    """The site equals one that was built without any cache."""
    clean = project.parent / "clean"
    built(project, out=str(clean / "site"))
    assert tree(project / "site") == tree(clean / "site")


# ---- equal bytes ----------------------------------------------------------------------------------------------------

# However few papers there are, all that can be is done by other processes; where search is made is told.
BUILD_IN_PROCESSES = """
import os, sys
from sitegen import cli, record_files, rendering, site_files
from sitegen.publishing import stage
here, making = os.getpid(), record_files.search_parts_kept
def search_parts(*asked):
    print("search is made", "here" if os.getpid() == here else "ahead", file=sys.stderr)
    return making(*asked)
rendering.POOL_FROM = record_files.AHEAD_FROM = site_files.DOCS_FROM = stage.PROCESS_FROM = 1
record_files.search_parts_kept = search_parts
cli.main()
"""


def test_builds_anywhere_are_equal_byte_for_byte(tmp_path: Path) -> None:
    here = make_project(tmp_path / "here")
    there = make_project(tmp_path / "another place" / "ü")
    # Records that another machine's folder gives in another order, younger and in other folders of papers/.
    for path in reversed(list(PAPERS)):
        place = there / "corpus" / "papers" / path
        text = place.read_bytes()
        place.unlink()
        place.write_bytes(text)
    command = (sys.executable, "-c", BUILD_IN_PROCESSES, "build", "--jobs")
    first = {"TZ": "Pacific/Auckland", "LC_ALL": "C", "PYTHONHASHSEED": "1", "SOURCE_DATE_EPOCH": "1"}
    second = {"TZ": "America/St_Johns", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "2", "COLUMNS": "40"}
    one = run(*command, "1", cwd=here, env=first, umask=0o077)
    two = run(*command, "2", cwd=there, env=second, umask=0o000)
    assert (one.code, two.code) == (0, 0), one.err + two.err
    assert tree(here / "site") == tree(there / "site")
    assert {mode for mode, _ in tree(here / "site").values()} == {0o644, 0o755}
    assert tree(here / "docs") == tree(there / "docs")


def test_processes_make_the_same_site(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rendering, "POOL_FROM", 1)
    built(project, jobs=2)
    assert_as_if_built_anew(project)


@pytest.mark.skipif(sys.platform != "linux", reason="nothing is made ahead elsewhere")
def test_what_was_made_ahead_is_taken_where_it_is_what_is_wanted(published: Path) -> None:
    command = (sys.executable, "-c", BUILD_IN_PROCESSES, "build", "--jobs", "2")
    edit_abstract(published)
    first = run(*command, cwd=published)
    assert (first.code, re.findall("made .*", first.err)) == (0, ["made ahead"])
    assert "We learn alone" in (published / "docs/papers/plain-paper.md").read_text("utf-8")
    assert built(published).rendered == 0, "site and docs/ are not as they are remembered"
    assert_as_if_built_anew(published)
    # The frame that was there to make it with is another now.
    rename_topic(published)
    edit_hand_written_page(published)
    second = run(*command, cwd=published)
    assert (second.code, re.findall("made .*", second.err)) == (0, ["made ahead", "made here"])
    assert not (published / STATE / "aside").exists()
    shutil.rmtree(published.parent / "clean")
    assert_as_if_built_anew(published)


@pytest.mark.skipif(sys.platform != "linux", reason="nothing is made ahead elsewhere")
def test_what_could_not_be_made_ahead_is_made_here(published: Path) -> None:
    killed = BUILD_IN_PROCESSES.replace(
        "    return making", "    os.getpid() == here or os.kill(os.getpid(), 9)\n    return making"
    )
    edit_abstract(published)
    made = run(sys.executable, "-c", killed, "build", "--jobs", "2", cwd=published)
    assert (made.code, re.findall("made .*", made.err)) == (0, ["made ahead", "made here"])
    assert_as_if_built_anew(published)


def test_a_person_is_told_how_far_it_is(project: Path) -> None:
    told: list[tuple[str, int, int]] = []
    build(settings_of(project / "mkdocs.yml"), 1, lambda *words: told.append(words))
    rendering = [("rendering pages", number, DRAWN_PAGES) for number in range(1, DRAWN_PAGES + 1)]
    before = ["reading records", "finding related papers", "planning", "building the frame", "planning"]
    before += ["search", "exports"]
    assert told == [*((stage, 0, 0) for stage in before), *rendering, ("publishing", 0, 0)]


def test_the_summary_counts_what_is_there(project: Path) -> None:
    made = built(project)
    files = [path for path in (project / "site").rglob("*") if path.is_file()]
    feeds = [path for path in files if path.name.endswith(".rss.xml") and path.name != "rss.xml"]
    stamped = [path for path in files if path.suffix == ".md"]
    assert (made.papers, made.topics, made.pages, made.feeds) == (8, 3, ARTICLES, 10)
    assert (len(stamped), len(feeds)) == (ARTICLES, 10)
    assert (made.files, made.size) == (len(files), sum(path.stat().st_size for path in files))
    assert (made.rendered, made.authority) == (ALL_PAGES, "papers.test")


@pytest.mark.parametrize(
    ("savings", "papers", "left"),
    [
        (Savings(), 1, "`compact: true` and `siblings: false` under"),
        (Savings(), 20_000, "mkdocs.yml, `siblings: false` under"),
        (Savings(compact=False), 20_000, "`compact: true` and `siblings: false` under"),
        (Savings(siblings=()), 1, "mkdocs.yml, `compact: true` under"),
        (Savings(compact=True, siblings=()), 1, "it leaves out all that it can"),
    ],
)
def test_a_site_that_will_not_fit_is_told_of_in_time(savings: Savings, papers: int, left: str) -> None:
    made = Summary(papers, 1, 1, 1, 1, 800_000_000, 0, "papers.test", ())
    assert list(too_large_soon(made, savings)) == []
    (words,) = too_large_soon(replace(made, size=812_345_678), savings)
    assert words.startswith("the site has 812 MB, and GitHub Pages takes 1,000: ")
    assert left in words


# ---- incremental ----------------------------------------------------------------------------------------------------


def edit_abstract(project: Path) -> None:
    edit(project / "corpus/papers/2023/plain-paper.yaml", "We learn together", "We learn alone")


def add_comment(project: Path) -> None:
    edit(project / "corpus/papers/2023/plain-paper.yaml", "kind: method", "# as the authors say\nkind: method")


def move_file(project: Path) -> None:
    (project / "corpus/papers/elsewhere").mkdir()
    (project / "corpus/papers/2023/plain-paper.yaml").rename(project / "corpus/papers/elsewhere/plain-paper.yaml")


def delete_paper(project: Path) -> None:
    (project / "corpus/papers/2023/plain-paper.yaml").unlink()


def insert_paper(project: Path) -> None:
    record = "title: A new one\nadded: 2025-11-05T00:00:00Z\ndate: 2025-01-02\ntopics: [agents]\n"
    (project / "corpus/papers/2023/a-new-one.yaml").write_text(record, "utf-8")


def rename_topic(project: Path) -> None:
    edit(project / "corpus/topics.yaml", "name: Learning", "name: How machines learn")


def edit_cues(project: Path) -> None:
    edit(project / "corpus/topics.yaml", "[federated learning, training]", "[training]")


def edit_hand_written_page(project: Path) -> None:
    edit(project / "docs/guide/index.md", "# Guide", "# Guide and more\n\nNew words.")


def add_hand_written_page(project: Path) -> None:
    (project / "docs/about.md").write_text("# About\n\nSee [all](browse/index.md) and [one](papers/hostile.md).\n")


def edit_theme(project: Path) -> None:
    edit(project / "theme/partials/footer.html", "<p>", '<p class="changed">')


def edit_style(project: Path) -> None:
    path = project / "theme/assets/sitegen.css"
    path.write_bytes(path.read_bytes() + b"\n.changed { color: red }\n")


def change_site_url(project: Path) -> None:
    edit(project / "mkdocs.yml", SITE_URL, f"{SITE_URL}repo/")


@pytest.mark.parametrize(
    ("change", "rendered"),
    [
        pytest.param(silent, 0, id="nothing"),
        pytest.param(add_comment, 0, id="a comment, and so other line numbers"),
        pytest.param(move_file, 0, id="a record in another folder"),
        pytest.param(edit_cues, 0, id="a topic's cues, which no page shows"),
        pytest.param(edit_hand_written_page, 1, id="a hand-written page: the search, and the frame"),
        pytest.param(add_hand_written_page, 2, id="one more hand-written page: the sitemap and the search"),
        pytest.param(edit_style, 0, id="a style sheet"),
        # Its page, home, year, kind, topic; three feeds and an archive of each; the search index; exports of it, its
        # topic and all.
        pytest.param(edit_abstract, 1 + 4 + 6 + 1 + 3, id="an abstract"),
        # Home, all papers, topics, its topic, another topic, which shows its share of all papers, the pages of feeds
        # and of exports; titles, authors and statistics; two feeds, an archive of each, and the list of feeds; search
        # index and sitemap; exports of its topic and of all; the three papers left in its topic, which say how many
        # there are; the years on both sides of its own, which lead to each other now. Two lists and a kind's feed go.
        pytest.param(delete_paper, 7 + 3 + 5 + 2 + 2 + 3 + 2, id="a record goes, the last of its year and kind"),
        # Its page and its year's; home, all papers, topics, its topic, another topic, the pages of feeds and of
        # exports; titles and statistics; two feeds and an archive of each; search index and sitemap; exports of it, its
        # topic and all; the six others that are listed, for the years that sparklines show have moved on; the year
        # before its own, which leads to it.
        pytest.param(insert_paper, 2 + 7 + 2 + 4 + 2 + 3 + 6 + 1, id="a record comes, the first of its year"),
        # 5 papers and 2 that were merged into one of them; home, topics, 2 topics; 3 years; 3 kinds; the pages of
        # feeds, exports and statistics; 6 feeds with an archive each, the feed of changes and the list of feeds; search
        # index and llms.txt; exports of the 5 papers, 2 topics and all.
        pytest.param(rename_topic, 5 + 2 + 4 + 3 + 3 + 3 + 14 + 2 + 8, id="a topic's name"),
        pytest.param(edit_theme, ARTICLES, id="the theme: every page that stands in the frame"),
    ],
)
def test_only_what_changed_is_rendered_and_the_site_is_as_if_built_anew(
    published: Path, change: Callable[[Path], None], rendered: int
) -> None:
    change(published)
    assert built(published).rendered == rendered
    assert_as_if_built_anew(published)
    assert built(published).rendered == 0


def test_a_new_address_renders_everything_anew_that_names_it(published: Path) -> None:
    change_site_url(published)
    assert built(published).rendered > ARTICLES
    assert_as_if_built_anew(published)
    names = [
        path for path, (_, body) in tree(published / "site").items() if re.search(rb"papers\.test/(?!repo/)", body)
    ]
    assert names == []


def test_many_changes_one_after_the_other_leave_nothing_of_before(project: Path) -> None:
    before = built(project) and tree(project / "site")
    shutil.copytree(project / "corpus", project / "kept")
    for change in (edit_abstract, rename_topic, insert_paper, delete_paper, edit_theme):
        change(project)
        built(project)
        assert_as_if_built_anew(project)
    shutil.rmtree(project / "corpus")
    (project / "kept").rename(project / "corpus")
    edit(project / "theme/partials/footer.html", '<p class="changed">', "<p>")
    built(project)
    assert tree(project / "site") == before


def test_an_unchanged_build_touches_no_file(published: Path) -> None:
    before = stamps(published / "site"), stamps(published / "docs")
    built(published)
    assert (stamps(published / "site"), stamps(published / "docs")) == before


def search_files(project: Path) -> set[str]:
    return {path for path in tree(project / "site") if path.startswith("search/") and path.endswith(".bin")}


def test_search_files_that_no_index_names_any_more_are_gone(published: Path) -> None:
    before = search_files(published)
    edit_abstract(published)
    built(published)
    after = search_files(published)
    # The chunks of the word that goes and of the one that comes, and those beside them whose ends have moved; its
    # segment of one record a file, dictionary and the manifest; facets and dates stay.
    assert {path[:9] for path in before - after} == {path[:9] for path in after - before}
    assert {path[:9] for path in after - before} == {"search/t/", "search/d/", "search/di", "search/m-"}
    assert {path[:9] for path in after & before} - {"search/t/"} == {
        "search/d/",
        "search/di",
        "search/f-",
        "search/o-",
    }
    edit(published / "corpus/papers/2023/plain-paper.yaml", "We learn alone", "We learn together")
    built(published)
    assert search_files(published) == before


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_search_file_that_is_gone_is_made_again_with_all_that_belong_to_it(
    project: Path, jobs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rendering, "POOL_FROM", 1)
    built(project)
    before = tree(project / "site")
    shutil.rmtree(project / "site/search/d")
    (project / "site" / min(search_files(project))).write_bytes(b"garbled")
    assert built(project, jobs=jobs).rendered == 1
    assert tree(project / "site") == before


def test_the_scripts_of_every_page_and_the_modules_of_search_are_published_as_one_file_each(published: Path) -> None:
    scripts = {path.name for path in (published / "site/assets").glob("*.js")}
    assert scripts == {
        "feeds.js", "frame.js", "lost.js", "lunr.js", "page.js", "search-app.js", "shelf-page.js",
    }  # fmt: skip
    assert 'from"./page.js"' in (published / "site/assets/shelf-page.js").read_text("utf-8")


# ---- caches that are wrong ------------------------------------------------------------------------------------------

STATE = ".site.sitegen"


def garble(name: str) -> Callable[[Path], None]:
    def change(project: Path) -> None:
        (project / STATE / name).write_bytes(b"\xff\x00garbled\n" * 9)

    return change


def lose(name: str) -> Callable[[Path], None]:
    def change(project: Path) -> None:
        path = project / STATE / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()

    return change


def frame_is_a_file(project: Path) -> None:
    shutil.rmtree(project / STATE / "frame")
    (project / STATE / "frame").write_bytes(b"")


def frame_is_a_link(project: Path) -> None:
    (project / STATE / "frame").rename(project / "target")
    (project / STATE / "frame").symlink_to(project / "target")
    (project / "target" / "mine.txt").write_bytes(b"not to be lost")


def related_is_a_link(project: Path) -> None:
    (project / STATE / "related").unlink()
    (project / "target").mkdir()
    (project / "target" / "mine.txt").write_bytes(b"not to be lost")
    (project / STATE / "related").symlink_to(project / "target" / "mine.txt")


def frame_has_more(project: Path) -> None:
    (project / STATE / "frame" / "evil.html").write_bytes(b"<script src=https://evil.example></script>")


def frame_page_differs(project: Path) -> None:
    page = project / STATE / "frame" / "guide" / "index.html"
    page.write_bytes(page.read_bytes().replace(b"Guide", b"Gulde", 1))


def published_file_edited(project: Path) -> None:
    edit(project / "site/papers/hostile/index.html", "<h1", "<h2")


def published_file_lost(project: Path) -> None:
    (project / "site/papers/hostile/index.html").unlink()


def stranger_in_site(project: Path) -> None:
    (project / "site/stranger.html").write_bytes(b"")


def published_mode_changed(project: Path) -> None:
    (project / "site/index.html").chmod(0o600)


def site_lost(project: Path) -> None:
    shutil.rmtree(project / "site")


def site_and_state_lost(project: Path) -> None:
    site_lost(project)
    shutil.rmtree(project / STATE)


@pytest.fixture(scope="module")
def edited_once(built_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that was built, and again with a changed abstract: it has a spare."""
    project = shutil.copytree(built_once, tmp_path_factory.mktemp("edited") / "project", symlinks=True)
    edit_abstract(project)
    assert built(project).rendered
    return project


@pytest.fixture
def edited(edited_once: Path, tmp_path: Path) -> Path:
    return shutil.copytree(edited_once, tmp_path / "project", symlinks=True)


@pytest.fixture(scope="module")
def as_it_should_be(tmp_path_factory: pytest.TempPathFactory) -> tuple[Tree, Tree]:
    """The site with a changed abstract, and with a renamed topic besides, each built without any cache."""
    project = make_project(tmp_path_factory.mktemp("clean") / "project")
    found = []
    for change in (edit_abstract, rename_topic):
        change(project)
        built(project)
        found.append(tree(project / "site"))
        site_and_state_lost(project)
    return found[0], found[1]


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lose("frame"), id="the frame is gone"),
        pytest.param(lose("frame/assets"), id="the frame is cut"),
        pytest.param(lose("frame/papers/xshellpagex/index.html"), id="a shell is gone"),
        pytest.param(lose("frame.digest"), id="what the frame was made of is gone"),
        pytest.param(garble("frame.digest"), id="what the frame was made of is garbled"),
        pytest.param(garble("frame/index.html"), id="a shell is garbled"),
        pytest.param(frame_page_differs, id="a page of the frame is changed, of the same length"),
        pytest.param(frame_has_more, id="somebody else's file is in the frame"),
        pytest.param(frame_is_a_file, id="the frame is a file"),
        pytest.param(frame_is_a_link, id="the frame is a link"),
        pytest.param(lose("related"), id="what is known of related papers is gone"),
        pytest.param(garble("related"), id="what is known of related papers is garbled"),
        pytest.param(related_is_a_link, id="what is known of related papers is a link"),
        pytest.param(lose("spare"), id="the spare is gone"),
        pytest.param(lose("spare.manifest"), id="the spare's manifest is gone"),
        pytest.param(garble("spare.manifest"), id="the spare's manifest is garbled"),
        pytest.param(garble("spare/index.html"), id="the spare is garbled"),
        pytest.param(garble("stage.manifest"), id="a manifest of nothing"),
        pytest.param(published_file_edited, id="a published page was edited"),
        pytest.param(published_file_lost, id="a published page is gone"),
        pytest.param(published_mode_changed, id="a published page cannot be read by others"),
        pytest.param(stranger_in_site, id="somebody else's file is in the site"),
        pytest.param(site_lost, id="the site is gone"),
        pytest.param(site_and_state_lost, id="the site is gone, and the state with it"),
    ],
)
def test_damage_is_noticed_and_mended(
    edited: Path, damage: Callable[[Path], None], as_it_should_be: tuple[Tree, Tree]
) -> None:
    damage(edited)
    built(edited)
    assert tree(edited / "site") == as_it_should_be[0]
    if (edited / "target").exists():
        assert (edited / "target" / "mine.txt").read_bytes() == b"not to be lost"
    rename_topic(edited)
    built(edited)
    assert tree(edited / "site") == as_it_should_be[1]


@pytest.mark.parametrize("damage", [lose("live.manifest"), garble("live.manifest"), lose("")])
def test_a_site_that_nothing_vouches_for_is_left_alone(published: Path, damage: Callable[[Path], None]) -> None:
    before = tree(published / "site")
    damage(published)
    with pytest.raises(SitegenError, match="was not made by sitegen"):
        built(published)
    assert tree(published / "site") == before


def test_another_version_of_sitegen_renders_everything_anew(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (record_files, site_files):
        monkeypatch.setattr(module, "renderer_version", lambda: "another")
    assert built(published).rendered == ALL_PAGES
    assert built(published).rendered == 0


def test_a_frame_that_reads_more_than_can_be_seen_is_always_made_anew(published: Path) -> None:
    (published / "base.yml").write_text("site_author: Ada\n")
    edit(published / "mkdocs.yml", "site_name:", "INHERIT: base.yml\nsite_name:")
    stages: list[str] = []
    for _ in range(2):
        build(settings_of(published / "mkdocs.yml"), 1, lambda stage, *_: stages.append(stage))
    assert stages.count("building the frame") == 2


# ---- what cannot be built -------------------------------------------------------------------------------------------


def test_a_broken_corpus_gives_all_problems_and_writes_nothing(published: Path) -> None:
    before = tree(published)
    edit(published / "corpus/papers/2023/plain-paper.yaml", "date: 2023-08-14", "date: soon")
    edit(published / "corpus/papers/2024/hostile.yaml", "topics: [agents, learning]", "topics: [agents, none]")
    (published / "corpus/papers/2024/cut.yaml").write_text("title: [", "utf-8")
    with pytest.raises(ProblemsFoundError, match="3 problems found; nothing was written") as caught:
        built(published)
    found = [(problem.location.path.rpartition("/")[2], problem.code) for problem in caught.value.problems]
    assert found == [("plain-paper.yaml", "SG004"), ("cut.yaml", "SG006"), ("hostile.yaml", "SG019")]
    after = tree(published)
    # What is kept of the records beside the site is renewed: the site and the generated Markdown are as they were.
    renewed = ("corpus/", f"{STATE}/records", f"{STATE}/sound")
    assert [path for path in before if before[path] != after[path] and not path.startswith(renewed)] == []
    assert after.keys() - before.keys() == {"corpus/papers/2024/cut.yaml"}


HOOK = "def on_page_markdown(markdown, **_):\n    return markdown\n"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        pytest.param("- sitegen", "- sitegen\n  - search", "the plugin 'material/search' changes pages", id="plugin"),
        pytest.param("docs_dir: docs", "hooks: [ours.py]", "the plugin 'ours.py' changes pages", id="hook"),
        pytest.param("  - sitegen\n", "  - tags\n", "changes pages|plugins must hold sitegen", id="without sitegen"),
        pytest.param("plugins:\n  - sitegen\n", "", "plugins must hold sitegen", id="without plugins"),
        pytest.param("- sitegen", "- sitegen\n  - unheard-of", "could not build the frame", id="unknown plugin"),
        pytest.param("docs_dir: docs", "use_directory_urls: false", "use_directory_urls must be true", id="addresses"),
        pytest.param(
            "docs_dir: docs", "docs_dir: 5", "could not build the frame", id="MkDocs refuses its configuration"
        ),
        pytest.param("docs_dir: docs", "INHERIT: none.yml", "none.yml", id="what it inherits is not there"),
        pytest.param("docs_dir: docs", "strict: true", "Aborted with 1 warnings in strict mode", id="strict"),
    ],
)
@pytest.mark.filterwarnings("ignore::DeprecationWarning:material")
def test_a_configuration_that_cannot_work_is_refused(published: Path, old: str, new: str, words: str) -> None:
    before = tree(published / "site")
    (published / "ours.py").write_text(HOOK)
    (published / "docs/guide/links.md").write_text("# Links\n\n[nowhere](nowhere.md)\n")
    edit(published / "mkdocs.yml", old, new)
    with pytest.raises(SitegenError, match=words):
        built(published)
    assert tree(published / "site") == before


@pytest.mark.parametrize(
    ("path", "body", "words"),
    [
        pytest.param("theme/main.html", b"{% if %}", "Expected an expression", id="a template that is none"),
        pytest.param("docs/guide/index.md", b"\xff\xfe", "can't decode byte 0xff", id="a page that is no text"),
    ],
)
def test_a_page_or_template_that_cannot_be_read_is_a_fault_in_words(
    project: Path, path: str, body: bytes, words: str
) -> None:
    (project / path).write_bytes(body)
    with pytest.raises(SitegenError, match=words):
        built(project)
    assert not (project / "site").exists()


# ---- docs/ ----------------------------------------------------------------------------------------------------------


def test_generated_pages_come_into_the_projects_own_docs(project: Path) -> None:
    old = project / "docs/papers/gone.md"
    old.parent.mkdir()
    old.write_text("# Gone\n")
    built(project)
    ids = {path.rpartition("/")[2].removesuffix(".yaml") for path in PAPERS} | {"merged-away", "merged-too"}
    assert {path.stem for path in (project / "docs/papers").iterdir()} == ids
    assert (project / "docs/index.md").is_file()
    assert (project / "docs/guide/index.md").is_file()


def test_a_corpus_from_elsewhere_leaves_docs_alone(project: Path, tmp_path: Path) -> None:
    corpus = make_corpus(tmp_path / "other")
    before = tree(project / "docs")
    build(settings_of(project / "mkdocs.yml", str(corpus)), 1, silent)
    assert tree(project / "docs") == before
    assert (project / "site/papers/hostile/index.html").is_file()


# ---- placeholders ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("site_url", "authority", "words"),
    [
        pytest.param("https://example.org/", "example.org", ["site_url", "feed.authority"], id="both"),
        pytest.param("https://example.org/repo/", "papers.test", ["site_url"], id="the address"),
        pytest.param(SITE_URL, "example.org", ["feed.authority"], id="the authority"),
        pytest.param("https://notexample.org/", "my.example.org", [], id="names that only look alike"),
    ],
)
def test_placeholders_are_named(project: Path, site_url: str, authority: str, words: list[str]) -> None:
    edit(project / "mkdocs.yml", SITE_URL, site_url)
    settings = settings_of(project / "mkdocs.yml")
    made = Summary(0, 0, 0, 0, 0, 0, 0, authority, ())
    assert [line.split()[0] for line in placeholders(settings, made)] == words


def test_a_plan_without_pages_needs_no_shells() -> None:
    assert Planned(Corpus(), ()).guests.shells == ()
