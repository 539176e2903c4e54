"""Charts in Chromium: no words lie over others, and they are as large on a phone as on a desk, in any theme."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest
from browser import chromium, serve
from projects import ROOT

from sitegen.figures import Cell, Chart, Spark, cells
from sitegen.render.article import article
from sitegen.render.chart_markdown import chart_markdown, spark_markdown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from selenium.webdriver import Chrome

pytestmark = pytest.mark.browser

YEARS = ["to 2013", *map(str, range(2014, 2026)), "no date"]
MONTHS = [f"{2022 + n // 12}-{n % 12 + 1:02}" for n in range(46)]
TOPICS = ["Agents", "Reinforcement learning", "Scaling, pretraining", "Cognition"]


def charts() -> Iterator[Chart]:
    """Give a chart of every shape with small figures and with the greatest that are in sight."""
    for factor in (1, 9_999):
        trend = [cells(label, factor * n, factor * 10) for n, label in enumerate(("to 2020", *YEARS[-6:]))]
        yield Chart("trend", cells("Year", "Papers", "Of all"), tuple(trend), colour=2)
        years = tuple(cells(label, factor * (n % 3)) for n, label in enumerate(YEARS[-13:]))
        yield Chart("columns", cells("Year", "Papers"), years)
        months = tuple(cells(label, factor * (n % 5)) for n, label in enumerate(MONTHS))
        yield Chart("months", cells("Month", "Papers"), months, note="Papers per month.")
        yield Chart("months wide", cells("Month", "Papers"), months)
        yield Chart("months", cells("Month", "Papers"), months[:37])
        names = ("Given title", "Number of authors", "arXiv id or DOI", "Benchmarks")
        yield Chart("rows", cells("Known", "Papers"), tuple(cells(name, factor * n) for n, name in enumerate(names)))
    head = (Cell("Topic"), *(Cell(name, "topics/a.md", 1 + n // 2) for n, name in enumerate(TOPICS)))
    heat = tuple((head[row + 1], *cells(*(row * column for column in range(4)))) for row in range(4))
    yield Chart("heat", head, heat)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("charts")
    blocks = [f"# Charts\n\n- *Topic* {spark_markdown(Spark(2021, (0, 1, 2, 1, 4)))} *8*{{.count}}"]
    blocks += [chart_markdown(chart, "stats/index.md") for chart in charts()]
    styles = "".join((ROOT / f"theme/assets/{name}.css").read_text("utf-8") for name in ("sitegen", "charts"))
    body = article("\n\n".join(blocks) + "\n", "stats/index.md").html
    (folder / "index.html").write_text(
        f'<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f'<title>x</title><style>{styles}</style><body class="md-body"><div class="md-main__inner md-typeset">'
        f'<article class="md-content__inner">{body}</article></div>',
        "utf-8",
    )
    with serve(folder) as url:
        yield url


@pytest.fixture(scope="module")
def chrome() -> Iterator[Chrome]:
    with chromium() as started:
        yield started


def opened(chrome: Chrome, url: str, width: int) -> None:
    metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 700}
    chrome.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    chrome.get(url)


_WORDS = """return [...document.querySelectorAll('article svg')].filter(svg => svg.getClientRects().length).map(svg => {
  const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width
  return {kind: svg.className.baseVal, left: svg.getBoundingClientRect().left, right: svg.getBoundingClientRect().right,
    words: [...svg.querySelectorAll('text')].map(text => {
      const box = text.getBoundingClientRect()
      return {said: text.textContent, x: box.left, y: box.top, right: box.right, bottom: box.bottom,
        size: parseFloat(getComputedStyle(text).fontSize) * scale}
    })}
})"""


def overlap(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two boxes share more than a pixel, which lies above and below letters and figures anyway."""
    wide = min(one["right"], other["right"]) - max(one["x"], other["x"])
    high = min(one["bottom"], other["bottom"]) - max(one["y"], other["y"])
    return bool(wide > 0 and high > 2)


@pytest.mark.parametrize("width", [1280, 900, 400, 320])
def test_no_words_of_a_chart_lie_over_others(chrome: Chrome, page: str, width: int) -> None:
    opened(chrome, page, width)
    found = chrome.execute_script(_WORDS)
    assert len(found) == 13
    over = [
        (drawing["kind"], one["said"], other["said"])
        for drawing in found
        for one, other in combinations(drawing["words"], 2)
        if overlap(one, other)
    ]
    assert over == []
    outside = [
        (drawing["kind"], words["said"])
        for drawing in found
        for words in drawing["words"]
        if words["x"] < drawing["left"] - 4 or words["right"] > drawing["right"] + 4
    ]
    assert outside == []


@pytest.mark.parametrize(("width", "least"), [(1280, 12), (900, 12), (400, 11.5), (320, 9.5)])
def test_words_of_charts_are_as_large_on_a_phone(chrome: Chrome, page: str, width: int, least: float) -> None:
    opened(chrome, page, width)
    found = chrome.execute_script(_WORDS)
    assert min(words["size"] for drawing in found for words in drawing["words"]) >= least - 0.01


@pytest.mark.parametrize("width", [1280, 400, 320])
def test_the_page_never_scrolls_sideways(chrome: Chrome, page: str, width: int) -> None:
    opened(chrome, page, width)
    root = "document.documentElement"
    assert chrome.execute_script(f"return {root}.scrollWidth <= {root}.clientWidth")


_COLOURS = """
const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true})
const light = colour => {
  canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1)
  const part = byte => (byte /= 255) <= .04045 ? byte / 12.92 : ((byte + .055) / 1.055) ** 2.4
  const [r, g, b] = canvas.getImageData(0, 0, 1, 1).data
  return .2126 * part(r) + .7152 * part(g) + .0722 * part(b)
}
document.body.dataset.mdColorScheme = arguments[0]
return [...document.querySelectorAll('.heat td')].map(cell => {
  const [a, b] = [getComputedStyle(cell).color, getComputedStyle(cell).backgroundColor].map(light)
  return (Math.max(a, b) + .05) / (Math.min(a, b) + .05)
})"""


@pytest.mark.parametrize("scheme", ["default", "slate"])
def test_figures_can_be_read_on_every_step_of_colour(chrome: Chrome, page: str, scheme: str) -> None:
    opened(chrome, page, 1280)
    contrasts = chrome.execute_script(_COLOURS, scheme)
    assert len(contrasts) == 16
    assert min(contrasts) >= 4.5
