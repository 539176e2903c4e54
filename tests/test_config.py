"""Settings: where things are, and where the site will live."""

from __future__ import annotations

from pathlib import Path

import pytest
from projects import ROOT

from sitegen.config import checked_site_url, load_settings, settings_of
from sitegen.problems import SitegenError


def config(folder: Path, words: str) -> Path:
    path = folder / "mkdocs.yml"
    path.write_text(words, "utf-8")
    return path


def test_everything_has_its_place_beside_mkdocs_yml(tmp_path: Path) -> None:
    settings = settings_of(config(tmp_path, "site_name: x\ntheme: {name: material, custom_dir: theme}\n"))
    assert settings.corpus_dir == tmp_path / "corpus"
    assert settings.docs_dir == tmp_path / "docs"
    assert settings.theme_dir == tmp_path / "theme"
    assert settings.out_dir == tmp_path / "site"
    assert settings.site_url == "https://example.org/"
    assert settings.sources == (tmp_path / "corpus", tmp_path / "docs", tmp_path / "theme")
    assert settings.owns_docs


def test_mkdocs_yml_and_the_command_line_can_say_otherwise(tmp_path: Path) -> None:
    path = config(tmp_path, "docs_dir: words\nsite_dir: out\nsite_url: https://a.test/b\ntheme: material\n")
    settings = settings_of(path)
    assert (settings.docs_dir, settings.out_dir) == (tmp_path / "words", tmp_path / "out")
    assert (settings.site_url, settings.theme_dir) == ("https://a.test/b/", None)
    assert settings.sources == (tmp_path / "corpus", tmp_path / "words")
    named = settings_of(path, "elsewhere/corpus", "public")
    assert (named.corpus_dir, named.out_dir) == (Path("elsewhere/corpus"), Path("public"))
    assert not named.owns_docs


def test_a_corpus_named_by_another_way_is_still_the_projects_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = config(tmp_path, "")
    monkeypatch.chdir(tmp_path)
    assert settings_of(path, "./corpus/../corpus").owns_docs
    assert settings_of(Path("mkdocs.yml"), str(tmp_path / "corpus")).owns_docs


def test_what_only_mkdocs_understands_is_passed_over(tmp_path: Path) -> None:
    words = "site_url: !ENV [NOBODY_SETS_THIS, x]\nnav: !!python/name:os.system\nx: !relative $docs_dir\n"
    assert settings_of(config(tmp_path, words)).site_url == "https://example.org/"


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        pytest.param("a: [", "mkdocs.yml: cannot be read: while parsing", id="no YAML"),
        pytest.param("[a, b]", "must be a mapping", id="a list"),
        pytest.param("words", "must be a mapping", id="a word"),
        pytest.param("a: \x07", "cannot be read", id="a control character"),
        pytest.param("a: 2023-99-99", "cannot be read: month must be in 1..12", id="a date that is none"),
        pytest.param("site_url: papers.test", "must be an address like", id="an address without its scheme"),
    ],
)
def test_a_mkdocs_yml_that_cannot_be_read_is_a_fault_in_one_line(tmp_path: Path, words: str, fault: str) -> None:
    with pytest.raises(SitegenError) as caught:
        settings_of(config(tmp_path, words))
    assert fault in caught.value.message
    assert "\n" not in caught.value.message


def test_a_missing_mkdocs_yml_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(SitegenError, match=r"cannot be read: .*No such file"):
        settings_of(tmp_path / "mkdocs.yml")


@pytest.mark.parametrize(
    ("value", "address"),
    [
        pytest.param(None, "https://example.org/", id="nothing"),
        pytest.param("", "https://example.org/", id="an empty one"),
        pytest.param("https://papers.test", "https://papers.test/", id="a host"),
        pytest.param("http://papers.test:8000/", "http://papers.test:8000/", id="a port"),
        pytest.param("https://papers.test/a/b", "https://papers.test/a/b/", id="a path"),
        pytest.param("http://127.0.0.1:8000/repo/", "http://127.0.0.1:8000/repo/", id="this machine"),
        pytest.param("https://papers.test/%C3%A9/", "https://papers.test/%C3%A9/", id="an encoded path"),
    ],
)
def test_an_address_ends_in_a_slash(value: object, address: str) -> None:
    assert checked_site_url(value, "mkdocs.yml") == address


@pytest.mark.parametrize(
    "value",
    [
        pytest.param("papers.test", id="no scheme"),
        pytest.param("ftp://papers.test/", id="another scheme"),
        pytest.param("https:///path/", id="no host"),
        pytest.param("//papers.test/", id="no scheme but a host"),
        pytest.param("https://papers.test/?a=b", id="a query"),
        pytest.param("https://papers.test/?", id="an empty query"),
        pytest.param("https://papers.test/#a", id="a fragment"),
        pytest.param("https://ada:secret@papers.test/", id="a password"),
        pytest.param("https://@papers.test/", id="an empty user name"),
        pytest.param("https://papers.test/a b/", id="a space"),
        pytest.param('https://papers.test/"onload="x', id="a quotation mark"),
        pytest.param("https://papers.test/<b>/", id="a tag"),
        pytest.param("https://papers.test/\n", id="a line break"),
        pytest.param("https://päpers.test/", id="a host that is not encoded"),
        pytest.param("http://[x/", id="half an IPv6 address"),
        pytest.param(5, id="a number"),
        pytest.param(["https://papers.test/"], id="a list"),
    ],
)
def test_what_is_no_address_is_refused(value: object) -> None:
    with pytest.raises(SitegenError, match=r"mkdocs\.yml: site_url must be an address like"):
        checked_site_url(value, "mkdocs.yml")


# ---- which mkdocs.yml -----------------------------------------------------------------------------------------------


def test_this_folder_comes_first_then_the_corpus_then_sitegens_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    (there / "corpus").mkdir(parents=True)
    monkeypatch.chdir(here)
    corpus = str(there / "corpus")
    assert load_settings(corpus).config_file == ROOT / "mkdocs.yml"
    config(there, "")
    assert load_settings(corpus).config_file == there / "mkdocs.yml"
    config(here, "")
    assert load_settings(corpus).config_file == Path("mkdocs.yml")
    assert load_settings(corpus).corpus_dir == there / "corpus"


def test_without_any_mkdocs_yml_a_person_is_told_where_to_stand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sitegen.config.__file__", str(tmp_path / "lib" / "sitegen" / "config.py"))
    with pytest.raises(SitegenError, match=r"mkdocs\.yml is not in this folder") as caught:
        load_settings()
    assert caught.value.hint == "run sitegen in the folder of your project"
