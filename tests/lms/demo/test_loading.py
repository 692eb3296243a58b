from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
import webvtt
from allauth.account.models import EmailAddress
from django.core.management import call_command
from django.utils import timezone
from stdnum.no import orgnr
from wagtail.images import get_image_model
from wagtail.models import ModelLogEntry, Revision, WorkflowState

from certificates.models import Certificate
from certificates.tasks import issue_owed_certificates
from cms.models import (
    Chapter,
    DelegationPage,
    Document,
    Guest,
    MasterclassesPage,
    MasterclassPage,
    RelatedPage,
    Topic,
    WebinarPage,
    WebinarSpeaker,
)
from cohorts.models import Cohort, Participation
from cohorts.rules import Stage
from courses.models import (
    CoursePage,
    Enrolment,
    LessonPage,
    LessonProgress,
    QuizAttempt,
    SeatAgreement,
    WorksheetAnswer,
)
from courses.rules import Level
from courses.seats.selectors import seats_of
from courses.selectors import learner_state, outline_now
from lms.accounts.models import ClusterMembership, Company, Membership, User
from lms.demo import loading
from lms.demo.companies import COMPANIES
from lms.demo.people import PASSWORD

ROLES = ("superuser", "editor", "moderator", "advisor", "owner", "company", "learner", "outsider")


def person(name: str) -> User:
    return User.objects.get(email=f"{name}@demo.example")


def main_course() -> CoursePage:
    return CoursePage.objects.get(key=loading.MAIN_COURSE)


@pytest.mark.django_db
def test_the_demo_is_whole_also_after_an_interruption_and_loading_again_changes_nothing(settings: Any):
    an_interrupted_demo_has_no_people()
    ticks: list[int] = []
    loading.load(lambda: ticks.append(1))
    assert len(ticks) == loading.steps() - LessonPage.objects.count(), "the courses were there"
    people_can_sign_in()
    companies_are_examples()
    editors_may_save_every_lesson()
    courses_are_offered_by_level()
    topics_have_somebody_to_ask()
    the_library_is_full()
    masterclasses_can_be_heard_read_and_found()
    events_have_their_pages()
    something_waits_on_the_editors_desk()
    learners_are_at_different_places()
    the_cohort_is_half_way()
    one_certificate_is_owed()
    seats_are_agreed_on()
    loading_again_changes_nothing(settings)


def an_interrupted_demo_has_no_people() -> None:
    """The launcher loads the demo where there is nobody: half of one would never be finished."""
    count, last = 0, loading.steps() - 1

    def stop() -> None:
        nonlocal count
        count += 1
        if count == last:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        loading.load(stop)
    assert CoursePage.objects.exists()
    assert not User.objects.exists()


def seats_are_agreed_on() -> None:
    [terms] = seats_of(Company.objects.get(name="Example Medtech AS"))
    assert (terms.agreed, terms.extra, terms.used, terms.remaining) == (4, 1, 2, 3)
    assert terms.name.startswith("USA Next, ")
    levels = SeatAgreement.objects.get().courses.values_list("level", flat=True)
    assert sorted(levels) == [Level.INTERMEDIATE, Level.ADVANCED]


def people_can_sign_in() -> None:
    for name in ROLES:
        user = person(name)
        assert user.check_password(PASSWORD)
        assert {"Demo", "Eksempel"} & set(user.full_name.split())
        assert EmailAddress.objects.filter(user=user, email=user.email, verified=True, primary=True).exists()
    staff = set(User.objects.filter(is_staff=True).values_list("email", flat=True))
    assert staff == {f"{name}@demo.example" for name in ("superuser", "editor", "moderator", "advisor", "owner")}
    assert {user.email for user in User.objects.filter(is_superuser=True)} == {"superuser@demo.example"}
    assert person("editor").has_perm("wagtailadmin.access_admin")
    assert Membership.objects.get(user=person("company")).role == "admin"
    assert Membership.objects.get(user=person("learner")).company.name == "Example Medtech AS"
    assert Membership.objects.get(user=person("outsider")).company.name == "Example Diagnostics AS"


def companies_are_examples() -> None:
    assert Company.objects.count() == len(COMPANIES) == 8
    for company in Company.objects.all():
        assert company.name.startswith("Example ")
        assert orgnr.is_valid(company.organisation_number)
        assert company.organisation_number.startswith("3")  # real ones begin with 8 or 9
    left = ClusterMembership.objects.filter(cluster__slug="norwegian-smart-care-cluster")
    assert {membership.until for membership in left} == {date(2025, 1, 1)}


def editors_may_save_every_lesson() -> None:
    for page in LessonPage.objects.all():
        assert page.body.stream_block.clean(page.body)


def courses_are_offered_by_level() -> None:
    courses = outline_now().courses
    assert [course.level for course in courses] == [Level.FOUNDATION, Level.INTERMEDIATE, Level.ADVANCED]
    assert courses[0].page_id == main_course().pk
    assert set(Enrolment.objects.values_list("course", flat=True)) == {courses[0].id}
    assert list(Cohort.objects.get().courses.values_list("key", flat=True)) == [loading.MAIN_COURSE]


def topics_have_somebody_to_ask() -> None:
    assert list(Topic.objects.values_list("place", flat=True)) == list(range(1, 8))
    asks_everybody = set(Topic.objects.exclude(moderators=person("moderator")).values_list("slug", flat=True))
    assert asks_everybody == {"production", "funding"}
    assert {page.topics.count() for page in CoursePage.objects.all()} == {4}


def the_library_is_full() -> None:
    entries = Document.objects.exclude(kind=Document.FILE)
    files = entries.exclude(file="")
    assert (entries.count(), files.count()) == (32, 4)
    assert all(entry.pages and entry.media_type == "application/pdf" for entry in files)
    assert not entries.filter(file="", link="").exists()
    assert not entries.filter(topics=None).exists()
    assert not entries.filter(summary="").exists()
    assert not entries.filter(audience="clusters", clusters=None).exists()


def masterclasses_can_be_heard_read_and_found() -> None:
    pages = MasterclassPage.objects.live().child_of(MasterclassesPage.objects.get())
    assert len(pages) == 5
    assert [page.slug for page in pages if page.audience == "members"] == ["production"]
    assert {page.audience for page in pages} == {"members", "everyone"}
    assert [page.slug for page in pages if page.video] == ["market-access-norway"]
    for page in pages:
        assert page.audio.media_type == "audio/mpeg"
        captions = webvtt.from_string(page.captions)
        assert 0 < captions[-1].end_in_seconds <= page.recording().duration + 1
        chapters = [chapter.start for chapter in page.chapters.all()]
        assert chapters[0] == 0
        assert len(chapters) == 6
        assert chapters == sorted(set(chapters))
        assert chapters[-1] < page.recording().duration
        assert {guest.name: guest.is_host for guest in page.guests.all()} == {"Demo Host": True, "Demo Founder": False}
        assert all(guest.consent_on and guest.consent_note for guest in page.guests.all())
        assert page.topics.exists()
        assert page.documents.count() == 4
        assert [related.target_id for related in page.related.all()] == [main_course().pk]
        assert page.first_published_at < timezone.now() - timedelta(days=2)


def events_have_their_pages() -> None:
    """What stands on them is asked in test_presented.py."""
    shown = [page.event.kind for model in (WebinarPage, DelegationPage) for page in model.objects.live()]
    assert sorted(shown) == ["delegation", "webinar", "webinar"]


def something_waits_on_the_editors_desk() -> None:
    begun = MasterclassPage.objects.not_live().get()
    assert (begun.slug, begun.owner) == ("regulatory", person("editor"))
    waiting = WorkflowState.objects.get(status=WorkflowState.STATUS_IN_PROGRESS)
    assert (waiting.content_object.slug, waiting.requested_by) == ("market-access-norway", person("editor"))


def learners_are_at_different_places() -> None:
    course = outline_now().courses[0]
    done = {
        enrolment.user.email.split("@")[0]: learner_state(enrolment.user_id).progress(course).lessons_done
        for enrolment in Enrolment.objects.select_related("user")
    }
    assert done["learner"] == 8
    assert done["outsider"] == len(course.lessons)
    assert len(set(done.values())) >= 6
    assert QuizAttempt.objects.filter(passed=False).exists()
    assert WorksheetAnswer.objects.filter(company__name="Example Medtech AS").exists()
    now = timezone.now()
    assert Enrolment.objects.filter(started_at__lt=now - timedelta(days=7)).count() == Enrolment.objects.count()
    assert LessonProgress.objects.filter(last_seen__gt=now).count() == 0
    assert LessonProgress.objects.filter(last_seen__gt=now - timedelta(days=3)).exists()


def the_cohort_is_half_way() -> None:
    cohort = Cohort.objects.get()
    assert cohort.starts < timezone.localdate() < cohort.ends
    assert cohort.name == f"USA Next, {'spring' if cohort.starts.month < 7 else 'autumn'} {cohort.starts.year}"
    assert list(cohort.advisors.all()) == [person("advisor")]
    stages = set(Participation.objects.values_list("stage", flat=True))
    assert {Stage.REQUESTED, Stage.MAPPING, Stage.TRAINING, Stage.DRAFTING, Stage.REVIEW, Stage.IMPLEMENTING} <= stages
    moves = ModelLogEntry.objects.filter(action="cohorts.move").order_by("pk")
    assert moves.count() >= 15
    assert all(move.timestamp < timezone.now() - timedelta(days=2) for move in moves)


def one_certificate_is_owed() -> None:
    assert not Certificate.objects.exists()
    issue_owed_certificates()
    assert [certificate.holder for certificate in Certificate.objects.all()] == [person("outsider")]


def loading_again_changes_nothing(settings: Any) -> None:
    person("learner").memberships.update(role="admin")
    page = main_course()
    page.title = "What an editor made of it"
    page.save_revision().publish()
    MasterclassPage.objects.get(slug="production").unpublish()
    Topic.objects.filter(slug="funding").update(title="Who gives money")
    Document.objects.filter(title__startswith="Normen").update(summary="Our own words.")
    counted = [Revision, User, Company, Enrolment, LessonProgress, QuizAttempt, Participation, ModelLogEntry]
    counted += [Topic, Document, MasterclassPage, Guest, Chapter, RelatedPage, WorkflowState, get_image_model()]
    counted += [WebinarPage, WebinarSpeaker, DelegationPage]
    before = [model._default_manager.count() for model in counted]
    settings.DEMO_ALLOWED, output = True, StringIO()
    call_command("load_demo", stdout=output)
    assert output.getvalue() == "The demo is loaded. Sign in as learner@demo.example, password landfall-demo.\n"
    assert [model._default_manager.count() for model in counted] == before
    assert main_course().title == "What an editor made of it"
    assert not MasterclassPage.objects.get(slug="production").live
    assert Topic.objects.get(slug="funding").title == "Who gives money"
    assert Document.objects.get(summary="Our own words.")
    assert person("learner").memberships.get().role == "admin"
