"""The key sentence: chosen by hand for forty papers and written out here, before the machine is asked."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from sitegen.key_sentence import LONGEST_MARKED, key_sentence
from sitegen.key_sentence.shapes import SHAPES, SHOWN_SIGNS, SIGNS_AGAINST, SIGNS_FOR
from sitegen.text import one_line, sentence_spans, sentences

PAPERS = Path(__file__).parent.parent / "corpus" / "papers"
# A paper of the corpus, and how the sentence begins that says what it does.
CHOSEN = [
    ("the-off-switch-game", "We analyze a simple game between a human H and a robot R, where H can press R's"),
    ("the-consciousness-prior", "A new prior is proposed for learning representations of high-level concepts of"),
    ("continual-lifelong-learning-with-neural-networks", "… we critically summarize the main challenges linked"),
    ("on-the-opportunities-and-risks-of-foundation-models", "This report provides a thorough account of the"),
    ("causal-de-finetti-on-the-identification-of-invariant-causal", "… we present new causal de Finetti"),
    ("aggregating-intrinsic-information-to-enhance-bci-performance", "… we propose a hierarchical personalized"),
    ("are-emergent-abilities-of-large-language-models-a-mirage", "… we present an alternative explanation for"),
    ("inverse-dynamics-pretraining-learns-good-representations", "Among a variety of possible pretraining"),
    ("noise-in-relation-classification-dataset-tacred", "… we analyze predictions and performance of"),
    ("robot-fine-tuning-made-easy", "We introduce RoboFuME, a reset-free fine-tuning system that pre-trains a"),
    ("unlock-predictable-scaling-from-emergent-abilities", "… we introduce PassUntil, an evaluation strategy"),
    ("customcontrast-a-multilevel-contrastive-perspective-for-subject", "… we propose CustomContrast, a novel"),
    ("dailydilemmas-revealing-value-preferences-of-llms", "We present DailyDilemmas, a dataset of 1,360 moral"),
    ("large-language-models-assume-people-are-more-rational", "However, by comparing LLM behavior and"),
    ("looking-inward-language-models-can-learn-about-themselves", "We study introspection by finetuning LLMs to"),
    ("online-intrinsic-rewards-for-decision-making-agents-from-large", "We propose \\oni, a distributed"),
    ("what-are-human-values-and-how-do-we-align-ai-to-them", "We then propose a process for eliciting and"),
    ("a-survey-of-vibe-coding-with-large-language-models", "… this survey provides the first comprehensive and"),
    ("advancing-multimodal-reasoning-via-reinforcement-learning", "… we present a comprehensive study on"),
    ("ai-agents-vs-agentic-ai", "This study critically distinguishes between AI Agents and Agentic AI, offering"),
    ("beyond-hallucinations-the-illusion-of-understanding-in-large", "… we introduce the Rose-Frame, a"),
    ("bias-after-prompting-persistent-discrimination-in-large-language", "In contrast to prior work, we find"),
    ("distributional-semantics-tracing-a-framework-for-explaining", "… we propose Distributional Semantics"),
    ("gpt4scene-understand-3d-scenes-from-videos-with-vision-language", "… we introduce GPT4Scene, a novel"),
    ("hybrid-latent-reasoning-via-reinforcement-learning", "… we introduce hybrid reasoning policy optimization"),
    ("limi-less-is-more-for-agency", "Through strategic focus on collaborative software development and"),
    ("rethinking-agent-design-from-top-down-workflows-to-bottom-up", "… we instantiate this vision of"),
    ("scales-compute-efficient-evaluation-subset-selection", "… we challenge this paradigm and propose a"),
    ("thought-communication-in-multiagent-collaboration", "… we introduce a new paradigm, thought"),
    ("transformer-brain-encoders-explain-human-high-level-visual", "… we employ the attention mechanism used in"),
    ("a-lightweight-fine-tuning-approach-that-trains-slms-to-retrieve", "… we propose \\policy, a lightweight"),
    ("agent-learning-via-early-experience", "We address this limitation with a middle-ground paradigm we call"),
    ("code-as-agent-harness", "We frame this shift through the lens of agent harnesses and introduce code as"),
    ("m100", "M100 is Li Auto's response: a performant, cost-effective architecture for AI inference in"),
    ("mem1-learning-to-synergize-memory-and-reasoning-for-efficient", "We introduce MEM1, an end-to-end"),
    ("omnifysics", "We present OmniFysics, a compact omni-modal model that unifies understanding across images,"),
    ("polariton-enhanced-free-charge-carrier-generation-in-donor", "… we theoretically study the quantum"),
    ("revisiting-unsupervised-reinforcement-learning-with-verifiable", "… we revisit URLVR and provide a"),
    ("rlvr-may-exhibit-implicit-reward-overfitting-to-the-training", "… we employed Periodic Rank-1"),
    ("the-role-of-feature-superposition-in-the-emergence-of-power-law", "We investigate the role of feature"),
    ("tool-calling-along-two-complementary-axes", "This paper studies tool-calling along two complementary"),
    ("vitabench-2-0", "… we introduce VitaBench 2.0, a benchmark for evaluating personalized and proactive agent"),
]


@pytest.fixture(scope="module")
def abstracts() -> dict[str, str]:
    """Every abstract of the corpus by the paper's id, read without sitegen."""
    files = sorted(PAPERS.glob("*/*.yaml"))
    return {file.stem: yaml.safe_load(file.read_text(encoding="utf-8")).get("abstract", "") for file in files}


@pytest.mark.parametrize(("paper", "beginning"), CHOSEN)
def test_the_sentence_says_what_the_paper_does(abstracts: dict[str, str], paper: str, beginning: str) -> None:
    key = key_sentence(abstracts[paper])
    assert key
    assert key.words.startswith(beginning)


@pytest.mark.parametrize(
    ("abstract", "words"),
    [
        ("Models are slow. In this paper, we make one fast.", "… we make one fast."),
        ("Models are slow. To address this gap, we propose a fast one.", "… we propose a fast one."),
        ("Models are slow. Here we show a fast one that is right.", "… we show a fast one that is right."),
        ("Models are slow. To this end we built VitaBench 2.0 for them.", "… we built VitaBench 2.0 for them."),
        # What comes before says something of its own: it stays.
        (
            "It is slow. By pruning, we propose a network that is fast.",
            "By pruning, we propose a network that is fast.",
        ),
        ("We also thank them. This work presents a map of the field.", "This work presents a map of the field."),
        ("It has three contributions.First, we propose a net for maps.", "First, we propose a net for maps."),
        (
            "We propose $L. A$ that Smith et al. Missed, e.g. A net. So.",
            "We propose $L. A$ that Smith et al. Missed, e.g. A net.",
        ),
        ("A corpus we created is large. We study how it is read.", "We study how it is read."),
        ("Background only, nothing is said.", "Background only, nothing is said."),
    ],
)
def test_openers_give_way_and_sentences_stay_whole(abstract: str, words: str) -> None:
    key = key_sentence(abstract)
    assert key
    assert key.words == words


@pytest.mark.parametrize("abstract", ["", " \n\n ", "\n"])
def test_an_empty_abstract_has_none(abstract: str) -> None:
    assert key_sentence(abstract) is None


def test_its_place_is_that_of_the_sentence_in_the_abstract_as_given(abstracts: dict[str, str]) -> None:
    for abstract in abstracts.values():
        key = key_sentence(abstract)
        if not abstract:
            continue
        assert key
        shown = " ".join(abstract[key.start : key.end].split())
        assert shown.endswith(key.words.removeprefix("… "))
        assert "\n\n" not in abstract[key.start : key.end]
        assert key.marked == (key.end - key.start <= LONGEST_MARKED)


def test_a_sentence_does_not_cross_paragraphs_and_places_count_what_is_before_it() -> None:
    abstract = "A title of a part\n\nIt costs $15 and $x^2$.  We propose\na net that reads maps\n \nThe end"
    key = key_sentence(abstract)
    assert key
    assert abstract[key.start : key.end] == "We propose\na net that reads maps"
    assert key.words == "We propose a net that reads maps"


def test_a_sentence_of_more_than_330_characters_is_not_marked() -> None:
    short, long = "We propose " + "a" * 318 + ".", "We propose " + "a" * 319 + "."
    assert [bool((key := key_sentence(abstract)) and key.marked) for abstract in (short, long)] == [True, False]


def test_spans_cut_out_exactly_the_sentences() -> None:
    prose = "  One of U.S. Models, e.g. A. Second one!  (Third) “Quoted.” Last"
    assert [prose[start:end] for start, end in sentence_spans(prose)] == sentences(prose)
    assert sentences(prose) == ["One of U.S. Models, e.g. A. Second one!", "(Third) “Quoted.”", "Last"]


@pytest.mark.parametrize(
    "hostile",
    [
        pytest.param("we " * 40_000, id="a subject without end"),
        pytest.param("$" * 40_000, id="dollars"),
        pytest.param("To a" + " a" * 40_000 + ", we propose", id="an opener without end"),
        pytest.param("We propose. " * 10_000, id="sentences without end"),
        pytest.param("this survey " * 10_000, id="papers"),
    ],
)
def test_hostile_abstracts_take_no_time(hostile: str) -> None:
    key = key_sentence(hostile)
    assert key
    assert key.end <= 8000


def test_what_a_pattern_is_looked_for_by_is_in_every_sentence_that_has_it(abstracts: dict[str, str]) -> None:
    said = [one_line(sentence) for abstract in abstracts.values() for sentence in sentences(abstract)]
    shouted = [sentence.upper() for sentence in said]
    found = 0
    for sign in (*SHAPES, *SIGNS_FOR, *SIGNS_AGAINST, *SHOWN_SIGNS):
        for sentence in filter(str.isascii, (*said, *shouted)):
            found += (has_it := bool(sign.pattern.search(sentence)))
            assert sign.is_in(sentence, sentence.lower()) == has_it
    assert found > 2000
