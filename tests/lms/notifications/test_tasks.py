"""The sweep: what is sent, what it says, and what happens when something goes wrong."""

import logging
import re
import smtplib
import socket
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from io import StringIO
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.management import CommandError, call_command
from django.utils import formats, timezone, translation

from lms.core.letters import Mail
from lms.notifications import selectors
from lms.notifications.models import Message
from lms.notifications.rules import MAX_ATTEMPTS
from lms.notifications.tasks import send_due, sweep
from tests.factories.accounts import CompanyFactory, MembershipFactory, UserFactory
from tests.factories.notifications import MessageFactory, registered

pytestmark = pytest.mark.django_db


def states() -> list[str]:
    return list(Message.objects.order_by("pk").values_list("state", flat=True))


def test_sends_what_is_due_once_and_nothing_else() -> None:
    due = MessageFactory()
    later = MessageFactory(next_try=timezone.now() + timedelta(hours=1))
    send_due()
    send_due()
    assert [one.to for one in mail.outbox] == [[due.recipient.email]]
    assert states() == ["sent", "owed"]
    due.refresh_from_db()
    assert due.finished_at
    assert due.handed_over_at
    assert due.attempts == 1
    assert later.attempts == 0


def test_the_mail_says_the_same_in_text_and_html_and_can_be_read_back() -> None:
    def compose(message: Message) -> Mail:
        return Mail(
            subject="<b>Due</b>\r\nBcc: evil@example.org",
            paragraphs=["First & <script>alert(1)</script>", "Second — with ÆØÅ"],
            button=("Open it", "/me/"),
            preheader="A line before",
        )

    with registered(compose):
        message = MessageFactory(recipient__full_name="Kåre Ås")
        send_due()
    read = message_from_bytes(mail.outbox[0].message().as_bytes(), policy=policy.default)
    assert read["Subject"] == "<b>Due</b> Bcc: evil@example.org"
    assert read["Bcc"] is None
    assert read["Message-ID"] == message.message_id
    assert read["Auto-Submitted"] == "auto-generated"
    text, html = read.get_body(("plain",)).get_content(), read.get_body(("html",)).get_content()
    for part in ("Hello Kåre,", "Second — with ÆØÅ", "Open it", "http://localhost:8000/me/"):
        assert part in text
        assert part in html
    assert "First & <script>" in text
    assert "<script>" not in html
    assert "First &amp; &lt;script&gt;" in html
    assert re.search(r"<style>\s*body \{", html), "mail programs drop linked style sheets"


def test_language_and_times_are_the_recipients() -> None:
    seen = {}

    def compose(message: Message) -> Mail:
        now = timezone.localtime(datetime(2026, 7, 1, 12, tzinfo=UTC))
        seen[message.recipient.full_name] = (translation.get_language(), formats.date_format(now, "H:i"))
        return Mail(subject="x")

    with registered(compose):
        MessageFactory(recipient__full_name="oslo", recipient__language="nb")
        MessageFactory(recipient__full_name="chicago", recipient__time_zone="America/Chicago")
        MessageFactory(recipient__full_name="nowhere", recipient__time_zone="../etc/passwd")
        send_due()
    assert seen == {"oslo": ("nb", "14:00"), "chicago": ("en", "07:00"), "nowhere": ("en", "14:00")}
    assert 'lang="nb"' in str(mail.outbox[0].alternatives[0][0])


def test_what_no_longer_applies_is_cancelled_and_so_is_mail_to_a_closed_account() -> None:
    with registered(lambda message: None):
        MessageFactory()
        send_due()
    MessageFactory(recipient__is_active=False)
    send_due()
    assert states() == ["cancelled", "cancelled"]
    assert not mail.outbox


def test_one_bad_message_never_stops_the_rest_and_is_never_hidden(caplog: pytest.LogCaptureFixture) -> None:
    def compose(message: Message) -> Mail:
        if message.subject == "bad":
            raise KeyError("gone")
        return Mail(subject="fine")

    with registered(compose):
        MessageFactory(subject="a")
        bad = MessageFactory(subject="bad")
        MessageFactory(subject="b")
        MessageFactory(kind="nobody.knows")
        with caplog.at_level(logging.ERROR), pytest.raises(RuntimeError, match=f"not sent: messages .{bad.pk}, "):
            send_due()
    assert states() == ["sent", "owed", "sent", "owed"]
    bad.refresh_from_db()
    assert (bad.attempts, bad.error) == (1, "KeyError: 'gone'")
    assert bad.next_try > timezone.now()
    assert f"message={bad.pk}" in caplog.text


def test_a_subject_that_is_nonsense_fails_alone() -> None:
    MessageFactory(kind="accounts.asked_to_join", subject="membership:nonsense")
    MessageFactory()
    with pytest.raises(RuntimeError):
        send_due()
    assert states() == ["owed", "sent"]


# --- Mail servers ----------------------------------------------------------------------------------------------------


class Scripted(BaseEmailBackend):
    """A mail server that answers what the test wrote down, one answer a mail."""

    answers: list[Any] = []
    taken: list[str] = []

    def send_messages(self, messages: Any) -> int:
        answer = self.answers.pop(0) if self.answers else 1
        if isinstance(answer, BaseException):
            raise answer
        self.taken.extend(one.extra_headers["Message-ID"] for one in messages if answer)
        return int(answer)


@pytest.fixture
def server(settings: Any) -> type[Scripted]:
    settings.EMAIL_BACKEND = f"{__name__}.Scripted"
    Scripted.answers, Scripted.taken = [], []
    return Scripted


REFUSALS = [
    smtplib.SMTPRecipientsRefused({"a@b.no": (550, b"no such user")}),
    smtplib.SMTPSenderRefused(451, b"later", "us@example.org"),
    smtplib.SMTPDataError(452, b"full"),
    0,
]
SILENCES = [
    smtplib.SMTPServerDisconnected("gone"),
    TimeoutError("timed out"),
    ConnectionResetError("reset"),
    OSError("disk"),
]


@pytest.mark.parametrize("answer", REFUSALS, ids=repr)
def test_what_the_server_refused_is_tried_again_later(server: type[Scripted], answer: Any) -> None:
    message = MessageFactory()
    server.answers = [answer]
    with pytest.raises(RuntimeError):
        send_due()
    message.refresh_from_db()
    assert (message.state, message.attempts, message.handed_over_at) == ("owed", 1, None)
    Message.objects.update(next_try=timezone.now())
    send_due()
    assert server.taken == [message.message_id]
    assert states() == ["sent"]


@pytest.mark.parametrize("answer", SILENCES, ids=repr)
def test_what_the_server_never_answered_is_unknown_and_never_sent_again_by_itself(
    server: type[Scripted], answer: Exception
) -> None:
    MessageFactory()
    server.answers = [answer]
    with pytest.raises(RuntimeError):
        send_due()
    Message.objects.update(next_try=timezone.now())
    send_due()
    assert states() == ["unknown"]
    assert server.taken == []
    assert selectors.messages_needing_a_person().count() == 1


def test_a_message_that_is_always_refused_is_given_up(server: type[Scripted]) -> None:
    message = MessageFactory()
    for _ in range(MAX_ATTEMPTS):
        server.answers = [REFUSALS[0]]
        with pytest.raises(RuntimeError):
            send_due()
        Message.objects.update(next_try=timezone.now())
    send_due()
    message.refresh_from_db()
    assert (message.state, message.attempts) == ("failed", MAX_ATTEMPTS)
    assert "no such user" in message.error


def test_a_server_that_cannot_be_reached_costs_no_attempt(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "localhost", 1
    message = MessageFactory()
    with pytest.raises(ConnectionRefusedError):
        send_due()
    message.refresh_from_db()
    assert (message.state, message.attempts) == ("owed", 0)


class Box:
    """Keeps what a real SMTP session brings; refuses whom it does not know."""

    def __init__(self) -> None:
        self.got: list[Any] = []

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if address.startswith("unknown"):
            return "550 no such user here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.got.append((envelope.rcpt_tos, message_from_bytes(envelope.content, policy=policy.default)))
        return "250 taken"


def test_a_real_smtp_session(settings: Any) -> None:
    box = Box()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        first = MessageFactory(recipient__email="kari@example.org")
        MessageFactory(recipient__email="unknown@example.org")
        last = MessageFactory(recipient__email="ola@example.org")
        with pytest.raises(RuntimeError):
            send_due()
    finally:
        controller.stop()
    assert [to for to, _mail in box.got] == [["kari@example.org"], ["ola@example.org"]]
    assert [read["Message-ID"] for _to, read in box.got] == [first.message_id, last.message_id]
    assert box.got[0][1].get_content_type() == "multipart/alternative"
    assert states() == ["sent", "owed", "sent"]


# --- Requests to join ------------------------------------------------------------------------------------------------


def test_every_administrator_is_told_once_of_who_asks() -> None:
    company = CompanyFactory(name="Sensors AS")
    admins = [MembershipFactory(company=company, admin=True) for _ in range(2)]
    MembershipFactory(company=company)
    MembershipFactory(company=company, admin=True, user__is_active=False)
    MembershipFactory(company=company, state="asked", user__full_name="Ask Askesen")
    MembershipFactory(admin=True)
    send_due()
    send_due()
    assert {one.to[0] for one in mail.outbox} == {one.user.email for one in admins}
    assert len(mail.outbox) == 2
    assert mail.outbox[0].subject == "Ask Askesen wants to join Sensors AS"
    assert "http://localhost:8000/company/" in mail.outbox[0].body


def test_nobody_is_told_of_a_request_that_was_answered_meanwhile(server: type[Scripted]) -> None:
    admin = MembershipFactory(admin=True)
    ask = MembershipFactory(company=admin.company, state="asked")
    server.answers = [REFUSALS[1]]
    with pytest.raises(RuntimeError):
        send_due()
    ask.state = "active"
    ask.save()
    Message.objects.update(next_try=timezone.now())
    send_due()
    assert states() == ["cancelled"]


@pytest.mark.parametrize("asks", [3, 30])
def test_a_sweep_with_nothing_new_asks_the_same_of_the_database(django_assert_num_queries: Any, asks: int) -> None:
    admin = MembershipFactory(admin=True)
    MembershipFactory.create_batch(asks, company=admin.company, state="asked", user__address=False)
    send_due()
    with django_assert_num_queries(5):
        sweep()


# --- The command -----------------------------------------------------------------------------------------------------


def test_the_command_sums_up_and_fails_when_something_failed() -> None:
    MessageFactory()
    out = StringIO()
    call_command("send_due", stdout=out)
    assert out.getvalue() == "1 sent, 0 no longer applied, 0 could not be sent.\n"
    MessageFactory(kind="nobody.knows")
    with pytest.raises(CommandError, match="0 sent, 0 no longer applied, 1 could not be sent"):
        call_command("send_due")


def test_a_person_who_is_erased_takes_their_messages_along() -> None:
    person = UserFactory()
    MessageFactory(recipient=person)
    person.delete()
    assert not Message.objects.exists()
