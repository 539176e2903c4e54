"""The words of a hand-written page, taken from the HTML that MkDocs built, for the search."""

from __future__ import annotations

from functools import lru_cache
from html.parser import HTMLParser

from sitegen.machine_pages import PageText
from sitegen.text import one_line


# A build asks twice: for the frame of before, and for that of now, which is mostly the same.
@lru_cache(maxsize=256)
def page_text(html: str, url: str) -> PageText:
    """Give the first heading and all text of a page's article; `url` is relative to the site's root."""
    reader = _ArticleReader()
    reader.feed(html)
    reader.close()
    return PageText(one_line("".join(reader.title)), url, one_line("".join(reader.text)))


# Elements that may begin and end within a word; all others part words.
_WITHIN_WORDS = frozenset("a abbr b code em i kbd mark q s small span strong sub sup u".split())


class _ArticleReader(HTMLParser):
    """Collects the text inside <article>, and of its first <h1> apart."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.title: list[str] = []
        self.text: list[str] = []
        self._open: list[str] = []
        self._titled = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note where we are."""
        del attrs
        if tag in {"article", "h1", "script", "style", "noscript"}:
            self._open.append(tag)
        self._part_words(tag)

    def handle_endtag(self, tag: str) -> None:
        """Leave what ends here; blocks part words."""
        if tag in self._open:
            self._titled = self._titled or (tag == "h1" and "article" in self._open)
            del self._open[len(self._open) - 1 - self._open[::-1].index(tag) :]
        self._part_words(tag)

    def _part_words(self, tag: str) -> None:
        if tag not in _WITHIN_WORDS:
            self.text.append(" ")

    def handle_data(self, data: str) -> None:
        """Keep what a reader of the article sees."""
        if "article" not in self._open or {"script", "style", "noscript"} & set(self._open):
            return
        if "h1" in self._open and not self._titled:
            self.title.append(data)
        else:
            self.text.append(data)
