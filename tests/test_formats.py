"""Imported texts become drafts, and no line of them gets lost."""

from __future__ import annotations

import datetime as dt
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.formats import abstract_list, hf_daily, incoming, reading
from sitegen.formats.links import find_links
from sitegen.model import Links
from sitegen.problems import SitegenError

if TYPE_CHECKING:
    from sitegen.formats.parsed import Parsed
    from sitegen.model import Draft

SEEDS = Path(__file__).parent / "seeds"
LISTS = ("000_5ef304b2f395e552.txt", "001_046256b8bd2fc7f1.txt", "004_cab2ab4622c36254.txt")
LONG_PAGE = "002_343fc2986b359b8f.txt"
SHORT_PAGE = "003_28459a1b3873f4b0.txt"
FORMAT_OF = {**dict.fromkeys(LISTS, "abstract-list"), LONG_PAGE: "hf-daily", SHORT_PAGE: "hf-daily"}


def raw(name: str) -> str:
    return (SEEDS / name).read_text(encoding="utf-8")


def drafts_of(name: str, year: str = "") -> tuple[Draft, ...]:
    return incoming.named(FORMAT_OF[name]).parse(raw(name), name, year).drafts


def page(text: str, year: str = "") -> Parsed:
    return hf_daily.parse(text, "page.txt", year)


def assert_accounted(text: str, parsed: Parsed) -> None:
    """Every line that is not blank is in exactly one paper, or ignored, or rejected; ranges do not overlap."""
    owned = [number for draft in parsed.drafts for number in range(draft.first_line, draft.last_line + 1)]
    left_out = [line.line for line in (*parsed.ignored, *parsed.rejected)]
    assert len(set(owned)) == len(owned)
    assert len(set(left_out)) == len(left_out)
    assert not set(owned) & set(left_out)
    lines = re.split(r"\r\n|\r|\n", text)
    written = {number for number, line in enumerate(lines, start=1) if line.strip()}
    assert written <= {*owned, *left_out}
    assert set(left_out) <= written
    assert all(line.why for line in parsed.rejected)
    assert [draft.ordinal for draft in parsed.drafts] == list(range(1, len(parsed.drafts) + 1))


# The seeds, counted from their raw lines.


@pytest.mark.parametrize("name", FORMAT_OF)
def test_each_seed_is_claimed_by_exactly_one_format(name: str) -> None:
    assert incoming.identify(raw(name), name).name == FORMAT_OF[name]


@pytest.mark.parametrize("name", FORMAT_OF)
def test_every_line_of_a_seed_is_accounted_for_and_none_is_rejected(name: str) -> None:
    parsed = incoming.named(FORMAT_OF[name]).parse(raw(name), name, "")
    assert_accounted(raw(name), parsed)
    assert parsed.rejected == ()


@pytest.mark.parametrize("name", LISTS)
def test_a_list_gives_the_text_behind_each_abstract_mark(name: str) -> None:
    expected = re.findall(r"^Abstract:(.*)$", raw(name), re.MULTILINE)
    assert [draft.abstract for draft in drafts_of(name)] == expected
    assert len(expected) == 10
    assert {draft.title for draft in drafts_of(name)} == {""}


def test_the_month_on_a_lists_first_line_is_ignored() -> None:
    parsed = abstract_list.parse(raw(LISTS[1]), LISTS[1], "")
    assert [(line.line, line.text) for line in parsed.ignored] == [(1, "May")]


@pytest.mark.parametrize("name", [LONG_PAGE, SHORT_PAGE])
def test_a_pages_own_words_are_ignored_at_its_top_only(name: str) -> None:
    parsed = hf_daily.parse(raw(name), name, "")
    header = "Nov 3" if name == LONG_PAGE else "Oct 6"
    assert [line.text for line in parsed.ignored] == [
        "new",
        "Get trending papers in your email inbox!",
        "Subscribe",
        "Daily Papers",
        "byAK and the research community",
        header,
    ]


def test_the_long_page_gives_its_titles_and_abstracts_in_order() -> None:
    body = raw(LONG_PAGE).split("Nov 3\n", 1)[1]
    texts = re.sub(r"^(?:  • \d+ authors|.+)\n·\n.+$", "", body, flags=re.MULTILINE)
    lines = [line for line in texts.split("\n") if line]
    assert [draft.title for draft in drafts_of(LONG_PAGE)] == lines[::2]
    assert [draft.abstract for draft in drafts_of(LONG_PAGE)] == lines[1::2]
    assert len(lines) == 2 * 119


def test_the_short_page_gives_its_titles_and_abstracts_in_order() -> None:
    lines = [line for line in raw(SHORT_PAGE).split("Oct 6\n", 1)[1].split("\n") if line]
    assert [draft.title for draft in drafts_of(SHORT_PAGE)] == lines[::2]
    assert [draft.abstract for draft in drafts_of(SHORT_PAGE)] == lines[1::2]
    assert len(lines) == 2 * 22


def test_author_counts_come_in_the_order_of_the_raw_lines() -> None:
    expected = [int(number) for number in re.findall(r"^  • (\d+) authors$", raw(LONG_PAGE), re.MULTILINE)]
    assert [draft.author_count for draft in drafts_of(LONG_PAGE) if draft.author_count is not None] == expected
    assert len(expected) == 107


def test_organisations_are_named_without_their_handles_and_count_no_authors() -> None:
    found = {draft.organizations: draft.author_count for draft in drafts_of(LONG_PAGE) if draft.organizations}
    assert found == {("NVIDIA",): None, ("Ant Group",): None, ("Sakana AI",): None}


def test_dates_and_counts_come_in_the_order_of_the_raw_lines() -> None:
    expected = []
    for line in re.findall(r"^·\n(.+)$", raw(LONG_PAGE), re.MULTILINE):
        match = re.fullmatch(r"(\w+ \d+)(?:, (\d{4}))?(?: (\d+))?", line)
        assert match
        day = dt.datetime.strptime(f"{match[1]} {match[2] or 2025}", "%b %d %Y").date()  # noqa: DTZ007 (a day only)
        count = int(match[3]) if match[3] else None
        expected.append((day.isoformat(), "given" if match[2] else "inferred", count))
    dated = [draft for draft in drafts_of(LONG_PAGE) if draft.date]
    assert [(draft.date, draft.date_source, draft.count) for draft in dated] == expected
    assert len(expected) == 110
    assert sum(count is not None for _, _, count in expected) == 24


def test_nine_papers_of_the_long_page_have_no_metadata_at_all() -> None:
    bare = [draft for draft in drafts_of(LONG_PAGE) if draft.last_line == draft.first_line + 2]
    assert len(bare) == 9
    assert {(draft.date, draft.author_count, draft.organizations) for draft in bare} == {("", None, ())}


def test_a_page_with_no_year_anywhere_gets_none_for_its_listing() -> None:
    assert {draft.listed for draft in drafts_of(LONG_PAGE)} == {"2025-11-03"}
    assert {draft.listed for draft in drafts_of(SHORT_PAGE)} == {""}
    assert {draft.listed for draft in drafts_of(SHORT_PAGE, "2025")} == {"2025-10-06"}


@pytest.mark.parametrize("name", FORMAT_OF)
@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda text: text.replace("\n", "\r\n"), id="line ends of Windows"),
        pytest.param(lambda text: text + "\n\n\n", id="blank lines at the end"),
    ],
)
def test_line_ends_and_blank_lines_change_nothing(name: str, spoil: object) -> None:
    assert callable(spoil)
    parsed = incoming.named(FORMAT_OF[name]).parse(spoil(raw(name)), name, "")
    assert parsed == incoming.named(FORMAT_OF[name]).parse(raw(name), name, "")


# Bad pages.

ABSTRACT = "We study what pages do to papers. " * 20
NOT_METADATA = "not a line of metadata: it must be a number of authors, an organisation, · or a date"
GOOD = f"A Good Title\n\n{ABSTRACT}\n\n  • 2 authors\n·\nMay 1, 2023\n"


@pytest.mark.parametrize(
    ("text", "titles", "rejected"),
    [
        pytest.param(
            f"{GOOD}\nA Lone Title", ["A Good Title"], {"A Lone Title": "a title without an abstract"}, id="title last"
        ),
        pytest.param(
            f"A Lone Title\n\n{GOOD}",
            ["A Good Title"],
            {"A Lone Title": "a title without an abstract"},
            id="a title without an abstract before a whole entry",
        ),
        pytest.param(
            f"A Lone Title\n\n  • 3 authors\n·\nMay 2, 2023\n\n{GOOD}",
            ["A Good Title"],
            {
                "A Lone Title": "a title without an abstract",
                "• 3 authors": "metadata without a paper",
                "·": "metadata without a paper",
                "May 2, 2023": "metadata without a paper",
            },
            id="a title with metadata and no abstract",
        ),
        pytest.param(
            f"{GOOD}\n  • 3 authors\n·\nMay 2, 2023\n\n{GOOD}",
            ["A Good Title", "A Good Title"],
            {
                "• 3 authors": "metadata without a paper",
                "·": "metadata without a paper",
                "May 2, 2023": "metadata without a paper",
            },
            id="a block of metadata without a paper",
        ),
        pytest.param(
            f"{ABSTRACT}x\n\n{GOOD}",
            ["A Good Title"],
            {f"{ABSTRACT}x"[:199] + "…": "an abstract without a title"},
            id="an abstract that lost its title",
        ),
        pytest.param(
            GOOD + "12 upvotes\n\nAnother Title\n\nIts abstract.",
            ["A Good Title", "Another Title"],
            {"12 upvotes": NOT_METADATA},
            id="an unknown line below a block",
        ),
        pytest.param(
            f"A Good Title\n\n{ABSTRACT}\n\n  • many authors\n·\nMay 1, 2023",
            ["A Good Title"],
            {
                "• many authors": NOT_METADATA,
                "·": "metadata below a line that could not be read",
                "May 1, 2023": "metadata below a line that could not be read",
            },
            id="an unknown line at the head of a block",
        ),
        pytest.param(
            GOOD.replace("May 1", "Feb 30"),
            ["A Good Title"],
            {"Feb 30, 2023": "there is no such day"},
            id="no such day",
        ),
        pytest.param(
            GOOD.replace("May 1, 2023", "May 1 2023"),
            ["A Good Title"],
            {"May 1 2023": "the last number may be a year or a count: write the year after a comma"},
            id="a year or a count",
        ),
        pytest.param(
            GOOD.replace("·\n", "·\n·\n"),
            ["A Good Title"],
            {
                "·": "a second line of this kind in one block of metadata",
                "May 1, 2023": "metadata below a line that could not be read",
            },
            id="a line twice in one block",
        ),
        pytest.param(
            f"\u200b\n{GOOD}", ["A Good Title"], {"\u200b": "the line holds nothing that can be read"}, id="invisible"
        ),
        pytest.param(f"A Good Title\n\u200b\n{ABSTRACT}", ["A Good Title"], {}, id="an invisible line inside a paper"),
        pytest.param(GOOD.replace("\n\n", "\n"), ["A Good Title"], {}, id="blank lines squeezed out"),
        pytest.param(
            (GOOD * 2).replace("\n\n", "\n"), ["A Good Title"] * 2, {}, id="two papers, blank lines squeezed out"
        ),
        pytest.param(GOOD.replace("\n", "\n\n"), ["A Good Title"], {}, id="a blank line after every line"),
        pytest.param(
            f"Short\n\nTiny.\n\nOther\n\nSmall.\n\n{GOOD}", ["Short", "Other", "A Good Title"], {}, id="short abstracts"
        ),
        pytest.param(
            f"Subscribe\n\nSubscribe\n\n{ABSTRACT}", [], {}, id="the page's words at the top are never titles"
        ),
        pytest.param(f"{GOOD}\nSubscribe\n\n{ABSTRACT}", ["A Good Title", "Subscribe"], {}, id="below it they are"),
    ],
)
def test_a_broken_entry_is_rejected_with_a_reason_and_costs_no_other(
    text: str, titles: list[str], rejected: dict[str, str]
) -> None:
    parsed = page(text)
    assert_accounted(text, parsed)
    if titles:
        assert [draft.title for draft in parsed.drafts] == titles
        assert {line.text: line.why for line in parsed.rejected} == rejected


def test_metadata_is_read_up_to_the_line_that_cannot_be() -> None:
    (draft,) = page(GOOD.replace("May 1, 2023", "soon")).drafts
    assert (draft.author_count, draft.date, draft.last_line) == (2, "", 6)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("nvidia NVIDIA", "NVIDIA", id="handle and name"),
        pytest.param("google-deepmind Google DeepMind", "Google DeepMind", id="a name of two words"),
        pytest.param("Qwen", "Qwen", id="a handle alone"),
    ],
)
def test_an_organisation_is_its_display_name(line: str, expected: str) -> None:
    (draft,) = page(GOOD.replace("  • 2 authors", line)).drafts
    assert (draft.organizations, draft.author_count, draft.date) == ((expected,), None, "2023-05-01")


@pytest.mark.parametrize(
    ("header", "dates", "year", "expected"),
    [
        pytest.param(
            "Nov 3", ["May 1, 2023", "Oct 9"], "", ["2023-05-01", "2024-10-09"], id="the year after the newest"
        ),
        pytest.param("Nov 3", ["May 1, 2023", "Nov 4"], "", ["2023-05-01", ""], id="not later than the page itself"),
        pytest.param("Nov 3", ["May 1, 2022", "Feb 29"], "", ["2022-05-01", ""], id="no leap day where there is none"),
        pytest.param(
            "Nov 3", ["May 1, 2023", "Feb 29"], "", ["2023-05-01", "2024-02-29"], id="a leap day where there is"
        ),
        pytest.param("", ["May 1, 2023", "Oct 9"], "", ["2023-05-01", ""], id="a page without a date of its own"),
        pytest.param("Nov 3", ["Oct 9"], "", [""], id="no year printed anywhere"),
        pytest.param("Nov 3, 2025", ["Oct 9"], "", ["2025-10-09"], id="the header's own year"),
        pytest.param("Nov 3", ["May 1, 2023", "Oct 9"], "2021", ["2023-05-01", "2021-10-09"], id="a year given"),
        pytest.param("", ["Feb 29"], "2023", [""], id="a year given in which the day is not"),
    ],
)
def test_a_date_without_a_year_gets_one_only_where_it_fits(
    header: str, dates: list[str], year: str, expected: list[str]
) -> None:
    entries = [f"Title {number}\n\n{ABSTRACT}\n\n  • 2 authors\n·\n{date}\n" for number, date in enumerate(dates)]
    parsed = page("\n".join(["Daily Papers\n", f"{header}\n", *entries]), year)
    assert [draft.date for draft in parsed.drafts] == expected
    sources = [
        "given" if "," in date or year or not found else "inferred" for date, found in zip(dates, expected, strict=True)
    ]
    assert [draft.date_source for draft in parsed.drafts] == sources


# Bad lists.


@pytest.mark.parametrize(
    ("text", "abstracts", "ignored", "rejected"),
    [
        pytest.param("Abstract:\nAbstract: two", ["two"], [], [(1, 'no text after "Abstract:"')], id="no text"),
        pytest.param(
            "Abstract: one\nand more", ["one"], [], [(2, 'the line must begin with "Abstract:"')], id="a second line"
        ),
        pytest.param(
            "May\nAbstract: one\nMay", ["one"], [1], [(3, 'the line must begin with "Abstract:"')], id="month below"
        ),
        pytest.param(
            "\ufeff\n\nMay 2026\n\nabstract : one",
            ["one"],
            [3],
            [(1, "the line holds nothing that can be read")],
            id="month",
        ),
        pytest.param(
            "\u200b\nAbstract: one", ["one"], [], [(1, "the line holds nothing that can be read")], id="invisible"
        ),
        pytest.param("Abstract:\x01 o\x00ne ", ["one"], [], [], id="characters that no output may hold"),
    ],
)
def test_a_bad_line_of_a_list_is_rejected_with_a_reason(
    text: str, abstracts: list[str], ignored: list[int], rejected: list[tuple[int, str]]
) -> None:
    parsed = abstract_list.parse(text, "list.txt", "")
    assert_accounted(text, parsed)
    assert [draft.abstract for draft in parsed.drafts] == abstracts
    assert [line.line for line in parsed.ignored] == ignored
    assert [(line.line, line.why) for line in parsed.rejected] == rejected


# Any text at all.

PIECES = (
    *("", "  • 6 authors", "• x", "·", "Aug 14, 2023", "Sep 29 2", "Feb 30", "May 1 2023", "nvidia NVIDIA", "new"),
    *("Subscribe", "Daily Papers", "Nov 3", "May", "A Title", ABSTRACT, "Abstract: text", "Abstract:"),
    *("\u200b", "\x01", "\x85", "\u2028"),
)
LINES = st.one_of(st.sampled_from(PIECES), st.text(max_size=30))


@given(st.lists(LINES, max_size=30).map("\n".join), st.sampled_from(["", "2024"]))
def test_no_text_makes_a_format_raise_or_lose_a_line(text: str, year: str) -> None:
    for known in incoming.FORMATS:
        known.identify(text)
        assert_accounted(text, known.parse(text, "any.txt", year))


# Which format.


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        pytest.param(
            "Some title\n\nSome text",
            f"a.txt: is in no known format ({', '.join(known.name for known in incoming.FORMATS)})",
            "say which with --from hf-daily",
            id="none",
        ),
        pytest.param(
            "Subscribe\n\nAbstract: text",
            "a.txt: could be hf-daily and abstract-list",
            "say which with --from hf-daily",
            id="two",
        ),
    ],
)
def test_a_text_that_not_exactly_one_format_claims_is_refused(text: str, message: str, hint: str) -> None:
    with pytest.raises(SitegenError) as refusal:
        incoming.identify(text, "a.txt")
    assert (refusal.value.message, refusal.value.hint) == (message, hint)


def test_a_page_without_its_top_is_known_by_a_block_of_metadata() -> None:
    assert incoming.identify(GOOD, "a.txt").name == "hf-daily"


def test_an_unknown_format_is_refused_with_those_known() -> None:
    with pytest.raises(SitegenError, match=r"must be one of hf-daily, abstract-list, bibtex, .*, json, not 'word'"):
        incoming.named("word")


# Files.


def test_a_byte_order_mark_and_windows_line_ends_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xef\xbb\xbfAbstract: one\r\nAbstract: two\r\n")
    text = reading.read_text(path)
    assert [draft.abstract for draft in abstract_list.parse(text, "a.txt", "").drafts] == ["one", "two"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(b"", "is empty", id="empty"),
        pytest.param(b"\xef\xbb\xbf \n\n\t\n", "is empty", id="only blank lines"),
        pytest.param(b"PK\x03\x04\x00", r"is not a text file \(it holds a NUL byte in line 1\)", id="binary"),
        pytest.param("Abstract: Ü".encode("utf-16"), "must be UTF-8, but is UTF-16", id="UTF-16"),
        pytest.param(b"one\ntwo\xfc", "must be UTF-8, but is not: byte 0xfc in line 2", id="Latin-1"),
    ],
)
def test_a_file_that_is_no_text_is_refused_in_one_line(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    with pytest.raises(SitegenError, match=f"^{re.escape(str(path))}: {message}$"):
        reading.read_text(path)


def test_a_file_over_the_limit_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(64 * 1024 * 1024 + 1)
    with pytest.raises(SitegenError, match="must be at most 64 MiB"):
        reading.read_text(path)
    with pytest.raises(SitegenError, match="must be at most 64 MiB"):
        reading.decode(bytes(64 * 1024 * 1024 + 1), "-")


@pytest.mark.parametrize(
    ("make", "message"),
    [
        pytest.param(lambda path: path.mkdir(), "is a folder, not a file", id="a folder"),
        pytest.param(os.fspath, "there is no such file", id="nothing"),
        pytest.param(os.mkfifo, "is a device or a pipe, not a file", id="a pipe that nobody writes to"),
        pytest.param(
            lambda path: path.symlink_to("/dev/zero"), "is a device or a pipe, not a file", id="a link to a device"
        ),
        pytest.param(lambda path: path.symlink_to(path), "cannot be read", id="a link to itself"),
    ],
)
def test_what_is_no_file_is_refused_in_one_line(tmp_path: Path, make: object, message: str) -> None:
    path = tmp_path / "a.txt"
    assert callable(make)
    make(path)
    with pytest.raises(SitegenError, match=message):
        reading.read_text(path)


def test_a_name_that_no_file_can_have_is_refused() -> None:
    with pytest.raises(SitegenError, match="is no name of a file"):
        reading.read_text(Path("a\0b"))


# Addresses. The table was written by hand from the seeds' text: what stands there, what it must give.

GITHUB = (
    ("https://github.com/facebookresearch/oni.", "https://github.com/facebookresearch/oni"),
    ("https://github.com/LOGO-CUHKSZ/rethink_mcts_tsp.", "https://github.com/LOGO-CUHKSZ/rethink_mcts_tsp"),
    ("https://github.com/alibaba-damo-academy/alice.", "https://github.com/alibaba-damo-academy/alice"),
    ("https://github.com/devilran6/EAG-RL.", "https://github.com/devilran6/EAG-RL"),
    ("https://github.com/HKUDS/LightGCL.", "https://github.com/HKUDS/LightGCL"),
    ("https://github.com/zjukg/UMAEA.", "https://github.com/zjukg/UMAEA"),
    ("https://github.com/ilabcode/pyhgf.", "https://github.com/ilabcode/pyhgf"),
    ("https://github.com/IAAR-Shanghai/ICSFSurvey.", "https://github.com/IAAR-Shanghai/ICSFSurvey"),
    ("https://github.com/3rdAT/ThinkTuning.", "https://github.com/3rdAT/ThinkTuning"),
    ("https://github.com/ruili33/SEC.", "https://github.com/ruili33/SEC"),
    ("https://github.com/AngusDujw/Bottom-Up-Agent.", "https://github.com/AngusDujw/Bottom-Up-Agent"),
    ("https://github.com/haoxuan-unt2024/llm4innovation.", "https://github.com/haoxuan-unt2024/llm4innovation"),
    ("https://github.com/tsinghua-fib-lab/SmartAgent.", "https://github.com/tsinghua-fib-lab/SmartAgent"),
    ("https://github.com/qiuzh20/EMoE", "https://github.com/qiuzh20/EMoE"),
    ("https://github.com/cs-holder/tp_grpo.", "https://github.com/cs-holder/tp_grpo"),
    ("https://github.com/ShaoShuai0605/Misevolution", "https://github.com/ShaoShuai0605/Misevolution"),
    ("https://github.com/GAIR-NLP/O1-Journey.", "https://github.com/GAIR-NLP/O1-Journey"),
    ("https://github.com/waltonfuture/RL-with-Cold-Start.", "https://github.com/waltonfuture/RL-with-Cold-Start"),
    ("https://github.com/wyzjack/CNTP.", "https://github.com/wyzjack/CNTP"),
    ("https://github.com/Alice1998/RecSAE.", "https://github.com/Alice1998/RecSAE"),
    ("https://github.com/jinhaoduan/TruthPrInt.", "https://github.com/jinhaoduan/TruthPrInt"),
    ("https://github.com/NREL/pinnstripes).", "https://github.com/NREL/pinnstripes"),
    ("https://github.com/Oulu-IMEDS/CLIMATv2.", "https://github.com/Oulu-IMEDS/CLIMATv2"),
)
PAGES = (
    ("https://penghao-wu.github.io/visual_jigsaw/", "https://penghao-wu.github.io/visual_jigsaw/"),
    ("https://littlepure2333.github.io/MindBridge", "https://littlepure2333.github.io/MindBridge"),
    ("https://TheOtherMind.github.io.", "https://TheOtherMind.github.io"),
    ("https://youtu.be/gCuUyGETbTU", "https://youtu.be/gCuUyGETbTU"),
    ("https://youtu.be/XsaGI01b-1o", "https://youtu.be/XsaGI01b-1o"),
    ("https://ltlhuuu.github.io/PSEC/.", "https://ltlhuuu.github.io/PSEC/"),
    ("https://robofume.github.io", "https://robofume.github.io"),
)
SEED_ADDRESSES = {
    **{written: Links(code=address) for written, address in GITHUB},
    **{written: Links(page=address) for written, address in PAGES},
    "https://doi.org/10.1016/j.nlp.2025.100163.": Links(doi="10.1016/j.nlp.2025.100163"),
    "https://anonymous.4open.science/r/ProjLens-8FD7": Links(code="https://anonymous.4open.science/r/ProjLens-8FD7"),
}


@pytest.mark.parametrize("written", SEED_ADDRESSES)
def test_each_address_of_the_seeds_gives_its_link(written: str) -> None:
    assert find_links(f"Our work is at {written}") == SEED_ADDRESSES[written]


def test_the_table_holds_every_address_of_the_seeds() -> None:
    found = {address for name in FORMAT_OF for address in re.findall(r"https?://\S+", raw(name))}
    assert found == set(SEED_ADDRESSES)


def test_every_seed_with_an_address_has_a_link_and_no_other_has() -> None:
    for name in FORMAT_OF:
        for draft in drafts_of(name):
            assert ("://" in draft.abstract) == (draft.links != Links())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("majority@64 beats best@8", Links(), id="a score is no address"),
        pytest.param("see www.example.com and a.b/c", Links(), id="no scheme, no address"),
        pytest.param("see ftp://a.org/x, javascript:alert(1) and file:///etc/passwd", Links(), id="other schemes"),
        pytest.param("see http:// or https://. or https://localhost/x", Links(), id="no host"),
        pytest.param("https://github.com@evil.org/a/b", Links(), id="a host that shows another's name"),
        pytest.param("https://[::1/a and https://exa\u202emple.org/a", Links(), id="broken or hidden"),
        pytest.param(
            "(see https://a.org/x(y)z).", Links(page="https://a.org/x(y)z"), id="balanced brackets belong to it"
        ),
        pytest.param("[https://a.org/x](https://a.org/x)", Links(page="https://a.org/x"), id="Markdown"),
        pytest.param(r"\url{https://github.com/a/b\_c}.", Links(code="https://github.com/a/b_c"), id="LaTeX"),
        pytest.param("'https://a.org/x', “https://b.org”", Links(page="https://a.org/x"), id="quotes; the first wins"),
        pytest.param(
            "https://a.org/x?q=1&r=2#top!", Links(page="https://a.org/x?q=1&r=2#top"), id="query and fragment stay"
        ),
        pytest.param("HTTPS://GitHub.com/A/b", Links(code="HTTPS://GitHub.com/A/b"), id="case of scheme and host"),
        pytest.param("https://arxiv.org/abs/2301.00010v2.", Links(arxiv="2301.00010"), id="arXiv without its version"),
        pytest.param("https://www.arxiv.org/pdf/2301.00010v1.pdf", Links(arxiv="2301.00010"), id="arXiv's own PDF"),
        pytest.param("http://arxiv.org/abs/cs.CL/0301001", Links(arxiv="cs.CL/0301001"), id="an old arXiv id"),
        pytest.param(
            "https://arxiv.org/abs/2301.00010 and https://arxiv.org/abs/2301.00011",
            Links(),
            id="two arXiv ids are references",
        ),
        pytest.param(
            "https://arxiv.org/list/cs.CL", Links(page="https://arxiv.org/list/cs.CL"), id="arXiv, but no paper"
        ),
        pytest.param("https://dx.doi.org/10.1000/A(B)C", Links(doi="10.1000/a(b)c"), id="a DOI in lower case"),
        pytest.param("https://doi.org/10.1000/a%3Cb%3E", Links(doi="10.1000/a<b>"), id="a DOI unquoted"),
        pytest.param(
            "data: https://doi.org/10.5281/zenodo.1", Links(page="https://doi.org/10.5281/zenodo.1"), id="a DOI of data"
        ),
        pytest.param(
            "https://a.org/p.pdf and https://a.org", Links(pdf="https://a.org/p.pdf", page="https://a.org"), id="PDF"
        ),
        pytest.param(
            "https://gitlab.com/a/b/-/tree/main", Links(code="https://gitlab.com/a/b/-/tree/main"), id="GitLab"
        ),
        pytest.param("https://github.com/a", Links(page="https://github.com/a"), id="a person on GitHub is no code"),
        pytest.param(
            "https://huggingface.co/a/b", Links(code="https://huggingface.co/a/b"), id="a model on Hugging Face"
        ),
        pytest.param(
            "https://huggingface.co/datasets/a/b",
            Links(page="https://huggingface.co/datasets/a/b"),
            id="data is no code",
        ),
    ],
)
def test_an_address_ends_where_the_prose_goes_on(text: str, expected: Links) -> None:
    assert find_links(text) == expected


@given(st.text(alphabet=st.sampled_from("https://github.com/a.b()[]{}.,;'\"\\%0@:\u202e é"), max_size=60))
def test_no_text_makes_the_search_for_links_raise(text: str) -> None:
    links = find_links(text)
    assert all(not link or link.startswith(("http://", "https://")) for link in (links.pdf, links.code, links.page))
