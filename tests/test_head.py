"""What a page's head tells browsers, feed readers and citation managers."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree as ET

import pytest
from dom import document

from sitegen.machine_pages import OpenSearchPage, RobotsPage, SitemapPage, SummaryPage
from sitegen.model import Author, Links, Paper, Publication
from sitegen.pages import FeedLink, FeedsPage, FileLink, Listing, ListPage, MovedPage, PaperPage
from sitegen.render import listings
from sitegen.render.coins import coins
from sitegen.render.head import address, description, head, plain_title
from sitegen.render.listings import open_search, robots, sitemap, sitemap_paths, summary

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
        "citation_abstract_html_url": ["https://example.net/repo/papers/x/"],
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
        "z:itemType": ["journalArticle"],
        "citation_title": ["On ∼1 <b> words"],
        "citation_author": ["Ada Lovelace", 'B "C"'],
        "citation_publication_date": ["2023/08/14"],
        "citation_abstract_html_url": ["https://example.net/repo/papers/x/"],
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
        ("alternate", "text/markdown", "../a.md"),
    ]
    assert ("og:type", "article") in tags(page_of())
    assert ("alternate", "text/markdown", "index.md") in tags(ListPage("index.md", "Home"))


def test_the_many_pages_of_authors_name_the_feed_of_everything_once() -> None:
    own = FeedLink("authors/ada", "Ada")
    found = tags(ListPage("authors/ada.md", "Ada", feeds=(own,)))
    assert [tag[2] for tag in found if tag[0] == "alternate" and len(tag) > 3] == [
        "Ada (Atom)",
        "Ada (RSS)",
        "Ada (JSON)",
        "All papers (Atom)",
    ]


def test_a_compact_list_says_what_it_is_by_its_title_and_address_alone() -> None:
    named = [tag for tag in tags(replace(TOPIC, compact=True)) if tag[0].startswith("og:")]
    assert (named, len(tags(replace(TOPIC, compact=True)))) == ([], len(tags(TOPIC)) - 3)


def test_a_merged_record_leads_to_the_other_and_is_known_by_its_address() -> None:
    assert address(MOVED, SITE_URL) == "https://example.net/repo/papers/x/"
    assert ("og:url", "https://example.net/repo/papers/x/") in tags(MOVED)
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


# --- links and data for programs -------------------------------------------------------------------------------------


def _linked_data(page: Any) -> Any:
    (script,) = document(f"<head>{head(page, SITE_URL)}</head>").iter("script")
    assert script.get("type") == "application/ld+json"
    return json.loads("".join(script.itertext()))


def test_a_paper_is_a_scholarly_article() -> None:
    assert _linked_data(page_of()) == {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "@id": "https://example.net/repo/papers/x/",
        "headline": "On ∼1 <b> words",
        "author": [
            {"@type": "Person", "name": "Ada Lovelace", "familyName": "Lovelace", "givenName": "Ada"},
            {"@type": "Person", "name": 'B "C"'},
        ],
        "datePublished": "2023-08-14",
        "sameAs": ["https://doi.org/10.1/x", "https://arxiv.org/abs/2301.00010"],
        "encoding": {
            "@type": "MediaObject",
            "contentUrl": "https://arxiv.org/pdf/2301.00010",
            "encodingFormat": "application/pdf",
        },
    }


@pytest.mark.parametrize("words", ["</script><script>alert(1)</script>", "<!--<script>", "\u2028", "]]>", '"}', "\\"])
def test_no_words_of_a_record_end_its_data(words: str) -> None:
    found = _linked_data(page_of(title=f"T {words}", venue=words, authors=(Author(words or "x"),)))
    assert found["headline"].startswith("T")
    assert found.get("isPartOf", {"name": ""})["name"] == " ".join(words.split())


def test_a_retracted_paper_is_said_to_be_and_a_removed_one_has_no_data() -> None:
    assert _linked_data(page_of(status="retracted"))["creativeWorkStatus"] == "Retracted"
    assert "ld+json" not in head(page_of(status="removed"), SITE_URL)


def test_where_else_a_paper_is_described() -> None:
    page = replace(page_of(), files=(FileLink("BibTeX", "papers/x.bib"), FileLink("JSON", "papers/x.json")))
    links = [found for found in tags(page) if found[0] in {"cite-as", "type", "item", "describedby", "author"}]
    assert links == [
        ("cite-as", "https://doi.org/10.1/x"),
        ("type", "https://schema.org/AboutPage"),
        ("type", "https://schema.org/ScholarlyArticle"),
        ("item", "application/pdf", "https://arxiv.org/pdf/2301.00010"),
        ("describedby", "application/json", "../x.json"),
        ("describedby", "application/x-bibtex", "../x.bib"),
    ]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"links": Links(arxiv="2301.00010")}, "https://arxiv.org/abs/2301.00010"),
        ({"links": Links()}, "https://example.net/repo/papers/x/"),
    ],
)
def test_what_a_paper_is_cited_as(facts: dict[str, Any], expected: str) -> None:
    assert ("cite-as", expected) in tags(page_of(**facts))


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("article", ("journalArticle", "citation_journal_title")),
        ("inproceedings", ("conferencePaper", "citation_conference_title")),
        ("thesis", ("thesis", "citation_dissertation_institution")),
        ("report", ("report", "citation_technical_report_institution")),
        ("book", ("book", "citation_inbook_title")),
        ("other", ("document", "citation_journal_title")),
    ],
)
def test_the_venue_has_the_name_of_its_type(kind: str, expected: tuple[str, str]) -> None:
    publication = Publication(volume="7", issue="2", pages="10--19", publisher="A Press")
    found = citation(page_of(type=kind, venue="Proceedings of X", publication=publication))
    assert (found["z:itemType"], found[expected[1]]) == ([expected[0]], ["Proceedings of X"])
    rest = ("volume", "issue", "firstpage", "lastpage", "publisher")
    assert [found[f"citation_{name}"] for name in rest] == [["7"], ["2"], ["10"], ["19"], ["A Press"]]


def test_a_name_that_is_held_apart_says_its_family_first() -> None:
    found = citation(page_of(authors=(Author("Jan van der Berg", family="van der Berg", given="Jan"),)))
    assert found["citation_author"] == ["van der Berg, Jan"]


def test_papers_of_a_list_can_be_taken_as_many() -> None:
    listed = (Listing(PAPER, "papers/x/", ()), Listing(Paper("y", "[Made] & <b>", PAPER.added), "papers/y/", ()))
    spans = list(document(f"<p>{coins(listed, SITE_URL)}</p>").iter("span"))
    assert [span.get("class") for span in spans] == ["Z3988", "Z3988"]
    assert [parse_qs(span.get("title", "")) for span in spans] == [
        {
            "ctx_ver": ["Z39.88-2004"],
            "rft_val_fmt": ["info:ofi/fmt:kev:mtx:dc"],
            "rft.type": ["preprint"],
            "rft.title": ["On ∼1 <b> words"],
            "rft.creator": ["Ada Lovelace", 'B "C"'],
            "rft.date": ["2023-08-14"],
            "rft.identifier": ["info:doi/10.1/x", "https://arxiv.org/abs/2301.00010"],
        },
        {
            "ctx_ver": ["Z39.88-2004"],
            "rft_val_fmt": ["info:ofi/fmt:kev:mtx:dc"],
            "rft.type": ["preprint"],
            "rft.title": ["[Made] & <b>"],
            "rft.identifier": ["https://example.net/repo/papers/y/"],
        },
    ]


# --- files for programs ----------------------------------------------------------------------------------------------


def test_the_sitemap_escapes_addresses_and_says_what_it_knows() -> None:
    page = SitemapPage("sitemap.xml", (("https://x.org/?a&b", "2025-01-01T00:00:00Z"), ("https://x.org/", "")))
    (file,) = sitemap(page)
    assert file.body.decode().splitlines()[2:4] == [
        "<url><loc>https://x.org/?a&amp;b</loc><lastmod>2025-01-01T00:00:00Z</lastmod></url>",
        "<url><loc>https://x.org/</loc></url>",
    ]


def test_a_sitemap_of_too_many_addresses_is_in_parts_that_its_index_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listings, "_PART", 2)
    entries = tuple((f"https://x.org/{n}/", f"2025-01-0{n}T00:00:00Z" if n < 3 else "") for n in range(1, 6))
    page = SitemapPage("sitemap.xml", entries, "https://x.org/")
    index, *parts = sitemap(page)
    assert [index.path, *(part.path for part in parts)] == list(sitemap_paths(page))
    names = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    assert [[found.text for found in row] for row in ET.fromstring(index.body)] == [
        ["https://x.org/sitemap-1.xml", "2025-01-02T00:00:00Z"],
        ["https://x.org/sitemap-2.xml"],
        ["https://x.org/sitemap-3.xml"],
    ]
    listed = [loc.text for part in parts for loc in ET.fromstring(part.body).iter(f"{names}loc")]
    assert listed == [address for address, _ in entries]


def test_robots_may_read_everything_and_learn_of_the_sitemap() -> None:
    found = RobotFileParser()
    found.parse(robots(RobotsPage("robots.txt", "https://x.org/sitemap.xml")).decode().splitlines())
    assert found.can_fetch("any", "https://x.org/papers/x/")
    assert found.site_maps() == ["https://x.org/sitemap.xml"]


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
