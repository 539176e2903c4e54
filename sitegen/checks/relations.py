"""Rules between records: what must be one of a kind, and what one record says of others."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from sitegen.checks.subject import nearest, problem
from sitegen.text import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sitegen.checks.subject import Subject
    from sitegen.model import Paper
    from sitegen.problems import Problem


def _repeated(subject: Subject, question: Callable[[Paper], str]) -> Iterator[tuple[Paper, Paper]]:
    """Give each paper whose answer an earlier one gave already, with that one; in the order of their paths."""
    answers = [answer for answer in map(question, subject.corpus.papers) if answer]
    if len(set(answers)) == len(answers):
        return
    first: dict[str, Paper] = {}
    for paper in sorted(subject.corpus.papers, key=lambda paper: paper.origin.path):
        answer = question(paper)
        if answer and answer in first:
            yield paper, first[answer]
        elif answer:
            first[answer] = paper


def unique_ids(subject: Subject) -> Iterator[Problem]:
    """Find ids that files in two folders share."""
    for paper, other in _repeated(subject, lambda paper: paper.id):
        message = f"an id must belong to one file, but {quoted(paper.id)} is also that of {other.origin.path}"
        yield problem(paper.origin, "", "SG016", message)


def names_beyond_case(subject: Subject) -> Iterator[Problem]:
    """Find file names that differ only in case: some file systems hold but one of them."""
    for paper, other in _repeated(subject, lambda paper: paper.id.casefold()):
        if paper.id != other.id:
            found = f"{quoted(paper.id)} differs only in case from {other.origin.path}"
            message = f"file names must differ in more than case, but {found}"
            yield problem(paper.origin, "", "SG017", message)


def aliases(subject: Subject) -> Iterator[Problem]:
    """Find aliases that are living ids or that stand twice."""
    if not any(paper.aliases for paper in subject.corpus.papers):
        return
    papers = sorted(subject.corpus.papers, key=lambda paper: paper.origin.path)
    living = {paper.id: paper for paper in reversed(papers)}
    first: dict[str, Paper] = {}
    for paper in papers:
        for index, alias in enumerate(paper.aliases):
            where = f"aliases.{index}"
            if alias in living or alias in subject.unread:
                place = living[alias].origin.path if alias in living else "a file that cannot be read"
                message = f"an alias must not be the id of a record, but {quoted(alias)} is that of {place}"
                yield problem(paper.origin, where, "SG018", message)
            if alias in first:
                message = f"an alias must stand once, but {quoted(alias)} stands also in {first[alias].origin.path}"
                yield problem(paper.origin, where, "SG018", message)
            first.setdefault(alias, paper)


def known_topics(subject: Subject) -> Iterator[Problem]:
    """Find topics of papers that topics.yaml does not have, or that a paper names twice."""
    known = {topic.slug for topic in subject.corpus.topics}
    hint = cache(lambda slug: nearest(slug, sorted(known)))
    # Few combinations of topics are those of many papers.
    named = {paper.topics for paper in subject.corpus.papers}
    sound = {topics for topics in named if known.issuperset(topics) and len(set(topics)) == len(topics)}
    for paper in subject.corpus.papers if sound != named else ():
        if paper.topics in sound:
            continue
        for index, slug in enumerate(paper.topics):
            if paper.topics.index(slug) < index:
                message = f"a topic must be named once, but {quoted(slug)} stands twice"
                yield problem(paper.origin, f"topics.{index}", "SG019", message)
            elif slug not in known and subject.topics_read:
                message = f"a topic must be one of topics.yaml, not {quoted(slug)}"
                yield problem(paper.origin, f"topics.{index}", "SG019", message, hint(slug))


def unique_identifiers(subject: Subject) -> Iterator[Problem]:
    """Find a DOI or arXiv id (its version left out) that two records share."""
    questions = {
        "doi": lambda paper: paper.links.doi.casefold(),
        "arxiv": lambda paper: paper.links.arxiv and re.sub(r"v[0-9]+\Z", "", paper.links.arxiv),
    }
    for name, question in questions.items():
        for paper, other in _repeated(subject, question):
            value = quoted(getattr(paper.links, name))
            message = f"links.{name} must belong to one record, but {value} is also that of {other.origin.path}"
            hint = "merge the records: keep one, and add the other's id to its aliases"
            yield problem(paper.origin, f"links.{name}", "SG024", message, hint)


def settled(subject: Subject) -> Iterator[Problem]:
    """Find same_as and not_same_as that name no record, the record itself, or the same record in both."""
    papers = subject.corpus.papers
    settling = [paper for paper in papers if paper.same_as or paper.not_same_as]
    if not settling:
        return
    known = {paper.id for paper in papers} | {alias for paper in papers for alias in paper.aliases} | subject.unread
    for paper in settling:
        counts = Counter([*dict.fromkeys(paper.same_as), *dict.fromkeys(paper.not_same_as)])
        for name, others in (("same_as", paper.same_as), ("not_same_as", paper.not_same_as)):
            for index, other in enumerate(others):
                where = f"{name}.{index}"
                if other == paper.id:
                    message = f"{name} must name another record, but {quoted(other)} is this one"
                    yield problem(paper.origin, where, "SG027", message)
                elif other not in known:
                    message = f"{name} must name a record, not {quoted(other)}"
                    near = sorted(one for one in known if one[:2] == other[:2])
                    yield problem(paper.origin, where, "SG027", message, nearest(other, near))
                elif name == "not_same_as" and counts[other] > 1:
                    message = f"a record must be either same_as or not_same_as, but {quoted(other)} is both"
                    yield problem(paper.origin, where, "SG027", message)
