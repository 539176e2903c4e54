"""The search index: what words are found by, and the same numbers as lunr.py's own builder."""

from __future__ import annotations

import json
from typing import Any

import pytest
from lunr.builder import Builder
from lunr.pipeline import Pipeline
from lunr.token import Token
from search_corpus import MADE, listings, seed_papers

from sitegen.render.search import PAPER_FIELDS, lunr_index, search_documents
from sitegen.search.analysis import Document, Field, terms, words
from sitegen.search.full_index import build_index
from sitegen.search.stemmer import stem

# What lunr.js 2.3.9 makes of them; test_search_browser.py asks it for every word below.
HARD_WORDS = {
    "survey": "survey", "surveys": "survey", "way": "way", "essay": "essay", "always": "alway", "play": "play",
    "today": "today", "study": "studi", "by": "by", "say": "say", "cry": "cri", "yyy": "yyi", "yield": "yield",
    "is": "is", "a": "a", "": "", "ies": "ie", "ties": "ti", "sses": "sse", "classes": "class", "gas": "ga", "ss": "ss",
    "agreed": "agre", "feed": "feed", "bleed": "bleed", "eed": "e", "planned": "plan", "rated": "rate",
    "sized": "size", "troubled": "troubl", "hopping": "hop", "hoping": "hope", "falling": "fall", "fizzed": "fizz",
    "sing": "sing", "ing": "ing", "relational": "relat", "conditional": "condit", "generalizations": "gener",
    "possibly": "possibl", "ontology": "ontolog", "hopeful": "hope", "goodness": "good", "triplicate": "triplic",
    "adjustment": "adjust", "adoption": "adopt", "decision": "decis", "ion": "ion", "champion": "champion",
    "revival": "reviv", "probate": "probat", "rate": "rate", "cease": "ceas", "controll": "control", "roll": "roll",
    "oscillators": "oscil", "josé": "josé", "šnajders": "šnajder", "naïvely": "naïv", "学习": "学习",
    "😀s": "😀", "😀": "😀", "😀😀ing": "😀😀ing",
}  # fmt: skip


@pytest.mark.parametrize(("word", "expected"), HARD_WORDS.items())
def test_a_word_is_stemmed_as_lunr_js_does(word: str, expected: str) -> None:
    assert stem(word) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        pytest.param("models,", ["model"], id="punctuation at the end is no part of a word"),
        pytest.param("(“models”)", ["model"], id="nor around it, in any script's signs"),
        pytest.param("the", [], id="a stop word is found by nothing"),
        pytest.param("—", [], id="nor is punctuation alone"),
        pytest.param("c++", ["c"], id="one letter is a word"),
        pytest.param("0.5%", ["0.5"], id="a number stays whole"),
        pytest.param("encoder/decoder", ["encoder/decod", "encod", "decod"], id="parts at a stroke are found too"),
        pytest.param("model’s", ["model’", "model", "model'"], id="a curly apostrophe is found by a straight one"),
        pytest.param("šnajder", ["šnajder", "snajder"], id="an accented word is found without accents"),
        pytest.param("ørsted", ["ørsted", "orst"], id="and so is a letter that no accent makes"),
        pytest.param("机器学习", ["机器学习", "机器", "器学", "学习"], id="Chinese is found by its two-letter pieces"),
        pytest.param("한국어", ["한국어", "한국", "국어"], id="Korean syllables stay whole when accents go"),
        pytest.param("हिन्दी,", ["हिन्दी"], id="vowel signs are a part of the word"),
        pytest.param("llm_agents", ["llm_agent"], id="a topic's slug is one word"),
    ],
)
def test_a_word_is_found_by_its_terms(word: str, expected: list[str]) -> None:
    assert list(terms(word)) == expected


def test_words_are_cut_where_lunr_js_cuts_them() -> None:
    assert words("  Multi-Agent\u00a0systems\ufeffat\nwork ") == ["multi", "agent", "systems", "at", "work"]


def test_the_index_is_the_one_that_lunr_py_builds_with_the_same_analysis() -> None:
    documents = search_documents(listings([*MADE, *seed_papers()]))
    assert len(documents) > 150
    ours = json.loads(json.dumps(build_index(documents, PAPER_FIELDS)))
    assert ours == _lunr_py(documents, PAPER_FIELDS)


def _analysed(token: Token, _place: int = 0, _tokens: object = None) -> list[Token]:
    return [Token(term) for term in terms(str(token))]


def _lunr_py(documents: tuple[Document, ...], fields: tuple[Field, ...]) -> dict[str, Any]:
    """Build with lunr.py; terms get their rank as number, for lunr.py numbers them as they come."""
    Pipeline.registered_functions.pop("analysed", None)
    Pipeline.register_function(_analysed, "analysed")
    builder = Builder()
    builder.pipeline.add(_analysed)
    for field in fields:
        builder.field(field.name, boost=field.boost, extractor=lambda texts, name=field.name: texts[name].lower())
    builder.ref("ref")
    for document in documents:
        builder.add({"ref": document.ref, **dict(zip([field.name for field in fields], document.texts, strict=True))})
    index = json.loads(json.dumps(builder.build().serialize()))
    ordered = sorted(index["invertedIndex"], key=lambda pair: pair[0].encode("utf-16-be"))
    rank = {posting["_index"]: number for number, (_, posting) in enumerate(ordered)}
    for _, posting in ordered:
        posting["_index"] = rank[posting["_index"]]
    vectors = [(ref, sorted((rank[at], weight) for at, weight in _pairs(flat))) for ref, flat in index["fieldVectors"]]
    flat = [[ref, [number for pair in vector for number in pair]] for ref, vector in vectors]
    return {**index, "invertedIndex": ordered, "fieldVectors": flat, "pipeline": ["stemmer"]}


def _pairs(flat: list[float]) -> list[tuple[int, float]]:
    return [(int(at), weight) for at, weight in zip(flat[::2], flat[1::2], strict=True)]


def test_terms_are_in_the_order_of_utf_16_code_units() -> None:
    index = json.loads(json.dumps(build_index([Document("x", ("ﬁt 𝒳 zebra ｙ",))], [Field("title")])))
    # 𝒳 lies beyond U+FFFF: by code points it would stand last, its first code unit (D835) comes before ﬁ (FB01).
    assert [term for term, _ in index["invertedIndex"]] == ["fit", "x", "y", "zebra", "𝒳", "ﬁt", "ｙ"]


def test_documents_are_in_the_order_of_their_arrival_and_bytes_do_not_depend_on_the_plan() -> None:
    papers = [*seed_papers()[:20], *MADE]
    assert [document.ref for document in search_documents(listings(papers))][:2] == ["accented", "derived"]
    assert lunr_index(listings(papers)) == lunr_index(listings(papers[::-1]))
