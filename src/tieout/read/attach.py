"""A scanned sentence -> drafts: what each of its numbers is said to be."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from tieout.catalogue import Catalogue
from tieout.core.article import Span
from tieout.core.claim import Relation
from tieout.read.asides import since_papers
from tieout.read.bases import base_of, last_words, other_sides, than_number, time_of_from, time_of_than
from tieout.read.beside import is_against, is_beside, told_beside, with_peers
from tieout.read.bracketed import alone_in_brackets
from tieout.read.carried import goes_same_way, gone_on, is_carried, level_before
from tieout.read.doubts import doubted
from tieout.read.draft import Base, Draft, Subject
from tieout.read.fronted import fronted, pair_periods, reading_order, so_much
from tieout.read.headed import headed
from tieout.read.lead_in import lead_in
from tieout.read.left_out import (
    asked_change,
    bound_closely,
    keep_time,
    keep_told,
    since_then,
    take_told_period,
    told_since,
)
from tieout.read.memory import Memory, Sentence
from tieout.read.owner import names_owner
from tieout.read.period_of import period_of, share_periods, spread_periods
from tieout.read.periods import PeriodMention
from tieout.read.relation import FORMER, LEVEL, NOTHING, Told, told
from tieout.read.respectively import respectively
from tieout.read.scan import Scan
from tieout.read.scenario import is_tolerance, meant
from tieout.read.shape import shape
from tieout.read.sides import sides
from tieout.read.signs import falls
from tieout.read.subject import Subjects
from tieout.read.subject_of import POINTING, gapped, part_of_share, ratio_near, subject_of
from tieout.read.times import has_time_word
from tieout.read.topics import keep_topic, take_topic
from tieout.read.versus import paired, versus

NEAR = 24
"""Characters between a number and a period behind it that one quote holds."""

_COMPARED = re.compile(r"\b(?:compar\w+|versus|vs|against|after|from)\b", re.IGNORECASE)
_PRODUCT_PER = re.compile(r"\b(rack|cabinet|cluster|pod|node)s?\b", re.IGNORECASE)


def attach(scan: Scan, catalogue: Catalogue, memory: Memory, block: int) -> list[Draft]:
    """The drafts of the sentence's numbers, in order, then of its comparisons of companies.

    `block` is its place among the article's blocks.
    """
    companies = {m.value for m in scan.mentions if m.kind == "entity"}
    others = bool(companies - {memory.main})
    beside = others or (bool(companies) and any(c != memory.main for c in memory.companies_near(block)))
    sentence = Sentence(
        scan,
        catalogue,
        memory,
        block,
        Subjects(scan, catalogue),
        memory.subject,
        shape(scan) if beside else None,
        opening=None if others else fronted(scan),
    )
    sentence.sides = sides(scan, sentence.shape, memory, catalogue, block)
    for stretch in other_sides(scan):
        sentence.subjects.used |= {m.span for m in scan.names if stretch.encloses(m.span)}
        sentence.used_periods |= {p.span for p in scan.periods if stretch.encloses(p.span)}
    for index in reading_order(scan, sentence.opening):
        draft = _draft(sentence, index)
        sentence.drafts.append(draft)
        if draft.subject is not None and not draft.unread:
            memory.subject = draft.subject
    pair_periods(sentence)
    spread_periods(sentence)
    share_periods(sentence)
    take_told_period(sentence)
    take_topic(sentence)
    _keep_topic(sentence)
    if not sentence.sides:
        respectively(sentence)
        headed(sentence)
    if not scan.numbers or (scan.names and scan.block.kind == "paragraph"):
        memory.lead = lead_in(scan, catalogue)
    keep_told(sentence)
    keep_topic(sentence)
    keep_time(sentence)
    memory.bound = bound_closely(sentence.drafts)
    with_peers(sentence)
    compared = versus(sentence)
    compared += [d for d in paired(sentence) if not any(d.number == other.number for other in compared)]
    told = (d.subject for d in sentence.drafts if d.subject and d.subject.span and not d.unread)
    memory.tell_of(told, block)
    memory.leave(scan, block, dated=not scan.numbers and has_time_word(scan))
    return [*sentence.drafts, *compared]


def _draft(sentence: Sentence, index: int) -> Draft:
    scan = sentence.scan
    amount, before = scan.numbers[index], scan.before(index)
    relation = _relation(sentence, index)
    subject = subject_of(sentence, index, relation)
    if subject is not None and any(metric.endswith("_increase") for metric in subject.metrics):
        relation = LEVEL  # an increase that was announced is a figure of its own
    carried = is_carried(subject)
    how = meant(scan, index, sentence.last, carried=carried, base=relation.is_base)
    period = period_of(sentence, index, base=relation.is_base)
    if _keyed(sentence, index):
        period = sentence.memory.brackets
    base, base_period, from_draft = _base(sentence, index, relation)
    if base == "assumed" and _over_three_months(sentence, subject, period):
        base = "qoq"
    whole = None
    if relation.share:
        whole, subject = subject, part_of_share(sentence, index)
    unsigned = not (relation.negative or relation.positive or amount.sign) and (
        relation.change == "points" or (relation.change == "relative" and falls(scan))
    )
    draft = Draft(
        relation=relation.relation or Relation.LEVEL,
        span=_quote(scan, index, subject, period),
        number=amount.span,
        sentence=scan.span,
        amount=amount,
        subject=subject,
        change=relation.change,
        base=told_since(sentence, base, subject),
        base_period=base_period,
        period=period,
        is_base=relation.is_base,
        negative=relation.negative,
        positive=relation.positive,
        scenario=how.scenario,
        forecast=how.forecast,
        conjecture=scan.has_cue("conjecture", since_papers(scan, before)),
        speaker=how.speaker,
        whole=whole,
        from_draft=from_draft,
        block=sentence.block,
        unread=_unread(sentence, index, subject, relation),
        direction="unsigned" if unsigned else None,
        pointed=last_words(scan, index)[-1:] in POINTING,
        owner_named=subject is not None and names_owner(sentence, index, subject),
        goes_with=level_before(sentence, relation) if carried else None,
    )
    return doubted(sentence, draft, index, relation)


def _keep_topic(sentence: Sentence) -> None:
    """Let no time that is only compared with become the topic: "compared with $3 a year ago and $4 in Q1"."""
    scan, drafts = sentence.scan, sentence.drafts
    for place, (former, latter) in enumerate(pairwise(drafts), 1):
        gap = Span(former.number.end, max(former.number.end, latter.number.start))
        joined = not scan.within(gap, "metric") and {"and", "or"} & set(scan.lower_in(gap))
        compared = _COMPARED.search(scan.text, scan.span.start, former.number.start)
        if (former.earlier or not former.sets_topic) and joined and compared:
            drafts[place] = replace(latter, sets_topic=False)


def _relation(sentence: Sentence, index: int) -> Told:
    """How the number relates to its subject; a change without its verb as the change before it."""
    scan = sentence.scan
    if sentence.sides or is_against(sentence.shape, index) or is_tolerance(scan, index):
        return LEVEL if sentence.sides else NOTHING
    ratio = ratio_near(sentence, index)
    relation = LEVEL if ratio and gapped(scan, index) else told(scan, index, ratio)
    last = sentence.last
    if _keyed(sentence, index):
        return FORMER
    if relation is NOTHING and sentence.opening is not None and sentence.fronted(index):
        sign = so_much(scan, sentence.opening)
        relation = Told(Relation.CHANGE, "relative", sign < 0, sign > 0) if sign else relation
    if last is None:
        in_money = relation is LEVEL and scan.numbers[index].kind == "money"
        unsigned = relation.change == "points" and not (relation.negative or relation.positive)
        asked = (in_money or unsigned or relation is NOTHING) and not sentence.fronted(index)
        return (asked_change(sentence, index) if asked else None) or relation
    if is_beside(sentence, index):
        beside, own = told_beside(last), told(scan, index, ratio)
        return own if own.change == beside.change and own.negative != beside.negative else beside
    before = scan.before(index)
    joined = scan.lower_in(before) in (["to"], ["and"])
    if last.is_base and joined and scan.has_cue("guidance", scan.span):
        return FORMER  # "from $105 billion to $109 billion": both of the old range
    if relation.change == "relative" and goes_same_way(scan, last, index):
        return replace(relation, negative=last.negative, positive=last.positive)
    if relation.relation is None and scan.numbers[index].kind == "percent":
        verb = gone_on(sentence, before)
        if verb is not None:
            return Told(Relation.CHANGE, "relative", verb.negative, verb.positive)
    return relation


def _keyed(sentence: Sentence, index: int) -> bool:
    """Whether the article says of what time this number in brackets is, set beside a level."""
    level = sentence.last is not None and sentence.last.relation is Relation.LEVEL
    return level and sentence.memory.brackets is not None and alone_in_brackets(sentence.scan, index)


def _base(
    sentence: Sentence, index: int, relation: Told
) -> tuple[Base | None, PeriodMention | None, int | None]:
    """What a change is measured from: the base, its period, the position of its number."""
    if not (relation.relation in (Relation.CHANGE, Relation.MULTIPLE) and relation.change):
        return None, None, None
    scan = sentence.scan
    if sentence.last is not None and is_beside(sentence, index):
        return sentence.last.base, sentence.last.base_period, sentence.last.from_draft
    against = time_of_than(scan, index) if than_number(scan, index) else time_of_from(scan, index)
    if against is not None:
        return *against, None
    base, period = base_of(scan, index)
    if base == "assumed" and (then := since_then(sentence, index)) is not None:
        return *then, None
    cues = [m for m in scan.cues if "qoq" in m.value.split()]
    during = base == "qoq" and any(m.text.lower().endswith("the quarter") for m in cues)
    verb = scan.numbers[index].as_verb
    if base != "assumed" and not than_number(scan, index) and (verb or not during):
        return base, period, None
    number = _base_number(sentence.drafts)
    return ("assumed" if number is None else "from"), None, number


def _over_three_months(sentence: Sentence, subject: Subject | None, period: PeriodMention | None) -> bool:
    """Whether a balance is said to have changed so long: "cash grew 9% in the three months to June 30"."""
    if subject is None or not subject.metrics or period is None or period.kind != "ended":
        return False
    if any(sentence.catalogue.metric(metric).kind != "balance" for metric in subject.metrics):
        return False
    return sentence.scan.text[period.span.start : period.span.end].lower().startswith("three")


def _base_number(drafts: list[Draft]) -> int | None:
    """The number a change starts from: "rose from $3.8 billion to $14.4 billion, a 280% jump"."""
    for position in range(len(drafts) - 1, -1, -1):
        draft = drafts[position]
        level = draft.is_base and draft.relation is Relation.LEVEL
        if level and draft.amount is not None and draft.amount.kind == "money":
            return position
    return None


def _quote(scan: Scan, index: int, subject: Subject | None, period: PeriodMention | None) -> Span:
    """The words that make the claim: the number with its name and its period, where those stand by it."""
    number = scan.numbers[index].span
    start, end = number.start, number.end
    name = subject.span if subject is not None else None
    if name is not None and name.end <= start:
        between = Span(name.end, start)
        if not any(between.encloses(n.span) for n in scan.numbers):
            start = name.start
    if name is not None and name.start >= end:
        end = name.end
    if period is not None and period.span.start >= number.end and period.span.start - end < NEAR:
        end = max(end, period.span.end)
    return Span(start, end)


def _unread(sentence: Sentence, index: int, subject: Subject | None, relation: Told) -> str:
    """Why the number is left alone; empty where it is read."""
    amount = sentence.scan.numbers[index]
    if relation.relation is None:
        return "how the number relates to its subject is not said in words tieout reads"
    if subject is None or not subject.metrics:
        return "what the number measures is not named in words tieout reads"
    if amount.foreign or (amount.kind == "money" and amount.unit not in ("USD", "")):
        return "written in another currency or with a decimal comma"
    if "special" in subject.tags:
        return "an organic, constant-currency or annualized basis, which the ledger does not hold"
    if _wrong_per(sentence.scan, subject):
        return "counts per another unit (rack, cluster) than the product's"
    return ""


def _wrong_per(scan: Scan, subject: Subject) -> bool:
    """Whether the sentence counts per another unit than the one the product's property is of."""
    per = dict(subject.dimensions).get("per")
    if per is None:
        return False
    named = _PRODUCT_PER.finditer(scan.text, scan.span.start, scan.span.end)
    return any(match.group(1).lower() != per for match in named)
