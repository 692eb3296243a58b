"""Who gets what: every named address of the product, for every role, with real requests.

Each line is a method, a route and the thing it is about, and what each role gets, in the order of `ROLES`:

    200   the page                             go    a redirect: done, or this way
    in    asked to sign in                     404   not there for them (what one may not see does not exist)
    no    back to the editors' front page,     403   refused
          told that they may not               405   not a page for this method

`own` belongs to the learner's company, the administrator's and the first advisor's cohort; `other` to the outsider's
company and the second advisor's cohort; `deleted` was there once. A route without a line fails
`test_every_route_has_a_line`; a route
without a line for a method has to refuse it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse, HttpResponseNotFound
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse
from pytest_django import DjangoDbBlocker

from lms import urls
from lms.accounts.models import User
from tests.access_table import ADMIN, SENDS, TABLE, TAKES
from tests.factories.world import ROLES, World, made_once, make_world

WAGTAILS = ("admin/", "documents/")
"""What Wagtail itself puts there has Wagtail's tests; what we add has lines here."""

OURS = ("lms", "cms", "courses", "cohorts", "certificates")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: what each role gets."""

    method: str
    route: str
    thing: str
    gets: tuple[str, ...]


def lines() -> list[Line]:
    """The table, read. A line that is not complete is an error here, before anything is asked."""
    read = []
    for row in TABLE.splitlines():
        words = row.split("#")[0].split()
        if not words:
            continue
        method, route, thing, *gets = words
        assert len(gets) == len(ROLES), f"{row!r} names {len(gets)} roles of {len(ROLES)}"
        read.append(Line(method, route, thing, tuple(gets)))
    return read


def is_in_the_admin(route: str) -> bool:
    return route.split(":")[0] in ADMIN


LINES = lines()
NOTHINGS = {"nothing.txt", "nothing.pdf", "999999999"}
ABOUT_SOMETHING = {route for route, names in TAKES.items() if not NOTHINGS & set(names.values())}
STAFFS = {line.route for line in LINES if line.route in ABOUT_SOMETHING and is_in_the_admin(line.route)}


def named_routes(patterns: Any = None, prefix: str = "", namespace: str = "") -> Iterator[str]:
    """Every name an address of ours can be reversed by."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        address = prefix + str(one.pattern)
        if isinstance(one, URLResolver):
            inside = f"{namespace}{one.namespace}:" if one.namespace else namespace
            yield from named_routes(one.url_patterns, address, inside)
        elif isinstance(one, URLPattern) and one.name and (not address.startswith(WAGTAILS) or is_ours(one.callback)):
            yield namespace + one.name


def is_ours(view: Any) -> bool:
    """Whether a view is ours, or Wagtail's about a model of ours."""
    model = getattr(view, "view_initkwargs", {}).get("model") or getattr(getattr(view, "view_class", None), "model", 0)
    return any(str(getattr(one, "__module__", "")).split(".")[0] in OURS for one in (view, model))


def test_every_route_has_a_line_and_every_line_a_route():
    routes, lined = set(named_routes()), {line.route for line in LINES}
    assert sorted(routes - lined) == [], "routes without a line in tests/access_table.py"
    assert sorted(lined - routes) == [], "lines about routes that are not there any more"


def test_every_line_about_something_has_its_other_and_its_deleted():
    """What belongs to a company or a cohort is asked for as own, other and deleted; staff's lists know no other."""
    missing = []
    for method, route in {(line.method, line.route) for line in LINES if line.route in ABOUT_SOMETHING}:
        asked = {line.thing for line in LINES if (line.method, line.route) == (method, route)}
        needed = {"own", "deleted"} if route in STAFFS else {"own", "other", "deleted"}
        missing += [f"{method} {route} {thing}" for thing in needed - asked]
    assert sorted(missing) == []


def got(response: HttpResponse) -> str:
    """The word of the table for an answer."""
    if response.status_code not in {301, 302}:
        return str(response.status_code)
    to = urlsplit(response["Location"])
    if to.path in {reverse(settings.LOGIN_URL), reverse("wagtailadmin_login")} and "next=" in to.query:
        return "in"
    return "no" if to.path == reverse("wagtailadmin_home") else "go"


def address_of(world: World, line: Line) -> str:
    things = {"own": world.own, "other": world.other, "deleted": world.deleted}.get(line.thing, {})
    arguments = {name: things.get(what, what) for name, what in TAKES.get(line.route, {}).items()}
    return reverse(line.route, args=[""]) if line.route == "wagtail_serve" else reverse(line.route, kwargs=arguments)


def ask(client: Client, world: World, line: Line) -> str:
    """One real request, and everything it wrote undone."""
    address = address_of(world, line)
    with transaction.atomic():
        answer = client.post(address, SENDS.get(line.route, {})) if line.method == "POST" else client.get(address)
        for _part in answer if answer.streaming else ():
            pass
        transaction.set_rollback(True)
    return got(answer)


class Visitor(Client):
    """The client of other tests without its notes of every template and context: only the answer is looked at."""

    def request(self, **request: Any) -> Any:
        return self.handler(self._base_environ(**request))


def signed_in(person: User | None) -> Client:
    client = Visitor()
    if person is not None:
        client.force_login(person)
    return client


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the world's uploads."""
    return tmp_path_factory.mktemp("world")


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker, files: Path) -> Iterator[World]:
    """One world for all roles: every request is undone, and in the end the world."""
    with django_db_blocker.unblock(), made_once(files):
        yield make_world()


@pytest.fixture(autouse=True)
def _files_of_the_world(settings: Any, files: Path) -> None:
    settings.MEDIA_ROOT, settings.PRIVATE_ROOT = files, files / "private"


@pytest.fixture(autouse=True)
def _missing_in_a_word(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """Thousands of answers say that something is not there, and no redirects lead elsewhere.

    The page that says it has tests of its own.
    """
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.startswith("wagtail.contrib.redirects")]
    monkeypatch.setattr(urls, "handler404", lambda request, exception: HttpResponseNotFound(), raising=False)


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_everybody_gets_what_the_table_says(world: World, role: str):
    client = signed_in(world.people[role])
    cookies = dict(client.cookies)
    wrong = []
    for line in LINES:
        client.cookies = SimpleCookie(cookies)  # as before somebody signed out or chose a company
        expected, found = line.gets[ROLES.index(role)], ask(client, world, line)
        if found != expected:
            wrong.append(f"{line.method} {line.route} ({line.thing}): {found}, not {expected}")
    assert wrong == []


@pytest.mark.django_db
def test_no_address_leads_to_another_route(world: World):
    """The order in which addresses are tried takes none of ours away. Some of Wagtail's we take on purpose."""
    ours = [line for line in LINES if not line.route.startswith("wagtail")]
    led = {(line.route, resolve(address_of(world, line)).view_name) for line in ours}
    assert {(route, there) for route, there in led if route != there} == set()


@pytest.mark.django_db
def test_what_has_no_line_for_a_method_refuses_it(world: World):
    """A page that is only read cannot be written to, and an address that is only written to cannot be read."""
    client = signed_in(world.people["super"])
    methods: dict[str, set[str]] = {}
    for line in LINES:
        methods.setdefault(line.route, set()).add(line.method)
    wrong = []
    for route, known in methods.items():
        for method in {"GET", "POST"} - known:
            thing = "own" if route in ABOUT_SOMETHING else "-"
            found = ask(client, world, Line(method, route, thing, ()))
            if found not in {"405", "404", "403"}:
                wrong.append(f"{method} {route}: {found}")
    assert wrong == []
