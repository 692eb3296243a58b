"""Pages that are not everybody's, and pages that went elsewhere: the page cache never answers for them."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import PageViewRestriction

from cms.models import StandardPage
from cms.public_cache import pages
from tests.factories.accounts import UserFactory
from tests.factories.cms import StandardPageFactory, texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def about() -> StandardPage:
    return StandardPageFactory.create(slug="about", body=texts("First words"))


def words(client: Client, address: str = "/about/") -> str:
    return client.get(address).content.decode()


# --- Private pages ---------------------------------------------------------------------------------------------------


def test_a_password_form_is_never_kept(client: Client, about: StandardPage) -> None:
    PageViewRestriction.objects.create(page=about, restriction_type=PageViewRestriction.PASSWORD, password="anchor")
    answer = client.get("/about/")
    assert answer.status_code == 200
    assert "First words" not in answer.content.decode()
    assert len(pages) == 0


def test_a_page_behind_sign_in_is_never_kept(client: Client, about: StandardPage) -> None:
    PageViewRestriction.objects.create(page=about, restriction_type=PageViewRestriction.LOGIN)
    person = Client()
    person.force_login(UserFactory.create())
    assert "First words" in words(person)
    assert client.get("/about/", follow=True).redirect_chain[-1] == ("/accounts/login/?next=/about/", 302)
    assert len(pages) == 0


def test_a_page_of_a_group_says_no_to_others_instead_of_sending_them_in_circles(about: StandardPage) -> None:
    restriction = PageViewRestriction.objects.create(page=about, restriction_type=PageViewRestriction.GROUPS)
    group = Group.objects.create(name="Crew")
    restriction.groups.add(group)
    person = Client()
    user = UserFactory.create()
    person.force_login(user)
    answer = person.get("/about/", follow=True)
    assert answer.status_code == 403
    assert "First words" not in answer.content.decode()
    user.groups.add(group)
    assert "First words" in words(person)
    assert len(pages) == 0


@pytest.mark.parametrize("address", ["/_util/login/", "/nb/_util/login/"])
def test_wagtails_sign_in_for_readers_is_ours(client: Client, about: StandardPage, address: str) -> None:
    person = UserFactory.create(password="a-long-password")
    answer = client.post(address, {"username": person.email, "password": "a-long-password"})
    assert answer.status_code == 302
    assert "_auth_user_id" not in client.session


def test_the_password_opens_the_page(client: Client, about: StandardPage) -> None:
    PageViewRestriction.objects.create(page=about, restriction_type=PageViewRestriction.PASSWORD, password="anchor")
    form = client.get("/about/")
    assert "This page has a password" in form.content.decode()
    address = form.context["action_url"]
    assert "First words" not in client.post(address, {"password": "buoy", "return_url": "/about/"}).content.decode()
    client.post(address, {"password": "anchor", "return_url": "/about/"})
    assert "First words" in words(client)
    assert "First words" not in words(Client())


def test_a_page_made_private_is_gone_from_here_in_the_next_request(client: Client, about: StandardPage) -> None:
    assert "First words" in words(client)
    PageViewRestriction.objects.create(page=about, restriction_type=PageViewRestriction.LOGIN)
    assert client.get("/about/").status_code == 302


def test_an_unpublished_page_is_gone_in_the_next_request(client: Client, about: StandardPage) -> None:
    assert "First words" in words(client)
    about.unpublish()
    assert client.get("/about/").status_code == 404


# --- Moving and renaming ---------------------------------------------------------------------------------------------


def test_a_renamed_page_answers_301_in_the_next_request(
    client: Client, about: StandardPage, django_capture_on_commit_callbacks: Any
) -> None:
    assert "First words" in words(client)
    with django_capture_on_commit_callbacks(execute=True):
        about.slug = "about-us"
        about.save_revision().publish()
    answer = client.get("/about/")
    assert (answer.status_code, answer["Location"]) == (301, "/about-us/")
    assert "First words" in words(client, "/about-us/")


def test_a_moved_page_answers_301_in_the_next_request(
    client: Client, about: StandardPage, django_capture_on_commit_callbacks: Any
) -> None:
    other = StandardPageFactory.create(parent=about.get_parent(), slug="more")
    assert "First words" in words(client)
    with django_capture_on_commit_callbacks(execute=True):
        about.move(other, pos="last-child")
    answer = client.get("/about/")
    assert (answer.status_code, answer["Location"]) == (301, "/more/about/")
