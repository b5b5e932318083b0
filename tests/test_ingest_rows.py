from datetime import UTC, date, datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tieout.core.filed import Filed
from tieout.core.quantity import Precision
from tieout.core.skipped import Skipped
from tieout.ingest.rows import table
from tieout.ledger.columns import EXACT, SCHEMA, joined, parted

ROW = Filed(
    cik=1571996,
    taxonomy="us-gaap",
    concept="Revenues",
    dimensions=(("srt:ProductOrServiceAxis", "us-gaap:ProductMember"), ("us-gaap:XAxis", "dell:IsgMember")),
    unit="USD",
    start=date(2025, 5, 3),
    end=date(2025, 8, 1),
    value=Decimal(29776000000),
    decimals=-6,
    accession="0001571996-25-000102",
    form="10-Q",
    filed=date(2025, 9, 8),
    accepted=datetime(2025, 9, 8, 20, 15, tzinfo=UTC),
)


def changed(**fields):
    return {name: getattr(ROW, name) for name in ROW.__slots__} | fields


def row(**fields):
    held, skipped = table([Filed(**changed(**fields))])
    assert not skipped
    (found,) = held.to_pylist()
    return found


def test_a_row_in_columns():
    held, _ = table([ROW])
    assert held.schema == SCHEMA
    (found,) = held.to_pylist()
    assert (found["digits"], found["exponent"], found["decimals"]) == (29776, 6, -6)
    assert found["accession"] == 157199625000102
    assert (
        found["dimensions"] == "srt:ProductOrServiceAxis=us-gaap:ProductMember;us-gaap:XAxis=dell:IsgMember"
    )
    assert found["accepted"] == ROW.accepted


def test_values_keep_every_digit():
    assert [
        (f["digits"], f["exponent"]) for f in (row(value=Decimal(v)) for v in ("0", "-0.00", "-1.50"))
    ] == [
        (0, 0),
        (0, 0),
        (-15, -1),
    ]
    longest = row(value=Decimal(123456789012345678000))
    assert (longest["digits"], longest["exponent"]) == (123456789012345678, 3)


def test_decimals_exact_and_not_stated_differ():
    assert row(decimals=Precision.EXACT)["decimals"] == EXACT
    assert row(decimals=Precision.UNKNOWN)["decimals"] is None


def test_what_does_not_fit_is_left_out_and_counted():
    held, (skipped,) = table([ROW, Filed(**changed(value=Decimal(1234567890123456789)))])
    assert held.num_rows == 1
    assert skipped == Skipped("facts", "a value or decimals longer than any filer's")


@given(st.lists(st.tuples(st.sampled_from(["srt:AAxis", "dell:BAxis"]), st.text()), max_size=3))
def test_dimensions_come_back_whatever_their_members_hold(pairs):
    assert parted(joined(tuple(pairs))) == tuple(pairs)
