"""How sentences of abstracts say what their paper does, as patterns, and how much each shape tells."""

from __future__ import annotations

import re
from typing import NamedTuple


class Sign(NamedTuple):
    """A pattern, how much it tells (in tenths), and what to look for before it: one of these, in lower case.

    A sentence in ASCII that holds none of them does not have the pattern. They save time, and change nothing.
    """

    pattern: re.Pattern[str]
    tenths: int
    needs: tuple[str, ...] = ()

    def is_in(self, sentence: str, lowered: str) -> bool:
        """Say whether a sentence, on one line, has the pattern; `lowered` is "" where it is not in ASCII."""
        if lowered and self.needs and not any([word in lowered for word in self.needs]):  # noqa: C419 (a list is sooner made)
            return False
        return self.pattern.search(sentence) is not None


_PAPERS = (
    "paper work study survey article report thesis review research tutorial dissertation chapter manuscript position "
    "document addendum note essay overview letter"
).split()
_PAPER = rf"(?:(?:position|survey|review|technical|empirical|present|current)\s)?(?:{'|'.join(_PAPERS)})"
_AUTHORS = r"(?:we|I|the\s(?:[\w-]+\s)?(?:authors?|team))"
_THIS_PAPER = rf"(?:this|the(?=\s(?:paper|present|current)\s))\s{_PAPER}"
_ADVERBS = (
    r"(?:(?:first|then|here|instead|have|has|had|therefore|thus|hence|next|now|aims?\sto|seeks?\sto|attempts?\sto"
    r"|tr(?:y|ies)\sto|set\sout\sto|\(\w{1,3}\)|\w+ly|in\sthis\s\w+)\s)*"
)
_ENDING = r"(?:e|es|s|ed|y|ies|ied|ses|)"
_MAKES = (
    r"(?:(?:propos|introduc|present|develop|design|devis|describ|releas|creat|unveil|formulat|pioneer|construct|curat"
    rf"|deriv|implement|launch){_ENDING}|built|builds?|put\sforward)"
)
_STUDIES = (
    r"(?:(?:stud|survey|investigat|examin|explor|analy[sz]|review|revisit|compar|conduct|address|discuss|consider"
    r"|challeng|tackl|characteri[sz]|systemati[sz]|evaluat|assess|aim|focus|ask|question|reconsider|bridg|leverag"
    r"|perform|appl|adopt|quantif|test|measur|map|trac|identif|consolidat|unif|solv|highlight|train|treat|model"
    r"|summari[sz]|synthesi[sz]|formali[sz]|generali[sz]|extend|improv|reformulat|rethink|provid|offer|establish"
    rf"|contribut|outlin|advanc|report|chart|distinguish|critiqu|interpret|answer|demonstrat){_ENDING}"
    r"|undert(?:ake|akes|ook)|gives?|gave|sheds?|brings?|serves?|seeks?)"
)
_FINDS = (
    rf"(?:(?:find|show|discover|observ|prov|reveal|hypothesi[sz]|claim|uncover|suggest|conclud|argu|posit|assert"
    rf"|advocat){_ENDING}|found|shown)"
)
# What a sentence holds that names authors, or this paper.
_WE = ("we ", "i ", "author", "team")
_THIS = ("this ", "the paper ", "the present ", "the current ")
_JOINTS = "and but so here then thus hence therefore instead end".split()
# Where a clause of its own begins, seen from its subject (we, I, this, the, our); "a corpus we created" is none.
_CLAUSE = r"\b(?=(?:we|i|the|this|our)\s)(?:^|(?<=[,:;)—–“\"-])|(?<=[,:;)—–“\"-]\s)|{})".format(
    "|".join(rf"(?<=\b{word}\s)" for word in (*_JOINTS, *_PAPERS))
)


def _pattern(shape: str) -> re.Pattern[str]:
    return re.compile(shape, re.IGNORECASE)


def _saying(verbs: str) -> re.Pattern[str]:
    return _pattern(rf"{_CLAUSE}(?:{_AUTHORS}|{_THIS_PAPER})\s{_ADVERBS}{verbs}\b")


# Shapes; the first that a sentence has counts.
SHAPES = (
    # we propose; this paper has introduced; we challenge this and propose; a new prior is proposed
    Sign(_saying(_MAKES), 60, (*_WE, *_THIS)),
    Sign(_pattern(rf"\b{_AUTHORS}\s[^;:]{{3,120}}?\sand\s{_MAKES}\s"), 60, _WE),
    Sign(_pattern(r"^an?\s(?:new|novel)\s[^,;:]+?\s(?:is|are)\s(?:\w+ly\s)?(?:proposed|introduced|presented)\b"), 60),
    # we investigate; the aim of this paper; this paper calls
    Sign(_saying(_STUDIES), 50, (*_WE, *_THIS)),
    Sign(
        _pattern(
            rf"\bthe\s(?:\w+\s)?(?:aim|goal|purpose|objective)\sof\s(?:our\s{_PAPER}|{_THIS_PAPER})"
            rf"|^{_THIS_PAPER}\s(?:\w+ly\s)?(?!is\b|was\b|has\b)\w+s\b"
        ),
        50,
        ("aim", "goal", "purpose", "objective", *_THIS),
    ),
    # we find that; our idea is
    Sign(_saying(_FINDS), 45, (*_WE, *_THIS)),
    Sign(
        _pattern(r"\bour\s(?:\w+\s)?(?:idea|approach|method|goal|aim|insight|solution)\s(?:is|aims)\b"), 45, ("our ",)
    ),
    # NoisyBoost is an answer
    Sign(re.compile(r"^[A-Z][\w.+-]{0,30}[A-Z0-9][\w.+-]{0,30}\s(?:is|are)\s"), 42),
    # we employ
    Sign(
        _pattern(
            rf"{_CLAUSE}(?:{_AUTHORS})\s{_ADVERBS}(?!can|could|must|should|need|may|are|were|know)[a-z]{{3,}}",
        ),
        40,
        _WE,
    ),
    Sign(_pattern(rf"{_CLAUSE}our\s{_PAPER}\s{_ADVERBS}\w+"), 35, ("our ",)),
    Sign(
        _pattern(
            r"\b(?:is|are|was|were|(?:has|have)\sbeen)\s(?:then\s|here\s|\w+ly\s)*(?:proposed|introduced|presented"
            r"|developed|described|investigated|studied|examined|analy[sz]ed|discussed|reviewed)\b"
        ),
        35,
    ),
    Sign(
        _pattern(
            r"\b(?:results|findings|analys[ie]s|experiments|evidence|tests)\s(?:have\s)?"
            r"(?:show|suggest|reveal|demonstrate|indicate)[sn]?\b"
        ),
        20,
        ("show", "suggest", "reveal", "demonstrate", "indicate"),
    ),
)

# What speaks for a whole sentence.
SIGNS_FOR = (
    Sign(_pattern(rf"\b(?:this\s{_PAPER}|here,?\swe)\b"), 15, ("this ", "here")),
    Sign(
        _pattern(r"\b(?:we\s(?:call|term|name|dub)|called|named|dubbed|termed)\b|,\snamely\b"),
        10,
        ("call", "term", "name", "dub"),
    ),
    # we introduce HRPO; we present Clue (Clustering and …)
    Sign(
        re.compile(rf"{_MAKES}\s(?:[\w,-]+\s){{0,12}}?(?:\\?[A-Za-z]+[A-Z0-9][\w+-]*\b|\(?[A-Z][\w-]+\s\(|\([A-Z])"), 7
    ),
    Sign(_pattern(r"^to\s(?:this\send|(?:\w+\s){1,3}th(?:is|ese|ose)\b)"), 3),
)
# What speaks against it.
SIGNS_AGAINST = (
    Sign(
        _pattern(
            rf"\b{_AUTHORS}\s(?:also|further|additionally|finally)\b"
            r"|^(?:and|also|second|third|next|then|(?:for|as)\s(?:an\s)?(?:example|instance))\b"
            r"|^(?:additionally|furthermore|moreover|finally|besides|lastly|overall|ultimately|taken\stogether"
            r"|in\s(?:addition|discussion|conclusion|summary))\b"
        ),
        -30,
    ),
    Sign(
        _pattern(
            r"^(?:extensive|comprehensive|empirical|thorough|our)\s(?:\w+\s){0,2}(?:experiments|evaluations?|results)"
            r"|\b(?:conduct|perform)\w*\s(?:extensive|comprehensive)\s(?:\w+\s)?experiments"
            r"|(?:code|data|models?|dataset)\s(?:is|are|will\sbe)\s(?:\w+\s)?available"
            r"|github\.com|https?://|\brelease\s(?:all\s|our\s)?(?:the\s)?code"
        ),
        -30,
        ("result", "evaluation", "experiment", "available", "github.com", "http", "release "),
    ),
    Sign(_pattern(r"\bwe\s(?:evaluate|validate|conclude)\b"), -15, ("we ",)),
    Sign(_pattern(rf"^first(?:ly)?,\s{_AUTHORS}\b"), -5),
    Sign(_pattern(r"\?$"), -20),
    Sign(
        _pattern(
            r"^(?:previous|prior|existing|recent|current|traditional|conventional|in\sprior|however|while|namely"
            r"|as\sa\s(?:result|consequence)|consequently)\b"
        ),
        -10,
    ),
)
# The same, of what is left of it without its opener: what is done to "this gap" is not said.
SHOWN_SIGNS = (
    Sign(
        _pattern(
            # What is ahead is looked at first: few words are followed by any of these, and verbs are many.
            r"\b(?=\w+\s(?:\w+\s)?(?:th|su))"
            rf"(?:evidence\s(?:of|for)|{_MAKES}|{_STUDIES})\s(?:this|that|these|those|such)\s(?!paper|work)"
            rf"|\b{_AUTHORS}\s(?:\w+\s)?\w+\s(?:this|these|those|such)\s|\bto\s(?:each|all)\sof\sthem\b"
        ),
        -10,
        (" this ", " that ", " these ", " those ", " such ", " of them"),
    ),
    Sign(
        _pattern(r"\b(?:contributions|(?:two|three|four)-?(?:fold|\sways))\b"),
        -15,
        ("contributions", "two", "three", "four"),
    ),
    Sign(_pattern(r"^.{0,67}$"), -15),
)

OPENER = _pattern(
    r"^(?:first(?:ly)?,\s)?"
    rf"(?:(?:(?:in|within|through|throughout)\s(?:this|the\s(?:present|current)|our)\s{_PAPER}|here(?:in)?|therefore"
    r"|thus|hence|accordingly|consequently|instead|specifically|in\s(?:response|contrast|addition|particular)"
    r"|as\sa\sresult|for\sthe\sfirst\stime|however|yet|so|to\s(?:this|that)\send),?"
    r"|(?:to\s[a-z]+\b|towards?\s|(?:motivated|inspired|guided|driven|encouraged|informed)\sby\s|building\s(?:up)?on\s"
    r"|(?:based|predicated|\w+ing)\s(?:up)?(?:on\s|from\s)?(?:this|these|that|such)\s"
    r"|(?:in|within|in\slight\sof|given|with|for|from|against|on)\s(?:this|these|that|those|such)\s)[^.;:]*?,)\s"
    rf"(?:(?:in\sthis\s{_PAPER}|here|therefore|thus),?\s)?(?=(?:{_AUTHORS}|(?:this|our)\s{_PAPER})\b)"
)
