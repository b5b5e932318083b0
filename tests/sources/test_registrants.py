"""Who the filers held are, kept beside the facts."""

from __future__ import annotations

from datetime import date

import pytest

from tieout.core.errors import ParseError
from tieout.core.filing import FormerName, Registrant
from tieout.ledger.registrants import FILE, keep, registrants

FIRST = Registrant(123, "Sample Corp", ("SMPL",), ("NYSE",), (), "3571", "0131", date(2024, 3, 1))
RENAMED = Registrant(
    123,
    "Example Corp",
    ("XMPL", "XMPLB"),
    ("NYSE",),
    (FormerName("Sample Corp", date(1999, 1, 1), None),),
    "3571",
    "0131",
    date(2025, 3, 1),
)
OTHER = Registrant(7, "Other Corp")


def test_what_is_kept_is_read_back(tmp_path):
    keep(tmp_path, [RENAMED, OTHER])
    assert registrants(tmp_path) == {7: OTHER, 123: RENAMED}


def test_nothing_is_held_before_the_first_ingest(tmp_path):
    assert registrants(tmp_path) == {}


@pytest.mark.parametrize("order", [(FIRST, RENAMED), (RENAMED, FIRST)])
def test_the_later_version_stays_in_whatever_order_they_came(tmp_path, order):
    for each in order:
        keep(tmp_path, [each])
    assert registrants(tmp_path) == {123: RENAMED}


def test_a_broken_line_is_named(tmp_path):
    keep(tmp_path, [OTHER])
    with (tmp_path / FILE).open("a", encoding="utf-8") as file:
        file.write('{"cik": 8}\n')
    with pytest.raises(ParseError, match="line 2"):
        registrants(tmp_path)
