"""Independent readers of XBRL, told in this bench's shape: ixbrlparse and edgartools.

Both are for development alone, and are imported when they are asked. Each is asked for what it gives its own
users, not for what could be had from the document beside it.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation
from importlib import import_module
from typing import Any

from tieout.bench.ingest.numbers import Number, Numbers
from tieout.core.errors import UsageError

Reader = Callable[[str, bytes], Numbers]


def ixbrlparse(_: str, data: bytes) -> Numbers:
    """The numbers as ixbrlparse reads them: values are floats, a unit is its first measure."""
    parsed = _library("ixbrlparse").IXBRL(io.BytesIO(data), raise_on_error=False)
    return {each.soup_tag["id"]: _parsed(each) for each in parsed.numeric if each.soup_tag.get("id")}


def _parsed(each: Any) -> Number:  # noqa: ANN401 - another library's number
    at = each.context
    members = ((part["dimension"], part["value"]) for part in at.segments if "dimension" in part)
    decimals = each.format.decimals
    return Number(
        f"{each.schema}:{each.name}",
        None if each.value is None else Decimal(repr(each.value)),
        _local(each.unit),
        str(at.instant) if at.instant else f"{at.startdate} to {at.enddate}",
        tuple(sorted(members)),
        "INF" if decimals is None else str(decimals),
        each.soup_tag.get("xsi:nil") in ("true", "1"),
    )


def edgartools(_: str, data: bytes) -> Numbers:
    """The numbers as edgartools reads them: by its extractor from pages, by its parser from instances."""
    inline = b"inlineXBRL" in data
    return dict(_extracted(data) if inline else _instance(data))


def _extracted(data: bytes) -> Iterator[tuple[str, Number]]:
    extractor = _library("edgar.documents.strategies.xbrl_extraction").XBRLExtractor()
    tree = _library("lxml.html").fromstring(data)
    for element in tree.iter():
        if not isinstance(element.tag, str) or not element.tag.lower().endswith("nonfraction"):
            continue
        fact = extractor.extract_fact(element)
        at: Any = fact.context or dict[str, Any]()
        day = at.get("instant") or f"{at.get('start_date')} to {at.get('end_date')}"
        dimensions = tuple(sorted(at.get("dimensions", {}).items()))
        nil = element.get("xsi:nil") in ("true", "1")
        yield (
            element.get("id", ""),
            Number(fact.concept, _value(fact.value), fact.unit, day, dimensions, fact.decimals or "", nil),
        )


def _instance(data: bytes) -> Iterator[tuple[str, Number]]:
    contexts: dict[str, Any] = {}
    facts: dict[str, Any] = {}
    units: dict[str, Any] = {}
    parser = _library("edgar.xbrl.parsers.instance").InstanceParser(
        contexts, facts, units, {}, {}, {}, [], {}
    )
    parser.parse_instance_content(data)
    for fact in facts.values():
        if not fact.unit_ref or not fact.fact_id:
            continue
        at = contexts[fact.context_ref]
        day = at.period.get("instant") or f"{at.period.get('startDate')} to {at.period.get('endDate')}"
        number = Number(
            fact.element_id.replace("_", ":", 1),
            _value(fact.value),
            _unit(units[fact.unit_ref]),
            day,
            tuple(sorted(at.dimensions.items())),
            str(fact.decimals or ""),
            not fact.value,
        )
        yield fact.fact_id, number


def _unit(written: dict[str, Any]) -> str:
    if "measure" in written:
        return _local(written["measure"])
    return "/".join("*".join(map(_local, written[part])) for part in ("numerator", "denominator"))


def _value(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _local(name: str | None) -> str:
    return (name or "").rpartition(":")[2]


def _library(name: str) -> Any:  # noqa: ANN401 - modules without types
    try:
        return import_module(name)
    except ImportError as error:
        top = name.partition(".")[0]
        raise UsageError(
            f"{top} is not installed", fix="pip install 'tieout[peers]', or --reader with the others"
        ) from error


READERS: dict[str, Reader] = {"ixbrlparse": ixbrlparse, "edgartools": edgartools}
