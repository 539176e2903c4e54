"""English phrases, shortened where a careful editor would: before a clause, never within one."""

from __future__ import annotations

import re

_BOUNDARY = re.compile(
    r",?\s+(?=(?:that|which|who|where|when|while|whose|for|via|by|with|within|without|in|on|to|using|across|through"
    r"|throughout|under|during|over|toward|towards|from|into|onto|against|after|before|because|since|so|thereby|thus"
    r"|hence|enabling|leveraging|including|namely|such as|rather than|based on|probably|possibly|due to|even|despite"
    r"|although|unless|as well as|at|both)\b)"
    r"|,\s+(?=(?:and|but|or|then)\s|[a-z]+(?:ing|ed)\b)"
    r"|\s+(?=and (?:then|thus|thereby|suggests?|offers?|provides?|propose|introduce|develop|show|present)\b)"
    r"|\s+(?=(?:designed|built|based|grounded|aimed|tailored|trained|intended|derived|inspired|centered|developed"
    r"|dedicated)\s(?:to|on|in|for|from|by|at|with)\b)"
)
_DANGLING = re.compile(
    r"(?:^|\s)(?:an?|the|of|and|or|but|nor|that|which|who|whose|to|for|in|on|at|by|with|as|from|into|via|than|is|are|was"
    r"|were|be|been|can|could|may|might|will|would|should|must|do|does|not|no|its|their|our|this|these|both|between|first"
    r"|even|only|more|most|less|such|how|what|why|whether|if|when|where|while|\w+ly)$",
    re.IGNORECASE,
)
# A word that says nothing before its complement is read.
_WANTING = re.compile(
    r"\b(?:\w+ed|built|driven|given|made|able|capable|due|basis|role|effect|effects|impact|influence|ability|need|number"
    r"|set|lack|relationship|integration|transition|relation|tension|gap|part|kind|series|variety|range|hypothesis"
    r"|potential|possibility|question|idea|fact|claim|case|extent|degree|function|frontiers|pattern|view|version|form"
    r"|forms|sense)$",
    re.IGNORECASE,
)
_BARE_VERB = re.compile(r"\b(?:that|which|who|to|can|may|might|will)\s+(?:\w+ly\s+)?[\w-]+$", re.IGNORECASE)
_OPEN_PAIR = re.compile(r"\b(?:from|between|either)\b(?!.*\b(?:to|and|or)\b)[^,]*$", re.IGNORECASE)
_ASIDE = re.compile(r"\s*\((?![A-Z][\w-]{0,12}\))[^()]*\)")
_ADVERB = re.compile(r"\b(that|which|to|and|we|can|may)\s+(?:first|further|also|\w+ly)\s+(?=[a-z])")
_FILLER = re.compile(
    r"\b(?:novel|new|simple|unified|comprehensive|effective|efficient|general|powerful|principled)\s+(?!and\b|yet\b|but\b)"
)
_PRAISE = re.compile(
    r"^(an?|the first|the)\s+"
    r"((?:(?:novel|new|simple|general|effective|efficient|powerful|principled|pioneering|innovative)"
    r"(?:\s+(?:and|yet|but)\s+[a-z-]+)?,?\s+)*)",
    re.IGNORECASE,
)


def fitted(head: str, phrase: str, limit: int) -> str:
    """Give head and phrase in at most `limit` characters, the phrase cut at its last boundary that fits; "" if none.

    Adverbs and words of praise are left out where that lets the phrase reach a later boundary.
    """
    best, fewest_left = "", 0
    bare = _ASIDE.sub("", phrase)
    for variant in _variants(bare):
        ends = [match.start() for match in _BOUNDARY.finditer(variant)] + [len(variant)]
        for left, end in enumerate(reversed(ends)):
            text = head + capitalised(variant[:end].rstrip(" ,;:"))
            if len(text) <= limit and is_whole(variant[:end], variant[end:]):
                if not best or left < fewest_left:
                    best, fewest_left = text, left
                break
    # "A dataset of values, rights, and duties" has no better place than before its list.
    short = re.match(r"(?:an?|the)\s[^,]*?(?=\sof\s)", bare) if head and not best else None
    fits = short and len(head + short[0]) <= limit and is_whole(short[0], " of")
    return head + capitalised(short[0]) if short and fits else best


def _variants(phrase: str) -> list[str]:
    """Give the phrase, then with less and less of what it can do without."""
    without_adverbs = _ADVERB.sub(r"\1 ", phrase)
    without_fillers = with_article(_FILLER.sub("", without_adverbs))
    return list(dict.fromkeys((phrase, without_adverbs, without_fillers)))


def is_whole(phrase: str, rest: str = "") -> bool:
    """Tell whether a phrase can end here: no loose word, no verb without object, no open bracket or pair."""
    phrase = phrase.rstrip(" ,;:")
    if not phrase or _DANGLING.search(phrase):
        return False
    if any(phrase.count(left) > phrase.count(right) for left, right in ("()", "[]", "“”")) or phrase.count('"') % 2:
        return False
    if not rest:
        return True
    if re.match(r",?\s*(?:and|or)\s", rest) and "," in phrase[-45:]:
        return False
    return not (_BARE_VERB.search(phrase) or _WANTING.search(phrase) or _OPEN_PAIR.search(phrase))


def without_praise(phrase: str) -> str:
    """Give "a framework" for "a novel and flexible framework" and for "the first framework"."""
    match = _PRAISE.match(phrase)
    if not match or not (match[2] or match[1].lower() == "the first"):
        return phrase
    article = "a" if match[1].lower() == "the first" else match[1]
    return with_article(f"{article} {phrase[match.end() :]}")


def with_article(phrase: str) -> str:
    """Give the phrase with "a" or "an" at its head as the next word sounds."""
    match = re.match(r"(an?)\s+([A-Za-z]+)", phrase, re.IGNORECASE)
    if not match:
        return phrase
    word = match[2]
    if word.isupper() and len(word) > 1:
        vowel = word[0] in "AEFHILMNORSX"
    else:
        vowel = word[0].lower() in "aeiou" and not re.match(r"uni(?!m|n)|us[ae]|eu|one|ubi", word, re.IGNORECASE)
    return ("an" if vowel else "a") + phrase[len(match[1]) :]


def capitalised(phrase: str) -> str:
    """Give the phrase with a capital first letter, unless its first word has its own way of writing ("iAgent")."""
    first = phrase.split(" ", 1)[0]
    return phrase[:1].upper() + phrase[1:] if first == first.lower() else phrase
