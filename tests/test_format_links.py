"""A record's own addresses become ids and links, each where it belongs; files that are no text are refused in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.formats.links import find_links, links_of
from sitegen.formats.reading import decode, read_text
from sitegen.model import Links
from sitegen.problems import SitegenError

if TYPE_CHECKING:
    from pathlib import Path

ANTHOLOGY = "https://aclanthology.org"
REVIEW = "https://openreview.net"


@pytest.mark.parametrize(
    ("address", "links"),
    [
        pytest.param("https://arxiv.org/abs/2301.00010v2", Links(arxiv="2301.00010"), id="arXiv's page"),
        pytest.param("http://arxiv.org/pdf/hep-th/9901001v1.pdf", Links(arxiv="hep-th/9901001"), id="arXiv's file"),
        pytest.param("arXiv:2301.00010", Links(arxiv="2301.00010"), id="an arXiv id"),
        pytest.param("https://huggingface.co/papers/2301.00010", Links(arxiv="2301.00010"), id="Hugging Face"),
        pytest.param("https://doi.org/10.48550/arXiv.2301.00010", Links(arxiv="2301.00010"), id="arXiv's DOI"),
        pytest.param("10.18653/v1/N19-1423", Links(doi="10.18653/v1/n19-1423"), id="a DOI"),
        pytest.param("https://www.doi.org/10.1002%2FX.1", Links(doi="10.1002/x.1"), id="a DOI's address, encoded"),
        pytest.param("https://doi.org/10.5281/zenodo.1", Links(doi="10.5281/zenodo.1"), id="a record's own data DOI"),
        pytest.param(f"{ANTHOLOGY}/N19-1423", Links(page=f"{ANTHOLOGY}/N19-1423/"), id="ACL Anthology"),
        pytest.param(
            f"{ANTHOLOGY}/2020.acl-main.1.pdf",
            Links(pdf=f"{ANTHOLOGY}/2020.acl-main.1.pdf", page=f"{ANTHOLOGY}/2020.acl-main.1/"),
            id="ACL Anthology's file",
        ),
        pytest.param(
            "https://www.aclweb.org/anthology/P19-1001/", Links(page=f"{ANTHOLOGY}/P19-1001/"), id="its old address"
        ),
        pytest.param(f"{ANTHOLOGY}/people/x/", Links(page=f"{ANTHOLOGY}/people/x/"), id="another page of it"),
        pytest.param(f"{REVIEW}/forum?id=a_B-1&noteId=x", Links(page=f"{REVIEW}/forum?id=a_B-1"), id="OpenReview"),
        pytest.param(
            f"{REVIEW}/pdf?id=aB1",
            Links(pdf=f"{REVIEW}/pdf?id=aB1", page=f"{REVIEW}/forum?id=aB1"),
            id="OpenReview's file",
        ),
        pytest.param(f"{REVIEW}/group?id=ICLR", Links(page=f"{REVIEW}/group?id=ICLR"), id="a venue on OpenReview"),
        pytest.param("https://github.com/a/b", Links(code="https://github.com/a/b"), id="code"),
        pytest.param("https://a.org/x.pdf.", Links(pdf="https://a.org/x.pdf"), id="a file"),
        pytest.param("{https://a.org/a\\_b}", Links(page="https://a.org/a_b"), id="LaTeX around an address"),
        pytest.param("javascript:alert(1)", Links(), id="a script"),
        pytest.param("https://bank.example@evil.example/", Links(), id="a user's name in front"),
        pytest.param("https://[::1/", Links(), id="no address"),
        pytest.param("", Links(), id="nothing"),
    ],
)
def test_an_address_becomes(address: str, links: Links) -> None:
    assert links_of([address]) == links


def test_the_first_of_each_sort_is_taken() -> None:
    addresses = ["10.1000/a", "https://doi.org/10.1000/b", "https://a.org/1", "https://a.org/2", "arXiv:2301.00010"]
    assert links_of(addresses) == Links(arxiv="2301.00010", doi="10.1000/a", page="https://a.org/1")


@pytest.mark.parametrize(
    ("text", "links"),
    [
        pytest.param("See https://huggingface.co/papers/2301.00010.", Links(arxiv="2301.00010"), id="Hugging Face"),
        pytest.param("(https://doi.org/10.48550/arXiv.2301.00010)", Links(arxiv="2301.00010"), id="arXiv's DOI"),
        pytest.param(f"At {REVIEW}/pdf?id=a,", Links(pdf=f"{REVIEW}/pdf?id=a"), id="OpenReview's file"),
        pytest.param(
            "https://huggingface.co/papers/trending", Links(page="https://huggingface.co/papers/trending"), id="no id"
        ),
    ],
)
def test_abstracts_name_ids_by_the_same_addresses(text: str, links: Links) -> None:
    assert find_links(text) == links


@given(st.lists(st.text(max_size=80) | st.text(alphabet="htps:/.?=&id10arxivorg[]%", max_size=60), max_size=4))
def test_no_text_breaks_it(addresses: list[str]) -> None:
    links_of(addresses)


UTF_16 = "must be UTF-8, but is UTF-16"


@pytest.mark.parametrize(
    ("content", "message", "hint"),
    [
        pytest.param(
            "Ärger".encode("latin-1"), "must be UTF-8, but is not: byte 0xc4 in line 1", "LATIN1", id="Latin-1"
        ),
        pytest.param("Ärger".encode("utf-16"), UTF_16, "UTF-16", id="UTF-16 with its mark"),
        pytest.param("@misc{a, title={x}}".encode("utf-16-le"), UTF_16, "UTF-16", id="UTF-16, little end first"),
        pytest.param("@misc{a, title={x}}".encode("utf-16-be"), UTF_16, "UTF-16", id="UTF-16, big end first"),
        pytest.param(b"@misc{a,\0}", r"is not a text file \(it holds a NUL byte in line 1\)", "UTF-8", id="a NUL"),
        pytest.param(b"\0\0\0\0\0\0", r"is not a text file \(it holds a NUL byte in line 1\)", "UTF-8", id="NULs"),
    ],
)
def test_what_is_no_utf_8_is_refused_with_the_way_to_convert_it(content: bytes, message: str, hint: str) -> None:
    with pytest.raises(SitegenError, match=message) as refused:
        decode(content, "f.bib")
    assert hint in refused.value.hint


def test_a_byte_order_mark_is_no_text() -> None:
    assert decode("\ufeff@misc".encode(), "f.bib") == "@misc"


def test_a_file_of_a_gigabyte_is_refused_by_its_size_before_it_is_read(tmp_path: Path) -> None:
    huge = tmp_path / "huge.bib"
    with huge.open("wb") as file:
        file.truncate(1024**3)
    with pytest.raises(SitegenError, match="must be at most 64 MiB, not 1024 MiB"):
        read_text(huge)
