"""Every kind of page is open to everyone: axe finds nothing, at two widths, light and dark."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from browser import serve
from projects import SITE_URL
from selenium.webdriver.support.wait import WebDriverWait

from sitegen.config import settings_of
from sitegen.corpus import load_corpus

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from selenium.webdriver import Chrome

    from sitegen.model import Paper

pytestmark = pytest.mark.browser
WIDTHS = (1280, 400)
RULES = "wcag2a wcag2aa wcag21a wcag21aa wcag22aa best-practice".split()
# Of all that axe looks at, only this can differ between light and dark.
OF_COLOURS = ("color-contrast", "link-in-text-block")
PAGES = (
    "",
    "browse/",
    "browse/2025/",
    "browse/titles/",
    "exports/",
    "feeds/",
    "guide/",
    "guide/curating/",
    "guide/record/",
    "nowhere/at/all/",
    "search/?q=agents",
    "shelf/",
    "stats/",
    "topics/",
    "topics/llm-agents/",
)
RUN = """
const [tags, rules, done] = arguments;
const only = rules.length ? {type: "rule", values: rules} : {type: "tag", values: tags};
axe.run(document, {runOnly: only, resultTypes: ["violations"]}).then(({violations}) =>
  done(violations.map(({id, nodes}) => ({id, nodes: nodes.map(({html, failureSummary}) => [html, failureSummary])}))));
"""


class Judge(NamedTuple):
    """A site that is served, its papers, a browser, and axe."""

    address: str
    papers: tuple[Paper, ...]
    chrome: Chrome
    axe: str

    def open(self, path: str, width: int) -> None:
        """Show a page of the site, light, when all that it loads is there."""
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        self.chrome.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        self.shine("light")
        self.chrome.get(self.address + path)
        ready = "document.querySelector('[data-result]')" if "?q=" in path else "document.readyState === 'complete'"
        self.wait(ready)

    def shine(self, scheme: str) -> None:
        """Let the system ask for light or dark."""
        features = [
            {"name": "prefers-color-scheme", "value": scheme},
            {"name": "prefers-reduced-motion", "value": "reduce"},
        ]
        self.chrome.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})

    def darken(self) -> None:
        """Show the same page dark."""
        self.shine("dark")
        self.wait("document.body.dataset.mdColorScheme === 'slate' && !document.getAnimations().length")

    def findings(self, *rules: str) -> list[dict[str, Any]]:
        """Give what axe finds by these rules, else by all of WCAG and by those of good practice."""
        self.chrome.execute_script(self.axe)
        found: list[dict[str, Any]] = self.chrome.execute_async_script(RUN, RULES, rules)
        return found

    def wait(self, expression: str) -> None:
        """Wait until an expression is true in the page."""
        WebDriverWait(self.chrome, 60, poll_frequency=0.05).until(
            lambda page: page.execute_script(f"return {expression}"), expression
        )


@pytest.fixture(scope="module")
def served(seed_projects: dict[str, Path]) -> Iterator[tuple[str, tuple[Paper, ...]]]:
    settings = settings_of(seed_projects[SITE_URL] / "mkdocs.yml")
    with serve(settings.out_dir) as address:
        yield address, load_corpus(settings.corpus_dir)[0].papers


@pytest.fixture
def judge(served: tuple[str, tuple[Paper, ...]], browser: Chrome, npm_packages: Path) -> Iterator[Judge]:
    axe = (npm_packages / "node_modules/axe-core/axe.min.js").read_text("utf-8")
    yield Judge(*served, browser, axe)
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def assert_open_to_everyone(judge: Judge, path: str, width: int) -> None:
    judge.open(path, width)
    assert judge.findings() == []
    judge.darken()
    assert judge.findings(*OF_COLOURS) == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(judge: Judge, path: str, width: int) -> None:
    assert_open_to_everyone(judge, path, width)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("kind", ["the longest title", "a made title", "a formula"])
def test_axe_finds_nothing_in_a_paper(judge: Judge, kind: str, width: int) -> None:
    fits = {
        "the longest title": lambda paper: len(paper.title) == max(len(other.title) for other in judge.papers),
        "a made title": lambda paper: paper.title_source == "derived",
        "a formula": lambda paper: r"\sim" in paper.abstract,
    }
    paper = next(filter(fits[kind], judge.papers))
    assert_open_to_everyone(judge, f"papers/{paper.id}/", width)


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_in_a_shelf_with_papers(judge: Judge, width: int) -> None:
    judge.open("topics/llm-agents/", width)
    judge.wait("document.querySelector('.sg-star')")
    judge.chrome.execute_script("document.querySelector('.sg-star').click()")
    judge.open("shelf/", width)
    judge.wait("document.querySelector('article li em.about')")
    assert judge.findings() == []
    judge.darken()
    assert judge.findings(*OF_COLOURS) == []
    judge.chrome.execute_script("localStorage.clear()")


# The policy of our pages lets no markup bring a style, so that a script sets it.
PLANT = """
document.querySelector("article").insertAdjacentHTML("beforeend", arguments[0]);
for (const part of document.querySelectorAll("[data-css]")) part.style.cssText = part.dataset.css;
"""


@pytest.mark.parametrize(
    ("planted", "rule"),
    [
        ("<img src='../assets/icon.svg'>", "image-alt"),
        ("<p data-css='color:#999;background:#fff'>pale</p>", "color-contrast"),
        ("<h5>too deep</h5>", "heading-order"),
        ("<button data-css='all:unset;font-size:9px'>a</button><button data-css='all:unset'>b</button>", "target-size"),
        ("<input type='text'>", "label"),
    ],
)
def test_axe_finds_a_planted_fault(judge: Judge, planted: str, rule: str) -> None:
    judge.open("topics/", 1280)
    judge.chrome.execute_script(PLANT, planted)
    assert [found["id"] for found in judge.findings(rule)] == [rule]


def test_axe_finds_pale_words_that_are_pale_in_the_dark_alone(judge: Judge) -> None:
    judge.open("topics/", 1280)
    judge.chrome.execute_script(PLANT, "<p data-css='color:#333'>words</p>")
    assert judge.findings(*OF_COLOURS) == []
    judge.darken()
    assert [found["id"] for found in judge.findings(*OF_COLOURS)] == ["color-contrast"]


# axe cannot judge words of a picture. The last shape that is drawn below a word's middle is what it stands on.
WORDS_OF_PICTURES = """
const shade = (colour) => colour.match(/[\\d.]+/g).map(Number).slice(0, 3);
const light = (parts) => parts
  .map((part) => part / 255).map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
  .reduce((sum, part, place) => sum + part * [0.2126, 0.7152, 0.0722][place], 0);
const paper = shade(getComputedStyle(document.body).backgroundColor);
const laid = ({fill, fillOpacity}) => shade(fill).map((part, at) => part * fillOpacity + paper[at] * (1 - fillOpacity));
return [...document.querySelectorAll("article svg text")].filter((word) => word.checkVisibility()).map((word) => {
  const {left, right, top, bottom} = word.getBoundingClientRect();
  const [x, y] = [(left + right) / 2, (top + bottom) / 2];
  const below = [...word.ownerSVGElement.querySelectorAll("rect")].filter((shape) => {
    const box = shape.getBoundingClientRect();
    const holds = box.left <= x && x <= box.right && box.top <= y && y <= box.bottom;
    return holds && getComputedStyle(shape).fill !== "none";
  }).at(-1);
  const colours = [shade(getComputedStyle(word).fill), below ? laid(getComputedStyle(below)) : paper];
  const [most, least] = colours.map(light).sort((a, b) => b - a);
  return [word.textContent, (most + 0.05) / (least + 0.05), colours];
});
"""


@pytest.mark.parametrize("path", ["stats/", "topics/llm-agents/"])
def test_words_of_pictures_stand_out(judge: Judge, path: str) -> None:
    judge.open(path, 1280)
    for scheme in ("light", "dark"):
        if scheme == "dark":
            judge.darken()
        ratios = judge.chrome.execute_script(WORDS_OF_PICTURES)
        assert len(ratios) >= 10
        assert [(words, ratio, colours) for words, ratio, colours in ratios if ratio < 4.5] == [], scheme
