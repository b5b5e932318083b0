"""The forms in which two companies are set against each other, over the signs of a sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["level", "growth", "multiple", "difference", "sum"]

UP = frozenset(
    {"OVER", "more", "higher", "larger", "bigger", "greater", "above", "ahead", "faster", "quickly"}
)
"""Signs by which the first company has more than the second; by all others it has less."""

WHEN = (
    r"(?:(?:in|for|during|over|at|on|by|as of) )?(?:the end of )?(?:(?:the|its|that|their) )?"
    r"(?:same |comparable )?P "
)
NAME = r"(?:TAG )*(?:M )+"
THEN = rf"(?:{WHEN})?"
ADJECTIVES = r"(?:(?:own|total|overall|quarterly|record|reported|consolidated|the|its) )*"
BE = r"(?:(?:was|is|were|are|stood|stands|came in|came|remains|remained|ran|sits|sat) )"
TELLS = r"(?:(?:reported|booked|posted|generated|recorded|had|has|made|earned|delivered|spent|held|holds) )"
ADVERBS = (
    r"(?:(?:far|much|well|still|comfortably|slightly|also|now|again|even|significantly|considerably|clearly"
    r"|easily|only|just|about|roughly|nearly|almost|some|at|by|a|more than|less than|approximately|around"
    r"|over) )*"
)
COMPARING = r"(?P<cue>more|less|higher|lower|larger|smaller|bigger|greater) "
CUE = (
    r"(?P<cue>OVER |UNDER |(?:more|less|higher|lower|larger|smaller|bigger|greater) (?=than )"
    r"|ahead (?=of )|behind )(?:than |of )?"
)
PACE = r"(?P<cue>faster|slower|more quickly|more slowly) than "
BOTH = r"(?P<a>E) and (?P<b>E) "
TOGETHER = r"(?:(?:together|jointly|combined) )"

ONE = (
    rf"(?:(?P<a>ES) {ADJECTIVES}(?P<m>{NAME})(?:(?:of )?(?:MONEY|PCT) )?"
    rf"|(?P<m2>{NAME}){THEN}(?:at|of|for) (?P<a2>E) "
    rf"|(?P<a3>ES) MONEY (?:of|in) (?P<m3>{NAME})){THEN}"
)
"""The first company and its measure: "X's revenue of $27.0 billion", "revenue at X"."""

TWO = (
    rf"(?:(?P<b>ES) (?:{ADJECTIVES}(?P<n>{NAME}))?(?:(?:of )?(?:MONEY|PCT) )?"
    rf"|(?:(?:that|those) (?:of|at|for|from) |(?:at|of|for) )(?P<b2>E) "
    rf"|the (?P<n2>{NAME})(?:at|of|for) (?P<b3>E) ){THEN}"
)
"""The second, and its measure where it is named again: "Y's", "that of Y", "at Y"."""

BARE = rf"(?P<b>E) (?:did )?{THEN}"
"""The second by its name alone: "more revenue than Y"."""

OPENS = (
    r"(?:\^ |[,;:—] |(?<!E )(?<!ES )and |while |but |though |although |whereas |yet |as )"
    r"(?:(?:in|for|during|on|the|its|last|latest|meanwhile|however|still|also|by comparison|P|,) )*"
)
ENDS = r"(?=$|[,;:)—] |(?:while|but|though|although|whereas|yet|despite|as|which) |and (?!ES? ))"
"""What stands before a form and behind it: it takes up its whole part of the sentence."""

_FORMS: Mapping[Kind, tuple[str, ...]] = {
    "difference": (
        # X's revenue was $20.7 billion above Y's
        rf"{ONE}{BE}{ADVERBS}(?P<num>MONEY|PCT|PTS) {CUE}{TWO}",
        # X's revenue exceeded Y's by $20.7 billion
        rf"{ONE}{BE}?{ADVERBS}{CUE}{TWO}by {ADVERBS}(?P<num>MONEY|PCT|PTS) {THEN}",
        # X reported $20.7 billion more revenue than Y
        rf"(?P<a>E) {TELLS}{ADVERBS}(?P<num>MONEY) {COMPARING}(?:in |of )?(?P<m>{NAME}){THEN}than {BARE}",
    ),
    "multiple": (
        # X's revenue was nearly twice Y's; three times as large as Y's
        rf"{ONE}{BE}{ADVERBS}(?P<num>TIMES) (?:as (?:large|big|high|much|great) as |the size of )?{TWO}",
        # X's revenue was a third of Y's; 31% of Y's
        rf"{ONE}{BE}{ADVERBS}(?P<num>PART|PCT) (?:of |the size of |as (?:large|big|high|much) as ){TWO}",
        # X reported three times as much revenue as Y
        rf"(?P<a>E) {TELLS}{ADVERBS}(?P<num>TIMES|PART) (?:as much|the) (?P<m>{NAME}){THEN}(?:as|of) {BARE}",
    ),
    "level": (
        # X's revenue was larger than Y's
        rf"{ONE}{BE}?{ADVERBS}{CUE}{TWO}",
        # X reported more revenue than Y; X spent more on research than Y
        rf"(?P<a>E) {TELLS}{ADVERBS}{COMPARING}(?:on )?(?P<m>{NAME}){THEN}than {BARE}",
    ),
    "growth": (
        # X's revenue grew faster than Y's
        rf"{ONE}(?:grew|rose|increased|climbed|expanded|advanced) {ADVERBS}{PACE}{TWO}",
        # X's revenue growth was below Y's
        rf"(?P<a>ES) {ADJECTIVES}(?P<m>{NAME})growth {THEN}{BE}?{ADVERBS}{CUE}{TWO}",
        # X grew revenue faster than Y
        rf"(?P<a>E) grew {ADJECTIVES}(?P<m>{NAME}){THEN}{ADVERBS}{PACE}{BARE}",
    ),
    "sum": (
        # the combined revenue of X and Y was $38.9 billion; X and Y's combined revenue was
        rf"combined (?P<m>{NAME}){THEN}(?:at|of|for) {BOTH}{THEN}{BE}{ADVERBS}(?P<num>MONEY) {THEN}",
        rf"(?P<a>ES?) and (?P<b>ES) combined (?P<m>{NAME}){THEN}{BE}{ADVERBS}(?P<num>MONEY) {THEN}",
        # X and Y reported combined revenue of $38.9 billion; together, X and Y reported revenue of
        rf"{BOTH}{TOGETHER}?{TELLS}(?:a )?combined (?P<m>{NAME})of {ADVERBS}(?P<num>MONEY) {THEN}",
        rf"together (?:, )?{BOTH}{TELLS}(?P<m>{NAME})of {ADVERBS}(?P<num>MONEY) {THEN}",
        rf"{BOTH}{TOGETHER}{TELLS}(?P<m>{NAME})of {ADVERBS}(?P<num>MONEY) {THEN}",
        # X and Y together generated $38.9 billion in revenue
        rf"{BOTH}{TOGETHER}{TELLS}{ADVERBS}(?P<num>MONEY) (?:of |in )(?P<m>{NAME}){THEN}",
    ),
}
"""The narrow ones first: a form does not take words that one before it took."""


@dataclass(frozen=True, slots=True)
class Form:
    """A way to say something of two companies.

    Its groups: `a` and `b` the companies, `m` and `n` their measures, `cue` the word that compares, `num` the
    number that is told of both.
    """

    kind: Kind
    pattern: re.Pattern[str]


FORMS = tuple(
    Form(kind, re.compile(rf"{OPENS}(?P<whole>{text}){ENDS}"))
    for kind, texts in _FORMS.items()
    for text in texts
)

BETWEEN = re.compile(rf"(?<= ){CUE}|(?<= )(?P<pace>faster|slower|more quickly|more slowly) than ")
"""The word that compares two companies' numbers of which each stands by its company."""
