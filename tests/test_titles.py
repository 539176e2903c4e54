"""Titles made from abstracts, and ids made from titles."""

from __future__ import annotations

import re
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.formats.incoming import FORMATS
from sitegen.titles import TITLE_LIMIT, Wish, derive, derive_id, derive_ids, derive_title
from sitegen.titles.acronyms import long_forms, spelled_out
from sitegen.titles.phrases import fitted, is_whole, with_article, without_praise

SEEDS = Path(__file__).parent / "seeds"
ID = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
KEY = "9f2c61d0a4b7e835"

# Read one by one against the abstracts; the second word is the system that the abstract names, by hand.
READ = {
    ("000_5ef304b2f395e552.txt", 1): ("A supervised fine-tuning approach that updates only keystone neurons", ""),
    ("000_5ef304b2f395e552.txt", 2): (
        "NoisyAgent: An agentic training framework that incorporates environmental imperfections",
        "NoisyAgent",
    ),
    ("000_5ef304b2f395e552.txt", 3): (
        "VitaBench 2.0: A benchmark for evaluating personalized and proactive agent behavior",
        "VitaBench 2.0",
    ),
    ("000_5ef304b2f395e552.txt", 4): ("PUMA: Prospective User-state Modeling for Action selection", "PUMA"),
    ("000_5ef304b2f395e552.txt", 5): ("An end-to-end analysis of AI across the complete research lifecycle", ""),
    ("000_5ef304b2f395e552.txt", 6): ("RLVR may exhibit implicit reward overfitting to the training dataset", ""),
    ("000_5ef304b2f395e552.txt", 7): ("DeepTaxon: A retrieval-augmented multimodal framework", "DeepTaxon"),
    ("000_5ef304b2f395e552.txt", 8): (
        "Precise Shield: A two-stage framework that identifies safety neurons",
        "Precise Shield",
    ),
    ("000_5ef304b2f395e552.txt", 9): ("A modality-agnostic forgery (MAF) detection framework", ""),
    ("000_5ef304b2f395e552.txt", 10): (
        "HyTuning: A hybrid post-training framework that adaptively reweights RD and RLIF",
        "HyTuning",
    ),
    ("001_046256b8bd2fc7f1.txt", 1): ("Tool-calling along two complementary axes", ""),
    ("001_046256b8bd2fc7f1.txt", 2): (
        "MemGuard: A type-aware memory framework that preserves functional memory boundaries",
        "MemGuard",
    ),
    ("001_046256b8bd2fc7f1.txt", 3): (
        "UserHarness: A framework that reframes ToM reasoning as explicit user-mind reconstruction",
        "UserHarness",
    ),
    ("001_046256b8bd2fc7f1.txt", 4): (
        "MM-CreativityBench: A benchmark for affordance-grounded creative tool use",
        "MM-CreativityBench",
    ),
    ("001_046256b8bd2fc7f1.txt", 5): (
        "Code as agent harness: A view that centers code as the basis for agent infrastructure",
        "code as agent harness",
    ),
    ("001_046256b8bd2fc7f1.txt", 6): (
        "ProjLens: An interpretability framework designed to demystify MLLMs backdoors",
        "ProjLens",
    ),
    ("001_046256b8bd2fc7f1.txt", 7): ("M100: A performant, cost-effective architecture for AI inference", "M100"),
    ("001_046256b8bd2fc7f1.txt", 8): (
        "A systematic investigation of on-policy distillation dynamics and mechanisms",
        "",
    ),
    ("001_046256b8bd2fc7f1.txt", 9): ("QMoP: Query Guided Mixture-of-Projector", "QMoP"),
    ("001_046256b8bd2fc7f1.txt", 10): ("Revisiting unsupervised reinforcement learning with verifiable rewards", ""),
    ("004_cab2ab4622c36254.txt", 1): ("GRIL: Grounded Reasoning via Interactive Reinforcement Learning", "GRIL"),
    ("004_cab2ab4622c36254.txt", 2): (
        "KnowU-Bench: An online benchmark for personalized mobile agents",
        "KnowU-Bench",
    ),
    ("004_cab2ab4622c36254.txt", 3): (
        "A lightweight fine-tuning approach that trains SLMs to retrieve and generate answers",
        "",
    ),
    ("004_cab2ab4622c36254.txt", 4): ("Loss scales inversely proportional to depth in LLMs", ""),
    ("004_cab2ab4622c36254.txt", 5): (
        "OmniFysics: A compact omni-modal model that unifies understanding",
        "OmniFysics",
    ),
    ("004_cab2ab4622c36254.txt", 6): ("A mechanistic explanation for observed neural scaling", ""),
    ("004_cab2ab4622c36254.txt", 7): (
        "The role of feature superposition in the emergence of power-law training dynamics",
        "",
    ),
    ("004_cab2ab4622c36254.txt", 8): (
        "Reward-improving perturbations remain empirically accessible with small populations",
        "",
    ),
    ("004_cab2ab4622c36254.txt", 9): (
        "UniPath: A semantics-driven pathology image generation framework",
        "UniPath",
    ),
    ("004_cab2ab4622c36254.txt", 10): (
        "The integration of Retrieval-Augmented Generation (RAG) into Continual Learning",
        "",
    ),
}


def untitled() -> dict[tuple[str, int], str]:
    """The abstracts of the three lists, taken from their raw lines."""
    return {
        (path.name, ordinal): abstract
        for path in sorted(SEEDS.glob("*.txt"))
        for ordinal, abstract in enumerate(
            re.findall(r"^Abstract:(.*)$", path.read_text(encoding="utf-8"), re.MULTILINE), start=1
        )
    }


def titled() -> list[tuple[str, str]]:
    """Title and abstract of the pages' papers."""
    return [
        (draft.title, draft.abstract)
        for path in sorted(SEEDS.glob("*.txt"))
        for known in FORMATS
        if known.name == "hf-daily"
        for draft in known.parse(path.read_text(encoding="utf-8"), path.name, "").drafts
        if not draft.title.startswith("Abstract:")
    ]


@pytest.mark.parametrize("place", READ, ids=lambda place: f"{place[0][:3]}-{place[1]}")
def test_each_untitled_seed_gets_the_title_a_curator_read(place: tuple[str, int]) -> None:
    derived = derive(untitled()[place])
    assert (derived.title, derived.name) == READ[place]


def test_all_untitled_seeds_were_read() -> None:
    assert set(READ) == set(untitled())
    assert len(READ) == 30


@pytest.mark.parametrize("place", READ, ids=lambda place: f"{place[0][:3]}-{place[1]}")
def test_a_derived_title_says_only_what_its_abstract_says(place: tuple[str, int]) -> None:
    abstract = re.sub(r"\\[a-z]+|[{}]", "", untitled()[place]).lower()
    words = re.findall(r"[\w-]+", derive_title(untitled()[place]).lower())
    assert [word for word in words if word not in abstract and word not in {"a", "an", "revisiting"}] == []


@pytest.mark.parametrize(("title", "abstract"), titled())
def test_a_title_derived_for_a_titled_paper_is_sound_too(title: str, abstract: str) -> None:
    derived = derive_title(abstract)
    assert title
    assert 10 <= len(derived) <= TITLE_LIMIT
    assert "\\" not in derived
    assert derived[0] == derived[0].upper() or derived.startswith("pyhgf")
    assert derived.endswith("…") or is_whole(derived)


def test_systems_are_named_as_the_titled_papers_name_them() -> None:
    """The names that titles give ("MindBridge: …") are an independent truth for those found in abstracts."""
    named = [(title.split(":")[0], derive(abstract).name) for title, abstract in titled()]
    systems = [
        (expected.casefold(), found.casefold())
        for expected, found in named
        if re.fullmatch(r"\S*[A-Z]\S*[A-Z0-9]\S*", expected) and found
    ]
    assert len(systems) >= 15
    assert [pair for pair in systems if pair[0] != pair[1]] == [("smartagent", "cout")]


@pytest.mark.parametrize(
    ("abstract", "expected"),
    [
        pytest.param(
            "We propose a method called RetNet that cuts cost.", "RetNet: A method that cuts cost", id="called"
        ),
        pytest.param("We present a method, RetNet, which cuts cost.", "RetNet: A method which cuts cost", id="beside"),
        pytest.param(
            "We present a method (RetNet) for cheap search.", "RetNet: A method for cheap search", id="in brackets"
        ),
        pytest.param(
            "We present a learning framework RetNet for search.", "RetNet: A learning framework for search", id="after"
        ),
        pytest.param("RetNet is a network for search.", "RetNet: A network for search", id="is"),
        pytest.param("We propose RetNet, which cuts the cost of search.", "RetNet cuts the cost of search", id="bare"),
        pytest.param(
            "We propose Step Gain (SG) to measure progress.", "SG: Step Gain to measure progress", id="long form"
        ),
        pytest.param("A new prior is proposed for learning concepts.", "A prior for learning concepts", id="passive"),
        pytest.param(r"We propose \name, a scheme for caching pages.", "A scheme for caching pages", id="a lost macro"),
        pytest.param(
            r"We present \textbf{RetNet}, a network for search.", "RetNet: A network for search", id="LaTeX in a name"
        ),
        pytest.param("We study how plants grow in deserts.", "How plants grow in deserts", id="study"),
        pytest.param("We show that cats sleep longer than dogs.", "Cats sleep longer than dogs", id="finding"),
        pytest.param("Results show that cats sleep longer than dogs.", "Cats sleep longer than dogs", id="outcome"),
        pytest.param(
            "We also propose a cache for pages. We show that cats sleep well.",
            "Cats sleep well",
            id="the main thing first",
        ),
        pytest.param(
            "We propose a novel framework. Cats sleep longer than dogs.", "Cats sleep longer than dogs", id="too vague"
        ),
        pytest.param(
            "We show that it works. Cats sleep longer than dogs.", "Cats sleep longer than dogs", id="pointing back"
        ),
        pytest.param("While they sleep.", "While they sleep.", id="nothing to go by"),
        pytest.param("", "Untitled", id="no abstract"),
        pytest.param("深度学习综述", "深度学习综述", id="no English"),
    ],
)
def test_the_shapes_in_which_abstracts_say_what_they_give(abstract: str, expected: str) -> None:
    assert derive_title(abstract) == expected


@given(st.text(max_size=300), st.sampled_from(["", "We propose ", "We propose Net, a ", "We study ", "We find "]))
def test_every_text_gives_a_title_that_fits(text: str, opening: str) -> None:
    title = derive_title(opening + text)
    assert 0 < len(title) <= TITLE_LIMIT
    assert title == " ".join(title.split())


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        pytest.param("a model that carefully keeps pages", "N: A model that keeps pages", id="without adverbs"),
        pytest.param(
            "a model that keeps pages in memory for ever", "N: A model that keeps pages", id="before a clause"
        ),
        pytest.param("a novel model that keeps all pages", "N: A novel model", id="never after a bare verb"),
        pytest.param("a set of values, rights, and duties", "", id="no place to cut"),
        pytest.param("a dataset of 218k values, rights, and many duties", "N: A dataset", id="before a list"),
        pytest.param("a model (see below) of pages", "N: A model of pages", id="without asides"),
    ],
)
def test_a_phrase_is_cut_where_it_stays_whole(phrase: str, expected: str) -> None:
    assert fitted("N: ", phrase, 28) == expected


@pytest.mark.parametrize(
    ("phrase", "rest"),
    [
        pytest.param("", "", id="nothing"),
        pytest.param("a model of", "", id="a preposition at the end"),
        pytest.param("a model (of", "", id="an open bracket"),
        pytest.param('a "model', "", id="an open quotation"),
        pytest.param("a model that keeps", " in memory", id="a verb without object"),
        pytest.param("a model designed", " to keep", id="a participle without complement"),
        pytest.param("moves pages from memory", " to disk", id="from without to"),
        pytest.param("of pages, books", ", and lists", id="half a list"),
    ],
)
def test_a_phrase_that_cannot_end_here(phrase: str, rest: str) -> None:
    assert not is_whole(phrase, rest)


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        pytest.param("a novel and flexible framework", "a framework", id="two words of praise"),
        pytest.param("a novel agentic framework", "an agentic framework", id="the article follows"),
        pytest.param("the first framework", "a framework", id="first"),
        pytest.param("a framework", "a framework", id="none"),
    ],
)
def test_praise_is_left_out(phrase: str, expected: str) -> None:
    assert without_praise(phrase) == expected


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("an unified view", "a unified view"),
        ("a LLM", "an LLM"),
        ("an GPU", "a GPU"),
        ("an one", "a one"),
        ("views", "views"),
    ],
)
def test_an_article_sounds_like_its_word(phrase: str, expected: str) -> None:
    assert with_article(phrase) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("On-policy distillation (OPD) works", {"OPD": "On-policy distillation"}, id="hyphens"),
        pytest.param("with Small Language Models (SLMs), as", {"SLMs": "Small Language Models"}, id="plural"),
        pytest.param("see the table (below) for it", {}, id="no acronym"),
        pytest.param("distillation (D)", {}, id="one letter"),
        pytest.param("XY (OPD)", {}, id="nothing spells it"),
        pytest.param("on (ON)", {}, id="one word is no long form"),
    ],
)
def test_acronyms_are_found_with_their_long_forms(text: str, expected: dict[str, str]) -> None:
    assert long_forms(text) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        pytest.param("Uses of OPD", "Uses of on-policy distillation", id="in lower case within"),
        pytest.param("OPD in use", "On-policy distillation in use", id="at the head"),
        pytest.param("Forms (OPD)", "Forms (OPD)", id="in brackets it stays"),
        pytest.param("An OPD method for learning", "An OPD method for learning", id="after an article it stays"),
        pytest.param("OPD " + "x" * 80, "OPD " + "x" * 80, id="too long"),
    ],
)
def test_an_acronym_is_spelled_out_where_that_fits(title: str, expected: str) -> None:
    assert spelled_out(title, {"OPD": "On-policy distillation"}, 90) == expected


# Ids.


@pytest.mark.parametrize(
    ("title", "name", "expected"),
    [
        pytest.param("The Consciousness Prior", "", "the-consciousness-prior", id="a whole short title"),
        pytest.param(
            "Robot Fine-Tuning Made Easy: Pre-Training Rewards and Policies",
            "",
            "robot-fine-tuning-made-easy",
            id="colon",
        ),
        pytest.param(
            "LIMI: Less is More for Agency", "", "limi-less-is-more-for-agency", id="too little before the colon"
        ),
        pytest.param(
            "On the Measure of Many Things in the World by Way of Words and Numbers",
            "",
            "on-the-measure-of-many-things-in-the-world-by-way-of-words",
            id="seven meaningful words",
        ),
        pytest.param("NoisyAgent: An agentic framework", "NoisyAgent", "noisyagent", id="the named system"),
        pytest.param("VitaBench 2.0: A benchmark", "VitaBench 2.0", "vitabench-2-0", id="a name with a number"),
        pytest.param("Naïve Søren's Ærø", "", "naive-sorens-aero", id="marks and letters romanised"),
        pytest.param("深度学习 with GPT-4", "", "with-gpt-4", id="what Latin letters there are"),
        pytest.param("深度学习", "", "paper-9f2c61d0", id="no Latin letters"),
        pytest.param("2048", "", "paper-9f2c61d0", id="digits only"),
        pytest.param("Search", "", "search-9f2c61", id="a reserved word"),
        pytest.param("404", "", "paper-9f2c61d0", id="a reserved number"),
        pytest.param("x" * 81, "", "paper-9f2c61", id="a word that cannot be cut"),
        pytest.param("!?", "", "paper-9f2c61d0", id="no word at all"),
    ],
)
def test_an_id_is_made_of_the_titles_first_words(title: str, name: str, expected: str) -> None:
    assert derive_id(title, KEY, set(), name=name) == expected
    assert ID.fullmatch(expected)


def test_an_id_that_is_taken_gets_more_words_then_the_key() -> None:
    title = "Robot Fine-Tuning Made Easy: Pre-Training Rewards"
    short, longer = "robot-fine-tuning-made-easy", "robot-fine-tuning-made-easy-pre-training-rewards"
    assert derive_id(title, KEY, {short}) == longer
    assert derive_id(title, KEY, {short, longer}) == f"{longer}-9f2c61"
    assert derive_id(title, KEY, {short, longer, f"{longer}-9f2c61"}) == f"{longer}-{KEY}"


def test_papers_of_one_batch_that_want_the_same_id_all_take_a_longer_one_in_any_order() -> None:
    wishes = [
        Wish("Made Easy by Good Robots: Part One", "1111111111111111"),
        Wish("Made Easy by Good Robots: Part Two", "2222222222222222"),
        Wish("Made Easy by Good Robots: Part Two", "3333333333333333"),
        Wish("Made Easy by Good Robots", "4444444444444444"),
        Wish("Something Else", "5555555555555555"),
    ]
    expected = {
        "1111111111111111": "made-easy-by-good-robots-part-one",
        "2222222222222222": "made-easy-by-good-robots-part-two-222222",
        "3333333333333333": "made-easy-by-good-robots-part-two-333333",
        "4444444444444444": "made-easy-by-good-robots-444444",
        "5555555555555555": "something-else",
    }
    for order in permutations(wishes):
        assert {wish.key: chosen for wish, chosen in zip(order, derive_ids(order, set()), strict=True)} == expected


@given(
    st.lists(st.tuples(st.text(max_size=100), st.integers(0, 16**16 - 1)), unique_by=lambda pair: pair[1]), st.data()
)
def test_ids_are_legal_distinct_and_free_whatever_the_titles(pairs: list[tuple[str, int]], data: st.DataObject) -> None:
    wishes = [Wish(title, f"{number:016x}") for title, number in pairs]
    ids = dict(zip(wishes, derive_ids(wishes, {"a", "paper"}), strict=True))
    assert len(set(ids.values())) == len(wishes)
    assert all(
        ID.fullmatch(chosen) and chosen not in {"a", "paper", "index", "404", "search"} for chosen in ids.values()
    )
    shuffled = data.draw(st.permutations(wishes))
    assert dict(zip(shuffled, derive_ids(shuffled, {"a", "paper"}), strict=True)) == ids
