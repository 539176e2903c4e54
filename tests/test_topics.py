"""What a paper's words suggest, held to tables made by hand, and the topics of our own corpus as people edit them."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from sitegen.model import KINDS, Topic
from sitegen.text import stream_safe
from sitegen.topics import MOST, Suggestion, profile, suggest_kind, suggest_topics

OWN_TOPICS = Path(__file__).parents[1] / "corpus" / "topics.yaml"
GROUPS = (
    "Agents and action",
    "Learning and training",
    "Reasoning and knowledge",
    "Trust and society",
    "Vision and media",
    "Mind and brain",
    "Science and theory",
)
FEW = (
    Topic("learning", "Learning from rewards", cues=("reinforcement learning", "rl", "reward model")),
    Topic("seeing", "Vision and language", cues=("vision-language", "MLLM", "visual question answering")),
    Topic("counting", "Mathematics", cues=("math", "arithmetic")),
    Topic("minds", "Minds", cues=("theory of mind", "memory")),
)


def own_topics() -> tuple[Topic, ...]:
    listed = yaml.safe_load(OWN_TOPICS.read_text(encoding="utf-8"))["topics"]
    return tuple(
        Topic(row["slug"], row["name"], row["short"], row["group"], row["description"], tuple(row["cues"]))
        for row in listed
    )


def slugs(title: str, abstract: str = "", topics: tuple[Topic, ...] = FEW) -> list[str]:
    return [suggestion.topic for suggestion in suggest_topics(title, abstract, topics)]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        pytest.param("Hello world", [], id="rl is no part of world"),
        pytest.param("Earl and the URLs of Berlin", [], id="rl is no part of Earl, URLs or Berlin"),
        pytest.param("The aftermath of the flood", [], id="math is no part of aftermath"),
        pytest.param("Mathematics in schools", [], id="math is no beginning of mathematics"),
        pytest.param("Grass roots and glass", [], id="words in double s are no plurals"),
        pytest.param("RL for cooks", ["learning"], id="a word counts in any case"),
        pytest.param("Reinforcement-learning at home", ["learning"], id="a hyphen in the text is a space"),
        pytest.param("Vision language pairs", ["seeing"], id="a hyphen in the cue is a space"),
        pytest.param("Vision\u2013language pairs", ["seeing"], id="so is a dash"),
        pytest.param("Reward\nmodels", ["learning"], id="a line break is a space, a plural is its singular"),
        pytest.param("What MLLMs see", ["seeing"], id="an acronym has a plural too"),
        pytest.param("Memories of a house", ["minds"], id="memories are memory"),
        pytest.param("Arithmetic\u2019s limits", ["counting"], id="a possessive is the word itself"),
        pytest.param("(Math)", ["counting"], id="brackets bound a word"),
        pytest.param("M\u00e1th", ["counting"], id="marks do not count"),
        pytest.param("math_reasoning", ["counting"], id="an underscore bounds a word"),
        pytest.param("", [], id="nothing speaks in an empty text"),
        pytest.param("\u5f3a\u5316\u5b66\u4e60", [], id="nothing speaks in another script"),
        pytest.param("?!... --- $$ {}", [], id="nothing speaks in punctuation"),
    ],
)
def test_a_cue_matches_whole_words_only(title: str, expected: list[str]) -> None:
    assert slugs(title) == expected


@pytest.mark.parametrize(
    "title",
    [
        pytest.param("Reinforcement of concrete and learning to swim", id="words apart"),
        pytest.param("Learning reinforcement", id="words in another order"),
        pytest.param("The use of reinforcement. Learning to swim", id="words of two sentences"),
        pytest.param("Concrete, reinforcement, learning, swimming", id="words of a list"),
    ],
)
def test_a_phrase_is_a_reason_only_where_its_words_stand_together_in_order(title: str) -> None:
    reasons = [reason for suggestion in suggest_topics(title, "", FEW) for reason in suggestion.because]
    assert "reinforcement learning" not in reasons


def test_the_title_counts_more_than_the_abstract() -> None:
    suggestions = suggest_topics("Theory of mind in apes", "Here reinforcement learning explains them.", FEW)
    assert [suggestion.topic for suggestion in suggestions] == ["minds", "learning"]
    assert suggestions[0].score > suggestions[1].score


def test_reasons_are_the_cues_as_people_wrote_them_heaviest_first() -> None:
    abstract = "Mllms answer visual question answering tasks. MLLM after MLLM does well at visual-question answering."
    (suggestion,) = suggest_topics("A vision language study", abstract, FEW)
    assert suggestion.topic == "seeing"
    assert suggestion.because == ("MLLM", "vision-language", "visual question answering")


def test_without_a_whole_cue_the_words_that_are_alike_are_the_reason() -> None:
    topics = (Topic("brains", "Brains", cues=("human brain imaging",)), Topic("cars", "Cars", cues=("fast cars",)))
    (suggestion,) = suggest_topics("Imaging of the human brain", "", topics)
    assert suggestion.topic == "brains"
    assert suggestion.because == ("brain", "human", "human brain", "imaging")  # all weigh the same: by the alphabet


def test_a_cue_at_the_end_of_a_text_counts_once() -> None:
    inside = suggest_topics("", "We like math a lot.", FEW)
    at_the_end = suggest_topics("", "A lot, we like math", FEW)
    assert inside == at_the_end != ()


def test_at_most_four_topics_are_suggested() -> None:
    topics = tuple(Topic(f"t{number}", "", cues=(f"word{number}",)) for number in range(9))
    title = " ".join(f"word{number}" for number in range(9))
    assert slugs(title, topics=topics) == ["t0", "t1", "t2", "t3"]
    assert MOST == 4


def test_a_passing_mention_beside_a_clear_subject_is_left_out() -> None:
    abstract = "RL agents learn by reinforcement learning with a reward model. RL needs care. Some do arithmetic."
    assert slugs("Reinforcement learning with a reward model", abstract) == ["learning"]


def test_equal_scores_are_ordered_by_slug_whatever_the_order_of_the_topics() -> None:
    topics = tuple(Topic(slug, "", cues=("prime number",)) for slug in ("beta", "alpha", "gamma"))
    title = "Prime numbers"
    assert slugs(title, topics=topics) == slugs(title, topics=topics[::-1]) == ["alpha", "beta", "gamma"]


def test_a_ready_profile_and_its_topics_give_the_same() -> None:
    text = ("Theory of mind in MLLMs", "Vision-language models and arithmetic.")
    expected = suggest_topics(*text, FEW)
    assert suggest_topics(*text, profile(FEW)) == suggest_topics(*text, iter(FEW)) == expected
    assert all(isinstance(suggestion, Suggestion) for suggestion in expected)
    assert [suggestion.score for suggestion in expected] == [round(suggestion.score, 3) for suggestion in expected]


def test_a_topic_without_cues_is_known_by_its_name() -> None:
    topics = (Topic("graph-theory", "Graph theory"), Topic("nothing", "\u2026"))
    assert slugs("A course in graph theory", topics=topics) == ["graph-theory"]


def test_a_cue_written_twice_counts_once() -> None:
    once = (Topic("maths", "", cues=("proof", "set theory")), FEW[0])
    twice = (Topic("maths", "", cues=("proof", "Proofs", "set theory", "set-theory")), FEW[0])
    assert suggest_topics("Proofs", "of set theory", once) == suggest_topics("Proofs", "of set theory", twice)


def test_no_topics_suggest_nothing() -> None:
    assert suggest_topics("Reinforcement learning", "RL", ()) == ()


@pytest.mark.parametrize(
    ("title", "abstract", "expected"),
    [
        pytest.param("A Survey of Kettles", "", "survey", id="a survey says so in its title"),
        pytest.param("Kettles: A Review", "", "survey", id="a review after a colon is a survey"),
        pytest.param("Kettles", "This survey maps the field.", "survey", id="a survey says so in its abstract"),
        pytest.param(
            "How peer reviews of kettles are written",
            "We propose a method for writing them.",
            "method",
            id="peer reviews make no survey",
        ),
        pytest.param("KettleBench 2.0: how hot?", "", "benchmark", id="a name in Bench is a benchmark"),
        pytest.param(
            "",
            "We introduce Kettle 2.0, a benchmark for boiling models.",
            "benchmark",
            id="the first noun is what it is",
        ),
        pytest.param(
            "",
            "We propose Kettler, a framework for boiling. We also introduce KettleBench, a benchmark.",
            "method",
            id="the first claim counts, not a second thing made on the way",
        ),
        pytest.param("The Kettle Corpus", "", "dataset", id="a corpus is a dataset"),
        pytest.param("", "We present a large-scale dataset of 9,000 kettles.", "dataset", id="a dataset is presented"),
        pytest.param("", "We release a Python package for kettles.", "system", id="a package is a system"),
        pytest.param("KettleKit: an open-source toolkit", "", "system", id="a toolkit is a system"),
        pytest.param(
            "", "In this position paper, we argue that kettles matter.", "position", id="a position paper says so"
        ),
        pytest.param(
            "", "We argue that kettles matter.", "position", id="who argues and makes nothing takes a position"
        ),
        pytest.param(
            "",
            "We argue that lids matter. So we propose LidNet, an architecture with lids. It outperforms others.",
            "method",
            id="who argues for what he then makes has a method",
        ),
        pytest.param("", "We prove two theorems on lids.", "theory", id="a proof is theory"),
        pytest.param(
            "Why kettles sing", "We investigate what is poorly understood.", "theory", id="an explanation is theory"
        ),
        pytest.param("", "Kettler OUTPERFORMS the state-of-the-art.", "method", id="what outperforms is a method"),
        pytest.param("", "We propose LidNet, a novel\nnetwork of lids.", "method", id="a line break is a space"),
        pytest.param("", "Kettles are hot.", "", id="nothing speaks for a kind"),
        pytest.param("", "", "", id="nothing speaks in an empty text"),
        pytest.param("Benchtop kettles", "The bench is of oak.", "", id="a bench in the kitchen measures nothing"),
    ],
)
def test_the_kind_follows_from_what_a_paper_says_it_gives(title: str, abstract: str, expected: str) -> None:
    assert suggest_kind(title, abstract) == expected
    assert expected in ("", *KINDS)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("reinforcement learning " * 4500, id="one cue, thousands of times"),
        pytest.param("vision-language-" * 6500, id="overlapping cues"),
        pytest.param("a" * 100_000, id="one long word"),
        pytest.param("-" * 100_000, id="nothing but hyphens"),
        pytest.param("e.g. A " * 15_000, id="sentences that do not end"),
        pytest.param("We introduce " * 8_000, id="claims without a noun"),
        pytest.param("we argue " * 11_000 + "bench" * 100, id="arguments without end"),
        pytest.param("a" + "\u0301" * 50_000 + "\u0323" * 50_000, id="a tower of marks"),
        pytest.param("\ud800\x00\u202e\ufffe" * 25_000, id="what no text should hold"),
    ],
)
def test_100_kilobytes_of_hostile_text_are_read_in_a_moment(text: str) -> None:
    known = profile(own_topics())
    assert len(suggest_topics(text, text, known)) <= MOST
    assert suggest_kind(text, text) in ("", *KINDS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("plain text " * 9, "plain text " * 9, id="plain text stays"),
        pytest.param("e" + "\u0301" * 30 + "x", "e" + "\u0301" * 30 + "x", id="thirty marks stay"),
        pytest.param("e" + "\u0301" * 31 + "\u0323x", "e" + "\u0301" * 30 + "x", id="the rest of a longer row goes"),
        pytest.param("\u00e9" * 40, "\u00e9" * 40, id="many letters with a mark each stay"),
        pytest.param("\u0435\u0301" * 40, "\u0435\u0301" * 40, id="a letter ends a row"),
    ],
)
def test_rows_of_combining_marks_are_cut_at_thirty(text: str, expected: str) -> None:
    assert stream_safe(text) == expected


def test_our_own_topics_are_complete_and_fit_their_lists() -> None:
    topics = own_topics()
    assert len(topics) == len({topic.slug for topic in topics}) == 28
    assert {topic.group for topic in topics} == set(GROUPS)
    for topic in topics:
        assert topic.name
        assert topic.description.endswith(".")
        assert 0 < len(topic.short) <= 22
        assert len(set(topic.cues)) == len(topic.cues) >= 8


def test_our_own_topics_stand_together_by_group() -> None:
    groups = [topic.group for topic in own_topics()]
    changes = 1 + sum(before != after for before, after in pairwise(groups))
    assert changes == len(GROUPS)
    assert tuple(dict.fromkeys(groups)) == GROUPS


@pytest.mark.parametrize(
    ("title", "abstract", "expected"),
    [
        pytest.param(
            "Teaching a quadruped robot to climb stairs",
            "We train a locomotion policy in simulation with reinforcement learning (RL) and shaped rewards.",
            ["robotics", "reinforcement-learning"],
            id="a climbing robot",
        ),
        pytest.param(
            "Vision-language models as writers of radiology reports",
            "They put into words what a clinician would say of a patient's disease.",
            ["health", "multimodal"],
            id="a reporting model",
        ),
        pytest.param(
            "Machine translation for low-resource languages",
            "Multilingual pretraining helps.",
            ["language-nlp"],
            id="a translator",
        ),
        pytest.param("On cooking rice", "Rinse it, then boil it with a lid on.", [], id="no paper of ours"),
    ],
)
def test_our_own_topics_find_made_up_papers(title: str, abstract: str, expected: list[str]) -> None:
    assert slugs(title, abstract, own_topics()) == expected
