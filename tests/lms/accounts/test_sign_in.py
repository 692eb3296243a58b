"""Signing in, and that nobody learns from an answer who is registered here."""

import re
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client
from django.urls import reverse

from lms.accounts import actions, roles, tasks
from lms.accounts.models import Registration, User
from lms.accounts.rules import MembershipState
from tests.factories.accounts import PASSWORD, MembershipFactory, UserFactory
from tests.lms.accounts.signing_up import CONFIRM, SIGN_UP, code_in, confirm, filled, sign_up

pytestmark = pytest.mark.django_db


def visible(response: Any) -> bytes:
    """The answer without what is drawn anew for every visitor."""
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", response.content)


def test_an_address_in_use_gets_the_same_answer_and_nothing_is_created() -> None:
    UserFactory(email="taken@example.org")
    new, taken = Client(), Client()
    answers = []
    for client, email in ((new, "fresh@example.org"), (taken, "taken@example.org")):
        first = client.post(SIGN_UP, filled(email=email), follow=True)
        wrong = client.post(CONFIRM, {"code": "WRONGONE"})
        again = client.post(CONFIRM, {"action": "resend"}, follow=True)
        answers.append(
            [
                (one.status_code, visible(one).replace(email.encode(), b"EMAIL"), sorted(one.cookies))
                for one in (first, wrong, again)
            ]
        )
    assert answers[0] == answers[1]
    assert User.objects.filter(email="taken@example.org").count() == 1
    assert not Registration.objects.exclude(user__email="fresh@example.org").exists()
    to_owner = [one for one in mail.outbox if one.to == ["taken@example.org"]]
    assert len(to_owner) == 1
    assert "registered already" in to_owner[0].subject


def test_an_address_taken_this_very_moment_gets_the_same_answer(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two people press the button at once: the second finds the address free, and taken when it is saved."""
    from lms.accounts.forms import SignupForm

    save = SignupForm.save

    def taken_just_before(form: Any, request: Any) -> Any:
        UserFactory(email="kari@example.org", address=False)
        return save(form, request)

    monkeypatch.setattr(SignupForm, "save", taken_just_before)
    response = sign_up(client)
    assert response.url == CONFIRM
    assert User.objects.count() == 1


def test_a_new_password_for_an_unknown_address_gets_the_same_answer() -> None:
    UserFactory(email="known@example.org")
    answers = []
    for email in ("known@example.org", "unknown@example.org"):
        client = Client()
        page = client.post("/accounts/password/reset/", {"email": email}, follow=True)
        wrong = client.post("/accounts/password/reset/confirm/", {"code": "WRONGONE"})
        answers.append([(one.status_code, visible(one).replace(email.encode(), b"EMAIL")) for one in (page, wrong)])
    assert answers[0] == answers[1]
    assert [one.to for one in mail.outbox] == [["known@example.org"], ["unknown@example.org"]]


def test_sign_in_says_the_same_of_a_wrong_password_and_an_unknown_address() -> None:
    UserFactory(email="known@example.org")
    pages = []
    for email in ("known@example.org", "unknown@example.org"):
        page = Client().post("/accounts/login/", {"login": email, "password": "not the password"})
        assert "do not go together" in page.text
        pages.append(visible(page).replace(email.encode(), b"EMAIL"))
    assert pages[0] == pages[1]


# --- Around it -------------------------------------------------------------------------------------------------------


def test_too_many_wrong_passwords_are_stopped(client: Client) -> None:
    UserFactory(email="known@example.org")
    for _ in range(5):
        client.post("/accounts/login/", {"login": "known@example.org", "password": "wrong"})
    page = client.post("/accounts/login/", {"login": "known@example.org", "password": PASSWORD})
    assert "Too many attempts" in page.text


def test_five_wrong_codes_end_it(client: Client) -> None:
    sign_up(client)
    for _ in range(5):
        response = client.post(CONFIRM, {"code": "WRONGONE"})
    assert response.url == "/accounts/login/"
    assert client.post(CONFIRM, {"code": code_in(mail.outbox[0])}).url == "/accounts/login/"
    assert not EmailAddress.objects.get().verified


def test_a_mail_that_cannot_be_sent_is_said_and_can_be_tried_again(client: Client, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "localhost", 1
    response = client.post(SIGN_UP, filled(), follow=True)
    assert "could not be sent" in response.text
    assert "send another code" in response.text
    assert User.objects.count() == 1


def test_a_forgotten_password_is_replaced_with_a_code(client: Client) -> None:
    person = UserFactory(email="known@example.org")
    client.post("/accounts/password/reset/", {"email": "known@example.org"})
    response = client.post("/accounts/password/reset/confirm/", {"code": code_in(mail.outbox[-1])})
    assert response.url == "/accounts/password/reset/complete/"
    response = client.post(response.url, {"password1": "another long password"})
    assert response.url == reverse("courses:home")
    person.refresh_from_db()
    assert person.check_password("another long password")


def test_the_address_is_changed_with_the_password_and_a_code(client: Client) -> None:
    person = UserFactory(email="old@example.org")
    client.force_login(person)
    response = client.post("/accounts/email/", {"email": "new@example.org", "action_add": "1"})
    assert response.url.startswith("/accounts/reauthenticate/")
    client.post(response.url, {"password": PASSWORD}, follow=True)
    client.post("/accounts/email/", {"email": "new@example.org", "action_add": "1"})
    assert mail.outbox[-1].to == ["new@example.org"]
    confirm(client)
    person.refresh_from_db()
    assert person.email == "new@example.org"
    assert [one.to for one in mail.outbox if "changed" in one.subject] == [["old@example.org"]]


def test_accounts_nobody_confirmed_are_forgotten_after_three_days(client: Client) -> None:

    with time_machine.travel("2026-01-01 12:00Z", tick=False):
        sign_up(client)
    used = UserFactory()
    with time_machine.travel("2026-01-04 11:59Z", tick=False):
        assert actions.forget_unconfirmed() == 0
    with time_machine.travel("2026-01-04 12:01Z", tick=False):
        tasks.forget_unconfirmed()
    assert list(User.objects.all()) == [used]


PAGES = ["login", "signup", "password/reset", "inactive"]
PAGES_SIGNED_IN = ["logout", "email", "password/change", "reauthenticate"]


@pytest.mark.parametrize("page", PAGES + PAGES_SIGNED_IN)
def test_every_page_of_allauth_stands_in_our_frame(client: Client, page: str) -> None:
    if page in PAGES_SIGNED_IN:
        client.force_login(UserFactory())
    response = client.get(f"/accounts/{page}/")
    assert response.status_code == 200
    assert 'class="narrower' in response.text
    assert "Menu:" not in response.text


@pytest.mark.parametrize(
    "page", ["password/reset/key/done", "login/code", "phone/verify", "login/code/confirm", "3rdparty"]
)
def test_the_parts_of_allauth_we_do_not_use_are_not_there(client: Client, page: str) -> None:
    assert client.get(f"/accounts/{page}/").status_code == 404


def test_a_template_of_allauth_that_is_not_ours_still_stands_in_our_frame(rf: Any) -> None:
    from django.template.loader import render_to_string

    request = rf.get("/")
    request.user = UserFactory()
    text = render_to_string("account/request_login_code.html", {}, request)
    assert 'class="skip"' in text


# --- Where it leads --------------------------------------------------------------------------------------------------


def landing(client: Client, user: User, **more: str) -> str:
    """The address after signing in with the form."""
    answer = client.post("/accounts/login/", {"login": user.email, "password": PASSWORD, **more})
    assert answer.status_code == 302
    return str(answer["Location"])


def in_role(role: str, **fields: Any) -> User:
    user: User = UserFactory(is_staff=True, **fields)
    user.groups.add(Group.objects.get(name=role))
    return user


@pytest.mark.parametrize("role", [roles.ADVISORS, roles.PROGRAMME_OWNERS])
def test_who_advises_lands_at_the_desk_which_is_there(client: Client, role: str) -> None:
    roles.ensure_roles()
    where = landing(client, in_role(role))
    assert where == "/advisor/"
    assert client.get(where).status_code == 200


def test_an_advisor_who_is_in_a_company_lands_at_home(client: Client) -> None:
    roles.ensure_roles()
    assert landing(client, MembershipFactory(user=in_role(roles.ADVISORS)).user) == "/me/"


def test_a_membership_that_ended_is_none(client: Client) -> None:
    roles.ensure_roles()
    advisor = MembershipFactory(user=in_role(roles.ADVISORS), state=MembershipState.LEFT).user
    assert landing(client, advisor) == "/advisor/"


@pytest.mark.parametrize("role", [roles.EDITORS, None])
def test_others_land_at_home(client: Client, role: str | None) -> None:
    roles.ensure_roles()
    assert landing(client, in_role(role) if role else UserFactory()) == "/me/"


def test_who_was_on_the_way_somewhere_goes_on(client: Client) -> None:
    roles.ensure_roles()
    assert landing(client, in_role(roles.ADVISORS), next="/courses/") == "/courses/"
