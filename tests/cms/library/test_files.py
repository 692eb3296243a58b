"""What is read from files, and that what cannot be used is refused in words."""

import json
import struct
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile, File

from cms.library import files
from cms.library.files import Facts, read
from lms.core.files import MEGABYTE
from tests.factories.media import mp3, mp4, pdf


def facts(name: str, content: bytes) -> Facts:
    return read(ContentFile(content, name))


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("talk.mp3", mp3(30), Facts("audio/mpeg", 30)),
        ("TALK.MP3", b"ID3\x04\0\0\0\0\0\x0a" + b"\0" * 10 + mp3(65), Facts("audio/mpeg", 65)),
        ("talk.m4a", mp4(30, b"soun"), Facts("audio/mp4", 30)),
        ("chapters-with-pictures.m4a", mp4(30), Facts("audio/mp4", 30)),
        ("film.mp4", mp4(90), Facts("video/mp4", 90)),
        ("silent.mp4", mp4(90, b"vide"), Facts("video/mp4", 90)),
        ("only-sound.mp4", mp4(90, b"soun"), Facts("audio/mp4", 90)),
        ("report.pdf", pdf(3), Facts("application/pdf", pages=3)),
        ("list.csv", "ø;1\n".encode(), Facts()),
        ("captions.vtt", b"\xef\xbb\xbfWEBVTT\n", Facts()),
        ("table.xlsx", b"PK\x03\x04rest", Facts()),
    ],
)
def test_what_a_file_says_of_itself(name: str, content: bytes, expected: Facts):
    assert facts(name, content) == expected


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("talk.mp3", b"", "empty"),
        ("film.mp3", mp4(30), "named “.mp3”"),
        ("sound.mp4", mp3(30), "named “.mp4”"),
        ("talk.mp3", b"ID3\x04\0\0\0\0\0\0" + b"\0" * 5000, "cannot be played"),
        ("talk.mp3", mp3(30)[:26], "cannot be played"),
        ("talk.mp3", b"\xff\xfb\x90\x64" + b"noise" * 900, "cannot be played"),
        ("film.mp4", mp4(90)[:60], "cannot be played"),
        ("film.mp4", mp4(0), "cannot be played"),
        ("film.mp4", mp4(90, b"text"), "cannot be played"),
        ("week-long.mp4", mp4(700_000), "cannot be played"),
        ("locked.pdf", b"%PDF-1.7\nbroken", "cannot be opened"),
        ("page.html", b"<script>alert(1)</script>", "“.html” cannot be used"),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "“.svg” cannot be used"),
        ("drawing.pdf", b"<svg onload='alert(1)'/>", "something else"),
        ("talk.wav", b"RIFF", "“.wav” cannot be used"),
        ("noending", b"MZ", "cannot be used"),
        ("captions.vtt", b"1\n00:00:00,000 --> 00:00:01,000\nSRT\n", "first line must be WEBVTT"),
        ("notes.txt", b"a\0b", "something else"),
    ],
)
def test_what_cannot_be_used_is_refused_in_words(name: str, content: bytes, words: str):
    refused = facts(name, content)
    assert words in refused.problem
    assert refused == Facts(problem=refused.problem)


class Pretended(ContentFile):
    """A small file that says it is as large as a test needs."""

    def __init__(self, name: str, size: int) -> None:
        super().__init__(b"x", name)
        self.size = size


@pytest.mark.parametrize(
    ("name", "megabytes", "limit"), [("a.mp3", 501, "500.0"), ("a.mp4", 2001, "2.0"), ("a.pdf", 101, "100.0")]
)
def test_too_large_is_refused_before_anything_is_read(name: str, megabytes: int, limit: str):
    assert limit in read(Pretended(name, megabytes * MEGABYTE)).problem


def test_a_large_recording_never_sits_in_memory(tmp_path: Path):
    path = tmp_path / "long.mp3"
    with path.open("wb") as file:
        file.write(mp3(30))
        file.truncate(499 * MEGABYTE)  # sparse: nothing is written
    tracemalloc.start()
    with path.open("rb") as file:
        assert read(File(file, "long.mp3")).media_type == ""  # 145 hours: cannot be
        assert tracemalloc.get_traced_memory()[1] < 3 * MEGABYTE
    tracemalloc.stop()


def refused_within(path: Path, megabytes: int) -> None:
    tracemalloc.start()
    with path.open("rb") as file:
        assert "cannot be played" in read(File(file, "bomb.mp4")).problem
        assert tracemalloc.get_traced_memory()[1] < megabytes * MEGABYTE
    tracemalloc.stop()


def test_an_mp4_with_a_table_that_claims_400_mb_is_refused(tmp_path: Path):
    path, start = tmp_path / "bomb.mp4", mp4(30)
    with path.open("wb") as file:
        file.write(start[: start.index(b"hdlr") - 4] + struct.pack(">I4s", 400 * MEGABYTE, b"hdlr"))
        file.truncate(450 * MEGABYTE)
    refused_within(path, 120)


def test_an_mp4_of_tables_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Half a kilobyte is kept of each: with the twentieth part of the tables that are read, a twentieth of 120 MB."""
    assert files.MAX_READS <= 200_000
    monkeypatch.setattr(files, "MAX_READS", 10_000)
    path = tmp_path / "bomb.mp4"
    path.write_bytes(mp4(30) + struct.pack(">I4s", 8, b"free") * 12_500)
    refused_within(path, 6)


def test_every_hostile_file_is_refused_or_plain(inputs: Path):
    for path in sorted((inputs / "hostile").iterdir()):
        with path.open("rb") as file:
            found = read(File(file, path.name))
        assert found == Facts() if path.suffix in {".zip", ".txt"} else found.problem, path.name


def test_hostile_names_are_refused_or_judged_by_their_ending(inputs: Path):
    names: list[Any] = json.loads((inputs / "hostile" / "blns.json").read_text())
    for name in filter(lambda name: name and not name.endswith("/"), names):
        assert "cannot be used" in facts(f"{name}.svg", b"<svg/>").problem
        assert facts(f"{name}.mp3", mp3(2)).duration == 2
