from io import BytesIO

import pytest

from lms.core.files import MEGABYTE, is_what_it_says


@pytest.mark.parametrize(
    ("ending", "content"),
    [
        (".txt", b""),
        (".txt", b"a" * (MEGABYTE - 1) + "ø".encode() + b"b"),
        (".md", b"a" * (MEGABYTE - 3) + "😀".encode() * 2),
        (".vtt", b"\xef\xbb\xbfWEBVTT\n"),
        (".docx", b"PK\x03\x04rest"),
    ],
)
def test_content_that_fits_its_ending_also_where_a_letter_lies_across_two_parts(ending: str, content: bytes):
    file = BytesIO(content)
    assert is_what_it_says(file, ending)
    assert file.tell() == 0


@pytest.mark.parametrize(
    ("ending", "content"),
    [
        (".txt", b"a" * (MEGABYTE - 1) + b"\xc3"),
        (".txt", b"a" * (MEGABYTE - 1) + b"\xc3" + b"a"),
        (".txt", b"a" * MEGABYTE + b"\0"),
        (".vtt", b"WEBVTT\n\xff"),
        (".vtt", b"1\n00:00:01,000 --> 00:00:02,000\nSRT"),
        (".mp3", b"\x00\x00\x00\x18ftypmp42"),
        (".mp3", b"\xff"),
        (".pdf", b"<svg onload=alert(1)>"),
    ],
)
def test_content_that_does_not(ending: str, content: bytes):
    assert not is_what_it_says(BytesIO(content), ending)
