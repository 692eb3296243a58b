"""The mails of invitations: sent once, by one sender, with a link that works, and given up in the open."""

import smtplib
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.utils import timezone
from django.utils.module_loading import import_string

from lms.accounts import actions, selectors
from lms.accounts.importing.actions import mailing
from lms.accounts.importing.actions.inviting import invitations
from lms.accounts.models import Invitation, Membership
from lms.accounts.rules import MAIL_ATTEMPTS, MAIL_LEASE, MembershipRole
from lms.accounts.tasks import send_invitations
from lms.core.tokens import digest
from lms.schedules import JOBS
from tests.factories.accounts import MembershipFactory
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)
START = datetime(2026, 3, 2, 12, tzinfo=UTC)


class Refusing(EmailBackend):
    """A mail server that refuses addresses of one domain."""

    def send_messages(self, messages: Any) -> int:
        if any(to.endswith("@refused.example") for message in messages for to in message.to):
            raise smtplib.SMTPRecipientsRefused({})
        return super().send_messages(messages)


class Unreachable(EmailBackend):
    def open(self) -> bool:
        raise ConnectionRefusedError


def owe(*emails: str, by: Membership | None = None) -> list[Invitation]:
    admin = by or MembershipFactory(admin=True)
    people = [(admin.company, email, MembershipRole.MEMBER) for email in emails]
    return invitations(people, by=admin.user, now=timezone.now())


def token(index: int = -1) -> str:
    body = str(mail.outbox[index].body)
    return next(line for line in body.splitlines() if "/invitations/" in line).strip().split("/")[-2]


def test_the_job_is_declared() -> None:
    assert import_string(JOBS["mail invitations"]["func"]) is send_invitations


def test_what_is_owed_is_mailed_once_with_a_link_that_works(client: Client) -> None:
    made = owe("a@x.no", "b@x.no")
    send_invitations()
    send_invitations()
    assert sorted(one.to[0] for one in mail.outbox) == ["a@x.no", "b@x.no"]
    found = selectors.invitation_for(token(0))
    assert found in made
    assert found.mail == "sent"
    assert client.get(f"/invitations/{token(0)}/").status_code == 200
    assert not Invitation.objects.filter(token_digest=token(0)).exists(), "the token itself is kept nowhere"


@pytest.mark.parametrize("change", [{"withdrawn_at": START}, {"accepted_at": START}, {"expires_at": START}])
def test_what_nobody_can_use_is_not_mailed(change: dict[str, Any]) -> None:
    owe("a@x.no")
    Invitation.objects.update(**change)
    send_invitations()
    assert mail.outbox == []


def test_the_mail_is_in_the_language_of_who_invited() -> None:
    admin = MembershipFactory(admin=True, company__name="Sensors AS")
    invitations([(admin.company, "a@x.no", MembershipRole.ADMIN)], by=None, now=timezone.now())
    send_invitations()
    assert mail.outbox[0].subject == "Sensors AS is on Landfall: your invitation"
    assert "None" not in str(mail.outbox[0].body)


def test_a_changed_secret_mails_no_dead_link(settings: Any) -> None:
    owe("a@x.no")
    before = Invitation.objects.get().token_digest
    settings.SECRET_KEY = "another-secret-from-now-on"
    send_invitations()
    assert Invitation.objects.get().token_digest != before
    assert selectors.invitation_for(token()) == Invitation.objects.get()


def test_one_refused_mail_stops_no_other_and_is_given_up_after_some_attempts(settings: Any) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    with time_machine.travel(START, tick=False) as clock:
        owe("a@refused.example", "b@x.no")
        for attempt in range(1, MAIL_ATTEMPTS + 3):
            if attempt <= MAIL_ATTEMPTS:
                assert Invitation.objects.get(email="a@refused.example").mail == "waiting"
                with pytest.raises(RuntimeError, match="not sent"):
                    send_invitations()
            send_invitations()  # too early for the next attempt, or given up
            clock.shift(timedelta(hours=2))
        refused = Invitation.objects.get(email="a@refused.example")
        assert (refused.mail, refused.mail_attempts) == ("not_sent", MAIL_ATTEMPTS)
        assert [one.to for one in mail.outbox] == [["b@x.no"]]


def test_the_administrator_reads_that_it_was_not_sent(client: Client) -> None:
    admin = MembershipFactory(admin=True)
    owe("a@x.no", by=admin)
    client.force_login(admin.user)
    assert "On its way" in client.get("/company/").text
    Invitation.objects.update(mail_attempts=MAIL_ATTEMPTS)
    page = client.get("/company/").text
    assert "Not sent" in page
    assert "we have stopped trying" in page


def test_a_mail_server_that_is_away_costs_no_attempt(settings: Any) -> None:
    owe("a@x.no")
    backend = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.Unreachable"
    for _ in range(MAIL_ATTEMPTS + 1):
        with pytest.raises(ConnectionRefusedError):
            send_invitations()
    settings.EMAIL_BACKEND = backend
    send_invitations()
    assert [one.to for one in mail.outbox] == [["a@x.no"]]


def test_what_a_killed_sender_left_is_sent_when_its_time_is_up() -> None:
    with time_machine.travel(START, tick=False) as clock:
        made = owe("a@x.no")
        assert mailing.claim(made[0].pk)
        send_invitations()
        assert mail.outbox == []
        clock.shift(MAIL_LEASE)
        send_invitations()
        assert len(mail.outbox) == 1


def test_a_single_invitation_is_its_callers_to_mail_and_the_sweeps_only_when_the_caller_is_gone() -> None:
    admin = MembershipFactory(admin=True)
    with time_machine.travel(START, tick=False) as clock:
        _invitation, link = actions.invite(admin.company, email="a@x.no", role="member", by=admin.user)
        send_invitations()
        assert mail.outbox == []
        clock.shift(MAIL_LEASE)
        send_invitations()
        assert token() == link, "the same link, should both have been mailed"


def test_a_late_failure_of_one_sender_does_not_disturb_the_next() -> None:
    with time_machine.travel(START, tick=False) as clock:
        made = owe("a@x.no")
        first = mailing.claim(made[0].pk)
        clock.shift(MAIL_LEASE)
        second = mailing.claim(made[0].pk)
        assert first
        assert second
        mailing.record_not_sent(first[0])
        assert mailing.claim(made[0].pk) is None
        mailing.record_sent(second[0])
        mailing.record_not_sent(second[0])
        assert Invitation.objects.get().mail == "sent"


@pytest.mark.database
def test_four_senders_at_once_claim_each_invitation_once() -> None:
    made = owe(*(f"p{number}@x.no" for number in range(6)))
    claims = at_once(*[lambda: [mailing.claim(one.pk) for one in made]] * 4)
    won = [claimed for result in claims for claimed in result if claimed]
    assert sorted(invitation.pk for invitation, _token in won) == sorted(one.pk for one in made)
    assert {one.token_digest for one in made} == {digest(token) for _invitation, token in won}
