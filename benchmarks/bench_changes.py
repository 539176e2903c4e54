"""A corpus that is measured: its records written, and the small changes whose cost is looked at, each undone later."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bench_kinds import Records
from bench_project import add_papers, paper_path, remove
from bench_recombined import another_paper

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from sitegen.model import Paper


@dataclass(frozen=True, slots=True)
class Written:
    """Records that are on disk: their figures, years and topics by id, and the papers that changes are tried with."""

    folder: Path
    records: Records
    shelves: Mapping[str, tuple[str, tuple[str, ...]]]
    edited: Paper
    removed: Paper
    newest: str

    def change_one(self, number: int) -> None:
        """Put a new sentence into one abstract; each number gives another."""
        words = f"{self.edited.abstract} This sentence is new in round {number}."
        add_papers(self.folder, [replace(self.edited, abstract=words)])

    def add_one(self) -> None:
        """Add a paper that is newer than all others."""
        add_papers(self.folder, [self._added])

    def remove_one(self) -> None:
        """Remove an old paper."""
        remove(paper_path(self.folder, self.removed))

    def rename_topic(self, number: int) -> None:
        """Give the first topic of topics.yaml another name."""
        path = self._topics
        head, name, rest = path.read_text("utf-8").partition("\n  name: ")
        path.write_text(f"{head}{name}Renamed in round {number}, {rest}", "utf-8")

    def restore(self, topics: str) -> None:
        """Undo all of it; `topics` is what topics.yaml said."""
        remove(paper_path(self.folder, self._added))
        add_papers(self.folder, [self.edited, self.removed])
        self._topics.write_text(topics, "utf-8")

    def topics(self) -> str:
        """Give what topics.yaml says."""
        return self._topics.read_text("utf-8")

    @property
    def _topics(self) -> Path:
        return self.folder / "corpus" / "topics.yaml"

    @property
    def _added(self) -> Paper:
        return another_paper(self.edited, self.removed, self.newest)


def write_records(folder: Path, papers: Iterable[Paper], size: int) -> Written:
    """Write the records of so many papers, held one at a time; one from the middle will be changed, an older removed.

    Raises:
        SystemExit: there are too few papers to remove one.
    """
    kept: dict[int, Paper] = {}
    with_abstract: set[str] = set()
    shelves: dict[str, tuple[str, tuple[str, ...]]] = {}
    number = written = written_with = 0
    newest = ""
    for number, paper in enumerate(papers, 1):
        add_papers(folder, [paper])
        length = paper_path(folder, paper).stat().st_size
        written += length
        shelves[paper.id] = (paper.date[:4], paper.topics)
        newest = max(newest, paper.added)
        if paper.abstract:
            with_abstract.add(paper.id)
            written_with += length
        if number in {size // 3 + 1, size // 2 + 2}:
            kept[number] = paper
    if len(kept) < 2:
        raise SystemExit(f"{number} papers are too few: name sizes of at least 12")
    records = Records(number, with_abstract, written, written_with)
    return Written(folder, records, shelves, kept[size // 2 + 2], kept[size // 3 + 1], newest)
