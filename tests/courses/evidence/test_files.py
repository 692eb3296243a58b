"""Files that learners send: taken or refused by name and content, and kept where nobody finds them."""

import json
import stat
from pathlib import Path
from typing import Any

import pytest

from courses.evidence import files
from courses.evidence.forms import SendForm
from tests.factories.course_files import MP4, png
from tests.factories.evidence import GOOD, TEXT, docx, upload


@pytest.mark.parametrize("name", GOOD)
def test_what_may_be_sent_is_taken(name: str):
    file = upload(name, GOOD[name]())
    assert files.problem(file) == ""
    assert file.tell() == 0


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("proof.exe", b"MZ", "PDF, Word"),
        ("proof", b"text", "PDF, Word"),
        (".pdf", b"%PDF-1.7", "PDF, Word"),
        ("proof.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "PDF, Word"),
        ("page.html", b"<script>alert(1)</script>", "PDF, Word"),
        ("film.mp4", MP4, "PDF, Word"),
        ("proof.zip", docx(), "PDF, Word"),
        ("proof.txt", b"", "0 bytes"),
        ("proof.png", b"", "0 bytes"),
        ("proof.pdf", b"", "0 bytes"),
        ("proof.pdf", b"<html>", "something else"),
        ("proof.pdf", b"%PDF-1.7\n%%EOF\n", "cannot be opened"),
        ("proof.png", b"GIF89a", "something else"),
        ("proof.jpg", png(), "something else"),
        ("proof.webp", b"RIFF\x00\x00\x00\x00AVI LIST", "something else"),
        ("proof.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "broken"),
        ("proof.txt", b"text\0text", "something else"),
        ("proof.txt", b"\xff\xfe\x00", "something else"),
        ("proof.docx", b"PK\x03\x04" + b"\0" * 40, "no Word document"),
    ],
)
def test_what_may_not_is_refused_with_a_remedy(name: str, content: bytes, told: str):
    assert told in files.problem(upload(name, content))


def test_ten_megabytes_and_not_a_byte_more():
    assert files.problem(upload("a.txt", b"a" * files.MAX_BYTES)) == ""
    assert "10.0" in files.problem(upload("a.txt", b"a" * (files.MAX_BYTES + 1)))


def test_hostile_files_are_refused_and_never_opened(inputs: Path):
    folder = inputs / "hostile"
    assert "too large" in files.problem(upload("photo.png", (folder / "pixel-flood-30000x30000.png").read_bytes()))
    for name in ("bomb-1GiB-zeros.zip", "nested-10.zip", "names.zip"):
        assert "Word" in files.problem(upload("proof.docx", (folder / name).read_bytes()))
        assert files.problem(upload(name, (folder / name).read_bytes()))
    for drawing in folder.glob("*.svg"):
        assert files.problem(upload(drawing.name, drawing.read_bytes()))
        assert files.problem(upload("drawing.png", drawing.read_bytes()))


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\fakepath\\proof.PDF", "proof.pdf"),
        ("rapp\u202efdp.pdf", "rappfdp.pdf"),
        ("a\r\nSet-Cookie: x=1.pdf", "aSet-Cookie: x=1.pdf"),
        ("x" * 400 + ".docx", "x" * 195 + ".docx"),
        ("\u200b.pdf", "file.pdf"),
        ("\u200b", "file"),
        ("Bevis på æøå.txt", "Bevis på æøå.txt"),
        ('"quoted"; filename=evil.exe.txt', '"quoted"; filename=evil.exe.txt'),
    ],
)
def test_a_name_is_shown_without_what_misleads(name: str, shown: str):
    assert files.shown_name(name) == shown


def test_any_hostile_string_as_a_name_becomes_one_short_line(inputs: Path):
    for name in json.loads((inputs / "hostile" / "blns.json").read_text("utf-8")):
        shown = files.shown_name(f"{name}.txt")
        assert 0 < len(shown) <= files.LONGEST_NAME
        assert shown.isprintable() or shown.splitlines() == [shown]
        assert "/" not in shown


def test_it_is_kept_outside_media_under_a_random_name_for_our_process_alone(settings: Any):
    one, other = files.keep(upload("proof.txt")), files.keep(upload("proof.txt"))
    assert one != other
    place = files.place_of(one)
    assert place is not None
    assert Path(settings.PRIVATE_ROOT) in place.parents
    assert Path(settings.MEDIA_ROOT) not in place.parents
    assert "proof" not in str(place.relative_to(settings.PRIVATE_ROOT))
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert files.same(one, other)
    files.remove(one)
    files.remove(one)
    assert files.place_of(one) is None


@pytest.mark.parametrize("path", ["", "evidence", "../landfall.sqlite3", "evidence/../../secret_key", "/etc/passwd"])
def test_no_path_leads_out_of_the_folder(path: str, settings: Any):
    secret = Path(settings.PRIVATE_ROOT).parent / "secret_key"
    secret.parent.mkdir(parents=True, exist_ok=True)
    secret.write_text("x")
    files.keep(upload())
    assert files.place_of(path) is None


def test_a_form_whose_text_is_refused_says_that_the_file_must_be_chosen_again():
    form = SendForm({"text": "x" * 5_001}, {"file": upload()})
    assert not form.is_valid()
    form.say_file_is_lost()
    assert "5000" in form.errors["text"][0] or "5,000" in form.errors["text"][0]
    assert "Choose the file again" in form.errors["file"][0]


def test_a_line_break_counts_once_and_nothing_is_trimmed():
    form = SendForm({"text": " " + "x\r\n" * 2_499 + "y"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["text"] == " " + "x\n" * 2_499 + "y"


@pytest.mark.parametrize("text", [TEXT + "\0", "\0"])
def test_a_null_character_is_refused_at_its_field(text: str):
    assert "text" in SendForm({"text": text}).errors
