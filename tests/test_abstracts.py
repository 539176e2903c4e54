"""Abstracts in Markdown: nothing is lost, one sentence is marked."""

from __future__ import annotations

import re
from pathlib import Path

import html5lib
import pytest
import yaml

from sitegen import text
from sitegen.render.abstracts import shown_abstract
from sitegen.render.article import article
from sitegen.render.prose import prose

PAPERS = Path(__file__).parent.parent / "corpus" / "papers"


def seen(markdown: str) -> str:
    """What a reader sees of Markdown."""
    tree = html5lib.parse(article(markdown, "papers/x.md").html, namespaceHTMLElements=False)
    return " ".join("".join(tree.itertext()).split())


def test_marking_a_sentence_changes_no_word_of_any_abstract_of_the_corpus() -> None:
    for file in sorted(PAPERS.glob("*/*.yaml")):
        abstract = yaml.safe_load(file.read_text(encoding="utf-8")).get("abstract", "")
        plain = "\n\n".join(map(prose, text.paragraphs(abstract)))
        marked = "\n\n".join(shown_abstract(abstract).paragraphs)
        assert seen(marked).replace(" ", "") == seen(plain).replace(" ", ""), file.name
        assert article(marked, "x.md").html.count('<em class="key">') == marked.count("*{.key}") <= 1, file.name


def test_most_abstracts_of_the_corpus_have_a_marked_sentence() -> None:
    abstracts = [yaml.safe_load(file.read_text(encoding="utf-8"))["abstract"] for file in PAPERS.glob("*/*.yaml")]
    marked = sum("*{.key}" in "".join(shown_abstract(abstract).paragraphs) for abstract in abstracts)
    assert marked > 0.9 * len(abstracts)


def test_the_line_of_a_row_is_a_part_of_the_abstract_as_it_is_shown() -> None:
    for file in sorted(PAPERS.glob("*/*.yaml")):
        line, paragraphs = shown_abstract(yaml.safe_load(file.read_text(encoding="utf-8"))["abstract"])
        assert seen(line).removeprefix("… ") in seen("\n\n".join(paragraphs)), file.name


@pytest.mark.parametrize(
    ("abstract", "paragraphs"),
    [
        ("Slow. We propose $x^2$ maps. Good.", ("Slow. *We propose $x^2$ maps.*{.key} Good.",)),
        ("A.\n\nWe propose *maps*.\n\nB.", ("A.", r"*We propose \*maps\*.*{.key}", "B.")),
        ("We propose it {.key}", (r"*We propose it \{.key\}*{.key}",)),
        ("We propose " + "a" * 400, ("We propose " + "a" * 400,)),
        ("", ()),
        (
            "We propose a look at https://example.org/a",
            ("We propose a look at [example.org/a](<https://example.org/a>)",),
        ),
        ("\ue000 We propose a map.", ("\ue000 We propose a map.",)),
    ],
)
def test_the_sentence_stands_in_its_paragraph(abstract: str, paragraphs: tuple[str, ...]) -> None:
    assert shown_abstract(abstract).paragraphs == paragraphs


@pytest.mark.parametrize("mark", ["*", "**", "_", "`", "[a](b)", "<b>", "{.x}", "\\", "$", "](x)", ":::", "\0"])
def test_hostile_words_stay_words(mark: str) -> None:
    abstract = f"{mark} We propose {mark} a thing {mark} of maps {mark}. {mark} And {mark}"
    (only,) = shown_abstract(abstract).paragraphs
    html = article(only, "x.md").html
    assert re.sub(r"<[^>]+>", "", html).count("We propose") == 1
    assert html.count("<em") == html.count('<em class="key">') == (mark != "\\")  # there the full stop gets an accent
