"""Paths from reports, adjusted by advisors: nothing of anybody's is lost, and everything twice is once."""

import pytest
from wagtail.models import ModelLogEntry

from courses.models import LearningPath, PathStep
from courses.paths import actions, selectors
from courses.paths.actions import CHANGED, Conflict, Refused
from courses.readiness.models import Topic
from lms.notifications.models import Message
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.cms import TopicFactory
from tests.factories.courses import EnrolmentFactory, make_course
from tests.factories.paths import make_path
from tests.factories.readiness import edition, finished

pytestmark = pytest.mark.django_db


@pytest.fixture
def courses():
    """One for each of two topics at the first level, one for both at the second."""
    edition(market=1, payer=1)
    found = {}
    for key in ("market", "payer"):
        subject = TopicFactory(slug=f"about-{key}")
        Topic.objects.get(key=key).subjects.add(subject)
        found[key] = make_course(key=key, level=1, topics=[subject])
    found["both"] = make_course(key="both", level=2, topics=[course.topics.get() for course in found.values()])
    return found


@pytest.fixture
def membership():
    return MembershipFactory()


@pytest.fixture
def advisor():
    return UserFactory(full_name="An Advisor")


def path_of(membership) -> LearningPath:
    return LearningPath.objects.get(company=membership.company)


def keys(path: LearningPath) -> list[str]:
    return list(path.steps.values_list("course__key", flat=True))


def test_a_report_makes_a_path_with_its_grounds(courses, membership):
    report = finished(membership, **{"market-0": 2, "payer-0": 1})
    path = path_of(membership)
    assert keys(path) == ["payer", "market"]
    assert path.steps.first().grounds == [{"topic": "payer", "value": "1.0", "level": 1}]
    assert (path.report, path.adjusted_at) == (report, None)
    before = report.content
    actions.follow(report)
    report.refresh_from_db()
    assert path_of(membership).version == path.version
    assert report.content == before


def test_what_is_not_answered_recommends_nothing(courses, membership):
    report = finished(membership, **{"market-0": 2})
    assert keys(path_of(membership)) == ["market"]
    assert selectors.unanswered(report, selectors.headings()) == ["Payer"]


def test_a_path_nobody_adjusted_follows_the_next_report_and_keeps_people(courses, membership):
    finished(membership, **{"market-0": 2, "payer-0": 1})
    step = path_of(membership).steps.get(course=courses["payer"])
    actions.choose_people(step, [membership.user_id], by=membership.user)
    finished(membership, **{"market-0": 3, "payer-0": 1})
    assert keys(path_of(membership)) == ["payer", "both"]
    assert list(step.people.all()) == [membership.user]


def test_an_adjusted_path_is_left_until_somebody_takes_the_suggestion(courses, membership, advisor):
    finished(membership, **{"market-0": 2})
    path = path_of(membership)
    actions.add(path, courses["both"].pk, reason="Read module 2.", version=path.version, by=advisor)
    report = finished(membership, **{"payer-0": 1})
    path.refresh_from_db()
    assert keys(path) == ["market", "both"]
    with pytest.raises(Conflict):
        actions.take_suggestion(path, version=path.version - 1, by=advisor)
    actions.take_suggestion(path, version=path.version, by=advisor)
    path.refresh_from_db()
    assert keys(path) == ["both", "payer"]  # it followed what goes, so it comes first
    assert path.steps.get(course=courses["both"]).reason == "Read module 2."
    assert (path.report, path.adjusted_by) == (report, advisor)
    version = path.version
    actions.take_suggestion(path, version=1, by=advisor)
    assert path_of(membership).version == version


def test_when_nothing_of_the_advisors_is_left_the_path_follows_reports_again(courses, membership, advisor):
    finished(membership, **{"market-0": 2})
    path = path_of(membership)
    actions.take_out(path, path.steps.get().pk, version=path.version, by=advisor)
    finished(membership, **{"payer-0": 1})
    path = path_of(membership)
    actions.take_suggestion(path, version=path.version, by=advisor)
    assert path_of(membership).adjusted_at is None
    finished(membership, **{"market-0": 1})
    assert keys(path_of(membership)) == ["market"]


def test_adding_needs_a_reason_and_a_course_that_is_offered_and_not_there(courses, membership, advisor):
    path = make_path(membership.company, courses["market"])
    for course, reason, field in [
        (courses["both"].pk, "  ", "reason"),
        (999_999, "Why not", "course"),
        (courses["market"].pk, "Again", "course"),
    ]:
        with pytest.raises(Refused) as refusal:
            actions.add(path, course, reason=reason, version=1, by=advisor)
        assert refusal.value.field == field
    courses["both"].unpublish()
    with pytest.raises(Refused):
        actions.add(path, courses["both"].pk, reason="Why not", version=1, by=advisor)
    assert path_of(membership).version == 1


def test_everything_twice_is_once(courses, membership, advisor):
    path = make_path(membership.company, courses["market"], courses["payer"])
    first, second = path.steps.all()
    seen = path.version
    made = [actions.add(path, courses["both"].pk, reason="Why", version=seen, by=advisor) for _ in range(2)]
    assert made[0] == made[1]
    for change in (
        lambda version: actions.move(path, second.pk, 0, version=version, by=advisor),
        lambda version: actions.give_reason(path, first.pk, "Because", version=version, by=advisor),
        lambda version: actions.set_order(path, ordered=False, version=version, by=advisor),
        lambda version: actions.take_out(path, first.pk, version=version, by=advisor),
    ):
        seen += 1
        change(seen)
        change(seen)  # as a double click sends it
    path = path_of(membership)
    assert (path.version, path.ordered, keys(path)) == (6, False, ["payer", "both"])
    told = ["paths.add", "paths.move", "paths.reason", "paths.order", "paths.take_out"]
    logged = ModelLogEntry.objects.filter(action__startswith="paths.").order_by("timestamp", "pk")
    assert [(entry.action, entry.user) for entry in logged] == [(action, advisor) for action in told]


@pytest.mark.parametrize("change", ["add", "move", "reason", "order", "out"])
def test_an_older_version_is_a_conflict_and_changes_nothing(courses, membership, advisor, change):
    path = make_path(membership.company, courses["market"], courses["payer"], version=4)
    first, second = path.steps.all()
    with pytest.raises(Conflict):
        {
            "add": lambda: actions.add(path, courses["both"].pk, reason="Why", version=3, by=advisor),
            "move": lambda: actions.move(path, second.pk, 0, version=3, by=advisor),
            "reason": lambda: actions.give_reason(path, first.pk, "Why", version=3, by=advisor),
            "order": lambda: actions.set_order(path, ordered=False, version=3, by=advisor),
            "out": lambda: actions.take_out(path, first.pk, version=3, by=advisor),
        }[change]()
    path = path_of(membership)
    assert (path.version, path.ordered, keys(path)) == (4, True, ["market", "payer"])
    assert not PathStep.objects.exclude(reason="").exists()


def test_what_people_did_is_theirs_when_a_course_is_taken_out(courses, membership, advisor):
    path = make_path(membership.company, courses["market"])
    enrolment = EnrolmentFactory(user=membership.user, course=courses["market"], company=membership.company)
    actions.take_out(path, path.steps.get().pk, version=1, by=advisor)
    enrolment.refresh_from_db()
    assert enrolment.completed_at is None


def test_an_advisors_own_course_keeps_a_reason(courses, membership, advisor):
    path = make_path(membership.company)
    step = actions.add(path, courses["both"].pk, reason="Why", version=1, by=advisor)
    with pytest.raises(Refused) as refusal:
        actions.give_reason(path, step.pk, " ", version=2, by=advisor)
    assert refusal.value.field == "reason"


def test_colleagues_are_told_once_a_day_and_never_who_did_it(courses, membership, advisor):
    MembershipFactory(company=membership.company, user=advisor)
    MembershipFactory(company=membership.company, state="left")
    path = make_path(membership.company, courses["market"])
    actions.set_order(path, ordered=False, version=1, by=advisor)
    actions.set_order(path, ordered=True, version=2, by=advisor)
    message = Message.objects.get(kind=CHANGED)
    assert message.recipient == membership.user


def test_who_takes_a_course(courses, membership):
    company = membership.company
    colleague, stranger = MembershipFactory(company=company).user, UserFactory()
    step = make_path(company, courses["market"]).steps.get()
    actions.take(step, by=colleague)
    assert not step.people.exists()  # it is for everybody
    actions.choose_people(step, [membership.user_id], by=membership.user)
    actions.take(step, by=colleague)
    actions.take(step, by=stranger)
    assert set(step.people.all()) == {membership.user, colleague}
    with pytest.raises(Refused):
        actions.choose_people(step, [stranger.pk], by=membership.user)
    assert set(step.people.all()) == {membership.user, colleague}


def test_when_everybody_chosen_has_left_a_course_is_for_everybody(courses, membership):
    company = membership.company
    gone = MembershipFactory(company=company)
    step = make_path(company, courses["market"]).steps.get()
    actions.choose_people(step, [gone.user_id], by=membership.user)
    gone.state = "left"
    gone.save()
    path = selectors.path_of(company.pk)
    assert [person.id for person in path.takers(path.steps[0])] == [membership.user_id]
