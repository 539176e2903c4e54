"""People and venues beside a title, each only where it is clear that a text names them and nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from sitegen.model import Author
from sitegen.text import clean, one_line

_WITH_YEAR = re.compile(
    r"(?P<venue>.{2,160}?)[\s,'’‘`(-]*(?P<year>(?:19|20)\d\d|(?<=['’‘` ])\d\d)\)?(?P<rest>[\s(,:-].{0,60})?",
    re.DOTALL,
)
_VENUES = frozenset(
    (
        "neurips nips iclr icml aaai ijcai acl naacl eacl aacl emnlp coling conll tacl tmlr jmlr colm cvpr iccv "
        "eccv wacv bmvc accv siggraph sigir sigmod sigkdd kdd www wsdm cikm recsys vldb pvldb icde icassp "
        "interspeech chi uist cscw iui icra iros rss corl osdi sosp nsdi atc eurosys asplos isca micro hpca "
        "sigcomm mlsys ppopp sc usenix security ccs ndss s&p sp icse fse ase issta pldi popl oopsla aistats uai "
        "colt lrec tpami pami tnnls tkde tip tog tifs ijcv aamas miccai tvcg vis pakdd icdm sdm ecir dac iccad "
        "nature science pnas cell neuron bioinformatics findings workshop proceedings proc conference journal "
        "transactions trans symposium letters review magazine lecture lectures synthesis press ieee acm arxiv corr "
        "biorxiv medrxiv preprint openreview thesis ismir eswc iswc jair aij tois tist nlpcc collas log l4dc icaps "
        "hri icpr icip icme acmmm mm dasfaa cav tacas"
    ).split()
)
_ACRONYM = re.compile(r"[A-Z][A-Za-z&-]*[A-Z][A-Za-z]*")
_PREPRINTS = re.compile(
    r"\W*(arxiv|corr|preprint|(bio|med|psya|chem|tech)rxiv|openreview|arxiv preprint|under review|blog|online)\W*",
    re.IGNORECASE,
)
_SMALL = frozenset(
    "of on the in and for at to workshop findings oral spotlight poster best paper award long short track".split()
)
_MONTH = re.compile(
    r"Jan(uary)?|Feb(ruary)?|Mar(ch)?|Apr(il)?|May|June?|July?|Aug(ust)?|Sept?(ember)?|Oct(ober)?|Nov(ember)?|Dec(ember)?"
)
_TRACKS = frozenset("oral spotlight poster findings workshop demo best paper".split())

_AFFILIATION = re.compile(r"\s*\(([^()]{2,120})\)")
_ET_AL = re.compile(r",?\s*(?:\bet\.? ?al\b\.?|et al\b\.?|\band others\b\.?|\.\.\.|…)\s*", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:,\s*(?:and|&)\s|[,;，、]|\sand\s|\s&\s)\s*")
_ODD = re.compile(r"[:?!/@=+]|\w{30}|^.{61}|(?:\S+\s+){6}")
_INITIALS = re.compile(r"(?:[A-Z]\.-?)+[A-Z]?")
_GROUP = re.compile(r"([\w.&+-]+(?: [\w.&+-]+){0,3}?)\s*:\s+")
_YEAR_FIRST = re.compile(r"((?:19|20)\d\d)\s?[-_/ ]\s?([A-Za-z].{1,40})")
_SHORT_FORM = re.compile(r"\b(?:[A-Z]|[JS]r)\.$")
_MARKS = re.compile(r"[*†‡§¶∗✉#\d^]+$|^[*†‡§]+")
_PARTICLES = frozenset(
    "de da do dos das del della di du van von der den ter ten la le el al bin ibn y e af zu st".split()
)
_NO_NAME = frozenset(
    (
        "arxiv preprint conference journal workshop proceedings university institute machine learning systems "
        "research transactions neural language models model towards toward with and survey security paper papers "
        "code advances findings association computational intelligence computer technology technologies report lab "
        "labs google openai meta microsoft deepmind nvidia team anthropic in on from via using of the for"
    ).split()
)


@dataclass(frozen=True, slots=True)
class People:
    """Names as a list gives them; `more` where it says "et al.", with the places they work at."""

    authors: tuple[Author, ...] = ()
    organizations: tuple[str, ...] = ()
    more: bool = False


def venue(text: str) -> tuple[str, str] | None:
    """Give a venue and the year beside it, "" where none is named (a preprint has no venue); None for other text."""
    text = one_line(text.replace("_", " ")).strip("[](){}.,;:|*'\"`– -")
    if not 2 <= len(text) <= 160:
        return None
    if _PREPRINTS.fullmatch(text):
        return "", ""
    if turned := _YEAR_FIRST.fullmatch(text):
        text = f"{turned[2]} {turned[1]}"
    met = _WITH_YEAR.fullmatch(text)
    name = (met["venue"] if met else text).strip(" ,.-–'’‘`([")
    year = met["year"] if met else ""
    if _PREPRINTS.fullmatch(name):
        name = ""
    elif not _is_venue(name, dated=bool(met)):
        return None
    rest = (met["rest"] or "").strip(" ,:-") if met else ""
    name = f"{name} {rest}".strip() if name and rest.casefold() in _TRACKS else name
    return name, f"20{year}" if len(year) == 2 and int(year) < 50 else f"19{year}" if len(year) == 2 else year


def _is_venue(name: str, *, dated: bool) -> bool:
    """Tell a venue's name: a known word in it, or an acronym with a year, and set as names are."""
    words = [word for word in re.findall(r"[^\W\d_][\w'’&-]*", name) if word.casefold() not in _SMALL]
    if (
        not words
        or _MONTH.fullmatch(words[-1])
        or len(words) > (12 if dated else 6)
        or "et al" in name
        or (people(name) and not name.isupper())
    ):
        return False
    head, _, tail = name.rpartition(". ")
    if name.count("(") != name.count(")") or people(head) or "," in head or (head and _PREPRINTS.fullmatch(tail)):
        return False
    if not dated and ("(" in name or ":" in name or "arxiv" in name.casefold()):
        return False
    capital = sum(not word[0].islower() for word in words)
    known = any(word.casefold() in _VENUES for word in words) or "technical report" in name.casefold()
    lower = len(words) == 1 and known
    return (known and (lower or capital >= 0.7 * len(words))) or (dated and bool(_ACRONYM.fullmatch(name)))


def people(text: str, *, certain: bool = False) -> People | None:
    """Give the people that a text names and nothing else; one will do only where names stand for `certain`."""
    text = one_line(clean(text)).strip(' :;,*_[]{}|"“”')
    text = text if _SHORT_FORM.search(text) else text.rstrip(" .")
    if not 4 <= len(text) <= 6000:
        return None
    if group := _GROUP.match(text):
        members = people(text[group.end() :])
        return replace(members, organizations=(group[1],)) if members and len(members.authors) > 2 else None
    places = tuple(dict.fromkeys(_AFFILIATION.findall(text))) if text.count("(") <= 60 else ()
    bare = _AFFILIATION.sub("", text)
    more = _ET_AL.search(bare)
    if more and re.search(r"\w", bare[more.end() :]):
        return None
    bare = _ET_AL.sub(" ", bare).strip(" ,;")
    authors = _reversed_names(bare) or _names_in(bare)
    if not authors or (len(authors) == 1 and not (more or certain)):
        return None
    if len(authors) == 2 and not (more or certain) and any(_is_long(author.name) for author in authors):
        return None
    places = tuple(place.strip() for place in places if not place.isdigit() and " authors" not in place)
    return People(authors, places, bool(more))


def _names_in(text: str) -> tuple[Author, ...]:
    """Give the names that a text lists; where nearly all are clearly names, so are the odd ones between them."""
    pieces = [piece for piece in _BETWEEN.split(text) if piece.strip(" .")]
    names = [_name(piece) for piece in pieces]
    clear = sum(name is not None for name in names)
    if clear < len(names) and (clear < 4 or clear < 0.8 * len(names) or any(_ODD.search(piece) for piece in pieces)):
        return ()
    return tuple(name or Author(piece.strip()) for name, piece in zip(names, pieces, strict=True))


def _name(text: str) -> Author | None:
    """Give a person's name, or None for words that are none."""
    text = _MARKS.sub("", text.strip()).strip(" .") + ("." if _SHORT_FORM.search(text.strip()) else "")
    words = text.split()
    if not 2 <= len(words) <= 6 or any(character.isdigit() for character in text) or len(text) > 60:
        return None
    if words[-1] in _PARTICLES or any(
        word.endswith(".") and len(word) > 3 and not _INITIALS.fullmatch(word) for word in words[:-1]
    ):
        return None
    for word in words:
        first = word.lstrip("'’(\"“-")[:1]
        if word.casefold() in _PARTICLES:
            continue
        if (
            not first.isalpha()
            or first.islower()
            or word.casefold().strip(".:") in _NO_NAME
            or re.search(r"[:?!/@=+]", word)
        ):
            return None
    return Author(text)


def _is_long(name: str) -> bool:
    """Tell more words than most names have; of two such, one is hardly a person's."""
    return sum(word.casefold() not in _PARTICLES for word in name.split()) > 3


def _reversed_names(text: str) -> tuple[Author, ...]:
    """Give names of the form "Family, Given and Family, Given"; () for any other form."""
    parts = re.split(r"\s+and\s+", text)
    if len(parts) < 2 or any(part.count(",") != 1 for part in parts):
        return ()
    pairs = [[half.strip() for half in part.split(",")] for part in parts]
    clear = all(_name(f"{given} {family}") for family, given in pairs)
    return tuple(Author(f"{given} {family}", family, given) for family, given in pairs) if clear else ()
