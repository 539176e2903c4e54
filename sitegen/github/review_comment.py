"""The comment that accompanies a pull request: whether its records are sound, what changes, and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.report.harmless import code, markdown
from sitegen.report.review_markdown import review_markdown
from sitegen.text import plural, shorten

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sitegen.github.pull_files import LeftOut, Proposed
    from sitegen.problems import Problem
    from sitegen.reviewed import Review

MARK = "<!-- sitegen: review -->"
NOTHING = "This pull request changes no record, no topic and no setting of the corpus."
# A comment holds 65,536 characters. The review takes what it needs, at most 64,000, and lists of other things the rest.
_LIMIT = 65_300
_WORDS = 300
_LISTED = 40


def review_comment(found: Review, problems: Sequence[Problem], proposed: Proposed, sha: str) -> str:
    """Give the comment's Markdown, in at most 65,300 characters, for the commit `sha`; record words stay words."""
    rest = [_verdict(found, problems, sha), _what_next(found, problems, proposed), review_markdown(found)]
    lists = [
        ("Problems", [_problem(problem) for problem in problems]),
        ("Not looked at", [_left_out(one) for one in proposed.left_out]),
    ]
    listed = _LISTED
    while True:
        parts = [rest[0], rest[1], *_listed(lists, listed), rest[2]]
        words = "\n\n".join(parts)
        if len(words) <= _LIMIT or not listed:
            return words
        listed //= 2


def unreadable(why: str, sha: str) -> str:
    """Give the comment for a pull request after which there is no corpus."""
    return (
        f"**After this change there is no corpus to read:** {markdown(shorten(why, _WORDS))}. "
        f"Looked at: {code(sha[:12])}.\n\nWhat to do next:\n\n- bring the file back. This comment follows each push."
    )


def _verdict(found: Review, problems: Sequence[Problem], sha: str) -> str:
    errors = sum(problem.severity == "error" for problem in problems)
    warnings = len(problems) - errors
    told = plural(errors, "problem") if errors else "The records are sound"
    more = f", {plural(warnings, 'warning')}" if warnings else ""
    return f"**{told}{more}.** Looked at: {code(sha[:12])}, against {code(found.base)}."


def _what_next(found: Review, problems: Sequence[Problem], proposed: Proposed) -> str:
    steps = list(_steps(found, problems, proposed))
    if not steps:
        steps = ["nothing is left to mend. A curator reads what follows as readers will see it, and merges."]
    lines = "\n".join(f"- {step}" for step in steps)
    return f"What to do next:\n\n{lines}\n\nThis comment follows each push."


def _steps(found: Review, problems: Sequence[Problem], proposed: Proposed) -> Iterator[str]:
    if any(problem.severity == "error" for problem in problems):
        yield "mend what “Problems” lists; `sitegen check --base main --fix` mends what has one right answer."
    if proposed.left_out:
        yield "take out, or make smaller, what “Not looked at” lists."
    if found.duplicates:
        yield "compare the possible duplicates: a paper has one record, and `not_same_as` parts two that look alike."
    if found.lost:
        yield "name the addresses that would be lost as `aliases` of the records that took their place."
    if found.silent:
        yield "see whether the papers that no feed will announce are meant to be silent."
    if found.changes.changed:
        yield (
            "changed records are compared with the newest base: update the branch if what others changed meanwhile "
            "shows as taken back."
        )


def _listed(lists: Sequence[tuple[str, Sequence[str]]], limit: int) -> Iterator[str]:
    """Give each list that is not empty under its heading, and how much of it was left out."""
    for title, lines in lists:
        if lines:
            more = [f"- … and {len(lines) - limit:,} more"] if len(lines) > limit else []
            yield f"### {title}"
            yield "\n".join([*lines[:limit], *more])


def _problem(problem: Problem) -> str:
    """Give a problem as an entry of a list; a path may be as long and strange as its writer likes."""
    place = shorten(str(problem.location), _WORDS)
    warning = "" if problem.severity == "error" else "warning: "
    hint = f" ({problem.hint})" if problem.hint else ""
    return f"- {code(place)} {problem.code} {warning}{markdown(shorten(problem.message + hint, _WORDS))}"


def _left_out(one: LeftOut) -> str:
    return f"- {code(shorten(one.path, _WORDS))} {one.why}"
