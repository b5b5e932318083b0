"""Two lists, of names and of numbers, that pair off: "X and Y revenue rose 44% and 1%, respectively"."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from tieout.core.article import Span
from tieout.core.claim import Relation
from tieout.read.beside import listed_owners, sure_owner
from tieout.read.draft import APART, Draft
from tieout.read.firm import is_firm
from tieout.read.memory import Sentence
from tieout.read.narrowed import narrowed
from tieout.read.owner import owned
from tieout.read.quarters import quarters_named
from tieout.read.scan import Scan
from tieout.read.subject import merged
from tieout.read.whose import ANOTHER_COMPANY
from tieout.read.words import Mention

_IN_A_ROW = "several numbers stand in a row for one name"
_UNPAIRED = "the numbers do not pair off with the names before them"
_EITHER = "the numbers pair off with names and with periods alike"
_OF_WHICH = "a list of several measures does not say which of them it gives for this segment"
_RESPECTIVELY = re.compile(r"\brespectively\b", re.IGNORECASE)
_AND = re.compile(r"\band\b")
_NEXT = re.compile(
    r"(?:\s*(?:a|per)\s+share)?[\s,]*(?:and\s+)?(?:(?:about|almost|nearly|roughly|approximately|some|just|only|over|under|above|below|around|at\s+least|at\s+most"
    r"|close\s+to|up\s+to|(?:more|less|fewer)\s+than|a\s+little|slightly|(?:shy|north|south)\s+of|well|as\s+much\s+as)"
    r"\s+){0,3}"
)


def respectively(sentence: Sentence) -> None:
    """Each number of a list takes its own name, or its own quarter, of a list beside it.

    Where numbers and names do not pair off the numbers are left unread; where several numbers stand in a
    row for one name, none of them is bound firmly enough to be called wrong.
    """
    scan = sentence.scan
    told = _RESPECTIVELY.search(scan.text, scan.span.start, scan.span.end)
    paired = _fronted(sentence)
    for group in _lists(sentence, told):
        last = told is not None and sentence.drafts[group[-1]].number.end <= told.start()
        _pair_off(sentence, group, told=last)
        paired = paired or last
    if told is not None and not paired and not _dated_in_turn(sentence, told.start()):
        sentence.drafts[:] = [replace(draft, loose=draft.loose or _UNPAIRED) for draft in sentence.drafts]


def _fronted(sentence: Sentence) -> bool:
    """Whether numbers put first take their names from the clause behind them: "$3 billion and 5%: that is".

    Where it names several measures, but not one for each number, the numbers are left unread.
    """
    scan, drafts, opening = sentence.scan, sentence.drafts, sentence.opening
    if opening is None:
        return False
    group = [
        place for place, draft in enumerate(drafts) if opening.encloses(draft.number) and draft.change is None
    ]
    end = min((d.number.start for d in drafts if d.number.start >= opening.end), default=scan.span.end)
    items = [
        item
        for item in _names(scan, Span(opening.end, end))
        if any(m.kind == "metric" or m.meaning.metrics for m in item)
    ]
    if len(group) < 2:
        return False
    if len(items) < 2:
        parted = len({drafts[place].period for place in group}) == len(group)
        for place in group:
            if not parted and not any(drafts[each].is_base for each in group):
                drafts[place] = replace(drafts[place], loose=drafts[place].loose or _IN_A_ROW)
        return False
    if len(items) == len(group) and _in_a_row(scan, items):
        _by_name(sentence, group, items, bound=True)
        return True
    for place in group:
        drafts[place] = replace(drafts[place], unread=_UNPAIRED)
    return False


def _dated_in_turn(sentence: Sentence, end: int) -> bool:
    """Give each company's number one of as many times: "$9 billion at X, $7 billion at Y in Q1 and Q2"."""
    drafts, scan = sentence.drafts, sentence.scan
    owners = {sure_owner(sentence.shape, index) for index in range(len(drafts))}
    times = [p for p in scan.periods if p.explicit and drafts and drafts[-1].number.end <= p.span.start < end]
    if not len(owners - {None}) == len(drafts) == len(times) > 1:
        return False
    sentence.drafts[:] = [
        replace(draft, period=time, period_shared=False) for draft, time in zip(drafts, times, strict=True)
    ]
    return True


def _pair_off(sentence: Sentence, group: list[int], *, told: bool) -> None:
    """Pair the numbers of one list off. `told`: whether "respectively" follows it."""
    scan, drafts = sentence.scan, sentence.drafts
    first = drafts[group[0]]
    owners = listed_owners(sentence.shape, group[0]) if told else ()
    if len(owners) == len(group):
        _by_company(sentence, group, owners)
        return
    items = _names(scan, Span(scan.before(group[0]).start, first.number.start))
    quarters = quarters_named(scan, len(group), scan.after(group[-1]))
    if len(items) == len(group):
        _by_name(sentence, group, items, bound=_bound(sentence, first, items))
        for position in group if quarters else ():
            drafts[position] = replace(drafts[position], loose=drafts[position].loose or _EITHER)
    elif quarters and len(items) <= 1:
        for position, quarter in zip(group, quarters, strict=True):
            like_first = _as_first(drafts[position], first)
            drafts[position] = replace(like_first, period=quarter, period_shared=False)
    elif told or len(items) > 1:
        for position in group:
            drafts[position] = replace(drafts[position], unread=_UNPAIRED)
    else:
        for position in group:
            drafts[position] = replace(drafts[position], loose=_IN_A_ROW)


def _by_company(sentence: Sentence, group: list[int], owners: tuple[str, ...]) -> None:
    """Each number of the list is its company's, of the measure the first one names."""
    drafts = sentence.drafts
    first = drafts[group[0]]
    for position, owner in zip(group, owners, strict=True):
        draft = drafts[position]
        subject = None if first.subject is None else replace(first.subject, entity=owner)
        drafts[position] = replace(
            _as_first(draft, first),
            subject=subject,
            period=draft.period or first.period,
            period_shared=True,
            firm=first.firm,
            loose="" if first.loose in (ANOTHER_COMPANY, APART) else first.loose,
            rivals=first.rivals,
        )


def _bound(sentence: Sentence, first: Draft, items: list[list[Mention]]) -> bool:
    """Whether a list of names is bound to the list of numbers behind it."""
    last = sentence.subjects.build(items[-1], sentence.scan.span)
    index = next(i for i, n in enumerate(sentence.scan.numbers) if n.span == first.number)
    return _in_a_row(sentence.scan, items) and is_firm(
        sentence.scan, last, index, None, change=first.change is not None
    )


def _by_name(sentence: Sentence, group: list[int], items: list[list[Mention]], *, bound: bool) -> None:
    """Each number of the list as one of its own name; `bound`: the two lists are bound to each other."""
    drafts = sentence.drafts
    first = drafts[group[0]]
    metrics = [m for item in items for m in item if m.kind == "metric"]
    if len({amount.kind for position in group if (amount := drafts[position].amount)}) > 1:
        first = replace(first, relation=Relation.LEVEL, unread="")
    for position, item in zip(group, items, strict=True):
        bare = all(m.kind == "member" for m in item)
        if bare and len({m.value for m in metrics}) > 1:
            drafts[position] = replace(drafts[position], unread=_OF_WHICH)
            continue
        named = [*item, *metrics[-1:]] if bare else item
        drafts[position] = _paired(sentence, drafts[position], first, named, bound=bound)


def _in_a_row(scan: Scan, items: list[list[Mention]]) -> bool:
    """Whether nothing but commas, "and" and "its" parts the names of a list."""
    gaps = (Span(one[-1].span.end, other[0].span.start) for one, other in pairwise(items))
    tags = [m.span for m in scan.mentions if m.kind == "tag"]
    return all(
        word.lower in ("and", "its", "their", "the") or any(tag.encloses(word.span) for tag in tags)
        for gap in gaps
        for word in scan.words_in(gap)
    )


def _lists(sentence: Sentence, told: re.Match[str] | None) -> list[list[int]]:
    """The numbers that stand in lists, two or more with only commas and "and" between them.

    They are of one kind, but for levels that "respectively" tells of: "margin and sales: 5% and $3 billion".
    """
    drafts = sentence.drafts
    lists: list[list[int]] = []
    plain = all(m.value != "special" for m in sentence.scan.mentions)
    for position, draft in enumerate(drafts):
        mixed = plain and told is not None and draft.number.end <= told.start()
        if not position or not _goes_on(sentence.scan, drafts[position - 1], draft, mixed=mixed):
            lists.append([])
        lists[-1].append(position)
    return [group for group in lists if len(group) > 1]


def _goes_on(scan: Scan, last: Draft, draft: Draft, *, mixed: bool) -> bool:
    """Whether a number goes on with the list that the one before it stands in; `mixed`: of any kind."""
    kinds = {None if each.amount is None else each.amount.kind for each in (last, draft)}
    name = draft.subject.span if draft.subject is not None else None
    if last.is_base and not draft.is_base:  # "from $25.0 billion to $29.8 billion"
        return False
    if name is not None and name.start >= draft.number.end:  # "$109 billion and $20 billion of AI orders"
        return False
    if last.relation is not Relation.CHANGE and (draft.negative or draft.positive):
        return False  # "45.1%, up 1.2%"
    if mixed and len(kinds) > 1 and any(each.change or each.is_base for each in (last, draft)):
        return False
    return (mixed or len(kinds) == 1) and _NEXT.fullmatch(
        scan.text[last.number.end : draft.number.start]
    ) is not None


def _names(scan: Scan, stretch: Span) -> list[list[Mention]]:
    """The names ahead of a list of numbers, parted at commas and "and"."""
    items: list[list[Mention]] = []
    last: Mention | None = None
    for name in (m for m in scan.names if stretch.encloses(m.span)):
        gap = "" if last is None else scan.text[last.span.end : name.span.start]
        if last is None or "," in gap or _AND.search(gap):
            items.append([])
        items[-1].append(name)
        last = name
    return items


def _paired(sentence: Sentence, draft: Draft, first: Draft, named: list[Mention], *, bound: bool) -> Draft:
    """The draft as one of what is named, told as the first number of the group is.

    `bound`: whether the list of names is bound to that of numbers.
    """
    subject = sentence.subjects.build(named, sentence.scan.span)
    subject = merged(subject, None, sentence.catalogue, "percent", True)
    told = _as_first(draft, first)
    return replace(
        told,
        subject=owned(sentence, subject, sentence.scan.numbers[0].span.start),
        period=draft.period or first.period,
        firm=told.firm or bound,
        loose=("" if bound and told.loose == APART else told.loose)
        or next(narrowed(sentence.scan, subject, told), ""),
    )


def _as_first(draft: Draft, first: Draft) -> Draft:
    """The draft, related to its subject as the first number of the list is to its own."""
    foreign = draft.amount is None or draft.amount.foreign
    return replace(
        draft,
        relation=first.relation,
        change=first.change,
        base=first.base,
        base_period=first.base_period,
        negative=first.negative,
        positive=first.positive,
        scenario=first.scenario,
        subject=draft.subject or first.subject,
        unread=draft.unread if foreign else first.unread,
    )
