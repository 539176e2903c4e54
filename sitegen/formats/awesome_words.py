"""The words of curated lists: what labels, columns and details are called, which places papers stand at."""

from __future__ import annotations

import re

_LABELS = {
    "paper": (
        "paper papers pdf arxiv abs abstract doi openreview preprint publication acl acm ieee springer html full "
        "text aclanthology anthology biorxiv medrxiv proceedings journal conference article report link url here "
        "source online version nature elsevier sciencedirect hal ssrn usenix cvf pmlr thesis chapter book camera "
        "ready tech technical 论文 论文链接 链接"
    ),
    "code": (
        "code codes github git gitlab repo repository implementation official unofficial pytorch tensorflow jax "
        "library software torch keras 代码"
    ),
    "project": "project projects platform page website homepage home web webpage site demo pages 项目",
    "other": (
        "tweet tweets twitter x thread video videos youtube talk slides slide ppt poster blog blogs post blogpost "
        "dataset datasets data model models weights checkpoint checkpoints huggingface hf hugging face hub colab "
        "notebook supp supplementary supplement appendix material materials bib bibtex cite citation review "
        "reviews summary note notes reading news doc docs documentation leaderboard scholar semantic google wechat "
        "zhihu twitterx linkedin reddit media podcast interview explanation explained medium kaggle space spaces "
        "benchmark collection modelscope introduction intro tutorial presentation webui app readme visualization "
        "tool toolkit package api alphaxiv podcast star stars issue issues discussion leader board download "
        "downloads 数据 博客 视频"
    ),
}
_LABEL_SORTS = {word: sort for sort, words in _LABELS.items() for word in words.split()}
_LABEL_WORDS = re.compile(r"[^\W\d_]+")
_SMALL_WORDS = frozenset("the of in and at on a for to with our this version v s".split())

# What stands before a list's parts, which may be headed as if they were its own.
_BEFORE = re.compile(
    r"(table of )?contents?( \(toc\))?|toc|introduction|overview|motivation|about( us)?|(keywords? )?conventions?",
    re.IGNORECASE,
)
_FURNITURE = re.compile(
    r"(latest )?news|(recent |latest )?updates?|change ?log|(how to )?contribut\w*|"
    r"citations?|citing.*|cite( us| this.*)?|bibtex|references?|licen[cs]e|acknowledge?ments?|contact.*|star history|"
    r"stargazers.*|(project )?maintainers?.*|sponsors?|disclaimer|todo.*|"
    r"roadmap|related (awesome )?(lists?|repos\w*|projects?|collections?)|team|join us|"
    r"feedback|what'?s new",
    re.IGNORECASE,
)
_PLAIN_HEADING = re.compile(
    r"(all |the |more |other |selected |recent |must-read |research )?(papers?|paper ?list|list|publications?|"
    r"articles?|resources?|others?|misc(ellaneous)?|general)( list)?|((19|20)\d\d)|before \d{4}|20\d\d[ -–]+20\d\d",
    re.IGNORECASE,
)

_COLUMNS = {
    "title": "title titles papertitle",
    "paper": "paper papers article work publicationtitle study 论文",
    "name": (
        "name method model approach system framework algorithm benchmark dataset abbreviation acronym keyword keywords"
    ),
    "date": "date time year published publisheddate publicationdate submitted submitteddate publishdate month 时间",
    "venue": "venue conference journal pub publication publisher publishedin venuename source conf proceedings 会议",
    "authors": "author authors 作者",
    "organizations": (
        "institute institutes institution institutions affiliation affiliations organization organizations org "
        "organisation organisations"
    ),
    "topics": "topic topics category categories tag tags area subject field",
    "abstract": "abstract abstracts",
    "note": (
        "tldr summary description note notes comment comments contribution contributions highlight highlights "
        "remark remarks intro introduction key keyidea keypoints overview"
    ),
}
_COLUMN_SORTS = {word: sort for sort, words in _COLUMNS.items() for word in words.split()}
_DETAILS = {**_COLUMN_SORTS, "key": "topics", "keywords": "topics", "keyword": "topics"}
_DETAIL = re.compile(r"[^\w\"'(\[*]*([A-Za-z][A-Za-z ]{1,18}?|TL;? ?DR)\s*[:：]\s*(.*)", re.DOTALL)


def label_sort(text: str) -> str:
    """Give what a link's words say it leads to: "paper", "code", "project" or "other"; "" where they are no label."""
    words = [word for word in _LABEL_WORDS.findall(text.casefold()) if word not in _SMALL_WORDS]
    if not words:
        return "other" if len(text.strip()) <= 4 and not re.search(r"[^\W\d_]", text) else ""
    if len(words) > 4:
        return ""
    sorts = [_LABEL_SORTS.get(word, "") for word in words]
    return "" if "" in sorts else sorts[-1] if "code" not in sorts else "code"


def is_furniture(heading: str) -> bool:
    """Tell a heading of what every list has besides its entries: news, contents, how to contribute."""
    return is_before(heading) or bool(_FURNITURE.fullmatch(_words(heading)))


def is_before(heading: str) -> bool:
    """Tell a heading of furniture under which other headings may still have entries: contents, an introduction."""
    return bool(_BEFORE.fullmatch(_words(heading)))


def is_topic(heading: str) -> bool:
    """Tell a heading that says what its entries are about."""
    words = _words(heading)
    return bool(words) and not _PLAIN_HEADING.fullmatch(words) and not is_furniture(heading)


def _words(heading: str) -> str:
    return re.sub(r"^[\W\d_]+|[^\w)]+$", "", heading) or heading.strip()


def column_sort(name: str) -> str:
    """Give what a column of this name holds: the name of a field, "title", "paper", "name", or ""."""
    return _COLUMN_SORTS.get(re.sub(r"[\W_]", "", name.casefold()), "")


def detail(text: str) -> tuple[str, str]:
    """Give the field that a line such as "📅 Date: May 2024" names, and what it says; two "" for other lines."""
    met = _DETAIL.fullmatch(text.strip())
    sort = _DETAILS.get(re.sub(r"\W", "", met[1].casefold()), "") if met else ""
    return (sort, met[2].strip()) if met and sort else ("", "")
