"""Which metric, segment and company a number is a number of."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import takewhile

from tieout.catalogue import Catalogue
from tieout.core.article import Span
from tieout.read.amounts import Amount
from tieout.read.draft import Subject
from tieout.read.labels import labelled_behind
from tieout.read.scan import Scan
from tieout.read.wordlist import words
from tieout.read.words import Mention

STOPS = words("stops")
"""Words that end the phrase behind a number: what follows them belongs to something else."""

TAG_GAP = frozenset(["on", "a", "an", "the", "under", "in", "per", "share", "diluted"])
"""Words between a number and its qualifier: "$2.15 per share on a non-GAAP basis"."""

_BASIS = re.compile(r"\s*\(\s*[\w-]+\s*\)|\s+on\s+an?\s+[\w-]+\s+basis\b")

_ANOTHER = re.compile(r"\s*,\s*(?:and|while|with|but)\s+(?:its\s+|the\s+)?", re.IGNORECASE)
"""What stands between a segment and a measure of something else."""

PARTED = frozenset(["split", "shared", "divided", "between", "among", "across", "spread", "spanning"])
"""Words behind a whole that begin its parts: "was split between"."""

SUPPOSED = ("metric from the sentence before", "metric: revenue, as none is said")
"""Why a segment is read as some measure of it that no words name."""

FARTHEST_TAG = 5
"""How many of them there may be."""


def compatible(unit: str, kind: str, scaled: bool) -> bool:
    """Whether a number of this kind can be a level of a metric with this unit."""
    if kind == "money":
        return unit == "USD" if scaled else unit == "USD/share"
    return {
        "percent": unit == "ratio",
        "points": unit == "ratio",
        "multiple": unit == "x",
        "count": unit in ("count", "shares", "GW"),
        "word": unit in ("ratio", "x"),
    }[kind]


def fits(subject: Subject, amount: Amount, catalogue: Catalogue) -> bool:
    """Whether the number can be a level of one of the subject's metrics."""
    return any(compatible(catalogue.metric(m).unit, amount.kind, amount.scaled) for m in subject.metrics)


class Subjects:
    """Finds subjects in one sentence. Names that served one number are used up for the next."""

    def __init__(self, scan: Scan, catalogue: Catalogue) -> None:
        self.scan = scan
        self.catalogue = catalogue
        self.used: set[Span] = set()

    def behind(self, index: int, extra: frozenset[str] = frozenset(), limit: int = 5) -> Subject | None:
        """The subject in the phrase right behind number `index`: "$9.3 billion in cash"."""
        scan = self.scan
        stretch = scan.after(index)
        names = [m for m in scan.names if m.span.start >= stretch.start and m.span.end <= stretch.end]
        names = [m for m in names if m.span not in self.used]
        if not names:
            return None
        gap = Span(stretch.start, names[0].span.start)
        if not self._open(gap, extra, limit) and not labelled_behind(scan, index, names[0].span):
            return None
        chosen = [names[0]]
        for name in names[1:]:
            between = Span(chosen[-1].span.end, name.span.start)
            if not self._adjacent(between):
                break
            if name.kind == "metric" and any(m.kind == "metric" for m in chosen):
                break
            chosen.append(name)
        return self.build(chosen, Span(stretch.start, chosen[-1].span.end))

    def ahead(self, stretch: Span, kind: str = "", scaled: bool = True) -> Subject | None:
        """The subject in the words before a number: its last metric of a fitting unit, with its members.

        With no `kind` any unit fits (a change can be of anything).
        """
        names = [m for m in self.scan.names if stretch.encloses(m.span) and m.span not in self.used]
        for position in range(len(names) - 1, -1, -1):
            name = names[position]
            if name.kind != "metric":
                continue
            if kind and not any(compatible(self._unit(m), kind, scaled) for m in name.meaning.metrics):
                continue
            if self._is_base(name, stretch):
                continue
            return self.build(self._with_members(names, position, stretch), stretch)
        members = [
            m for m in names if m.kind == "member" and not self._is_base(m, stretch) and not self._is_share(m)
        ]
        if members:
            return self.build([members[-1]], stretch)
        return None

    def _with_members(self, names: list[Mention], position: int, stretch: Span) -> list[Mention]:
        """The metric at `position` with the members said of it, before or behind."""
        name = names[position]
        ahead = list(takewhile(lambda other: other.kind != "metric", reversed(names[:position])))
        if ahead:
            between = self.scan.text[ahead[0].span.end : name.span.start]
            if _ANOTHER.fullmatch(between):  # "$16.8 billion of it from ISG, and operating income of"
                return [name]
            # members set off by a comma are an aside: "X, which sells servers and storage, had revenue"
            aside = "," in between
            return [ahead[-1] if aside else ahead[0], name]
        other = next(iter(names[position + 1 :]), None)
        if other is None or other.kind != "member":
            return [name]
        between = self.scan.lower_in(Span(name.span.end, other.span.start))
        joined = 0 < len(between) <= 3 and between[0] in ("in", "for", "from", "at", "of", "within")
        put = names[-1] is other and self.scan.lower_in(Span(other.span.end, stretch.end)) == ["at"]
        return [name, other] if joined or (put and segmentable(name.meaning.metrics)) else [name]

    def build(self, chosen: list[Mention], stretch: Span) -> Subject:
        """One subject out of a metric, its members and the qualifiers beside them."""
        metric = next((m for m in chosen if m.kind == "metric"), None)
        members = [m for m in chosen if m.kind == "member"]
        pairs: dict[str, str] = {}
        for member in members:
            pairs |= dict(member.meaning.dimensions)
        special = next((m for m in members if m.meaning.metrics), None)
        why = tuple(f"{m.kind} from “{m.text}”" for m in chosen)
        name = Span(min(m.span.start for m in chosen), max(m.span.end for m in chosen))
        span = self._with_basis(name)
        tags = frozenset(
            m.value
            for m in self.scan.mentions
            if m.kind == "tag"
            and span.start - 16 <= m.span.start <= span.end + 16
            and m.span.end <= max(stretch.end, span.end)
            and stretch.start <= m.span.start
            and self._near(m, span)
        )
        tags |= frozenset(w for m in chosen for w in ("diluted", "basic") if w in m.text.lower().split())
        tags |= self._leading_tags()
        if metric is None and special is not None:
            kept = tuple((k, v) for k, v in pairs.items() if k != "product")
            return Subject(
                special.meaning.metrics,
                special.meaning.needs,
                tuple(sorted(kept)),
                tags=tags,
                why=why,
                span=span,
                own_dimensions=True,
                family=special.value,
            )
        if metric is None:
            return Subject(
                (), (), tuple(sorted(pairs.items())), tags=tags, why=why, span=span, own_dimensions=True
            )
        metrics, needs = metric.meaning.metrics, metric.meaning.needs
        family = metric.value
        if special is not None and metrics == ("revenue",):
            metrics, needs, family = special.meaning.metrics, special.meaning.needs, special.value
            pairs.pop("product", None)
        if set(metrics) & set(special.meaning.metrics if special else ()):
            pairs.pop("product", None)
        base = dict(metric.meaning.dimensions)
        return Subject(
            metrics,
            needs,
            tuple(sorted((base | pairs).items())),
            tags=tags,
            why=why,
            span=span,
            own_dimensions=bool(members),
            family=family,
            pinned=span != name,
        )

    def _with_basis(self, name: Span) -> Span:
        """The name and a basis put right behind it: "EPS (GAAP)", "gross margin on a non-GAAP basis"."""
        basis = _BASIS.match(self.scan.text, name.end, self.scan.span.end)
        if basis is None:
            return name
        told = Span(basis.start(), basis.end())
        tagged = any(m.kind == "tag" and m.span.overlaps(told) for m in self.scan.mentions)
        return Span(name.start, basis.end()) if tagged else name

    def _leading_tags(self) -> frozenset[str]:
        """The qualifier a sentence begins with: "On a GAAP basis, ..."."""
        first = self.scan.words[:5]
        return frozenset(
            m.value
            for m in self.scan.mentions
            if m.kind == "tag"
            and first
            and first[0].lower in ("on", "under")
            and m.span.end <= first[-1].span.end
        )

    def _unit(self, metric: str) -> str:
        return self.catalogue.metric(metric).unit

    def _near(self, tag: Mention, span: Span) -> bool:
        gap = Span(min(tag.span.end, span.end), max(tag.span.start, span.start))
        if gap.start > gap.end:
            return True
        between = self.scan.text[gap.start : gap.end]
        return len(between) < 16 and not any(c in between for c in ",;()")

    def _open(self, gap: Span, extra: frozenset[str], limit: int) -> bool:
        """Whether the words between number and name leave the two joined."""
        text = self.scan.text[gap.start : gap.end]
        if any(c in text for c in ",;:|–—(") or re.search(r"[.!?]\s", text):
            return False
        if any(
            {"exceeds", "below", "beat"} & set(m.value.split())
            for m in self.scan.cues
            if gap.encloses(m.span)
        ):
            return False
        timed = [m.span for m in self.scan.cues if {"yoy", "qoq"} & set(m.value.split())]
        timed += [p.span for p in self.scan.periods]
        words = [w.lower for w in self.scan.words_in(gap) if not any(span.encloses(w.span) for span in timed)]
        return len(words) <= limit and not any(w in STOPS and w not in extra for w in words)

    def _adjacent(self, gap: Span) -> bool:
        text = self.scan.text[gap.start : gap.end]
        if any(c in text for c in ",;:|–—"):
            return False
        words = [
            w.lower
            for w in self.scan.words_in(gap)
            if not any(p.span.encloses(w.span) for p in self.scan.periods)
        ]
        return len(words) <= 3 and all(
            w in ("of", "in", "for", "from", "at", "the", "its", "segment", "s", "solutions") for w in words
        )

    def _is_base(self, name: Mention, stretch: Span) -> bool:
        """Whether the name is the far side of a comparison ("than consensus", "of total revenue")."""
        before = self.scan.words_in(Span(stretch.start, name.span.start))
        return bool(before) and before[-1].lower in ("than", "versus", "vs", "exceeds", "exceeding")

    def _is_share(self, name: Mention) -> bool:
        """Whether the name is one of those that a whole is shared out among: "shared between ISG and CSG"."""
        near = self.scan.words_in(Span(max(self.scan.span.start, name.span.start - 40), name.span.start))
        passed = {"and", "the", "its"} | {
            w.lower for m in self.scan.names for w in near if m.span.encloses(w.span)
        }
        told = [w.lower for w in near if w.lower not in passed]
        return not PARTED.isdisjoint(told[-2:])

    def use(self, subject: Subject | None) -> None:
        """Mark the names of a subject as used up."""
        if subject is not None and subject.span is not None:
            self.used |= {m.span for m in self.scan.names if subject.span.encloses(m.span)}


def merged(
    subject: Subject, previous: Subject | None, catalogue: Catalogue, kind: str, scaled: bool
) -> Subject:
    """The subject completed: a bare member takes the metric spoken of, a bare metric may be a member's."""
    if subject.metrics:
        if (
            previous is not None
            and previous.dimensions
            and not subject.own_dimensions
            and segmentable(subject.metrics)
            and segmentable(previous.metrics)
        ):
            return replace(subject, others=(*subject.others, (subject.metrics, previous.dimensions)))
        return subject
    default = ("revenue",)
    if (
        previous is not None
        and previous.metrics
        and segmentable(previous.metrics)
        and (
            kind in ("percent", "points")
            or any(compatible(catalogue.metric(m).unit, kind, scaled) for m in previous.metrics)
        )
    ):
        others = () if previous.metrics == default else ((default, subject.dimensions),)
        return replace(
            subject,
            metrics=previous.metrics,
            needs=previous.needs,
            others=others,
            why=(*subject.why, SUPPOSED[0]),
            family=previous.family,
        )
    return replace(subject, metrics=default, needs=default, why=(*subject.why, SUPPOSED[1]))


def supposed(subject: Subject) -> bool:
    """Whether only a segment is named, and revenue, or what was told before, supposed of it."""
    told = [why for why in subject.why if not why.startswith("carried")]
    return (bool(told) or not subject.why) and all(
        why in SUPPOSED or why.startswith("member from") for why in told
    )


def segmentable(metrics: tuple[str, ...]) -> bool:
    """Whether companies report these metrics by segment."""
    return bool(set(metrics) & {"revenue", "operating_income", "operating_margin"})


def tagged(scan: Scan, subject: Subject, after: Span) -> Subject:
    """The subject with a qualifier that stands right behind the number: "$2.15 on a non-GAAP basis"."""
    mention = next(iter(scan.within(after, "tag")), None)
    if mention is None:
        return subject
    gap = Span(after.start, mention.span.start)
    between = scan.lower_in(gap)
    joined = len(between) <= FARTHEST_TAG and TAG_GAP.issuperset(between)
    if not joined or any(c in scan.text[gap.start : gap.end] for c in ",;"):
        return subject
    return replace(subject, tags=frozenset({mention.value}))
