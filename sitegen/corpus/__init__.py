"""The corpus on disk: YAML to records, every record remembering file and line, and back."""

from sitegen.corpus.dump import dump_paper, dump_topics
from sitegen.corpus.files import load_corpus, named
from sitegen.corpus.revision import load_revision
from sitegen.corpus.rules import RULES
from sitegen.corpus.schema import RECORD_CAP, SETTINGS_CAP, CorpusFile, Known, parse_corpus, parse_paper

__all__ = [
    "RECORD_CAP",
    "RULES",
    "SETTINGS_CAP",
    "CorpusFile",
    "Known",
    "dump_paper",
    "dump_topics",
    "load_corpus",
    "load_revision",
    "named",
    "parse_corpus",
    "parse_paper",
]
