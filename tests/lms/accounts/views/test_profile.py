"""One's own details."""

import pytest
from django.test import Client

from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def test_the_profile_is_kept_and_a_wrong_one_comes_back(client: Client) -> None:
    person = UserFactory()
    client.force_login(person)
    good = {
        "full_name": "Kari",
        "language": "nb",
        "time_zone": "America/Chicago",
        "is_superuser": "on",
        "email": "x@y.no",
    }
    page = client.post("/me/profile/", good | {"time_zone": "Nowhere/Nothing"})
    assert page.status_code == 200
    assert 'value="Kari"' in page.text
    client.post("/me/profile/", good)
    email = person.email
    person.refresh_from_db()
    assert (person.full_name, person.language, person.time_zone) == ("Kari", "nb", "America/Chicago")
    assert not person.is_superuser
    assert person.email == email
