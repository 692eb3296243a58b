"""Previews: what a PDF gives, and that a hostile one gives nothing and harms nothing. Read back by Pillow."""

import io
import time
from typing import Any

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from cms.library import previews, selectors, tasks
from cms.library.first_page import HIGH, LARGEST, WIDE
from cms.models import Document
from tests.factories.pdf import pdf


def shown(content: bytes) -> previews.Preview | None:
    return previews.first_page(io.BytesIO(content), size=len(content))


def test_the_first_page_and_how_many_there_are():
    made = shown(pdf(4))
    assert made is not None
    assert made.pages == 4
    assert len(made.picture) <= LARGEST
    picture = Image.open(io.BytesIO(made.picture))
    assert (picture.format, picture.width) == ("WEBP", WIDE)
    assert picture.convert("L").getextrema()[0] < 100, "there is writing on it"


def test_many_pages_are_one_picture():
    made = shown(pdf(10_000))
    assert made is not None
    assert made.pages == 10_000


@pytest.mark.parametrize(("width", "height"), [(14_400, 14_400), (1_000_000, 1_000_000), (200, 2_000), (5, 5)])
def test_a_page_of_any_size_is_a_picture_of_ours(width, height):
    made = shown(pdf(width=width, height=height))
    assert made is not None
    picture = Image.open(io.BytesIO(made.picture))
    assert picture.width <= WIDE + 1
    assert picture.height <= HIGH + 1


ENCRYPTED = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R /Encrypt 9 0 R >>\n%%EOF\n"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.4",
        b"not a PDF",
        b"PK\x03\x04" + b"\0" * 500,
        ENCRYPTED,
        pdf()[:300],
        pdf(0),
        pdf(width=1, height=14_000),
        pdf(width=-5, height=-5)[:-40],
        b"\0" * 100_000,
    ],
    ids=["empty", "head", "text", "zip", "encrypted", "torn", "no page", "a hair", "torn end", "zeros"],
)
def test_what_is_no_readable_pdf_gives_nothing(content):
    began = time.monotonic()
    made = shown(content)
    assert made is None or made.pages >= 1
    assert time.monotonic() - began < previews.SECONDS + 5


def test_a_zip_bomb_named_pdf_gives_nothing(inputs: Any):
    content = (inputs / "hostile" / "bomb-1GiB-zeros.zip").read_bytes()
    assert shown(content) is None


def test_a_file_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(previews, "SECONDS", 0.001)
    assert shown(pdf()) is None


# --- The sweep -------------------------------------------------------------------------------------------------------


def document(content: bytes, name: str = "report.pdf", **fields: Any) -> Document:
    given = {"title": "Report", "kind": "report", "audience": "everyone", **fields}
    return Document.objects.create(file=ContentFile(content, name), **given)


@pytest.mark.django_db
def test_the_sweep_makes_what_is_wanting_once():
    one = document(pdf(3))
    tasks.make_previews()
    one.refresh_from_db()
    assert one.pages == 3
    assert one.preview_of == one.file_hash != ""
    assert Image.open(one.preview.open()).format == "WEBP"
    assert not selectors.without_preview().exists()
    before = one.preview.name
    tasks.make_previews()
    one.refresh_from_db()
    assert one.preview.name == before


@pytest.mark.django_db
def test_a_file_that_gives_none_is_not_tried_again_and_stops_no_other():
    broken, whole = document(b"broken"), document(pdf())
    tasks.make_previews()
    broken.refresh_from_db()
    whole.refresh_from_db()
    assert not broken.preview
    assert whole.preview
    assert not selectors.without_preview().exists()


@pytest.mark.django_db
def test_a_file_that_is_gone_is_not_tried_again():
    lost = document(pdf())
    lost.file.storage.delete(lost.file.name)
    tasks.make_previews()
    assert not selectors.without_preview().exists()


@pytest.mark.django_db
def test_a_replaced_file_gets_its_own_preview_and_the_old_one_goes():
    one = document(pdf(1))
    tasks.make_previews()
    one.refresh_from_db()
    before = one.preview.name
    one.file = ContentFile(pdf(2, word="Pier"), "report.pdf")
    one._set_document_file_metadata()
    one.save()
    tasks.make_previews()
    one.refresh_from_db()
    assert one.pages == 2
    assert one.preview.name != before
    assert not one.preview.storage.exists(before)


@pytest.mark.django_db
def test_other_files_are_left_alone():
    document(b"PK", "plan.docx")
    Document.objects.create(title="Link", kind="report", audience="everyone", link="https://publisher.example/a.pdf")
    assert not selectors.without_preview().exists()


@pytest.mark.django_db
def test_a_deleted_document_takes_its_preview_with_it(django_capture_on_commit_callbacks: Any):
    one = document(pdf())
    tasks.make_previews()
    one.refresh_from_db()
    name, storage = one.preview.name, one.preview.storage
    with django_capture_on_commit_callbacks(execute=True):
        one.delete()
    assert not storage.exists(name)
