"""Pages of papers against the odd records as YAML has them: each says what its record says, and nothing it does not."""

from __future__ import annotations

import copy
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from dom import body, find, visible_text, without
from pybtex.database import parse_string

from sitegen.corpus import load_corpus
from sitegen.pages import ExportPage, PaperPage
from sitegen.plan import plan
from sitegen.render.article import article
from sitegen.render.exports import render_exports
from sitegen.render.markdown import markdown
from sitegen.repository import Repository
from sitegen.site import enrich

if TYPE_CHECKING:
    from xml.etree import ElementTree as ET

ODD = Path(__file__).parent / "odd_corpus"
PLAIN_LOADER = yaml.BaseLoader  # every value as the text that stands there
RECORDS: dict[str, dict[str, Any]] = {
    path.stem: yaml.load(path.read_bytes(), PLAIN_LOADER)  # noqa: S506 (it makes text alone)
    for path in sorted(ODD.glob("papers/*/*.yaml"))
}
FOLDERS = {path.stem: path.parent.name for path in ODD.glob("papers/*/*.yaml")}
TOPICS = {topic["slug"]: topic for topic in yaml.safe_load((ODD / "topics.yaml").read_bytes())["topics"]}
SITE_URL = "https://papers.example.net/repo/"
MONTHS = "January February March April May June July August September October November December".split()
# What LaTeX says in words, where records have some.
READ = {
    "formulas": "Learning O(nlogn) bounds at ∼1 bit for ℓ2 with Medical data",
    "derived": "[DeepOdd: a title that was made from the abstract with k steps]",
    "derived-inferred": "[A derived title with an inferred year and a count of authors]",
    "scripts": "{{ config }} {% raw %} ${alert(1)} </script> javascript:alert(1) ' onmouseover='x",
}
ALL = pytest.mark.parametrize("name", RECORDS)


def _pages() -> dict[str, ET.Element]:
    corpus, _ = load_corpus(ODD)
    repository = Repository("https://github.com/owner/name/edit/main/", ODD.parent.resolve())
    found = [page for page in plan(enrich(corpus), SITE_URL, repository) if isinstance(page, PaperPage)]
    return {page.listing.paper.id: body(article(markdown(page), page.path).html) for page in found}


PAGES = _pages()


def _files() -> dict[str, str]:
    corpus, _ = load_corpus(ODD)
    found = [page for page in plan(enrich(corpus), SITE_URL) if isinstance(page, ExportPage)]
    return {out.path: out.body.decode() for page in found if page.path[:7] == "papers/" for out in render_exports(page)}


FILES = _files()


def words_of(name: str, *unseen: str) -> str:
    """The words of a page, without those parts of it that have one of these classes."""
    root = without(copy.deepcopy(PAGES[name]), lambda element: element.get("class") in unseen)
    return visible_text(root)


def folded(words: str) -> str:
    return " ".join(words.split())


# Marks around words in another direction, which keep what is beside them in its order.
ISOLATED = dict.fromkeys(map(ord, "\u2068\u2069"))


def in_words(date: str) -> str:
    year, *rest = date.split("-")
    return " ".join([*(str(int(day)) for day in rest[1:]), *(MONTHS[int(month) - 1] for month in rest[:1]), year])


def name_of(author: str | dict[str, str]) -> str:
    if isinstance(author, str):
        return author
    return author.get("name") or f"{author.get('given', '')} {author.get('family', '')}".strip()


def part(name: str, heading: str) -> list[ET.Element]:
    """What stands between a heading of the page and the next one."""
    for parent in PAGES[name].iter():
        children = list(parent)
        for place, child in enumerate(children):
            if child.tag == "h2" and visible_text(child) == heading:
                ends = (at for at in range(place + 1, len(children)) if children[at].tag in {"h2", "nav", "aside"})
                return children[place + 1 : next(ends, len(children))]
    return []


@ALL
def test_title_date_kind_and_venue_are_the_records(name: str) -> None:
    record, root = RECORDS[name], PAGES[name]
    title = READ.get(name) or record["title"]
    assert visible_text(find(root, "h1")) == folded(title)
    if record.get("status") == "removed":
        return
    facts = visible_text(root[2]).translate(ISOLATED)
    expected = in_words(record["date"]) if "date" in record else "No date"
    inferred = " (year inferred)" if record.get("date_source") == "inferred" else ""
    assert facts.split(" · ")[0] == expected + inferred
    kind = record.get("kind", "").capitalize()
    assert [strong.text for strong in root[2].iter("strong")] == ([kind] if kind else [])
    assert facts.endswith(folded(record.get("venue", "")))
    for organization in record.get("organizations", []):
        assert organization in facts


@ALL
def test_every_author_that_is_known_is_named_and_nobody_else(name: str) -> None:
    record = RECORDS[name]
    names = [name_of(author) for author in record.get("authors", [])]
    if record.get("status") == "removed":
        assert not [author for author in names if author in words_of(name)]
        return
    top = words_of(name, "aside", "cite")
    assert [author for author in names if folded(author) not in top] == []
    unnamed = int(record.get("author_count", 0)) - len(names)
    assert (f"{unnamed} not named" in top) is bool(names and unnamed > 0)
    assert ("Authors not given" in top) is not bool(names or unnamed > 0 or record.get("organizations"))


@ALL
def test_topics_stand_in_their_order_with_their_whole_names(name: str) -> None:
    record, root = RECORDS[name], PAGES[name]
    topics = [] if record.get("status") == "removed" else record.get("topics", [])
    found = [link for child in root.findall("p") for link in child.iter("a") if "topic" in link.get("class", "")]
    names = [(link.get("href"), visible_text(link)) for link in found]
    assert names == [(f"../../topics/{slug}/", TOPICS[slug]["name"]) for slug in topics]


@ALL
def test_the_whole_abstract_is_there_and_of_a_removed_paper_nothing(name: str) -> None:
    record = RECORDS[name]
    shown = " ".join(visible_text(element) for element in part(name, "Abstract")[1:] if element.tag == "p")
    if record.get("status") == "removed" or "abstract" not in record:
        assert shown == ""
        return
    if not re.search(r"[$\\]|``", record["abstract"]):
        assert shown == folded(record["abstract"]).replace("https://", "")


@ALL
def test_buttons_lead_where_the_records_links_lead(name: str) -> None:
    record = RECORDS[name]
    links = {} if record.get("status") == "removed" else record.get("links", {})
    hrefs = [link.get("href", "") for link in PAGES[name].iter("a") if "button" in link.get("class", "").split()]
    found = [href for href in hrefs if not href.startswith(("#", "https://scholar.", "https://github.com/owner/name"))]
    arxiv = links.get("arxiv")
    assert len(found) == len(links) + ("pdf" not in links and bool(arxiv))
    assert (f"https://arxiv.org/abs/{arxiv}" in found) is bool(arxiv)
    assert all(href.startswith(("https://", "http://")) for href in found)
    looked_for = any(href.startswith("https://scholar.") for href in hrefs)
    public = record.get("status") != "removed"
    assert looked_for is (public and not {"arxiv", "doi", "pdf"} & links.keys())


@ALL
def test_beside_the_text_stands_where_and_when_it_was_found_and_what_was_corrected(name: str) -> None:
    record = RECORDS[name]
    aside = visible_text(find(PAGES[name], "aside"))
    assert f"Added {in_words(record['added'][:10])}" in aside
    for source in record.get("sources", []):
        listed = f", listed {in_words(source['listed'])}" if "listed" in source else ""
        assert f"Found in {source['file']}, number {source['ordinal']}{listed}" in aside
    for change in record.get("changes", []):
        assert f"{change['kind'].capitalize()} {in_words(change['at'][:10])}: {change['note']}" in aside
    assert ("year inferred" in aside) is (record.get("date_source") == "inferred")


@ALL
def test_the_record_is_opened_in_the_editor_of_the_repository(name: str) -> None:
    address = f"https://github.com/owner/name/edit/main/odd_corpus/papers/{FOLDERS[name]}/{name}.yaml"
    links = [link for link in PAGES[name].iter("a") if link.get("href", "").startswith("https://github.com/owner/name")]
    assert {link.get("href") for link in links} == ({address} if RECORDS[name].get("status") != "removed" else set())


def _listed_in(slug: str) -> list[str]:
    """A topic's papers as its page lists them: newest first, undated last, by (added, id) within a date."""
    papers = [name for name, record in RECORDS.items() if slug in record.get("topics", []) and "status" not in record]
    by_time = sorted(papers, key=lambda name: (RECORDS[name]["added"], name))
    return sorted(by_time, key=lambda name: RECORDS[name].get("date", ""), reverse=True)


@ALL
def test_newer_and_older_are_those_of_the_first_topic(name: str) -> None:
    record = RECORDS[name]
    turns = [nav for nav in PAGES[name].iter("nav") if nav.get("class") == "turn"]
    if "status" in record or not record.get("topics"):
        assert turns == []
        return
    papers = _listed_in(record["topics"][0])
    place = papers.index(name)
    assert f"{place + 1} of {len(papers)}, newest first" in visible_text(turns[0])
    links = {link.get("class"): link.get("href") for link in turns[0].iter("a")}
    around = {
        "newer": papers[place - 1] if place else None,
        "older": papers[place + 1] if place + 1 < len(papers) else None,
    }
    assert links == {way: f"../{other}/" for way, other in around.items() if other}


@ALL
def test_where_it_sits_counts_every_topics_papers(name: str) -> None:
    record = RECORDS[name]
    seats = [visible_text(entry).split()[-1] for element in part(name, "Where it sits") for entry in element.iter("li")]
    topics = [] if "status" in record else record.get("topics", [])
    assert seats == [str(len(_listed_in(slug))) for slug in topics]


@ALL
def test_a_citation_names_nobody_whom_the_record_does_not_name(name: str) -> None:
    record = RECORDS[name]
    if record.get("status") == "removed":
        assert part(name, "Cite") == []
        return
    forms = [form for form in PAGES[name].iter("div") if form.get("class") == "form"]
    text, bibtex = visible_text(forms[0]), "".join(find(forms[1], "code").itertext())
    names = [name_of(author) for author in record.get("authors", [])]
    shown = names if len(names) <= 20 else names[:19]
    assert [author for author in shown if folded(author) not in text] == []
    assert ("and 181 more." in text) is (len(names) == 200)
    if not names:
        assert text.startswith(READ.get(name) or record["title"])
    assert f" {record['date'][:4] if 'date' in record else 'No date'}. " in text
    assert ("title made from the abstract" in text) is (record.get("title_source") == "derived")
    [entry] = parse_string(bibtex, "bibtex").entries.values()
    assert ("author" in entry.persons) is bool(names)


@ALL
def test_the_bibtex_that_is_shown_is_that_of_the_file_but_for_abstract_and_topics(name: str) -> None:
    if RECORDS[name].get("status") == "removed":
        return
    forms = [form for form in PAGES[name].iter("div") if form.get("class") == "form"]
    shown = "".join(find(forms[1], "code").itertext()).splitlines()
    file = FILES[f"papers/{name}.bib"].splitlines()
    assert shown == [line for line in file if not line.startswith(("  abstract = ", "  keywords = ", "  annote = "))]


@ALL
def test_no_record_brings_an_element_or_an_attribute_of_its_own(name: str) -> None:
    html = "h1 h2 p a em strong ul ol li nav aside div label input pre code details summary blockquote br body"
    svg, math = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1998/Math/MathML}"
    for element in PAGES[name].iter():
        assert element.tag in html.split() or element.tag.startswith((svg, math)), element.tag
        assert not [key for key in element.attrib if key.startswith("on") or key == "style"]
        assert not re.match(r"\s*(javascript|data|vbscript):", element.get("href", ""), re.IGNORECASE)


def test_the_articles_of_this_projects_papers_stay_small() -> None:
    corpus, _ = load_corpus(ODD.parent.parent / "corpus")
    pages = [page for page in plan(enrich(corpus), SITE_URL) if isinstance(page, PaperPage)]
    sizes = [len(article(markdown(page), page.path).html.encode()) for page in pages]
    # Bytes; half of them are what four ways to cite, five related papers and the topics' years cost.
    assert max(sizes) <= 12_500
    assert sum(sizes) / len(sizes) <= 10_000
