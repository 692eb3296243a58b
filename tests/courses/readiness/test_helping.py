"""What a report's next steps lead to: the course by name, the next event that fits, the topic, the catalogue."""

import re
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction

from cms.models import Topic as Subject
from courses.models import CoursePage
from courses.readiness import actions
from courses.readiness.models import Option, Report, Topic
from courses.readiness.rules import fitting, kind_named
from courses.rules import Level
from lms.accounts.models import Membership
from lms.events.models import Event
from tests.factories.accounts import MembershipFactory
from tests.factories.cms import HomePageFactory, StandardPageFactory, TopicFactory, webinar, webinar_event
from tests.factories.courses import lessons_of, make_course
from tests.factories.events import EventFactory
from tests.factories.readiness import answered, make_question

database = pytest.mark.django_db
OFFER, EVENT = "regulatory adviser", "webinar: the FDA"


# --- Which event fits ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("webinar: US market introduction", "webinar"),
        ("Workshop: contracting", "workshop"),
        ("delegation", "delegation"),
        ("expert dialogue: regulatory", "meeting"),
        ("matchmaking: test sites", "meeting"),
        ("investor meeting", "meeting"),
        ("networking evening", "meeting"),
        ("resource group: USA", "meeting"),
        ("masterclass: production", None),
        ("sales and pitching course", None),
        ("masterclass: after the webinar", None),
        ("", None),
        (":", None),
        ("\0 webinars", None),
    ],
)
def test_the_kind_stands_before_the_colon(words: str, kind: str | None) -> None:
    assert kind_named(words) == kind


@dataclass(frozen=True)
class One:
    name: str
    kind: str
    topics: frozenset[int] = frozenset()


def one(name: str, kind: str = "webinar", *topics: int) -> One:
    return One(name, kind, frozenset(topics))


@pytest.mark.parametrize(
    ("words", "subjects", "events", "expected"),
    [
        ("webinar: x", {1}, [one("early"), one("about", "webinar", 1), one("later", "webinar", 1)], "about"),
        ("webinar: x", {1}, [one("a", "webinar"), one("other kind", "workshop", 1)], "other kind"),
        ("webinar: x", {1}, [one("elsewhere", "webinar", 2), one("plain")], "plain"),
        ("webinar: x", {1}, [one("elsewhere", "webinar", 2), one("workshop", "workshop")], None),
        ("webinar: x", set(), [one("any", "webinar", 2)], "any"),
        ("masterclass: x", set(), [one("any", "webinar", 2), one("plain", "workshop")], None),
        ("masterclass: x", {2}, [one("any", "webinar", 2)], "any"),
        ("webinar: x", {1}, [], None),
        ("expert dialogue: x", set(), [one("any meeting", "meeting")], None),
        ("expert dialogue: x", {1}, [one("on it", "meeting", 1)], "on it"),
        ("investor meeting", {1}, [one("any meeting", "meeting")], "any meeting"),
    ],
)
def test_kind_and_subject_before_subject_before_kind(
    words: str, subjects: set[int], events: list[One], expected: str | None
) -> None:
    found = fitting(words, subjects, events)
    assert (found.name if found else None) == expected


# --- The page --------------------------------------------------------------------------------------------------------
@pytest.fixture
def subject() -> Subject:
    HomePageFactory.create()
    return TopicFactory(title="Rules", slug="rules")


@pytest.fixture
def membership() -> Membership:
    return MembershipFactory()


def report_of(
    membership: Membership, page: Page | None = None, subject: Subject | None = None, **topics: Any
) -> Report:
    """A report with one next step, which names an adviser and an event."""
    make_question("market-0")
    Option.objects.filter(worth=2).update(page=page, offer=OFFER, event=EVENT)
    if subject:
        Topic.objects.get().subjects.add(subject)
    actions.publish(by=None)
    return actions.finish(answered(membership, **{"market-0": 2}), by=membership.user)


def steps(client: Client, membership: Membership, report: Report, prefix: str = "") -> str:
    """The part of the page that has the next steps, its white space made one."""
    client.force_login(membership.user)
    page = client.get(prefix + reverse("readiness:report", args=[report.pk]))
    assert page.status_code == 200
    return re.sub(r"\s+", " ", page.content.decode().split('class="steps"')[1].split("</ol>")[0])


@database
def test_a_module_is_named_with_its_course_and_level(client: Client, membership: Membership) -> None:
    course = make_course(1, 1, title="The long way", slug="long", level=Level.INTERMEDIATE)
    html = steps(client, membership, report_of(membership, course.get_children().first()))
    assert '<a class="go" href="/courses/long/#module-module-1">Module 1' in html
    assert "The long way" in html
    assert "level-2" in html


@database
def test_a_course_and_a_lesson_are_named_too(client: Client, membership: Membership) -> None:
    course = make_course(1, 1, title="The long way", slug="long", level=Level.ADVANCED)
    report = report_of(membership, course)
    assert '<a class="go" href="/courses/long/">The long way' in steps(client, membership, report)
    other = MembershipFactory()
    Option.objects.filter(worth=2).update(page=lessons_of(course)[0])
    actions.publish(by=None)
    report = actions.finish(answered(other, **{"market-0": 2}), by=other.user)
    assert 'href="/courses/long/module-1/lesson-1/">Lesson 1' in steps(Client(), other, report)


@database
def test_other_pages_lead_there_and_private_or_unpublished_ones_nowhere(
    client: Client, membership: Membership, subject: Subject
) -> None:
    plain = StandardPageFactory.create(title="About rules", slug="about-rules")
    report = report_of(membership, plain)
    assert 'href="/about-rules/">About rules' in steps(client, membership, report)
    PageViewRestriction.objects.create(page=plain, restriction_type=PageViewRestriction.LOGIN)
    assert "About rules" not in steps(client, membership, report)


@database
def test_a_private_or_unpublished_course_is_not_named(client: Client, membership: Membership) -> None:
    course = make_course(1, 1, title="The long way")
    report = report_of(membership, course)
    restriction = PageViewRestriction.objects.create(page=course, restriction_type=PageViewRestriction.LOGIN)
    assert "The long way" not in steps(client, membership, report)
    restriction.delete()
    assert "The long way" in steps(client, membership, report)
    CoursePage.objects.get().unpublish()
    assert "The long way" not in steps(client, membership, report)


@database
def test_the_next_event_is_named_with_its_day(client: Client, membership: Membership, subject: Subject) -> None:
    EventFactory(title="A workshop", visibility="everyone")
    later = webinar_event(title="On the FDA", days=20)
    webinar(later, topics=[subject])
    webinar_event(title="On something", days=2)
    html = steps(client, membership, report_of(membership, subject=subject))
    assert f'Coming: <a href="/events/{later.pk}/">On the FDA</a>' in html
    assert f"{later.starts_at.astimezone(later.zone):%Y-%m-%d}" in html
    assert f"{EVENT}." in html, "the words stay what they were"


@database
@pytest.mark.parametrize(
    "fields",
    [
        {"visibility": "clusters"},
        {"visibility": "invited"},
        {"status": "cancelled"},
        {"days": -3},
        {"kind": "workshop"},
    ],
    ids=str,
)
def test_without_an_event_that_fits_the_calendar_is_next(
    client: Client, membership: Membership, subject: Subject, fields: dict[str, Any]
) -> None:
    webinar_event(title="Not this", **fields)
    html = steps(client, membership, report_of(membership, subject=subject))
    assert f'<a href="/events/?kind=webinar&amp;topic=rules">{EVENT}</a>' in html
    assert "Not this" not in html


@database
def test_what_is_for_members_is_named_to_them(client: Client, membership: Membership) -> None:
    webinar_event(title="Among us", visibility="members")
    assert "Among us" in steps(client, membership, report_of(membership))


@database
def test_advisers_are_looked_for_under_the_topic(client: Client, membership: Membership, subject: Subject) -> None:
    report = report_of(membership)
    assert OFFER in steps(client, membership, report)
    assert "/topics/rules/" not in steps(client, membership, report)
    Topic.objects.get().subjects.add(subject)
    assert f'<a href="/topics/rules/">{OFFER}</a>' in steps(client, membership, report), "at once, no stale memory"
    Topic.objects.get().subjects.clear()
    assert "/topics/rules/" not in steps(client, membership, report)


@database
def test_a_level_leads_to_its_courses(client: Client, membership: Membership, subject: Subject) -> None:
    client.force_login(membership.user)
    report = report_of(membership, subject=subject)
    page = client.get(reverse("readiness:report", args=[report.pk])).content.decode()
    assert '<a href="/courses/?level=foundation&amp;topic=rules">' in page
    page = client.get("/nb" + reverse("readiness:report", args=[report.pk])).content.decode()
    assert '<a href="/nb/courses/?level=foundation&amp;topic=rules">' in page


@database
@pytest.mark.parametrize("size", [3, 300])
def test_a_report_costs_the_same_whatever_there_is_to_lead_to(
    client: Client, membership: Membership, subject: Subject, size: int, django_assert_max_num_queries: Any
) -> None:
    for at in range(3):
        make_question(f"market-{at}", place=at)
    first = EventFactory(kind="webinar", visibility="everyone")
    Event.objects.bulk_create(
        Event(
            kind="webinar", visibility="everyone", title=f"Webinar {n}", owner=first.owner,
            starts_at=first.starts_at, ends_at=first.ends_at,
        )
        for n in range(size - 1)
    )  # fmt: skip
    course = make_course(1, 1, title="The long way")
    Option.objects.filter(worth=2).update(page=course, offer=OFFER, event=EVENT)
    Topic.objects.get().subjects.add(subject)
    actions.publish(by=None)
    membership.company.product_class, membership.company.stage = "ivd", "idea"
    membership.company.save()
    for _round in range(2):
        report = actions.finish(answered(membership, **{f"market-{at}": 2 for at in range(3)}), by=membership.user)
    assert steps(client, membership, report).count("Coming:") == 3
    with django_assert_max_num_queries(8):
        client.get(reverse("readiness:report", args=[report.pk]))
