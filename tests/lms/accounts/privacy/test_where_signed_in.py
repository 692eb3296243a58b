"""Where a person is signed in: told in words, ended by them and by nobody else."""

import re
from typing import Any

import pytest
from django.test import Client

from lms.accounts.models import BrowserSession, User
from lms.accounts.privacy.rules import device
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
PAGE = "/me/sessions/"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0"
    " Mobile/15E148 Safari/604.1"
)
EDGE = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
    " Edg/140.0.0.0"
)
ANDROID = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36"
)


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, ("Firefox", "Windows")),
        (IPHONE, ("Safari", "iPhone")),
        (EDGE, ("Edge", "Windows")),
        (ANDROID, ("Chrome", "Android")),
        ("curl/8", ("", "")),
        ("", ("", "")),
        ("<script>" * 5000, ("", "")),
    ],
)
def test_a_device_in_words(agent: str, words: tuple[str, str]) -> None:
    assert device(agent) == words


def signed_in(person: User, agent: str = "") -> Client:
    client = Client(headers={"user-agent": agent})
    client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    assert is_in(client)
    return client


def is_in(client: Client) -> bool:
    return client.get("/me/").status_code == 200


def ends(page: Any) -> list[str]:
    return re.findall(r'action="(/me/sessions/\w{64}/end/)"', page.text)


@pytest.fixture
def person() -> User:
    found: User = UserFactory(email="kari@example.org")
    return found


def test_each_is_told_and_this_one_marked(person: User) -> None:
    here, phone = signed_in(person, FIREFOX), signed_in(person, IPHONE)
    signed_in(UserFactory(email="other@example.org"), ANDROID)
    page = here.get(PAGE)
    assert page.text.index("Firefox on Windows") < page.text.index("This one") < page.text.index("Safari on iPhone")
    assert "Android" not in page.text
    assert len(ends(page)) == 1, "this one is signed out by “Sign out”"
    assert here.session.session_key not in page.text
    assert phone.session.session_key not in page.text
    assert "On 2 devices" in here.get("/accounts/sign-in/").text


def test_one_is_ended_and_it_is_told_once(person: User) -> None:
    here, phone, tablet = signed_in(person, FIREFOX), signed_in(person, IPHONE), signed_in(person, ANDROID)
    [address] = [one for one in ends(here.get(PAGE)) if one not in ends(phone.get(PAGE))]
    said = here.post(address, follow=True)
    assert "Safari on iPhone is signed out." in said.text
    assert (is_in(here), is_in(phone), is_in(tablet)) == (True, False, True)
    assert here.post(address).status_code == 404


def test_all_others_are_ended(person: User) -> None:
    here, phone, tablet = (signed_in(person) for _ in range(3))
    stranger = signed_in(UserFactory())
    assert "2 other devices are signed out." in here.post("/me/sessions/end/", follow=True).text
    assert (is_in(here), is_in(phone), is_in(tablet), is_in(stranger)) == (True, False, False, True)


def test_nobody_ends_anothers(person: User) -> None:
    victim, thief = signed_in(person), signed_in(UserFactory())
    [address] = ends(signed_in(person).get(PAGE))
    assert thief.post(address).status_code == 404
    assert Client().post(address).url.startswith("/accounts/login/")
    assert is_in(victim)
    for nonsense in ("x", "0" * 64, "%00", "..", "ø"):
        assert victim.post(f"/me/sessions/{nonsense}/end/").status_code == 404
    assert victim.get(address).status_code == 405


def test_ending_this_one_signs_out(person: User) -> None:
    here, other = signed_in(person), signed_in(person)
    [address] = ends(other.get(PAGE))
    assert here.post(address).url == "/accounts/login/"
    assert (is_in(here), is_in(other)) == (False, True)


def test_a_changed_password_ends_the_others_and_their_rows(person: User) -> None:
    here, phone = signed_in(person), signed_in(person)
    sent = {"oldpassword": PASSWORD, "password1": "another long password"}
    assert here.post("/accounts/password/change/", sent).status_code == 302
    assert (is_in(here), is_in(phone)) == (True, False)
    assert BrowserSession.objects.filter(user=person).count() == 1


def test_a_session_of_an_old_password_is_not_told_of(person: User, client: Client) -> None:
    signed_in(person, IPHONE)
    person.set_password(PASSWORD)  # as an operator does
    person.save()
    assert "iPhone" not in signed_in(person, FIREFOX).get(PAGE).text


def test_it_is_told_in_the_persons_zone(person: User, time_machine: Any) -> None:
    time_machine.move_to("2026-11-26T23:30:00+00:00")
    User.objects.update(time_zone="Asia/Tokyo")
    assert "27 November 2026, 08:30" in signed_in(person).get(PAGE).text


@pytest.mark.parametrize("count", [3, 30])
def test_three_or_thirty_cost_the_same(person: User, count: int, django_assert_max_num_queries: Any) -> None:
    here = signed_in(person)
    for _ in range(count):
        Client().force_login(person)
    here.get(PAGE)
    with django_assert_max_num_queries(5):
        here.get(PAGE)


def test_the_rows_go_with_the_person_and_a_visitors_has_none(person: User) -> None:
    signed_in(person)
    assert BrowserSession.objects.filter(user=person).exists()
    person.delete()
    assert not BrowserSession.objects.filter(user__isnull=False).exists()
