"""What the corpus needs care for: links that lead nowhere, and records without date, authors or links."""

from __future__ import annotations

import datetime as dt
import time
from concurrent.futures import ThreadPoolExecutor
from hashlib import blake2b
from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sitegen.addresses import addresses
from sitegen.github.reach import Reached
from sitegen.report.harmless import code, markdown
from sitegen.text import plural, shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from sitegen.model import Corpus, Paper

MARK = "<!-- sitegen: care -->"
TITLE = "Links and records that need care"
# So many links are asked in one week, on so many hosts at once, for so long.
LINKS_CAP = 300
_AT_ONCE = 8
_SECONDS = 900
_LISTED = 50
# arXiv asks programs for three seconds between two questions.
_PATIENT = {"arxiv.org"}
_SHOWN = 300


def links_of(corpus: Corpus) -> dict[str, tuple[str, ...]]:
    """Give the addresses that records lead to, those of DOIs and arXiv ids too, sorted, each with its papers' ids."""
    found: dict[str, list[str]] = {}
    for paper in _shown(corpus):
        for name, address in addresses(paper.links).items():
            # An arXiv id's PDF says no more than its page.
            if name != "PDF" or paper.links.pdf:
                found.setdefault(address, []).append(paper.id)
    return {address: tuple(dict.fromkeys(ids)) for address, ids in sorted(found.items())}


def to_ask(links: Sequence[str], before: str, now: str) -> tuple[str, ...]:
    """Give the addresses to ask this week: those that the last report names, and the week's part of the others.

    `before` is the last report's Markdown; `now` as in `Paper.added`. Each part has addresses of many hosts.
    """
    named = [address for address in links if code(shorten(address, _SHOWN)) in before][:LINKS_CAP]
    others = sorted(set(links).difference(named), key=_shuffled)
    room = LINKS_CAP - len(named)
    week = dt.date.fromisoformat(now[:10]).toordinal() // 7
    start = week * room % len(others) if others else 0
    return tuple(sorted([*named, *(others[start:] + others[:start])[:room]]))


def asked(links: Iterable[str], ask: Callable[[str], Reached], pause: float = 1.0) -> dict[str, Reached]:
    """Ask for addresses, one after the other on each host with a pause (seconds) between; gives what became of each.

    The pause is three times as long where a host wishes that.
    """
    until = time.monotonic() + _SECONDS
    by_host = [list(group) for _, group in groupby(sorted(links, key=_by_host), key=lambda one: _by_host(one)[0])]

    def ask_host(group: list[str]) -> list[Reached]:
        found = []
        for number, address in enumerate(group):
            if time.monotonic() > until:
                found.append(Reached("unsure", "there was no time left"))
                continue
            if number:
                time.sleep(pause * (3 if _by_host(address)[0] in _PATIENT else 1))
            found.append(ask(address))
        return found

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        results = pool.map(ask_host, by_host)
        pairs = [pair for group, found in zip(by_host, results, strict=True) for pair in zip(group, found, strict=True)]
    return dict(sorted(pairs))


def care_report(corpus: Corpus, links: Mapping[str, Sequence[str]], found: Mapping[str, Reached]) -> str:
    """Give the report's Markdown; "" where nothing needs care. An equal state gives equal words."""
    dead = [_dead(address, links[address], one) for address, one in found.items() if one.state == "dead"]
    lists = [("Links that lead nowhere", dead), *_gaps(corpus)]
    told = [(title, lines) for title, lines in lists if lines]
    blocks = [block for title, lines in told for block in (f"### {title} ({len(lines):,})", _some(lines))]
    if not blocks:
        return ""
    return "\n\n".join([*blocks, _closing(links)])


def _closing(links: Mapping[str, Sequence[str]]) -> str:
    part = f", a part of {len(links):,}, another each week" if len(links) > LINKS_CAP else ""
    return (
        f"At most {LINKS_CAP} links are asked{part}; only https is asked, and a host that refuses programs is not "
        "listed. Mend what you can by pull request: this issue is written anew each week, and closed when nothing "
        "is left."
    )


def _shown(corpus: Corpus) -> Iterator[Paper]:
    return (paper for paper in corpus.papers if not paper.status)


def _shuffled(address: str) -> bytes:
    """Give what puts addresses into an order that has nothing to do with their hosts, and stays the same."""
    return blake2b(address.encode(errors="replace"), digest_size=8).digest()


def _by_host(address: str) -> tuple[str, str]:
    try:
        return urlsplit(address).hostname or "", address
    except ValueError:
        return "", address


def _dead(address: str, ids: Sequence[str], found: Reached) -> str:
    papers = code(ids[0]) + (f" and {plural(len(ids) - 1, 'other')}" if len(ids) > 1 else "")
    return f"- {code(shorten(address, _SHOWN))} of {papers}: {markdown(found.why)}"


def _gaps(corpus: Corpus) -> Iterator[tuple[str, list[str]]]:
    papers = list(_shown(corpus))
    gaps: tuple[tuple[str, Callable[[Paper], bool]], ...] = (
        ("Records without a date", lambda paper: not paper.date),
        ("Records without authors", lambda paper: not (paper.authors or paper.organizations)),
        ("Records without links", lambda paper: not any(_links(paper))),
    )
    for title, lacks in gaps:
        yield title, [f"- {code(paper.origin.path or paper.id)}" for paper in papers if lacks(paper)]


def _links(paper: Paper) -> tuple[str, ...]:
    links = paper.links
    return links.arxiv, links.doi, links.pdf, links.code, links.page


def _some(lines: Sequence[str]) -> str:
    more = [f"- … and {len(lines) - _LISTED:,} more"] if len(lines) > _LISTED else []
    return "\n".join([*lines[:_LISTED], *more])
