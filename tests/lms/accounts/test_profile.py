"""Language and time zone: at once, and at the next sign-in."""

from typing import Any

import pytest
from django.test import Client

from lms.accounts.models import User
from lms.accounts.zones import ZoneField
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
PROFILE = "/me/profile/"


def save(client: Client, address: str = PROFILE, **changed: str) -> Any:
    sent = {"full_name": "Kari", "language": "en", "time_zone": "Europe/Oslo"}
    return client.post(address, sent | changed)


def test_the_language_is_the_sites_at_once_and_at_the_next_sign_in() -> None:
    person = UserFactory(email="kari@example.org", language="en")
    client = Client()
    client.force_login(person)
    answer = save(client, language="nb")
    assert answer.url == "/nb/me/profile/"
    assert 'lang="nb"' in client.get(answer.url).text
    later = Client()
    sent = {"login": "kari@example.org", "password": PASSWORD}
    assert later.post("/accounts/login/", sent).url == "/nb/me/"
    assert Client().post("/accounts/login/", {**sent, "next": "/courses/"}).url == "/courses/", "a page asked for stays"
    assert save(client, "/nb/me/profile/", language="en").url == "/me/profile/"
    assert Client().post("/nb/accounts/login/", sent).url == "/me/"


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Europe/Oslo", "Europe/Oslo"),
        ("oslo", "Europe/Oslo"),
        (" New  york ", "America/New_York"),
        ("AMERICA/NEW YORK", "America/New_York"),
        ("America/Argentina/Buenos Aires", "America/Argentina/Buenos_Aires"),
    ],
)
def test_a_city_is_enough(client: Client, typed: str, zone: str) -> None:
    client.force_login(UserFactory())
    save(client, time_zone=typed)
    assert User.objects.get().time_zone == zone


@pytest.mark.parametrize("typed", ["", "Atlantis", "Mars/Base", "UTC+1", "../../etc/passwd", "\0", "ø" * 65])
def test_what_is_no_zone_comes_back_as_typed(client: Client, typed: str) -> None:
    client.force_login(UserFactory(full_name="Before"))
    page = save(client, time_zone=typed, full_name="After")
    assert page.status_code == 200
    assert 'value="After"' in page.text
    assert User.objects.get().full_name == "Before"


def test_one_mistyped_is_told_what_was_meant() -> None:
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError, match="Do you mean Europe/Oslo"):
        ZoneField().clean("Oslow")


def test_the_list_is_searched_by_the_browser(client: Client) -> None:
    client.force_login(UserFactory(time_zone="America/New_York"))
    page = client.get(PROFILE).text
    assert 'value="America/New York"' in page
    assert 'list="time_zone-all"' in page
    assert page.count("<option value=") > 300
