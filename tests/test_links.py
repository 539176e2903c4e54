"""Every address of the built site leads somewhere, and nothing is loaded from another host."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from links import Fault, Site, distances, faults, reached
from lxml import etree, html
from projects import SITE_URL, make_project

from sitegen.build import build
from sitegen.config import settings_of

if TYPE_CHECKING:
    from pathlib import Path

ADDRESSES = [pytest.param(SITE_URL, id="at the root"), pytest.param(f"{SITE_URL}repo/", id="below a path")]


def built(project: Path) -> Path:
    settings = settings_of(project / "mkdocs.yml")
    build(settings, 1, lambda *_: None)
    return settings.out_dir


# ---- the site of the seeds ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=ADDRESSES)
def seed_site(request: pytest.FixtureRequest, seed_projects: dict[str, Path]) -> Site:
    return Site(seed_projects[request.param] / "site", request.param)


def test_every_address_of_the_seed_site_leads_somewhere(seed_site: Site) -> None:
    assert len([file for file in seed_site.files if file.startswith("papers/") and file.endswith(".html")]) >= 167
    assert faults(seed_site) == []


def test_every_page_of_the_seed_site_is_reached_by_plain_links(seed_site: Site) -> None:
    pages = {file for file in seed_site.files if file.endswith(".html")}
    # 404 is reached by being wrong.
    assert pages - reached(seed_site) == {"404.html"}


def test_the_sitemap_holds_every_page_of_the_seed_site_once(seed_site: Site) -> None:
    body = (seed_site.folder / "sitemap.xml").read_text("utf-8")
    listed = [part.partition("</loc>")[0] for part in body.split("<loc>")[1:]]
    assert len(listed) == len(set(listed))
    assert set(listed) == {seed_site.url(file) for file in seed_site.files if file.endswith("index.html")}


def test_absolute_paths_stand_only_where_they_must(seed_site: Site) -> None:
    page = (seed_site.folder / "404.html").read_text("utf-8")
    base = "/" + seed_site.address.removeprefix(SITE_URL)
    assert f'href="{base}browse/"' in page
    for file in ("index.html", "topics/index.html", "guide/index.html"):
        assert f'"{base}' not in (seed_site.folder / file).read_text("utf-8") or base == "/"


def test_every_page_of_the_seed_site_is_at_most_five_plain_links_from_home(seed_site: Site) -> None:
    assert max(distances(seed_site).values()) <= 5


POLICY = (
    "default-src 'none';script-src 'self';style-src 'self';img-src 'self' data:;font-src 'self';"
    "connect-src 'self';base-uri 'none';form-action 'self'"
)


def test_every_page_forbids_what_is_not_a_file_of_the_site_and_needs_nothing_else(seed_site: Site) -> None:
    for file in sorted(seed_site.files):
        if file.endswith(".html"):
            assert against_policy(seed_site.page(file)) == [], file


def against_policy(page: html.HtmlElement) -> list[str]:
    """Give what of a page the policy would stop, or what stands before it."""
    order = list(page.iter("script", "style", "link", "meta"))
    policy = next((element for element in order if element.get("http-equiv") == "Content-Security-Policy"), None)
    if policy is None or policy.get("content") != POLICY:
        return ["no policy"]
    found = [str(element.tag) for element in order[: order.index(policy)] if element.tag in ("script", "style")]
    found += ["style" for _ in page.iter("style")]
    for element in page.iter():
        found += [f"{element.tag} {name}" for name in element.attrib if name == "style" or name.startswith("on")]
        if element.tag == "script" and (element.text or "").strip():
            found += [] if element.get("type") == "application/ld+json" else ["script"]
    return found


@pytest.mark.parametrize(
    "inside",
    ["<script>1</script>", "<style>a{}</style>", "<p style='color:red'>x</p>", "<p onclick='x()'>x</p>"],
)
def test_the_check_of_the_policy_sees(inside: str) -> None:
    start = f'<head><meta http-equiv="Content-Security-Policy" content="{POLICY}"></head>'
    assert against_policy(html.document_fromstring(f"{start}<p>x</p>")) == []
    assert against_policy(html.document_fromstring(start + inside)) != []
    assert against_policy(html.document_fromstring(inside + "<p>x</p>")) == ["no policy"]


def zotero_type(page: html.HtmlElement) -> str:
    """Give what Zotero 7 makes of a page, as its own translators were seen to decide."""
    said = page.xpath("//meta[@name='z:itemType']/@content")
    if said:
        return str(said[0])
    if page.xpath("//meta[starts-with(@name, 'citation_')]"):
        return "journalArticle"
    return "webpage" if page.xpath("//meta[starts-with(@property, 'og:')]") else "nothing"


def test_zotero_takes_every_paper_of_the_seeds_for_a_preprint(seed_site: Site) -> None:
    papers = [file for file in sorted(seed_site.files) if re.fullmatch("papers/[^/]+/index.html", file)]
    assert len(papers) >= 167
    assert {zotero_type(seed_site.page(file)) for file in papers} == {"preprint"}
    for file in papers:
        page = seed_site.page(file)
        assert page.xpath("//meta[@name='author' or starts-with(@name, 'citation_')]") == [], file
        assert page.xpath("//span[contains(@class, 'Z3988')]") == [], file
        assert page.xpath("//meta[@property='og:title']/@content")[0] in "".join(page.xpath("//title/text()")), file


# ---- the site of hostile records ------------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=ADDRESSES)
def hostile_site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Site:
    return Site(built(make_project(tmp_path_factory.mktemp("hostile"), request.param)), request.param)


def test_every_address_of_a_hostile_site_leads_somewhere(hostile_site: Site) -> None:
    assert faults(hostile_site) == []


def test_pages_that_are_listed_nowhere_are_these(hostile_site: Site) -> None:
    pages = {file for file in hostile_site.files if file.endswith(".html")}
    apart = {f"papers/{name}/index.html" for name in ("merged-away", "merged-too", "removed", "retracted")}
    assert pages - reached(hostile_site) == {"404.html"} | apart


def test_no_record_brings_a_live_element(hostile_site: Site) -> None:
    inline = {str(script) for script in hostile_site.page("guide/index.html").xpath("//script[not(@src)]/text()")}
    for file in hostile_site.files:
        if file.endswith(".html"):
            page = hostile_site.page(file)
            scripts = {str(script) for script in page.xpath("//script[not(@src)]/text()")}
            assert len(scripts - inline) <= 1, file
            assert page.xpath("//iframe | //object | //embed | //base") == [], file
            # Pages written by hand may show pictures of the site's own.
            assert file.startswith("guide/") or page.xpath("//article//img") == [], file
            # Charts hold bars, lines and words, and lead nowhere.
            drawn = {str(etree.QName(part).localname) for part in page.xpath("//article//svg//*")}
            assert drawn <= {"rect", "line", "path", "text"}, file
            handlers = list(page.xpath("//@*[starts-with(name(), 'on')]"))
            assert handlers == [], file


def test_the_words_of_a_removed_record_are_nowhere(hostile_site: Site) -> None:
    words = b"Words that may be shown nowhere"
    assert [file for file in sorted(hostile_site.files) if words in (hostile_site.folder / file).read_bytes()] == []


# ---- the checker itself ---------------------------------------------------------------------------------------------

GOOD = {
    "index.html": '<h1 id="top-of-it">A</h1><a href="a/#part">a</a><a href="https://other.example/">o</a><a href="#">',
    "a/index.html": '<h2 id="part">B</h2><a href="../">home</a><a href="..">home</a><a href="./?q=1#part">me</a>',
    "404.html": '<a href="/repo/a/">a</a><link rel="stylesheet" href="/repo/s.css">',
    "s.css": "a { background: url('i.svg') }",
    "i.svg": "<svg/>",
    "m.js": 'import { x } from "./n.js"; const words = "import nothing";',
    "n.js": "",
    "sitemap.xml": "<urlset><url><loc>https://papers.test/repo/a/</loc></url></urlset>",
    "feeds/all.atom.xml": '<feed><link href="https://papers.test/repo/"/></feed>',
    "llms.txt": "[a](https://papers.test/repo/a/)",
}
REPO = f"{SITE_URL}repo/"


def checked(folder: Path, *, extra: dict[str, str]) -> list[Fault]:
    for path, body in (GOOD | extra).items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text(body, "utf-8")
    return faults(Site(folder, REPO))


def test_a_sound_site_has_no_faults(tmp_path: Path) -> None:
    assert checked(tmp_path, extra={}) == []


NOWHERE = "leads nowhere"
FOREIGN = "is loaded from another host"


@pytest.mark.parametrize(
    ("file", "body", "address", "what"),
    [
        pytest.param("x.html", '<a href="b/">', "b/", NOWHERE, id="a dead link"),
        pytest.param("x.html", '<a href="a">', "a", NOWHERE, id="a folder without its slash"),
        pytest.param("x.html", '<a href="../">', "../", NOWHERE, id="out of the site's path"),
        pytest.param("x.html", '<a href="a/#none">', "a/#none", "names no place on that page", id="a dead fragment"),
        pytest.param("x.html", '<a href="#none">', "#none", "names no place on that page", id="and on its own page"),
        pytest.param("x.html", '<a href="/repo/a/">', "/repo/a/", "is not relative", id="an absolute path"),
        pytest.param("x.html", f'<a href="{REPO}a/">', f"{REPO}a/", "is not relative", id="an absolute address"),
        pytest.param("x.html", '<img src="no.png">', "no.png", NOWHERE, id="a missing image"),
        pytest.param("x.html", '<img srcset="no.png 2x">', "no.png", NOWHERE, id="a missing larger image"),
        pytest.param("x.html", '<form action="find/">', "find/", NOWHERE, id="a form that leads nowhere"),
        pytest.param("x.html", '<link rel="canonical" href="b/">', "b/", NOWHERE, id="a canonical address"),
        pytest.param("x.html", '<link rel="alternate" href="f.xml">', "f.xml", NOWHERE, id="a feed"),
        pytest.param("x.html", '<meta http-equiv="refresh" content="0; url=b/">', "b/", NOWHERE, id="a redirect"),
        pytest.param("x.html", '<meta property="og:url" content="b/">', "b/", NOWHERE, id="an address in the head"),
        pytest.param("x.html", "<script src=//e.example/>", "//e.example/", FOREIGN, id="a foreign script"),
        pytest.param("x.html", "<img src=http://e.example/>", "http://e.example/", FOREIGN, id="a foreign image"),
        pytest.param("x.html", "<link rel=preconnect href=//e.example>", "//e.example", FOREIGN, id="preconnect"),
        pytest.param("x.html", "<link rel=stylesheet href=//e.example>", "//e.example", FOREIGN, id="a foreign style"),
        pytest.param("x.html", '<p style="background: url(//e.example/)">', "//e.example/", FOREIGN, id="inline style"),
        pytest.param("x.html", "<style>@import '//e.example/'</style>", "//e.example/", FOREIGN, id="a style element"),
        pytest.param(
            "x.html", '<a href="javascript:x()">', "javascript:x()", "a scheme that nothing should open", id="a scheme"
        ),
        pytest.param(
            "404.html", '<a href="a/">', "a/", "is relative on a page that answers at any depth", id="404 relative"
        ),
        pytest.param("s.css", "@font-face { src: url(f.woff2) }", "f.woff2", NOWHERE, id="a missing font"),
        pytest.param("s.css", '@import "https://e.example/";', "https://e.example/", FOREIGN, id="a foreign import"),
        pytest.param("m.js", 'import "./none.js"', "./none.js", NOWHERE, id="a missing module"),
        pytest.param("m.js", 'await import("//e.example/x")', "//e.example/x", FOREIGN, id="a foreign module"),
        pytest.param("sitemap.xml", f"<loc>{REPO}b/</loc>", f"{REPO}b/", NOWHERE, id="a dead entry in the sitemap"),
        pytest.param("f.xml", f'<link href="{REPO}b/"/>', f"{REPO}b/", NOWHERE, id="a dead link in a feed"),
        pytest.param(
            "f.xml",
            "<content>&lt;a href='a/'&gt;</content>",
            "a/",
            "is relative in a file that is read far from here",
            id="a relative link in an entry",
        ),
        pytest.param("llms.txt", f"[b]({REPO}b/)", f"{REPO}b/", NOWHERE, id="a dead link for programs"),
    ],
)
def test_a_planted_fault_is_noticed(tmp_path: Path, file: str, body: str, address: str, what: str) -> None:
    assert checked(tmp_path, extra={file: body}) == [Fault(file, address, what)]


def test_pages_that_no_link_leads_to_are_noticed(tmp_path: Path) -> None:
    checked(tmp_path, extra={"b/index.html": "<h1>nobody comes here</h1>"})
    assert reached(Site(tmp_path, REPO)) == {"index.html", "a/index.html"}
