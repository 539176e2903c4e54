"""How abstracts say what their papers give: the sentences' shapes, each with a few words of an example."""

from __future__ import annotations

import re

ARTICLE = r"(?:an?|the|our|one|another)\s"
_ADVERBS = r"(?:(?:first|then|further|also|here|next|instead|have|has|had|therefore|thus|hence|\w+ly)\s+)*"
_PAPER = r"authors?|paper|work|study|article|survey|report|thesis|document"
_OURS = rf"\b(?:[Ww]e|{_PAPER})\s+{_ADVERBS}"
_WE = rf"\b(?:[Ww]e|and|{_PAPER})\s+{_ADVERBS}"
_MAKE = (
    r"(?:(?:propos|introduc|present|develop|design|devis|describ|releas|creat|contribut|unveil|formulat|establish"
    r"|pioneer|construct|curat|outlin)(?:e|es|s|ed|)|built|builds?)\s+"
)
_LOOK_INTO = (
    r"(?:stud(?:y|ies|ied)|investigat\w*|examin\w*|explor\w*|analy[sz]e[sd]?|survey(?:s|ed)?|review(?:s|ed)?"
    r"|revisit(?P<again>s|ed|))\s+"
)
_CARRY_OUT = (
    r"(?:(?:present|provid|conduct|offer|perform|giv|undertak|introduc)(?:e|es|s|ed|)|carr(?:y|ies|ied) out)\s+"
)
_LEARN = (
    r"(?:find|found|shows?|showed|demonstrat\w+|discover\w*|observ\w+|prov(?:e|es|ed)|argu\w+|reveal\w*|identif\w+"
    r"|establish\w*|hypothesi\w+|claim\w*)\s+(?:that\s+)?"
)
_MEET = r"\b(?:identified|identify|discovered?|uncover(?:ed)?|observed?|reveal(?:ed)?)\s+"
_THING = r"(?:approach|benchmark|dataset|framework|method|model|paradigm|pipeline|system|toolkit)"
_STUDY = (
    r"(?:analysis|study|investigation|survey|review|evaluation|taxonomy|overview|comparison|characteri[sz]ation"
    r"|assessment|account|explanation|theory|perspective|exploration)"
)
_COINED = r"[A-Z][\w.+-]{0,30}[A-Z0-9][\w.+-]{0,30}"
_CAPITALS = r"(?:\s[A-Z0-9][^\s,:;()\"”]*)"
_LONG = r"(?:\s*\((?P<long>[^()]{2,90})\))?"
_GOES_ON = r"\s(?:that|which|to|for)\b"

# we propose PaperTrail, an agentic …; we introduce code as agent harness: a unified view …
NAMED = re.compile(
    rf"{_WE}{_MAKE}(?P<name>[^\s,:;()]+(?:\s[^\s,:;()]+){{0,6}}?){_LONG}\s*(?:,|:|--|–|—)\s+(?P<what>{ARTICLE}.+)"
)
# we present a method called RetNet that …
CALLED = re.compile(
    rf"{_WE}{_MAKE}(?P<what>{ARTICLE}[^,;:]+?),?\s+"
    rf"\(?(?:called|named|termed|dubbed|coined|namely|referred to as|denoted)\s+"
    rf"(?:as\s+)?[\"“‘]?(?P<name>[^\s,:;()\"”]+{_CAPITALS}{{0,5}})[\"”’]?{_LONG}\)?(?P<rest>.*)"
)
# we present a method, RetNet, which …; we present a method (RetNet) that …
BESIDE = re.compile(
    rf"{_WE}{_MAKE}(?P<what>{ARTICLE}[^,;:()]+?)(?:,\s+(?P<name>[A-Z][^\s,:;()]*{_CAPITALS}{{0,4}}){_LONG}(?=,|\.|$)"
    rf"|\s+\((?P<inner>{_COINED})\)(?=[,.]|{_GOES_ON}|$))(?P<rest>.*)"
)
# we present a learning method RetNet, which …
AFTER = re.compile(
    rf"{_WE}{_MAKE}(?P<what>{ARTICLE}[^,;:()]+?\b{_THING})\s(?P<name>[A-Z]{{1,20}}[a-z]{{0,20}}[A-Z0-9][\w.+-]{{0,30}}){_LONG}"
    rf"(?=[,.]|{_GOES_ON}|$)(?P<rest>.*)"
)
# A1 is Acme's response: a performant …
IS = re.compile(rf"^(?P<name>{_COINED})\s+is\s+(?:[^.:]{{1,40}}:\s+)?(?P<what>(?:an?|our|the first)\s.+)")
# we propose Progressive Reasoning Gain (PRG) to …
EXPANDED = re.compile(
    rf"{_WE}{_MAKE}(?P<long>[A-Z][^\s,:;()]*(?:\s[^\s,:;()]+){{1,9}}?)\s+\((?P<name>[A-Z][\w+-]*)\)(?P<rest>.*)"
)
# we propose RetNet, which …
BARE = re.compile(rf"{_WE}{_MAKE}(?P<name>{_COINED}{_CAPITALS}{{0,3}}){_LONG},?(?P<rest>{_GOES_ON}.+)")
# we propose a fine-tuning approach that …; a macro that nobody can read may stand for the name
UNNAMED = re.compile(rf"{_WE}{_MAKE}(?:\\\w+,\s+)?(?P<what>(?:{ARTICLE}|(?:two|three|four|several)\s).+)")
# A new prior is proposed for …
PASSIVE = re.compile(
    rf"^(?P<what>[Aa]n?\s[^,;:]+?)\s+(?:is|are)\s+{_ADVERBS}(?:proposed|introduced|presented|described|developed)"
    r"(?P<rest>\b.*)"
)
# we investigate the role of …
STUDIED = re.compile(rf"{_OURS}{_LOOK_INTO}(?P<what>.+)")
# this paper provides a systematic investigation of …
STUDY = re.compile(
    rf"{_OURS}{_CARRY_OUT}(?P<what>(?:an?|the first)\s(?:[\w-]+,?\s){{0,5}}?{_STUDY}\s+(?:of|on|into|for|from)\s.+)"
)
# we find that …
FOUND = re.compile(rf"{_OURS}{_LEARN}(?P<what>.+)")
# and identified a counterintuitive phenomenon: …
PHENOMENON = re.compile(rf"{_MEET}(?:an?|the)\s[^:.;]{{3,60}}:\s+(?P<what>.+)")
# our results provide an explanation …
RESULTS = re.compile(
    r"\b[Oo]ur (?:results|findings|analysis|work|experiments)\s+(?:provide|offer|present|give|yield)s?\s+"
    r"(?P<what>an?\s.+)"
)
# experiments show that …
OUTCOME = re.compile(
    r"\b(?i:results|findings|analys[ie]s|experiments|evidence)\s+(?:show|suggest|reveal|demonstrate|indicate)s?\s+that\s+"
    r"(?P<what>.+)"
)

# Words that point back at what a title does not show.
ANAPHORIC = re.compile(
    r"(?:this|these|those|that|it|they|such|both|its|their|our|we|he|she|there"
    r"|the (?:former|latter|two|above|proposed|resulting))\b",
    re.IGNORECASE,
)
POINTING = re.compile(r"\b(?:this|these|those|such|aforementioned|above)\b", re.IGNORECASE)
# Sentences that open with a clause, or with what others did.
LEADING = re.compile(
    r"(?:\w+ly,|(?:while|although|though|when|as|in|with|without|despite|however|unlike|inspired|by|to|for|through|under"
    r"|using|because|since|if|on|at|here|yet|but|and|first|second|third|previous|prior|existing|current|traditional|how"
    r"|what|why|building|given|based|motivated|furthermore|moreover|recent\w*)\b)",
    re.IGNORECASE,
)
BESIDES = re.compile(r"\b(?:[Ww]e|and) also\b")
EMPTY = re.compile(r"(?:a|the) paradigm shift\b|an?(?:\s\w+)? (?:setting|case|step|challenge)\b", re.IGNORECASE)
CLAUSE_END = re.compile(
    r"[;:]|\s(?:--|–|—)\s|[.!?][\"”’)]*$"
    r"|,?\s(?=and (?:suggest|offer|provide|discover|develop|demonstrate|show|trace|propose|introduce|find)\b)"
)
