"""What this app keeps of a person."""

from collections.abc import Iterator
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from courses.evidence.files import place_of
from courses.models import (
    Enrolment,
    Evidence,
    LessonProgress,
    PathStep,
    QuizAttempt,
    Seat,
    WorksheetAnswer,
    WorksheetAnswerVersion,
)
from lms.accounts.models import User
from lms.accounts.privacy.own_data import Part, Upload, leave_out, only, register


def _enrolments(user: User) -> QuerySet[Enrolment]:
    progress = Prefetch("progress", LessonProgress.objects.select_related("lesson").order_by("pk"))
    attempts = Prefetch("attempts", QuizAttempt.objects.select_related("lesson").order_by("pk"))
    rows = Enrolment.objects.filter(user=user).select_related("course", "company")
    return rows.prefetch_related(progress, attempts).order_by("pk")


def _enrolment_told(one: Enrolment) -> dict[str, Any]:
    lesson = only("lesson__title", "first_seen", "last_seen", "views", "place", "completed_at")
    attempt = only("lesson__title", "quiz_key", "submitted_at", "score", "passed", "answers", "result")
    return only("course__title", "company__name", "started_at", "completed_at")(one) | {
        "lessons": [lesson(row) for row in one.progress.all()],
        "quizzes": [attempt(row) for row in one.attempts.all()],
    }


def _evidence(user: User) -> QuerySet[Evidence]:
    rows = Evidence.objects.filter(user=user).select_related("course", "company")
    return rows.prefetch_related("entries").order_by("pk")


def _evidence_told(one: Evidence) -> dict[str, Any]:
    """What was said, by the person and to them; who of the advisors said it stays out."""
    said = [
        {"by": "you" if entry.by_id == one.user_id else "advisor", **only("at", "state", "text", "file_name")(entry)}
        for entry in one.entries.all()
    ]
    return only("course__title", "company__name", "state", "sent_at", "decided_at")(one) | {"said": said}


def _evidence_files(one: Evidence) -> Iterator[Upload]:
    for entry in one.entries.all():
        if entry.by_id == one.user_id and entry.file:
            yield Upload(place_of(entry.file), entry.file_name or "file")


def _written(user: User) -> QuerySet[WorksheetAnswer]:
    """Answers whose present text the person wrote, or an earlier one."""
    versions = WorksheetAnswerVersion.objects.filter(written_by=user)
    rows = WorksheetAnswer.objects.filter(Q(updated_by=user) | Q(pk__in=versions.values("answer")))
    rows = rows.annotate(is_own=ExpressionWrapper(Q(updated_by=user), output_field=BooleanField()))
    own = Prefetch("versions", versions, to_attr="own_versions")
    return rows.select_related("company", "lesson").prefetch_related(own).order_by("pk")


def _written_told(one: Any) -> dict[str, Any]:
    """What the person wrote of it; what colleagues wrote is the company's."""
    earlier = [only("text", "written_at")(row) for row in one.own_versions]
    now = [{"text": one.text, "written_at": one.updated_at}] if one.is_own else []
    return only("company__name", "lesson__title", "question_key")(one) | {"you_wrote": now + earlier}


def register_parts() -> None:
    companys = _("It belongs to the company and stays with it.")
    register(
        Part(
            "courses",
            _("Courses you take, how far you are, and quizzes you answered"),
            _enrolments,
            _enrolment_told,
            ("courses.Enrolment.user",),
        ),
        Part(
            "worksheets",
            _("Worksheet answers you wrote"),
            _written,
            _written_told,
            ("courses.WorksheetAnswer.updated_by", "courses.WorksheetAnswerVersion.written_by"),
            stays=companys,
        ),
        Part(
            "evidence",
            _("Evidence of what you learned elsewhere, with its files"),
            _evidence,
            _evidence_told,
            ("courses.Evidence.user", "courses.EvidenceEntry.by"),
            uploads=_evidence_files,
        ),
        Part(
            "seats",
            _("Seats of your company that you use"),
            lambda user: Seat.objects.filter(user=user).select_related("agreement__company").order_by("pk"),
            only("agreement__name", "agreement__company__name", "taken_at"),
            ("courses.Seat.user",),
        ),
        Part(
            "path",
            _("Courses on your company’s path that are meant for you by name"),
            lambda user: PathStep.objects.filter(people=user).select_related("course", "path__company").order_by("pk"),
            only("path__company__name", "course__title", "reason"),
            ("courses.PathStep.people",),
            stays=companys,
        ),
    )
    leave_out(
        "what an advisor or an administrator decided about others, at work",
        "courses.Evidence.decided_by",
        "courses.LearningPath.adjusted_by",
        "courses.PathStep.added_by",
        "courses.Seat.given_by",
    )
