"""Byte ranges as players ask for them: RFC 9110, section 14."""

import io
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import RequestFactory

from lms.core.ranges import CHUNK, chunks, range_response

BYTES = bytes(range(100))
MODIFIED = datetime(2026, 9, 1, 12, 0, 0, tzinfo=UTC)
STAMP = "Tue, 01 Sep 2026 12:00:00 GMT"


def ask(method: str = "GET", content: bytes = BYTES, **headers: str) -> Any:
    request = RequestFactory().generic(method, "/a.mp3", headers=headers)
    file = io.BytesIO(content)
    response = range_response(
        request,
        file=file,
        size=len(content),
        content_type="audio/mpeg",
        etag="abc",
        last_modified=MODIFIED,
        filename="a.mp3",
    )
    response.sent = response.getvalue() if response.streaming else response.content  # type: ignore[attr-defined]
    for close in response._resource_closers:  # what the web server does at the end
        close()
    assert file.closed, "whatever the answer, the file is closed"
    return response


def test_without_a_range_the_whole_file() -> None:
    response = ask()
    assert response.status_code == 200
    assert response.sent == BYTES
    assert response["Content-Length"] == "100"
    assert response["Accept-Ranges"] == "bytes"
    assert response["ETag"] == '"abc"'
    assert response["Last-Modified"] == STAMP
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"] == 'inline; filename="a.mp3"'
    assert "Content-Range" not in response


@pytest.mark.parametrize(
    ("asked", "start", "last"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=0-", 0, 99),
        ("bytes=10-19", 10, 19),
        ("bytes=99-99", 99, 99),
        ("bytes=90-1000", 90, 99),
        ("bytes=-1", 99, 99),
        ("bytes=-1000", 0, 99),
        ("Bytes = 5 - 6", 5, 6),
    ],
)
def test_one_range(asked: str, start: int, last: int) -> None:
    response = ask(Range=asked)
    assert response.status_code == 206
    assert response.sent == BYTES[start : last + 1]
    assert response["Content-Range"] == f"bytes {start}-{last}/100"
    assert response["Content-Length"] == str(last + 1 - start)


@pytest.mark.parametrize("asked", ["bytes=100-", "bytes=100-200", "bytes=-0", "bytes=999999999999999999-"])
def test_behind_the_end(asked: str) -> None:
    response = ask(Range=asked)
    assert response.status_code == 416
    assert response["Content-Range"] == "bytes */100"
    assert response.sent == b""


@pytest.mark.parametrize(
    "asked",
    [
        "bytes=",
        "bytes=-",
        "bytes=5-2",
        "lines=1-2",
        "bytes=a-b",
        "bytes=0-1,5-6",
        "bytes=" + "9" * 5000 + "-",
        "bytes=²-3",
    ],
)
def test_what_is_not_one_range_gets_the_whole_file(asked: str) -> None:
    response = ask(Range=asked)
    assert response.status_code == 200
    assert response.sent == BYTES


@pytest.mark.parametrize(
    ("condition", "status"),
    [
        ('"abc"', 206),
        (STAMP, 206),
        ('"old"', 200),
        ('W/"abc"', 200),
        ("Tue, 01 Sep 2026 11:59:59 GMT", 200),
        ("x", 200),
    ],
)
def test_a_range_only_of_the_file_as_it_was(condition: str, status: int) -> None:
    assert ask(Range="bytes=0-9", **{"If-Range": condition}).status_code == status


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"If-None-Match": '"abc"'}, 304),
        ({"If-None-Match": '"other"'}, 200),
        ({"If-Modified-Since": STAMP}, 304),
        ({"If-Modified-Since": "Tue, 01 Sep 2026 11:59:59 GMT"}, 200),
        ({"If-Match": '"other"'}, 412),
    ],
)
def test_what_the_browser_has_already(headers: dict[str, str], status: int) -> None:
    assert ask(**headers).status_code == status


def test_head_gets_the_headers_alone() -> None:
    response = ask("HEAD")
    assert (response.status_code, response["Content-Length"], response.sent) == (200, "100", b"")
    part = ask("HEAD", Range="bytes=10-19")
    assert (part.status_code, part["Content-Length"], part.sent) == (206, "10", b"")


def test_an_empty_file_has_no_part() -> None:
    assert ask(content=b"").sent == b""
    assert ask(content=b"", Range="bytes=0-").status_code == 416


def test_a_large_file_is_read_a_piece_at_a_time(tmp_path: Path) -> None:
    size = 500 * 1024 * 1024
    place = tmp_path / "film.mp4"
    with place.open("wb") as file:
        os.truncate(file.fileno(), size)  # no disk is used
    with place.open("rb", buffering=0) as file:
        pieces = chunks(file, 0, size)  # type: ignore[arg-type]
        assert [len(next(pieces)) for _ in range(50)] == [CHUNK] * 50
        assert file.tell() == 50 * CHUNK, "what nobody asked for yet is not read"
        assert [len(piece) for piece in chunks(file, size - CHUNK - 1, size)] == [CHUNK, 1]  # type: ignore[arg-type]


def test_a_file_cut_short_meanwhile_ends_early() -> None:
    assert b"".join(chunks(io.BytesIO(b"abc"), 1, 100)) == b"bc"
