"""Papers made of others' parts, and the corpora of each size: where there are not enough papers, more are made."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, count, islice
from typing import TYPE_CHECKING

from bench_papers import made_ready

from sitegen import text
from sitegen.model import Author, Links, Paper

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sitegen.model import Corpus

# Strides that share no factor with a likely length meet every part before they meet one twice at the same place.
_FAR, _FARTHER = 7919, 104_729


def papers_of_size(size: int, own: Corpus, real: Sequence[Paper]) -> tuple[str, Iterator[Paper]]:
    """Give so many papers as records, and what they are in words.

    The project's own as far as they reach; then those of the file that have an abstract; then all of the file; then,
    behind all of these, recombined ones. Without a file the project's own are recombined.
    """
    with_abstract = [paper for paper in real if paper.abstract]
    if size <= len(own.papers):
        return "the project's own papers", iter(own.papers[:size])
    if size <= len(with_abstract):
        return "papers of the file, all with an abstract", made_ready(with_abstract[:size], own.topics)
    if size <= len(real):
        share = sum(bool(paper.abstract) for paper in real[:size])
        return f"papers of the file, {share:,} with an abstract", made_ready(real[:size], own.topics)
    known = real or own.papers
    more = islice(recombined_papers(known), size - len(known))
    of_which = "papers of the file" if real else "papers of the project"
    return f"{len(known):,} {of_which}, the others recombined of them", made_ready(chain(known, more), own.topics)


def recombined_papers(known: Sequence[Paper]) -> Iterator[Paper]:
    """Make papers without end on the pattern of known ones: new ids, titles, people and abstracts out of real parts.

    A title is the first half of one and the second half of another. A person has one's given and another's family
    name, the same in every paper of one round through the known, so that people have as many papers as real ones do.
    Year and venue are the pattern's; every paper has an abstract, of sentences from many, as long as a known one.
    """
    sentences = [text.sentences(paper.abstract) for paper in known if paper.abstract]
    if not sentences:
        raise SystemExit("there are no abstracts to make others of: name a file of papers")
    pool = [sentence for abstract in sentences for sentence in abstract]
    names = list(dict.fromkeys(author.name for paper in known for author in paper.authors))
    places = {name: place for place, name in enumerate(names)}
    for number in count():
        turn, place = divmod(number, len(known))
        pattern, other = known[place], known[(number * _FAR + turn * _FARTHER + 1) % len(known)]
        id_ = f"{pattern.id[:60]}-r{turn + 1}"
        length = len(sentences[number % len(sentences)])
        yield Paper(
            id=id_,
            title=_halves(pattern.title, other.title),
            added="",
            type=pattern.type,
            authors=tuple(
                Author(_person(names, places[author.name], turn + 1), literal=author.literal)
                for author in pattern.authors
            ),
            date=pattern.date,
            venue=pattern.venue,
            links=Links(doi=f"10.5555/{id_}") if pattern.links.doi else Links(),
            abstract=" ".join(pool[(number * _FAR + at * _FARTHER) % len(pool)] for at in range(length))[:10_000],
        )


def _halves(first: str, second: str) -> str:
    """Give the first half of one title's words and the second half of another's."""
    ours, theirs = first.split(), second.split()
    return " ".join([*ours[: (len(ours) + 1) // 2], *theirs[len(theirs) // 2 :]])[:500]


def _person(names: Sequence[str], place: int, turn: int) -> str:
    """Give a name that has one person's given names and another's family name."""
    *given, _ = names[place].split()
    family = names[(place + turn * _FAR) % len(names)].split()[-1]
    return " ".join([*given, family])


def another_paper(paper: Paper, other: Paper, added: str) -> Paper:
    """Give a paper as somebody would add it at a time: of the first one's topics and people, with words of both."""
    return replace(
        paper,
        id=f"{paper.id[:60]}-new",
        title=f"{_halves(paper.title, other.title)}, measured again",
        added=added,
        links=Links(),
        abstract=f"{other.abstract} {paper.abstract}".strip()[:10_000],
        aliases=(),
        changes=(),
        key="",
    )
