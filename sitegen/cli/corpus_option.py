"""The corpus that a command is about: the option that names it, and reading it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sitegen.problems import ProblemsFoundError

if TYPE_CHECKING:
    from pathlib import Path

    from sitegen.model import Corpus

CORPUS = click.option("--corpus", default="", metavar="DIR", help="The folder with papers/ and topics.yaml.")


def loaded_corpus(folder: Path) -> Corpus:
    """Read a corpus whose files can all be read; raises ProblemsFoundError where one cannot."""
    from sitegen.corpus import load_corpus

    corpus, problems = load_corpus(folder)
    if problems:
        raise ProblemsFoundError(problems)
    return corpus
