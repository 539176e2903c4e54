"""Shells: cutting a sentinel page, and stamping words that try to leave their places."""

from __future__ import annotations

import pytest
from dom import differences, document, find, visible_text

from sitegen.render.article import article
from sitegen.render.headings import Article, Heading
from sitegen.render.shell import Shell, ShellError, Stamp, cut, stamp

ROW = '<li class="md-nav__item"><a href="#xshellsecx" class="md-nav__link">XSHELLSECX</a></li>'
SENTINEL = f"""<!doctype html><html><head><title>XSHELLTITLEX - site</title>
<meta name="description" content="XSHELLDESCRIPTIONX"><link rel="canonical" href="https://x.org/papers/xshellpagex/">
<meta name="sitegen" content="XSHELLHEADX"></head><body><a href="#xshelltitlex">Skip</a>
<nav class="md-nav md-nav--secondary" aria-label="Table of contents"><ul>{ROW}</ul></nav>
<article><h1 id="xshelltitlex">XSHELLTITLEX</h1><p>XSHELLBODYX</p><h2 id="xshellsecx">XSHELLSECX</h2>
<p>XSHELLENDX</p></article><footer>end</footer></body></html>"""
HOSTILE = "</title><script>alert(1)</script>\"' & XSHELLTITLEX xshellpagex XSHELLBODYX \\1 \\g<0> {title}"


def stamped(content: Stamp, shell: Shell | None = None) -> str:
    return stamp(shell or cut(SENTINEL), content).decode()


def content_of(markdown: str, words: str = "Title", head: str = "") -> Stamp:
    return Stamp(article(markdown, "papers/x.md"), words, words, "https://x.org/papers/x/", head)


def test_what_differs_is_filled_and_the_rest_is_untouched() -> None:
    page = stamped(content_of("# A & B\n\nWords\n\n## One\n\n### Deeper\n\n## Two", head='<meta name="own">'))
    rows = "\n".join(ROW.replace("xshellsecx", word.lower()).replace("XSHELLSECX", word) for word in ("One", "Two"))
    hole = SENTINEL[SENTINEL.index("<h1") : SENTINEL.index("</article>")]
    filling = """<h1 id="top">A &amp; B</h1>
<p>Words</p>
<h2 id="one">One</h2>
<h3 id="deeper">Deeper</h3>
<h2 id="two">Two</h2>"""
    expected = SENTINEL.replace(hole, filling).replace(ROW, rows)
    for mark, words in {
        '<meta name="sitegen" content="XSHELLHEADX">': '<meta name="own">',
        "XSHELLTITLEX": "Title",
        "XSHELLDESCRIPTIONX": "Title",
        "xshelltitlex": "top",
        "xshellpagex": "x",
    }.items():
        expected = expected.replace(mark, words)
    assert differences(document(page), document(expected)) == []
    assert len(page) < len(expected)


def test_a_title_keeps_its_own_id_where_another_heading_has_the_short_one() -> None:
    page = document(stamped(content_of("# A & B\n\n## Top")))
    assert [heading.get("id") for heading in page.iter() if heading.tag in {"h1", "h2"}] == ["a-b", "top"]
    assert find(page, "a").get("href") == "#a-b"


def test_what_serves_the_scripts_of_material_alone_is_left_out() -> None:
    unused = (
        '\n<input class="md-toggle" data-md-toggle="search" type="checkbox" id="__search" autocomplete="off">\n'
        '<label class="md-overlay" for="__drawer"></label>\n'
        '<div data-md-component="announce">\n  </div>\n'
        '<div class="md-dialog" data-md-component="dialog">\n <div class="md-dialog__inner"></div>\n </div>\n'
        '<meta name="generator" content="mkdocs">'
    )
    whole = SENTINEL.replace("<footer>", f'{unused}<main data-md-component="main">x</main><footer>')
    plain = SENTINEL.replace("<footer>", "<main>x</main><footer>")
    assert stamped(content_of("# A"), cut(whole)) == stamped(content_of("# A"), cut(plain))


def test_the_frame_has_no_byte_that_html_does_without_and_is_read_alike() -> None:
    frame = """
<!doctype html>
<html lang="en" class="no-js">
  <head>
    <meta charset="utf-8">
    <title>XSHELLTITLEX - s</title>
    <meta name="sitegen" content="XSHELLHEADX">
    <script type="module" src="../a.js"></script>
  </head>
  <body dir="ltr" data-md-color-scheme="default" data-md-color-primary="indigo" data-md-color-accent="teal">
    <div data-md-component="skip">
        <a href="#xshelltitlex" class="md-skip">
          Skip
        </a>
    </div>
    <header class="h"><nav aria-label="The site">
      <a href="../..">One</a>
      <a href="../x/" class="a b">Two</a>
    </nav></header>
    <main>
      <article class="b c"><h1 id="xshelltitlex">XSHELLTITLEX</h1><p>XSHELLENDX</p></article>
    </main>
    <footer>
      <p>end &amp; <a href="https://x.org/?a=b">more</a>.</p>
    </footer>
  </body>
</html>
"""
    assert stamped(content_of("# A", head="<meta name=own>"), cut(frame)) == (
        "<!doctype html><html lang=en><meta charset=utf-8><title>Title - s</title><meta name=own>"
        "<script type=module src=../a.js></script>"
        '<body dir=ltr data-md-color-scheme=default data-md-color-accent=teal><a href="#top" class="md-skip">Skip</a>'
        '<header class=h><nav aria-label="The site"><a href=../..>One</a>\n<a href=../x/ class="a b">Two</a></nav>'
        "</header>"
        '<main><article class="b c"><h1 id="top">A</h1></article></main>'
        '<footer><p>end &amp; <a href="https://x.org/?a=b">more</a>.</footer>'
    )


def test_words_stay_in_their_places() -> None:
    made = Article("<h1>T</h1>", (Heading(1, "t", "T"), Heading(2, "s", HOSTILE)))
    page = document(stamped(Stamp(made, HOSTILE, HOSTILE, f"https://x.org/{HOSTILE}", "")))
    assert list(page.iter("script")) == []
    assert "".join(find(page, "title").itertext()) == f"{HOSTILE} - site"
    assert find(page, "meta", name="description").get("content") == HOSTILE
    assert find(page, "link").get("href") == f"https://x.org/{HOSTILE}"
    assert visible_text(find(page, "nav")) == HOSTILE


def test_without_headings_there_is_no_table_of_contents() -> None:
    page = document(stamped(content_of("words alone")))
    assert list(find(page, "nav")) == []
    assert find(page, "a").get("href") == "#"


def test_a_page_without_a_table_of_contents_has_none_when_stamped() -> None:
    shell = cut(SENTINEL.replace(f"<ul>{ROW}</ul>", ""))
    assert list(find(document(stamped(content_of("# T\n\n## One"), shell)), "nav")) == []


@pytest.mark.parametrize(
    ("changed", "to", "words"),
    [
        pytest.param("XSHELLENDX", "", "not one article", id="the article does not end"),
        pytest.param('<meta name="sitegen" content="XSHELLHEADX">', "", "one head", id="no place for head tags"),
        pytest.param("<footer>", "<footer>XSHELLBODYX", "xshellbodyx", id="the article stands twice"),
        pytest.param("<footer>", "<footer>xshellsecx", "xshellsecx", id="a heading outside the contents"),
    ],
)
def test_a_frame_that_is_not_as_expected_is_our_fault(changed: str, to: str, words: str) -> None:
    with pytest.raises(ShellError, match=f"(?i){words}"):
        cut(SENTINEL.replace(changed, to))


def test_the_digest_changes_with_any_byte_of_the_frame() -> None:
    assert cut(SENTINEL).digest == cut(SENTINEL).digest
    assert cut(SENTINEL).digest != cut(SENTINEL.replace("end<", "End<")).digest
