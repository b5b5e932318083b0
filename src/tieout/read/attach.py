"""A scanned sentence -> drafts: what each of its numbers is said to be."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TypedDict

from tieout.catalogue import Catalogue
from tieout.core.article import Span
from tieout.core.claim import Relation
from tieout.core.measure import Dimensions, Scenario
from tieout.read.amounts import Amount
from tieout.read.draft import APART, Base, Draft, Subject
from tieout.read.periods import PeriodMention
from tieout.read.relation import (
    PAST_VERBS,
    Told,
    base_of,
    clause,
    is_base_period,
    other_sides,
    than_number,
    told,
)
from tieout.read.rivals import (
    has_time_word,
    loose_time,
    metric_is_firm,
    other_company,
    rival_measures,
    rival_periods,
    unknown_behind,
    unknown_qualifier,
)
from tieout.read.scan import Scan
from tieout.read.subject import STOPS, Subjects, compatible, entity_of, merged, owner_of, segmentable
from tieout.read.words import Mention, Word

EPS = Subject(
    ("eps_diluted_non_gaap", "eps_diluted", "eps_basic"),
    ("eps_diluted_non_gaap", "eps_diluted"),
    why=("EPS, as an amount per share is earned",),
    family="eps",
)
GUIDED_FOR = 8
"""Sentences after one about guidance that may still be about guidance."""

_FROM = re.compile(r"\s+from\s+(?!\$|\d)")
_ITS = re.compile(r"\W*(?:Its|Their|The (?:segment|unit|division|group|line|business)(?:'s|’s)?|Here,?)\b")
_HAD = re.compile(
    r"\b(?:had(?:\s+(?:previously|earlier|originally|initially))?\s+(?:expected|guided|forecast|projected|called|targeted|"
    r"predicted|anticipated|said|seen|planned)|previously|earlier\s+(?:guidance|forecast|outlook)|before\s+the\s+report)\b",
    re.IGNORECASE,
)
"""How a sentence tells of guidance that was given before the one now in force."""

_CARRIES = re.compile(
    r"\W*(?:It|Its|They|Their|The company|The firm|The group|The chipmaker|The cloud provider|And its|But its|Yet its)\b"
)
"""How a sentence begins that goes on about the company of the one before."""

_PER_SHARE = re.compile(r"\s*(?:per|a|/)[\s-]*(?:diluted\s+)?share\b", re.IGNORECASE)
_EARN = re.compile(r"\b(?:earn(?:ed|ings|s)?|profit|EPS|income)\b", re.IGNORECASE)
_PRODUCT_PER = re.compile(r"\b(rack|cabinet|cluster|pod|node)s?\b", re.IGNORECASE)
_FRACTION_OF_CHANGE = frozenset({"percent", "points"})


class Rivals(TypedDict, total=False):
    """The fields of a draft that say what else it could be."""

    firm: bool
    loose: str
    rivals: tuple[tuple[tuple[str, ...], Dimensions], ...]
    rival_periods: tuple[PeriodMention, ...]
    rival_scenario: bool
    past: bool


@dataclass
class Memory:
    """What earlier sentences left behind: the last subject, its company, the segment a heading names."""

    subject: Subject | None = None
    entity: str | None = None
    block: int = -1
    label_block: int = -1
    members: Dimensions = ()
    members_block: int = -1
    main: str = ""
    guided: int = 0


def scan_after(cue: Mention, word: Word) -> bool:
    """Whether the word stands behind the cue."""
    return word.span.start >= cue.span.end


class Attacher:
    """Attaches the numbers of one sentence."""

    def __init__(self, scan: Scan, catalogue: Catalogue, memory: Memory, block: int) -> None:
        self.scan = scan
        self.catalogue = catalogue
        self.memory = memory
        self.block = block
        self.subjects = Subjects(scan, catalogue)
        self.drafts: list[Draft] = []
        self.used_periods: set[Span] = set()
        self.by_number: dict[int, int] = {}
        self.earlier = memory.subject
        self.sentence_entity: str | None = None

    def run(self) -> list[Draft]:
        """The drafts of the sentence's numbers, in order."""
        for stretch in other_sides(self.scan):
            self.subjects.used |= {m.span for m in self.scan.names if stretch.encloses(m.span)}
            self.used_periods |= {p.span for p in self.scan.periods if stretch.encloses(p.span)}
        for index in range(len(self.scan.numbers)):
            draft = self._draft(index)
            self.by_number[index] = len(self.drafts)
            self.drafts.append(draft)
            if draft.subject is not None and not draft.unread:
                self.memory.subject = draft.subject
        self._share_periods()
        self._respectively()
        if not self.scan.numbers and len(self.scan.words) <= 3 and has_time_word(self.scan):
            self.memory.label_block = self.block
        first = next((m for m in self.scan.names if m.kind == "member"), None)
        if first is not None:
            self.memory.members = tuple(p for p in first.meaning.dimensions if p[0] != "product")
            self.memory.members_block = self.block + 1 if self.scan.block.kind == "heading" else self.block
        speaks_ahead = self.scan.has_cue("guidance", self.scan.span)
        self.memory.guided = GUIDED_FOR if speaks_ahead else max(0, self.memory.guided - 1)
        return self.drafts

    def _draft(self, index: int) -> Draft:
        scan = self.scan
        amount = scan.numbers[index]
        before, after = scan.before(index), scan.after(index)
        ratio_ahead = self._ratio_near(index)
        relation = (
            Told(Relation.LEVEL) if ratio_ahead and self._gapped(index) else told(scan, index, ratio_ahead)
        )
        if relation.relation is None and amount.kind == "percent" and self._elliptical(before):
            last = self.drafts[-1]
            relation = Told(Relation.CHANGE, "relative", last.negative, last.positive)
        if self.drafts and self.drafts[-1].is_base and self._joined_to(before) and self._guided_sentence():
            relation = Told(
                Relation.LEVEL, is_base=True
            )  # "from $105 billion to $109 billion": both of the old range
        subject = self._subject(index, relation)
        inherited = (
            subject is not None
            and subject.span is None
            and "carried over from the number before" in subject.why
        )
        scenario, speaker, forecast = self._scenario(index, inherited, relation.is_base)
        period = self._period(index, relation.is_base)
        base: Base | None = None
        base_period: PeriodMention | None = None
        from_draft: int | None = None
        if relation.relation is Relation.CHANGE or (
            relation.relation is Relation.MULTIPLE and relation.change
        ):
            base, base_period = base_of(scan, index)
            during = any(
                m.text.lower().endswith("the quarter") for m in scan.cues if "qoq" in m.value.split()
            )
            if than_number(scan, index) or (base == "qoq" and during and not amount.as_verb):
                base, base_period = "assumed", None
            if base == "assumed":
                from_draft = self._from_draft(index)
                base = "from" if from_draft is not None else base
        whole: Subject | None = None
        if relation.share:
            whole, subject = subject, self._share_subject(index)
        start = min(
            [
                amount.span.start,
                *(
                    [subject.span.start]
                    if subject
                    and subject.span
                    and subject.span.end <= amount.span.start
                    and not self._numbers_between(subject.span.end, amount.span.start)
                    else []
                ),
            ]
        )
        behind_end = (
            subject.span.end
            if subject and subject.span and subject.span.start >= amount.span.end
            else amount.span.end
        )
        end = max(amount.span.end, behind_end)
        if period is not None and period.span.start >= amount.span.end and period.span.start - end < 24:
            end = max(end, period.span.end)
        unread = ""
        if relation.relation is None:
            unread = "how the number relates to its subject is not said in words tieout reads"
        elif subject is None or not subject.metrics:
            unread = "what the number measures is not named in words tieout reads"
        elif amount.foreign or (amount.kind == "money" and amount.unit not in ("USD", "")):
            unread = "written in another currency or with a decimal comma"
        elif "special" in subject.tags:
            unread = "an organic, constant-currency or annualized basis, which the ledger does not hold"
        elif self._wrong_per(subject):
            unread = "counts per another unit (rack, cluster) than the product's"
        return Draft(
            relation=relation.relation or Relation.LEVEL,
            span=Span(start, end),
            number=amount.span,
            sentence=scan.span,
            amount=amount,
            subject=subject,
            change=relation.change,
            base=base,
            base_period=base_period,
            period=period,
            is_base=relation.is_base,
            negative=relation.negative,
            positive=relation.positive,
            scenario=scenario,
            forecast=forecast,
            conjecture=scan.has_cue("conjecture", before),
            speaker=speaker,
            whole=whole,
            from_draft=from_draft,
            block=self.block,
            unread=unread,
            direction="unsigned"
            if relation.change == "points" and not (relation.negative or relation.positive or amount.sign)
            else None,
            goes_with=self._level_before(inherited, relation),
            **self._rivals(index, subject, period, relation),
        )

    # Subject -----------------------------------------------------------------------------------

    def _subject(self, index: int, relation: Told) -> Subject | None:
        scan, subjects = self.scan, self.subjects
        amount = scan.numbers[index]
        before = scan.before(index)
        change = relation.relation is Relation.CHANGE or relation.change is not None
        kind = "" if change else amount.kind
        gapped = self._gapped(index)
        extra = (
            frozenset(["of"])
            if change or relation.share
            else frozenset(["from"])
            if _FROM.match(scan.text, amount.span.end)
            else frozenset[str]()
        )
        behind = None if gapped else subjects.behind(index, extra, 8 if change else 6)
        if (
            behind is not None
            and behind.metrics
            and kind
            and not relation.share
            and not self._fits(behind, amount)
        ):
            behind = None
        if behind is not None and relation.is_base and not behind.metrics:
            behind = None
        ahead = gapped or subjects.ahead(before, kind, amount.scaled)
        if relation.share:
            if behind is not None:
                subjects.use(behind)
                return self._owned(behind, index)
            return None
        chosen = behind
        if behind is not None and not behind.metrics and ahead is not None and ahead.metrics:
            chosen = replace(
                ahead, dimensions=behind.dimensions, own_dimensions=True, why=(*ahead.why, *behind.why)
            )
        elif (
            behind is not None
            and behind.metrics
            and not behind.own_dimensions
            and ahead is not None
            and ahead.own_dimensions
            and not ahead.metrics
        ):
            chosen = self._of_member(behind, ahead)
        elif (
            behind is not None
            and behind.metrics
            and ahead is not None
            and ahead.metrics
            and ahead.own_dimensions
            and not behind.own_dimensions
            and set(ahead.metrics) & set(behind.metrics)
        ):
            chosen = replace(behind, dimensions=ahead.dimensions, own_dimensions=True)
        elif behind is None:
            chosen = ahead
        if chosen is not None:
            subjects.use(chosen)
            if chosen is not ahead and ahead is not None:
                subjects.use(ahead if not ahead.metrics else None)
        per_share = amount.kind == "money" and bool(_PER_SHARE.match(scan.text, amount.span.end))
        previous = self.memory.subject
        if chosen is None:
            return self._inherited(index, previous, per_share, change, relation)
        if (
            per_share
            and chosen.metrics
            and not any(self.catalogue.metric(m).unit == "USD/share" for m in chosen.metrics)
        ):
            tags = chosen.tags.union(*(self.catalogue.metric(m).tags for m in chosen.metrics)) & {
                "GAAP",
                "non-GAAP",
            }
            return replace(EPS, tags=tags) if _EARN.search(scan.text, before.start, amount.span.end) else None
        whole = self._increase(
            self._of_its_own(merged(chosen, previous, self.catalogue, amount.kind, amount.scaled)), before
        )
        return self._tagged(self._owned(whole, index), index)

    def _of_its_own(self, subject: Subject) -> Subject:
        """The subject of the segment the sentence before spoke of, where this one begins with "Its"."""
        members = self.memory.members if self.memory.members_block == self.block else ()
        ahead = [
            w.lower for w in self.scan.words if subject.span is not None and w.span.end <= subject.span.start
        ][-1:]
        if (
            ahead in (["its"], ["their"])
            and self.drafts
            and self.drafts[-1].subject is not None
            and not subject.own_dimensions
            and self.drafts[-1].subject.dimensions
            and segmentable(subject.metrics, self.catalogue)
        ):
            return replace(
                subject,
                dimensions=self.drafts[-1].subject.dimensions,
                own_dimensions=True,
                others=((subject.metrics, ()),),
            )
        if (
            not members
            or subject.own_dimensions
            or not segmentable(subject.metrics, self.catalogue)
            or not _ITS.match(self.scan.text, self.scan.span.start)
        ):
            return subject
        return replace(
            subject,
            dimensions=members,
            own_dimensions=True,
            others=((subject.metrics, ()),),
            why=(*subject.why, "segment from the sentence before"),
        )

    def _increase(self, subject: Subject, before: Span) -> Subject:
        """The announced increase of a thing, where a number stands behind "by": "raised the authorization by $10 billion"."""
        words = [w.lower for w in self.scan.words_in(before)]
        grown = tuple(f"{m}_increase" for m in subject.metrics if f"{m}_increase" in self.catalogue.metrics)
        if words[-1:] != ["by"] or not grown:
            return subject
        return replace(subject, metrics=grown, needs=grown)

    def _tagged(self, subject: Subject, index: int) -> Subject:
        """The subject with a qualifier that stands right behind the number: "$2.15 on a non-GAAP basis"."""
        after = self.scan.after(index)
        for mention in self.scan.within(after, "tag"):
            gap = Span(after.start, mention.span.start)
            words = [w.lower for w in self.scan.words_in(gap)]
            if (
                len(words) <= 5
                and all(
                    w in ("on", "a", "an", "the", "under", "in", "per", "share", "diluted") for w in words
                )
                and not any(c in self.scan.text[gap.start : gap.end] for c in ",;")
            ):
                return replace(subject, tags=frozenset({mention.value}))
            break
        return subject

    def _inherited(
        self, index: int, previous: Subject | None, per_share: bool, change: bool, relation: Told
    ) -> Subject | None:
        """The subject spoken of before, where the number can be one of it; EPS for what is earned a share."""
        amount = self.scan.numbers[index]
        before = self.scan.before(index)
        if per_share and _EARN.search(self.scan.text, self.scan.span.start, amount.span.end):
            tags = frozenset(
                m.value for m in self.scan.mentions if m.kind == "tag" and before.encloses(m.span)
            )
            return self._owned(replace(EPS, tags=tags), index)
        if previous is None:
            if self._guided(index) and amount.kind == "money":
                return (
                    Subject(("revenue",), ("revenue",), why=("revenue, as guidance names none",))
                    if amount.scaled
                    else EPS
                    if _EARN.search(self.scan.text, self.scan.span.start, amount.span.end)
                    else None
                )
            return None
        last = self.drafts[-1] if self.drafts else None
        if (
            amount.kind == "money"
            and amount.scaled
            and not change
            and self._guided_ahead(before)
            and (last is None or last.scenario is not Scenario.GUIDANCE)
            and previous.metrics != ("revenue",)
        ):
            others = ((previous.metrics, previous.dimensions),) if self._fits(previous, amount) else ()
            return Subject(
                ("revenue",), ("revenue",), others=others, why=("revenue, as guidance names none",)
            )
        if change or relation.share or self._fits(previous, amount):
            tags = frozenset(
                m.value for m in self.scan.mentions if m.kind == "tag" and before.encloses(m.span)
            )
            kept = replace(
                previous, span=None, tags=tags or previous.tags, why=("carried over from the number before",)
            )
            return self._tagged(self._owned(kept, index), index)
        if amount.kind == "money" and amount.scaled and self._guided(index):
            return Subject(("revenue",), ("revenue",), why=("revenue, as guidance names none",))
        return None

    def _share_subject(self, index: int) -> Subject | None:
        ahead = self.subjects.ahead(self.scan.before(index))
        previous = self.memory.subject
        if ahead is None:
            return None if previous is None else replace(previous, span=None)
        self.subjects.use(ahead)
        return self._owned(merged(ahead, previous, self.catalogue, "money", True), index)

    def _of_member(self, metric: Subject, member: Subject) -> Subject:
        """A metric named behind the number, of the segment named ahead of it."""
        pairs = dict(metric.dimensions) | {axis: m for axis, m in member.dimensions if axis != "product"}
        return replace(
            metric,
            dimensions=tuple(sorted(pairs.items())),
            own_dimensions=True,
            why=(*metric.why, *member.why),
        )

    def _owned(self, subject: Subject, index: int) -> Subject:
        """The subject with the company that the words give it, or the one the paragraph speaks of."""
        number = self.scan.numbers[index].span if self.scan.numbers else self.scan.span
        if any(self.catalogue.metric(m).kind == "specification" for m in subject.metrics):
            return replace(subject, entity=owner_of(subject, self.catalogue))
        entity = entity_of(self.scan, number.start, subject)
        if entity is None:
            entity = owner_of(subject, self.catalogue)
        if entity is None:
            carried = self.sentence_entity or (
                self.memory.entity if _CARRIES.match(self.scan.text, self.scan.span.start) else None
            )
            entity = carried
        elif entity:
            self.sentence_entity = self.memory.entity = entity
        return replace(subject, entity=entity) if entity is not None else subject

    def _joined_to(self, before: Span) -> bool:
        return [w.lower for w in self.scan.words_in(before)] in (["to"], ["and"])

    def _guided_sentence(self) -> bool:
        return self.scan.has_cue("guidance", self.scan.span)

    def _elliptical(self, before: Span) -> bool:
        """Whether a change goes on without its verb: "sales grew 17%, commercial by 18%"."""
        if (
            not self.drafts
            or self.drafts[-1].relation is not Relation.CHANGE
            or self.drafts[-1].change != "relative"
        ):
            return False
        words = [w.lower for w in self.scan.words_in(before)]
        named = [m for m in self.scan.names if before.encloses(m.span)]
        return (
            bool(named)
            and len(words) <= 6
            and all(
                w in ("and", "by", "with", "in", "the", "for", "while", "while", "its")
                or any(
                    m.span.encloses(x.span) for m in named for x in self.scan.words_in(before) if x.lower == w
                )
                for w in words
            )
        )

    def _gapped(self, index: int) -> Subject | None:
        """The subject of a name that stands around the number: "shipped … of AI servers"."""
        number = self.scan.numbers[index].span
        for name in self.scan.names:
            if name.kind == "metric" and name.span.start < number.start and name.span.end > number.end:
                meaning = name.meaning
                return Subject(
                    meaning.metrics,
                    meaning.needs,
                    meaning.dimensions,
                    None,
                    frozenset(),
                    (),
                    (f"metric from “{name.text}”",),
                    name.span,
                    False,
                    name.value,
                )
        return None

    def _fits(self, subject: Subject, amount: Amount) -> bool:
        return any(
            compatible(self.catalogue.metric(m).unit, amount.kind, amount.scaled) for m in subject.metrics
        )

    def _ratio_near(self, index: int) -> bool:
        """Whether the number may be the level of a ratio: a margin named before or right behind it."""
        scan = self.scan
        if scan.numbers[index].kind != "percent":
            return False
        gapped = self._gapped(index)
        subject = gapped or self.subjects.behind(index) or self.subjects.ahead(scan.before(index), "percent")
        if subject is None or not subject.metrics:
            subject = self.memory.subject if subject is None else None
        if subject is None or not subject.metrics:
            return False
        return all(self.catalogue.metric(m).unit == "ratio" for m in subject.needs or subject.metrics)

    def _added(self, subject: Subject, before: Span) -> bool:
        """Whether the number is said to be added to what is a balance: "added $85 billion of obligations"."""
        words = [w.lower for w in self.scan.words_in(before)][-2:]
        balance = all(self.catalogue.metric(m).kind == "balance" for m in subject.metrics)
        return balance and any(w in ("added", "adding", "adds", "gained", "put") for w in words)

    def _spoken_of(self) -> Dimensions:
        """The segment the paragraph or its heading spoke of before."""
        return self.memory.members if self.memory.members_block == self.block else ()

    def _level_before(self, inherited: bool, relation: Told) -> Span | None:
        """The level in the same sentence that an inherited change or base belongs to."""
        if not inherited or not (relation.is_base or relation.change):
            return None
        levels = [
            d
            for d in self.drafts
            if d.relation is Relation.LEVEL
            and not d.is_base
            and not d.unread
            and d.scenario is Scenario.ACTUAL
        ]
        return levels[-1].number if levels else None

    def _wrong_per(self, subject: Subject) -> bool:
        per = dict(subject.dimensions).get("per")
        if per is None:
            return False
        others = {
            m.group(1).lower()
            for m in _PRODUCT_PER.finditer(self.scan.text, self.scan.span.start, self.scan.span.end)
        }
        return bool(others - {per})

    def _rivals(
        self, index: int, subject: Subject | None, period: PeriodMention | None, relation: Told
    ) -> Rivals:
        """What else the number could be: nothing where the words bind it to its name."""
        scan = self.scan
        if subject is None or not subject.metrics:
            return {}
        amount = scan.numbers[index]
        previous = scan.numbers[index - 1].span if index else None
        used = self.drafts[-1].subject if self.drafts else None
        firm = metric_is_firm(
            scan,
            subject,
            amount.span,
            previous,
            None if used is None else used.span,
            relation.change is not None or relation.is_base,
        )
        if subject.span is None and self.drafts:
            firm = firm and self.drafts[-1].firm and not self.drafts[-1].unread
        loose = "" if firm else APART
        special = any(self.catalogue.metric(m).kind == "specification" for m in subject.metrics)
        if subject.span is None and self.drafts and self.drafts[-1].loose:
            loose = self.drafts[-1].loose
        if not loose and not special and unknown_qualifier(scan, subject):
            loose = "a word tieout does not know qualifies the name of what is measured"
        if not loose and unknown_behind(scan, amount.span, subject):
            loose = "the number is said to be of something tieout does not know"
        dated = (
            period is not None
            and period.kind == "on"
            and all(self.catalogue.metric(m).kind == "flow" for m in subject.metrics)
        )
        if not loose and dated:
            loose = "a date is told of what runs over a period"
        if not loose and _HAD.search(scan.text, scan.span.start, amount.span.start):
            loose = "the sentence tells what had been said before"
        if not loose and relation.change is not None and than_number(scan, index):
            loose = "the change is told against another number"
        if not loose and relation.change is None and self._added(subject, scan.before(index)):
            loose = "what is added to a balance is no balance"
        if not loose and relation.change is not None and self._guided_ahead(scan.before(index)):
            loose = "the guidance itself may have changed by that"
        if not loose and period is None and self.memory.label_block == self.block:
            loose = "the paragraph is headed by a date tieout does not read"
        if not loose and loose_time(scan, amount.span, period, relation.is_base):
            loose = "the sentence speaks of a time tieout does not read"
        if not loose and other_company(scan, amount.span, subject.entity, self.memory.main):
            loose = "another company is named before the number"
        lead = scan.text[scan.before(index).start : amount.span.start]
        clause_start = scan.before(index).start + max(lead.rfind(","), lead.rfind(";"), lead.rfind("—")) + 1
        told_words = [w.lower for w in scan.words_in(Span(clause_start, amount.span.start))]
        weak = frozenset(["was", "were", "stood", "ended"])
        labelled = period is not None and period.explicit and not lead.rstrip().endswith("(was")
        past = any(w in PAST_VERBS and (labelled or w not in weak) for w in told_words) and not scan.has_cue(
            "modal", Span(clause_start, amount.span.start)
        )
        return {
            "past": past,
            "firm": firm,
            "loose": loose,
            "rivals": rival_measures(scan, subject, firm, self.earlier, self._spoken_of()),
            "rival_periods": rival_periods(scan, period, amount.span),
            "rival_scenario": (self.memory.guided > 0 and not past)
            or scan.has_cue("guidance", scan.span)
            or scan.has_cue("modal", scan.span)
            or relation.is_base,
        }

    # Scenario and period -----------------------------------------------------------------------

    def _guided_ahead(self, before: Span) -> bool:
        return any(
            m.text.lower() in ("guidance", "outlook", "forecast") for m in self.scan.within(before, "cue")
        )

    def _guided(self, index: int) -> bool:
        return self.scan.has_cue("guidance", self.scan.before(index)) or self.scan.has_cue(
            "guidance", clause(self.scan, self.scan.after(index))
        )

    def _scenario(self, index: int, inherited: bool, base: bool) -> tuple[Scenario, str | None, bool]:
        """Actual, guidance or consensus; by whom; whether it is only said to be possible."""
        scan = self.scan
        before, after = scan.before(index), scan.after(index)
        if self._consensus(before, after):
            return Scenario.CONSENSUS, "analysts", False
        modal = scan.has_cue("modal", before) or scan.has_cue("conjecture", before)
        behind = [w for w in scan.words_in(clause(scan, after))][:4]
        near = Span(after.start, behind[-1].span.end) if behind else Span(after.start, after.start)
        cut = next((w.span.start for w in behind if w.lower in STOPS), near.end)
        if (
            scan.has_cue("guidance", before)
            and not self._past_after_cue(before)
            and not self._cut_off(before)
        ):
            return Scenario.GUIDANCE, None, modal
        if scan.has_cue("guidance", Span(near.start, max(near.start, cut))):
            return Scenario.GUIDANCE, None, modal
        if index and self.by_number:
            last = self.drafts[self.by_number[index - 1]]
            between = [w.lower for w in scan.words_in(before)]
            moved = base and any({"up", "down"} & set(m.value.split()) for m in scan.within(before, "cue"))
            if last.scenario is Scenario.GUIDANCE and not moved and not any(w in PAST_VERBS for w in between):
                return Scenario.GUIDANCE, None, modal
            if (
                last.scenario is Scenario.CONSENSUS
                and inherited
                and not last.unread
                and not base
                and not any(w in PAST_VERBS for w in between)
            ):
                return Scenario.CONSENSUS, "analysts", False
        return Scenario.ACTUAL, None, modal

    def _consensus(self, before: Span, after: Span) -> bool:
        scan = self.scan
        behind = [w.lower for w in scan.words_in(after)][:2]
        if (
            behind[:1]
            and behind[0] in ("expected", "anticipated", "forecast", "estimated", "projected")
            and behind[1:] != ["to"]
            and not scan.has_cue("guidance", before)
        ):
            return True
        cues = [m for m in scan.cues if "consensus" in m.value.split()]
        for cue in reversed([c for c in cues if before.encloses(c.span)]):
            between = [w.lower for w in scan.words_in(Span(cue.span.end, before.end))]
            gap = scan.text[cue.span.end : before.end]
            if not any(
                w
                in (
                    "with",
                    "as",
                    "after",
                    "beat",
                    "beats",
                    "missed",
                    "by",
                    "posting",
                    "reporting",
                    "delivering",
                    "and",
                    "but",
                    "up",
                    "improved",
                    "rose",
                )
                for w in between
            ) and not any(c in gap for c in ";,–—("):
                return True
            ahead = [
                w.lower for w in scan.words_in(Span(max(before.start, cue.span.start - 24), cue.span.start))
            ]
            if "by" in between[:1] and any(
                w in ("beat", "beating", "missed", "topped", "topping", "exceeded", "missing") for w in ahead
            ):
                return True
        for cue in cues:
            if cue.span.start >= after.start and cue.span.end <= after.end:
                between = [w.lower for w in scan.words_in(Span(after.start, cue.span.start))]
                gap = scan.text[after.start : cue.span.start]
                if (
                    len(between) <= 4
                    and not any(c in gap for c in ";,–—(")
                    and (
                        not any(w in STOPS for w in between)
                        or between[:1] in (["above"], ["over"], ["below"], ["more"], ["ahead"], ["under"])
                    )
                ):
                    return True
        return False

    def _cut_off(self, before: Span) -> bool:
        """Whether the guidance word belongs to another clause: "raised its forecast after orders of $60.9 billion"."""
        cues = [m for m in self.scan.cues if before.encloses(m.span) and "guidance" in m.value.split()]
        return any(
            w.lower in ("after", "as", "because", "while", "since", "when", "amid", "following")
            and scan_after(cues[-1], w)
            for w in self.scan.words_in(before)
        )

    def _past_after_cue(self, before: Span) -> bool:
        """Whether a verb of report stands between the guidance word and the number."""
        cues = [m for m in self.scan.cues if before.encloses(m.span) and "guidance" in m.value.split()]
        between = [w.lower for w in self.scan.words_in(Span(cues[-1].span.end, before.end))]
        first = cues[-1].text.lower()
        beaten = [w.lower for w in self.scan.words_in(Span(before.start, cues[-1].span.start))]
        if (
            first in ("guidance", "outlook", "forecast")
            and any(w in ("beat", "beating", "above", "exceeded", "topped", "topping") for w in beaten)
            and any(w in ("with", "as", "at") for w in between)
        ):
            return True
        return any(
            w in ("reported", "posted", "delivered", "hit", "came", "totaled", "rose", "grew", "fell")
            for w in between
        ) and first not in ("guidance", "outlook", "forecast")

    def _period(self, index: int, base: bool) -> PeriodMention | None:
        """The period said of this very number: behind it, else before it since the last number."""
        scan = self.scan
        before, after = scan.before(index), scan.after(index)
        last = index + 1 >= len(scan.numbers)
        stretch = clause(scan, after) if not last else after
        for mention in scan.periods:
            if (
                stretch.encloses(mention.span)
                and mention.span not in self.used_periods
                and not is_base_period(scan, mention)
            ):
                words = [w.lower for w in scan.words_in(Span(after.start, mention.span.start))]
                gap = scan.text[after.start : mention.span.start]
                if (
                    any(
                        w
                        in (
                            "and",
                            "to",
                            "from",
                            "while",
                            "but",
                            "versus",
                            "vs",
                            "with",
                            "after",
                            "above",
                            "than",
                            "supporting",
                        )
                        for w in words
                    )
                    or ("as" in words and words[-2:] != ["as", "of"])
                    or ("," in gap and len(words) > 4)
                    or "—" in gap
                    or ";" in gap
                ):
                    break
                self.used_periods.add(mention.span)
                return mention
        for mention in reversed(scan.periods):
            own = base and len(scan.words_in(Span(mention.span.end, before.end))) <= 2
            if (
                before.encloses(mention.span)
                and mention.span not in self.used_periods
                and (own or not is_base_period(scan, mention))
            ):
                self.used_periods.add(mention.span)
                return mention
        return None

    def _share_periods(self) -> None:
        """Numbers without a period of their own take the sentence's: "A and B in Q2", "In Q2, A ... and B ..."."""
        for position, draft in enumerate(self.drafts):
            if draft.period is not None or draft.is_base:
                continue
            later = self.drafts[position + 1] if position + 1 < len(self.drafts) else None
            if (
                later is not None
                and later.period is not None
                and later.period.kind != "on"
                and later.period.span.start > later.number.end
                and later.scenario == draft.scenario
                and not later.is_base
                and self._coordinated(draft, later)
            ):
                self.drafts[position] = replace(draft, period=later.period, period_shared=True)
                continue
            for earlier in reversed(self.drafts[:position]):
                if earlier.is_base or earlier.scenario != draft.scenario:
                    continue
                if earlier.period is not None:
                    carried = (
                        draft.subject is not None
                        and draft.subject.span is None
                        and earlier is self.drafts[position - 1]
                    )
                    self.drafts[position] = replace(
                        draft,
                        period=earlier.period,
                        period_shared=not (
                            carried or (earlier.period.explicit and self._same_clause(earlier, draft))
                        ),
                    )
                    break

    def _same_clause(self, draft: Draft, later: Draft) -> bool:
        between = self.scan.words_in(Span(draft.number.end, later.number.start))
        return not any(
            w.lower
            in ("because", "while", "but", "as", "after", "though", "although", "when", "since", "whereas")
            for w in between
        )

    def _coordinated(self, draft: Draft, later: Draft) -> bool:
        between = self.scan.words_in(Span(draft.number.end, later.number.start))
        return any(w.lower == "and" for w in between) and not any(w.lower in PAST_VERBS for w in between)

    # Sentence-wide forms -----------------------------------------------------------------------

    def _from_draft(self, index: int) -> int | None:
        """The number this change starts from: "rose from $3.8 billion to $14.4 billion, a 280% jump"."""
        for position in range(len(self.drafts) - 1, -1, -1):
            draft = self.drafts[position]
            if (
                draft.is_base
                and draft.relation is Relation.LEVEL
                and draft.amount is not None
                and draft.amount.kind == "money"
            ):
                return position
        return None

    def _numbers_between(self, start: int, end: int) -> bool:
        return any(start <= n.span.start and n.span.end <= end for n in self.scan.numbers)

    def _respectively(self) -> None:
        """Pair off names and numbers told in two lists: "ISG and CSG revenue rose 44% and 1%, respectively"."""
        told = re.compile(r"\brespectively\b", re.IGNORECASE).search(
            self.scan.text, self.scan.span.start, self.scan.span.end
        )
        group = self._number_list(told.start() if told else self.scan.span.end)
        if len(group) < (2 if told else 3):
            return
        first = self.drafts[group[0]]
        items = self._name_list(Span(self.scan.before(group[0]).start, first.number.start))
        if len(items) == len(group):
            metric = next((m for item in reversed(items) for m in item if m.kind == "metric"), None)
            for position, item in zip(group, items, strict=True):
                bare = all(m.kind == "member" for m in item)
                self._pair(position, first, [*item, metric] if bare and metric is not None else item)
        elif told or len(items) > 1:
            for position in group:
                self.drafts[position] = replace(
                    self.drafts[position], unread="the numbers do not pair off with the names before them"
                )

    def _number_list(self, end: int) -> list[int]:
        """Positions of the drafts whose numbers stand in a list, only commas and "and" between them."""
        group: list[int] = []
        for position in reversed([i for i, d in enumerate(self.drafts) if d.number.end <= end]):
            if group:
                gap = self.scan.text[self.drafts[position].number.end : self.drafts[group[0]].number.start]
                if not re.fullmatch(r"(?:\s*(?:a|per)\s+share)?[\s,]*(?:and\s+)?", gap):
                    break
            group.insert(0, position)
        return group

    def _name_list(self, stretch: Span) -> list[list[Mention]]:
        """The names ahead of a list of numbers, parted at commas and "and"."""
        items: list[list[Mention]] = []
        last: Mention | None = None
        for name in (m for m in self.scan.names if stretch.encloses(m.span)):
            gap = "" if last is None else self.scan.text[last.span.end : name.span.start]
            if last is None or "," in gap or re.search(r"\band\b", gap):
                items.append([])
            items[-1].append(name)
            last = name
        return items

    def _pair(self, position: int, first: Draft, names: list[Mention]) -> None:
        subject = self.subjects.build(names, self.scan.span)
        subject = merged(subject, None, self.catalogue, "percent", True)
        draft = self.drafts[position]
        self.drafts[position] = replace(
            draft,
            subject=self._owned(subject, 0),
            relation=first.relation,
            change=first.change,
            base=first.base,
            base_period=first.base_period,
            negative=first.negative,
            positive=first.positive,
            period=draft.period or first.period,
            scenario=first.scenario,
            unread="" if draft.amount is not None and not draft.amount.foreign else draft.unread,
        )
