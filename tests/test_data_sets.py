"""Data sets of the SEC to rows. The figures are from its 2009q3.zip, names and filers too."""

import zipfile
from datetime import UTC, date, datetime

import pytest

from tieout.core.skipped import Skipped, together
from tieout.ingest import tabbed
from tieout.ingest.datasets import ingest
from tieout.ledger.registrants import registrants
from tieout.ledger.store import Store

SUB = """adsh	cik	name	sic	fye	form	period	filed	accepted	instance
0001047469-09-007342	930835	EDISON MISSION ENERGY	4911	1231	10-Q	20090630	20090807	2009-08-07 09:10:00.0	eme-20090630.xml
0001047469-09-008166	47217	HEWLETT PACKARD CO	3570	1031	10-Q/A	20090731	20090908	2009-09-04 21:13:00.0	hpq-20090731.xml
0001193125-09-153165	320193	APPLE INC	3571	0930	10-Q	20090630	20090722	2009-07-22 16:42:00.0	aapl-20090627.xml
"""  # noqa: E501 - as the SEC has it
TAG = """tag	version	custom	abstract	datatype	iord	crdr	tlabel	doc
Revenues	us-gaap/2009	0	0	monetary	D	C	Revenues	"Quoted, and not closed
EarningsPerShareBasic	us-gaap/2009	0	0	perShare	D		EPS	x
Royalty	us-gaap/2009	0	0	perUnit	D		Royalty	x
"""
NUM = """adsh	tag	version	ddate	qtrs	uom	segments	coreg	value	footnote
"""
EME, HPQ, APPLE = "0001047469-09-007342", "0001047469-09-008166", "0001193125-09-153165"


def line(adsh=EME, **other):
    usual = {"tag": "Revenues", "version": "us-gaap/2009", "ddate": "20090630", "qtrs": "1", "uom": "USD"}
    told = {"adsh": adsh, **usual, "value": "522000000.0000", **other}
    return "\t".join(told.get(name, "") for name in NUM.split()) + "\n"


def data_set(path, *lines, **files):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in ({"sub": SUB, "tag": TAG, "num": NUM + "".join(lines)} | files).items():
            if text is not None:
                archive.writestr(f"{name}.txt", text)
    return path


@pytest.fixture
def taken(tmp_path):
    def take(*lines, **files):
        """Rows and what was skipped of a data set of these lines."""
        path = data_set(tmp_path / "2009q3.zip", *lines, **files)
        found = list(ingest(Store.open(tmp_path / "ledger"), [path]))
        store = Store.open(tmp_path / "ledger")
        rows = [row for cik in store.companies() for row in store.company(cik).to_pylist()]
        assert sum(new for new, _ in found) == len(rows)
        return rows, together(each for _, batch in found for each in batch.skipped)

    return take


def test_a_fact_with_its_filing(taken, tmp_path):
    (row,), skipped = taken(line())
    assert not skipped
    assert {name: value for name, value in row.items() if name != "digest"} == {
        "cik": 930835, "taxonomy": "us-gaap", "concept": "Revenues", "dimensions": "", "unit": "USD",
        "start": date(2009, 4, 1), "end": date(2009, 6, 30), "digits": 522, "exponent": 6, "decimals": None,
        "accession": 104746909007342, "form": "10-Q", "filed": date(2009, 8, 7),
        "accepted": datetime(2009, 8, 7, 13, 10, tzinfo=UTC), "document": "eme-20090630.xml", "locator": "",
        "scenario": "actual", "bound": "",
    }  # fmt: skip
    who = registrants(tmp_path / "ledger")[930835]
    assert (who.name, who.sic, who.year_end, who.latest) == (
        "EDISON MISSION ENERGY",
        "4911",
        "1231",
        date(2009, 8, 7),
    )


def test_accepted_on_a_friday_night_in_new_york(taken):
    (row,), _ = taken(line(HPQ, ddate="20090731"))
    assert row["accepted"] == datetime(2009, 9, 5, 1, 13, tzinfo=UTC)
    assert row["filed"] == date(2009, 9, 8)


@pytest.mark.parametrize(
    ("ddate", "qtrs", "start", "end"),
    [
        ("20090630", "0", None, date(2009, 6, 30)),
        ("20090630", "2", date(2009, 1, 1), date(2009, 6, 30)),
        ("20090228", "1", date(2008, 12, 1), date(2009, 2, 28)),
        ("20080229", "4", date(2007, 3, 1), date(2008, 2, 29)),
        ("20081231", "4", date(2008, 1, 1), date(2008, 12, 31)),
    ],
)
def test_quarters_counted_back_from_the_end(taken, ddate, qtrs, start, end):
    (row,), _ = taken(line(ddate=ddate, qtrs=qtrs))
    assert (row["start"], row["end"]) == (start, end)


@pytest.mark.parametrize(
    ("segments", "coreg", "dimensions"),
    [
        ("EquityComponents=CommonStock;", "", "EquityComponents=CommonStock"),
        ("LegalEntity=ParentCompany;EquityComponents=RetainedEarnings;", "",
         "EquityComponents=RetainedEarnings;LegalEntity=ParentCompany"),
        ("LegalEntity=SouthernCaliforniaGasCompany;", "SouthernCaliforniaGasCompany",
         "LegalEntity=SouthernCaliforniaGasCompany"),
        ("", "PacificEnterprises", "LegalEntity=PacificEnterprises"),
    ],
)  # fmt: skip
def test_members_stay_apart_from_totals(taken, segments, coreg, dimensions):
    rows, _ = taken(line(segments=segments, coreg=coreg, value="5.0000"), line())
    assert sorted((row["dimensions"], row["digits"]) for row in rows) == [("", 522), (dimensions, 5)]


def test_an_edition_without_members(taken):
    short = "\n".join("\t".join(x.split("\t")[:6] + x.split("\t")[8:]) for x in (NUM + line()).splitlines())
    (row,), _ = taken(num=short + "\n")
    assert (row["dimensions"], row["digits"]) == ("", 522)


def test_a_filers_own_concept_has_its_prefix(taken):
    (row,), _ = taken(line(tag="FuelAndPower", version=EME))
    assert (row["taxonomy"], row["concept"]) == ("eme", "FuelAndPower")


@pytest.mark.parametrize(
    ("tag", "uom", "unit"),
    [
        ("EarningsPerShareBasic", "USD", "USD/shares"),
        ("EarningsPerShareBasic", "CAD", "CAD/shares"),
        ("EarningsPerShareBasic", "pure", "pure"),
        ("Revenues", "USD", "USD"),
        ("Unlisted", "shares", "shares"),
    ],
)
def test_units(taken, tag, uom, unit):
    (row,), _ = taken(line(tag=tag, uom=uom, value="0.2025"))
    assert (row["unit"], row["digits"], row["exponent"]) == (unit, 2025, -4)


@pytest.mark.parametrize(
    ("value", "digits", "exponent"),
    [
        ("-126400000.0000", -1264, 5),
        ("0.0000", 0, 0),
        ("20780000000", 2078, 7),
        ("135267735000000.0000", 135267735, 6),
    ],
)
def test_values(taken, value, digits, exponent):
    (row,), _ = taken(line(value=value))
    assert (row["digits"], row["exponent"]) == (digits, exponent)


@pytest.mark.parametrize(
    ("odd", "why"),
    [
        (line(value=""), "without a value, or with one longer than any filer's"),
        (line(value="n/a"), "without a value, or with one longer than any filer's"),
        (line(value="NaN"), "without a value, or with one longer than any filer's"),
        (line(ddate="20090631"), "on a day that no calendar has"),
        (line(ddate="2009063"), "on a day that no calendar has"),
        (line(qtrs="-1"), "on a day that no calendar has"),
        (line(qtrs="9999"), "on a day that no calendar has"),
        (line("0000000000-09-000001"), "of a filing that sub.txt does not list"),
        (line(APPLE), "of a filing whose days the data set rounds"),
        (line(tag="Royalty"), "per a unit that the data set does not tell"),
        ("one column\n", "in lines of other columns than the first"),
        (line().replace("\n", "\tone more\n"), "in lines of other columns than the first"),
    ],
)
def test_what_cannot_be_told_is_left_out_and_counted(taken, odd, why):
    rows, skipped = taken(line(), odd, line(qtrs="2"))
    assert len(rows) == 2
    assert skipped == (Skipped("facts", why),)


def test_how_many_rows_are_read_at_once_does_not_matter(taken, monkeypatch):
    monkeypatch.setattr(tabbed, "ROWS", 1)
    monkeypatch.setattr(tabbed, "_BLOCK", 1000)
    rows, _ = taken(*(line(value=f"{number}.5") for number in range(60)))
    assert sorted(row["digits"] for row in rows) == [10 * number + 5 for number in range(60)]


def test_a_second_time_nothing_comes_in(tmp_path):
    path = data_set(tmp_path / "2009q3.zip", line())
    store = Store.open(tmp_path / "ledger")
    ((first, _),) = ingest(store, [path])
    ((second, batch),) = ingest(store, [path])
    assert (first, second, batch.skipped) == (1, 0, (Skipped("data set", "taken in before"),))


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({"num": None}, "it has no num.txt"),
        ({"sub": None, "tag": None}, "it has no sub.txt, no tag.txt"),
        ({"num": ""}, "num.txt has no column adsh, ddate"),
        ({"num": "<html>\n"}, "num.txt has no column adsh, ddate"),
        ({"sub": SUB.replace("930835", "x")}, "invalid literal"),
        ({"sub": SUB.replace("cik\t", "")}, "sub.txt has no column cik"),
        ({"num": NUM.encode() + line().encode().replace(b"Rev", b"\xff\xfe\xfd")}, "UTF8"),
        ({"num": (NUM + line()).encode("utf-16")}, "codec can't decode"),
    ],
)
def test_what_is_no_data_set_leaves_nothing_behind(taken, files, says):
    rows, (skipped,) = taken(**files)
    assert not rows
    assert says in skipped.why
    assert len(skipped.why) < 400


def test_a_data_set_damaged_at_its_end_leaves_nothing_behind(tmp_path, monkeypatch):
    monkeypatch.setattr(tabbed, "ROWS", 10)
    monkeypatch.setattr(tabbed, "_BLOCK", 1000)
    path = data_set(tmp_path / "2009q3.zip", *(line(value=f"{number}.5") for number in range(900)))
    data = bytearray(path.read_bytes())
    data[data.rindex(b"PK\3\4") + 60] ^= 255
    path.write_bytes(data)
    store = Store.open(tmp_path / "ledger")
    ((rows, batch),) = ingest(store, [path])
    assert (rows, batch.documents, store.companies()) == (0, (), ())
    assert "2009q3.zip is not a Financial Statement Data Set" in batch.skipped[0].why


def test_several_quarters_in_two_processes(tmp_path):
    paths = [
        data_set(tmp_path / f"2009q{quarter}.zip", line(value=f"{quarter}00.0000"), line(qtrs="2"))
        for quarter in (2, 3, 4)
    ]
    for name, processes in (("one", 1), ("two", 2)):
        for _ in ingest(Store.open(tmp_path / name), paths, processes=processes):
            pass
    one, two = (Store.open(tmp_path / name).company(930835) for name in ("one", "two"))
    assert one.drop_columns("digest").to_pylist() == two.drop_columns("digest").to_pylist()
    assert one.num_rows == 4
