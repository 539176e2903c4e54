"""What a paper's own words suggest: its topics, by cue phrases and a profile of their words, and its kind.

Suggestions only: a paper's own `topics` and `kind` always win. Nothing here looks further than title and abstract.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from sitegen.model import KINDS
from sitegen.text import one_line, sentences, stream_safe, without_marks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sitegen.model import Topic

MOST = 4  # topics suggested for one paper, and phrases given as reasons for one topic
_TITLE = 2  # what a word of the title weighs, against 1 in the abstract
_PROFILE = 4.0  # what a perfect likeness of words weighs, against 1 for a cue in the abstract
_ENOUGH = 1.5  # below this score nothing is suggested
_BESIDE = 0.35  # nor below this share of the best score
_FILLERS = frozenset("a an and as at by for from in is of on or the to with".split())
_WORD = re.compile(r"[^\W_]+|[.,;:!?]")  # a stop is a word of its own: no phrase reaches across it
_POSSESSIVE = re.compile(r"['\u2019]s\b")

# What speaks for a kind: nouns of what a paper says it makes, words of its title, words of its sentences. Every gap is
# bounded and only the beginning is read, so that no text takes long; "-" has become a space before these are asked.
_READ = 6000
_CLAIM = re.compile(
    r"\b(?:introduce|present|propose|develop|devise|release|construct|curate|create|build|contribute|design|describe)s?"
    r"\b.{0,80}?(?:"
    r"(?P<benchmark>bench|\b(?:benchmark|test suite|testbed|leaderboard|suite of metrics|evaluation framework))"
    r"|\b(?P<dataset>dataset|data set|corpus|corpora|treebank)"
    r"|\b(?P<system>library|toolkit|(?:python|software) package|platform|chip|demo)"
    r"|\b(?P<method>method|framework|approach|algorithm|model|architecture|strategy|technique|paradigm|network"
    r"|objective|loss|pipeline|mechanism)"
    r")s?\b"
)
_TITLE_SAYS = (
    (
        "survey",
        6,
        r"\b(survey|(systematic|literature) review|overview|roadmap|taxonomy|tutorial|primer)\b|: a review\b",
    ),
    (
        "benchmark",
        6,
        r"bench\b|\b(benchmark|benchmarking|shared task|leaderboard|test ?set|test suite|reproducibility)\b",
    ),
    ("benchmark", 2, r"\b(evaluating|evaluation|measuring|assessing)\b"),
    ("dataset", 6, r"\b(dataset|data set|corpus|treebank)\b"),
    ("system", 6, r"\b(library|toolkit|open source|platform|software)\b"),
    ("position", 6, r"\b(position|manifesto|viewpoint|perspectives|the case (for|against)|considered harmful)\b"),
    ("theory", 4, r"\b(theorem|provabl[ey]|bounds?|convergence|theory|identifiability|asymptotics?|understanding)\b"),
)
_ABSTRACT_SAYS = (
    ("survey", 5, r"\b(this|our|comprehensive|systematic) (survey|review|overview)\b|\bwe (\w+ )?(review|survey)\b"),
    ("survey", 1, r"\b(taxonomy|roadmap|open (problems|challenges)|future directions|existing literature)\b"),
    ("position", 6, r"\bposition paper\b|\bthis paper (calls|argues)\b|\bwe (call (for|on)|advocate)\b"),
    ("position", 2, r"\bwe argue\b"),
    ("theory", 4, r"\bwe (\w+ )?prove\b|\btheorems?\b|\bprovabl[ey]\b"),
    (
        "theory",
        2,
        r"\b(our|the|these) (findings|analys[ei]s|results) (\w+ )?(reveal|suggest|indicate|establish|provide)",
    ),
    ("theory", 2, r"\bwe (\w+ )?(find|discover|investigate|study|analy[sz]e|observe|examine|derive|hypothesi[sz]e)\b"),
    ("theory", 2, r"\bthis (study|work|paper) (\w+ )?(investigates|studies|analy[sz]es|examines)\b"),
    ("theory", 1, r"\bpoorly understood\b|\bremains? (unclear|unknown)\b|\bmechanistic\b"),
    ("method", 2, r"\boutperform|\bstate of the art\b|\bsota\b|\bour (method|approach|framework)\b"),
    ("method", 2, r"\b(significant|consistent|substantial)(ly)? (improve|gain)"),
)

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A topic a paper seems to be about: its slug, a score (comparable within one corpus), the phrases that say so."""

    topic: str
    score: float
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """All cues of all topics made ready: which topics a phrase speaks for, and each topic's words, weighed."""

    slugs: tuple[str, ...]
    cues: Mapping[Phrase, tuple[tuple[str, str], ...]]
    weights: Mapping[Phrase, float]
    words: Mapping[str, Mapping[Phrase, float]]
    longest: int


def profile(topics: Iterable[Topic]) -> Profile:
    """Make topics ready for `suggest_topics`; a topic without cues is known by its name alone."""
    cues: dict[Phrase, dict[str, str]] = {}
    counts: dict[str, Counter[Phrase]] = {}
    for topic in topics:
        counts[topic.slug] = Counter()
        for cue in topic.cues or (topic.name,):
            words = _words(cue)
            if any(map(str.isalnum, words)) and topic.slug not in cues.setdefault(words, {}):
                cues[words][topic.slug] = one_line(cue)
                counts[topic.slug].update(_terms(words))
    spread = Counter(term for terms in counts.values() for term in terms)
    weights = {term: math.log(1 + len(counts) / number) for term, number in spread.items()}
    return Profile(
        slugs=tuple(counts),
        cues={words: tuple(shown.items()) for words, shown in cues.items()},
        weights=weights,
        words={
            slug: _unit({term: _damped(times) * weights[term] for term, times in terms.items()})
            for slug, terms in counts.items()
        },
        longest=max(map(len, cues), default=0),
    )


def suggest_topics(title: str, abstract: str, known: Profile | Iterable[Topic]) -> tuple[Suggestion, ...]:
    """Give the topics that title and abstract speak for, best first (equal scores by slug), four at most.

    Words match whole, without case, marks and plural endings; hyphens are spaces. A profile made once saves time.
    """
    ready = known if isinstance(known, Profile) else profile(known)
    fields = ((_words(title), _TITLE), (_words(abstract), 1))
    spoken = _spoken(fields, ready)
    likeness = _likeness(fields, ready)
    scores = {
        slug: round(math.fsum(spoken.get(slug, {}).values()) + _PROFILE * math.fsum(likeness[slug].values()), 3)
        for slug in ready.slugs
    }
    best = max(scores.values(), default=0.0)
    chosen = sorted((-score, slug) for slug, score in scores.items() if score >= max(_ENOUGH, _BESIDE * best))
    return tuple(
        Suggestion(slug, -score, _strongest(spoken.get(slug, {})) or _strongest(likeness[slug]))
        for score, slug in chosen[:MOST]
    )


def suggest_kind(title: str, abstract: str) -> str:
    """Give the one of `model.KINDS` that title and abstract speak for most, "" where nothing speaks.

    The first sentence that says what the paper makes ("we introduce X, a benchmark") counts more than later ones.
    """
    points = dict.fromkeys(KINDS, 0)
    heading = _spaced(title[:_READ])
    prose = [_spaced(sentence) for sentence in sentences(abstract[:_READ])]
    for kind, worth, pattern in _TITLE_SAYS:
        points[kind] += worth if re.search(pattern, heading) else 0
    for kind, worth, pattern in _ABSTRACT_SAYS:
        points[kind] += worth if any(re.search(pattern, sentence) for sentence in prose) else 0
    claim = next((match.lastgroup for sentence in prose if (match := _CLAIM.search(sentence))), None)
    if claim:
        points[claim] += 4
    best = max(points, key=lambda kind: points[kind])
    return best if points[best] else ""


def _spoken(fields: Sequence[tuple[Phrase, int]], ready: Profile) -> dict[str, dict[str, float]]:
    """Weigh each topic's cues that stand in the text, as the topic writes them; often is little more than once."""
    found: dict[tuple[str, str], float] = {}
    for words, weight in fields:
        hits: Counter[tuple[str, str]] = Counter()
        for start in range(len(words)):
            for length in range(1, min(ready.longest, len(words) - start) + 1):
                hits.update(ready.cues.get(words[start : start + length], ()))
        for hit, times in hits.items():
            found[hit] = found.get(hit, 0.0) + weight * _damped(times)
    spoken: dict[str, dict[str, float]] = {}
    for (slug, cue), worth in found.items():
        spoken.setdefault(slug, {})[cue] = worth
    return spoken


def _likeness(fields: Sequence[tuple[Phrase, int]], ready: Profile) -> dict[str, dict[str, float]]:
    """Give what each word and pair of words adds to the cosine between the text and each topic's profile."""
    counts: Counter[Phrase] = Counter()
    for words, weight in fields:
        for term in _terms(words):
            if term in ready.weights:
                counts[term] += weight
    text = _unit({term: _damped(times) * ready.weights[term] for term, times in counts.items()})
    return {
        slug: {" ".join(term): weight * text[term] for term, weight in words.items() if term in text}
        for slug, words in ready.words.items()
    }


def _strongest(weights: Mapping[str, float]) -> tuple[str, ...]:
    """Give the phrases that weigh most, heaviest first."""
    return tuple(sorted(weights, key=lambda phrase: (-round(weights[phrase], 6), phrase))[:MOST])


def _spaced(text: str) -> str:
    """Give the text in lower case with one space for every run of white space and hyphens."""
    return re.sub(r"[-\s]+", " ", text.casefold())


def _words(text: str) -> Phrase:
    """Give the words of a text without case, marks, possessive and plural endings."""
    return tuple(
        _singular(word) for word in _WORD.findall(_POSSESSIVE.sub("", without_marks(stream_safe(text)).casefold()))
    )


def _singular(word: str) -> str:
    """Take a plural ending off an English word; what is no plural may lose its "s" too, in cue and text alike."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def _terms(words: Phrase) -> Iterator[Phrase]:
    """Give each word that says something, and each pair of neighbours."""
    for word in words:
        if word not in _FILLERS:
            yield (word,)
    yield from pairwise(words)


def _damped(times: int) -> float:
    """Give what a phrase counts that stands there so many times."""
    return 1 + math.log(times)


def _unit(vector: Mapping[Phrase, float]) -> dict[Phrase, float]:
    """Give the vector at length 1; fsum, so that the order of its terms changes nothing."""
    length = math.sqrt(math.fsum(weight * weight for weight in vector.values()))
    return {term: weight / length for term, weight in vector.items()}
