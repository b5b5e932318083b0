"""Which metric, segment and company a number is a number of."""

from __future__ import annotations

import re
from dataclasses import replace

from tieout.catalogue import Catalogue
from tieout.core.article import Span
from tieout.read.draft import Subject
from tieout.read.scan import Scan
from tieout.read.wordlist import words
from tieout.read.words import Mention

STOPS = words("stops")
"""Words that end the phrase behind a number: what follows them belongs to something else."""


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
        if not self._open(gap, extra, limit):
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
            return self.build(self._with_members(names, position), stretch)
        members = [m for m in names if m.kind == "member" and not self._is_base(m, stretch)]
        if members:
            return self.build([members[-1]], stretch)
        return None

    def _with_members(self, names: list[Mention], position: int) -> list[Mention]:
        """The metric at `position` with the members said of it, before or behind."""
        name = names[position]
        chosen = [name]
        ahead: list[Mention] = []
        for other in reversed(names[:position]):
            if other.kind == "metric":
                break
            ahead.insert(0, other)
        if ahead:
            aside = "," in self.scan.text[ahead[-1].span.end : name.span.start]
            chosen.insert(
                0, ahead[0] if aside else ahead[-1]
            )  # ", which sells servers and storage," is an aside
        if len(chosen) == 1:
            for other in names[position + 1 :]:
                between = Span(name.span.end, other.span.start)
                words = [w.lower for w in self.scan.words_in(between)]
                if (
                    other.kind == "member"
                    and words
                    and words[0] in ("in", "for", "from", "at", "of", "within")
                    and len(words) <= 3
                ):
                    chosen.append(other)
                break
        return chosen

    def build(self, chosen: list[Mention], stretch: Span) -> Subject:
        """One subject out of a metric, its members and the qualifiers beside them."""
        metric = next((m for m in chosen if m.kind == "metric"), None)
        members = [m for m in chosen if m.kind == "member"]
        pairs: dict[str, str] = {}
        for member in members:
            pairs |= dict(member.meaning.dimensions)
        special = next((m for m in members if m.meaning.metrics), None)
        why = tuple(f"{m.kind} from “{m.text}”" for m in chosen)
        span = Span(min(m.span.start for m in chosen), max(m.span.end for m in chosen))
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
            kept = tuple((k, v) for k, v in pairs.items() if k not in ("product",))
            return Subject(
                special.meaning.metrics,
                special.meaning.needs,
                tuple(sorted(kept)),
                None,
                tags,
                (),
                why,
                span,
                True,
                special.value,
            )
        if metric is None:
            return Subject((), (), tuple(sorted(pairs.items())), None, tags, (), why, span, True)
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
            None,
            tags,
            (),
            why,
            span,
            bool(members),
            family,
        )

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
        words = [
            w.lower
            for w in self.scan.words_in(gap)
            if not any(p.span.encloses(w.span) for p in self.scan.periods)
        ]
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

    def use(self, subject: Subject | None) -> None:
        """Mark the names of a subject as used up."""
        if subject is not None and subject.span is not None:
            self.used |= {m.span for m in self.scan.names if subject.span.encloses(m.span)}


def entity_of(scan: Scan, before: int, subject: Subject | None) -> str | None:
    """The company the words before a number name as its owner; "" without a pack, None for unsaid.

    An owner stands with a possessive, right before the subject's name, behind "at" or "of" that
    follows it, or at the head of the sentence.
    """
    entities = [m for m in scan.mentions if m.kind == "entity"]
    start = subject.span.start if subject is not None and subject.span is not None else before
    end = subject.span.end if subject is not None and subject.span is not None else before
    for mention in reversed([m for m in entities if m.span.end <= max(start, before)]):
        behind = scan.text[mention.span.end : mention.span.end + 2]
        gap = scan.words_in(Span(mention.span.end, max(start, mention.span.end)))
        if behind in ("'s", "’s") and len(gap) <= 3:
            return mention.value
        if len(gap) == 0 and start >= mention.span.end:
            return mention.value
    for mention in entities:
        gap = [w.lower for w in scan.words_in(Span(end, mention.span.start))]
        if mention.span.start >= end and len(gap) == 1 and gap[0] in ("at", "of", "for"):
            return mention.value
    for mention in reversed(entities):
        if mention.span.end > before or scan.text[mention.span.end : mention.span.end + 2] in ("'s", "’s"):
            continue
        head = [w.lower for w in scan.words_in(Span(scan.span.start, mention.span.start))]
        if not head or head[-1] not in _NOT_SUBJECT:
            return mention.value
    return None


_NOT_SUBJECT = words("not_subject")
"""Words before a company's name that keep it from being the one the sentence is about."""


def owner_of(subject: Subject, catalogue: Catalogue) -> str | None:
    """The one company whose own metric or segment the subject is; None where it is anybody's."""
    owners = {catalogue.metric(m).company for m in subject.metrics}
    if len(owners) == 1 and None not in owners:
        return owners.pop()
    if subject.dimensions:
        having = [
            c.ticker
            for c in catalogue.companies.values()
            if any(set(subject.dimensions) <= set(m.dimensions) for m in c.members)
        ]
        return having[0] if len(having) == 1 else None
    return None


def merged(
    subject: Subject, previous: Subject | None, catalogue: Catalogue, kind: str, scaled: bool
) -> Subject:
    """The subject completed: a bare member takes the metric spoken of, a bare metric may be a member's."""
    if subject.metrics:
        if (
            previous is not None
            and previous.dimensions
            and not subject.own_dimensions
            and segmentable(subject.metrics, catalogue)
            and segmentable(previous.metrics, catalogue)
        ):
            return replace(subject, others=(*subject.others, (subject.metrics, previous.dimensions)))
        return subject
    default = ("revenue",)
    if (
        previous is not None
        and previous.metrics
        and segmentable(previous.metrics, catalogue)
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
            why=(*subject.why, "metric from the sentence before"),
            family=previous.family,
        )
    return replace(
        subject, metrics=default, needs=default, why=(*subject.why, "metric: revenue, as none is said")
    )


def segmentable(metrics: tuple[str, ...], catalogue: Catalogue) -> bool:
    """Whether companies report these metrics by segment."""
    return bool(set(metrics) & {"revenue", "operating_income", "operating_margin"})
