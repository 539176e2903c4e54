"""GitHub's REST API, as far as the workflows need it: one repository, JSON, capped answers, no redirects."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NoReturn
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlencode
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

from sitegen.problems import SitegenError
from sitegen.report.harmless import logged

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ANSWER_CAP = 16 * 1024 * 1024
PAGE = 100
_TIMEOUT = 30
_VERSION = "2022-11-28"


class ApiError(SitegenError):
    """GitHub did not do what it was asked; `status` is 0 where it gave no answer."""

    def __init__(self, message: str, status: int = 0) -> None:
        super().__init__(message)
        self.status = status


class AnswerTooLargeError(ApiError):
    """An answer is larger than what was asked for may be."""


@dataclass(frozen=True, slots=True)
class Api:
    """One repository ("owner/name") at the API of `root` ("https://api.github.com")."""

    root: str
    repository: str
    token: str = field(repr=False)

    def get(self, path: str, query: Mapping[str, str | int] | None = None, cap: int = ANSWER_CAP) -> Any:  # noqa: ANN401 (JSON)
        """Give what stands at a path of the repository; an answer of more bytes than `cap` is an error."""
        return self._asked("GET", path + (f"?{urlencode(query)}" if query else ""), None, cap)

    def each(self, path: str, query: Mapping[str, str | int] | None = None, pages: int = 10) -> Iterator[Any]:
        """Give the members of a list at a path, page after page, up to `pages` of 100."""
        for number in range(1, pages + 1):
            found = self.get(path, {**(query or {}), "per_page": PAGE, "page": number})
            yield from found
            if len(found) < PAGE:
                return

    def send(self, method: str, path: str, body: Mapping[str, Any]) -> Any:  # noqa: ANN401 (JSON)
        """Send a JSON object and give the answer."""
        return self._asked(method, path, json.dumps(body).encode(), ANSWER_CAP)

    def _asked(self, method: str, path: str, body: bytes | None, cap: int) -> Any:  # noqa: ANN401 (JSON)
        address = f"{self.root}/repos/{quote(self.repository)}/{path}"
        headers = {
            "Accept": "application/vnd.github+json",
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json",
            "User-Agent": "sitegen",
            "X-GitHub-Api-Version": _VERSION,
        }
        request = Request(address, body, headers, method=method)  # noqa: S310 (the runner names the address)
        try:
            with _opener().open(request, timeout=_TIMEOUT) as answer:
                words = answer.read(cap + 1)
        except HTTPError as fault:
            with fault:
                _refuse(method, path, fault)
        except (URLError, TimeoutError, ConnectionError) as fault:
            raise ApiError(f"GitHub gives no answer to {method} {logged(path)}: {fault}") from fault
        if len(words) > cap:
            raise AnswerTooLargeError(f"GitHub's answer to {method} {logged(path)} is larger than {cap:,} bytes")
        try:
            return json.loads(words) if words else None
        except ValueError as fault:
            raise ApiError(f"GitHub's answer to {method} {logged(path)} is no JSON") from fault


def _opener() -> OpenerDirector:
    """Give what opens addresses and follows no redirect, which would take the token elsewhere."""
    opener = OpenerDirector()
    for handler in (ProxyHandler, HTTPHandler, HTTPSHandler, HTTPDefaultErrorHandler, HTTPErrorProcessor):
        opener.add_handler(handler())
    return opener


def _refuse(method: str, path: str, fault: HTTPError) -> NoReturn:
    try:
        said = json.loads(fault.read(ANSWER_CAP))["message"]
    except (ValueError, KeyError, TypeError):
        said = fault.reason
    raise ApiError(f"GitHub refuses {method} {logged(path)}: {fault.code} {logged(str(said))}", fault.code) from fault
