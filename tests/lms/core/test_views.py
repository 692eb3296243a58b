"""Files from our own process: which open, which are downloads, and who may have them."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction


@pytest.fixture
def folder(settings: Any) -> Path:
    root = Path(settings.MEDIA_ROOT)
    root.mkdir(parents=True)
    return root


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a.jpg", True),
        ("a.mp3", True),
        ("a.mp4", True),
        ("a.pdf", True),
        ("a.vtt", True),
        ("a.svg", False),
        ("a.html", False),
        ("a.xml", False),
        ("a.js", False),
        ("a.txt", False),
        ("a.docx", False),
        ("unknown", False),
    ],
)
def test_only_what_carries_no_script_opens(client: Client, folder: Path, name: str, shown: bool) -> None:
    (folder / name).write_bytes(b"<svg onload=alert(1)>")
    response = client.get(f"/media/{name}")
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("inline" if shown else "attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response["Content-Security-Policy"]


def test_a_player_gets_its_range(client: Client, folder: Path) -> None:
    (folder / "images").mkdir()
    (folder / "images" / "a.mp3").write_bytes(b"0123456789")
    response = client.get("/media/images/a.mp3", headers={"Range": "bytes=2-4"})
    assert (response.status_code, response.getvalue()) == (206, b"234")


@pytest.mark.parametrize(
    "path",
    [
        "missing.jpg",
        "../secret_key",
        "..%2fsecret_key",
        "a/../../secret_key",
        "%2e%2e/secret_key",
        "/etc/passwd",
        "//etc/passwd",
        "a%00.jpg",
        "x" * 5000,
        "link",
        "folder",
        "folder/",
        "documents/private.pdf",
        "folder/../documents/private.pdf",
        "Documents/private.pdf",
        "previews/private.webp",
        "documents/../previews/private.webp",
    ],
)
def test_nothing_outside_the_folder_or_with_an_address_of_its_own(
    client: Client, folder: Path, path: str, db: None
) -> None:
    (folder.parent / "secret_key").write_text("secret")
    (folder / "link").symlink_to(folder.parent / "secret_key")
    (folder / "folder").mkdir()
    (folder / "documents").mkdir()
    (folder / "documents" / "private.pdf").write_bytes(b"%PDF")
    (folder / "previews").mkdir()
    (folder / "previews" / "private.webp").write_bytes(b"RIFF")
    assert client.get(f"/media/{path}").status_code == 404


def test_files_are_only_read(client: Client, folder: Path) -> None:
    (folder / "a.jpg").write_bytes(b"x")
    assert client.post("/media/a.jpg").status_code == 405


@pytest.fixture
def sound(folder: Path, db: None) -> Any:
    return get_document_model().objects.create(
        title="Talk", kind="document", audience="everyone", file=ContentFile(b"0123456789", "talk.mp3")
    )


def test_a_document_is_served_by_range(client: Client, sound: Any) -> None:
    whole = client.get(sound.url)
    assert (whole.status_code, whole.getvalue()) == (200, b"0123456789")
    assert whole["Accept-Ranges"] == "bytes"
    assert whole["X-Content-Type-Options"] == "nosniff"
    assert whole["Content-Security-Policy"] == "default-src 'none'"
    part = client.get(sound.url, headers={"Range": "bytes=-3", "If-Range": whole["ETag"]})
    assert (part.status_code, part.getvalue(), part["Content-Range"]) == (206, b"789", "bytes 7-9/10")
    assert client.get(sound.url, headers={"Range": "bytes=10-"}).status_code == 416
    assert client.get(sound.url, headers={"If-None-Match": whole["ETag"]}).status_code == 304
    head = client.head(sound.url)
    assert (head.status_code, head["Content-Length"]) == (200, "10")


def test_a_document_that_changed_is_sent_whole(client: Client, sound: Any) -> None:
    """If-Range names what the player began with; the rest of another file would not fit to it."""
    for condition in ('"older"', "Wed, 21 Oct 2015 07:28:00 GMT"):
        whole = client.get(sound.url, headers={"Range": "bytes=2-4", "If-Range": condition})
        assert (whole.status_code, whole.getvalue()) == (200, b"0123456789")
    stamp = client.head(sound.url)["Last-Modified"]
    part = client.get(sound.url, headers={"Range": "bytes=2-4", "If-Range": stamp})
    assert (part.status_code, part.getvalue()) == (206, b"234")


def test_the_headers_of_a_part_alone(client: Client, sound: Any) -> None:
    head = client.head(sound.url, headers={"Range": "bytes=2-4"})
    assert (head.status_code, head.content, head["Content-Length"]) == (206, b"", "3")
    assert head["Content-Range"] == "bytes 2-4/10"
    behind = client.head(sound.url, headers={"Range": "bytes=10-"})
    assert (behind.status_code, behind["Content-Range"]) == (416, "bytes */10")


def test_a_document_under_another_name_is_not_there(client: Client, sound: Any) -> None:
    assert client.get(f"/documents/{sound.pk}/other.mp3").status_code == 404
    assert client.get("/documents/999999/talk.mp3").status_code == 404


def test_a_private_document_gives_no_byte(client: Client, sound: Any) -> None:
    inner = Collection.get_first_root_node().add_child(name="inner")
    CollectionViewRestriction.objects.create(collection=inner, restriction_type="login")
    sound.collection = inner
    sound.save()
    response = client.get(sound.url, headers={"Range": "bytes=0-1"}, follow=True)
    assert response.redirect_chain[-1] == (f"/accounts/login/?next={sound.url}", 302)


def test_behind_a_proxy_the_file_is_only_named(client: Client, sound: Any, settings: Any) -> None:
    settings.SENDFILE_BACKEND, settings.X_ACCEL_PREFIX = "lms.core.accel", "/protected/"
    from wagtail.utils.sendfile import _get_sendfile

    _get_sendfile.clear()
    response = client.get(sound.url)
    _get_sendfile.clear()
    assert response["X-Accel-Redirect"] == f"/protected/{sound.file.name}"
    assert response.content == b""
    assert response["Content-Type"] == "audio/mpeg"
