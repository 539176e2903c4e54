"""The corpus on disk: YAML to records, every record remembering file and line, and back."""

from sitegen.corpus.dump import dump_paper, dump_topics
from sitegen.corpus.files import load_corpus, named
from sitegen.corpus.rows import paper_digest
from sitegen.corpus.rules import RULES
from sitegen.corpus.schema import RECORD_CAP, SETTINGS_CAP, CorpusFile, Known, parse_corpus, parse_paper
from sitegen.corpus.snapshot import Snapshot, corpus_of, take_snapshot

__all__ = [
    "RECORD_CAP",
    "RULES",
    "SETTINGS_CAP",
    "CorpusFile",
    "Known",
    "Snapshot",
    "corpus_of",
    "dump_paper",
    "dump_topics",
    "load_corpus",
    "named",
    "paper_digest",
    "parse_corpus",
    "parse_paper",
    "take_snapshot",
]
