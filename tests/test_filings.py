"""Filings' own tags as gold: what is parsed, what is compared, what is passed over and never trusted."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tieout.bench.filings import marked
from tieout.bench.filings.__main__ import compare_all, main
from tieout.bench.filings.concepts import metrics
from tieout.bench.filings.filing import filing
from tieout.bench.filings.marked import parse
from tieout.bench.filings.sources import MAX_BYTES, Page, Passed, pages
from tieout.catalogue import Catalogue
from tieout.core.errors import ParseError
from tieout.core.period import Period

FOLDER = Path(__file__).parent / "filings"
PAGE = (FOLDER / "xmpl-10-q.html").read_bytes()
Q2 = Period(date(2025, 3, 30), date(2025, 6, 28))


def read(page=PAGE, name="xmpl-10-q"):
    return filing(Page(name, page), Catalogue.load())


def gold(text, prose=True):
    """What the tags say of the number written so."""
    found = read()
    (only,) = [
        each
        for each in found.gold
        if each.prose is prose and found.article.text[each.span.start : each.span.end] == text
    ]
    return only


def compared():
    (found,), _ = compare_all([FOLDER])
    return {(outcome.text, outcome.gold.prose): outcome for outcome in found.outcomes}


# ---- what tags say


def test_a_number_in_prose_has_its_place_value_unit_and_period():
    (told,) = gold("4.3").told
    assert (told.concept, told.value, told.unit, told.period) == (
        "us-gaap:Revenues",
        Decimal(4300000000),
        "USD",
        Q2,
    )


def test_a_balance_has_a_day_and_a_table_is_no_prose():
    (told,) = gold("20,512", prose=False).told
    assert told.period == Period.instant(date(2025, 6, 28))


def test_tags_within_tags_are_one_number_with_both_concepts():
    assert {told.concept for told in gold("880").told} == {"us-gaap:NetIncomeLoss", "us-gaap:ProfitLoss"}


def test_members_of_segments_and_typed_axes_are_told():
    assert gold("1,100", prose=False).told[0].dimensions == (
        ("StatementBusinessSegmentsAxis", "WidgetsAndGadgetsSegmentMember"),
    )
    assert gold("35").told[0].dimensions == (("PlantAxis", "Plant 7"),)


def test_a_unit_over_another_is_a_share_of_it():
    assert gold("0.76", prose=False).told[0].unit == "USD/share"


def test_hidden_facts_are_at_hand_but_no_gold():
    found = read()
    assert "gross_profit" in {fact.measure.metric for fact in found.facts}
    assert "999" not in found.article.text


def test_a_tag_on_no_number_is_counted_apart():
    assert read().unwritten == 2  # "no" commercial paper, and a nil


def test_the_scale_counts_as_written_by_the_number_only():
    assert gold("4.3").scaled
    assert not gold("20,512", prose=False).scaled


def test_text_of_private_use_cannot_pass_for_a_mark():
    forged = PAGE.replace(
        b"Trading symbol", chr(marked.OPEN).encode() + marked.CLOSE.encode() + b"Trading symbol"
    )
    assert [each.span for each in read(forged).gold] == [each.span for each in read().gold]


def test_every_concept_of_the_map_is_of_a_metric_of_the_catalogue():
    catalogue = Catalogue.load()
    assert {catalogue.metric(metric).id for metric in metrics().values()} == set(metrics().values())


# ---- whose filing, and of which day


def test_a_company_without_a_pack_is_made_of_its_cover():
    company = read().company
    assert (company.ticker, company.names[-1]) == ("XMPL", "Example Industries")
    assert company.calendar.period(2025, "Q2") == Q2


def test_a_company_with_a_pack_is_the_pack():
    nvidia = Catalogue.load().companies["NVDA"]
    assert nvidia.cik is not None
    assert read(PAGE.replace(b"0009999999", nvidia.cik.encode())).company is nvidia


@pytest.mark.parametrize(
    ("name", "day"), [("xmpl-10-q", date(2025, 7, 24)), ("xmpl-10-q-2025-07-25", date(2025, 7, 25))]
)
def test_the_day_is_the_names_or_the_signatures(name, day):
    published = read(name=name).article.published
    assert published is not None
    assert published.last == day


# ---- what is read, beside it


def test_numbers_are_read_with_value_unit_concept_and_period():
    outcome = compared()["4.3", True]
    assert (outcome.value, outcome.unit, outcome.concept, outcome.period) == (True, True, True, True)


def test_words_for_numbers_count_and_what_is_outside_the_catalogue_is_named_nothing():
    outcome = compared()["Two", True]
    assert (outcome.found, outcome.value, outcome.metric) == (True, True, "")


def test_another_scale_than_the_tags_is_seen(tmp_path):
    millions = PAGE.replace(b'scale="9" name="us-gaap:Assets"', b'scale="6" name="us-gaap:Assets"')
    (tmp_path / "xmpl.html").write_bytes(millions)
    (found,), _ = compare_all([tmp_path])
    assert {outcome.text for outcome in found.outcomes if not outcome.value} == {"20.5"}


def test_another_period_than_the_tags_is_seen(tmp_path):
    (tmp_path / "xmpl.html").write_bytes(
        PAGE.replace(b"the quarter ended June 28", b"the quarter ended March 29")
    )
    (found,), _ = compare_all([tmp_path])
    (outcome,) = [each for each in found.outcomes if each.text == "4.3"]
    assert (outcome.period, outcome.mentioned) == (False, False)


# ---- files


def test_compressed_pages_and_archives_are_read_alike(tmp_path):
    (tmp_path / "a.html.gz").write_bytes(gzip.compress(PAGE))
    with tarfile.open(tmp_path / "b.tgz", "w:gz") as archive:
        member = tarfile.TarInfo("deep/inside/b.htm")
        member.size = len(PAGE)
        archive.addfile(member, io.BytesIO(PAGE))
    found = list(pages(tmp_path))
    assert [(page.name, page.data == PAGE) for page in found if isinstance(page, Page)] == [
        ("a", True),
        ("b", True),
    ]


def test_a_date_beside_a_page_is_its_date(tmp_path):
    (tmp_path / "a.html").write_bytes(PAGE)
    (tmp_path / "a.published").write_text("2025-07-26\n", encoding="utf-8")
    (found,), passed = compare_all([tmp_path])
    assert (found.published, passed) == ("2025-07-26", [])


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("notes.txt", b"no page", "no HTML page"),
        ("plain.html", b"<html><body><p>Revenue rose.</p></body></html>", "no inline XBRL"),
        ("loose.html", b"<html><body><p>Revenue<br>rose.</body></html>", "no well-formed XML"),
        ("short.html.gz", gzip.compress(PAGE)[:-100], "ends early"),
        ("bomb.html.gz", gzip.compress(b" " * (MAX_BYTES + 1)), "more than"),
        ("broken.tgz", gzip.compress(b"no archive"), "file could not be opened"),
        ("nameless.html", PAGE.replace(b"EntityRegistrantName", b"EntityTaxIdentificationNumber"), "no pack"),
    ],
)
def test_what_is_no_filing_is_passed_over_and_says_why(tmp_path, name, data, why):
    (tmp_path / name).write_bytes(data)
    (tmp_path / "good.html").write_bytes(PAGE)
    found, passed = compare_all([tmp_path])
    assert [each.name for each in found] == ["good"]
    assert why in passed[0].why


def test_links_in_archives_are_not_followed(tmp_path):
    with tarfile.open(tmp_path / "b.tgz", "w:gz") as archive:
        link = tarfile.TarInfo("b.html")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    assert list(pages(tmp_path)) == [Passed("b.tgz", "no HTML page in it")]


def test_a_page_that_declares_entities_is_refused():
    bomb = PAGE.replace(b"<html ", b'<!DOCTYPE html [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><html ', 1)
    with pytest.raises(ParseError, match="entities"):
        parse(bomb, "bomb")


def test_a_page_without_end_in_depth_is_refused():
    deep = PAGE.replace(b"<body>", b"<body>" + b"<div>" * 4000).replace(
        b"</body>", b"</div>" * 4000 + b"</body>"
    )
    with pytest.raises(ParseError, match="depth"):
        parse(deep, "deep")


# ---- the command


def test_the_table_has_prose_and_tables_apart(capsys):
    assert main([str(FOLDER)]) == 0
    out = capsys.readouterr().out
    assert "11 tagged numbers, 7 in prose" in out
    (line,) = [line for line in out.splitlines() if line.startswith("value and scale")]
    assert line.split()[3:] == ["7/7", "100.0", "%", "7/7", "100.0", "%", "4/4", "100.0", "%"]


def test_json_holds_counts_and_misses(capsys):
    assert main([str(FOLDER), "--json", "--misses", "1"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["groups"]["prose"]["value"] == [7, 7]
    assert found["misses"]["metric"][0]["tagged"].startswith("xmpl:NumberOfCustomers")


def test_a_folder_without_filings_is_no_result(tmp_path, capsys):
    assert main([str(tmp_path)]) == 2
    assert "no filing to compare" in capsys.readouterr().err
