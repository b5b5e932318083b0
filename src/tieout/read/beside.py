"""Numbers of several companies in one sentence: which company each is bound to by the order of words."""

from __future__ import annotations

import re
from dataclasses import replace

from tieout.core.article import Span
from tieout.core.claim import Relation
from tieout.read.draft import Draft
from tieout.read.memory import Sentence
from tieout.read.relation import LEVEL, NOTHING, Told
from tieout.read.shape import Shape, Token
from tieout.read.wordlist import words

_E = ("E", "ES")
_LINK = "|".join(
    sorted((words("links") | words("says")) - {"by", "from", "than", "with", "over", "under", "s"})
)
_MOVE = "|".join(sorted(words("up_nouns") | words("down_nouns")))
_ITS_OWN = r"(?:its own (?:M )?by |(?:ended|finished|closed|exited|began|started) (?:P )?with )"
_GAP = rf"(?:(?:{_LINK}|more than|growth|increase|own|one of|M|P|TAG|YOY) |{_ITS_OWN})*(?:, at )?"
_OPENS = rf"(?:\^|[,;:(—]|P|{'|'.join(sorted(words('opens_side')))}) "
_ASIDE = r"(?:, (?:(?:(?:by|in) (?:comparison|contrast)|meanwhile|however|in turn) )?, )?"
_FRAME = rf"{_OPENS}(?:over |as )?(?:at|for) (?P<at>E) {_ASIDE}(?:, )?"
"""A phrase in front that says of whom the clause is told: "Over at Y, the same line read"."""
_STANDS = "|".join(sorted(words("anaphors")))
_TELLING = r"(?:, )?(?:we|you|I|one) (?:count|counts|get|gets|see|sees|find|finds|have|has|read|reads)"
_PAPERS = (
    r"(?:(?:own|latest|quarterly|annual|earnings|press|results) )*"
    r"(?:filing|release|report|statement|statements|results|accounts|books|10-q|10-k|numbers|figures|letter)"
)
_SHOWS = r"(?:puts?|shows?|gives?|lists?|has|have|states?|records?|sets?|discloses?|contains?)"
_TOLD_IN = rf"(?:(?:for|of|on|in) (?:the )?P )?{_SHOWS} (?:(?:M|TAG|P|{_LINK}|at) )*"
_AHEAD = re.compile(
    rf"(?:(?:(?P<of>ES) |{_OPENS}(?P<by>E) {_ASIDE})(?:\( |(?:P )?: )?"
    rf"|(?:that|those|{_STANDS}) (?:of|at|for) (?P<that>E) "
    rf"|(?P<who>E) , (?:whose|where|which) (?:it )?){_GAP}$"
    rf"|(?:(?P<its>ES) |{_FRAME})"
    rf"(?:(?:{_STANDS}|{_LINK}|{_MOVE}|{_TELLING}|(?:more|less) than|at least|M|P|TAG|YOY) )+$"
    rf"|\^ (?P<files>ES) (?:P )?{_PAPERS} {_TOLD_IN}$"
    rf"|\^ the (?:P )?{_PAPERS} (?:of|from|by) (?P<filed>E) {_TOLD_IN}$"
    rf"|(?:(?<!of )(?<!from )(?<!to )(?<!by )(?P<has>E) at |{_OPENS}(?P<with>E) with )(?:the )?$"
)
"""A company right before a number: "X's revenue was", ", while its rival Y reported", "we have X at"."""
_SIDES = (words("opens_side") | {"against", "versus", "vs", "compared", "other"}) - {"and", "as", "than"}
"""Words behind which a number may be another company's, named or not."""
_OWNERS = ("of", "by", "that", "who", "its", "at", "has", "with", "files", "filed")

_TOLD = "|".join(sorted(words("past_verbs") | words("says")))
_BEHIND = re.compile(
    rf"(?:YOY )?(?:(?:of|in) (?:TAG )?M )?(?:(?:in|for) (?:the )?P )?"
    rf"(?:(?:at|for|(?:reported|posted) by) (?P<at>E) |(?:that |which )?(?P<by>E) (?:had |has )?(?:{_TOLD}) )"
)
"""A company right behind a number: "$9.7 billion at Y", "the $9.7 billion that Y reported"."""

_ANY = r"(?:(?!MONEY|PCT|PTS|TIMES|PART)[^\s,;:()—]+ ){0,8}?"
_MORE = "more|less|higher|lower|larger|smaller|bigger|greater|fewer|faster|slower"
_MORE_THAN = re.compile(rf"(?:OVER|UNDER|(?:{_MORE}) {_ANY}than|ahead of|behind) {_ANY}ES? ")
_TIMES_OF = re.compile(
    rf"(?:{_ANY}(?:as|of|that of|than|size of) )?(?:the |at )?(?:M )*ES |{_ANY}(?:as|that of|than) {_ANY}E "
)
"""What stands behind a number that sets one company's measure against another's."""

_LIST = r"ES? (?:, (?:and )?ES? )*(?:, )?and ES? "
_LISTED = re.compile(
    rf"(?:{_OPENS}(?:at )?(?P<all>{_LIST})(?:, which )?|(?:M )(?:P )?(?:at|of|for) (?P<at>{_LIST})){_GAP}$"
)
"""Several companies before a list of numbers: "X and Y reported revenue of", "revenue at X and Y was"."""

_BESIDE = "|".join(sorted(words("beside")))
_BETWEEN = re.compile(
    rf"(?:(?:of|in) (?:P )?(?:TAG )?(?:M )+)?(?:(?:{_BESIDE}|{_LINK}|E|ES|P|OVER|UNDER|YOY|[,()—]) "
    rf"|{_ITS_OWN}|next to |one of |(?:where|which) (?:it )?|(?:{_MOVE}) )*"
)
"""What may stand between two companies' numbers of one measure."""


def sure_owner(shape: Shape | None, index: int) -> str | None:
    """The company that the words right around number `index` give it; None where they do not.

    "" is a company no pack describes.
    """
    if shape is None:
        return None
    here = _position(shape, index)
    before = shape.text(0, here)
    behind = _BEHIND.match(shape.text(here + 1, len(shape.tokens)))
    ahead = _AHEAD.search(before)
    if behind is not None:
        start = max(behind.start("at"), behind.start("by"))
        return _ticker(shape, here + 1 + behind.string[:start].count(" "))
    if ahead is None:
        return None
    place = before[: max(ahead.start(name) for name in _OWNERS)].count(" ")
    listed = [token.sign for token in shape.tokens[max(place - 2, 0) : place]]
    if listed[-1:] in (["and"], [","]) and listed[0] in ("E", "ES"):
        return None  # "X and Y reported": of both
    return _ticker(shape, place)


def bound_owner(sentence: Sentence, index: int) -> str | None:
    """The company that the words around number `index` give it, or the number before that it goes on from.

    It goes on where nothing between the two names a company or a measure or opens another side: "Dell's
    came to $29.8 billion, up 19%".
    """
    if sentence.sides:
        return sentence.sides[index].owner
    owner, scan = sure_owner(sentence.shape, index), sentence.scan
    if owner is not None or not index:
        return owner
    gap = scan.before(index)
    parted = scan.within(gap, "entity") or scan.within(gap, "metric")
    return None if parted or not _SIDES.isdisjoint(scan.lower_in(gap)) else bound_owner(sentence, index - 1)


def listed_owners(shape: Shape | None, index: int) -> tuple[str, ...]:
    """The companies listed before number `index`: "Dell and HPE reported revenue of"; empty for no list."""
    listed = None if shape is None else _LISTED.search(shape.text(0, _position(shape, index)))
    if shape is None or listed is None:
        return ()
    tokens = shape.group(listed, "all", "at")
    return tuple(token.mention.value for token in tokens if token.mention is not None)


def is_beside(sentence: Sentence, index: int) -> bool:
    """Whether number `index` is another company's figure of what the number before it measures."""
    shape, last = sentence.shape, sentence.last
    if shape is None or last is None or not index or last.subject is None or last.unread:
        return False
    mine = sure_owner(shape, index)
    its = sentence.memory.main if last.subject.entity is None else last.subject.entity
    if (
        mine is None
        or mine == its
        or sentence.scan.numbers[index].kind != sentence.scan.numbers[index - 1].kind
    ):
        return False
    return bool(between(shape, index - 1))


def told_beside(last: Draft) -> Told:
    """What a number is that stands beside another company's: a level or a change like that one."""
    if last.relation is Relation.CHANGE and last.change is not None:
        return Told(Relation.CHANGE, last.change, last.negative, last.positive)
    return LEVEL if last.relation is Relation.LEVEL and not last.is_base else NOTHING


def between(shape: Shape, index: int) -> tuple[Token, ...]:
    """The signs between number `index` and the next, where they only set the two side by side; else none."""
    first, second = _position(shape, index), _position(shape, index + 1)
    return shape.tokens[first + 1 : second] if _BETWEEN.fullmatch(shape.text(first + 1, second)) else ()


def is_against(shape: Shape | None, index: int) -> bool:
    """Whether number `index` says how much one company has more than, or of what, another has.

    "Dell's revenue was $20.7 billion above HPE's": neither a level nor a change over time, whatever else.
    """
    if shape is None:
        return False
    here = _position(shape, index)
    number, behind = shape.tokens[here], shape.tokens[here + 1 :]
    if number.sign in ("PART", "PCT") and not _of_another(shape, here):
        return False
    compared = behind[:1] and behind[0].sign in ("OVER", "UNDER") and not behind[0].adjective
    form = _TIMES_OF if number.sign in ("TIMES", "PART", "PCT") else _MORE_THAN
    text = "".join(f"{token.sign} " for token in behind)
    return not compared and (form.match(text) or _MORE_THAN.match(text)) is not None


def _of_another(shape: Shape, here: int) -> bool:
    """Whether the share at a position is of another company than one named before: not "28% of X's sales"."""
    companies = [
        (place, t.mention.value) for place, t in enumerate(shape.tokens) if t.mention and t.sign in _E
    ]
    before = {company for place, company in companies if place < here}
    behind = [place for place, company in companies if place > here and company not in before]
    named = bool(behind) and shape.text(behind[0] + 1).startswith(("M ", "TAG "))
    return bool(behind) and (bool(before) or not named)


def with_peers(sentence: Sentence) -> None:
    """Each number gets the other companies of the sentence whose period it may share."""
    drafts, main = sentence.drafts, sentence.memory.main
    owners = [_owner(draft, main) for draft in drafts]
    told = tuple(dict.fromkeys(owner for owner in owners if owner))
    turned = _in_turn(drafts)
    own = [
        turned or _sided(sentence, draft) or _period_is_its_own(sentence, draft, owner)
        for draft, owner in zip(drafts, owners, strict=True)
    ]
    for position, draft in enumerate(drafts):
        mine = owners[position]
        others = tuple(owner for owner in told if owner != mine)
        if not mine or not others:
            continue
        taken = {
            d.period for d, its, theirs in zip(drafts, own, owners, strict=True) if its and theirs != mine
        }
        rivals = tuple(p for p in draft.rival_periods if not own[position] or p not in taken)
        drafts[position] = replace(
            draft, others=others, peers=() if own[position] else others, rival_periods=rivals
        )


def _sided(sentence: Sentence, draft: Draft) -> bool:
    """Whether the number stands on a side of its own that has a time of its own."""
    return any(side.period is not None and side.period == draft.period for side in sentence.sides)


def _in_turn(drafts: list[Draft]) -> bool:
    """Whether as many periods stand behind the numbers as there are numbers, each its own in their order."""
    places = [draft.period.span.start for draft in drafts if draft.period is not None]
    apart = len(set(places)) == len(drafts) > 1 and places == sorted(places)
    return apart and places[0] >= drafts[-1].number.end


def _owner(draft: Draft, main: str) -> str:
    if draft.subject is None or draft.unread:
        return ""
    return main if draft.subject.entity is None else draft.subject.entity


def _period_is_its_own(sentence: Sentence, draft: Draft, owner: str) -> bool:
    """Whether a period stands by the number on its company's side of the sentence."""
    if draft.period is None or draft.period_shared:
        return False
    period, number = draft.period.span, draft.number
    one, two = sorted((period, number))
    between = sentence.scan.within(Span(min(one.end, two.start), two.start), "entity")
    before = sentence.scan.within(Span(sentence.scan.span.start, period.start), "entity")
    led_by = before[-1].value if before and period.start < number.start else owner
    return led_by == owner and all(m.value == owner for m in between)


def _position(shape: Shape, index: int) -> int:
    return next(i for i, token in enumerate(shape.tokens) if token.index == index)


def _ticker(shape: Shape, position: int) -> str | None:
    mention = shape.tokens[position].mention
    return None if mention is None else mention.value
