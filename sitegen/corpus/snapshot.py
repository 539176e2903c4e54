"""A corpus's folder at one moment: what lies in it, told by digests, and its records, made of what is kept of them.

Reading the bytes of 50,000 records takes a fraction of a second, and reading them as YAML ten times that. So a record
whose name and bytes are known is not parsed again, and where the whole is as it was nothing need be made at all.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

import yaml

from sitegen.collector import collector_at_rest
from sitegen.corpus.files import corpus_files, must_be_corpus, named, read_file
from sitegen.corpus.rows import papers_of, row_of
from sitegen.corpus.schema import CorpusFile, parse_corpus, parse_paper
from sitegen.kept import read_kept, write_kept
from sitegen.processes import shared_out

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from sitegen.model import Corpus, Paper
    from sitegen.problems import Problem

_DIGEST = 32  # hexadecimal digits
FEW = 1000  # records: for fewer, a second process costs more than it brings
_PART = 500  # records: some are long, and some are short


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Every file's path as the user would name it, in order, with a digest of its name and bytes; what was refused.

    `base` is the folder, with "/" at its end.
    """

    base: str
    files: dict[str, str]
    problems: tuple[Problem, ...]

    @property
    def digest(self) -> str:
        """A digest of all paths and bytes: 32 hexadecimal digits of BLAKE2b."""
        files = [f"{path}\0{digest}\n" for path, digest in self.files.items()]
        refused = [f"{one.location.path}\0{one.message}\n" for one in self.problems]
        told = "".join([*files, *refused]).encode("utf-8", "surrogateescape")
        return hashlib.blake2b(told, digest_size=_DIGEST // 2).hexdigest()


def take_snapshot(root: Path) -> Snapshot:
    """Read a corpus's folder; raises SitegenError where there is no corpus."""
    base = named(root)
    must_be_corpus(root)
    problems: list[Problem] = []
    files = {file.path: _file_digest(file) for file in corpus_files(base, problems)}
    return Snapshot(base, files, tuple(problems))


def corpus_of(snapshot: Snapshot, kept: Path, version: str, jobs: int = 1) -> tuple[Corpus, tuple[Problem, ...]]:
    """Give what `load_corpus` gives, with `digest` and `digests`, by the help of what the file `kept` keeps.

    That is for code of one version, and may be lost; what is not kept is read by so many processes. What changed since
    the snapshot is read as it is now, and told by the corpus's digest. Raises SitegenError where the file cannot be
    written.
    """
    before = _read_rows(kept, version)
    known = before | _found_rows(snapshot, before, jobs)
    unknown = [path for path, digest in snapshot.files.items() if digest not in known]
    problems = list(snapshot.problems)
    now = dict(snapshot.files)
    with collector_at_rest():
        fresh, found = parse_corpus(_read_again(unknown, snapshot.base, now, problems))
        rows = {path: known[digest] for path, digest in snapshot.files.items() if digest in known}
        papers = list(papers_of(list(rows.items())))
        faulty = {problem.location.path for problem in found}
        for paper in fresh.papers:
            digest, row = row_of(paper)
            papers.append((paper, digest))
            if paper.origin.path not in faulty:
                rows[paper.origin.path] = row
        papers.sort(key=lambda one: (one[0].added, one[0].id, one[0].origin.path))
    _write_rows(kept, version, before, {now[path]: row for path, row in rows.items()})
    corpus = replace(
        fresh,
        papers=tuple([paper for paper, _ in papers]),
        digest=replace(snapshot, files=now, problems=tuple(problems)).digest,
        digests=_by_id(papers),
    )
    return corpus, tuple(sorted([*found, *problems]))


def _found_rows(snapshot: Snapshot, known: Mapping[str, bytes], jobs: int) -> dict[str, bytes]:
    """Give the rows of records that are not known and have no problems, where several processes find them sooner.

    They are by the digests of their files as they are now.
    """
    papers = snapshot.base + "papers/"
    unknown = [path for path, digest in snapshot.files.items() if digest not in known and path.startswith(papers)]
    if jobs == 1 or len(unknown) < FEW:
        return {}
    parts = [unknown[first : first + _PART] for first in range(0, len(unknown), _PART)]
    return dict(chain.from_iterable(shared_out(partial(_sound_rows, snapshot.base), parts, jobs)))


def _sound_rows(base: str, paths: Sequence[str]) -> list[tuple[str, bytes]]:
    """Give digests and rows of those of the files that are records without problems."""
    now: dict[str, str] = {}
    found = []
    for file in _read_again(paths, base, now, []):
        paper, problems = parse_paper(file.content, file.path)
        if paper and not problems:
            found.append((now[file.path], row_of(paper)[1]))
    return found


def _read_again(paths: Iterable[str], base: str, now: dict[str, str], problems: list[Problem]) -> Iterator[CorpusFile]:
    """Give files with their bytes, and note digests `now`: bytes may differ from those that were read before."""
    for path in paths:
        content = read_file(path, problems)
        if content is not None:
            file = CorpusFile(path, path.removeprefix(base), content)
            now[path] = _file_digest(file)
            yield file


def _file_digest(file: CorpusFile) -> str:
    """Give a digest of a record's name, which is its id, and its bytes; no other file has the digest of a record."""
    folder, _, name = file.inside.rpartition("/")
    what = (name if folder else "/" + name).encode("utf-8", "surrogateescape")
    return hashlib.blake2b(b"%s\0%s" % (what, file.content), digest_size=_DIGEST // 2).hexdigest()


def _by_id(papers: list[tuple[Paper, str]]) -> dict[str, str]:
    """Give digests by ids, but for ids that several papers have, which is a problem of its own."""
    digests = {paper.id: digest for paper, digest in papers}
    if len(digests) < len(papers):
        count = Counter(paper.id for paper, _ in papers)
        digests = {id_: digest for id_, digest in digests.items() if count[id_] == 1}
    return digests


def _read_rows(kept: Path, version: str) -> dict[str, bytes]:
    """Give the rows of records without problems, by the digests of their files."""
    lines = read_kept(kept, _made_by(version))
    return {line[:_DIGEST].decode("ascii"): line[_DIGEST:] for line in lines}


def _write_rows(kept: Path, version: str, known: dict[str, bytes], rows: dict[str, bytes]) -> None:
    if rows.keys() != known.keys():
        write_kept(kept, _made_by(version), [digest.encode("ascii") + row for digest, row in rows.items()])


def _made_by(version: str) -> str:
    return f"{version} {yaml.__version__}"
