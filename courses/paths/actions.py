"""Making a company's path, adjusting it, and saying who takes a course.

Whoever adjusts a path says which version they saw: two at once cannot undo each other unseen.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from courses.models import LearningPath, PathStep
from courses.paths import rules, selectors
from courses.paths.rules import Recommended
from courses.readiness.models import Report
from lms.accounts.models import Membership, User
from lms.accounts.rules import MembershipState
from lms.notifications.actions import owe_many

CHANGED = "paths.changed"
"""The kind of message the company's people get when an advisor has changed their path."""

SETTLES = timedelta(minutes=30)
"""An advisor seldom changes one thing alone: the message waits for the rest."""


class Refused(Exception):
    """It cannot be done. `sentence` says why and what to do, `field` where: the name of a form's field, or nothing."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.sentence, self.field = sentence, field


class Conflict(Exception):
    """The path was changed since it was looked at; nothing was done. `path` is how it stands now."""

    def __init__(self, path: LearningPath) -> None:
        super().__init__(path)
        self.path = path


# --- From a report ---------------------------------------------------------------------------------------------------


@transaction.atomic
def follow(report: Report) -> LearningPath:
    """Make the company's path from its newest report. One an advisor has adjusted is left; so it is if done again."""
    path = _locked(report.company_id)
    if path.adjusted_at or path.report_id == report.pk:
        return path
    _rebuild(path, _recommended(report))
    path.report, path.version, path.made_at = report, path.version + 1, report.finished_at
    path.save(update_fields=["report", "version", "made_at"])
    log(path, "paths.make", user=report.assessment.finished_by, data={"report": report.pk})
    return path


@transaction.atomic
def take_suggestion(path: LearningPath, *, version: int, by: User) -> LearningPath:
    """Bring an adjusted path in step with the newest report. What advisors added stays, with their reasons.

    Without a newer report nothing changes. Raises Conflict.
    """
    path = _locked(path.company_id)
    report = selectors.newest_report(path.company_id)
    if report is None or report.pk == path.report_id:
        return path
    _refuse_older(path, version)
    _rebuild(path, _recommended(report))
    path.report, path.version = report, path.version + 1
    if not path.steps.exclude(reason="").exists():  # nothing of what advisors said is left
        path.adjusted_by = path.adjusted_at = None
    path.save(update_fields=["report", "version", "adjusted_by", "adjusted_at"])
    log(path, "paths.suggestion", user=by, data={"report": report.pk})
    return path


def _recommended(report: Report) -> list[Recommended]:
    return selectors.recommendation(report, selectors.headings(), selectors.offered_now())


def _rebuild(path: LearningPath, recommended: Sequence[Recommended]) -> None:
    """Make the steps those recommended and those advisors added. A step that stays keeps its people and its reason."""
    there = {step.course_id: step for step in path.steps.all()}
    grounds = {one.course: [ground.as_json() for ground in one.grounds] for one in recommended}
    order = rules.suggested([*there], [*grounds], [pk for pk, step in there.items() if is_an_advisors(step)])
    path.steps.exclude(course__in=order).delete()
    for place, course in enumerate(order):
        now = {"place": place, "grounds": grounds.get(course, [])}
        if course in there:
            PathStep.objects.filter(pk=there[course].pk).update(**now)
        else:
            PathStep.objects.create(path=path, course_id=course, **now)


def is_an_advisors(step: PathStep | selectors.Step) -> bool:
    """Whether an advisor put the step there: also when their account is gone by now."""
    return bool(step.reason and not step.grounds)


# --- What advisors change --------------------------------------------------------------------------------------------


@transaction.atomic
def add(
    path: LearningPath, course_id: int, *, reason: str, version: int, by: User, now: datetime | None = None
) -> PathStep:
    """Put a course at the end, with the advisor's reason. The same again changes nothing. Raises Refused, Conflict."""
    path, reason = _locked(path.company_id), reason.strip()
    if course_id not in selectors.outline_now().by_id:
        raise Refused(_("This course is not offered any more. Choose another one; nothing was changed."), "course")
    if not reason:
        raise Refused(_("Say in a sentence why: the company reads it beside the course."), "reason")
    there = path.steps.filter(course=course_id).first()
    if there and there.reason == reason:
        return there
    if there:
        raise Refused(_("This course is on the path already. Change its reason there; nothing was changed."), "course")
    _refuse_older(path, version)
    step = PathStep.objects.create(path=path, course_id=course_id, reason=reason, added_by=by, place=path.steps.count())
    _adjusted(path, "paths.add", by, now, {"course": course_id, "reason": reason})
    return step


@transaction.atomic
def take_out(path: LearningPath, step_id: int, *, version: int, by: User, now: datetime | None = None) -> None:
    """Take a course off the path; what people did in it is theirs. Again, it changes nothing. Raises Conflict."""
    path = _locked(path.company_id)
    step = path.steps.filter(pk=step_id).first()
    if step is None:
        return
    _refuse_older(path, version)
    course = step.course_id
    step.delete()
    _in_order(path, list(path.steps.values_list("pk", flat=True)))
    _adjusted(path, "paths.take_out", by, now, {"course": course})


@transaction.atomic
def move(path: LearningPath, step_id: int, place: int, *, version: int, by: User, now: datetime | None = None) -> None:
    """Put a step at a place, counted from 0. There already, nothing changes. Raises Refused, Conflict."""
    path = _locked(path.company_id)
    order = list(path.steps.values_list("pk", flat=True))
    _refuse_gone(step_id, order)
    wanted = rules.moved(order, step_id, place)
    if wanted == order:
        return
    _refuse_older(path, version)
    _in_order(path, wanted)
    _adjusted(path, "paths.move", by, now, {"step": step_id, "place": wanted.index(step_id) + 1})


@transaction.atomic
def give_reason(
    path: LearningPath, step_id: int, reason: str, *, version: int, by: User, now: datetime | None = None
) -> None:
    """Say why a course is on the path. The same again changes nothing. Raises Refused, Conflict.

    Without a reason the report's scores speak alone; a course an advisor added needs one.
    """
    path, reason = _locked(path.company_id), reason.strip()
    step = path.steps.filter(pk=step_id).first()
    _refuse_gone(step_id, [step.pk] if step else [])
    assert step is not None  # noqa: S101 - refused above; tells the type checker
    if step.reason == reason:
        return
    if not reason and not step.grounds:
        raise Refused(_("Say in a sentence why: the company reads it beside the course."), "reason")
    _refuse_older(path, version)
    step.reason, step.added_by = reason, by if reason else None
    step.save(update_fields=["reason", "added_by"])
    _adjusted(path, "paths.reason", by, now, {"course": step.course_id, "reason": reason})


@transaction.atomic
def set_order(path: LearningPath, *, ordered: bool, version: int, by: User, now: datetime | None = None) -> None:
    """One after the other, or in any order. The same again changes nothing. Raises Conflict."""
    path = _locked(path.company_id)
    if path.ordered == ordered:
        return
    _refuse_older(path, version)
    path.ordered = ordered
    path.save(update_fields=["ordered"])
    _adjusted(path, "paths.order", by, now, {"ordered": ordered})


def _locked(company_id: int) -> LearningPath:
    """The company's path until the transaction ends; an empty one where there was none."""
    path, _made = LearningPath.objects.get_or_create(company_id=company_id)
    return LearningPath.objects.select_for_update().get(pk=path.pk)


def _refuse_older(path: LearningPath, version: int) -> None:
    if path.version != version:
        raise Conflict(path)


def _refuse_gone(step_id: int, there: Collection[int]) -> None:
    if step_id not in there:
        raise Refused(_("This course is not on the path any more. Nothing was changed."))


def _in_order(path: LearningPath, order: Sequence[int]) -> None:
    steps = {step.pk: step for step in path.steps.all()}
    for place, pk in enumerate(order):
        steps[pk].place = place
    PathStep.objects.bulk_update(steps.values(), ["place"])


def _adjusted(path: LearningPath, action: str, by: User, now: datetime | None, data: Mapping[str, Any]) -> None:
    """What follows from an advisor's change: a new version, who it was, the log, and one mail a day to the people."""
    now = now or timezone.now()
    path.version, path.adjusted_by, path.adjusted_at = path.version + 1, by, now
    path.save(update_fields=["version", "adjusted_by", "adjusted_at"])
    log(path, action, user=by, data=dict(data))
    members = Membership.objects.filter(company=path.company_id, state=MembershipState.ACTIVE, user__is_active=True)
    told = [member.user for member in members.exclude(user=by).select_related("user")]
    owe_many(CHANGED, [(person, f"path:{path.pk}") for person in told], due=now + SETTLES)


# --- Who takes a course ----------------------------------------------------------------------------------------------


@transaction.atomic
def take(step: PathStep, *, by: User) -> None:
    """Somebody of the company takes a course others were chosen for. Who takes it already changes nothing."""
    step = PathStep.objects.select_for_update(of=("self",)).select_related("path").get(pk=step.pk)
    active = _active(step)
    if by.pk not in active or not active & set(step.people.values_list("pk", flat=True)):
        return  # it is for everybody
    step.people.add(by)


@transaction.atomic
def choose_people(step: PathStep, people: Collection[int], *, by: User) -> None:
    """An administrator says who takes a course; nobody named: everybody. Raises Refused for people of elsewhere."""
    step = PathStep.objects.select_for_update(of=("self",)).select_related("path").get(pk=step.pk)
    if not set(people) <= _active(step):
        raise Refused(
            _("Somebody you chose is not in the company any more. Nothing was changed; choose again."), "people"
        )
    if set(people) == set(step.people.values_list("pk", flat=True)):
        return
    step.people.set(people)
    log(step.path, "paths.people", user=by, data={"course": step.course_id, "people": sorted(people)})


def _active(step: PathStep) -> set[int]:
    found = Membership.objects.filter(company=step.path.company_id, state=MembershipState.ACTIVE)
    return set(found.values_list("user_id", flat=True))
