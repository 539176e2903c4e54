"""Words for problems, imports and suggestions: for people, for GitHub's annotations, and as JSON.

Record text is data here too: whatever cannot be seen is shown as an escape, so that no record can write a line, a
command or a terminal sequence of its own.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Protocol

from sitegen.report.harmless import logged_line
from sitegen.text import one_line, plural, quoted, shorten, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sitegen.model import Paper
    from sitegen.problems import Problem
    from sitegen.topics import Suggestion


class MergeWords(Protocol):
    """An occurrence that was a paper already there."""

    @property
    def id(self) -> str: ...  # noqa: D102 (the names say it)
    @property
    def file(self) -> str: ...  # noqa: D102 (the names say it)
    @property
    def line(self) -> int: ...  # noqa: D102 (the names say it)
    @property
    def why(self) -> str: ...  # noqa: D102 (the names say it)


class DuplicateWords(MergeWords, Protocol):
    """An occurrence that may be the paper `other`."""

    @property
    def other(self) -> str: ...  # noqa: D102 (the names say it)


class LineWords(Protocol):
    """A line that belongs to no paper."""

    @property
    def file(self) -> str: ...  # noqa: D102 (the names say it)
    @property
    def line(self) -> int: ...  # noqa: D102 (the names say it)
    @property
    def text(self) -> str: ...  # noqa: D102 (the names say it)
    @property
    def why(self) -> str: ...  # noqa: D102 (the names say it)


class ImportWords(Protocol):
    """What an import did, as far as it is told."""

    @property
    def occurrences(self) -> int: ...  # noqa: D102 (the names say it)
    @property
    def added(self) -> tuple[Paper, ...]: ...  # noqa: D102 (the names say it)
    @property
    def merged(self) -> Sequence[MergeWords]: ...  # noqa: D102 (the names say it)
    @property
    def known(self) -> tuple[str, ...]: ...  # noqa: D102 (the names say it)
    @property
    def possible_duplicates(self) -> Sequence[DuplicateWords]: ...  # noqa: D102 (the names say it)
    @property
    def ignored(self) -> Sequence[LineWords]: ...  # noqa: D102 (the names say it)
    @property
    def rejected(self) -> Sequence[LineWords]: ...  # noqa: D102 (the names say it)


def text(problems: Iterable[Problem]) -> str:
    """Give a line for each problem, sorted by place: "path:line: CODE message (hint)"."""
    return _logged(
        f"{visible(str(problem.location))}: {problem.code} {_warning(problem)}{_sentence(problem)}"
        for problem in sorted(problems)
    )


def github(problems: Iterable[Problem]) -> str:
    """Give a workflow command for each problem, which GitHub shows beside the line in a pull request.

    Escaped as actions/toolkit does it (command.ts): "%", CR and LF everywhere, ":" and "," in properties too.
    """
    return _lines(_annotation(problem) for problem in sorted(problems))


def problems_json(problems: Iterable[Problem]) -> str:
    """Give the problems, sorted, as one JSON array in ASCII; `line` is 0 where a whole file is meant."""
    found = [
        {
            "path": problem.location.path,
            "line": problem.location.line,
            "code": problem.code,
            "severity": problem.severity,
            "message": problem.message,
            "hint": problem.hint,
        }
        for problem in sorted(problems)
    ]
    return json.dumps(found, indent=2) + "\n"


def import_text(found: ImportWords) -> str:
    """Give what an import did: the sums on the first line, then a line for each thing a curator should look at."""
    sums = [
        f"{plural(found.occurrences, 'occurrence')}: {plural(len(found.added), 'paper')} added",
        f"{len(found.merged)} merged",
        *([f"{len(found.known)} known already"] if found.known else []),
        plural(len(found.possible_duplicates), "possible duplicate"),
        f"{plural(len(found.ignored), 'line')} ignored",
        f"{plural(len(found.rejected), 'line')} rejected",
    ]
    return _logged([", ".join(sums), *_import_lines(found)])


def import_json(found: ImportWords) -> str:
    """Give what an import did as one JSON object in ASCII, in the published shape."""
    told = {
        "occurrences": found.occurrences,
        "added": [paper.id for paper in found.added],
        "merged": [{"id": one.id, "file": one.file, "line": one.line, "why": one.why} for one in found.merged],
        "possible_duplicates": [
            {"id": one.id, "file": one.file, "line": one.line, "other": one.other, "why": one.why}
            for one in found.possible_duplicates
        ],
        "ignored": [{"file": one.file, "line": one.line, "text": one.text} for one in found.ignored],
        "rejected": [{"file": one.file, "line": one.line, "text": one.text, "why": one.why} for one in found.rejected],
    }
    return json.dumps(told, indent=2) + "\n"


def topics_text(found: Mapping[str, Sequence[Suggestion]]) -> str:
    """Give each paper's id and, below it, a line for each suggested topic with its score and reasons, best first."""
    return _logged(line for name, suggestions in found.items() for line in _suggestion_lines(name, suggestions))


def topics_json(found: Mapping[str, Sequence[Suggestion]]) -> str:
    """Give the suggestions as one JSON object in ASCII, in the published shape: by id, best first."""
    told = {
        name: [{"topic": one.topic, "score": round(one.score, 4), "because": list(one.because)} for one in suggestions]
        for name, suggestions in found.items()
    }
    return json.dumps(told, indent=2) + "\n"


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _logged(lines: Iterable[str]) -> str:
    return _lines(map(logged_line, lines))


def _warning(problem: Problem) -> str:
    return "" if problem.severity == "error" else f"{problem.severity}: "


def _sentence(problem: Problem) -> str:
    return visible(problem.message + (f" ({problem.hint})" if problem.hint else ""))


def _annotation(problem: Problem) -> str:
    properties = {"file": visible(problem.location.path), "line": str(problem.location.line), "title": problem.code}
    if not problem.location.line:
        del properties["line"]
    told = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{'error' if problem.severity == 'error' else 'warning'} {told}::{_command_text(_sentence(problem))}"


def _command_text(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _command_text(value).replace(":", "%3A").replace(",", "%2C")


def _import_lines(found: ImportWords) -> Iterator[str]:
    """Give the lines of an import in the order of its sums; ignored lines are only counted."""
    for merge in found.merged:
        yield visible(f"{merge.file}:{merge.line}: merged into {merge.id}: {merge.why}")
    for one in found.possible_duplicates:
        yield visible(f"{one.file}:{one.line}: {one.id} may be the same paper as {one.other}: {one.why}")
    for line in found.rejected:
        yield visible(f"{line.file}:{line.line}: rejected: {line.why}: ") + quoted(shorten(one_line(line.text), 60))


def _suggestion_lines(name: str, suggestions: Sequence[Suggestion]) -> Iterator[str]:
    yield visible(name) if suggestions else f"{visible(name)}: no suggestion"
    for one in suggestions:
        yield visible(f"  {one.score:.2f}  {one.topic}: {', '.join(one.because)}")
