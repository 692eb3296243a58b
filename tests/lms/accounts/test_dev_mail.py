"""Mail on this machine: there while developing with mail in files, nowhere else."""

from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives
from django.test import Client

pytestmark = pytest.mark.django_db
FILES = "django.core.mail.backends.filebased.EmailBackend"


@pytest.fixture
def in_files(settings: Any, tmp_path: Path) -> Any:
    settings.DEBUG, settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = True, FILES, str(tmp_path / "mail")
    return settings


def send(subject: str, **rest: Any) -> None:
    mail = EmailMultiAlternatives(subject, f"Text of {subject}: æøå <b>", to=["kari@example.org"], **rest)
    mail.attach_alternative("<p>html</p>", "text/html")
    mail.send()


def test_shows_the_newest_twenty_newest_first(client: Client, in_files: Any) -> None:
    for number in range(25):
        send(f"mail {number:02}", headers={"Date": f"Mon, 05 Jan 2026 12:00:{number:02} -0000"})
    page = client.get("/dev/mail/").text
    shown = [line for line in page.splitlines() if "<h2>mail" in line]
    assert [line.strip() for line in shown] == [f"<h2>mail {number:02}</h2>" for number in range(24, 4, -1)]
    assert "Text of mail 24: æøå &lt;b&gt;" in page
    assert "To kari@example.org" in page


def test_several_mails_of_one_session_are_told_apart(client: Client, in_files: Any) -> None:
    from django.core.mail import get_connection

    mails = [EmailMultiAlternatives(f"mail {n}", "x", to=["kari@example.org"]) for n in range(3)]
    get_connection().send_messages(mails)
    page = client.get("/dev/mail/").text
    assert [page.index(f"mail {n}") for n in (2, 1, 0)] == sorted(page.index(f"mail {n}") for n in range(3))


def test_is_empty_before_the_first_mail_and_bears_nonsense(client: Client, in_files: Any) -> None:
    assert "No mail yet" in client.get("/dev/mail/").text
    folder = Path(in_files.EMAIL_FILE_PATH)
    folder.mkdir()
    (folder / "nonsense.log").write_bytes(b"\xff\xfe\x00 no mail at all")
    assert client.get("/dev/mail/").status_code == 200


@pytest.mark.parametrize(
    ("debug", "backend"), [(False, FILES), (True, "django.core.mail.backends.smtp.EmailBackend"), (False, "x.y")]
)
def test_is_nowhere_else(client: Client, in_files: Any, debug: bool, backend: str) -> None:
    in_files.DEBUG, in_files.EMAIL_BACKEND = debug, backend
    assert client.get("/dev/mail/").status_code == 404


@pytest.mark.parametrize("debug", [True, False])
def test_the_page_for_the_code_leads_there_only_while_developing(client: Client, in_files: Any, debug: bool) -> None:
    in_files.DEBUG = debug
    page = client.post("/accounts/password/reset/", {"email": "kari@example.org"}, follow=True)
    assert ("/dev/mail/" in page.text) == debug
