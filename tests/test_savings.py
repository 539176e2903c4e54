"""What a site leaves out to be small: the options in mkdocs.yml, pages and files without what they leave out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml

from sitegen.config import settings_of
from sitegen.exports import file_links
from sitegen.model import Corpus, Paper
from sitegen.pages import ExportPage, ListPage, Page, PaperPage
from sitegen.plan import plan
from sitegen.problems import SitegenError
from sitegen.render.exports import EXPORTS
from sitegen.render.head import head
from sitegen.render.markdown import markdown
from sitegen.savings import COMPACT_FROM, SIBLINGS, USUAL, Savings, savings_of
from sitegen.site import enrich

if TYPE_CHECKING:
    from pathlib import Path

SITE_URL = "https://example.net/"
PAPER = Paper("x", "A title", "2025-01-01T00:00:00Z", abstract="We say it.", topics=())


def planned(savings: Savings) -> dict[str, Page]:
    return {page.path: page for page in plan(enrich(Corpus(papers=(PAPER,))), SITE_URL, None, savings)}


@pytest.mark.parametrize(
    ("plugins", "savings"),
    [
        ("[sitegen]", Savings(None, USUAL)),
        ("[search, sitegen: {}]", Savings(None, USUAL)),
        ("[sitegen: {compact: auto, siblings: true}]", Savings(None, USUAL)),
        ("[sitegen: {compact: true}]", Savings(compact=True)),
        ("[other: {compact: true}, sitegen: {compact: false, siblings: false}]", Savings(compact=False, siblings=())),
        ("{sitegen: {siblings: []}}", Savings(siblings=())),
        ("[sitegen: {siblings: [json, bibtex, json]}]", Savings(siblings=("bibtex", "json"))),
        ("[sitegen: {siblings: ris}]", Savings(siblings=("ris",))),
        ("[sitegen: ]", Savings()),
        ("", Savings()),
    ],
)
def test_options_are_read_as_mkdocs_reads_them(tmp_path: Path, plugins: str, savings: Savings) -> None:
    (tmp_path / "mkdocs.yml").write_text(f"site_name: x\nplugins: {plugins}\n", "utf-8")
    assert settings_of(tmp_path / "mkdocs.yml").savings == savings


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ("{compact: often}", "mkdocs.yml: compact must be auto, true or false, not 'often'"),
        ("{compact: 1}", "mkdocs.yml: compact must be auto, true or false, not 1"),
        ("{siblings: [bib]}", "siblings must be true, false or a list of bibtex, ris, csl-json, csv, json, not 'bib'"),
        ("{siblings: [[json]]}", "not ['json']"),
        ("{siblings: {json: true}}", "not {'json': True}"),
        ("{siblings: }", "not None"),
    ],
)
def test_what_an_option_may_not_be_is_said_in_one_line(options: str, words: str) -> None:
    with pytest.raises(SitegenError) as fault:
        savings_of([{"sitegen": yaml.safe_load(options)}], "mkdocs.yml")
    assert words in fault.value.message
    assert "\n" not in fault.value.message


def test_pages_are_compact_by_themselves_where_there_are_very_many() -> None:
    counts = (0, COMPACT_FROM - 1, COMPACT_FROM)
    assert [Savings().makes_compact(count) for count in counts] == [False, False, True]
    assert {Savings(compact=True).makes_compact(count) for count in counts} == {True}
    assert {Savings(compact=False).makes_compact(count) for count in counts} == {False}


def test_the_formats_that_may_stand_beside_a_page_are_those_going_out() -> None:
    assert sorted(SIBLINGS) == sorted(export.name for export in EXPORTS)


@pytest.mark.parametrize("siblings", [SIBLINGS, ("json",), ("bibtex", "ris"), ()])
@pytest.mark.parametrize("compact", [True, False])
def test_a_page_leads_to_the_files_that_stand_beside_it_and_to_no_other(
    siblings: tuple[str, ...], compact: bool
) -> None:
    pages = planned(Savings(compact, siblings))
    files = pages.get("papers/x")
    assert (files.formats if isinstance(files, ExportPage) else ()) == siblings
    page = pages["papers/x.md"]
    assert isinstance(page, PaperPage)
    source, tags = markdown(page), head(page, SITE_URL)
    for link in file_links("papers/x"):
        there = link in file_links("papers/x", siblings)
        name = link.path.removeprefix("papers/")
        # A table of one row stands there for programs alone.
        assert (f"(<{name}>)" in source) is (there and not name.endswith(".csv")), name
        assert f'"../{name}"' not in tags or there
    assert ("@misc{" in source) is ("bibtex" not in siblings or not compact)
    assert ("describedby" in tags) is bool(siblings)


@pytest.mark.parametrize(("siblings", "words"), [((), "page of each topic are"), (("json",), "and each paper are")])
def test_the_page_of_exports_says_where_files_stand(siblings: tuple[str, ...], words: str) -> None:
    page = planned(Savings(siblings=siblings))["exports/index.md"]
    assert isinstance(page, ListPage)
    assert words in page.lead
