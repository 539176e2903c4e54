"""All papers that may be neighbours, with their terms."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sitegen.related.lexicon import Lexicon
from sitegen.related.vectors import Vectors

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class Space:
    """Ids of papers by place, "" where none is; terms by number; and who has which."""

    ids: Sequence[str] = ()
    lexicon: Lexicon = field(default_factory=Lexicon)
    vectors: Vectors = field(default_factory=Vectors)
