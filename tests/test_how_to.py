"""Each how-to page is done in a new project as it says, and leads to what it promises."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cluster import cluster
from guide import blocks_of, follow, guide_page, new_project
from projects import COMMAND, run

from sitegen.checks import check
from sitegen.corpus import load_corpus

if TYPE_CHECKING:
    from pathlib import Path

    from sitegen.model import Corpus, Paper

PAGES = sorted(path.name for path in guide_page("how-to").glob("*.md") if path.name != "index.md")


def done(name: str, tmp_path: Path) -> tuple[Path, Corpus]:
    """Follow a page; gives the project and its corpus, which must be sound."""
    project = new_project(tmp_path / "papers")
    follow(guide_page(f"how-to/{name}"), project)
    corpus, problems = load_corpus(project / "corpus")
    assert [found for found in (*problems, *check(corpus, problems)) if found.severity == "error"] == []
    return project, corpus


def papers(corpus: Corpus) -> dict[str, Paper]:
    return {paper.id: paper for paper in corpus.papers}


def page(project: Path, path: str) -> str:
    return (project / "site" / path).read_text("utf-8")


def test_every_page_is_done_by_a_test_here_and_named_by_the_index() -> None:
    tests = {name.removeprefix("test_").split("__")[0] for name in globals() if "__" in name}
    assert sorted(f"{name.replace('_', '-')}.md" for name in tests if name) == PAGES
    index = guide_page("how-to/index.md").read_text("utf-8")
    assert [name for name in PAGES if f"]({name})" not in index] == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_begins_with_what_somebody_wants_and_every_block_is_for_something(name: str) -> None:
    words = guide_page(f"how-to/{name}").read_text("utf-8").split("\n\n")
    assert words[1].startswith("You "), words[1]
    shown = [block for block in blocks_of(guide_page(f"how-to/{name}")) if block.language != "console"]
    loose = [block.words for block in shown if not block.before.endswith(":")]
    assert loose == []


def test_add_a_paper__makes_a_page_from_each_of_the_four_ways(tmp_path: Path) -> None:
    project, corpus = done("add-a-paper.md", tmp_path)
    made = papers(corpus)
    assert len(made) == 2 + 4
    assert made["counting-sheep-with-dogs"].links.arxiv == "2301.00010"
    assert made["herding-cats-by-letter"].links.doi == "10.1000/herding"
    assert [author.name for author in made["a-grammar-of-letters-to-cats"].authors] == ["Ada Byron", "Grace Hopper"]
    derived = [paper for paper in corpus.papers if paper.title_source == "derived"]
    assert len(derived) == 1
    for name in made:
        assert made[name].title.split()[0] in page(project, f"papers/{name}/index.html")


def test_correct_a_paper__leaves_an_entry_that_subscribers_read(tmp_path: Path) -> None:
    project, corpus = done("correct-a-paper.md", tmp_path)
    (entry,) = papers(corpus)["on-governors"].changes
    assert (papers(corpus)["on-governors"].date, entry.kind) == ("1868-03-05", "corrected")
    assert run(COMMAND, "check", "--base", "main", cwd=project).code == 0


def test_merge_duplicates__leaves_one_record_to_which_the_old_address_leads(tmp_path: Path) -> None:
    project, corpus = done("merge-duplicates.md", tmp_path)
    assert papers(corpus)["counting-sheep-with-dogs"].aliases == ("counting-sheeps-with-dogs",)
    assert "counting-sheeps-with-dogs" not in papers(corpus)
    run(COMMAND, "build", cwd=project)
    moved = page(project, "papers/counting-sheeps-with-dogs/index.html")
    assert "../counting-sheep-with-dogs/" in moved
    assert "Possible duplicates" not in run(COMMAND, "diff", "main", cwd=project).out


def test_retract_or_remove__keeps_the_page_and_takes_it_out_of_lists(tmp_path: Path) -> None:
    project, _ = done("retract-or-remove.md", tmp_path)
    assert "retracted" in page(project, "papers/on-governors/index.html").lower()
    assert "Maxwell" in page(project, "papers/on-governors/index.html")
    for listing in ("browse/index.html", "topics/machines/index.html", "feeds/all.atom.xml", "exports/papers.bib"):
        assert "on-governors" not in page(project, listing)
    assert "20 November 2026" in page(project, "feeds/changes.atom.xml")
    # What the table says of the other two.
    record = project / "corpus/papers/1868/on-governors.yaml"
    for status, shows in (("withdrawn", True), ("removed", False)):
        words = record.read_text("utf-8")
        record.write_text(words.replace("status: retracted", f"status: {status}"), "utf-8")
        run(COMMAND, "build", cwd=project)
        body = page(project, "papers/on-governors/index.html").partition("<article")[2]
        assert "On Governors" in body
        assert ("velocity of the machine" in body, "Maxwell" in body) == (shows, shows)
        record.write_text(words, "utf-8")


def test_topics__makes_a_topic_below_its_parent(tmp_path: Path) -> None:
    project, corpus = done("topics.md", tmp_path)
    assert papers(corpus)["on-governors"].topics == ("control", "machines")
    run(COMMAND, "build", cwd=project)
    assert 'href="../machines/"' in page(project, "topics/control/index.html")
    assert 'href="../control/"' in page(project, "topics/machines/index.html")
    # What the page says of another slug, and of another name.
    topics = project / "corpus/topics.yaml"
    topics.write_text(topics.read_text("utf-8").replace("name: Chance and evidence", "name: Luck"), "utf-8")
    assert "SG04" not in run(COMMAND, "check", "--base", "main", cwd=project).out
    for path in (topics, *(project / "corpus/papers").rglob("*.yaml")):
        words = path.read_text("utf-8")
        path.write_text(words.replace("topics: [chance]", "topics: [luck]").replace("slug: chance", "slug: luck"))
    assert "SG043" in run(COMMAND, "check", "--base", "main", cwd=project).out


def test_import_many__keeps_old_papers_out_of_the_live_feeds_alone(tmp_path: Path) -> None:
    project, corpus = done("import-many.md", tmp_path)
    old = papers(corpus)["the-probable-error-of-a-mean"]
    assert not old.announce
    run(COMMAND, "build", cwd=project)
    assert "the-probable-error-of-a-mean" not in page(project, "feeds/all.atom.xml")
    archives = "".join(path.read_text("utf-8") for path in (project / "site/feeds").rglob("*.xml"))
    assert "the-probable-error-of-a-mean" in archives
    assert "the-probable-error-of-a-mean" in page(project, "browse/1908/index.html")


def test_from_an_awesome_list__finds_papers_and_names_what_is_none(tmp_path: Path) -> None:
    project = new_project(tmp_path / "papers")
    said = follow(guide_page("how-to/from-an-awesome-list.md"), project)
    corpus, _ = load_corpus(project / "corpus")
    assert papers(corpus)["a-survey-of-governors"].links.arxiv == "2301.00011"
    assert papers(corpus)["steering-by-steam"].links.code == "https://github.com/ada/steam"
    assert "README.old.md:10" in said


def test_from_bibtex__gives_the_bibliography_back(tmp_path: Path) -> None:
    project, corpus = done("from-bibtex.md", tmp_path)
    assert papers(corpus)["vox-populi"].publication.volume == "75"
    assert papers(corpus)["statistical-methods-for-research-workers"].type == "book"
    written = (project / "library.bib").read_text("utf-8")
    assert written.count("\n@") + written.startswith("@") == 4
    assert "10.1038/075450a0" in written


def test_own_domain__moves_addresses_and_no_id(tmp_path: Path) -> None:
    project, _ = done("own-domain.md", tmp_path)
    assert page(project, "CNAME") == "papers.example.net\n"
    feed = page(project, "feeds/all.atom.xml")
    assert "https://papers.example.net/papers/on-governors/" in feed
    assert "<id>tag:ada.github.io," in feed
    assert "https://papers.example.net/sitemap.xml" in page(project, "robots.txt")


def test_cluster__makes_the_site_on_the_machines_that_there_are(tmp_path: Path) -> None:
    words = guide_page("how-to/cluster.md").read_text("utf-8")
    with cluster(tmp_path, 1) as made:
        here = tmp_path / "cluster.md"
        here.write_text(words.replace("10.0.0.5:8786", made.place), "utf-8")
        project = new_project(tmp_path / "papers")
        assert "2 papers, 2 topics: " in follow(here, project)
    assert "</article>" in page(project, "papers/on-governors/index.html")


def test_theming__puts_ones_own_files_before_those_that_come_with_sitegen(tmp_path: Path) -> None:
    project, _ = done("theming.md", tmp_path)
    home = page(project, "index.html")
    assert "Kept by Ada and friends." in home
    assert home.index("assets/site.css") < home.index("assets/own.css")
    assert "#7a1f3d" in page(project, "assets/own.css")
    assert "class=sg-brand" in home, "the header that comes with sitegen"
