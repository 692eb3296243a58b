import hashlib
from pathlib import Path

import pytest

from courses.files import media
from tests.factories.course_files import MP3, MP4, PDF, VTT, png


def problem(folder: Path, name: str, content: bytes, kind: str) -> str:
    path = folder / name
    path.write_bytes(content)
    return media.problem(path, kind)


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.png", png(), "image"),
        ("a.mp3", MP3, "audio"),
        ("a.mp3", b"\xff\xfb\x90\x64" + b"\0" * 64, "audio"),
        ("a.m4a", MP4, "audio"),
        ("a.mp4", MP4, "video"),
        ("a.vtt", VTT, "captions"),
        ("a.vtt", b"\xef\xbb\xbf" + VTT, "captions"),
        ("a.pdf", PDF, "download"),
        ("a.csv", "ø;1\n".encode(), "download"),
        ("a.xlsx", b"PK\x03\x04rest", "download"),
    ],
)
def test_takes_what_is_what_it_says(tmp_path: Path, name: str, content: bytes, kind: str):
    assert problem(tmp_path, name, content, kind) == ""


@pytest.mark.parametrize(
    ("name", "content", "kind", "words"),
    [
        ("a.png", b"", "image", "empty"),
        ("a.png", b"GIF89a not really", "image", "broken"),
        ("a.png", png()[:40], "image", "broken"),
        ("a.jpg", png(), "image", "it is PNG"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image", "Save it as PNG"),
        ("a.mp3", b"<html>", "audio", "something else"),
        ("a.wav", b"RIFF", "audio", "ends in"),
        ("a.mp4", MP3, "video", "something else"),
        ("a.vtt", b"1\n00:00", "captions", "WebVTT"),
        ("a.pdf", b"<script>", "download", "something else"),
        ("a.txt", b"\xff\xfe\x00", "download", "something else"),
        ("a.txt", b"a\0b", "download", "something else"),
        ("a.html", b"<html>", "download", "ends in"),
        ("a.exe", b"MZ", "download", "ends in"),
    ],
)
def test_refuses_the_rest_in_words(tmp_path: Path, name: str, content: bytes, kind: str, words: str):
    assert words in problem(tmp_path, name, content, kind)


def test_refuses_too_many_bytes(tmp_path: Path):
    path = tmp_path / "a.png"
    with path.open("wb") as file:
        file.truncate(11 * media.MEGABYTE)  # sparse: nothing is written
    assert media.problem(path, "image") == "The file has 11.0 MB; 10 MB fit."


@pytest.mark.parametrize("name", ["pixel-flood-30000x30000.png", *(f"svg{n}.svg" for n in range(7)), "svg-xxe.svg"])
def test_refuses_hostile_images(inputs: Path, name: str):
    assert media.problem(inputs / "hostile" / name, "image")


def test_the_digest_is_the_one_wagtail_keeps(tmp_path: Path):
    (tmp_path / "a").write_bytes(b"content")
    assert media.digest(tmp_path / "a") == hashlib.sha1(b"content").hexdigest()
