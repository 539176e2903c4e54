"""The plan: which pages a site has, how long lists are cut, and that every listed paper is reached."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from dom import body
from test_markdown import READERS

from sitegen.lists import LIST_LIMIT
from sitegen.machine_pages import OpenSearchPage, SitemapPage, SummaryPage
from sitegen.model import Corpus, CorpusSettings, Paper, Topic
from sitegen.pages import (
    ArchivePage,
    Feed,
    FeedPage,
    FeedsPage,
    Listing,
    ListPage,
    MovedPage,
    Page,
    PaperPage,
    SearchPage,
    url_of,
)
from sitegen.plan import plan
from sitegen.render.article import article
from sitegen.render.markdown import markdown
from sitegen.render.render import ARTICLES, paths, render
from sitegen.render.shell import Shell
from sitegen.render.sources import Sources
from sitegen.site import KIND_NAMES, enrich

if TYPE_CHECKING:
    from collections.abc import Callable
    from xml.etree import ElementTree as ET

    from sitegen.line_pages import NameLine, PaperLine

SITE_URL = "https://example.net/repo/"
# A frame of nothing but the holes, for every section.
SHELL = Shell(("",) * 5, ("title", "description", "head", "article"), "", "", ("",), ())
SHELLS: dict[str, Shell] = defaultdict(lambda: SHELL)
# What the frame links to on every page (nav in mkdocs.yml, and the theme's footer).
NAV = ("index.md", "browse/index.md", "topics/index.md", "stats/index.md", "feeds/index.md", "exports/index.md")


def papers(count: int, date: str = "2024-03-05", start: int = 0, **facts: Any) -> tuple[Paper, ...]:
    return tuple(
        Paper(
            f"p{n:05}",
            f"Paper {n}",
            f"2025-01-{n // 1440 + 1:02}T{n // 60 % 24:02}:{n % 60:02}:00Z",
            date=date,
            **facts,
        )
        for n in range(start, start + count)
    )


def ids(feed: Feed) -> list[str]:
    return [item.paper.id for item in feed.entries if isinstance(item, Listing)]


def planned(*found: Paper, topics: tuple[Topic, ...] = ()) -> dict[str, Page]:
    pages = tuple(plan(enrich(Corpus(topics=topics, papers=found)), SITE_URL))
    assert len({page.path for page in pages}) == len(pages), "two pages at one path"
    return {page.path: page for page in pages}


def lists(pages: dict[str, Page]) -> dict[str, ListPage]:
    return {path: page for path, page in pages.items() if isinstance(page, ListPage)}


def entries(page: ListPage) -> list[str]:
    return [listing.paper.id for section in page.sections for listing in section.listings]


def lines(page: ListPage) -> list[PaperLine | NameLine]:
    return [line for group in page.lines for line in group.lines]


def links(page: Page) -> set[str]:
    """Give the urls that a page's article links to, as a browser resolves them."""
    assert isinstance(page, ARTICLES)
    base = "/" + url_of(page.path)
    found = body(article(markdown(page), page.path).html).iter("a")
    targets = (posixpath.normpath(posixpath.join(base, link.get("href", ""))).lstrip("/") for link in found)
    return {f"{target}/" if target and not target.endswith(".xml") else target for target in targets}


def reached(pages: dict[str, Page]) -> set[str]:
    """Give the pages that plain links lead to from home, the frame's own included."""
    by_url = {url_of(path): page for path, page in pages.items() if isinstance(page, ARTICLES)}
    seen: set[str] = set()
    new = {url_of(path) for path in NAV}
    while new:
        seen |= new
        # Papers link to topics at most, which are reached by themselves.
        new = {
            url for here in new if not here.startswith("papers/") for url in links(by_url[here])
        } & by_url.keys() - seen
    return {by_url[url].path for url in seen}


AGENTS, THEORY = Topic("agents", "Agents", group="A"), Topic("theory", "Theory", group="B", description="Why.")
CORPORA: dict[str, tuple[tuple[Paper, ...], tuple[Topic, ...]]] = {
    "no papers": ((), (AGENTS,)),
    "nothing at all": ((), ()),
    "no topics": (papers(3), ()),
    "one paper": (papers(1, topics=("agents",), kind="survey"), (AGENTS, THEORY)),
    "a full list": (papers(300, topics=("agents",), kind="method"), (AGENTS,)),
    "700 papers in one month": (papers(700, topics=("agents",), kind="method"), (AGENTS,)),
    "700 papers in one month and some in others": (
        papers(700, topics=("agents",)) + papers(5, "2024", 700) + papers(5, "2024-04", 705) + papers(5, "2023", 710),
        (AGENTS,),
    ),
    "301 undated papers": (papers(301, "", topics=("theory",)), (AGENTS, THEORY)),
    "301 papers of a year alone": (papers(301, "2024"), ()),
    "a topic with a long name": (papers(2, topics=("x",)), (Topic("x", "N" * 100, "S" * 22, "G" * 100, "D" * 1000),)),
    "topics within topics": (
        papers(301, topics=("narrow",)) + papers(2, start=301, topics=("wide", "narrowest")),
        (
            Topic("wide", "Wide", group="A"),
            Topic("narrow", "Narrow", group="B", parent="wide"),
            Topic("narrowest", "Narrowest", parent="narrow"),
        ),
    ),
    "topics without groups": (papers(2, topics=("x", "y")), (Topic("x", "X"), Topic("y", "Y"))),
}


@pytest.mark.parametrize("name", CORPORA)
def test_every_listed_paper_is_reached_and_no_list_is_too_long(name: str) -> None:
    found, topics = CORPORA[name]
    pages = planned(*found, topics=topics)
    assert LIST_LIMIT == 300
    assert [path for path, page in lists(pages).items() if len([*entries(page), *lines(page)]) > 300] == []
    led_to = reached(pages)
    assert led_to >= {f"papers/{paper.id}.md" for paper in found}
    assert led_to == {path for path, page in pages.items() if isinstance(page, ARTICLES)}


@pytest.mark.parametrize("name", CORPORA)
def test_no_heading_stands_over_nothing(name: str) -> None:
    found, topics = CORPORA[name]
    for page in planned(*found, topics=topics).values():
        if isinstance(page, ListPage):
            blocks = markdown(page).rstrip("\n").split("\n\n")
            assert not blocks[-1].startswith("#") or len(blocks) == 1
            levels = [len(block) - len(block.lstrip("#")) for block in blocks]
            assert not [level for level, below in pairwise(levels) if level > 1 and 0 < below <= level]


@pytest.mark.parametrize(
    ("found", "topics", "words"),
    [
        (papers(0), (AGENTS,), []),
        (papers(1), (AGENTS,), ["1 paper", "1 topic", "1 from 2024"]),
        (papers(2), (), ["2 papers", "2 from 2024"]),
        ((*papers(2), *papers(3, "", 2), *papers(1, "2021", 5)), (), ["6 papers", "2 from 2024", "3 without a date"]),
    ],
)
def test_home_says_how_much_there_is(found: tuple[Paper, ...], topics: tuple[Topic, ...], words: list[str]) -> None:
    home = planned(*found, topics=topics)["index.md"]
    assert isinstance(home, ListPage)
    assert [fact.title for fact in home.facts] == words
    assert home.note == ("" if found else "No papers yet")
    assert bool(home.beside) == bool(topics)


def test_home_shows_the_newest_papers_by_month_and_says_of_how_many() -> None:
    found = (*papers(15, "2024-05-01"), *papers(9, "2024-03-05", 15), *papers(1, "2024", 24))
    home = planned(*found)["index.md"]
    assert isinstance(home, ListPage)
    shown = [(section.title, len(section.listings), section.whole) for section in home.sections]
    assert shown == [("May 2024", 15, 15), ("March 2024", 5, 9)]
    said = markdown(home)
    assert "### March 2024\n\n*5 of 9 papers*{.tally}" in said
    assert "*5 Mar*{.date}" in said


def test_a_topics_page_says_what_it_holds_and_what_it_shares() -> None:
    topics = (AGENTS, Topic("b", "Bees", "Bee", "Main"), Topic("c", "Cats"), Topic("d", "Dogs"))
    found = (
        *papers(3, topics=("agents", "b"), kind="survey"),
        *papers(1, "2023", 3, topics=("c", "agents"), kind="theory"),
        *papers(2, "", 4, topics=("agents",), kind=""),
    )
    page = planned(*found, topics=topics)["topics/agents.md"]
    assert isinstance(page, ListPage)
    assert [(fact.title, fact.path) for fact in page.facts] == [
        ("3 surveys", "kinds/survey.md"),
        ("1 theory paper", "kinds/theory.md"),
    ]
    (near,) = page.beside
    assert [(way.title, way.path, way.count, way.whole) for way in near.ways] == [
        ("Bee", "topics/agents/with-b.md", 3, 6),
        ("Cats", "papers/p00003.md", 1, 6),
    ]
    jumps = "[2024](<#2024>){.jump}\xa0*3*{.count} [2023](<#2023>){.jump}\xa0*1*{.count} "
    assert jumps + "[Without a date](<#without-a-date>){.jump}\xa0*2*{.count}" in markdown(page)


@pytest.mark.parametrize(("count", "opens"), [(60, True), (61, False)])
def test_rows_of_a_long_list_do_not_open(count: int, opens: bool) -> None:
    found = papers(count, kind="method", abstract="Maps are old. We propose a map of all that is known about it.")
    said = markdown(lists(planned(*found))["kinds/method.md"])
    assert said.count("  ::: more We propose") == (count if opens else 0)
    assert said.count("it.*{.gist}") == (0 if opens else count)


def test_long_lists_are_cut_by_year_by_month_and_by_parts() -> None:
    pages = lists(planned(*CORPORA["700 papers in one month and some in others"][0], topics=(AGENTS,)))
    assert {path: len(entries(page)) for path, page in pages.items()} == {
        "index.md": 20,
        "exports/index.md": 0,
        "topics/index.md": 0,
        "topics/agents.md": 0,
        "topics/agents/2024.md": 0,
        "topics/agents/2024/part-1.md": 300,
        "topics/agents/2024/part-2.md": 300,
        "topics/agents/2024/part-3.md": 100,
        "browse/index.md": 0,
        "browse/2024.md": 0,
        "browse/2024/04.md": 5,
        "browse/2024/03.md": 0,
        "browse/2024/03/part-1.md": 300,
        "browse/2024/03/part-2.md": 300,
        "browse/2024/03/part-3.md": 100,
        "browse/2024/year.md": 5,
        "browse/2023.md": 5,
        "browse/titles.md": 0,
        **{f"browse/titles/{path}.md": 0 for path in ("p", *(f"p/paper-{n}" for n in range(10)))},
        "stats/index.md": 0,
    }
    assert [way.title for group in pages["browse/2024.md"].groups for way in group.ways] == [
        "April 2024",
        "March 2024",
        "2024, month unknown",
    ]


@pytest.mark.parametrize("date", ["2024-03-01", "2024-03-31"])
def test_a_new_paper_changes_no_part_but_the_last(date: str) -> None:
    before = planned(*papers(700, topics=("agents",)), topics=(AGENTS,))
    after = planned(*papers(700, topics=("agents",)), *papers(1, date, 700, topics=("agents",)), topics=(AGENTS,))
    changed = {path for path in before if "/part-" in path and before[path] != after[path]}
    assert changed == {"browse/2024/part-3.md", "topics/agents/2024/part-3.md"}


@pytest.mark.parametrize(("count", "places"), [(100, True), (101, False)])
def test_pages_of_papers_say_how_large_their_topics_are_up_to_a_hundred(count: int, places: bool) -> None:
    pages = planned(*papers(count, topics=("a",)), topics=(Topic("a", "A"),))
    shown = {path: markdown(page) for path, page in pages.items() if isinstance(page, PaperPage)}
    oldest_but_one = shown[f"papers/p{count - 2:05}.md"]
    assert (f"{count - 1} of {count}, newest first" in oldest_but_one) is places
    assert "*Newer*{.which}" in oldest_but_one
    assert "*Older*{.which}" in oldest_but_one
    assert ("{.spark}" in oldest_but_one) is places
    assert ("*over 100*{.count}" in oldest_but_one) is not places


@pytest.mark.parametrize("date", ["2024-03-01", "2024-03-05", "2026-01-01", ""])
def test_a_paper_added_to_a_large_topic_changes_no_page_but_those_of_its_neighbours(date: str) -> None:
    topics = (Topic("a", "A"), Topic("b", "B"))
    before = papers(150, topics=("a", "b"))
    added = papers(1, date, start=150, topics=("b", "a"))
    old, new = (
        {
            page.path: Sources(defaultdict(str), "").digest(page)
            for page in plan(enrich(Corpus(topics=topics, papers=found), {}), SITE_URL)
            if isinstance(page, PaperPage)
        }
        for found in (before, before + added)
    )
    assert len(old) == 150
    assert len([path for path in old if old[path] != new[path]]) <= 2


@pytest.mark.parametrize(("count", "compared"), [(999, True), (1001, False)])
def test_a_paper_added_to_very_many_changes_no_page_of_a_topic_that_it_is_not_on(count: int, compared: bool) -> None:
    before = (*papers(10, topics=("b",)), *papers(count - 10, topics=("a",), start=10))
    (added,) = papers(1, topics=("a",), start=count)
    old, new = (
        lists(planned(*found, topics=(Topic("a", "A"), Topic("b", "B"))))["topics/b.md"]
        for found in (before, (*before, added))
    )
    digests = {Sources(defaultdict(str), "").digest(page) for page in (old, new)}
    assert len(digests) == (2 if compared else 1)
    assert "## Papers per year" in markdown(new)
    assert ("of all papers that year" in markdown(old)) is compared


def test_a_paper_that_is_no_longer_listed_keeps_its_page_and_stands_nowhere_else() -> None:
    gone = tuple(
        replace(paper, status=status, topics=("agents",), kind="survey")
        for paper, status in zip(papers(3), ("retracted", "withdrawn", "removed"), strict=True)
    )
    pages = planned(*gone, *papers(1, start=3), topics=(AGENTS,))
    kept = {f"papers/{paper.id}.md" for paper in gone}
    assert kept <= pages.keys()
    assert not kept & reached(pages)
    for page in pages.values():
        if isinstance(page, FeedPage):
            assert not set(ids(page.feed)) & {paper.id for paper in gone}
        if isinstance(page, SearchPage):
            assert [listing.paper.id for listing in page.listings] == ["p00003"]
    assert "kinds/survey.md" not in pages


def test_a_removed_paper_shows_no_abstract_anywhere() -> None:
    (paper,) = papers(1, abstract="SECRET words", status="removed", aliases=("old",), topics=("agents",))
    for page in planned(paper, topics=(AGENTS,)).values():
        for output in render(page, SHELLS, SITE_URL):
            assert b"SECRET" not in output.body, output.path
    listed = planned(replace(paper, status=""), topics=(AGENTS,)).values()
    assert sum(b"SECRET" in output.body for page in listed for output in render(page, SHELLS, SITE_URL)) >= 6


def test_aliases_give_pages_that_lead_to_the_record() -> None:
    pages = planned(*papers(1, aliases=("old", "older")))
    for path in ("papers/old.md", "papers/older.md"):
        page = pages[path]
        assert isinstance(page, MovedPage)
        assert page.target.url == "papers/p00000/"
        assert "papers/p00000/" in links(page)


def test_feeds_hold_what_is_announced() -> None:
    quiet = papers(1, announce=False, topics=("agents",))
    pages = planned(*quiet, *papers(2, start=1, topics=("agents",)), topics=(AGENTS, THEORY))
    feeds = {path: page.feed for path, page in pages.items() if isinstance(page, FeedPage)}
    assert {path: ids(feed) for path, feed in feeds.items()} == {
        "feeds/all": ["p00001", "p00002"],
        "feeds/weekly": [],
        "feeds/changes": [],
        "feeds/topics/agents": ["p00001", "p00002"],
        "feeds/topics/theory": [],
    }
    archives = {path: ids(page.feed) for path, page in pages.items() if isinstance(page, ArchivePage)}
    assert archives == {
        "feeds/all/archive/2025-01-1.atom.xml": ["p00000", "p00001", "p00002"],
        "feeds/topics/agents/archive/2025-01-1.atom.xml": ["p00000", "p00001", "p00002"],
    }
    assert feeds["feeds/topics/agents"].url == "topics/agents/"
    page = pages["feeds/index.md"]
    assert isinstance(page, FeedsPage)
    assert [feed.name for feed in page.feeds] == ["all", "weekly", "changes", "topics/agents", "topics/theory"]


def test_the_sitemap_lists_every_page_once_and_no_redirect() -> None:
    pages = planned(*papers(700, aliases=()), *papers(1, start=700, aliases=("old",)), topics=(AGENTS,))
    sitemap = pages["sitemap.xml"]
    assert isinstance(sitemap, SitemapPage)
    addresses = [address for address, _ in sitemap.entries]
    expected = {page.path for page in pages.values() if isinstance(page, (PaperPage, ListPage, FeedsPage))}
    assert len(addresses) == len(set(addresses))
    assert set(addresses) == {SITE_URL + url_of(path) for path in expected}
    assert (f"{SITE_URL}papers/p00000/", "2025-01-01T00:00:00Z") in sitemap.entries


def test_the_summary_names_the_ways_in() -> None:
    page = planned(topics=(AGENTS, THEORY))["llms.txt"]
    assert isinstance(page, SummaryPage)
    assert [address for _, address, _ in page.ways] == [
        f"{SITE_URL}browse/",
        f"{SITE_URL}feeds/",
        f"{SITE_URL}topics/agents.md",
        f"{SITE_URL}topics/theory.md",
    ]


def test_browsers_are_told_of_the_search_by_its_absolute_address() -> None:
    page = planned()["assets/opensearch.xml"]
    assert isinstance(page, OpenSearchPage)
    assert page.template == f"{SITE_URL}search/?q={{searchTerms}}"


def test_topics_are_grouped_and_coloured_in_their_order() -> None:
    topics = (AGENTS, THEORY, Topic("loose", "Loose"), Topic("more", "More", group="A"))
    pages = planned(*papers(1, topics=tuple(topic.slug for topic in topics)), topics=topics)
    index, paper = pages["topics/index.md"], pages["papers/p00000.md"]
    assert isinstance(index, ListPage)
    assert isinstance(paper, PaperPage)
    assert [(group.title, [way.title for way in group.ways]) for group in index.groups] == [
        ("A", ["Agents", "More"]),
        ("B", ["Theory"]),
        ("Other topics", ["Loose"]),
    ]
    assert [topic.colour for topic in paper.listing.topics] == [1, 2, 0, 1]
    assert [topic.short for topic in paper.listing.topics] == ["Agents", "Theory", "Loose", "More"]


def test_every_kind_has_a_page_with_a_name() -> None:
    pages = planned(*(replace(papers(1, start=n)[0], kind=kind) for n, kind in enumerate(KIND_NAMES)))
    assert {pages[f"kinds/{kind}.md"].title for kind in KIND_NAMES} == set(KIND_NAMES.values())  # type: ignore[union-attr]


# --- pages to files --------------------------------------------------------------------------------------------------


def test_the_files_of_a_page_are_known_before_they_are_made() -> None:
    for page in planned(*papers(2, aliases=()), topics=(AGENTS,)).values():
        made = tuple(output.path for output in render(page, SHELLS, SITE_URL))
        if isinstance(page, SearchPage):  # all its other files are named by their content
            assert set(paths(page)) < set(made)
        else:
            assert made == paths(page)


def test_a_page_is_made_anew_when_anything_it_is_made_of_changed() -> None:
    shells = {"papers/*": "shell"}
    (paper,) = papers(1)
    page, changed = (planned(found)[f"papers/{paper.id}.md"] for found in (paper, replace(paper, title="Another")))
    before = Sources(shells, "renderer").digest(page)
    assert before == Sources(shells, "renderer").digest(planned(paper)[page.path])
    others = (
        Sources(shells, "renderer").digest(changed),
        Sources({"papers/*": "other"}, "renderer").digest(page),
        Sources(shells, "other").digest(page),
    )
    assert len({before, *others}) == 4
    feed = planned(paper)["feeds/all"]
    assert Sources({}, "renderer").digest(feed) != Sources({}, "other").digest(feed)


TREE = (
    Topic("rl", "Rewards", parent="learning", group="Other", description="Learning *by* doing."),
    Topic("learning", "Learning", group="Main", description="All of it."),
    Topic("games", "Games", parent="rl", group="Other"),
    Topic("alone", "Alone", group="Other"),
    Topic("graphs", "Graphs", parent="learning"),
)
TREE_PAPERS = (
    *papers(2, topics=("rl",)),
    *papers(3, start=2, topics=("games", "learning")),
    *papers(1, start=5, topics=("alone",)),
)


def test_a_topics_page_leads_to_wider_and_narrower_topics_before_its_own_papers() -> None:
    pages = lists(planned(*TREE_PAPERS, topics=TREE))
    said = {slug: markdown(pages[f"topics/{slug}.md"]).rstrip("\n").split("\n\n")[2:] for slug in ("learning", "rl")}
    assert said["learning"][0] == "All of it."
    assert said["learning"][1] == "3 papers of its own"
    place = said["learning"].index("## Narrower topics")
    assert said["learning"][place + 1] == (
        "- [Rewards](<rl.md>){.way} *2*{.count}\n  *Learning \\*by\\* doing.*{.about}\n"
        "- [Graphs](<graphs.md>){.way} *0*{.count}"
    )
    assert said["learning"][place + 2] == "## 2024"
    assert said["rl"][1] == "Part of [Learning](<learning.md>)"
    place = said["rl"].index("## Narrower topics")
    assert said["rl"][place + 1] == "- [Games](<games.md>){.way} *3*{.count}"
    games = markdown(pages["topics/games.md"]).split("\n\n")
    assert games[2] == "Part of [Learning](<learning.md>) › [Rewards](<rl.md>)"
    assert games[3] == "3 papers"
    assert "Narrower" not in "".join(games)
    assert "Part of" not in markdown(pages["topics/alone.md"])


@pytest.mark.parametrize(
    ("group", "way"),
    [
        ("", ""),
        ("Mind & *body*", " / [Mind &amp; \\*body\\*](<index.md#mind-body>){.topic .g2}"),
        ("Topics", " / [Topics](<index.md>){.topic .g2}"),
        ("学习", " / [学习](<index.md>){.topic .g2}"),
    ],
)
def test_a_topics_page_leads_back_to_its_group_with_the_key_of_its_colour(group: str, way: str) -> None:
    pages = lists(planned(topics=(Topic("a", "A", group="Other"), Topic("b", "B", group=group))))
    blocks = markdown(pages["topics/b.md"]).split("\n\n")
    assert blocks[:2] == ["# B", f"::: path\n[Home](<../index.md>) / [Topics](<index.md>){way}\n:::"]
    if "#" in way:
        assert '<h2 id="mind-body">' in article(markdown(pages["topics/index.md"]), "topics/index.md").html


@pytest.mark.parametrize(
    ("contact", "way"),
    [
        ("https://a.test/<x>", "[{}](<https://a.test/%3Cx%3E>)"),
        ("me+papers@a.test", "[{}](<mailto:me+papers@a.test>)"),
        ("a?cc=b@a.test", "{}: a?cc=b@a.test"),
        ("javascript:alert(1)", "{}: javascript:alert(1)"),
        ("*Ada*", "{}: \\*Ada\\*"),
    ],
)
def test_readers_are_told_the_licence_and_whom_to_ask_for_a_removal(contact: str, way: str) -> None:
    settings = CorpusSettings(licence="Free for *all*.", contact=contact)
    corpus = Corpus(settings, papers=(*papers(1), *papers(1, start=1, status="removed")))
    pages = {page.path: page for page in plan(enrich(corpus), SITE_URL) if isinstance(page, ARTICLES)}
    home = markdown(pages["index.md"])
    asked = f"A record about your work? {way.format('Ask for its correction or removal')}."
    assert f"## Licence and removal\n\nFree for \\*all\\*.\n\n{asked}\n\n:::" in home
    ask = f"Your own work? {way.format('Ask for its removal')}."
    assert f"## Something wrong?\n\n{ask}\n\n:::" in markdown(pages["papers/p00000.md"])
    assert "Ask for" not in markdown(pages["papers/p00001.md"])


def test_without_licence_and_contact_nothing_is_said_of_them() -> None:
    pages = planned(*papers(1))
    assert "Licence" not in markdown(pages["index.md"])  # type: ignore[arg-type]
    assert "Something wrong" not in markdown(pages["papers/p00000.md"])  # type: ignore[arg-type]


def test_a_wider_topic_holds_its_own_papers_only_and_so_does_its_feed() -> None:
    pages = planned(*TREE_PAPERS, topics=TREE)
    own = {"learning": {2, 3, 4}, "rl": {0, 1}, "games": {2, 3, 4}, "alone": {5}, "graphs": set()}
    for slug, numbers in own.items():
        page, feed = pages[f"topics/{slug}.md"], pages[f"feeds/topics/{slug}"]
        assert isinstance(page, ListPage)
        assert isinstance(feed, FeedPage)
        assert set(entries(page)) == set(ids(feed.feed)) == {f"p{number:05}" for number in numbers}


def test_a_wider_topic_without_papers_of_its_own_says_that_narrower_ones_may_have_some() -> None:
    topics = (Topic("wide", "Wide"), Topic("narrow", "Narrow", parent="wide"))
    page = planned(*papers(2, topics=("narrow",)), topics=topics)["topics/wide.md"]
    assert isinstance(page, ListPage)
    assert page.note == "No papers of its own"
    assert [(way.path, way.count) for way in page.narrower] == [("topics/narrow.md", 2)]


def test_the_topics_page_shows_narrower_topics_under_their_parent_and_home_names_all_alike() -> None:
    pages = lists(planned(*TREE_PAPERS, topics=TREE))
    assert markdown(pages["topics/index.md"]).split("\n\n", 2)[2] == (
        "## Main\n\n"
        "- [Learning](<learning.md>){.way .g2} *2020 to 2024: 0 0 0 0 3*{.spark} *3*{.count}\n"
        "  *All of it.*{.about}\n"
        "    - [Rewards](<rl.md>){.way .g1} *2020 to 2024: 0 0 0 0 2*{.spark} *2*{.count}\n"
        "      *Learning \\*by\\* doing.*{.about}\n"
        "        - [Games](<games.md>){.way .g1} *2020 to 2024: 0 0 0 0 3*{.spark} *3*{.count}\n"
        "    - [Graphs](<graphs.md>){.way} *2020 to 2024: 0 0 0 0 0*{.spark} *0*{.count}\n\n"
        "## Other\n\n"
        "- [Alone](<alone.md>){.way .g1} *2020 to 2024: 0 0 0 0 1*{.spark} *1*{.count}\n"
    )
    beside = markdown(pages["index.md"]).partition("::: aside\n\n")[2].split("\n\n")
    assert beside[:3] == ["## Topics", "*2020 to 2024*{.tally}", "### Main"]
    assert beside[4] == "### Other"
    assert [line.partition("{")[0] for line in beside[3].splitlines()] == [
        "- [Learning](<topics/learning.md>)",
        "- [Rewards](<topics/rl.md>)",
        "- [Games](<topics/games.md>)",
        "- [Graphs](<topics/graphs.md>)",
    ]


@pytest.mark.parametrize("read", READERS)
def test_narrower_topics_are_a_list_within_for_every_reader(read: Callable[[str], ET.Element]) -> None:
    def shape(root: ET.Element) -> list[tuple[str, object]]:
        return [(entry.findtext("a") or "", [shape(below) for below in entry.findall("ul")]) for entry in root]

    page = lists(planned(*TREE_PAPERS, topics=TREE))["topics/index.md"]
    assert [shape(below) for below in read(markdown(page)).findall("ul")] == [
        [("Learning", [[("Rewards", [[("Games", [])]]), ("Graphs", [])]])],
        [("Alone", [])],
    ]
