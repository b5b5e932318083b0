"""What a number is a number of: the subject behind it, the one ahead of it, or both in one."""

from __future__ import annotations

import re
from dataclasses import replace

from tieout.catalogue import Catalogue
from tieout.core.article import Span
from tieout.core.measure import Dimensions
from tieout.core.quantity import USD_PER_SHARE
from tieout.read.bases import last_words
from tieout.read.carried import EARN, EPS, carried
from tieout.read.draft import Subject
from tieout.read.fronted import told_behind
from tieout.read.labels import in_brackets, labels
from tieout.read.lead_in import listed
from tieout.read.left_out import left_out
from tieout.read.memory import Sentence
from tieout.read.owner import owned
from tieout.read.referred import one_of_two
from tieout.read.relation import LEVEL, Told
from tieout.read.scan import Scan
from tieout.read.signs import lands_on, left_sign
from tieout.read.subject import PARTED, fits, merged, segmentable, tagged

POINTING = (["the"], ["that"], ["this"], ["those"], ["these"], ["its"], ["same"])
"""Words that point back at a number told before."""

BEHIND_A_LEVEL = 6
BEHIND_A_CHANGE = 8
"""How many words may stand between a number and the name behind it."""

TO_A_RATIO = frozenset(["of", "to", "from", "off", "in", "on"])
"""Words between points and the ratio they move: "added 2 points to its gross margin"."""

_FROM = re.compile(r"\s+from\s+(?!\$|\d)")
_AS_ITS = re.compile(r"\s+as\s+(?:its|their|the|total)\s+")
_ITS = re.compile(r"\W*(?:Its|Their|The (?:segment|unit|division|group|line|business)(?:'s|’s)?|Here,?)\b")
_PER_SHARE = re.compile(r"\s*(?:per|a|/)[\s-]*(?:diluted\s+)?share\b", re.IGNORECASE)


def subject_of(sentence: Sentence, index: int, relation: Told) -> Subject | None:
    """The subject of number `index`, of a share its whole; None where the words name none."""
    scan, subjects = sentence.scan, sentence.subjects
    amount, before = scan.numbers[index], scan.before(index)
    if sentence.sides:
        side = sentence.sides[index]
        return replace(side.subject, entity=side.owner)
    if sentence.opening is not None and sentence.fronted(index):
        told = told_behind(scan, sentence.opening, subjects)
        return None if told is None else owned(sentence, told, amount.span.start)
    behind = _behind(sentence, index, relation)
    if relation.share:
        subjects.use(behind)
        return None if behind is None else owned(sentence, behind, amount.span.start)
    kind = "" if relation.changes else amount.kind
    ahead = gapped(scan, index) or subjects.ahead(before, kind, amount.scaled)
    chosen = ahead if ahead is not None and _labelled(scan, index, ahead) else _joined(behind, ahead)
    per_share = amount.kind == "money" and bool(_PER_SHARE.match(scan.text, amount.span.end))
    if chosen is None:
        chosen = _only_one_named(sentence, index, relation)
    if chosen is None:
        return carried(sentence, index, relation, per_share=per_share)
    subjects.use(chosen)
    if ahead is not None and chosen is not ahead and not ahead.metrics:
        subjects.use(ahead)
    if per_share and chosen.metrics and not _is_per_share(chosen, sentence.catalogue):
        return _earned(scan, index, chosen, sentence.catalogue)
    whole = merged(chosen, sentence.memory.subject, sentence.catalogue, amount.kind, amount.scaled)
    if chosen.metrics and whole.others and _of_the_company(scan, chosen):
        whole = chosen
    whole = _or_revenue(scan, whole)
    found = _increase(sentence, _of_its_own(sentence, _of_main_clause(scan, index, whole)), before)
    return tagged(scan, owned(sentence, found, amount.span.start), scan.after(index))


def _or_revenue(scan: Scan, subject: Subject) -> Subject:
    """A measure that a bare "booked" gives, which is also said of revenue."""
    if subject.span is None or scan.text[subject.span.start : subject.span.end].lower() != "booked":
        return subject
    return replace(subject, others=(*subject.others, (("revenue",), subject.dimensions)))


def part_of_share(sentence: Sentence, index: int) -> Subject | None:
    """The part that a share is: the subject ahead of the number, else the one spoken of before."""
    ahead = sentence.subjects.ahead(sentence.scan.before(index))
    previous = sentence.memory.subject
    if ahead is None:
        return None if previous is None else replace(previous, span=None)
    sentence.subjects.use(ahead)
    part = merged(ahead, previous, sentence.catalogue, "money", True)
    return owned(sentence, part, sentence.scan.numbers[index].span.start)


def gapped(scan: Scan, index: int) -> Subject | None:
    """The subject of a name that stands around the number: "shipped … of AI servers"."""
    number = scan.numbers[index].span
    for name in scan.names:
        if name.kind == "metric" and name.span.start < number.start and name.span.end > number.end:
            meaning = name.meaning
            return Subject(
                meaning.metrics,
                meaning.needs,
                meaning.dimensions,
                why=(f"metric from “{name.text}”",),
                span=name.span,
                family=name.value,
            )
    return None


def ratio_near(sentence: Sentence, index: int) -> bool:
    """Whether the number may be the level of a ratio: a margin named before or right behind it."""
    scan, subjects = sentence.scan, sentence.subjects
    if scan.numbers[index].kind != "percent":
        return False
    named = gapped(scan, index) or subjects.behind(index) or subjects.ahead(scan.before(index), "percent")
    if sentence.opening is not None and sentence.fronted(index):
        named = told_behind(scan, sentence.opening, subjects)
    if named is None and only_ratios(scan, sentence.catalogue):
        return True
    if named is None:
        told = one_of_two(scan, index, sentence.memory, sentence.block)
        told = told or listed(scan, index, sentence.memory.lead) or left_out(sentence, index)
        named = told or sentence.memory.subject
    if named is None or not named.metrics:
        return False
    return all(sentence.catalogue.metric(m).unit == "ratio" for m in named.needs or named.metrics)


def _only_one_named(sentence: Sentence, index: int, relation: Told) -> Subject | None:
    """The one measure a sentence names, behind its one number: "Put at 6.9% by Acme, net margin"."""
    scan, number = sentence.scan, sentence.scan.numbers[index]
    if (
        relation is not LEVEL
        or len(scan.numbers) > 1
        or len([m for m in scan.names if m.kind == "metric"]) != 1
    ):
        return None
    if any(name.span.start < number.span.end for name in scan.names):
        return None
    if last_words(scan, index)[-1:] in POINTING:
        return None  # "the $14.4 billion figure, which includes orders"
    named = sentence.subjects.build(list(scan.names), Span(number.span.end, scan.span.end))
    return named if fits(named, number, sentence.catalogue) else None


def only_ratios(scan: Scan, catalogue: Catalogue) -> bool:
    """Whether all the sentence measures is ratios: "coming in at 6.9%, its net margin for the quarter"."""
    named = [name.meaning for name in scan.names if name.kind == "metric"]
    metrics = [metric for meaning in named for metric in meaning.needs or meaning.metrics]
    return bool(metrics) and all(catalogue.metric(metric).unit == "ratio" for metric in metrics)


def _behind(sentence: Sentence, index: int, relation: Told) -> Subject | None:
    """The subject behind the number, if it can be one of that."""
    scan = sentence.scan
    amount = scan.numbers[index]
    if gapped(scan, index) or in_brackets(scan, index) is not None:
        return None
    extra = frozenset[str]()
    if relation.changes or relation.share:
        put = amount.kind == "points" or lands_on(scan, index, left_sign(scan, index))
        extra = TO_A_RATIO if put else frozenset(["of"])
    elif _AS_ITS.match(scan.text, amount.span.end):
        extra = frozenset(["as"])
    elif _FROM.match(scan.text, amount.span.end):
        extra = frozenset(["from"])
    limit = BEHIND_A_CHANGE if relation.changes else BEHIND_A_LEVEL
    behind = sentence.subjects.behind(index, extra, limit)
    if behind is None:
        return None
    if not behind.metrics:
        between = scan.lower_in(Span(amount.span.end, behind.span.start if behind.span else amount.span.end))
        return None if relation.is_base or not PARTED.isdisjoint(between) else behind
    level = not relation.changes and not relation.share
    return behind if not level or fits(behind, amount, sentence.catalogue) else None


def _labelled(scan: Scan, index: int, ahead: Subject) -> bool:
    """Whether name and number stand as label and value, and the name behind begins something else."""
    number = scan.numbers[index].span
    if ahead.span is None or not ahead.metrics or ahead.span.end > number.start:
        return False
    return labels(scan, Span(ahead.span.end, number.start))


def _joined(behind: Subject | None, ahead: Subject | None) -> Subject | None:
    """One subject out of what stands behind and ahead of a number."""
    if behind is None or ahead is None:
        return ahead if behind is None else behind
    if not behind.metrics:
        if not ahead.metrics:
            return behind
        why = (*ahead.why, *behind.why)
        return replace(ahead, dimensions=behind.dimensions, own_dimensions=True, why=why)
    if behind.own_dimensions or not ahead.own_dimensions:
        return behind
    if not ahead.metrics:
        return _of_member(behind, ahead)
    if set(ahead.metrics) & set(behind.metrics):
        return replace(behind, dimensions=ahead.dimensions, own_dimensions=True)
    return behind


def _of_member(metric: Subject, member: Subject) -> Subject:
    """A metric named behind the number, of the segment named ahead of it."""
    pairs = dict(metric.dimensions) | {axis: m for axis, m in member.dimensions if axis != "product"}
    return replace(
        metric,
        dimensions=tuple(sorted(pairs.items())),
        own_dimensions=True,
        why=(*metric.why, *member.why),
    )


def _of_the_company(scan: Scan, subject: Subject) -> bool:
    """Whether the company's own name owns the measure: "Acme's net revenue", and not a segment's."""
    if subject.span is None or subject.own_dimensions:
        return False
    owners = [m for m in scan.mentions if m.kind == "entity" and m.value and m.span.end <= subject.span.start]
    return bool(owners) and (
        scan.text[owners[-1].span.end : owners[-1].span.end + 2].startswith(("'", "’"))
        and len(scan.words_in(Span(owners[-1].span.end, subject.span.start))) <= 2
    )


def _is_per_share(subject: Subject, catalogue: Catalogue) -> bool:
    return any(catalogue.metric(m).unit == USD_PER_SHARE for m in subject.metrics)


def _earned(scan: Scan, index: int, subject: Subject, catalogue: Catalogue) -> Subject | None:
    """EPS, where an amount per share is told of earnings: "profit of $2.15 a share"; else nothing."""
    if not EARN.search(scan.text, scan.before(index).start, scan.numbers[index].span.end):
        return None
    tags = subject.tags.union(*(catalogue.metric(m).tags for m in subject.metrics))
    return replace(EPS, tags=tags & {"GAAP", "non-GAAP"})


def _of_its_own(sentence: Sentence, subject: Subject) -> Subject:
    """The subject of the segment spoken of before, where "Its" or its kin says so."""
    if subject.own_dimensions or not segmentable(subject.metrics):
        return subject
    scan, last = sentence.scan, sentence.last
    start = subject.span.start if subject.span is not None else scan.span.start
    ahead = [w.lower for w in scan.words if w.span.end <= start][-1:]
    if ahead in (["its"], ["their"]) and last is not None and last.subject and last.subject.dimensions:
        return _also_of(subject, last.subject.dimensions)
    members = sentence.memory.members_of(sentence.block)
    if not members or not (_ITS.match(scan.text, scan.span.start) or _it_did(scan, start)):
        return subject
    return replace(_also_of(subject, members), why=(*subject.why, "segment from the sentence before"))


def _it_did(scan: Scan, start: int) -> bool:
    """Whether "it" is what the sentence, a time put first aside, tells of: "In Q2 it brought in revenue"."""
    times = [p.span for p in scan.periods]
    ahead = [
        w for w in scan.words_in(Span(scan.span.start, start)) if not any(t.encloses(w.span) for t in times)
    ]
    told = [w.lower for w in ahead if w.lower not in ("in", "for", "during", "the", "and", "then")]
    return told[:1] in (["it"], ["they"])


def _of_main_clause(scan: Scan, index: int, subject: Subject) -> Subject:
    """The subject of the segment the main clause begins with: "With revenue of $8 billion, servers"."""
    opening = scan.clause(Span(scan.span.start, scan.span.end))
    begins = bool(scan.words) and scan.words[0].lower in ("with", "on", "at")
    if not begins or subject.own_dimensions or not segmentable(subject.metrics):
        return subject
    if not opening.encloses(scan.numbers[index].span) or scan.text[opening.end : opening.end + 1] != ",":
        return subject
    first = next((w.span.start for w in scan.words if w.span.start > opening.end and w.lower != "the"), None)
    member = next((m for m in scan.names if m.kind == "member" and m.span.start == first), None)
    if member is None or member.meaning.metrics or scan.text[member.span.end : member.span.end + 1] in "'’":
        return subject
    return replace(
        _also_of(subject, member.meaning.dimensions), why=(*subject.why, f"member from “{member.text}”")
    )


def _also_of(subject: Subject, dimensions: Dimensions) -> Subject:
    """The subject of that segment; of the whole company as a reading left open."""
    return replace(subject, dimensions=dimensions, own_dimensions=True, others=((subject.metrics, ()),))


def _increase(sentence: Sentence, subject: Subject, before: Span) -> Subject:
    """The announced increase of a thing behind "by": "raised the authorization by $10 billion"."""
    known = sentence.catalogue.metrics
    grown = tuple(f"{m}_increase" for m in subject.metrics if f"{m}_increase" in known)
    if sentence.scan.lower_in(before)[-1:] != ["by"] or not grown:
        return subject
    return replace(subject, metrics=grown, needs=grown)
