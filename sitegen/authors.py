"""Authors: who wrote which papers, each under the one address of their page and feed."""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

from sitegen import text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sitegen.model import Author, Paper

# So many papers make a page and a feed: whoever wrote fewer is found in the list of all authors.
AUTHOR_LEAST = 3


class Person(NamedTuple):
    """An author with their papers, as `slug` is one; the name is that on the first of the papers that were given."""

    slug: str
    author: Author
    papers: tuple[Paper, ...]

    @property
    def has_page(self) -> bool:
        """Whether there is a page about them."""
        return len(self.papers) >= AUTHOR_LEAST


def people(papers: Iterable[Paper]) -> tuple[Person, ...]:
    """Give every author by slug, their papers in the order given.

    Two people of one name are one here, and one who is written with and without accents too.
    """
    slugs = _Slugs()
    named: dict[str, Author] = {}
    wrote: dict[str, list[Paper]] = {}
    for paper in papers:
        for author in paper.authors:
            slug = slugs[author.name]
            if slug not in named:
                named[slug], wrote[slug] = author, [paper]
            elif wrote[slug][-1] is not paper:
                wrote[slug].append(paper)
    return tuple(Person(slug, named[slug], tuple(wrote[slug])) for slug in sorted(named))


class _Slugs(dict[str, str]):
    """The address of each name: most names are on several papers."""

    def __missing__(self, name: str) -> str:
        slug = self[name] = author_slug(name)
        return slug


# A name stands on several papers, and is asked for by pages, feeds and lists.
@lru_cache(maxsize=65_536)
def author_slug(name: str) -> str:
    """Give an author's address: "Jan Šnajder" gives "jan-snajder".

    What of a name is in no Latin letters becomes a number that stays the same, so that no two such names are one.
    """
    latin = text.slug(name)[:80].rstrip("-")
    told = name.isascii() or not any(letter > "\x7f" and letter.isalnum() for letter in text.without_marks(name))
    if told and latin and latin != "index":
        return latin
    key = blake2b(text.one_line(name).encode(errors="replace"), digest_size=6).hexdigest()
    return f"{latin}-{key}" if latin else key


def name_key(author: Author) -> str:
    """Give what a list of names is sorted by: the family name first, or the last word where it is not known."""
    if author.literal:
        return text.slug(author.name)
    family = author.family or author.name.rpartition(" ")[2]
    return text.slug(f"{family} {author.name}")
