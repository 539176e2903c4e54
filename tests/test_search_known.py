"""What the search keeps between builds: it saves work, and never changes a byte."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from search_corpus import MADE, PAGES, TOPICS, search_page, seed_papers, varied
from search_seen import by_path

from sitegen.corpus import paper_digest
from sitegen.machine_pages import PageText
from sitegen.model import Author
from sitegen.problems import SitegenError
from sitegen.render.search import render_search, search_parts, search_parts_kept
from sitegen.search.known import read_known, write_known

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from sitegen.model import Paper
    from sitegen.pages import SearchPage
    from sitegen.search.known import Known
    from sitegen.search.parts import Part

CORPUS = varied([*MADE, *seed_papers()])


class Site:
    """A published site: files made from a source stay, as the publication of a build lets them."""

    def __init__(self) -> None:
        self.known: Known | None = None
        self.files: dict[str, dict[str, bytes]] = {}
        self.made: set[str] = set()

    def build(self, page: SearchPage) -> dict[str, bytes]:
        """Build with what is known; `made` are then the paths of the files whose bytes were asked for."""
        parts, self.known = search_parts(page, self.known)
        before, self.files, self.made = self.files, {}, set()
        for part in parts:
            kept = before.get(part.source)
            self.files[part.source] = kept or by_path(part.outputs())
            self.made |= set() if kept else set(self.files[part.source])
            assert tuple(self.files[part.source]) == part.paths
        return {path: body for files in self.files.values() for path, body in files.items()}


def clean(page: SearchPage) -> dict[str, bytes]:
    return by_path(render_search(page))


def made_anew(parts: Iterable[Part]) -> dict[str, bytes]:
    return by_path(output for part in parts for output in part.outputs())


def edited(chance: random.Random, papers: Sequence[Paper]) -> list[Paper]:
    """Change, remove, insert and move some papers."""
    after = list(papers)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(after))
        paper = after[at]
        other = chance.choice(CORPUS)
        words = f"zz{chance.randint(1, 9)} {other.title} 𝒳{chance.choice('ﬁ😀é')}"
        match chance.choice(("change", "change", "remove", "insert", "move", "small")):
            case "change":
                after[at] = replace(paper, abstract=other.abstract[: chance.randint(0, 900)], title=words)
            case "small":
                after[at] = replace(paper, kind="survey", date="2019", topics=(chance.choice(TOPICS).slug,))
            case "remove" if len(after) > 5:
                del after[at]
            case "insert":
                names = tuple(Author(word.capitalize()) for word in words.split())
                after.append(replace(paper, id=f"n{chance.getrandbits(60)}", title=words, authors=names))
            case "move":
                after[at] = replace(paper, added=other.added)
    return after


@pytest.mark.parametrize("seed", range(6))
def test_after_any_edits_the_files_are_those_of_a_clean_build(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 (nothing secret)
    site, papers, pages = Site(), list(CORPUS[: (40, 300)[seed % 2]]), list(PAGES)
    for _ in range(6):
        page = search_page(papers, pages)
        assert site.build(page) == clean(page)
        papers = edited(chance, papers)
        if chance.random() < 0.5:
            pages = [*PAGES, PageText("Help", "help/", f"marsupial {chance.random()}")][: chance.randint(0, 3)]


@given(st.lists(st.permutations(range(6)).map(lambda order: order[:3]), min_size=2, max_size=4))
def test_papers_may_come_and_go_at_any_place(choices: list[list[int]]) -> None:
    site = Site()
    for chosen in choices:
        page = search_page([CORPUS[at] for at in sorted(chosen)], ())
        assert site.build(page) == clean(page)


def test_digests_of_papers_that_are_known_save_work_and_change_no_file() -> None:
    known = None
    for papers in (CORPUS, [*CORPUS[:7], replace(CORPUS[7], title="Wombats"), *CORPUS[9:]]):
        page = search_page(papers)
        parts, known = search_parts(page, known, {paper.id: paper_digest(paper) for paper in papers[1:]})
        assert made_anew(parts) == clean(page)


def test_nothing_is_made_where_nothing_changed() -> None:
    site, page = Site(), search_page(CORPUS)
    site.build(page)
    assert len(site.made) > len(CORPUS)
    known = site.known
    assert site.build(page) == clean(page)
    assert site.made == set()
    assert site.known is known


def test_a_new_paper_has_few_chunks_made() -> None:
    site = Site()
    site.build(search_page(CORPUS))
    last = replace(CORPUS[0], id="last", title="Wombats at telescopes", abstract="", added="2031-01-01T00:00:00Z")
    files = site.build(search_page([*CORPUS, last]))
    chunks = {path for path in files if path.startswith("search/t/")}
    assert 0 < len(chunks & site.made) < len(chunks) / 2


def test_what_is_gone_is_made_again_though_it_is_known() -> None:
    site, page = Site(), search_page(CORPUS)
    site.build(page)
    parts, _ = search_parts(page, site.known)
    assert made_anew(parts) == clean(page)


def test_a_file_keeps_all_that_is_known(tmp_path: Path) -> None:
    _, known = search_parts(search_page(CORPUS))
    write_known(tmp_path / "search", known, "v1")
    assert read_known(tmp_path / "search", "v1") == known
    assert [path.name for path in tmp_path.iterdir()] == ["search"]
    assert read_known(tmp_path / "search", "v2") is None
    assert read_known(tmp_path / "other", "v1") is None


def test_a_file_that_is_cut_or_garbled_anywhere_is_nothing_known(tmp_path: Path) -> None:
    path, page = tmp_path / "search", search_page(CORPUS[:30])
    assert made_anew(search_parts_kept(path, "v1", page)) == clean(page)
    whole = path.read_bytes()
    damaged = [whole[:at] for at in (0, 1, 60, len(whole) // 2, len(whole) - 1)]
    damaged += [whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :] for at in range(3, len(whole), len(whole) // 40)]
    for body in (*damaged, whole + b"\0", b"[]\n", b"\n\n"):
        path.write_bytes(body)
        assert read_known(path, "v1") is None
        assert made_anew(search_parts_kept(path, "v1", page)) == clean(page)
        assert path.read_bytes() == whole


def test_a_folder_in_the_place_of_the_file_gives_way(tmp_path: Path) -> None:
    path, page = tmp_path / "search", search_page(CORPUS[:10])
    (path / "within").mkdir(parents=True)
    search_parts_kept(path, "v1", page)
    assert read_known(path, "v1") == search_parts(page)[1]


def test_a_file_is_only_written_where_something_changed(tmp_path: Path) -> None:
    path, page = tmp_path / "search", search_page(CORPUS[:10])
    search_parts_kept(path, "v1", page)
    inode = path.stat().st_ino
    search_parts_kept(path, "v1", page)
    assert path.stat().st_ino == inode
    search_parts_kept(path, "v1", search_page(CORPUS[:11]))
    assert read_known(path, "v1") == search_parts(search_page(CORPUS[:11]))[1]


def test_a_place_that_cannot_be_written_is_said_in_a_line(tmp_path: Path) -> None:
    (tmp_path / "state").write_bytes(b"")
    with pytest.raises(SitegenError, match="state"):
        search_parts_kept(tmp_path / "state" / "search", "v1", search_page(CORPUS[:3]))
