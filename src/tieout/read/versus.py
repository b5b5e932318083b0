"""Two companies set against each other: "Nvidia's revenue was nearly twice Dell's", "A and B combined"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from tieout.core.article import Span
from tieout.core.claim import Change, Relation
from tieout.core.measure import Scenario
from tieout.read.amounts import Amount
from tieout.read.beside import between, sure_owner
from tieout.read.draft import Draft, Subject
from tieout.read.memory import Sentence
from tieout.read.periods import PeriodMention
from tieout.read.scan import Scan
from tieout.read.shape import Shape, Token
from tieout.read.subject import merged
from tieout.read.versus_forms import BETWEEN, FORMS, UP, Form

_DENIED = re.compile(
    r"\b(?:not|never|without|neither|nor|if|whether|hardly|no|unlike|than expected)\b|n['’]t\b", re.IGNORECASE
)
_AHEAD = ("modal", "conjecture", "guidance", "consensus")
TWO = 2
PLAIN = ("latest", "the", "current")
"""Relative periods that both sides of a comparison may share."""
UNCLEAR = "which period is told of which of the two companies is not said in words tieout reads"
DOUBTFUL = "the two companies are compared in words of doubt or of what lies ahead"


@dataclass(frozen=True, slots=True)
class Match:
    """A form found in a sentence's signs."""

    form: Form
    shape: Shape
    found: re.Match[str]

    def tokens(self, *groups: str) -> tuple[Token, ...]:
        """The tokens of the first of these groups that is there."""
        return self.shape.group(self.found, *groups)

    @property
    def span(self) -> Span:
        """The stretch of text the form covers, its first sign to its last."""
        tokens = self.shape.group(self.found, "whole")
        return Span(tokens[0].span.start, tokens[-1].span.end)


def versus(sentence: Sentence) -> list[Draft]:
    """Drafts of what is said of two companies together, numbers taken over from `sentence.drafts` put there.

    Only where the words between the two and their measure are all of a known form; what is denied, doubted or
    expected is left unread.
    """
    found: list[Draft] = []
    if sentence.shape is None:
        return found
    for match in _matches(sentence.shape):
        draft = _draft(sentence, match)
        if draft is None:
            continue
        number = match.tokens("num")
        if number:
            sentence.drafts[number[0].index] = draft
        elif not draft.unread:
            found.append(draft)
    return found


def _matches(shape: Shape) -> Iterator[Match]:
    """The forms in a sentence, none over words of one before it."""
    line, taken = shape.text(), list[Span]()
    for form in FORMS:
        for found in form.pattern.finditer(line):
            match = Match(form, shape, found)
            if not any(match.span.overlaps(other) for other in taken):
                taken.append(match.span)
                yield match


def _draft(sentence: Sentence, match: Match) -> Draft | None:
    """The draft of one form; None where it names no measure, or one company twice."""
    one, two = _company(match, "a", "a2", "a3"), _company(match, "b", "b2", "b3")
    subject, whole = _sides(sentence, match)
    if one is None or two is None or one == two or subject is None or whole is None:
        return None
    told = _told(match, subject, sentence)
    if told is None:
        return None
    index = next((token.index for token in match.tokens("num")), None)
    amount = None if index is None else replace(sentence.scan.numbers[index], as_verb=False)
    cue = match.tokens("cue")
    own, its, clear = _periods(sentence, match)
    up = any(token.sign in UP for token in cue)
    summed = match.form.kind == "sum"
    return Draft(
        relation=told[0],
        span=match.span,
        number=Span(cue[0].span.start, cue[-1].span.end) if amount is None else amount.span,
        sentence=sentence.scan.span,
        amount=amount,
        subject=replace(subject, entity=one),
        change=told[1],
        period=own,
        period_shared=its is None,
        negative=told[1] is not None and not up,
        positive=told[1] is not None and up,
        whole=None if summed else replace(whole, entity=two),
        whole_period=its,
        added=(replace(whole, entity=two),) if summed else (),
        direction=("exceeds" if up else "below") if amount is None else None,
        block=sentence.block,
        unread=_unread(sentence, match, amount) if clear else UNCLEAR,
        sets_topic=False,
        peers=(two,),
    )


def _company(match: Match, *groups: str) -> str | None:
    mention = next((token.mention for token in match.tokens(*groups)), None)
    return None if mention is None else mention.value


def _sides(sentence: Sentence, match: Match) -> tuple[Subject | None, Subject | None]:
    """What is measured on either side; the second side's is the first's where it names none."""
    one, named = _subject(sentence, match.tokens("m", "m2", "m3")), match.tokens("n", "n2")
    two = _subject(sentence, named) if named else one
    if match.form.kind != "growth" or one is None or two is None:
        return one, two
    return _grown(one), _grown(two)


def _subject(sentence: Sentence, tokens: tuple[Token, ...]) -> Subject | None:
    names = [token.mention for token in tokens if token.mention is not None and token.sign == "M"]
    if not any(name.kind == "metric" for name in names):
        return None
    stretch = Span(tokens[0].span.start, tokens[-1].span.end)
    built = sentence.subjects.build(names, stretch)
    tags = frozenset(token.mention.value for token in tokens if token.sign == "TAG" and token.mention)
    return merged(replace(built, tags=built.tags | tags), None, sentence.catalogue, "money", True)


def _told(match: Match, subject: Subject, sentence: Sentence) -> tuple[Relation, Change | None] | None:
    """The relation and the kind of change; None where the number does not fit the measure."""
    kind = match.form.kind
    if kind in ("level", "growth"):
        return Relation.COMPARISON, None
    amount = sentence.scan.numbers[match.tokens("num")[0].index]
    units = {sentence.catalogue.metric(m).unit for m in subject.metrics}
    if kind == "multiple":
        return Relation.SHARE if amount.kind in ("word", "percent") else Relation.MULTIPLE, None
    if kind == "sum":
        return (Relation.LEVEL, None) if amount.scaled and units == {"USD"} else None
    if amount.kind == "money":
        return (Relation.CHANGE, "amount") if amount.scaled and units == {"USD"} else None
    ratio = units <= {"ratio", "x"}
    if amount.kind == "points":
        return (Relation.CHANGE, "points") if ratio else None
    return None if ratio else (Relation.CHANGE, "relative")


def _periods(sentence: Sentence, match: Match) -> tuple[PeriodMention | None, PeriodMention | None, bool]:
    """The period told of the first side or of both, that of the second, and whether they are told apart."""
    start = match.found.start()
    tokens = match.shape.tokens[match.found.string.count(" ", 0, start) :]
    told = [
        p
        for p in sentence.scan.periods
        if any(t.span == p.span for t in tokens if t.span.end <= match.span.end)
    ]
    plain = all(p.kind != "relative" or p.relative in PLAIN for p in told)
    second = match.tokens("b", "b2", "b3")[0].span
    if len(told) < TWO:
        return next(iter(told), None), None, plain
    parted = len(told) == TWO and told[0].span.end <= second.start <= told[1].span.start
    return told[0], told[1], plain and parted


def _unread(sentence: Sentence, match: Match, amount: Amount | None) -> str:
    """Why what is said of two companies is left alone; empty where it is read."""
    scan = sentence.scan
    if _doubted(scan):
        return DOUBTFUL
    if amount is not None and (amount.foreign or amount.unit not in ("USD", "x", "ratio", "")):
        return "written in another currency or with a decimal comma"
    if "special" in {m.value for m in scan.within(match.span, "tag")}:
        return "an organic, constant-currency or annualized basis, which the ledger does not hold"
    return ""


def _doubted(scan: Scan) -> bool:
    """Whether a sentence denies, doubts or looks ahead."""
    denied = _DENIED.search(scan.text, scan.span.start, scan.span.end)
    return bool(denied) or any(scan.has_cue(cue, scan.span) for cue in _AHEAD)


def _grown(subject: Subject) -> Subject:
    """The growth of a measure on the year before."""
    grown = {metric: f"{metric}_yoy" for metric in subject.metrics}
    needs = tuple(grown[metric] for metric in subject.needs if metric in grown)
    return replace(subject, metrics=tuple(grown.values()), needs=needs, tags=frozenset())


_HEDGED = re.compile(
    r" (?:with|to|against|versus|vs|from|and|at|for) "
    r"(?:OVER|UNDER|(?:more|less|higher|lower|fewer|greater) than) $"
)
"""What makes of "more than" the hedge of the second number: "against more than $20 billion at Y"."""


def paired(sentence: Sentence) -> list[Draft]:
    """Drafts of "X's $9.1 billion was below Y's $29.8 billion": two numbers told, and a word that compares.

    The numbers are claims of their own; this is the comparison between them.
    """
    found: list[Draft] = []
    shape, drafts = sentence.shape, sentence.drafts
    if shape is None or _doubted(sentence.scan):
        return found
    for index, (one, two) in enumerate(pairwise(drafts)):
        tokens = between(shape, index)
        told = " " + "".join(f"{token.sign} " for token in tokens)
        cues = [] if _HEDGED.search(told) else list(BETWEEN.finditer(told))
        if len(cues) == 1 and _alike(sentence, index) and one.subject is not None and two.subject is not None:
            cue = tokens[cues[0].string.count(" ", 1, cues[0].start())]
            if (
                two.amount is not None
                and two.amount.hedge
                and cue.span.end <= two.number.start <= cue.span.end + 3
            ):
                continue  # "$19.3 billion for X and just under $6.0 billion for Y"
            grown = one.relation is Relation.CHANGE
            found.append(
                Draft(
                    relation=Relation.COMPARISON,
                    span=Span(one.number.start, two.number.end),
                    number=cue.span,
                    sentence=sentence.scan.span,
                    subject=_grown(one.subject) if grown else one.subject,
                    period=one.period,
                    period_shared=two.period_shared or two.period is None,
                    whole=_grown(two.subject) if grown else two.subject,
                    whole_period=None if two.period is one.period else two.period,
                    direction="exceeds" if cue.sign in UP else "below",
                    block=sentence.block,
                    loose=one.loose or two.loose,
                    sets_topic=False,
                    peers=two.peers and (sure_owner(shape, index + 1) or "",),
                )
            )
    return found


def _alike(sentence: Sentence, index: int) -> bool:
    """Whether two numbers side by side are levels, or yearly changes, of one measure and two companies."""
    one, two = sentence.drafts[index], sentence.drafts[index + 1]
    owners = (sure_owner(sentence.shape, index), sure_owner(sentence.shape, index + 1))
    if one.unread or two.unread or one.subject is None or two.subject is None or None in owners:
        return False
    levels = one.relation is two.relation is Relation.LEVEL and not (one.is_base or two.is_base)
    yearly = (
        one.change == two.change == "relative" and one.base == two.base and one.base in ("yoy", "assumed")
    )
    alike = one.subject.metrics == two.subject.metrics and one.scenario is two.scenario is Scenario.ACTUAL
    return alike and owners[0] != owners[1] and (levels or yearly)
