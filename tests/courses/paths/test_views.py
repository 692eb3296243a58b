"""The path's pages: what the company reads, what its advisor changes, and what nobody else sees."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone, translation
from django.utils.html import escape

from courses.models import CoursePage, LearningPath, PathStep
from courses.paths import actions
from courses.paths.shown import company_section
from courses.readiness.models import Report, Topic
from courses.team.selectors import team_of
from lms.accounts.models import Company, Membership, User
from lms.notifications.kinds import kind_named
from lms.notifications.models import Message
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.cms import TopicFactory
from tests.factories.cohorts import CohortFactory, ParticipationFactory
from tests.factories.courses import EnrolmentFactory, bulk_courses, make_course
from tests.factories.paths import make_path
from tests.factories.readiness import edition, finished

pytestmark = pytest.mark.django_db
HOSTILE = "<script>alert(1)</script> & “half”"


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def admin() -> Membership:
    return MembershipFactory(admin=True, user__full_name="Ada Admin")


@pytest.fixture
def company(admin: Membership) -> Company:
    return admin.company


@pytest.fixture
def advisor(company: Company) -> User:
    person = UserFactory(full_name="An Advisor", is_staff=True)
    ParticipationFactory(company=company, cohort=CohortFactory(advisors=[person]))
    return person


@pytest.fixture
def courses() -> list[CoursePage]:
    Topic.objects.create(key="market", title="Market")
    return [make_course(1, 1, title=f"Course {name}", hours=6) for name in ("one", "two", "three")]


def read(user: User, address: str = "/path/") -> str:
    answer = signed_in(user).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def in_words(page: str) -> str:
    return " ".join(page.split())


# --- The company's page ----------------------------------------------------------------------------------------------


def test_without_a_report_the_way_to_one_and_without_a_company_the_way_to_that(admin):
    assert 'href="/readiness/"' in read(admin.user)
    assert "A company has a path, not a person" in read(UserFactory())
    assert signed_in(admin.user).post("/path/suggestion/").status_code == 404
    assert not LearningPath.objects.exists()


def test_the_path_says_what_why_who_and_how_far(company, admin, courses):
    colleague = MembershipFactory(company=company, user__full_name="Kim Colleague")
    path = make_path(company, *courses)
    EnrolmentFactory(user=admin.user, course=courses[0], completed_at=timezone.now())
    EnrolmentFactory(user=colleague.user, course=courses[0])
    page = in_words(read(admin.user))
    assert "3 courses, 18 hours in all." in page
    assert "Market is 1.8 of 5: begin at Foundation." in page
    assert "2 of 2 have begun it, 1 completed it." in page
    assert page.count("Next for you") == 1
    assert page.count("Begin this course") == 1, "the one button on"
    assert page.index("Course two") < page.index("Next for you") < page.index("Course three")
    assert "Comes after “Course two”." in page
    assert "You are here" in read(colleague.user)
    assert "Go on with this course" in read(colleague.user)
    LearningPath.objects.filter(pk=path.pk).update(ordered=False)
    page = read(admin.user)
    assert "In any order" in page
    assert "Comes after" not in page


def test_norwegian_readers_get_their_decimal_comma(company, admin, courses):
    make_path(company, courses[0])
    Topic.objects.update(title_nb="Marked")
    assert "1,8" in in_words(read(admin.user, "/nb/path/"))


def test_what_all_have_completed_stays_shown_as_done(company, admin, courses):
    make_path(company, courses[0])
    EnrolmentFactory(user=admin.user, course=courses[0], completed_at=timezone.now())
    page = read(admin.user)
    assert "Course one" in page
    assert '<span class="status status-done">Done</span>' in page


def test_a_course_at_another_level_says_that_it_is_the_nearest(company, admin, courses):
    make_path(company, courses[0])
    CoursePage.objects.filter(pk=courses[0].pk).update(level=2)
    assert "No course on it begins at Foundation; this is the nearest." in in_words(read(admin.user))


def test_a_course_that_is_not_offered_any_more_is_kept_and_says_so(company, admin, courses):
    make_path(company, courses[0])
    courses[0].unpublish()
    page = read(admin.user)
    assert "Course one" in page
    assert "not offered any more" in page
    assert courses[0].slug not in page


def test_a_page_with_a_course_of_a_path_is_not_deleted(company, courses):
    make_path(company, courses[0])
    editor = UserFactory(is_staff=True, is_superuser=True)
    signed_in(editor).post(f"/admin/pages/{courses[0].pk}/delete/")
    assert CoursePage.objects.filter(pk=courses[0].pk).exists()


def test_a_report_of_before_there_were_paths_makes_one(admin):
    edition(market=1)
    make_course(level=1)
    report = finished(admin, **{"market-0": 2})
    LearningPath.objects.all().delete()
    assert "Make the path from the report" in read(admin.user)
    assert signed_in(admin.user).post("/path/suggestion/").url == "/path/"
    assert LearningPath.objects.get().report == report


def test_topics_left_open_are_named(admin):
    edition(market=1, payer=1)
    finished(admin, **{"market-0": 2})
    assert "nothing is recommended for it: Payer" in in_words(read(admin.user))


def test_the_reports_page_shows_the_first_courses(admin):
    edition(market=1)
    course = make_course(level=1)
    report = finished(admin, **{"market-0": 2})
    page = read(admin.user, f"/readiness/reports/{report.pk}/")
    assert "Your path" in page
    assert course.title in page


# --- Who takes it ----------------------------------------------------------------------------------------------------


def test_a_colleague_takes_a_course_others_were_chosen_for(company, admin, courses):
    colleague = MembershipFactory(company=company, user__full_name="Kim Colleague").user
    step = make_path(company, courses[0]).steps.get()
    client = signed_in(admin.user)
    assert client.post(f"/path/steps/{step.pk}/", {"people": [admin.user_id]}).url == f"/path/#step-{step.pk}"
    assert "For Ada Admin." in in_words(read(colleague))
    assert "I take it too" in read(colleague)
    signed_in(colleague).post(f"/path/steps/{step.pk}/take/")
    assert "For Ada Admin, Kim Colleague." in in_words(read(colleague))
    client.post(f"/path/steps/{step.pk}/", {})
    assert "For everybody." in read(colleague)


def test_somebody_of_elsewhere_cannot_be_chosen(company, admin, courses):
    step = make_path(company, courses[0]).steps.get()
    page = signed_in(admin.user).post(f"/path/steps/{step.pk}/", {"people": [UserFactory().pk]})
    assert "not one of the available choices" in page.content.decode()
    assert not step.people.exists()


def test_how_far_each_is_only_administrators_read(company, admin, courses):
    colleague = MembershipFactory(company=company, user__full_name="Kim Colleague").user
    step = make_path(company, courses[0]).steps.get()
    EnrolmentFactory(user=colleague, course=courses[0])
    assert "0 of 1 lesson" in read(admin.user, f"/path/steps/{step.pk}/")
    assert signed_in(colleague).get(f"/path/steps/{step.pk}/").status_code == 404


# --- The advisor's page ----------------------------------------------------------------------------------------------


def send(advisor: User, company: Company, **fields: Any) -> Any:
    version = LearningPath.objects.get(company=company).version
    return signed_in(advisor).post(f"/path/{company.pk}/", {"version": version, **fields})


def test_an_advisor_adds_moves_and_takes_out(company, admin, advisor, courses):
    path = make_path(company, courses[0], courses[1])
    assert send(advisor, company, do="add", course=courses[2].pk, reason=HOSTILE).status_code == 302
    added = path.steps.get(course=courses[2])
    assert send(advisor, company, step=added.pk, place=0).url == f"/path/{company.pk}/#step-{added.pk}"
    page = read(admin.user)
    assert escape(HOSTILE) in page
    assert "An Advisor:" in page
    assert "Adjusted by An Advisor on" in in_words(page)
    assert page.index("Course three") < page.index("Course one")
    send(advisor, company, do="out", step=path.steps.get(course=courses[0]).pk)
    assert "Course one" not in read(admin.user)
    send(advisor, company, do="order", ordered="0")
    assert "In any order" in read(admin.user)


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"course": "1000000", "reason": "Why"}, "Select a valid choice"),
        ({"course": "one", "reason": "Why"}, "Select a valid choice"),
        ({"reason": "Why"}, "This field is required"),
        ({"reason": "x" * 301}, "at most 300 characters"),
        ({"reason": "nul \x00 byte"}, "Null characters"),
    ],
)
def test_what_cannot_be_added_comes_back_filled_with_why(company, advisor, courses, fields, says):
    make_path(company, courses[0])
    page = send(advisor, company, do="add", **fields).content.decode()
    assert says in page
    assert escape(fields["reason"].replace("\x00", "\x00")) in page
    assert PathStep.objects.count() == 1


def test_a_course_on_the_path_is_not_added_twice(company, advisor, courses):
    make_path(company, courses[0])
    page = send(advisor, company, do="add", course=courses[0].pk, reason="Twice").content.decode()
    assert "on the path already" in page
    assert PathStep.objects.count() == 1


def test_two_advisors_at_once_lose_nothing_they_typed(company, advisor, courses):
    path = make_path(company, courses[0], version=3)
    other = UserFactory(full_name="Bo Other")
    actions.set_order(path, ordered=False, version=3, by=other)
    answer = send(advisor, company, do="add", course=courses[1].pk, reason="Because of it.", version=3)
    page = answer.content.decode()
    assert "Bo Other changed this path while you were here" in page
    assert "Because of it." in page
    assert 'name="version" value="4"' in page
    assert PathStep.objects.count() == 1
    step = path.steps.get()
    page = send(advisor, company, do="reason", step=step.pk, version=3, **{f"step-{step.pk}-reason": "Mine."})
    assert "Mine." in page.content.decode()
    assert not PathStep.objects.exclude(reason="").exists()


@pytest.mark.parametrize("sent", [{"step": "-1"}, {"step": "one", "place": "two"}, {"do": "fly"}, {"do": "out"}, {}])
def test_what_means_nothing_changes_nothing(company, advisor, courses, sent):
    make_path(company, courses[0], courses[1])
    assert send(advisor, company, **sent).status_code == 302
    assert LearningPath.objects.get().version == 1


def test_an_advisor_says_why_and_takes_it_back(company, admin, advisor, courses):
    step = make_path(company, courses[0]).steps.get()
    send(advisor, company, do="reason", step=step.pk, **{f"step-{step.pk}-reason": "Begin here."})
    assert "An Advisor:</b> Begin here." in read(admin.user)
    send(advisor, company, do="reason", step=step.pk, **{f"step-{step.pk}-reason": ""})
    page = read(admin.user)
    assert "Begin here." not in page
    assert "Market is 1.8 of 5" in page


def test_before_there_is_a_path_nothing_can_be_added(company, advisor, courses):
    assert "There is no path yet" in read(advisor, f"/path/{company.pk}/")
    fields = {"do": "add", "course": courses[0].pk, "reason": "Why", "version": 1}
    assert signed_in(advisor).post(f"/path/{company.pk}/", fields).status_code == 200
    assert not LearningPath.objects.exists()


def test_another_cohorts_company_and_another_companys_path_are_not_there(company, advisor, admin, courses):
    other = make_path(None, courses[0])
    assert signed_in(advisor).get(f"/path/{other.company_id}/").status_code == 404
    assert signed_in(admin.user).get(f"/path/{company.pk}/").status_code == 404
    assert signed_in(admin.user).post(f"/path/steps/{other.steps.get().pk}/take/").status_code == 404
    assert signed_in(admin.user).get(f"/path/steps/{other.steps.get().pk}/").status_code == 404


def test_the_participation_leads_its_advisor_to_the_path(company, admin, advisor):
    page = f"/cohorts/participations/{company.participations.get().pk}/"
    assert f'href="/path/{company.pk}/"' in read(advisor, page)
    assert 'href="/advisor/">Advisor’s desk' in read(advisor, f"/path/{company.pk}/")
    assert f'href="/path/{company.pk}/"' not in read(admin.user, page)


# --- A new report on an adjusted path --------------------------------------------------------------------------------


@pytest.fixture
def outdated(company, admin, advisor) -> Report:
    """A report on the payer, newer than the path, which an advisor adjusted."""
    edition(market=1, payer=1)
    for key, title in (("market", "About market"), ("payer", "About payer")):
        subject = TopicFactory(slug=f"about-{key}")
        Topic.objects.get(key=key).subjects.add(subject)
        make_course(level=1, topics=[subject], title=title)
    finished(admin, **{"market-0": 2})
    path = LearningPath.objects.get()
    actions.set_order(path, ordered=False, version=path.version, by=advisor)
    return finished(admin, **{"payer-0": 1})


def test_what_a_new_report_would_change_is_shown_and_taken(company, admin, advisor, outdated):
    colleague = MembershipFactory(company=company).user
    for reader, may in ((colleague, False), (admin.user, True)):
        page = in_words(read(reader))
        assert "Add “About payer”" in page
        assert "Take out “About market”" in page
        assert ("Take the suggestion" in page) is may
    assert signed_in(colleague).post("/path/suggestion/").status_code == 404
    assert "Take the suggestion" in read(advisor, f"/path/{company.pk}/")
    stale = signed_in(admin.user).post("/path/suggestion/", {"version": 1}, follow=True)
    assert "Nothing was done" in stale.content.decode()
    version = LearningPath.objects.get().version
    signed_in(admin.user).post("/path/suggestion/", {"version": version})
    page = read(admin.user)
    assert "About payer" in page
    assert "Take the suggestion" not in page


def test_an_advisor_takes_it_too(company, advisor, outdated):
    assert send(advisor, company, do="suggestion").status_code == 302
    assert LearningPath.objects.get().report == outdated


# --- On other pages, and by mail -------------------------------------------------------------------------------------


def test_the_company_pages_section(rf, company, admin, courses):
    request = rf.get("/company/")
    request.user, request.session = admin.user, {}
    assert "Your readiness report makes it" in company_section(request, team_of(admin, timezone.now()))
    make_path(company, *courses)
    EnrolmentFactory(user=admin.user, course=courses[0], company=company, completed_at=timezone.now())
    section = in_words(company_section(request, team_of(admin, timezone.now())))
    assert "1 of 3 courses are done" in section
    assert "Course two" in section
    assert "Course one" not in section


def test_the_mail_says_who_changed_what_and_not_to_those_who_left(company, admin, courses, advisor):
    path = make_path(company, *courses)
    actions.set_order(path, ordered=False, version=1, by=advisor)
    message = Message.objects.get()
    with translation.override("en"):
        mail = kind_named(actions.CHANGED).compose(message)
    assert mail is not None
    assert mail.subject == f"An Advisor changed the learning path of {company}"
    assert mail.paragraphs[0] == "It has 3 courses now, to take in any order."
    Membership.objects.filter(pk=admin.pk).update(state="left")
    assert kind_named(actions.CHANGED).compose(message) is None


def test_hostile_reasons_come_back_as_typed(inputs: Path, company, admin, advisor, courses):
    """A part of them on a path of many courses: what is written, and what is read on one page."""
    texts = [text.strip() for text in json.loads((inputs / "hostile" / "blns.json").read_text())]
    reasons = [text for text in texts if text and len(text) <= 300][::15]
    path = make_path(company, *bulk_courses(len(reasons), modules=1, lessons=1))
    for version, (step, reason) in enumerate(zip(path.steps.order_by("place"), reasons, strict=True), 1):
        actions.give_reason(path, step.pk, reason, version=version, by=advisor)
    page = read(admin.user)
    assert [reason for reason in reasons if escape(reason) not in page] == []
