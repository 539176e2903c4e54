"""Ways to every paper: by title and author from A to Z, by month, by pairs of topics; and the page of statistics."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

import pytest
from dom import body, visible_text

from sitegen.alphabet import Entry, alphabet_pages
from sitegen.authors import author_slug, name_key, people
from sitegen.line_pages import NameLine, PaperLine
from sitegen.model import Author, Corpus, CorpusSettings, Links, Paper, Topic
from sitegen.pages import ListPage, PaperPage, url_of
from sitegen.pair_pages import pair_paths
from sitegen.plan import plan
from sitegen.render.article import article
from sitegen.render.markdown import markdown
from sitegen.render.render import ARTICLES
from sitegen.site import enrich
from sitegen.topic_pairs import MOST_TOPICS

if TYPE_CHECKING:
    from sitegen.pages import ArticlePage

ADDED = "2025-01-01T00:00:00Z"
SITE_URL = "https://papers.test/"
NAV = ("index.md", "browse/index.md", "topics/index.md", "stats/index.md", "feeds/index.md", "exports/index.md")


def paper(number: int, title: str = "", *names: str, date: str = "2024-03-01", topics: tuple[str, ...] = ()) -> Paper:
    added = f"2025-01-{number // 1440 + 1:02}T{number // 60 % 24:02}:{number % 60:02}:00Z"
    authors = tuple(map(Author, names))
    return Paper(f"p{number:05}", title or f"Title {number}", added, authors=authors, date=date, topics=topics)


def planned(*papers: Paper, topics: tuple[Topic, ...] = (), author_feeds: bool = False) -> dict[str, ArticlePage]:
    corpus = Corpus(CorpusSettings(author_feeds=author_feeds), topics, papers)
    return {page.path: page for page in plan(enrich(corpus, {}), SITE_URL) if isinstance(page, ARTICLES)}


def html(page: ArticlePage) -> str:
    return article(markdown(page), page.path).html


def links(page: ArticlePage) -> set[str]:
    """Give the urls that an article links to, as a browser resolves them."""
    base = "/" + url_of(page.path)
    targets = (posixpath.normpath(posixpath.join(base, link.get("href", ""))) for link in body(html(page)).iter("a"))
    return {target.lstrip("/") + "/" for target in targets}


# --- authors ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Ada Byron", "ada-byron"),
        ("ADA  BYRON", "ada-byron"),
        ("Jan Šnajder", "jan-snajder"),
        ("Łukasz Ørsted", "lukasz-orsted"),
        ("J. R. O'Neil-Smith", "j-r-oneil-smith"),
    ],
)
def test_an_authors_address_is_the_name_in_latin_letters(name: str, slug: str) -> None:
    assert author_slug(name) == slug


def test_names_in_another_script_are_never_one() -> None:
    names = ["李 明", "王 明", "Владимир K.", "Василий K.", "李 Wei", "王 Wei", "Index", "..."]
    slugs = [author_slug(name) for name in names]
    assert len(set(slugs)) == len(names)
    assert slugs == [author_slug(name) for name in names]
    assert "index" not in slugs
    assert all(slug.isascii() and slug for slug in slugs)


@pytest.mark.parametrize(
    ("author", "key"),
    [
        (Author("Ada Byron"), "byron-ada-byron"),
        (Author("Ludwig van Beethoven", "van Beethoven", "Ludwig"), "van-beethoven-ludwig-van-beethoven"),
        (Author("The Team", literal=True), "the-team"),
        (Author("李明"), ""),
    ],
)
def test_names_are_sorted_by_the_family_name(author: Author, key: str) -> None:
    assert name_key(author) == key


def test_one_who_is_written_with_and_without_accents_is_one_person() -> None:
    found = people(
        [paper(1, "A", "Jan Šnajder", "Ada Byron"), paper(2, "B", "Jan Snajder"), paper(3, "C", "Jan Šnajder")]
    )
    assert [(person.slug, person.author.name, len(person.papers)) for person in found] == [
        ("ada-byron", "Ada Byron", 1),
        ("jan-snajder", "Jan Šnajder", 3),
    ]
    assert [person.has_page for person in found] == [False, True]


def test_one_who_is_named_twice_on_a_paper_wrote_it_once() -> None:
    found = people([paper(1, "A", "Jan Šnajder", "Ada Byron", "Jan Snajder"), paper(2, "B", "Ada Byron")])
    assert [(person.slug, len(person.papers)) for person in found] == [("ada-byron", 2), ("jan-snajder", 1)]


PEOPLE = (
    paper(1, "First", "Ada Byron", "Grace Hopper"),
    paper(2, "Second", "Ada Byron", date="2023"),
    paper(3, "Third", "ADA BYRON", "Kurt Gödel", date=""),
    paper(4, "Fourth", "Kurt Gödel"),
)


def test_authors_of_three_papers_have_a_page_and_others_lead_to_their_papers() -> None:
    pages = planned(*PEOPLE)
    assert [path for path in pages if path.startswith("authors/")] == ["authors/index.md", "authors/ada-byron.md"]
    rows = [(visible_text(row), [link.get("href") for link in row.iter("a")])
            for row in body(html(pages["authors/index.md"])).iter("li")]  # fmt: skip
    assert rows == [
        ("Ada Byron 3 papers", ["ada-byron/"]),
        ("Kurt Gödel Fourth Third", ["../papers/p00004/", "../papers/p00003/"]),
        ("Grace Hopper First", ["../papers/p00001/"]),
    ]
    own = body(html(pages["authors/ada-byron.md"]))
    assert [visible_text(heading) for heading in own.iter("h2")] == ["2024", "2023", "Without a date"]
    assert [link.get("href") for link in own.iter("a")] == [
        *("../../", "../../browse/", "../"),
        *(f"../../papers/p0000{n}/" for n in (1, 2, 3)),
    ]
    assert {"authors/"} <= links(pages["browse/index.md"])


def test_a_page_of_an_author_offers_their_feed_where_there_are_such_feeds() -> None:
    page = planned(*PEOPLE, author_feeds=True)["authors/ada-byron.md"]
    assert isinstance(page, ListPage)
    assert [feed.name for feed in page.feeds] == ["authors/ada-byron"]


def test_names_on_a_papers_page_lead_to_the_pages_of_authors_who_have_one() -> None:
    found = [paper(number, "", "Ada Byron", "Bo <b>") for number in range(3)]
    found += [paper(3, "", "Åda Býron", "C"), paper(4, "", "C", "D")]
    pages = planned(*found)
    said = {path: markdown(page) for path, page in pages.items()}
    both = "[Ada Byron](<../authors/ada-byron.md>){.author}, [Bo &lt;b&gt;](<../authors/bo-b.md>){.author}"
    assert both in said["papers/p00000.md"]
    assert "[Åda Býron](<../authors/ada-byron.md>){.author}, C" in said["papers/p00003.md"]
    assert "{.author}" not in said["papers/p00004.md"]
    assert {"authors/ada-byron.md", "authors/bo-b.md"} <= pages.keys()


def test_names_behind_words_that_open_lead_there_too() -> None:
    names = [f"Person {number}" for number in range(50)]
    pages = planned(*(paper(number, "", *names) for number in range(3)))
    source = markdown(pages["papers/p00000.md"])
    assert source.count("{.author}") == 50
    assert "::: more 30 more names\n[Person 20](" in source


def test_where_no_author_is_known_there_is_no_page_of_authors() -> None:
    pages = planned(paper(1), paper(2))
    assert [path for path in pages if path.startswith("authors")] == []
    assert not [link for link in links(pages["browse/index.md"]) if link.startswith("authors")]


# --- from A to Z -----------------------------------------------------------------------------------------------------


def lined(*keys: str) -> list[Entry]:
    return [Entry(key, PaperLine(f"{key}-{n}", key, "given", "")) for n, key in enumerate(sorted(keys))]


def leaves(*keys: str) -> dict[str, list[str]]:
    pages = alphabet_pages("browse/titles.md", "browse/titles", "Titles", "paper", lined(*keys))
    return {page.path: [line.title for group in page.lines for line in group.lines if isinstance(line, PaperLine)]
            for page in pages}  # fmt: skip


def test_a_short_list_stands_on_one_page_by_letter() -> None:
    (page,) = alphabet_pages("x.md", "x", "Titles", "paper", lined("bee", "ant", "7-bees", "", "axe"))
    assert [(group.title, len(group.lines)) for group in page.lines] == [
        ("0 to 9", 1),
        ("A", 2),
        ("B", 1),
        ("Other scripts", 1),
    ]


def test_a_long_list_is_cut_by_letters_until_no_page_is_too_long() -> None:
    many = [f"co-{n}" for n in range(250)] + [f"cu-{n}" for n in range(100)]
    pages = leaves("ant", "bee", *many)
    assert list(pages) == [
        "browse/titles.md",
        "browse/titles/a.md",
        "browse/titles/b.md",
        "browse/titles/c.md",
        "browse/titles/c/co.md",
        "browse/titles/c/cu.md",
    ]
    assert pages["browse/titles/c/cu.md"] == sorted(f"cu-{n}" for n in range(100))
    assert sorted(title for lines in pages.values() for title in lines) == sorted(["ant", "bee", *many])


def test_titles_that_are_spelled_alike_stand_in_parts() -> None:
    pages = leaves(*["same"] * 700, *["samely"] * 2)
    sizes = {path: len(lines) for path, lines in pages.items() if lines}
    assert sizes == {
        "browse/titles/s/same.md": 300,
        "browse/titles/s/same.2.md": 300,
        "browse/titles/s/same.3.md": 100,
        "browse/titles/s/samel.md": 2,
    }
    assert "browse/titles/i/index-.md" in leaves(*["index"] * 200, *["indexes"] * 200)
    other = leaves(*[""] * 301)
    assert {path: len(lines) for path, lines in other.items() if lines} == {
        "browse/titles/other/other.md": 300,
        "browse/titles/other/other.2.md": 1,
    }


def test_titles_are_sorted_without_their_article() -> None:
    page = planned(paper(1, "The zoo"), paper(2, "A bee"), paper(3, "An ant"), paper(4, "“Cow”"), paper(5, "The"))[
        "browse/titles.md"
    ]
    assert isinstance(page, ListPage)
    shown = [line.title for group in page.lines for line in group.lines if isinstance(line, PaperLine)]
    assert shown == ["An ant", "A bee", "“Cow”", "The", "The zoo"]


# --- every page is near home -----------------------------------------------------------------------------------------


def test_every_paper_and_page_is_at_most_five_links_from_home() -> None:
    names = [f"{given} {family}{n}" for n in range(12) for given in ("Ada", "Bo", "Cy", "Di") for family in
             ("Smith", "Smart", "Sum", "Wang", "Wu", "Young", "Zhang")]  # fmt: skip
    found = tuple(
        paper(n, f"Title {n % 40}", names[n % len(names)], f"Solo {n:04}x", date=("2024-03", "2023", "")[n % 3],
              topics=("a", "b"))
        for n in range(2500)
    )  # fmt: skip
    pages = planned(*found, topics=(Topic("a", "A"), Topic("b", "B")))
    by_url = {url_of(path): page for path, page in pages.items()}
    far = {url_of("index.md"): 0}
    near = {url_of(path) for path in NAV} - far.keys()
    for distance in range(1, 7):
        far |= dict.fromkeys(near, distance)
        # What papers link to is not asked: it must be near without them.
        lists = [by_url[url] for url in near if not isinstance(by_url[url], PaperPage)]
        near = {url for page in lists for url in links(page)} & by_url.keys() - far.keys()
    assert by_url.keys() == far.keys()
    assert max(far.values()) <= 5
    assert sum(url.startswith("authors/by-name/") for url in far) > 20
    longest = max(len([*html(page).split("<li>")]) for page in pages.values() if isinstance(page, ListPage))
    assert longest <= 301


# --- pairs of topics and statistics ----------------------------------------------------------------------------------

A, B, C, D = (Topic(slug, f"Name {slug}", slug.upper(), group) for slug, group in ("ax", "bx", "cy", "dy"))
PAIRED = (
    *(paper(n, topics=("a", "b")) for n in range(1, 5)),
    *(paper(n, topics=("c", "a"), date="2025-01-02") for n in range(5, 7)),
    paper(7, topics=("b", "c"), date=""),
    paper(8, topics=("d",), date="2019"),
    *(paper(n, date="2025") for n in range(9, 13)),
)


def test_pairs_of_topics_have_pages_where_they_share_papers() -> None:
    pages = planned(*PAIRED, topics=(A, B, C, D))
    assert pair_paths(enrich(Corpus(topics=(A, B, C, D), papers=PAIRED), {})) == {
        ("a", "c"): "topics/a/with-c.md",
        ("a", "b"): "topics/a/with-b.md",
        ("b", "c"): "papers/p00007.md",
    }
    assert [path for path in pages if "with-" in path] == ["topics/a/with-b.md", "topics/a/with-c.md"]
    assert links(pages["topics/a/with-c.md"]) == {
        *("papers/p00005/", "papers/p00006/"),
        *("/", "topics/", "topics/a/", "topics/c/"),
    }


def test_of_very_many_topics_the_largest_are_paired() -> None:
    topics = tuple(Topic(f"t{n:02}", f"T {n}") for n in range(50))
    found = [paper(n, topics=tuple(topic.slug for topic in topics[n:])) for n in range(50)]
    site = enrich(Corpus(topics=topics, papers=tuple(found)), {})
    assert site.paired_topics == tuple(f"t{n:02}" for n in range(50 - MOST_TOPICS, 50))


def table(page: ArticlePage, heading: str) -> list[list[str]]:
    """Give the rows of the table below a heading."""
    parts = list(body(html(page)))
    start = next(place for place, part in enumerate(parts) if part.tag == "h2" and visible_text(part) == heading)
    box = next(part for part in parts[start:] if part.tag == "div")
    return [[visible_text(cell) for cell in row] for row in box.iter("tr")]


def test_the_statistics_are_those_of_a_table_made_by_hand() -> None:
    page = planned(*PAIRED, topics=(A, B, C, D))["stats/index.md"]
    assert isinstance(page, ListPage)
    assert page.lead == "12 papers from 2019 to 2025 in figures."
    years = [["Year", "Papers"], ["2019", "1"], ["2020", "0"], ["2021", "0"], ["2022", "0"], ["2023", "0"]]
    assert table(page, "Papers by year") == [*years, ["2024", "4"], ["2025", "6"], ["no date", "1"]]
    assert table(page, "Papers by month")[1:3] == [["2024-03", "4"], ["2024-04", "0"]]
    assert table(page, "Topics over time") == [
        ["Topic", "to 2020", "2024", "2025", "no date", "All"],
        ["A", "", "4", "2", "", "6"],
        ["B", "", "4", "", "1", "5"],
        ["C", "", "", "2", "1", "3"],
        ["D", "1", "", "", "", "1"],
        ["All papers", "1", "4", "6", "1", "12"],
    ]
    assert table(page, "Which topics meet") == [
        ["Topic", "A", "B", "C", "D"],
        ["A", "6", "4", "2", ""],
        ["B", "4", "5", "1", ""],
        ["C", "2", "1", "3", ""],
        ["D", "", "", "", "1"],
    ]
    # 4 of 12 papers where chance gives 6 * 5 / 12 = 2.5.
    assert table(page, "Closest pairs") == [["Pair", "Papers", "Against chance"], ["A × B", "4", "1.6 times"]]
    assert {"topics/a/with-b/", "papers/p00007/", "browse/2024/", "browse/undated/"} <= links(page)


def test_the_statistics_say_of_how_many_papers_each_fact_is_known() -> None:
    found = (
        Paper(
            "x", "X", ADDED, abstract="Words.", date="2024-03-01", authors=(Author("Ada"),), links=Links(doi="10.1/a")
        ),
        Paper("y", "Y", ADDED, title_source="derived", date="2024", author_count=3, kind="survey"),
        Paper("z", "Z", ADDED, links=Links(code="https://x.org/")),
    )
    assert table(planned(*found)["stats/index.md"], "What is known of the papers") == [
        ["Known", "Papers"],
        ["All papers", "3"],
        ["Abstract", "1"],
        ["Given title", "2"],
        ["Date", "2"],
        ["Date to the day", "1"],
        ["Number of authors", "2"],
        ["Names of authors", "1"],
        ["arXiv id or DOI", "1"],
        ["Code or project", "1"],
        ["Kind", "1"],
    ]
    assert table(planned(*found)["stats/index.md"], "Papers by kind")[1:] == [["Surveys", "1"], ["Not known", "2"]]


@pytest.mark.parametrize("found", [(), (paper(1, date=""),)], ids=["no papers", "one without a date"])
def test_the_statistics_of_next_to_nothing_can_be_read(found: tuple[Paper, ...]) -> None:
    page = planned(*found, topics=(A,))["stats/index.md"]
    assert isinstance(page, ListPage)
    assert page.lead == ("1 paper in figures." if found else "No papers yet.")
    assert [figures.title for figures in page.figures] == (["What is known of the papers"] if found else [])


def test_a_year_of_many_papers_is_read_by_month_and_one_of_few_at_once() -> None:
    many = [paper(n, date=f"2024-{n % 3 + 1:02}") for n in range(101)]
    few = [paper(n, date=f"2023-{n % 3 + 1:02}") for n in range(101, 201)]
    pages = planned(*many, *few)
    assert [path for path in pages if path.startswith("browse/202")] == [
        "browse/2024.md",
        "browse/2024/03.md",
        "browse/2024/02.md",
        "browse/2024/01.md",
        "browse/2023.md",
    ]
    year = pages["browse/2024.md"]
    assert isinstance(year, ListPage)
    assert [(way.title, way.count) for group in year.groups for way in group.ways] == [
        ("March 2024", 33),
        ("February 2024", 34),
        ("January 2024", 34),
    ]
    assert [link.title for link in year.onward] == ["Older: 2023"]
    middle = pages["browse/2024/02.md"]
    assert isinstance(middle, ListPage)
    assert [(link.title, link.path) for link in middle.onward] == [
        ("Newer: March 2024", "browse/2024/03.md"),
        ("Older: January 2024", "browse/2024/01.md"),
    ]


def test_every_list_says_the_way_to_it_from_home() -> None:
    many = [paper(n, f"{chr(97 + n % 3)} {n}", "Ada Byron", topics=("a", "b"), date=f"2024-{n % 2 + 1:02}")
            for n in range(301)]  # fmt: skip
    pages = planned(*many, topics=(Topic("a", "Topic A"), Topic("b", "Topic B")))
    ways = {path: [way.path for way in page.above] for path, page in pages.items() if isinstance(page, ListPage)}
    assert {path for path, way in ways.items() if not way} == set(NAV) - {"feeds/index.md"}
    assert ways["browse/2024.md"] == ways["browse/titles.md"] == ways["authors/index.md"] == ["browse/index.md"]
    assert ways["browse/2024/02.md"] == ["browse/index.md", "browse/2024.md"]
    assert ways["browse/titles/b.md"] == ["browse/index.md", "browse/titles.md"]
    assert ways["authors/ada-byron.md"] == ["browse/index.md", "authors/index.md"]
    assert ways["topics/a.md"] == ["topics/index.md"]
    assert ways["topics/a/with-b.md"] == ["topics/index.md", "topics/a.md"]
    assert all(path in pages for way in ways.values() for path in way)


def test_parts_of_a_list_are_named_before_it_where_it_is_long() -> None:
    few = planned(*(paper(n, f"{'BCD'[n % 3]} {n}") for n in range(40)))["browse/titles.md"]
    many = planned(*(paper(n, f"{'BCD'[n % 3]} {n}") for n in range(41)))["browse/titles.md"]
    letters = "[B](<#b>){.jump} [C](<#c>){.jump} [D](<#d>){.jump}"
    assert letters not in markdown(few)
    assert f"41 papers\n\n{letters}\n\n## B\n" in markdown(many)
    months = planned(*(paper(n, date=f"2024-{n % 2 + 1:02}") for n in range(3)))["browse/2024.md"]
    assert "[February](<#february-2024>){.jump}\xa0*1*{.count} [January](<#january-2024>){.jump}" in markdown(months)


def test_the_page_of_exports_offers_each_topics_files() -> None:
    topics = (Topic("a", "Topic A", group="G"), Topic("b", "Part", parent="a"), Topic("none", "No papers"))
    page = planned(paper(1, topics=("a",)), paper(2, topics=("b",)), topics=topics)["exports/index.md"]
    files = [
        f"{stem}{extension}"
        for stem in ("exports/papers", "topics/a", "topics/b")
        for extension in (".bib", ".ris", ".csl.json", ".csv", ".json")
    ]
    assert {f"{file}/" for file in files} == {link for link in links(page) if not link.endswith(("/a/", "/b/", "e/"))}
    assert {"browse/", "topics/a/", "topics/b/"} <= links(page)


def test_lines_of_names_lead_to_pages_that_are_there() -> None:
    for page in planned(*PEOPLE).values():
        if isinstance(page, ListPage):
            names = [line for group in page.lines for line in group.lines if isinstance(line, NameLine)]
            assert all(bool(line.path) != bool(line.papers) for line in names)
