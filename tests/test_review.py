"""`sitegen diff` as people run it: real repositories, exact words, JSON's shape, and records that mean harm."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from markdown_it import MarkdownIt
from projects import ROOT, make_project
from repositories import TOPICS, commit, git, make_repository, record, write

from sitegen.cli import main
from sitegen.report.harmless import code, logged, markdown

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

PAPERS = {
    "2023/one": record("One", topics="[agents]", kind="method", date="2023-08-14", authors="[Ada Byron, Grace Hopper]"),
    "2023/two": record("Two", "2025-11-04T00:00:00Z", topics="[reasoning]", links="{doi: 10.1000/182}"),
}
NEW = record(
    "On $k$ sheep",
    "2025-11-05T00:00:00Z",
    topics="[agents, reasoning]",
    kind="survey",
    author_count="6",
    date="2024-05",
    venue="Meadow",
    links="{arxiv: 2405.00001, code: https://code.example/sheep}",
    abstract="We count sheep, e.g. black ones. They sleep. Nobody reads the third sentence.",
)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a site at an address of its own, which is also the current folder."""
    folder = make_repository(tmp_path / "repository", PAPERS)
    write(folder, {"mkdocs.yml": "site_url: https://papers.test/\n"})
    commit(folder)
    monkeypatch.chdir(folder)
    return folder


def run(*words: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(main, ["diff", *words], prog_name="sitegen")
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.stdout, done.stderr


def said(*words: str) -> str:
    code_, out, err = run(*words)
    assert (code_, err) == (0, "")
    return out


def told(*words: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(said(*words, "--format", "json"))
    return found


def put(folder: Path, papers: Mapping[str, str]) -> None:
    write(folder, {f"corpus/papers/{name}.yaml": body for name, body in papers.items()})


def test_a_new_paper_is_told_as_readers_will_see_it(repository: Path) -> None:
    put(repository, {"2024/sheep": NEW})
    assert said("main") == (
        "main -> the working files: 1 new paper, 0 changed, 0 removed\n"
        "1 new entry in all, agents, reasoning, kinds/survey; 0 announced again\n"
        "\n"
        "New papers\n"
        "  sheep: On k sheep\n"
        "    6 authors · May 2024 · Meadow · Survey\n"
        "    Agents, Reasoning\n"
        "    We count sheep, e.g. black ones. They sleep.\n"
        "    arXiv https://arxiv.org/abs/2405.00001\n"
        "    PDF https://arxiv.org/pdf/2405.00001\n"
        "    Code https://code.example/sheep\n"
        "\n"
        "Feeds\n"
        "  feeds/all: 1 new (sheep)\n"
        "  feeds/topics/agents: 1 new (sheep)\n"
        "  feeds/topics/reasoning: 1 new (sheep)\n"
        "  feeds/kinds/survey: 1 new (sheep)\n"
        "\n"
        "Addresses gained\n"
        "  /browse/2024/: and 1 file beside it\n"
        "  /feeds/kinds/survey.atom.xml: and 2 files beside it\n"
        "  /feeds/kinds/survey/archive/2025-11-1.atom.xml\n"
        "  /kinds/survey/: and 1 file beside it\n"
        "  /papers/sheep/: and 5 files beside it\n"
        "\n"
        "Size of the site\n"
        "  pages: 15, now 18; files: 84, now 98 (all that is made from records; "
        "hand-written pages and the search are not counted)\n"
        "\n"
        "Curators of the touched topics\n"
        "  agents: @ada, @bob\n"
    )


def test_when_nothing_changed_that_is_said(repository: Path) -> None:
    assert said("HEAD") == "HEAD -> the working files: Nothing changed.\n"
    assert said("HEAD", "main", "--format", "markdown") == "**Nothing changed.** From `HEAD` to `main`.\n"
    found = told("HEAD")
    assert found["empty"] is True
    assert found["feeds"] == {"summary": "0 new entries; 0 announced again", "changed": [], "silent": []}
    write(repository, {"corpus/papers/2023/one.yaml": "", "corpus/papers/elsewhere/one.yaml": PAPERS["2023/one"]})
    assert "Nothing changed" in said("HEAD"), "a folder is only order"


def test_changes_are_told_field_by_field(repository: Path) -> None:
    one = PAPERS["2023/one"].replace("One", "Won").replace("[agents]", "[reasoning]").replace("Ada Byron, ", "")
    put(repository, {"2023/one": one, "2023/two": ""})
    words = said("main")
    assert (
        "Changed papers\n  one: Won\n    title\n    - One\n    + Won\n    authors\n    - Ada Byron\n"
        "    topics\n    - agents\n    + reasoning\n\n"
        "Removed papers\n  two: Two\n\n"
        "Topic moves\n  one: from agents to reasoning\n"
    ) in words
    assert "Addresses lost\n" in words
    assert "  /papers/two/: and 5 files beside it\n" in words


def test_json_has_the_published_shape(repository: Path) -> None:
    one = PAPERS["2023/one"].replace("One", "Won").replace("[agents]", "[reasoning]")
    put(repository, {"2024/sheep": NEW, "2023/one": one, "2024/second": record("Two", links="{doi: 10.1000/182}")})
    put(repository, {"2023/two": ""})
    write(repository, {"corpus/topics.yaml": TOPICS + "- {slug: sheep, name: Sheep}\n"})
    found = told("main", "--corpus", "corpus")
    assert list(found) == [
        "base", "head", "empty", "errors", "faulty", "new", "changed", "removed", "merged", "topics", "topic_moves",
        "settings", "possible_duplicates", "feeds", "addresses", "size", "curators",
    ]  # fmt: skip
    guide = (ROOT / "docs/guide/curating.md").read_text("utf-8").partition("one object with the keys ")[2]
    assert re.findall(r"`(\w+)`", guide.partition(". It ends")[0]) == list(found)
    assert (found["base"], found["head"], found["empty"], found["errors"]) == ("main", "the working files", False, 0)
    assert [card["id"] for card in found["new"]] == ["second", "sheep"]
    assert found["new"][1] == {
        "id": "sheep",
        "file": "corpus/papers/2024/sheep.yaml",
        "title": "On k sheep",
        "names": "6 authors",
        "date": "May 2024",
        "venue": "Meadow",
        "kind": "Survey",
        "topics": ["Agents", "Reasoning"],
        "facts": [],
        "links": {
            "arXiv": "https://arxiv.org/abs/2405.00001",
            "PDF": "https://arxiv.org/pdf/2405.00001",
            "Code": "https://code.example/sheep",
        },
        "abstract": "We count sheep, e.g. black ones. They sleep.",
    }
    assert found["changed"] == [
        {
            "id": "one",
            "file": "corpus/papers/2023/one.yaml",
            "fields": [
                {"field": "title", "before": "One", "after": "Won"},
                {"field": "topics", "before": ["agents"], "after": ["reasoning"]},
            ],
        }
    ]
    assert (found["removed"], found["merged"]) == (["two"], [])
    assert found["topics"] == {"new": ["sheep"], "changed": [], "removed": []}
    assert found["topic_moves"] == [{"id": "one", "from": ["agents"], "to": ["reasoning"]}]
    assert found["possible_duplicates"] == [
        {"id": "second", "other": "two", "why": "same DOI 10.1000/182", "certain": True}
    ]
    # "one" is new in reasoning, "second" is "two" under another id.
    assert found["feeds"]["summary"] == "2 new entries in all, agents, reasoning, kinds/survey; 1 announced again"
    assert found["feeds"]["changed"][0] == {
        "name": "all",
        "title": "Papers",
        "new": ["paper/sheep"],
        "again": ["paper/second"],
        "gone": ["paper/two"],
        "late": [],
    }
    assert "papers/two/" in found["addresses"]["lost"]
    assert "papers/sheep/" in found["addresses"]["gained"]
    assert found["size"]["after"]["pages"] - found["size"]["before"]["pages"] == 4
    assert found["curators"] == {"agents": ["@ada", "@bob"]}


def test_topics_and_settings_are_told_field_by_field(repository: Path) -> None:
    other = TOPICS.replace("name: Reasoning", "name: Thinking").replace("slug: agents", "slug: llm")
    write(repository, {"corpus/topics.yaml": other, "corpus/corpus.yaml": "format: 1\ntitle: Flock\n"})
    put(repository, {"2023/one": PAPERS["2023/one"].replace("agents", "llm")})
    words = said("main")
    assert "Topics\n  llm: is new: Agents\n  agents: is removed: Agents\n  reasoning: Thinking\n    name\n" in words
    assert "Settings\n  corpus.yaml\n    title\n    - Papers\n    + Flock\n" in words
    assert "  feeds/topics/agents: 1 gone (one)\n" in words


def test_what_is_long_is_told_short(repository: Path) -> None:
    names = ", ".join(f"Ada B{number}" for number in range(20))
    organizations = ", ".join(f"Home {number}" for number in range(3))
    put(repository, {"2024/many": record("Many", authors=f"[{names}]", links=f"{{pdf: 'https://x.test/{'y' * 600}'}}")})
    put(repository, {"2024/none": record("None", organizations=f"[{organizations}]", announce="false")})
    put(repository, {f"2024/p{number}": record(f"w{number}", topics="[agents]") for number in range(12)})
    many = ", ".join(f"Long name of an organization, number {number}" for number in range(100))
    put(repository, {"2023/two": PAPERS["2023/two"] + f"organizations: [{many}]\n"})
    words = said("main")
    assert f"    {', '.join(f'Ada B{number}' for number in range(8))} and 12 more · no date\n" in words
    assert "yyy" not in words
    assert "    Home 0, Home 1, Home 2; kept out of the live feeds (announce: false); no abstract\n" in words
    assert "  feeds/topics/agents: 12 new (p0, p1, p10, p11, p2, p3, p4, p5, p6, p7 and 2 more)\n" in words
    assert "  1 new paper will not be announced in the feed of all papers: none\n" in words
    fence = said("main", "--format", "markdown").partition("```diff")[2].partition("```")[0]
    assert 2_000 < len(fence) < 5_000
    assert fence.endswith("  …\n  ")


def test_possible_duplicates_lead_to_the_published_page(repository: Path) -> None:
    put(repository, {"2024/twice": record("Two", abstract="Other words.")})
    assert (
        "Possible duplicates\n  twice: may be the same paper as two: same title, but no abstract to compare\n"
        "    two https://papers.test/papers/two/\n"
    ) in said("main")
    assert "[two](<https://papers.test/papers/two/>)" in said("main", "--format", "markdown")
    put(repository, {"2024/twice": record("Two", not_same_as="[two]")})
    assert "Possible duplicates" not in said("main")


def test_a_merge_keeps_the_address_and_says_so(repository: Path) -> None:
    put(repository, {"2023/two": "", "2023/one": PAPERS["2023/one"] + "aliases: [two]\n"})
    found = told("main")
    assert found["merged"] == [{"id": "two", "into": "one"}]
    assert "papers/two/" not in found["addresses"]["lost"]
    assert "papers/two.bib" in found["addresses"]["lost"]
    assert "Merged papers\n  two: is now part of one\n" in said("main")


def test_two_revisions_and_folders_are_compared_alike(repository: Path, tmp_path: Path) -> None:
    put(repository, {"2024/sheep": NEW})
    copy = tmp_path / "copy"
    git(repository, "worktree", "add", "--quiet", "--detach", str(copy))
    write(copy / "corpus", {"papers/2024/sheep.yaml": NEW})
    working = told("main")
    commit(repository)
    keys = [key for key in working if key not in ("base", "head", "new")]
    for words in (("main~1", "main"), ("main~1", str(copy / "corpus")), ("HEAD~1",)):
        found = told(*words)
        assert {key: found[key] for key in keys} == {key: working[key] for key in keys}, words
    assert told(str(copy / "corpus"), "main")["empty"] is True


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["nonsense"], "sitegen: git has no revision 'nonsense' in this repository (hint: "),
        (["main", "nonsense"], "sitegen: git has no revision 'nonsense' in this repository (hint: "),
        (["main", "--corpus", "none"], "sitegen: there is no corpus folder 'none'"),
        (["--", "--all"], "sitegen: a revision must be a name or hash that git knows, not '--all'"),
        ([], "Usage: "),
    ],
)
def test_what_cannot_be_compared_ends_with_2(repository: Path, words: list[str], message: str) -> None:
    del repository
    code_, out, err = run(*words)
    assert (code_, out) == (2, "")
    assert err.startswith(message)


def test_records_that_have_problems_are_named_and_the_others_compared(repository: Path) -> None:
    put(
        repository,
        {
            "2024/sheep": NEW,
            "2024/soon": record("Soon", date="soon", topics="[agents]"),
            "2024/never": record("Never", "never", topics="[none]"),
            "2023/one": "title: [",
        },
    )
    found = told("main")
    assert found["errors"] == 4
    assert found["faulty"] == [f"corpus/papers/{name}.yaml" for name in ("2023/one", "2024/never", "2024/soon")]
    assert ([card["id"] for card in found["new"]], found["removed"]) == (["soon", "sheep", "never"], [])
    assert [card["date"] for card in found["new"]] == ["soon", "May 2024", "no date"]
    assert found["feeds"]["summary"].startswith("1 new entry in all")
    assert "Records that have problems\n  4 problems, which sitegen check lists; " in said("main")


@pytest.mark.parametrize("body", ["topics: [", "topics:\n- {slug: agents, name: A, parent: none}\n- {slug: b}\n"])
def test_broken_topics_do_not_look_like_removed_ones(repository: Path, body: str) -> None:
    write(repository, {"corpus/topics.yaml": body, "corpus/corpus.yaml": "feed: {authority: '?'}\n"})
    found = told("main")
    assert found["errors"] > 0
    assert found["settings"] == []
    assert "again" not in found["feeds"]["summary"].replace("0 announced again", "")


def test_curators_are_those_of_the_base(repository: Path) -> None:
    put(repository, {"2024/sheep": NEW})
    write(repository, {"corpus/topics.yaml": TOPICS.replace("@ada", "@everyone")})
    assert told("main")["curators"] == {"agents": ["@ada", "@bob"]}


def test_a_site_without_an_address_has_no_links_to_its_pages(repository: Path) -> None:
    write(repository, {"mkdocs.yml": "site_url: https://example.org/\n"})
    put(repository, {"2024/twice": record("Two")})
    assert "example.org" not in said("main")


def test_what_is_told_is_what_two_builds_show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = make_project(tmp_path / "project")
    write(project, {".gitignore": "/site/\n/.site*\n/docs/\n/theme/\n"})
    git(project, "init", "--quiet", "--initial-branch=main")
    commit(project)
    monkeypatch.chdir(project)
    before = built(project)
    plain = (project / "corpus/papers/2023/plain-paper.yaml").read_text("utf-8").replace("[learning]", "[agents]")
    put(
        project,
        {
            "2025/sheep": NEW.replace("reasoning", "learning").replace("11-05", "11-12"),
            "2023/plain-paper": plain.replace("kind: method", "kind: theory"),
            "2024/hostile": "",
        },
    )
    after, found = built(project), told("main")
    # The search's files are named by their content.
    old, new = ({one for one in files if not one.startswith("search/")} for files, _ in (before, after))
    assert (new - old, old - new) == (set(found["addresses"]["gained"]), set(found["addresses"]["lost"]))
    announced = {name: ids - before[1].get(name, set()) for name, ids in after[1].items()}
    gained = {
        news["name"]: {f"tag:papers.test,2024:{entry}" for entry in news["new"] + news["again"]}
        for news in found["feeds"]["changed"]
    }
    assert {name: ids for name, ids in announced.items() if ids} == {name: ids for name, ids in gained.items() if ids}
    assert "tag:papers.test,2024:paper/sheep" in gained["all"]
    assert_weighed(project / "site", after[0], new - old, found["size"])
    assert " MB as it was built last, of it 0.0" in said("main")
    (project / "site/papers/sheep/index.html").unlink()
    assert told("main")["size"]["bytes"] is None


def assert_weighed(site: Path, addresses: set[str], gained: set[str], size: dict[str, Any]) -> None:
    """Hold a site's size against the disk; what nobody made from a record is not counted."""
    made = {
        one
        for one in addresses
        if one in ("search/current.json", "assets/opensearch.xml")
        or not re.match(r"(assets|guide|search|shelf)/|404|\.nojekyll", one)
    }
    files = {one: f"{one}index.html" if one.endswith("/") or not one else one for one in made}
    bytes_of = {one: (site / file).stat().st_size for one, file in files.items()}
    assert size["after"]["files"] == len(made)
    assert size["bytes"] == {"total": sum(bytes_of.values()), "gained": sum(bytes_of[one] for one in gained)}


def built(project: Path) -> tuple[set[str], dict[str, set[str]]]:
    """Build the site; gives the addresses of its files, and the ids of each live feed."""
    done = CliRunner().invoke(main, ["build", "--jobs", "1"])
    assert done.exit_code == 0, done.output
    site = project / "site"
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    feeds = {path: json.loads((site / path).read_text("utf-8")) for path in files if re.match(r"feeds/.*\.json$", path)}
    ids = {path[6:-5]: {str(item["id"]) for item in feed["items"]} for path, feed in feeds.items()}
    return {path.removesuffix("index.html") for path in files}, ids


# ---- harm -----------------------------------------------------------------------------------------------------------

EVIL = (
    "@everyone <img src=x onerror=alert(1)> ![x](https://evil.example/x.png) [x](javascript:alert(1)) "
    "https://evil.example/ www.evil.example a@evil.example #12 GH-12 deadbeef0 ``` `x` ~~~ :: ##[error]x "
    "<!-- </details> | $x$ **b** <https://evil.example> &lt;b&gt; \\[x\\](y)"
)
HOSTILE = (
    f"title: '{EVIL}'\nadded: 2025-11-05T00:00:00Z\nauthors: ['{EVIL}']\nvenue: '{EVIL}'\n"
    f"organizations: ['{EVIL}']\n"
    "links: {code: 'https://evil.example/@everyone', arxiv: '2301.00010)](https://evil.example/)'}\n"
    'abstract: "::error::x\\n```\\n# Heading\\n::set-output name=x::y\\n\\e[31mred\\u202e\\n- [ ] task\\n"\n'
    f"note: '{EVIL}'\n"
)


def hostile(repository: Path) -> None:
    one = PAPERS["2023/one"]
    put(repository, {"2024/a\n\n# Heading\n\n<b>": record("Two"), "2024/c\n\n# Heading": record("Two")})
    git(repository, "add", "corpus/papers/2024/c\n\n# Heading.yaml")
    git(repository, "commit", "--quiet", "--message", "x")
    put(repository, {"2024/evil": HOSTILE, "2023/one": HOSTILE.replace("2025-11-05", "2025-11-03"), "2023/x`@y": one})
    evil = f"- slug: evil\n  name: '{EVIL}'\n  curators: ['{EVIL}']\n"
    write(repository, {"corpus/topics.yaml": TOPICS + evil})
    write(repository, {"corpus/corpus.yaml": f"format: 1\ntitle: '{EVIL}'\n"})


def test_hostile_words_stay_words_in_markdown(repository: Path) -> None:
    hostile(repository)
    source = said("main", "--format", "markdown")
    assert len(source) < 64_000
    tokens = MarkdownIt("gfm-like", {"html": True, "linkify": False}).parse(source)
    inline = [child for token in tokens for child in token.children or ()]
    assert {token.type for token in (*tokens, *inline)} <= {
        *("paragraph_open", "paragraph_close", "inline", "text", "text_special", "softbreak"),
        *("strong_open", "strong_close", "heading_open", "heading_close", "bullet_list_open", "bullet_list_close"),
        *("list_item_open", "list_item_close", "code_inline", "fence", "link_open", "link_close"),
    }
    targets = [str(child.attrGet("href")) for child in inline if child.type == "link_open"]
    assert targets
    assert all(re.match(r"https://(arxiv\.org|doi\.org|papers\.test)/", target) for target in targets)
    headings = [two.content for one, two in pairwise(tokens) if one.type == "heading_open"]
    assert "Heading" not in headings
    # GitHub looks for these in the text that is left, outside of code.
    text = "".join(child.content for child in inline if child.type in ("text", "text_special"))
    assert not re.search(r"@\w|#\w|://|www\.|GH-\d|deadbeef0", text)
    assert "everyone" in text


def test_hostile_words_stay_words_in_a_log(repository: Path) -> None:
    hostile(repository)
    for form in ("text", "markdown"):
        words = said("main", "--format", form)
        assert all(line.isprintable() for line in words.replace("\u2060", "").split("\n"))
        # What a runner of GitHub's takes for a command: actions/runner, ActionCommand.cs.
        assert not re.search(r"^\s*::|##\[", words, re.MULTILINE)


def test_json_is_ascii_whatever_records_hold(repository: Path) -> None:
    hostile(repository)
    words = said("main", "--format", "json")
    assert words.isascii()
    assert json.loads(words)["settings"][0]["after"] == EVIL


@pytest.mark.parametrize(
    ("words", "in_a_log", "in_markdown", "in_code"),
    [
        ("plain words", "plain words", "plain words", "`plain words`"),
        ("::error::x", "\\::error::x", "\\\\::error::x", "`\\::error::x`"),
        ("a ##[error]b", "a ## [error]b", "a \\#\\# \\[error\\]b", "`a ## [error]b`"),
        ("a\nb\t c", "a b c", "a b c", "`a b c`"),
        ("\x1b[31m", "\\x1b[31m", "\\\\x1b\\[31m", "`\\x1b[31m`"),
        ("@ada", "@ada", "@\u2060ada", "`@ada`"),
        ("a `b`` c", "a `b`` c", "a \\`b\\`\\` c", "``` a `b`` c ```"),
        ("", "", "", "`  `"),
    ],
)
def test_words_are_written_for_their_place(words: str, in_a_log: str, in_markdown: str, in_code: str) -> None:
    assert (logged(words), markdown(words), code(words)) == (in_a_log, in_markdown, in_code)


def test_a_large_change_fits_into_a_comment_and_says_what_it_leaves_out(repository: Path) -> None:
    # Titles that have no word in common, and so are no duplicates.
    titles = [" ".join(f"w{number}x{place}" for place in range(40)) for number in range(300)]
    put(repository, {f"2024/p{number:03}": record(title, abstract=title) for number, title in enumerate(titles)})
    source = said("main", "--format", "markdown")
    assert 20_000 < len(source) < 64_000
    shown = len(re.findall(r"^- `p\d{3}` w", source, re.MULTILINE))
    assert f"- … and {300 - shown} more" in source
    assert len(re.findall(r"^  p\d{3}: w", said("main"), re.MULTILINE)) == 300
