"""BibTeX comes in whole: each entry on its own, and no line without its place."""

from __future__ import annotations

import time

import pytest
from bibtexparser.entrypoint import parse_string
from golden import assert_accounted, assert_example, expected, said, text_of
from hypothesis import given
from hypothesis import strategies as st

from sitegen.formats import bibtex
from sitegen.formats.bibtex_values import BibtexError, read_value
from sitegen.formats.dates import iso_date, written_date
from sitegen.latex import unlaced


@pytest.mark.parametrize("name", ["styles", "broken"])
def test_golden(name: str) -> None:
    text = text_of("bibtex", f"{name}.bib")
    parsed = bibtex.parse(text, f"{name}.bib", "")
    assert said(parsed) == expected("bibtex", f"{name}.json")
    assert_accounted(text, parsed)
    assert bibtex.identify(text)


def test_the_example() -> None:
    assert_example(bibtex.FORMAT, bibtex.EXAMPLE)


@pytest.mark.parametrize(
    ("text", "claimed"),
    [
        pytest.param("@article{a, title={x}}", True, id="an entry"),
        pytest.param("% a comment\n\n@STRING(a = {b})", True, id="a comment, then a macro"),
        pytest.param("\ufeff@misc{a,", True, id="a byte order mark"),
        pytest.param("Exported from my library\n@misc{a,", True, id="free text, then an entry"),
        pytest.param("# Papers\n\n- [A](https://a.org)\n```bibtex\n@misc{a, title={x}}\n```", False, id="Markdown"),
        pytest.param("<html>\n@media {", False, id="HTML with CSS"),
        pytest.param('[{"a": "\n@misc{a"}]', False, id="JSON"),
        pytest.param("@ak published a paper", False, id="a handle"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_identify(text: str, claimed: bool) -> None:
    assert bibtex.identify(text) is claimed


@pytest.mark.parametrize(
    ("text", "why"),
    [
        pytest.param(
            "<!DOCTYPE html>\n<html><body>Not Found</body></html>",
            "this is a web page, not BibTeX: the download failed or the address was another's",
            id="an HTML error page",
        ),
        pytest.param("Service unavailable", "nothing to import: no entry begins anywhere, with @…{", id="plain words"),
        pytest.param(
            "@article{a, title = {No End}", "the entry has no end: a brace or quote is not closed, or the file was cut",
            id="cut",
        ),
        pytest.param(
            "@article{a, title = {X} author = {Y}}",
            "the field title in line 1 cannot be read: a comma is missing before the field author",
            id="a missing comma",
        ),
        pytest.param("@string{a = {x} {y}}", "text stands behind its value", id="a broken macro"),
        pytest.param("@misc{a, title = #}", "the field title in line 1 cannot be read: a value must be", id="no value"),
    ],
)  # fmt: skip
def test_what_is_no_sound_entry_is_said(text: str, why: str) -> None:
    parsed = bibtex.parse(text, "f.bib", "")
    assert parsed.drafts == ()
    assert why in parsed.rejected[0].why
    assert_accounted(text, parsed)


def test_an_open_brace_swallows_no_other_entry() -> None:
    # A brace that is not closed, made good by one too many in the next entry.
    text = "@misc{a, title = {One}, note = {{x}\n@misc{b, title = {Two}}}\n@misc{c, title = {Three}}"
    parsed = bibtex.parse(text, "f.bib", "")
    assert [draft.title for draft in parsed.drafts] == ["Two", "Three"]
    assert [line.line for line in parsed.rejected] == [1]
    assert_accounted(text, parsed)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_line_ends_and_a_byte_order_mark_change_nothing(end: str) -> None:
    text = text_of("bibtex", "styles.bib")
    changed = "\ufeff" + text.replace("\n", end)
    assert said(bibtex.parse(changed, "f", "")) == said(bibtex.parse(text, "f", ""))


def test_two_entries_on_one_line_are_two_drafts() -> None:
    text = "@misc{a, title={One}} @misc{b, title={Two}}"
    parsed = bibtex.parse(text, "f", "")
    assert [draft.title for draft in parsed.drafts] == ["One", "Two"]
    assert_accounted(text, parsed, shared=True)


def test_a_broken_entry_on_a_line_that_others_share_is_said() -> None:
    parsed = bibtex.parse("@misc{a, title={One}} @misc{b, year=2020}", "f", "")
    assert [draft.title for draft in parsed.drafts] == ["One"]
    assert [line.why for line in parsed.rejected] == ["the entry must have a title"]


def test_a_macro_that_grows_without_bound_is_refused() -> None:
    text = '@string{a = "xxxxxxxxxx"}\n' + "@string{a = a # a}\n" * 40 + "@misc{b, title = a}"
    parsed = bibtex.parse(text, "f", "")
    assert any(line.why == "an @string must stand for at most 10,000 characters" for line in parsed.rejected)


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        pytest.param("@article{a, title={x}, journal={Nature}}", "article", id="article"),
        pytest.param("@article{a, title={x}, journal={arXiv preprint arXiv:2301.00010}}", "preprint", id="arXiv"),
        pytest.param("@article{a, title={x}, journal={bioRxiv}}", "preprint", id="bioRxiv"),
        pytest.param("@conference{a, title={x}}", "inproceedings", id="conference"),
        pytest.param("@incollection{a, title={x}}", "other", id="a chapter"),
        pytest.param("@online{a, title={x}}", "preprint", id="online"),
        pytest.param("@mastersthesis{a, title={x}}", "thesis", id="thesis"),
        pytest.param("@techreport{a, title={x}}", "report", id="report"),
        pytest.param("@dataset{a, title={x}}", "other", id="a type of its own"),
    ],
)
def test_types(fields: str, kind: str) -> None:
    (draft,) = bibtex.parse(fields, "f", "").drafts
    assert draft.type == kind


@pytest.mark.parametrize(
    ("fields", "link"),
    [
        pytest.param("eprint={2301.00010v3}", ("arxiv", "2301.00010"), id="eprint without prefix"),
        pytest.param("eprint={hep-th/9901001}, archiveprefix={arXiv}", ("arxiv", "hep-th/9901001"), id="an old id"),
        pytest.param("eprint={123}, eprinttype={pubmed}", ("arxiv", ""), id="another archive's"),
        pytest.param("journal={arXiv preprint arXiv:2301.00010}", ("arxiv", "2301.00010"), id="in the journal"),
        pytest.param("journal={CoRR}, volume={abs/2301.00010}", ("arxiv", "2301.00010"), id="DBLP"),
        pytest.param("note={arXiv:2301.00010v1 [cs.CL]}", ("arxiv", "2301.00010"), id="in a note"),
        pytest.param("note={See 2301.00010}", ("arxiv", ""), id="a number of anything"),
        pytest.param("doi={https://doi.org/10.1145/ABC.1}", ("doi", "10.1145/abc.1"), id="a DOI as address"),
        pytest.param("doi={10.1145/a\\_b}", ("doi", "10.1145/a_b"), id="an escaped DOI"),
        pytest.param("doi={10.48550/arXiv.2301.00010}", ("arxiv", "2301.00010"), id="arXiv's DOI"),
        pytest.param("url={https://x.org/a%20b.pdf}", ("pdf", "https://x.org/a%20b.pdf"), id="%20 stays"),
        pytest.param("howpublished={\\url{https://x.org/a_b}}", ("page", "https://x.org/a_b"), id="howpublished"),
        pytest.param("code={https://github.com/a/b}", ("code", "https://github.com/a/b"), id="code"),
        pytest.param("url={javascript:alert(1)}", ("page", ""), id="no address to follow"),
    ],
)
def test_links(fields: str, link: tuple[str, str]) -> None:
    (draft,) = bibtex.parse(f"@misc{{a, title={{x}}, {fields}}}", "f", "").drafts
    assert getattr(draft.links, link[0]) == link[1]


def test_remarks_of_our_own_are_read_back() -> None:
    text = (
        "@misc{a, title={[Made Up]}, abstract={We do.}, year=2025, "
        "note={1,200 authors; title made from the abstract; year inferred}, affiliation={A and B}, annote={Good}}"
    )
    (draft,) = bibtex.parse(text, "f", "").drafts
    assert (draft.title, draft.author_count, draft.date_source) == ("", 1200, "inferred")
    assert (draft.organizations, draft.note) == (("A", "B"), "Good")


def test_a_thesis_in_a_series_names_its_house_and_its_series() -> None:
    (draft,) = bibtex.parse("@phdthesis{a, title={x}, school={S}, series={R}}", "f", "").drafts
    assert (draft.venue, draft.publication.publisher) == ("R", "S")


def test_a_subtitle_belongs_to_the_title() -> None:
    (draft,) = bibtex.parse("@book{a, title={One}, subtitle={Two}}", "f", "").drafts
    assert draft.title == "One: Two"


def test_a_crossref_to_itself_or_to_nothing_changes_nothing() -> None:
    text = "@inproceedings{a, title={x}, crossref={a}}\n@inproceedings{b, title={y}, crossref={none}}"
    assert [draft.venue for draft in bibtex.parse(text, "f", "").drafts] == ["", ""]


def test_an_article_takes_its_journal_from_its_crossref() -> None:
    text = "@article{a, title={x}, crossref={B}}\n@periodical{b, title={Issue}, journal={J}, year=2020}"
    (article, _) = bibtex.parse(text, "f", "").drafts
    assert (article.venue, article.date) == ("J", "2020")


@pytest.mark.parametrize(
    ("date", "iso"),
    [
        pytest.param(("2020", "jun"), "2020-06", id="a macro"),
        pytest.param(("2020", "June"), "2020-06", id="a name"),
        pytest.param(("2020", "6"), "2020-06", id="a number"),
        pytest.param(("2020", "5 June"), "2020-06-05", id="a day before"),
        pytest.param(("2020", "June 5"), "2020-06-05", id="a day behind"),
        pytest.param(("2020", "June", "05"), "2020-06-05", id="a day of its own"),
        pytest.param(("2020", "June--July"), "2020-06", id="two months: the first"),
        pytest.param(("2020", "jun 31"), "2020-06", id="no such day"),
        pytest.param(("2020", "13"), "2020", id="no such month"),
        pytest.param(("2020", "summer"), "2020", id="a season"),
        pytest.param(("c. 1843"), "1843", id="about a year"),
        pytest.param(("in press", "jun"), "", id="no year"),
        pytest.param(("20201", ""), "", id="a number that is no year"),
    ],
)
def test_dates(date: tuple[str, ...] | str, iso: str) -> None:
    assert (iso_date(date) if isinstance(date, str) else iso_date(*date)) == iso


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2020-05-12", "2020-05-12"),
        ("2020/5", "2020-05"),
        ("1984-01/1986-12", "1984-01"),
        ("12 May 2020", "2020-05-12"),
        ("2020", "2020"),
        ("soon", ""),
        ("2021-02-30", "2021-02"),
    ],
)
def test_written_dates(text: str, iso: str) -> None:
    assert written_date(text) == iso


@pytest.mark.parametrize(
    ("laced", "plain"),
    [
        pytest.param("{BERT}: {D}eep", "BERT: Deep", id="guarded capitals"),
        pytest.param(r"{\"o} \'e \v{s} \c c {\ss}e {\aa} {\o}re \^{\i} \H{o} \k{a} \.{z}", "ö é š ç ße å øre î ő ą ż",
                     id="accents"),
        pytest.param(r"$x^{2}$ and {$k$}-means", "$x^{2}$ and $k$-means", id="formulas stay"),
        pytest.param(r"\$15 for 5\% \& more \_ \#", "$15 for 5% & more _ #", id="escapes"),
        pytest.param(r"50% of \'a", "50% of á", id="a percent sign is no comment"),
        pytest.param(r"\url{http://a.b/c%20d_e}", "http://a.b/c%20d_e", id="an address"),
        pytest.param(r"\href{https://a.b/x\_y}{code}", "code (https://a.b/x_y)", id="a link"),
        pytest.param(r"\href{https://a.b}{https://a.b}", "https://a.b", id="a link to what it shows"),
        pytest.param("A~B -- ``q'' --- x-{}-y", "A B – “q” — x--y", id="ties, quotes, dashes"),
        pytest.param(r"{\LaTeX} and Bib\TeX{}", "LaTeX and BibTeX", id="logos"),
        pytest.param(r"\emph{a} \textbf{b} \textsc{C}d", "a b Cd", id="fonts"),
        pytest.param(r"we propose \policy, a", r"we propose \policy, a", id="an unknown macro keeps its source"),
        pytest.param("see https://x.org/~me", "see https://x.org/~me", id="a tilde in an address"),
        pytest.param("\\" * 1000, "\\" * 1000, id="no prose"),
        pytest.param("a\n  b", "a b", id="line breaks"),
        pytest.param(r"see \cite{$x$} it", r"see \cite{$x$} it", id="a formula that decoding would lose"),
    ],
)  # fmt: skip
def test_latex_of_bibliographies(laced: str, plain: str) -> None:
    assert unlaced(laced) == plain


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("{a {b} c}", "a {b} c"),
        ('"a {"} b"', 'a {"} b'),
        ("jan", "jan"),
        ("x # { b}", "ex b"),
        ("12", "12"),
        ("", ""),
        ("{a \\} b}", "a \\} b"),
    ],
)
def test_values(raw: str, value: str) -> None:
    assert read_value(raw, {"x": "ex"}) == value


@pytest.mark.parametrize("raw", ["{a", '"a', "{a} b", "a #", "{a} b = {c}", "}"])
def test_values_that_cannot_be_read(raw: str) -> None:
    with pytest.raises(BibtexError):
        read_value(raw, {})


def test_titles_are_those_that_the_library_reads() -> None:
    text = text_of("bibtex", "styles.bib")
    oracle = [entry["title"].strip('{}"') for entry in parse_string(text).entries]
    found = {draft.title for draft in bibtex.parse(text, "f", "").drafts}
    plain = [title for title in oracle if not set(title) & set("{}\\$")]
    assert len(plain) == 4
    assert [title for title in plain if title not in found] == ["Proceedings of the 3rd Workshop"]


def test_nothing_is_printed_about_a_broken_file(capfd: pytest.CaptureFixture[str]) -> None:
    bibtex.parse(text_of("bibtex", "broken.bib"), "f", "")
    assert capfd.readouterr() == ("", "")


PIECES = ["@a{", "b,", "title", "=", "{", "}", '"', ",", "#", "\n", "x", "\\'", "$", "@string{", "(", ")", "and ", " "]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=60))
def test_no_text_breaks_it(text: str) -> None:
    bibtex.identify(text)
    assert_accounted(text, bibtex.parse(text, "f", ""), shared=True)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("@a{bcdef\n" * 11_000, id="entries that never end"),
        pytest.param("{" * 100_000, id="braces"),
        pytest.param("@a{b,author={" + "{" * 50_000 + "}" * 50_000 + "}}", id="braces in braces"),
        pytest.param("@a{b,title={" + '\\"{o}' * 20_000 + "}}", id="accents"),
        pytest.param("@a{b,title={" + "\\'" * 50_000 + "}}", id="accents on nothing"),
        pytest.param("@a{b,title={x},note={" + "\\url{" * 20_000 + "}}", id="addresses"),
        pytest.param("@a{b,author={" + "a and " * 16_000 + "}}", id="authors"),
    ],
)
def test_a_hostile_text_takes_no_time(text: str) -> None:
    start = time.process_time()
    bibtex.identify(text)
    bibtex.parse(text, "f", "")
    assert time.process_time() - start < 10, "it hangs"
