"""Names of people, as BibTeX, RIS and CSL write them; the truth is a table by hand, and pybtex for BibTeX's orders."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import Person

from sitegen.formats.names import alone, bibtex_names, inverted, person
from sitegen.latex import unlaced
from sitegen.model import Author


def known(given_name: str, family: str, suffix: str = "") -> Author:
    return Author(" ".join(part for part in (given_name, family, suffix) if part), family=family, given=given_name)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Donald E. Knuth", (known("Donald E.", "Knuth"),), id="First Last"),
        pytest.param("Knuth, Donald E.", (known("Donald E.", "Knuth"),), id="Last, First"),
        pytest.param("Ludwig van Beethoven", (known("Ludwig", "van Beethoven"),), id="First von Last"),
        pytest.param("van der Berg, Jan", (known("Jan", "van der Berg"),), id="von Last, First"),
        pytest.param("Jean de La Fontaine", (known("Jean", "de La Fontaine"),), id="a capital within the particle"),
        pytest.param("King, Jr., Martin L.", (known("Martin L.", "King", "Jr."),), id="Last, Jr, First"),
        pytest.param("Plato", (Author("Plato"),), id="one word"),
        pytest.param("{Google Brain}", (Author("Google Brain", literal=True),), id="a team in braces"),
        pytest.param("{Barnes and Noble}", (Author("Barnes and Noble", literal=True),), id="an and within braces"),
        pytest.param("A. B and C. D AND E. F", (known("A.", "B"), known("C.", "D"), known("E.", "F")), id="and, AND"),
        pytest.param("A. B and others", (known("A.", "B"),), id="others are no name"),
        pytest.param("Andy Anderson", (known("Andy", "Anderson"),), id="and within a word"),
        pytest.param(r"{\'E}mile Zola", (known("Émile", "Zola"),), id="an accent in braces is no team"),
        pytest.param(r"{\"O}zg{\"u}r Do{\u{g}}an", (known("Özgür", "Doğan"),), id="accents"),
        pytest.param(r"Garc{\'\i}a~P{\'e}rez, Jos\'e", (known("José", "García Pérez"),), id="a tie"),
        pytest.param(r"I\~naki Pe{\~n}a", (known("Iñaki", "Peña"),), id="a tilde that is an accent"),
        pytest.param(r"{\L}ukasz Kaiser", (known("Łukasz", "Kaiser"),), id="a letter by its macro"),
        pytest.param("O'Neil, Cathy", (known("Cathy", "O'Neil"),), id="an apostrophe"),
        pytest.param("李, 娜 and 王伟", (known("娜", "李"), Author("王伟")), id="Chinese"),
        pytest.param("{von} Berg, Jan", (known("Jan", "von Berg"),), id="a braced particle"),
        pytest.param("Jan {von} Berg", (known("Jan von", "Berg"),), id="what stands in braces has no case"),
        pytest.param("A, B, C, D", (Author("A, B, C, D"),), id="too many commas: the name whole"),
        pytest.param("Doe,", (Author("Doe"),), id="nothing behind the comma"),
        pytest.param("", (), id="nothing"),
        pytest.param("{} and -- and .", (), id="no letters"),
    ],
)
def test_bibtex_names(text: str, expected: tuple[Author, ...]) -> None:
    assert bibtex_names(text) == expected


@pytest.mark.parametrize(
    "name",
    [
        "Donald E. Knuth",
        "Knuth, Donald E.",
        "Ludwig van Beethoven",
        "Jean de La Fontaine",
        "de la Vall{\\'e}e Poussin, Charles",
        "Charles Louis Xavier Joseph de la Vall{\\'e}e Poussin",
        "King, Jr., Martin Luther",
        "Mary-Jane {Watson Parker}",
        "{\\'E}mile Zola",
        "van Rossum, Guido",
    ],
)
def test_names_are_taken_apart_as_pybtex_takes_them(name: str) -> None:
    oracle = Person(name)
    (ours,) = bibtex_names(name)
    parts = [unlaced(" ".join(part)) for part in (oracle.first_names + oracle.middle_names,)]
    assert ours.given == parts[0]
    assert ours.family == unlaced(" ".join(oracle.prelast_names + oracle.last_names))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Berg, Jan", known("Jan", "Berg"), id="Family, Given"),
        pytest.param("King, Martin L., Jr.", known("Martin L.", "King", "Jr."), id="Family, Given, Suffix"),
        pytest.param("Google Brain", Author("Google Brain"), id="no comma: nobody says which part is which"),
        pytest.param("Plato,", Author("Plato"), id="only a family name"),
        pytest.param(", Plato", Author("Plato"), id="only a given name"),
        pytest.param("A, B, C, D", Author("A, B, C, D"), id="too many commas"),
        pytest.param(" , ", None, id="only a comma"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_inverted_names(text: str, expected: Author | None) -> None:
    assert inverted(text) == expected


def test_a_particle_belongs_to_the_family_name_and_a_suffix_to_the_name_alone() -> None:
    assert person("Berg", "Jan", "van der", "Jr.") == Author("Jan van der Berg Jr.", family="van der Berg", given="Jan")


def test_a_person_without_given_name_is_a_name_whole() -> None:
    assert person("Plato") == Author("Plato")
    assert person("", "Plato") == Author("Plato")
    assert person("", "") is None


def test_a_name_is_cleaned_and_on_one_line() -> None:
    assert alone("A\x00da\n Lovelace\u0301") == Author("Ada Lovelacé")


@given(st.text(alphabet="aAé, ~{}\\'\"and.", max_size=60))
def test_no_text_breaks_a_name(text: str) -> None:
    for author in (*bibtex_names(text), inverted(text), person(text, text)):
        assert author is None or any(character.isalnum() for character in author.name)
