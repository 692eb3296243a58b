"""Links that lead nowhere: ours are looked up inside, those of others asked for politely and never inside."""

import socket
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from cms.editorial import actions, links, selectors, tasks
from cms.editorial.rules import ASKED_AT_ONCE, NO_ANSWER, NOT_ASKED, is_working
from cms.editorial.writings import links as published_links
from cms.models import LinkCheck
from tests.factories.cms import DocumentFactory, StandardPageFactory, TopicFactory, masterclass, menu_item, texts
from tests.factories.courses import add_lesson, make_course, paragraph


class Server:
    """A web site of the test's own on 127.0.0.1, and what it was asked."""

    def __init__(self) -> None:
        asked = self.asked = []  # type: list[str]

        class Handler(BaseHTTPRequestHandler):
            def answer(self) -> None:
                asked.append(f"{self.command} {self.path}")
                there = self.path.strip("/").split("/")
                status = (
                    200
                    if self.command == "GET" and there[0] == "no-head"
                    else int(there[-1] if there[-1].isdigit() else 200)
                )
                if self.command == "HEAD" and there[0] == "no-head":
                    status = 405
                self.send_response(status)
                if there[0] == "to":
                    self.send_header("Location", "/" + "/".join(there[1:-1]))
                if there[0] == "inside":
                    self.send_header("Location", "http://169.254.169.254/latest/")
                self.end_headers()

            do_GET = do_HEAD = answer

            def log_message(self, *_said: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.server.shutdown()
    server.server.server_close()


def test_an_address_that_answers(server):
    assert links.ask(f"{server.url}/fine/200", private=True) == 200
    assert server.asked == ["HEAD /fine/200"], "the page itself is not fetched"


def test_get_is_asked_where_head_is_refused_or_says_no(server):
    assert links.ask(f"{server.url}/no-head", private=True) == 200
    assert links.ask(f"{server.url}/gone/404", private=True) == 404
    assert server.asked == ["HEAD /no-head", "GET /no-head", "HEAD /gone/404", "GET /gone/404"]


def test_redirects_are_followed_and_not_for_ever(server):
    assert links.ask(f"{server.url}/to/fine/302", private=True) == 200
    assert links.ask(f"{server.url}/to/to/to/to/to/to/to/302", private=True) in {200, 302, 404}
    assert len(server.asked) < 20


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:1/", "http://localhost/", "http://[::1]/", "http://10.0.0.1/", "http://192.168.1.1/",
        "http://172.16.0.1/", "http://169.254.169.254/latest/meta-data/", "http://0.0.0.0/", "http://[::ffff:127.0.0.1]/",
        "http://[fd00::1]/", "http://[fe80::1]/", "http://100.64.0.1/", "http://224.0.0.1/", "http://2130706433/",
        "http://0x7f.1/", "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/", "http://user:pass@example.org/",
        "file:///etc/passwd", "gopher://127.0.0.1/", "http:///", "http://x:99999999/", "http://[broken/",
    ],
)  # fmt: skip
def test_no_address_inside_is_asked(url):
    assert links.ask(url) in {NOT_ASKED, NO_ANSWER}


def test_a_server_here_is_not_asked_unless_a_test_says_so(server):
    assert links.ask(f"{server.url}/fine/200") == NOT_ASKED
    assert links.ask(f"http://localhost:{server.server.server_port}/fine/200") == NOT_ASKED
    assert server.asked == []


def test_nor_by_way_of_a_redirect(server, monkeypatch):
    """The first host is reachable, as if it were public; where it sends us is looked at again."""
    public = links.is_public
    monkeypatch.setattr(links, "is_public", lambda address: address == "127.0.0.1" or public(address))
    assert links.ask(f"{server.url}/inside/302") == NOT_ASKED


def test_nobody_there():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert links.ask(f"http://127.0.0.1:{port}/", private=True) == NO_ANSWER
    assert links.ask("http://no-such-host.invalid/") == NO_ANSWER


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "64:ff9b::5db8:d822"])
def test_public_addresses_are_public(address):
    assert links.is_public(address)


def test_answers_to_robots_say_nothing_of_people():
    statuses = (200, 301, 401, 403, 405, 429, 999, 404, 410, 500, 503, 0, -1)
    assert [status for status in statuses if is_working(status)] == [
        200, 301, 401, 403, 405, 429, 999,
    ]  # fmt: skip


# --- What is collected -----------------------------------------------------------------------------------------------


def test_an_address_is_kept_as_a_path_of_ours_or_a_whole_one(settings):
    settings.SITE_URL = "https://here.example"
    for href, kept in [
        ("/about/#team", "/about/"), ("https://here.example/a/?x=1", "/a/?x=1"), ("https://here.example", "/"),
        ("https://there.example/a b#c", "https://there.example/a b"), ("#top", None), ("mailto:a@b.example", None),
        ("tel:+47", None), ("//there.example/x", "https://there.example/x"), ("javascript:alert(1)", None),
    ]:  # fmt: skip
        assert links.address_of(href) == kept, href


@pytest.mark.django_db
def test_links_come_from_notes_lessons_pages_the_library_and_the_menu():
    page = StandardPageFactory.create(body=texts("[A](https://a.example/) and [B](/nowhere/)"))
    StandardPageFactory.create(parent=page.get_parent(), body=texts("[A](https://a.example/)"), live=False)
    masterclass(page.get_parent().get_children().type(type(page)).first() and None, notes="[C](https://c.example/)")
    masterclass(notes="[Draft](https://draft.example/)", publish=False)
    course = make_course(1, 1)
    lesson = add_lesson(
        course.get_children().get().specific, body=[{**paragraph(), "value": "[D](https://d.example/)"}]
    )
    lesson.save_revision().publish()
    DocumentFactory.create(link="https://e.example/")
    menu_item(address="https://f.example/", label="F")
    found = links.collected(published_links())
    assert {"https://a.example/", "/nowhere/", "https://c.example/", "https://d.example/", "https://e.example/",
            "https://f.example/"} <= set(found)  # fmt: skip
    assert "https://draft.example/" not in found
    assert [title for title, _edit in found["https://a.example/"]] == [page.title]


@pytest.mark.django_db
def test_ours_are_what_a_visitor_would_get():
    page = StandardPageFactory.create(slug="about")
    StandardPageFactory.create(parent=page.get_parent(), slug="hidden", live=False)
    ask = links.Ourselves().ask
    assert [ask(path) for path in ("/about/", "/about", "/hidden/", "/nowhere/", "/accounts/login/", "/nb/nei/")] == [
        200, 200, 404, 404, 200, 404,
    ]  # fmt: skip


# --- What is kept ----------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_what_is_known_stays_while_the_link_stands_and_goes_with_it():
    now = timezone.now()
    actions.record_links({"/a/": [("A", "/admin/1/")], "https://b.example/": [("B", "/admin/2/")]}, ours=links.is_ours)
    LinkCheck.objects.filter(url="/a/").update(status=404, failing_since=now)
    actions.record_links({"/a/": [("Anew", "/admin/1/")]}, ours=links.is_ours)
    check = LinkCheck.objects.get()
    assert (check.url, check.status, check.failing_since, check.where) == ("/a/", 404, now, [["Anew", "/admin/1/"]])
    assert check.is_ours


@pytest.mark.django_db
def test_failing_since_is_the_first_time_and_forgotten_when_it_answers():
    check = LinkCheck.objects.create(url="https://a.example/")
    first = timezone.now()
    for status, since in [(404, first), (500, first), (200, None), (0, first + timedelta(days=3))]:
        now = {
            404: first,
            500: first + timedelta(days=1),
            200: first + timedelta(days=2),
            0: first + timedelta(days=3),
        }[status]
        check.refresh_from_db()
        actions.record_answer(check, status, now)
        check.refresh_from_db()
        assert check.failing_since == since


@pytest.mark.django_db
def test_others_are_asked_once_a_week_and_daily_while_they_fail_a_bounded_number_at_a_time():
    asked: list[str] = []

    def run() -> list[str]:
        asked.clear()
        actions.check_links(lambda url: asked.append(url) or (404 if "gone" in url else 200), selectors.links_to_ask())
        return sorted(asked)

    places = {f"https://{name}.example/": [("Here", "/admin/")] for name in ("fine", "gone")}
    actions.record_links(places, ours=links.is_ours)
    start = timezone.now()
    with time_machine.travel(start, tick=False):
        assert run() == sorted(places)
        assert run() == []
    with time_machine.travel(start + timedelta(days=1), tick=False):
        assert run() == ["https://gone.example/"]
        assert [check.url for check in selectors.broken_links()] == ["https://gone.example/"]
    with time_machine.travel(start + timedelta(days=7), tick=False):
        assert run() == sorted(places)
    LinkCheck.objects.bulk_create(LinkCheck(url=f"https://{n}.example/") for n in range(ASKED_AT_ONCE + 5))
    assert len(run()) == ASKED_AT_ONCE
    assert len(run()) == 5


@pytest.mark.django_db
def test_what_kills_a_run_is_not_the_first_thing_the_next_one_does():
    LinkCheck.objects.create(url="https://killer.example/")
    LinkCheck.objects.create(url="https://next.example/")

    def killed(url: str) -> int:
        raise SystemExit

    with pytest.raises(SystemExit):
        actions.check_links(killed, list(selectors.links_to_ask()))
    assert [check.url for check in selectors.links_to_ask()] == ["https://next.example/"]


@pytest.mark.django_db
def test_two_runs_at_once_ask_once():
    LinkCheck.objects.create(url="https://a.example/")
    both = [list(selectors.links_to_ask()), list(selectors.links_to_ask())]
    asked: list[str] = []
    for run in both:
        actions.check_links(lambda url: asked.append(url) or 200, run)
    assert asked == ["https://a.example/"]


@pytest.mark.django_db
def test_the_nightly_job_finds_what_is_broken_here(settings):
    settings.SITE_URL = "http://testserver"
    StandardPageFactory.create(
        slug="about", body=texts("[Here](/about/) [Gone](/gone/) [Elsewhere](http://127.0.0.1:9/)")
    )
    TopicFactory.create()
    tasks.check_links()
    tasks.check_links()
    assert [check.url for check in selectors.broken_links()] == ["/gone/"]
    assert LinkCheck.objects.get(url="http://127.0.0.1:9/").status == NOT_ASKED
