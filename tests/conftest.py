"""Fixtures that several tests share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browser import chromium, console_errors, requests

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selenium.webdriver import Chrome


@pytest.fixture(scope="session")
def one_browser() -> Iterator[Chrome]:
    """One Chromium for all tests of a run: starting it takes a second."""
    with chromium() as chrome:
        yield chrome


@pytest.fixture
def browser(one_browser: Chrome) -> Chrome:
    """A Chromium on an empty page, its logs empty; sites are told apart by their port, so nothing is left of others."""
    one_browser.get("about:blank")
    console_errors(one_browser)
    requests(one_browser)
    return one_browser
