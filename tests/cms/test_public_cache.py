"""Pages for everybody are kept; what is made for one person, or is not the public's, never is."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.middleware.csrf import get_token
from django.test import Client, RequestFactory

from cms import public_cache
from cms.models import StandardPage
from cms.public_cache import LARGEST_PAGE, MOST_BYTES, MOST_PAGES, Pages, PublicCacheMiddleware, pages
from cms.published import bump
from tests.factories.accounts import UserFactory
from tests.factories.cms import HomePageFactory, StandardPageFactory, locale, texts

pytestmark = pytest.mark.django_db


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Time that passes only when told, for the kept pages."""
    clock = Clock()
    monkeypatch.setattr(pages, "clock", clock)
    return clock


@pytest.fixture
def about() -> StandardPage:
    return StandardPageFactory.create(slug="about", body=texts("First words"))


def words(client: Client, address: str = "/about/") -> str:
    return client.get(address).content.decode()


def change_in_silence(about: StandardPage, text: str) -> None:
    """As another process would see it: the change is there, and no signal came."""
    StandardPage.objects.filter(pk=about.pk).update(body_html=text)


# --- What is kept ----------------------------------------------------------------------------------------------------


def test_a_kept_page_costs_no_query(client: Client, about: StandardPage, django_assert_num_queries: Any) -> None:
    first = client.get("/about/")
    with django_assert_num_queries(0):
        second = client.get("/about/")
    assert second.content == first.content
    assert second.headers == first.headers


def test_the_front_page_is_cheap_even_when_it_is_not_kept(client: Client, django_assert_max_num_queries: Any) -> None:
    HomePageFactory.create()
    client.get("/")
    pages.clear()
    with django_assert_max_num_queries(7):  # one of them compares versions, at most once a second
        client.get("/")


def test_serves_ten_seconds(client: Client, about: StandardPage, clock: Clock) -> None:
    assert "First words" in words(client)
    change_in_silence(about, "Other words")
    clock.now += 9.9
    assert "First words" in words(client)
    clock.now += 0.2
    assert "Other words" in words(client)


def test_another_process_is_heard_within_a_second(client: Client, about: StandardPage, clock: Clock) -> None:
    assert "First words" in words(client)
    change_in_silence(about, "Other words")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cms_contentversion SET n = n + 1")
    assert "First words" in words(client)
    clock.now += 1
    assert "Other words" in words(client)


def test_this_process_is_heard_at_once(client: Client, about: StandardPage, clock: Clock) -> None:
    assert "First words" in words(client)
    about.body = texts("Other words")
    about.save_revision().publish()
    assert "Other words" in words(client)


def test_languages_sites_and_schemes_are_apart(client: Client, about: StandardPage, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["testserver", "other.example"]
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    locale("nb")
    for address, host, scheme in [
        ("/about/", "testserver", "http"),
        ("/nb/about/", "testserver", "http"),
        ("/about/", "other.example", "http"),
        ("/about/", "testserver", "https"),
    ]:
        client.get(address, headers={"host": host, "x-forwarded-proto": scheme})
    assert len(pages) == 4


def test_each_language_gets_its_own_interface(client: Client, about: StandardPage) -> None:
    locale("nb")
    for _ in range(2):
        assert '<html lang="en">' in words(client, "/about/")
        assert '<html lang="nb">' in words(client, "/nb/about/")


def test_the_browsers_language_does_not_matter(client: Client, about: StandardPage) -> None:
    assert '<html lang="en">' in client.get("/about/", headers={"accept-language": "nb"}).content.decode()
    assert '<html lang="en">' in client.get("/about/", headers={"accept-language": "en"}).content.decode()


# --- What is not -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cookie", ["sessionid", "csrftoken", "messages", "django_language"])
def test_not_for_somebody_with_a_cookie_that_matters(client: Client, about: StandardPage, cookie: str) -> None:
    client.cookies[cookie] = "anything"
    client.get("/about/")
    assert len(pages) == 0


def test_for_somebody_with_a_cookie_of_no_matter(client: Client, about: StandardPage) -> None:
    client.cookies["_ga"] = "an analytics cookie"
    client.get("/about/")
    assert len(pages) == 1


@pytest.mark.parametrize(
    ("method", "address", "headers"),
    [
        ("head", "/about/", {}),
        ("post", "/about/", {}),
        ("get", "/about/?page=2", {}),
        ("get", "/about/", {"hx-request": "true"}),
        ("get", "/about/", {"authorization": "Basic x"}),
        ("get", "/nowhere/", {}),
        ("get", "/admin/", {}),
        ("get", "/healthz", {}),
        ("get", "/accounts/login/", {}),
    ],
)
def test_not_kept(client: Client, about: StandardPage, method: str, address: str, headers: dict[str, str]) -> None:
    getattr(client, method)(address, headers=headers)
    assert len(pages) == 0


def streaming(request: HttpRequest) -> StreamingHttpResponse:
    return StreamingHttpResponse(["x"])


def with_cookie(request: HttpRequest) -> HttpResponse:
    response = HttpResponse("x")
    response.set_cookie("seen", "1")
    return response


def with_token(request: HttpRequest) -> HttpResponse:
    return HttpResponse(get_token(request))


def with_nonce(request: HttpRequest) -> HttpResponse:
    request._csp_nonce = "abc"  # type: ignore[attr-defined]
    return HttpResponse("x")


def previewed(request: HttpRequest) -> HttpResponse:
    request.is_preview = True  # type: ignore[attr-defined]
    return HttpResponse("x")


def saying(**headers: str) -> Callable[[HttpRequest], HttpResponse]:
    return lambda request: HttpResponse("x", headers={k.replace("_", "-"): v for k, v in headers.items()})


@pytest.mark.parametrize(
    "view",
    [
        streaming,
        with_cookie,
        with_token,
        with_nonce,
        previewed,
        saying(Cache_Control="private"),
        saying(Cache_Control="max-age=0, No-Store"),
        saying(Vary="Cookie, X-Company"),
        saying(Vary="*"),
        saying(Content_Type="application/json"),
        lambda request: HttpResponse("x", status=404),
        lambda request: HttpResponse("x" * (LARGEST_PAGE + 1)),
    ],
)
def test_an_answer_made_for_one_is_not_kept(rf: RequestFactory, view: Callable[[HttpRequest], HttpResponse]) -> None:
    PublicCacheMiddleware(view)(rf.get("/page/"))
    assert len(pages) == 0


def test_an_answer_for_everybody_is(rf: RequestFactory) -> None:
    """The control of the test above: the same middleware and request keep what has none of these marks."""
    PublicCacheMiddleware(lambda request: HttpResponse("x"))(rf.get("/page/"))
    assert len(pages) == 1


def test_signed_in_people_are_not_answered_from_here(client: Client, about: StandardPage) -> None:
    client.get("/about/")
    person = Client()
    person.force_login(UserFactory.create(full_name="Kari Eksempel"))
    assert "Kari Eksempel" in words(person)
    assert "Kari Eksempel" not in words(client)


def test_after_signing_out_the_name_is_gone(about: StandardPage) -> None:
    person = Client()
    person.force_login(UserFactory.create(full_name="Kari Eksempel"))
    assert "Kari Eksempel" in words(person)
    person.post("/accounts/logout/")
    assert "Kari Eksempel" not in words(person)


def test_a_message_is_shown_to_its_reader_alone(about: StandardPage) -> None:
    person, other = Client(), Client()
    person.force_login(UserFactory.create())
    person.post("/accounts/logout/")  # says so on the next page, without a session
    assert 'class="toast"' in words(person)
    assert 'class="toast"' not in words(other)


# --- Hosts -----------------------------------------------------------------------------------------------------------


def test_a_host_this_site_does_not_answer_to_is_refused_and_not_kept(client: Client, about: StandardPage) -> None:
    for _ in range(2):
        assert client.get("/about/", headers={"host": "evil.example"}).status_code == 400
    assert len(pages) == 0


def test_hostile_hosts_neither_get_nor_leave_a_page(client: Client, about: StandardPage, inputs: Path) -> None:
    kept = words(client)
    for host in json.loads((inputs / "hostile" / "host-headers.json").read_text()):
        answer = client.get("/about/", headers={"host": host})
        if answer.status_code == 200:  # a name of this machine, which tests allow
            assert host in ("127.0.0.1", "[::1]", "")
        assert "evil" not in answer.content.decode()
    assert words(client) == kept
    assert all("evil" not in host for _scheme, host, _path in pages._pages)


# --- Bounds ----------------------------------------------------------------------------------------------------------


def test_bounded_in_pages_the_longest_unused_goes_first(clock: Clock) -> None:
    store = Pages(clock)
    for n in range(MOST_PAGES):
        store.put(("http", "h", f"/{n}/"), b"x", (), 0)
    assert store.get(("http", "h", "/0/"))
    store.put(("http", "h", "/new/"), b"x", (), 0)
    assert len(store) == MOST_PAGES
    assert store.get(("http", "h", "/0/"))
    assert store.get(("http", "h", "/1/")) is None


def test_bounded_in_bytes(clock: Clock) -> None:
    store = Pages(clock)
    for n in range(2 * MOST_BYTES // LARGEST_PAGE):
        store.put(("http", "h", f"/{n}/"), b"x" * LARGEST_PAGE, (), 0)
    assert store.size == MOST_BYTES
    assert len(store) == MOST_BYTES // LARGEST_PAGE


def test_putting_a_page_again_does_not_count_it_twice(clock: Clock) -> None:
    store = Pages(clock)
    for _ in range(3):
        store.put(("http", "h", "/"), b"four", (), 0)
    assert (len(store), store.size) == (1, 4)


def test_a_page_built_while_something_was_published_does_not_outlive_it(rf: RequestFactory) -> None:
    def slow(request: HttpRequest) -> HttpResponse:
        bump()  # published after this view read, before it answered
        return HttpResponse("old")

    PublicCacheMiddleware(slow)(rf.get("/page/"))
    answer = PublicCacheMiddleware(lambda request: HttpResponse("new"))(rf.get("/page/"))
    assert getattr(answer, "content", None) == b"new"


def test_without_a_database_requests_go_on_as_if_it_were_not_there(
    rf: RequestFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> int:
        raise DatabaseError("gone")

    monkeypatch.setattr(public_cache, "current_version", broken)
    pages.clear()
    answer = PublicCacheMiddleware(lambda request: HttpResponse("up"))(rf.get("/page/"))
    assert getattr(answer, "content", None) == b"up"
