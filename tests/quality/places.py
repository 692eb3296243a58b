"""One of each kind of page, and how a person gets there."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from playwright.sync_api import expect

from tests.journeys.learning import COURSE, FIRST, asked_in, give_wrong, new_learner, reads
from tests.product import Person, Product

LESSON = f"{COURSE}money-in/coverage-coding-payment/"


@dataclass(frozen=True)
class Place:
    """A kind of page: who goes there, and how."""

    name: str
    role: str | None
    go: Callable[[Product, Person], object]


def at(path: str) -> Callable[[Product, Person], object]:
    return lambda product, person: person.page.goto(path)


def answered(product: Product, person: Person) -> None:
    """A lesson whose quiz was answered wrong, its worksheet asked for more."""
    new_learner(product, person, name="Eva Eksempel")
    page = person.page
    quiz = page.locator(".quiz").first
    for question in asked_in(quiz):
        give_wrong(quiz, question)
    quiz.get_by_role("button", name="Check my answers").click()
    expect(quiz.get_by_role("status").first).to_contain_text("Passed from")
    sheet = page.locator("section[id^=worksheet-]").first
    sheet.get_by_role("button", name="Save and mark as done").click()
    expect(sheet.get_by_role("alert").first).to_be_visible()


def unfinished_sign_up(product: Product, person: Person) -> None:
    """A sign-up refused for several reasons."""
    page = person.page
    page.goto("/accounts/signup/")
    page.get_by_label("Your name").fill("Eva Eksempel")
    page.get_by_label("E-mail").fill("eva@ny.example")
    page.get_by_label("Password").fill("kort")
    page.get_by_label("Company", exact=True).fill("Ny AS")
    page.get_by_label("Organisation number").fill("123456789")
    page.get_by_role("button", name="Register").click()
    expect(page.locator(".error").first).to_be_visible()


def refused_move(product: Product, person: Person) -> None:
    """A company whose move misses something."""
    participation(product, person)
    person.page.get_by_label("Drafting", exact=True).check()
    person.page.get_by_role("button", name="Move", exact=True).click()
    expect(person.page.get_by_text("write a reason")).to_be_visible()


def participation(product: Product, person: Person) -> None:
    person.page.goto("/advisor/")
    person.page.get_by_role("link", name="Example Digital Health AS").first.click()
    expect(person.page.get_by_role("heading", level=1)).to_have_text("Example Digital Health AS")


def certificate(product: Product, person: Person) -> None:
    person.page.goto(f"/certificates/{issued(product)}/")
    reads(person.page, "Valid")


def issued(product: Product) -> UUID:
    """The number of a valid certificate. Somebody in the demo has earned one, but the sweep may not have been there."""
    query = "SELECT id FROM certificates_certificate WHERE revoked_at IS NULL ORDER BY issued_at"
    if not product.rows(query):
        product.manage("issue_owed")
    return UUID(product.rows(query)[0][0])


REVOKE = """
from certificates.actions import revoke
from certificates.models import Certificate
copy = Certificate.objects.earliest("issued_at")
copy.pk, copy.key, copy._state.adding = None, "revoked", True
copy.save()
revoke(copy, by=None, reason="The quizzes were answered by somebody else.")
print(copy.pk)
"""


def revoked_certificate(product: Product, person: Person) -> None:
    issued(product)
    number = product.manage("shell", "--verbosity=0", "-c", REVOKE).split()[-1]
    person.page.goto(f"/certificates/{number}/")
    reads(person.page, "Revoked")


def cohort(product: Product, person: Person) -> None:
    ((slug,),) = product.rows("SELECT slug FROM cohorts_cohort")
    person.page.goto(f"/cohorts/{slug}/")


def readiness_topic(product: Product, person: Person) -> None:
    person.page.goto("/readiness/")
    person.page.get_by_role("main").get_by_role("table").get_by_role("link").first.click()
    expect(person.page.get_by_role("button", name="Save and stay here")).to_be_visible()


def refused_answer(product: Product, person: Person) -> None:
    """An answer that cannot be kept: not relevant, and no reason. Nothing of it is saved."""
    readiness_topic(product, person)
    question = person.page.locator("section[id^=question-]").first
    question.get_by_text("Note, evidence, or not relevant").click()
    question.get_by_label("Not relevant for us").check()
    expect(question.get_by_role("alert")).to_contain_text("Say in a few words")
    person.page.get_by_role("button", name="Save and stay here").click()
    reads(person.page, "needs another look")


def readiness_report(product: Product, person: Person) -> None:
    person.page.goto("/readiness/")
    person.page.get_by_role("region", name="Reports").get_by_role("link").first.click()
    expect(person.page.get_by_role("region", name="Scores by topic")).to_be_visible()


def library_entry(product: Product, person: Person) -> None:
    person.page.goto("/library/")
    person.page.get_by_role("link", name="Before the tender").click()
    expect(person.page.get_by_role("heading", level=1)).to_contain_text("Before the tender")


ANNOUNCE = """
from datetime import timedelta
from django.utils import timezone
from cms.models import DelegationPage, DelegationsPage, HomePage, Topic, WebinarPage, WebinarsPage
from lms.accounts.models import User
from lms.events.models import Event, Session
home = HomePage.objects.get(locale__language_code="en")
def child(parent, page):
    found = parent.get_children().filter(slug=page.slug).first()
    return found.specific if found else parent.add_child(instance=page)
def event(kind, days):
    begins = timezone.now() + timedelta(days=days)
    made = Event.objects.create(kind=kind, title=f"A {kind}", visibility="everyone", owner=User.objects.first(),
        status="tentative", place="Minneapolis", starts_at=begins, ends_at=begins + timedelta(hours=1))
    Session.objects.create(event=made, title="The session", starts_at=made.starts_at, ends_at=made.ends_at)
    return made
def page(parent, model, slug, days, **fields):
    made = WebinarPage if model == "webinar" else DelegationPage
    if not parent.get_children().filter(slug=slug).exists():
        new = made(title=f"Shown: {slug}", slug=slug, summary="In short.", live=False, **fields)
        new.event = event(model, days)
        parent.add_child(instance=new)
        new.topics.set(Topic.objects.all()[:1])
        new.save_revision().publish()
webinars = child(home, WebinarsPage(title="Webinars", slug="webinars"))
page(webinars, "webinar", "shown-coming", 7, notes="## What for\\n\\nTo see it.")
page(webinars, "webinar", "shown-held", -7)
page(webinars, "webinar", "shown-recorded", -7, embed="https://youtu.be/abc_DEF-123", transcript="What was said.")
journeys = child(home, DelegationsPage(title="Delegations", slug="delegations"))
page(journeys, "delegation", "shown-journey", 30, background="### Aim\\n\\nTo meet.", why="It is there.",
    why_source="A test.", practical="Bring shoes.", funding="Nobody.")
"""


def announced(path: str) -> Callable[[Product, Person], object]:
    """A page about an event, after such pages were made."""

    def go(product: Product, person: Person) -> None:
        product.manage("shell", "--verbosity=0", "-c", ANNOUNCE)
        person.page.goto(path)
        expect(person.page.get_by_role("heading", level=1)).to_be_visible()

    return go


def organised(page: str) -> Callable[[Product, Person], object]:
    """An organiser's page of a workshop that people came to."""

    def go(product: Product, person: Person) -> None:
        ask = "SELECT id FROM events_event WHERE kind = 'workshop' ORDER BY starts_at"
        person.page.goto(f"/events/{product.rows(ask)[0][0]}/{page}")
        expect(person.page.get_by_role("navigation", name="For organisers")).to_be_visible()

    return go


def registering(product: Product, person: Person) -> None:
    """The second step of the form for a journey: sessions to choose, questions to answer."""
    page = person.page
    page.goto("/events/?kind=delegation")
    page.get_by_role("link", name="Visiting Minneapolis").click()
    page.locator("#registration").get_by_role("link", name="Ask for a place").click()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sessions and questions")


PLACES = [
    Place("front page", None, at("/")),
    Place("front page in Norwegian", None, at("/nb/")),
    Place("standard page", None, at("/about/")),
    Place("topics", None, at("/topics/")),
    Place("topic", None, at("/topics/market-access-norway/")),
    Place("masterclasses", None, at("/masterclasses/")),
    Place("masterclass with film", None, at("/masterclasses/market-access-norway/")),
    Place("masterclass with sound", "learner", at("/masterclasses/production/")),
    Place("webinars", None, announced("/webinars/")),
    Place("webinar to come", None, announced("/webinars/shown-coming/")),
    Place("webinar that was", None, announced("/webinars/shown-held/")),
    Place("webinar with its recording", "learner", announced("/webinars/shown-recorded/")),
    Place("delegations", None, announced("/delegations/")),
    Place("delegation", "learner", announced("/delegations/shown-journey/")),
    Place("library", None, at("/library/?language=nb")),
    Place("library entry", None, library_entry),
    Place("search, found", None, at("/search/?q=reimbursment")),
    Place("search, nothing found", None, at("/search/?q=xyzzyxx")),
    Place("events", None, at("/events/")),
    Place("events, as a member", "learner", at("/events/?place=online")),
    Place("events, past", "company", at("/events/?when=past")),
    Place("events of a month", None, at("/events/month/")),
    Place("events of a month, as a member", "learner", at("/events/month/?kind=workshop")),
    Place("readiness, under way", "learner", at("/readiness/")),
    Place("readiness, not begun", "outsider", at("/readiness/")),
    Place("readiness, a topic", "learner", readiness_topic),
    Place("readiness, a refused answer", "learner", refused_answer),
    Place("readiness, a report", "learner", readiness_report),
    Place("registrations", "advisor", organised("registrations/")),
    Place("attendance", "advisor", organised("attendance/")),
    Place("events of one’s own", "learner", at("/me/events/")),
    Place("registering for a journey", "outsider", registering),
    Place("podcast", None, at("/podcast/")),
    Place("podcast of one’s own", "learner", at("/me/podcast/")),
    Place("catalogue", None, at("/courses/")),
    Place("course, not started", None, at(COURSE)),
    Place("course, begun", "learner", at(COURSE)),
    Place("course, completed", "outsider", at(COURSE)),
    Place("lesson, open to everybody", None, at(FIRST)),
    Place("lesson, not started", None, at(LESSON)),
    Place("lesson, to do", "company", at(LESSON)),
    Place("lesson, answered", None, answered),
    Place("home, empty", "advisor", at("/me/")),
    Place("home, full", "learner", at("/me/")),
    Place("home, all done", "outsider", at("/me/")),
    Place("profile", "learner", at("/me/profile/")),
    Place("sign-in", None, at("/accounts/login/")),
    Place("sign-up", None, at("/accounts/signup/")),
    Place("sign-up with errors", None, unfinished_sign_up),
    Place("new password", None, at("/accounts/password/reset/")),
    Place("company, as its administrator", "company", at("/company/")),
    Place("company, as a colleague", "learner", at("/company/")),
    Place("advisor’s desk", "advisor", at("/advisor/")),
    Place("cohort", "advisor", cohort),
    Place("cohort, as a company", "company", cohort),
    Place("participation", "advisor", participation),
    Place("participation, refused move", "advisor", refused_move),
    Place("certificate, valid", None, certificate),
    Place("certificate, revoked", None, revoked_certificate),
    Place("mail on this machine", None, at("/dev/mail/")),
]
