"""How people and programs name the columns of a table of papers, and the sorts of publication in it."""

from __future__ import annotations

import re

from sitegen.model import TYPES

_COLUMNS = {
    "title": "title papertitle articletitle documenttitle name paper",
    "abstract": "abstract abstractnote abstracttext summary",
    "authors": "authors author authornames authorfullnames creator creators",
    "author_count": "authorcount numberofauthors",
    "organizations": "organizations organization organisations organisation affiliations affiliation institutions "
    "institution",
    "date": "date published publicationdate publisheddate datepublished released",
    "year": "year publicationyear pubyear",
    "doi": "doi doilink doiurl",
    "arxiv": "arxiv arxivid arxivlink arxivurl eprint",
    "pdf": "pdf pdfurl pdflink",
    "code": "code codeurl codelink github repository repo",
    "page": "page url link urls links paperurl paperlink website homepage address",
    "venue": "venue journal conference booktitle publicationtitle sourcetitle containertitle journalname",
    "volume": "volume vol",
    "issue": "issue number",
    "pages": "pages pagerange",
    "publisher": "publisher",
    "topics": "topics topic tags tag keywords keyword subjects authorkeywords manualtags",
    "type": "type itemtype documenttype",
    "kind": "kind",
    "status": "status",
    "note": "note notes comment comments remark remarks extra",
    "title_source": "titlesource",
    "date_source": "datesource",
}
_KNOWN = {name: field for field, names in _COLUMNS.items() for name in names.split()}
# Words of Zotero, Scopus and BibTeX for the sorts of publication.
_TYPES = {
    "journalarticle": "article",
    "article": "article",
    "conferencepaper": "inproceedings",
    "conference": "inproceedings",
    "preprint": "preprint",
    "thesis": "thesis",
    "phdthesis": "thesis",
    "report": "report",
    "book": "book",
    **{name: name for name in TYPES},
}


def column(name: str) -> str:
    """Give the field that a column of this name holds, "" for one that nobody knows."""
    return _KNOWN.get(_letters(name), "")


def publication_type(name: str) -> str:
    """Give the type of record that a table calls so, "" for other words."""
    return _TYPES.get(_letters(name), "")


def _letters(name: str) -> str:
    return re.sub(r"[\W_]", "", name[:200].casefold())
