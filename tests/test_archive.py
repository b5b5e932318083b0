"""Bytes out of archives: what was packed, or a clear error; never more memory than a document may take."""

import gzip
import io
import re
import struct
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tieout.core.errors import ParseError
from tieout.ingest.archive import Kept, contents, gunzip, members

TEXT = b"Revenues 29776000000 " * 500


def packed(path, files, method=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def all_of(path, most=1 << 20):
    found, _ = members(path)
    return {each.name: bytes(Kept(path, each).read(most)) for each in found}


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
def test_what_was_packed_comes_out(tmp_path, method):
    files = {"a.json": TEXT, "b/ä.txt": b"", "c": b"\0" * 5}
    assert all_of(packed(tmp_path / "a.zip", files, method)) == files


def test_an_archive_behind_other_bytes_and_before_a_comment(tmp_path):
    path = packed(tmp_path / "a.zip", {"a": TEXT})
    with zipfile.ZipFile(path, "a") as archive:
        archive.comment = b"made on a Monday"
    path.write_bytes(b"#!/bin/sh\n" + path.read_bytes())
    assert all_of(path) == {"a": TEXT}


def test_only_members_of_wanted_names_and_how_many_others(tmp_path):
    path = packed(tmp_path / "a.zip", {"a.json": b"1", "b.txt": b"2", "c/": b"", "d.json": b"3"})
    found, others = members(path, lambda name: name.endswith(".json"))
    assert ([each.name for each in found], others) == (["a.json", "d.json"], 1)


def test_nothing_is_unpacked_to_where_a_name_points(tmp_path):
    inside = tmp_path / "deep" / "er"
    inside.mkdir(parents=True)
    path = packed(inside / "a.zip", {"../../escaped": TEXT, "/etc/escaped": TEXT})
    assert set(all_of(path)) == {"../../escaped", "/etc/escaped"}
    assert sorted(each.name for each in tmp_path.rglob("*")) == ["a.zip", "deep", "er"]


def test_more_than_a_document_may_have(tmp_path):
    path = packed(tmp_path / "a.zip", {"a": b"9" * 100_000})
    with pytest.raises(ParseError, match="longer than 99,999 bytes"):
        all_of(path, 99_999)
    assert all_of(path, 100_000)


def changed(path, name, **fields):
    """The archive with other figures in its list of members, as a hostile one has."""
    places = {
        "crc": (16, "<L"),
        "packed": (20, "<L"),
        "size": (24, "<L"),
        "method": (10, "<H"),
        "flags": (8, "<H"),
    }
    data = bytearray(path.read_bytes())
    at = data.rindex(b"PK\1\2", 0, data.rindex(name.encode()))
    for field, value in fields.items():
        place, form = places[field]
        struct.pack_into(form, data, at + place, value)
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"crc": 1}, "its bytes are not those that were packed"),
        ({"size": len(TEXT) - 1}, "Decompression failed"),
        ({"size": len(TEXT) + 1}, "its bytes are not those that were packed"),
        ({"packed": 9}, "Decompression failed"),
        ({"method": 14}, "another method than deflate"),
        ({"flags": 1}, "encrypted"),
    ],
)
def test_a_member_that_is_not_as_the_list_says(tmp_path, fields, says):
    path = changed(packed(tmp_path / "a.zip", {"a.json": TEXT}), "a.json", **fields)
    with pytest.raises(ParseError, match=f"a.json: .*{says}"):
        all_of(path)


def test_a_bomb_that_claims_more_than_can_be_packed(tmp_path):
    path = changed(packed(tmp_path / "a.zip", {"a.json": TEXT}), "a.json", size=1 << 30)
    with pytest.raises(ParseError, match="zip bomb"):
        members(path)


def test_a_bomb_of_members_that_share_their_bytes(tmp_path):
    path = packed(tmp_path / "a.zip", {"a": TEXT, "b": TEXT})
    data = bytearray(path.read_bytes())
    size = path.stat().st_size
    for listed in re.finditer(re.escape(b"PK\1\2"), bytes(data)):
        struct.pack_into("<L", data, listed.start() + 20, size * 2 // 3)
    path.write_bytes(data)
    with pytest.raises(ParseError, match="zip bomb"):
        members(path)


def test_a_list_of_members_longer_than_any(tmp_path):
    path = packed(tmp_path / "a.zip", {"a": TEXT})
    data = bytearray(path.read_bytes())
    struct.pack_into("<L", data, data.rindex(b"PK\5\6") + 12, 1 << 31)
    path.write_bytes(data)
    with pytest.raises(ParseError, match="list of files is longer"):
        members(path)


@pytest.mark.parametrize("data", [b"", b"PK", b"<html>", b"\0" * 1000, b"PK\5\6" + b"\xff" * 18])
def test_what_is_no_archive(tmp_path, data):
    (tmp_path / "a.zip").write_bytes(data)
    with pytest.raises(ParseError, match=r"a\.zip"):
        members(tmp_path / "a.zip")


def test_a_file_that_lost_its_name_is_a_file(tmp_path):
    path = packed(tmp_path / "a.zip", {"a": TEXT})
    data = bytearray(path.read_bytes())
    struct.pack_into("<HH", data, data.rindex(b"PK\1\2") + 28, 0, 1)
    path.write_bytes(data)
    assert [each.name for each in members(path)[0]] == [""]


def test_what_is_not_there(tmp_path):
    for ask in (members, lambda path: Kept(path).read()):
        with pytest.raises(ParseError, match="cannot be read: No such file"):
            ask(tmp_path / "none.zip")


@given(st.data())
def test_an_archive_cut_or_changed_anywhere_gives_its_bytes_or_an_error(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("zips") / "a.zip"
    whole = bytearray(packed(path, {"a": TEXT, "b": b"xyz"}).read_bytes())
    for place in data.draw(st.lists(st.integers(0, len(whole) - 1), max_size=3)):
        whole[place] = data.draw(st.integers(0, 255))
    path.write_bytes(whole[: data.draw(st.sampled_from([len(whole), len(whole) // 2, len(whole) - 3]))])
    try:
        found, _ = members(path)
    except ParseError:
        return
    for each in found:
        try:
            read = bytes(Kept(path, each).read())
        except ParseError:
            continue
        assert zlib.crc32(read) == each.crc
        assert len(read) == each.size


def test_gzip_in_one_part_and_in_several_and_padded(tmp_path):
    path = tmp_path / "a.json.gz"
    path.write_bytes(gzip.compress(TEXT) + gzip.compress(b"more") + b"\0" * 100)
    assert contents(path) == TEXT + b"more"
    path.write_bytes(TEXT)
    assert contents(path) == TEXT


def test_a_bomb_of_gzip_stops_where_a_document_ends():
    bomb = io.BytesIO()
    with gzip.GzipFile(fileobj=bomb, mode="wb") as file:
        for _ in range(64):
            file.write(b"9" * (1 << 20))
    with pytest.raises(ParseError, match="longer than 1,048,576 bytes"):
        gunzip(bomb.getvalue(), "a.gz", 1 << 20)


@pytest.mark.parametrize("damage", [lambda data: data[:-9], lambda data: data[:40] + b"x" + data[41:]])
def test_gzip_cut_off_or_changed(damage):
    with pytest.raises(ParseError, match=r"a\.gz"):
        gunzip(damage(gzip.compress(TEXT)), "a.gz")


def test_a_plain_file_longer_than_a_document_may_be(tmp_path):
    (tmp_path / "a.json").write_bytes(b"9" * 1001)
    with pytest.raises(ParseError, match="longer than 1,000 bytes"):
        contents(tmp_path / "a.json", 1000)
