"""Files and library entries as editors put them in: by the form, several at once, and in a chooser."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.test import Client, RequestFactory
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.models import Collection, ReferenceIndex, UploadedFile

from cms.models import Document
from tests.factories.accounts import ClusterFactory, UserFactory
from tests.factories.cms import DocumentFactory, TopicFactory, masterclass
from tests.factories.media import mp3, mp4, pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    return client


def upload(name: str = "talk.mp3", content: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or mp3(30))


def fields(**given: Any) -> dict[str, Any]:
    plain = {
        "title": "An entry",
        "kind": "file",
        "language": "en",
        "audience": "pages",
        "collection": Collection.get_first_root_node().pk,
    }
    return {**plain, **given}


def add(editor: Client, **given: Any) -> dict[str, Any]:
    """Send the form; what is said at which field, empty when it was taken."""
    response = editor.post(reverse("wagtaildocs:add"), fields(**given))
    return dict(response.context["form"].errors) if response.status_code == 200 else {}


def test_what_a_file_says_is_kept_with_it(editor: Client):
    assert add(editor, file=upload()) == {}
    document = Document.objects.get()
    assert (document.media_type, document.duration, document.pages) == ("audio/mpeg", 30, None)
    assert document.file_size == len(mp3(30))


def test_a_file_without_a_title_is_called_by_its_name(editor: Client):
    assert add(editor, file=upload("Calm pays.mp3"), title="") == {}
    assert Document.objects.get().title == "Calm pays"


def test_a_library_entry_with_a_file_and_all_it_says(editor: Client):
    topic, cluster = TopicFactory(), ClusterFactory()
    given = {"kind": "report", "publisher": "Demo Institute", "year": "2022", "level": "2", "topics": [topic.pk]}
    assert add(editor, file=upload("r.pdf", pdf(3)), audience="clusters", clusters=[cluster.pk], **given) == {}
    document = Document.objects.get()
    assert (document.media_type, document.pages, document.year) == ("application/pdf", 3, 2022)
    assert (list(document.topics.all()), list(document.clusters.all())) == ([topic], [cluster])


def test_a_library_entry_may_be_a_link_and_its_editor_opens(editor: Client):
    assert add(editor, kind="law", audience="everyone", link="https://publisher.example/law.pdf") == {}
    document = Document.objects.get()
    assert (document.url, document.filename) == ("https://publisher.example/law.pdf", "publisher.example")
    assert document.file_extension == ""
    for address in (
        reverse("wagtaildocs:edit", args=[document.pk]),
        reverse("wagtaildocs:index"),
        reverse("wagtaildocs_chooser:choose"),
        reverse("wagtaildocs_chooser:chosen", args=[document.pk]),
        reverse("wagtaildocs:document_usage", args=[document.pk]),
        reverse("wagtaildocs:delete", args=[document.pk]),
    ):
        response = editor.get(address)
        assert response.status_code == 200
        assert b"could not be found" not in response.content


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        ({}, "file", "Choose the file."),
        ({"kind": "report", "audience": "everyone"}, "file", "or give the link"),
        ({"link": "https://a.example/"}, "file", "Only an entry of the library"),
        ({"link": "https://a.example/", "file": True}, "link", "has a file"),
        ({"link": "ftp://a.example/", "kind": "law", "audience": "members"}, "link", "https://"),
        ({"link": "javascript:alert(1)", "kind": "law", "audience": "members"}, "link", "valid URL"),
        ({"file": True, "kind": "report"}, "audience", "Say who may have it"),
        ({"file": True, "audience": "clusters"}, "clusters", "at least one cluster"),
        ({"title": "", "link": "https://a.example/", "kind": "law", "audience": "members"}, "title", "Write a title"),
        ({"file": True, "year": "1066"}, "year", "between 1800 and"),
        ({"file": True, "kind": "masterclass"}, "kind", "not one of the available choices"),
    ],
)
def test_what_does_not_fit_together_is_refused_at_the_field(
    editor: Client, given: dict[str, Any], field: str, words: str
):
    if given.get("file"):
        given = {**given, "file": upload()}
    errors = add(editor, **given)
    assert list(errors) == [field]
    assert words in errors[field][0]
    assert not Document.objects.exists()


BAD = [
    ("talk.mp3", b"ID3" + b"\0" * 900, "cannot be played"),
    ("film.mp3", mp4(30), "something else"),
    ("talk.mp3", b"", "empty"),
    (
        "drawing.svg",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        "“.svg” cannot be used",
    ),
    ("drawing.pdf", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "something else"),
]


@pytest.mark.parametrize(("name", "content", "words"), BAD)
def test_a_bad_file_is_refused_and_what_was_typed_is_kept(editor: Client, name: str, content: bytes, words: str):
    file = SimpleUploadedFile(name, content)
    response = editor.post(reverse("wagtaildocs:add"), fields(file=file, summary="Typed with care", kind="report"))
    assert words in response.context["form"].errors["file"][0]
    assert "Typed with care" in response.content.decode()
    assert not Document.objects.exists()


@pytest.mark.parametrize(("name", "content", "words"), BAD)
def test_the_upload_of_several_and_the_chooser_refuse_the_same(editor: Client, name: str, content: bytes, words: str):
    several = editor.post(reverse("wagtaildocs:add_multiple"), {"files[]": SimpleUploadedFile(name, content)}).json()
    assert several["success"] is False
    assert words in several["error_message"]
    prefix = "document-chooser-upload"
    given = {f"{prefix}-{key}": value for key, value in fields(file=SimpleUploadedFile(name, content)).items()}
    answer = editor.post(reverse("wagtaildocs_chooser:create"), given).json()
    assert answer["step"] == "reshow_creation_form"
    assert words in answer["htmlFragment"]
    assert not Document.objects.exists()
    assert not UploadedFile.objects.exists()


def test_several_at_once_are_files_for_pages_at_once(editor: Client):
    collection = Collection.get_first_root_node().pk
    answer = editor.post(reverse("wagtaildocs:add_multiple"), {"files[]": upload(), "collection": collection}).json()
    assert answer["success"]
    document = Document.objects.get()
    assert (document.kind, document.audience, document.duration) == ("file", "pages", 30)

    address, prefix = reverse("wagtaildocs:edit_multiple", args=[document.pk]), f"doc-{document.pk}"
    given = {f"{prefix}-{key}": value for key, value in fields(title="New title", kind="report").items()}
    assert "Say who may have it" in editor.post(address, given).json()["form"]
    assert editor.post(address, {**given, f"{prefix}-audience": "members"}).json()["success"]
    document.refresh_from_db()
    assert (document.title, document.kind, document.duration) == ("New title", "report", 30)


def test_one_of_several_whose_title_must_be_mended_is_read_when_it_is(editor: Client):
    """Wagtail then keeps the file aside, and makes the document of a form without it."""
    given = {"files[]": upload(), "title": "x" * 300, "collection": Collection.get_first_root_node().pk}
    answer = editor.post(reverse("wagtaildocs:add_multiple"), given).json()
    kept = UploadedFile.objects.get()
    assert not Document.objects.exists()
    prefix = f"uploaded-document-{kept.pk}"
    mended = {f"{prefix}-{key}": value for key, value in fields(title="Short").items()}
    address = reverse("wagtaildocs:create_multiple_from_uploaded_document", args=[answer["uploaded_file_id"]])
    assert editor.post(address, mended).json()["success"]
    document = Document.objects.get()
    assert (document.media_type, document.duration, document.file_size) == ("audio/mpeg", 30, len(mp3(30)))


def test_a_new_file_is_read_anew(editor: Client):
    add(editor, file=upload())
    document = Document.objects.get()
    address = reverse("wagtaildocs:edit", args=[document.pk])
    assert editor.post(address, fields(file=upload("r.pdf", pdf(4)))).status_code == 302
    document.refresh_from_db()
    assert (document.media_type, document.duration, document.pages) == ("application/pdf", None, 4)
    assert editor.post(address, fields(title="Only the title")).status_code == 302
    document.refresh_from_db()
    assert (document.title, document.pages) == ("Only the title", 4)


def test_a_file_that_pages_play_is_not_replaced_by_another_kind(editor: Client):
    page = masterclass()
    ReferenceIndex.create_or_update_for_object(page)
    address = reverse("wagtaildocs:edit", args=[page.audio.pk])
    refused = editor.post(address, fields(file=upload("r.pdf", pdf())))
    assert "Pages play this file" in refused.context["form"].errors["file"][0]
    assert editor.post(address, fields(file=upload("longer.mp3", mp3(45)))).status_code == 302
    page.audio.refresh_from_db()
    assert page.audio.duration == 45


def test_a_link_does_not_become_a_file_for_pages(editor: Client):
    entry = DocumentFactory()
    refused = editor.post(reverse("wagtaildocs:edit", args=[entry.pk]), fields(link=entry.link))
    assert "Only an entry of the library" in refused.context["form"].errors["file"][0]


def titles(names: list[str]) -> list[str]:
    """The names, as many in one title as fit."""
    found: list[str] = []
    for name in names:
        if found and len(found[-1]) + len(name) < 255:
            found[-1] += f" {name}"
        else:
            found.append(name)
    return found


def test_hostile_names_make_a_harmless_title(editor: Client, inputs: Path):
    collection = Collection.get_first_root_node().pk
    for title in titles(json.loads((inputs / "hostile" / "blns.json").read_text())[::7]):
        file = ContentFile(mp3(2), "talk.mp3")
        given = {"files[]": file, "title": title, "collection": collection}
        response = editor.post(reverse("wagtaildocs:add_multiple"), given)
        assert response.status_code == 200
        assert "<script>alert" not in response.json()["form"]


def test_what_is_large_goes_to_disk_not_to_memory():
    sent = RequestFactory().post("/", {"file": SimpleUploadedFile("a.mp3", b"\0" * 3_000_000)})
    assert isinstance(sent.FILES["file"], TemporaryUploadedFile)


def picture(editor: Client, path: Path) -> str:
    with path.open("rb") as file:
        response = editor.post(reverse("wagtailimages:add"), fields(file=file))
    assert not get_image_model().objects.exists()
    sentence: str = response.context["form"].errors["file"][0]
    return sentence


def test_a_picture_made_to_fill_memory_is_refused_in_words(editor: Client, inputs: Path):
    assert "has too many pixels; 64 million fit" in picture(editor, inputs / "hostile/pixel-flood-30000x30000.png")


@pytest.mark.parametrize("name", ["svg0.svg", "svg1.svg", "svg2.svg", "svg3.svg", "svg4.svg", "svg5.svg", "svg6.svg"])
def test_drawings_are_no_pictures(editor: Client, inputs: Path, name: str):
    sentence = picture(editor, inputs / "hostile" / name)
    assert "Save it" in sentence
    assert "PNG" in sentence


def test_a_drawing_named_as_a_picture_is_refused(editor: Client, tmp_path: Path):
    path = tmp_path / "a.png"
    path.write_bytes(b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")
    assert "is named “.png”, but it is svg" in picture(editor, path)
