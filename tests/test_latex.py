"""LaTeX in abstracts: what becomes plain text, what becomes a formula, and what is refused."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.latex import FORMULA_CAP, Run, mathml, plain_text, runs

SEEDS = Path(__file__).parent / "seeds"
MATH = "{http://www.w3.org/1998/Math/MathML}"
# Every formula of the five seed texts, read from them by eye.
SEED_FORMULAS = ["1/3", r"N\!\approx\!30", r"\sim 1", "k", "n", "n", "k"]


def text_of(source: str) -> str:
    return "".join(ET.fromstring(mathml(source)).itertext())


def test_the_seeds_have_seven_formulas_and_no_false_one() -> None:
    lines = "\n".join(path.read_text("utf-8") for path in sorted(SEEDS.glob("*.txt")))
    found = [run.text for line in lines.splitlines() for run in runs(line) if run.formula]
    assert sorted(found) == sorted(SEED_FORMULAS)
    assert all(mathml(source) for source in found)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param("costs $15 and $20 a month", [], id="money"),
        pytest.param("from $15-$20", [], id="a range of money"),
        pytest.param("top-$k$ of $n$.", ["k", "n"], id="letters"),
        pytest.param("at $15 with $k$ steps", ["k"], id="money before a formula"),
        pytest.param(r"paid \$5 for \$6", [], id="escaped dollars"),
        pytest.param("a $ b $ c", [], id="spaces inside"),
        pytest.param("US$x$ and a$b$", [], id="within a word"),
        pytest.param("one $a\nb$ two", [], id="over a line break"),
        pytest.param(f"${'x' * 161}$", [], id="too long for a formula"),
        pytest.param("$a$$b$", ["a", "b"], id="side by side"),
    ],
)
def test_formulas_are_found_and_money_is_not(words: str, expected: list[str]) -> None:
    assert [run.text for run in runs(words) if run.formula] == expected


def test_runs_cut_prose_in_order() -> None:
    assert runs(r"0.5\% of $k$ and \emph{more}") == (Run("0.5% of "), Run("k", formula=True), Run(" and more"))
    assert runs("") == ()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (r"\textbf{M}edical \emph{text} and \texttt{code}", "Medical text and code"),
        (r"0.5\% of 5% and 6%", "0.5% of 5% and 6%"),
        ("``x'' said", "“x” said"),
        (r"$15 \& R&D at 5\%", "$15 & R&D at 5%"),
        (r"~30 and 1~000, 5\%", "~30 and 1\xa0000, 5%"),
        (r"caf\'e, \v{S}najder, Erd\H{o}s, \o", "café, Šnajder, Erdős, ø"),
        (r"we propose \policy, a method", r"we propose \policy, a method"),
        (r"\foo{a}{b} stays", r"\foo{a}{b} stays"),
        (r"{\em word} and {B}ERT\footnote{x}", "word and BERT[x]"),
        (r"see \url{https://x.org/a_b}", "see https://x.org/a_b"),
        (r"as \cite{abc} and \ref{x} say", r"as \cite{abc} and \ref{x} say"),
        (r"\input{/etc/passwd}", r"\input{/etc/passwd}"),
        (r"\begin{itemize}\item a\end{itemize}", "\n  * a"),
        ("C:\\", "C:\\"),
        ("UMAEA , %rightarrow, Phi^{max} and majority@64", "UMAEA , %rightarrow, Phi^{max} and majority@64"),
        ("5% \\% of\n  those \\textbf{x}", "5% % of\n  those x"),
        (r"broken \textbf{", r"broken "),
        (r"costs $\sim 1$ s", "costs ∼1 s"),
        (r"$\operatorname{argmax}_x \left( \bm{w} \right)$", "argmax_x ( w )"),
        (r"$N\!\approx\!30$, $a\,b$", "N≈30, a b"),
        (r"$\foo{x}$", r"\foo{x}"),
    ],
)
def test_latex_becomes_plain_text(words: str, expected: str) -> None:
    assert plain_text(words) == expected


def test_text_without_latex_is_left_alone() -> None:
    for line in (line for path in SEEDS.glob("*.txt") for line in path.read_text("utf-8").splitlines()):
        if not re.search(r"[\\$]|``|''", line):
            assert plain_text(line) == line


def test_what_the_decoder_cannot_read_is_not_told_to_the_user(caplog: pytest.LogCaptureFixture) -> None:
    plain_text(r"$\frac{{$ and \% \frac")
    assert caplog.records == []


def test_what_cannot_be_decoded_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ValueError

    monkeypatch.setattr("sitegen.latex.LatexWalker", broken)
    assert plain_text(r"0.5\% & $5") == r"0.5\% & $5"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"\sim 1", "∼1"),
        (r"N\!\approx\!30", "N≈30"),
        ("a<b", "a<b"),
        ("&lt;b&gt;", ""),
        (r"\pi^*", "π*"),
        (r"\mathcal{O}(n^2)", "𝒪(n2)"),
        (r"10^{-3}", "10−3"),
        (r"p_{\text{max}}", "pmax"),
        (r"\hat{x}_{i}", "x^i"),
    ],
)
def test_a_formula_becomes_mathml_with_its_own_characters(source: str, expected: str) -> None:
    if expected:
        assert text_of(source) == expected
        assert mathml(source).startswith('<math display="inline" xmlns="http://www.w3.org/1998/Math/MathML">')
    else:
        assert "<b" not in mathml(source)


def test_spaces_are_lengths_that_browsers_know() -> None:
    assert re.findall(r'width="([^"]*)"', mathml(r"a\!b\,c\;d\quad e")) == ["-0.167em", "0.167em", "0.278em", "1em"]


@pytest.mark.parametrize(
    "source",
    [
        r"\text{<script>alert(1)</script>}",
        r"\text{<img src=x onerror=alert(1)>}",
        r"\mbox{<b>}",
        r"\textrm{<script>}",
        r"\fbox{<script>}",
        r"\fbox{<script>alert(1)</script>}",
        r'\fbox{<mtext href="javascript:alert(1)">x</mtext>}',
        r"\href{javascript:alert(1)}{x}",
        r"\url{javascript:alert(1)}",
        r"\style{color:red}{x}",
        r"\class{x}{y}",
        r"\cssId{x}{y}",
        r"\htmlClass{x}{y}",
        r"\require{x}",
        r"\def\x{y}",
        r"\newcommand{\x}{y}",
        r"\unicode{x}",
        r"\color{red}{x}",
        r"\rule{999em}{999em}",
        r"\hspace{999em}",
        r"\hspace{-99em}",
        r"\foo",
        r"\ce{H2O}",
        "{",
        "x" * (FORMULA_CAP + 1),
    ],
)
def test_what_is_not_plain_presentation_is_refused(source: str) -> None:
    assert mathml(source) == ""


_PIECES = st.sampled_from(
    r"\text \mbox \href \frac \sqrt \hspace \begin{matrix} \end{matrix} { } [ ] ^ _ & < > \ x 1 ~ ' \" \left \right "
    r"<script> </mi> <mi> onerror= javascript: \fbox \color \mathrm \operatorname \sim \, \! \\ % # style=".split(" ")
)


@settings(deadline=None, max_examples=400)
@given(st.lists(_PIECES, max_size=12).map("".join))
def test_mathml_holds_nothing_but_presentation(source: str) -> None:
    made = mathml(source)
    if not made:
        return
    for element in ET.fromstring(made).iter():
        assert element.tag.startswith(f"{MATH}m")
        assert not element.attrib.keys() & {"style", "class", "href", "id", "src"}
        assert not [name for name in element.attrib if name.startswith("on")]
