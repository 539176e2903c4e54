"""The reference pages of the guide, held against the program: nothing is missing there, and nothing is too much."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest
import yaml
from click.testing import CliRunner
from guide import guide_page, new_project
from projects import PAPERS, make_corpus, make_project, tree

from sitegen.build import build
from sitegen.cli import main
from sitegen.config import settings_of
from sitegen.corpus import load_corpus
from sitegen.corpus.schema import FEED_KEYS, SETTINGS_KEYS, TOPIC_KEYS
from sitegen.frame import html_path
from sitegen.mkdocs_plugin import Options
from sitegen.pages import ArticlePage
from sitegen.plan import plan
from sitegen.savings import Savings
from sitegen.site import enrich

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitegen.model import Paper


def rows(words: str) -> list[list[str]]:
    """Give the cells of a page's tables, without their heads."""
    lines = re.findall(r"^\| (`.+) \|$", words, re.MULTILINE)
    return [re.split(r" (?<!\\)\| ", line) for line in lines]


def sections(page: str) -> dict[str, str]:
    """Give a page's text by its headings of the second rank."""
    _, *parts = re.split(r"^## ", guide_page(page).read_text("utf-8"), flags=re.MULTILINE)
    return {part.partition("\n")[0]: part.partition("\n")[2] for part in parts}


# ---- commands -------------------------------------------------------------------------------------------------------


def option_row(option: click.Option) -> str:
    """Give the row that the page must have for an option."""
    names = ", ".join([*option.opts, *option.secondary_opts])
    value = f" {option.metavar}" if option.metavar else ""
    kind = option.type
    if isinstance(kind, click.Choice):
        words = [f"`{choice}`{' (unless given)' if choice == option.default else ''}" for choice in kind.choices]
        return f"| `{names}` | {option.help} {', '.join(words)} |"
    given = f" Unless given: `{option.default}`." if option.show_default and isinstance(option.default, str) else ""
    return f"| `{names}{value}` | {option.help}{given} |"


def command_section(command: click.Command) -> str:
    """Give what the page must hold of a command: how it is called, what it does, its options."""
    words = ["sitegen", str(command.name)]
    words += ["[OPTIONS]"] if any(isinstance(param, click.Option) for param in command.params) else []
    words += [
        param.make_metavar(click.Context(command)) for param in command.params if param.param_type_name == "argument"
    ]
    options = [option_row(param) for param in command.params if isinstance(param, click.Option)]
    table = ["", "| option | what it does |", "|---|---|", *options] if options else []
    says = " ".join((command.help or "").split("\n\n")[0].split())
    return "\n".join(["", "```text", " ".join(words), "```", "", says, *table, ""])


def test_the_page_of_commands_has_each_with_its_options_in_the_words_of_its_help() -> None:
    found = sections("commands.md")
    assert [f"sitegen {name}" for name in main.commands] == [name for name in found if name.startswith("sitegen ")]
    for name, command in main.commands.items():
        wanted = command_section(command)
        assert found[f"sitegen {name}"].startswith(wanted), f"{name} must begin with:\n{wanted}"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["check"], 0),
        (["diff", "main"], 0),
        (["import", "--dry-run", "corpus/topics.yaml", "--from", "abstract-list"], 1),
        (["check", "--corpus", "broken"], 1),
        (["build", "--corpus", "broken"], 1),
        (["check", "--corpus", "nowhere"], 2),
        (["check", "--no-such-option"], 2),
        (["export", "no-such-format"], 2),
        (["diff", "no-such-revision"], 2),
        (["topics", "no-such-paper"], 2),
        (["init", "corpus"], 2),
    ],
)
def test_commands_end_with_the_code_that_the_page_gives(
    words: list[str], code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [cells[0] for cells in rows(sections("commands.md")["Exit codes"])] == ["`0`", "`1`", "`2`"]
    project = new_project(tmp_path / "papers")
    make_corpus(project / "broken", {"2024/x.yaml": "title: X\nadded: soon\n"})
    monkeypatch.chdir(project)
    done = CliRunner().invoke(main, words)
    assert done.exit_code == code, done.output


# ---- settings -------------------------------------------------------------------------------------------------------


def named(words: str) -> list[str]:
    return [cells[0].strip("`") for cells in rows(words)]


def test_the_page_of_settings_names_every_key_of_corpus_yaml_and_topics_yaml() -> None:
    found = sections("settings.md")
    assert named(found["corpus.yaml"]) == [*SETTINGS_KEYS, *FEED_KEYS]
    assert named(found["topics.yaml"]) == list(TOPIC_KEYS)


def test_each_key_of_mkdocs_yml_that_the_page_names_is_read_and_no_other_is(tmp_path: Path) -> None:
    keys = named(sections("settings.md")["mkdocs.yml"])
    place = tmp_path / "mkdocs.yml"
    base = {"site_url": "https://a.test/", "extra": {"repository": "https://github.com/ada/papers"}}

    def with_key(key: str, value: object) -> object:
        above, _, name = key.rpartition(".")
        config: dict[str, object] = dict(base)
        inside = config.get(above, {})
        config |= {above: {**(inside if isinstance(inside, dict) else {}), name: value}} if above else {name: value}
        place.write_text(yaml.safe_dump(config), "utf-8")
        return settings_of(place)

    place.write_text(yaml.safe_dump(base), "utf-8")
    plain = settings_of(place)
    values: dict[str, object] = {"site_url": "https://b.test/", "extra.repository": "https://github.com/ada/others"}
    values["plugins"] = [{"sitegen": {"compact": True}}]
    for key in keys:
        assert with_key(key, values.get(key, "another")) != plain, key
    sources = "".join((Path("sitegen") / name).read_text("utf-8") for name in ("config.py", "repository.py"))
    read = set(re.findall(r'(?:config|found|theme)\.get\("(\w+)"', sources))
    assert read == {part for key in keys for part in key.split(".")}


def test_the_page_names_every_option_of_the_plugin_with_its_default_and_each_is_read(tmp_path: Path) -> None:
    options = dict(Options()._schema)
    told = {cells[0].strip("`"): cells[2] for cells in rows(sections("settings.md")["The plugin's options"])}
    assert told == {name: f"`{str(option.default).lower()}`" for name, option in options.items()}
    place = tmp_path / "mkdocs.yml"
    for name, value in {"compact": False, "siblings": ["json"]}.items():
        place.write_text(yaml.safe_dump({"plugins": [{"sitegen": {name: value}}]}), "utf-8")
        assert settings_of(place).savings != Savings(), name


# ---- addresses ------------------------------------------------------------------------------------------------------

PLACES = {"n": r"\d+", "hash": r"[0-9a-f]{8}(?:[0-9a-f]{4})?", "year": r"(?:\d{4}|undated)", "page": ".+", "path": ".*"}
PLACES |= {"month": r"(?:\d{4}-)?(?:\d\d|year)"}
PLACES |= {"kind": "(?:survey|benchmark|dataset|method|theory|system|position)", "group": "(?:topics|kinds|authors)"}


def patterns() -> dict[str, re.Pattern[str]]:
    """Give each address of the page as a pattern of files below the site."""
    cells = [row[0] for words in sections("addresses.md").values() for row in rows(words)]
    shown = [address for cell in cells for address in re.findall(r"`/([^`]*)`", cell)]
    assert len(shown) == len(set(shown))
    return {address: re.compile("".join(_pieces(address))) for address in shown}


def _pieces(address: str) -> Iterator[str]:
    for piece in re.split(r"(<\w+>)", address):
        yield PLACES.get(piece[1:-1], "[^/]+") if piece.startswith("<") else re.escape(piece)
    # A page's address ends in "/", and that of the home page and of the guide's first page is the folder's.
    yield "index\\.html" if not address or address.endswith(("/", "<path>")) else ""


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Every file of a small site that has something of each kind, and the pages that only large ones have."""
    ada = {
        f"2024/of-ada-{n}.yaml": f"title: Ada {n}\nadded: 2025-12-03T00:00:0{n}Z\nauthors: [Ada Byron]\n"
        "date: 2024-05\ntopics: [agents, learning]\n"
        for n in (1, 2, 3)
    }
    project = make_project(tmp_path_factory.mktemp("addresses") / "papers", papers={**PAPERS, **ada})
    settings = project / "corpus/corpus.yaml"
    settings.write_text(settings.read_text("utf-8") + "author_feeds: true\n", "utf-8")
    build(settings_of(project / "mkdocs.yml"), 1, lambda *_: None)
    corpus, _ = load_corpus(project / "corpus")
    like = next(paper for paper in corpus.papers if paper.id == "of-ada-1")
    large = replace(corpus, papers=tuple(_many(like)))
    pages = plan(enrich(large), "https://papers.test/")
    planned = {html_path(page.path) for page in pages if isinstance(page, ArticlePage)}
    files = {path for path, (_, body) in tree(project / "site").items() if body or Path(path).suffix}
    return planned | files


def _many(like: Paper) -> Iterator[Paper]:
    """Give so many papers of one author, kind and month that every list is cut, and as many without a month or date."""
    for number in range(1600):
        letters = f"{chr(97 + number % 2)}{chr(97 + number // 2 % 26)}{number}"
        name = replace(like.authors[0], name=f"Ada {letters.title()}", family=letters.title(), given="Ada")
        yield replace(
            like,
            id=f"x{number}",
            title=f"{letters} of many",
            kind="survey",
            authors=(like.authors[0], name),
            date=("", "2024", "2024-05", "2024-06")[number % 4],
        )


def test_every_file_of_a_site_has_one_address_of_the_page_and_every_address_a_file(places: set[str]) -> None:
    known = patterns()
    for path in sorted(places):
        fits = [address for address, pattern in known.items() if pattern.fullmatch(path)]
        assert fits, path
    unused = [a for a, pattern in known.items() if not any(pattern.fullmatch(path) for path in places)]
    # Only a sitemap of more than 50,000 addresses is in parts.
    assert unused == ["sitemap-<n>.xml"]
