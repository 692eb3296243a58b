"""How a person gets to a kind of page that no address alone leads to."""

import time
from collections.abc import Callable
from functools import cache
from uuid import UUID

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import expect

from tests.journeys.learning import COURSE, asked_in, give_wrong, reads, start
from tests.product import PASSWORD, Person, Product

LESSON = f"{COURSE}money-in/coverage-coding-payment/"
LATER = "/courses/usa-next-intermediate/"
"""A course that asks for another one first."""


def at(path: str) -> Callable[[Product, Person], object]:
    return lambda product, person: person.page.goto(path)


def answered(product: Product, person: Person) -> None:
    """A lesson whose quiz was answered wrong, its worksheet asked for more."""
    page = person.page
    start(page)
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
        prepare(product)
    return UUID(product.rows(query)[0][0])


def revoked_certificate(product: Product, person: Person) -> None:
    person.page.goto(f"/certificates/{prepare(product)}/")
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


MAKE = """
from datetime import timedelta
from allauth.mfa.totp.internal.auth import TOTP
from django.core.management import call_command
from django.utils import timezone
from certificates.actions import revoke
from certificates.models import Certificate
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
called_off = event("workshop", 9)
called_off.status = "cancelled"
called_off.save()
TOTP.activate(User.objects.get(email="jonas@demo.example"), "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
call_command("issue_owed")
copy = Certificate.objects.earliest("issued_at")
copy.pk, copy.key, copy._state.adding = None, "revoked", True
copy.save()
revoke(copy, by=None, reason="The quizzes were answered by somebody else.")
print(f"REVOKED={copy.pk}")
"""


@cache
def prepare(product: Product) -> str:
    """Make what the demo has none of, once for all places; the number of a certificate that is revoked."""
    return product.manage("shell", "--verbosity=0", "-c", MAKE).rpartition("REVOKED=")[2].strip()


def announced(path: str) -> Callable[[Product, Person], object]:
    """A page about an event, after such pages were made."""

    def go(product: Product, person: Person) -> None:
        prepare(product)
        person.page.goto(path)
        expect(person.page.get_by_role("heading", level=1)).to_be_visible()

    return go


def events(product: Product, person: Person) -> None:
    """The list, with an event in it that will not be."""
    announced("/events/")(product, person)
    reads(person.page, "Cancelled")


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


def colleague(product: Product, person: Person) -> None:
    """What an administrator may do for a colleague who has been asked to take something."""
    pk = one(
        product,
        "SELECT m.id FROM accounts_membership m JOIN accounts_user u ON u.id = m.user_id WHERE u.email = ?",
        "learner@demo.example",
    )
    person.page.goto(f"/company/people/{pk}/")
    expect(person.page.get_by_role("button", name="Give it to them")).to_be_visible()


def invited_many(product: Product, person: Person) -> None:
    """What comes of a list in which something is wrong. Nobody is invited."""
    person.page.goto("/company/invite/many/")
    person.page.get_by_label("Addresses").fill("tora@ny.example\nTORA@ny.example\nno address\nlearner@demo.example")
    person.page.get_by_role("button", name="Look at the list").click()
    expect(person.page.get_by_role("button", name="Invite 1 person")).to_be_visible()


def refused_list(product: Product, person: Person) -> None:
    person.page.goto("/company/invite/many/")
    person.page.get_by_role("button", name="Look at the list").click()
    reads(person.page, "Paste the addresses here")


def path_of(company: str) -> Callable[[Product, Person], object]:
    """A company's path, as who adjusts it sees it."""

    def go(product: Product, person: Person) -> None:
        pk = one(product, "SELECT id FROM accounts_company WHERE name = ?", company)
        person.page.goto(f"/path/{pk}/")
        expect(person.page.get_by_role("heading", name="Add a course")).to_be_visible()

    return go


def path_step(product: Product, person: Person) -> None:
    query = (
        "SELECT s.id FROM courses_pathstep s JOIN courses_learningpath p ON p.id = s.path_id"
        " JOIN accounts_company c ON c.id = p.company_id WHERE c.name = 'Example Medtech AS' ORDER BY s.id"
    )
    person.page.goto(f"/path/steps/{one(product, query)}/")
    expect(person.page.get_by_role("heading", name="How far they are")).to_be_visible()


def sending_evidence(product: Product, person: Person) -> None:
    person.page.goto(LATER)
    person.page.get_by_role("main").get_by_role("link", name="Show what you know already").click()
    expect(person.page.get_by_role("button", name="Send it to an advisor")).to_be_visible()


def evidence_of(name: str) -> Callable[[Product, Person], object]:
    """The page of what somebody knows already."""

    def go(product: Product, person: Person) -> None:
        query = "SELECT e.id FROM courses_evidence e JOIN accounts_user u ON u.id = e.user_id WHERE u.email = ?"
        person.page.goto(f"/evidence/{one(product, query, f'{name}@demo.example')}/")
        reads(person.page, "Example:")

    return go


def moving_a_seat(product: Product, person: Person) -> None:
    person.page.goto("/company/seats/")
    person.page.get_by_role("main").get_by_role("link", name="to somebody else").first.click()
    person.page.wait_for_url("**/move/**")


def setting_up_an_app(product: Product, person: Person) -> None:
    person.page.goto("/accounts/sign-in/app/")
    person.page.get_by_label("Password").fill(PASSWORD)
    person.page.get_by_role("button", name="Go on").click()
    expect(person.page.get_by_role("img", name="QR code")).to_be_visible()


def recovery_codes(product: Product, person: Person) -> None:
    """The codes as they are shown once, right after the app was set up."""
    page = person.page
    setting_up_an_app(product, person)
    secret = page.locator("code.secret").inner_text().replace(" ", "")
    page.get_by_label("Code in the app").fill(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
    page.get_by_role("button", name="Turn it on").click()
    expect(page.get_by_role("link", name="Save as a file")).to_be_visible()


def second_step(product: Product, person: Person) -> None:
    """Between the password and the code."""
    prepare(product)
    page = person.page
    page.goto("/accounts/login/")
    page.get_by_label("E-mail").fill("jonas@demo.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The second step")


def one(product: Product, query: str, *values: str) -> int:
    """The id that the query finds first."""
    return int(product.rows(query, *values)[0][0])
