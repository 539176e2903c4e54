"""What a page's head tells browsers, feed readers and citation managers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from dom import document

from sitegen.machine_pages import OpenSearchPage, SitemapPage, SummaryPage
from sitegen.model import Author, Links, Paper
from sitegen.pages import FeedLink, FeedsPage, Listing, ListPage, MovedPage, PaperPage
from sitegen.render.head import description, head, plain_title
from sitegen.render.listings import open_search, sitemap, summary

SITE_URL = "https://example.net/repo/"
PAPER = Paper(
    "x",
    r"On $\sim 1$ <b> \emph{words}",
    "2025-11-03T00:00:12Z",
    authors=(Author("Ada Lovelace"), Author('B "C"')),
    date="2023-08-14",
    links=Links(arxiv="2301.00010", doi="10.1/x"),
    abstract="First.\n\nSecond with $k$ & more.",
)


def page_of(**facts: Any) -> PaperPage:
    paper = replace(PAPER, **facts)
    return PaperPage("papers/x.md", paper.title, Listing(paper, "papers/x/", ()), (FeedLink("topics/a", "A"),))


MOVED = MovedPage("papers/old.md", "Old", Listing(PAPER, "papers/x/", ()))
TOPIC = ListPage("topics/a.md", "A & B", "About.", feeds=(FeedLink("topics/a", "A & B"),))


def tags(page: Any) -> list[tuple[str, ...]]:
    root = document(f"<head>{head(page, SITE_URL)}</head>").find("head")
    assert root is not None
    return [tuple(element.attrib.values()) for element in root]


def citation(page: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, *rest in tags(page):
        if name.startswith(("citation_", "z:")):
            found.setdefault(name, []).append(rest[0])
    return found


def test_a_paper_with_names_and_date_can_be_cited() -> None:
    assert citation(page_of()) == {
        "z:itemType": ["preprint"],
        "citation_title": ["On ∼1 <b> words"],
        "citation_author": ["Ada Lovelace", 'B "C"'],
        "citation_publication_date": ["2023/08/14"],
        "citation_doi": ["10.1/x"],
        "citation_arxiv_id": ["2301.00010"],
        "citation_pdf_url": ["https://arxiv.org/pdf/2301.00010"],
    }


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param({"authors": ()}, id="no names"),
        pytest.param({"date": ""}, id="no date"),
        pytest.param({"title_source": "derived"}, id="a title that the source does not have"),
        pytest.param({"status": "removed"}, id="removed"),
    ],
)
def test_scholar_gets_all_tags_or_none(facts: dict[str, Any]) -> None:
    assert citation(page_of(**facts)) == {"z:itemType": ["preprint"]}


def test_another_type_is_no_preprint() -> None:
    assert citation(page_of(type="article", links=Links())) == {
        "z:itemType": ["document"],
        "citation_title": ["On ∼1 <b> words"],
        "citation_author": ["Ada Lovelace", 'B "C"'],
        "citation_publication_date": ["2023/08/14"],
    }


def test_a_page_names_its_feeds_its_markdown_and_itself() -> None:
    assert tags(TOPIC) == [
        ("og:title", "A & B"),
        ("og:type", "website"),
        ("og:url", "https://example.net/repo/topics/a/"),
        ("alternate", "application/atom+xml", "A & B (Atom)", "../../feeds/topics/a.atom.xml"),
        ("alternate", "application/rss+xml", "A & B (RSS)", "../../feeds/topics/a.rss.xml"),
        ("alternate", "application/feed+json", "A & B (JSON)", "../../feeds/topics/a.json"),
        ("alternate", "application/atom+xml", "All papers (Atom)", "../../feeds/all.atom.xml"),
        ("alternate", "application/rss+xml", "All papers (RSS)", "../../feeds/all.rss.xml"),
        ("alternate", "application/feed+json", "All papers (JSON)", "../../feeds/all.json"),
        ("alternate", "text/markdown", "../../topics/a.md"),
    ]
    assert ("og:type", "article") in tags(page_of())
    assert ("alternate", "text/markdown", "index.md") in tags(ListPage("index.md", "Home"))


def test_a_merged_record_leads_to_the_other() -> None:
    assert ("refresh", "0; url=../../papers/x/") in tags(MOVED)


@pytest.mark.parametrize(
    ("page", "title", "words"),
    [
        pytest.param(page_of(), "On ∼1 <b> words", "First. Second with k & more.", id="a paper: its whole abstract"),
        pytest.param(page_of(abstract=""), "On ∼1 <b> words", "On ∼1 <b> words", id="a paper without abstract"),
        pytest.param(
            page_of(status="removed"), "On ∼1 <b> words", "On ∼1 <b> words", id="a removed paper: no abstract"
        ),
        pytest.param(
            page_of(title="Made", title_source="derived"), "[Made]", "First. Second with k & more.", id="made"
        ),
        pytest.param(TOPIC, "A & B", "About.", id="a list"),
        pytest.param(ListPage("index.md", "Home"), "Home", "Home", id="a list without words"),
        pytest.param(FeedsPage("feeds/index.md", "Feeds", "Papers", ()), "Feeds", "Papers", id="feeds"),
        pytest.param(MOVED, "Old", "Old", id="a merged record"),
    ],
)
def test_title_and_description(page: Any, title: str, words: str) -> None:
    assert (plain_title(page), description(page)) == (title, words)


def test_only_articles_have_a_description() -> None:
    with pytest.raises(TypeError):
        description("a page")


# --- files for programs ----------------------------------------------------------------------------------------------


def test_the_sitemap_escapes_addresses_and_says_what_it_knows() -> None:
    page = SitemapPage("sitemap.xml", (("https://x.org/?a&b", "2025-01-01T00:00:00Z"), ("https://x.org/", "")))
    assert sitemap(page).decode().splitlines()[2:4] == [
        "<url><loc>https://x.org/?a&amp;b</loc><lastmod>2025-01-01T00:00:00Z</lastmod></url>",
        "<url><loc>https://x.org/</loc></url>",
    ]


def test_the_search_description_is_opensearch_whose_words_stay_words() -> None:
    template = "https://papers.example.net/repo/search/?q={searchTerms}"
    title = "Papers & <b>notes</b> on learning, reasoning and acting"
    page = OpenSearchPage("assets/opensearch.xml", title, "d" * 2000, template)
    root = ET.fromstring(open_search(page))
    assert root.tag == "{http://a9.com/-/spec/opensearch/1.1/}OpenSearchDescription"
    said = {child.tag.partition("}")[2]: child for child in root}
    assert said["ShortName"].text == "Papers &"
    assert said["LongName"].text == "Papers & <b>notes</b> on learning, reasoning and"
    assert len(said["Description"].text or "") == 1024
    assert said["Url"].attrib == {"type": "text/html", "method": "get", "template": template}


@pytest.mark.parametrize(
    ("title", "short"),
    [("sixteen letters.", "sixteen letters."), ("Papers on how machines learn", "x.org")],
)
def test_a_short_name_for_browsers_is_the_title_or_else_the_host(title: str, short: str) -> None:
    page = OpenSearchPage("assets/opensearch.xml", title, "", "https://x.org/?q={searchTerms}")
    assert f"<ShortName>{short}</ShortName>" in open_search(page).decode()


def test_the_summary_is_markdown_whose_words_stay_words() -> None:
    page = SummaryPage("llms.txt", "A\n# B", "About *x*", (("T [x](y)", "https://x.org/", "d\n- e"), ("U", "u", "")))
    assert summary(page).decode() == (
        "# A \\# B\n\n> About \\*x\\*\n\n## Ways in\n\n- [T \\[x\\](y)](https://x.org/): d - e\n- [U](u)\n"
    )
