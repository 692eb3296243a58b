"""The door to the editors' part, the policies, the error pages."""

from typing import Any

import pytest
from csp.constants import HEADER, NONCE, NONE, SELF
from csp.decorators import csp_update
from csp.utils import build_policy
from django.conf import settings
from django.contrib.auth.models import Group
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils.translation import override
from html5lib import parse

from lms.core.csp import ADMIN_DIRECTIVES, PERMISSIONS, PolicyMiddleware
from tests.factories.accounts import UserFactory
from tests.factories.cms import HomePageFactory, StandardPageFactory

pytestmark = pytest.mark.django_db


def policy(answer: object) -> dict[str, str]:
    """The Content-Security-Policy of an answer by directive."""
    parts = answer.headers["Content-Security-Policy"].split("; ")  # type: ignore[attr-defined]
    return dict(part.split(" ", 1) for part in parts)


# --- The door --------------------------------------------------------------------------------------------------------


def test_a_visitor_is_asked_to_sign_in_and_comes_back(client: Client) -> None:
    answer = client.get("/admin/pages/", follow=True)
    assert [address for address, _status in answer.redirect_chain] == [
        "/admin/login/?next=/admin/pages/",
        "/accounts/login/?next=/admin/pages/",
    ]


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""])
def test_the_door_leads_nowhere_else(client: Client, wanted: str) -> None:
    assert client.get("/admin/login/", {"next": wanted})["Location"] == "/accounts/login/?next=/admin/"


def test_a_learner_is_told_instead_of_sent_in_circles(client: Client) -> None:
    HomePageFactory.create()
    client.force_login(UserFactory.create())
    answer = client.get("/admin/", follow=True)
    assert answer.status_code == 403
    assert "This part is not open to you." in answer.content.decode()


def test_wagtails_own_sign_in_is_not_reachable(client: Client) -> None:
    """It would go round the mail verification and the limits of ours."""
    person = UserFactory.create(is_staff=True, is_superuser=True, password="a-long-password")
    client.post("/admin/login/", {"username": person.email, "password": "a-long-password"})
    assert "_auth_user_id" not in client.session


def test_an_editor_works_under_our_name(client: Client) -> None:
    editor = UserFactory.create(is_staff=True, full_name="Ola Redaktør")
    editor.groups.add(Group.objects.get(name="Editors"))
    client.force_login(editor)
    answer = client.get("/admin/").content.decode()
    assert "What you publish here, Ola" in answer
    assert "landfall/css/admin.css" in answer
    assert "landfall-mark" in answer


# --- Policies --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/", "/nowhere/", "/accounts/login/"])
def test_the_site_allows_nothing_inline_and_nothing_from_elsewhere(client: Client, address: str) -> None:
    HomePageFactory.create()
    told = policy(client.get(address))
    assert told["default-src"] == "'none'"
    assert told["script-src"] == told["style-src"] == told["connect-src"] == "'self'"
    assert told["base-uri"] == told["object-src"] == "'none'"
    assert not any("unsafe" in sources for sources in told.values())


def test_the_admin_has_the_same_policy_but_for_what_it_needs(client: Client) -> None:
    client.force_login(UserFactory.create(is_staff=True, is_superuser=True))
    told = policy(client.get("/admin/"))
    ours = {name: " ".join(values) for name, values in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].items()}
    different = {name for name in told if told[name] != ours.get(name)}
    assert different == {"script-src", "style-src", "img-src"}
    assert told["script-src"] == "'self' 'unsafe-inline'"
    assert "unsafe-eval" not in " ".join(told.values())
    assert set(ADMIN_DIRECTIVES) == set(settings.CONTENT_SECURITY_POLICY["DIRECTIVES"])
    assert ADMIN_DIRECTIVES["default-src"] == [NONE]


def test_a_preview_keeps_the_sites_policy(rf: RequestFactory) -> None:
    page = StandardPageFactory.create()
    request = rf.get("/")
    preview = page.make_preview_request(request, page.default_preview_mode)
    assert "unsafe" not in preview.headers["Content-Security-Policy"]


@pytest.mark.parametrize("address", ["/", "/admin/login/", "/healthz", "/nowhere/"])
def test_no_page_may_ask_for_camera_or_place(client: Client, address: str) -> None:
    HomePageFactory.create()
    assert client.get(address)["Permissions-Policy"] == PERMISSIONS
    assert "camera=()" in PERMISSIONS


# --- Error pages -----------------------------------------------------------------------------------------------------


def test_a_missing_page_offers_ways_on(client: Client) -> None:
    HomePageFactory.create()
    answer = client.get("/nowhere/")
    assert answer.status_code == 404
    text = answer.content.decode()
    assert "This page is not on the chart." in text
    assert 'href="/accounts/login/"' in text
    assert "rel=canonical" not in text.replace('"', "")


def test_a_form_without_its_token_says_what_happened() -> None:
    HomePageFactory.create()
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/accounts/login/", {"login": "a@b.no", "password": "x"})
    assert answer.status_code == 403
    assert "The form was not sent." in answer.content.decode()


def test_a_broken_site_still_answers_in_words(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from cms.models import StandardPage

    def broken(*args: object) -> None:
        raise RuntimeError

    StandardPageFactory.create(slug="about")
    monkeypatch.setattr(StandardPage, "serve", broken)
    client.raise_request_exception = False
    answer = client.get("/about/")
    assert answer.status_code == 500
    assert "Something broke on our side." in answer.content.decode()


@pytest.mark.parametrize("template", ["500.html", "400.html"])
def test_they_need_no_database(template: str, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        text = render_to_string(template)
    tree = parse(text, namespaceHTMLElements=False)
    assert [link.get("href") for link in tree.iter("link") if link.get("rel") == "stylesheet"]
    assert tree.find(".//h1") is not None


def test_a_damaged_request_is_answered_in_words(client: Client) -> None:
    answer = client.get("/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert "We could not read that request." in answer.content.decode()


def test_errors_speak_the_readers_language() -> None:
    with override("nb"):
        assert '<html lang="nb">' in render_to_string("500.html")


def test_what_a_view_or_a_nonce_adds_to_the_policy_stays(rf: RequestFactory, settings: Any) -> None:
    """The usual header is written once; whoever asks for their own still gets it."""

    @csp_update({"img-src": "https://pictures.example"})
    def pictures(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    def nonce(request: HttpRequest) -> HttpResponse:
        return HttpResponse(str(request.csp_nonce))  # type: ignore[attr-defined]

    assert "pictures.example" in policy(PolicyMiddleware(pictures)(rf.get("/")))["img-src"]
    assert "pictures.example" not in policy(PolicyMiddleware(lambda _request: HttpResponse())(rf.get("/")))["img-src"]
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": {"script-src": [SELF, NONCE]}}
    drawn = PolicyMiddleware(nonce)(rf.get("/"))
    assert f"'nonce-{drawn.content.decode()}'" in drawn.headers["Content-Security-Policy"]


@pytest.mark.parametrize("address", ["/", "/admin/"])
def test_the_header_that_is_written_once_says_what_django_csp_would(rf: RequestFactory, address: str) -> None:
    request, response = rf.get(address), HttpResponse()
    middleware = PolicyMiddleware(lambda _request: response)
    middleware(request)
    parts = middleware.get_policy_parts(request, response)
    assert policy(response) == policy(HttpResponse(headers={HEADER: build_policy(config=parts.config)}))
