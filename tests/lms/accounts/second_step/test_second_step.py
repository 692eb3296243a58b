"""The second step: set up, asked for, passed once, and nobody past it."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from lms.accounts.models import User
from lms.accounts.second_step.adapter import SecondStepAdapter
from tests.factories.accounts import PASSWORD, UserFactory
from tests.lms.accounts.signing_up import code_in

pytestmark = pytest.mark.django_db
START = datetime(2026, 11, 26, 9, 0, 5, tzinfo=UTC)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
LOG_IN, STEP, APP, CODES, WAYS = (
    "/accounts/login/",
    "/accounts/second-step/",
    "/accounts/sign-in/app/",
    "/accounts/sign-in/codes/",
    "/accounts/sign-in/",
)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(START, tick=False) as travelled:
        yield travelled


def code(secret: str = SECRET, *, steps: int = 0) -> str:
    """What the app shows now, or so many half minutes later."""
    return format_hotp_value(hotp_value(secret, int(datetime.now(UTC).timestamp()) // 30 + steps))


def with_app(**fields: Any) -> User:
    person: User = UserFactory(email="kari@example.org", **fields)
    TOTP.activate(person, SECRET)
    return person


def password(client: Client) -> Any:
    return client.post(LOG_IN, {"login": "kari@example.org", "password": PASSWORD})


def is_in(client: Client) -> bool:
    return client.get("/me/").status_code == 200


def again(client: Client) -> None:
    """Type the password once more, as before every change."""
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})


# --- At sign-in ------------------------------------------------------------------------------------------------------


def test_the_password_alone_leads_to_the_second_step_and_no_further(client: Client, clock: Any) -> None:
    with_app()
    assert password(client).url == STEP
    assert "The second step" in client.get(STEP).text
    assert not is_in(client)
    assert client.post(STEP, {"code": code()}).url == reverse("courses:home")
    assert is_in(client)


def test_where_one_wanted_to_go_is_kept(client: Client, clock: Any) -> None:
    with_app()
    answer = client.post(LOG_IN, {"login": "kari@example.org", "password": PASSWORD, "next": "/me/profile/"})
    assert answer.url == STEP
    assert client.post(STEP, {"code": code()}).url == "/me/profile/"


def test_a_code_counts_once_whatever_the_cache_remembers(clock: Any) -> None:
    from django.core.cache import cache

    with_app()
    first, second = Client(), Client()
    password(first), password(second)
    used = code()
    assert first.post(STEP, {"code": used}).status_code == 302
    for later in (0, 20, 10):  # the same half minute, the next, and the one after it
        clock.shift(timedelta(seconds=later))
        cache.clear()
        assert second.post(STEP, {"code": used}).status_code == 200
    assert not is_in(second)
    assert second.post(STEP, {"code": code()}).status_code == 302


def test_a_code_older_than_one_that_was_used_does_not_count(clock: Any) -> None:
    with_app()
    older = code(steps=-1)
    first, second = Client(), Client()
    password(first), password(second)
    assert first.post(STEP, {"code": code()}).status_code == 302
    assert second.post(STEP, {"code": older}).status_code == 200


@pytest.mark.parametrize(("steps", "passes"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_differ_by_half_a_minute(client: Client, clock: Any, steps: int, passes: bool) -> None:
    with_app()
    password(client)
    client.post(STEP, {"code": code(steps=steps)})
    assert is_in(client) is passes


@pytest.mark.parametrize(
    "typed", ["", "000000", "12345", "１２３４５６", "<b>", "x" * 5000, "\u202e", "'; DROP TABLE", "1e5"]
)
def test_a_wrong_code_says_so(client: Client, clock: Any, typed: str) -> None:
    with_app()
    password(client)
    page = client.post(STEP, {"code": typed})
    assert page.status_code == 200
    assert 'class="error' in page.text
    assert not is_in(client)


def test_wrong_codes_are_limited_also_with_the_right_one_after(client: Client, clock: Any) -> None:
    with_app()
    password(client)
    for _ in range(5):
        client.post(STEP, {"code": "000000"})
    page = client.post(STEP, {"code": code()})
    assert "Too many attempts" in page.text
    assert not is_in(client)


def test_without_the_password_there_is_no_second_step(client: Client) -> None:
    with_app()
    assert client.get(STEP).url == LOG_IN
    assert client.post(STEP, {"code": code()}).url == LOG_IN
    assert not is_in(client)


def test_a_new_password_by_mail_does_not_go_past_it(client: Client, clock: Any) -> None:
    with_app()
    client.post("/accounts/password/reset/", {"email": "kari@example.org"})
    client.post("/accounts/password/reset/confirm/", {"code": code_in(mail.outbox[-1])})
    answer = client.post("/accounts/password/reset/complete/", {"password1": "another long password"})
    assert answer.url == STEP
    assert not is_in(client)
    client.post(STEP, {"code": code()})
    assert is_in(client)


def test_nobody_gets_into_the_editors_part_past_it(client: Client, clock: Any) -> None:
    with_app(is_staff=True, is_superuser=True)
    credentials = {"login": "kari@example.org", "username": "kari@example.org", "password": PASSWORD}
    for door in ("/admin/login/", "/_util/login/"):
        answer = client.post(door, credentials)
        assert answer.url.startswith(LOG_IN)
        assert client.get("/admin/").status_code == 302
    assert client.get("/admin/").url.startswith("/admin/login/")
    client.post(LOG_IN, {**credentials, "next": "/admin/"})
    assert client.get("/admin/").status_code == 302, "between the steps"
    assert client.post(STEP, {"code": code()}).url == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_a_recovery_code_signs_in_once(clock: Any) -> None:
    person = with_app()
    recovery = RecoveryCodes.activate(person).get_unused_codes()[3]
    first, second = Client(), Client()
    password(first), password(second)
    assert first.post(STEP, {"code": f"{recovery[:4]} {recovery[4:]}"}).status_code == 302
    assert second.post(STEP, {"code": recovery}).status_code == 200
    assert is_in(first)
    assert not is_in(second)


# --- Setting it up ---------------------------------------------------------------------------------------------------


def secret_on(page: Any) -> str:
    found = re.search(r'<code class="secret">([A-Z2-7 ]+)</code>', page.text)
    assert found
    return found[1].replace(" ", "")


def test_an_app_is_set_up_with_the_password_and_the_codes_are_shown_once(
    client: Client, clock: Any, django_capture_on_commit_callbacks: Any
) -> None:
    person = UserFactory(email="kari@example.org")
    client.force_login(person)
    assert client.get(APP).url.startswith("/accounts/reauthenticate/")
    again(client)
    page = client.get(APP)
    assert 'src="data:image/svg+xml;base64,' in page.text
    assert "no-store" in page["Cache-Control"]
    secret = secret_on(page)
    assert "This is not right" in client.post(APP, {"code": "000000"}).text
    assert secret_on(client.post(APP, {"code": "000000"})) == secret, "a wrong code keeps what was scanned"
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(APP, {"code": code(secret)}).url == CODES
    codes = client.get(CODES)
    shown = [one.replace(" ", "") for one in re.findall(r'<code class="secret">([0-9 ]+)</code>', codes.text)]
    assert len(set(shown)) == 10
    assert "landfall-recovery-codes.txt" in codes.text
    assert "no-store" in codes["Cache-Control"]
    assert not any(one in client.get(CODES).text.replace(" ", "") for one in shown)
    assert "was added" in mail.outbox[-1].subject
    kept = json.dumps([one.data for one in Authenticator.objects.all()])
    assert secret not in kept, "locked with the machine's key"


def test_it_is_turned_off_with_the_password_and_mail_says_so(client: Client) -> None:
    person = with_app()
    RecoveryCodes.activate(person)
    client.force_login(person)
    assert client.post("/accounts/sign-in/app/off/").url.startswith("/accounts/reauthenticate/")
    assert Authenticator.objects.count() == 2
    again(client)
    client.post("/accounts/sign-in/app/off/")
    assert not Authenticator.objects.exists()
    assert "turned off" in mail.outbox[-1].subject
    assert password(Client()).url == reverse("courses:home")


def test_new_recovery_codes_end_the_old_ones(client: Client) -> None:
    person = with_app()
    old = RecoveryCodes.activate(person).get_unused_codes()
    client.force_login(person)
    again(client)
    client.post("/accounts/sign-in/codes/new/")
    new = RecoveryCodes(Authenticator.objects.get(type="recovery_codes")).get_unused_codes()
    assert len(new) == 10
    assert not set(new) & set(old)


def test_it_can_be_typed_instead_of_the_password_before_a_change(client: Client, clock: Any) -> None:
    client.force_login(with_app())
    page = client.get("/accounts/reauthenticate/?next=/accounts/sign-in/")
    assert "/accounts/reauthenticate/code/?next=" in page.text
    answer = client.post("/accounts/reauthenticate/code/?next=/accounts/sign-in/", {"code": code()})
    assert answer.url == WAYS
    assert client.get("/accounts/sign-in/app/off/").status_code == 200


def test_staff_are_advised_and_not_forced(client: Client) -> None:
    client.force_login(UserFactory(is_staff=True))
    assert "takes three minutes" in client.get(WAYS).text
    client.force_login(UserFactory())
    assert "takes three minutes" not in client.get(WAYS).text


def test_a_secret_locked_by_another_machine_opens_nothing(settings: Any) -> None:
    adapter = SecondStepAdapter()
    settings.SECRET_KEY = "one"
    locked = adapter.encrypt(SECRET)
    settings.SECRET_KEY = "two"
    assert adapter.decrypt(locked) != SECRET
    assert adapter.decrypt(locked) != adapter.decrypt(locked), "nobody can guess what it became"
    settings.SECRET_KEY_FALLBACKS = ["one"]
    assert adapter.decrypt(locked) == SECRET


# --- Passkeys, without a browser -------------------------------------------------------------------------------------

HOSTILE = ["", "null", "[]", "{}", '"x"', "1", "{", '{"id": 1}', '{"id": "AA", "rawId": "AA", "type": "public-key"}']
HOSTILE += [
    json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": response})
    for response in (
        {},
        [],
        {"userHandle": None, "clientDataJSON": "e30", "authenticatorData": "AA", "signature": "AA"},
        {"userHandle": "MQ", "clientDataJSON": "e30", "authenticatorData": "A" * 60, "signature": "AA"},
        {"clientDataJSON": "e30", "attestationObject": "oA"},
        {"clientDataJSON": "!", "attestationObject": "\u202e"},
    )
]


@pytest.mark.parametrize("sent", HOSTILE)
def test_what_is_no_passkey_is_refused_in_words(client: Client, sent: str) -> None:
    person = with_app()
    client.get("/accounts/passkey/", headers={"accept": "application/json"})
    assert client.post("/accounts/passkey/", {"credential": sent}).url == LOG_IN
    password(client)
    assert client.post(STEP, {"credential": sent}).status_code == 200
    assert not is_in(client)
    client.force_login(person)
    again(client)
    client.get("/accounts/sign-in/passkeys/add/")
    page = client.post("/accounts/sign-in/passkeys/add/", {"credential": sent, "name": "My <b>phone</b>"})
    assert page.status_code == 200
    assert 'value="My &lt;b&gt;phone&lt;/b&gt;"' in page.text
    assert client.post("/accounts/reauthenticate/passkey/", {"credential": sent}).status_code == 302
    assert not Authenticator.objects.filter(type="webauthn").exists()


def test_a_passkey_is_ones_own_to_rename_and_remove(client: Client) -> None:
    mine, other = (
        Authenticator.objects.create(user=UserFactory(), type="webauthn", data={"name": "phone", "credential": {}})
        for _ in range(2)
    )
    client.force_login(mine.user)
    again(client)
    for key, answer in ((other, 404), (mine, 200)):
        for what in ("name", "remove"):
            assert client.get(f"/accounts/sign-in/passkeys/{key.pk}/{what}/").status_code == answer
    assert client.post(f"/accounts/sign-in/passkeys/{other.pk}/remove/").status_code == 404
    assert client.post(f"/accounts/sign-in/passkeys/{other.pk}/name/", {"name": "x"}).status_code == 404
    for refused in ("", "a\tb", "\u200b", "x" * 61):
        assert client.post(f"/accounts/sign-in/passkeys/{mine.pk}/name/", {"name": refused}).status_code == 200
    assert client.post(f"/accounts/sign-in/passkeys/{mine.pk}/name/", {"name": "Kari’s “Å” <b>"}).url == WAYS
    assert "Kari’s “Å” &lt;b&gt;" in client.get(WAYS).text
    assert client.post(f"/accounts/sign-in/passkeys/{mine.pk}/remove/").url == WAYS
    assert [one.pk for one in Authenticator.objects.all()] == [other.pk]


def test_who_has_no_passkey_is_not_offered_to_use_one(client: Client) -> None:
    with_app()
    password(client)
    assert "passkey" not in client.get(STEP).text.partition("<main")[2]


# --- Somebody who lost all of it -------------------------------------------------------------------------------------


def test_the_command_lets_in_who_lost_the_second_step(client: Client) -> None:
    person, other = with_app(language="nb"), UserFactory(email="ola@example.org")
    RecoveryCodes.activate(person)
    Authenticator.objects.create(user=person, type="webauthn", data={"name": "phone", "credential": {}})
    TOTP.activate(other, SECRET)
    elsewhere, theirs = Client(), Client()
    elsewhere.force_login(person)
    theirs.force_login(other)
    call_command("reset_second_step", " Kari@example.org ", stdout=StringIO())
    assert not is_in(elsewhere)
    assert is_in(theirs)
    assert [one.user for one in Authenticator.objects.all()] == [other]
    assert password(client).url == "/nb/me/"
    assert is_in(client)
    assert [(letter.to, "/accounts/sign-in/" in letter.body) for letter in mail.outbox] == [
        (["kari@example.org"], True)
    ]
    assert ModelLogEntry.objects.filter(action="accounts.reset_second_step", user=None).count() == 1
    call_command("reset_second_step", "kari@example.org", stdout=StringIO())
    assert is_in(client), "nothing was there to remove, and nobody is signed out"
    assert len(mail.outbox) == 1
    assert ModelLogEntry.objects.filter(action="accounts.reset_second_step").count() == 1


def test_the_command_says_when_there_is_no_such_person() -> None:
    with_app()
    with pytest.raises(CommandError) as refused:
        call_command("reset_second_step", "nobody@example.org")
    assert refused.value.returncode == 1
    assert Authenticator.objects.count() == 1
    assert mail.outbox == []


def test_the_second_step_is_removed_also_when_the_mail_cannot_be_sent(settings: Any) -> None:
    with_app()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    said = StringIO()
    call_command("reset_second_step", "kari@example.org", stdout=StringIO(), stderr=said)
    assert not Authenticator.objects.exists()
    assert "was not sent" in said.getvalue()
