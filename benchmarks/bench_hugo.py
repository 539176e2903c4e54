"""Hugo on the same papers: a compact site of our own layouts, no theme, whose pages have what sitegen's articles have.

A page's content is the Markdown that sitegen wrote for the paper below docs/ (head, abstract, related papers, record,
neighbours), its links made to fit and its classes left out; title, year and topics are front matter. Lists are those
of Hugo's own taxonomies, by year and by topic, a hundred papers on a page. There are no feeds, no search, no exports,
no Markdown beside the pages, no pages of authors and kinds (links to these lead nowhere), and no scripts.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_SETTINGS = """\
baseURL = "https://example.org/"
title = "Papers"
disableKinds = ["RSS", "sitemap", "robotsTXT", "404", "section"]
[taxonomies]
topic = "topics"
year = "years"
[pagination]
pagerSize = 100
"""
_BASE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ .Title }}</title>
<meta name="description" content="{{ .Description }}">
<link rel="canonical" href="{{ .Permalink }}">
<meta property="og:title" content="{{ .Title }}">
<meta property="og:url" content="{{ .Permalink }}">
</head>
<body>
<header><nav><a href="{{ site.Home.RelPermalink }}">New</a> <a href="/years/">All papers</a>
<a href="/topics/">Topics</a></nav></header>
<main>{{ block "main" . }}{{ end }}</main>
<footer><p>{{ site.Title }}</p></footer>
</body>
</html>
"""
_ROW = (
    '<li><a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ with .Params.years }}{{ delimit . " " }}{{ end }}'
    "{{ range .Params.topics }} {{ . }}{{ end }}</li>"
)
_LAYOUTS = {
    "baseof.html": _BASE,
    "page.html": """{{ define "main" }}<article>{{ .Content }}
<p>{{ range .GetTerms "years" }}<a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ end }}
{{ range .GetTerms "topics" }}<a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ end }}</p></article>{{ end }}
""",
    "home.html": f"""{{{{ define "main" }}}}<h1>{{{{ .Title }}}}</h1>
<ul>{{{{ range first 100 site.RegularPages }}}}{_ROW}{{{{ end }}}}</ul>{{{{ end }}}}
""",
    "taxonomy.html": """{{ define "main" }}<h1>{{ .Title }}</h1>
<ul>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ len .Pages }}</li>{{ end }}</ul>{{ end }}
""",
    "term.html": f"""{{{{ define "main" }}}}<h1>{{{{ .Title }}}}</h1>{{{{ $shown := .Paginate .Pages }}}}
<ul>{{{{ range $shown.Pages }}}}{_ROW}{{{{ end }}}}</ul>
<p>{{{{ with $shown.Prev }}}}<a href="{{{{ .URL }}}}">Newer</a>{{{{ end }}}}
{{{{ with $shown.Next }}}}<a href="{{{{ .URL }}}}">Older</a>{{{{ end }}}}</p>{{{{ end }}}}
""",
}
_CLASSES = re.compile(r"\{[.#:][^{}\n]*\}")
_LINK = re.compile(r"\]\(<([^<>:\n]*?)(index)?\.md(#[^<>\n]*)?>\)")


def write_hugo_site(folder: Path, docs: Path, shelves: Mapping[str, tuple[str, tuple[str, ...]]]) -> None:
    """Write settings, layouts and a page for each paper that stands below docs/; `shelves` are its year and topics."""
    (folder / "layouts").mkdir(parents=True)
    (folder / "hugo.toml").write_text(_SETTINGS, "utf-8")
    for name, layout in _LAYOUTS.items():
        (folder / "layouts" / name).write_text(layout, "utf-8")
    (folder / "content" / "papers").mkdir(parents=True)
    for id_, (year, topics) in shelves.items():
        source = (docs / "papers" / f"{id_}.md").read_text("utf-8")
        (folder / "content" / "papers" / f"{id_}.md").write_text(hugo_page(source, year, topics), "utf-8")


def hugo_page(source: str, year: str, topics: tuple[str, ...]) -> str:
    """Give a page of Hugo's for one of docs/, which begins with its title and description as JSON."""
    _, head, body = source.split("---\n", 2)
    facts = dict(line.split(": ", 1) for line in head.splitlines())
    front = {
        "title": json.loads(facts["title"]),
        "description": json.loads(facts["description"]),
        "years": [year] if year else [],
        "topics": topics,
    }
    return f"{json.dumps(front, ensure_ascii=False)}\n{_LINK.sub(_fitting, _CLASSES.sub('', body))}"


def _fitting(link: re.Match[str]) -> str:
    """Give the link to a page's folder, seen from another one's: "p1.md" is "../p1/", "../index.md" is "../../"."""
    page = "" if link[2] else "/"
    return f"](<../{link[1]}{page}{link[3] or ''}>)" if link[1] or link[2] else link[0]
