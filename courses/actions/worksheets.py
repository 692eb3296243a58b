"""Worksheets: one shared text a company and question. Nothing anybody wrote is lost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.actions.learning import NotEnrolled
from courses.models import Enrolment, WorksheetAnswer, WorksheetAnswerVersion
from courses.selectors import Place
from lms.accounts.models import Company, User

MAX_TEXT = 10_000
"""Characters of one answer: three pages."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a person sent for one question, over which version (0: there was none).

    After a conflict, `keep` is `mine` or `theirs`, and `seen` the version of the colleague's text they decided about.
    """

    text: str
    version: int = 0
    keep: str = ""
    seen: int = 0


@dataclass(slots=True)
class Saved:
    """What became of a worksheet: keys saved, sentences for refused texts, colleagues' texts to decide about."""

    keys: list[str] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)
    conflicts: dict[str, WorksheetAnswer] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        return not self.errors and not self.conflicts


@transaction.atomic
def save_worksheet(
    user: User,
    place: Place,
    questions: Sequence[Mapping[str, Any]],
    written: Mapping[str, Written],
    *,
    company: Company,
    now: datetime | None = None,
) -> Saved:
    """Save what can be saved of a worksheet for a company of the person's; what cannot is named and changes nothing.

    `questions` are those of the worksheet as published. A text written over an older version than a colleague's comes
    back as a conflict, unless the person had not touched it. Raises NotEnrolled.
    """
    if not Enrolment.objects.filter(user=user, course=place.course.id).exists():
        raise NotEnrolled
    moment, saved = now or timezone.now(), Saved()
    asked = {question["key"]: question for question in questions if question["key"] in written}
    current = {
        answer.question_key: answer
        for answer in WorksheetAnswer.objects.select_for_update(of=("self",))
        .filter(company=company, question_key__in=asked)
        .select_related("updated_by")
    }
    for key, question in asked.items():
        sent = written[key]
        if sentence := text_problem(sent.text):
            saved.errors[key] = sentence
        elif answer := current.get(key):
            _change(answer, sent, user, moment, saved)
        elif sent.text.strip():
            _start(company.pk, place, question, sent, user, moment, saved)
    return saved


def text_problem(text: str) -> str:
    """Why a text cannot be kept as an answer; nothing for an empty one, which is an answer still to come."""
    if len(text) > MAX_TEXT:
        return _(
            "This has %(size)s characters; %(limit)s fit. Nothing you wrote is lost: shorten it and save again."
        ) % {
            "size": f"{len(text):,}",
            "limit": f"{MAX_TEXT:,}",
        }
    if text.strip() and not any(character.isalnum() for character in text):
        return _("Write at least a few words, or “we do not know yet”. What you wrote above is kept.")
    return ""


def _start(
    company_id: int, place: Place, question: Mapping[str, Any], sent: Written, user: User, now: datetime, saved: Saved
) -> None:
    """The company's first text; a colleague's that came first at the same moment becomes a conflict."""
    key = question["key"]
    try:
        with transaction.atomic():
            WorksheetAnswer.objects.create(
                company_id=company_id,
                lesson_id=place.lesson.id,
                question_key=key,
                section=question["section"],
                text=sent.text,
                updated_by=user,
                updated_at=now,
            )
        saved.keys.append(key)
    except IntegrityError:
        answer = WorksheetAnswer.objects.select_for_update(of=("self",)).get(company=company_id, question_key=key)
        _change(answer, sent, user, now, saved)


def _change(answer: WorksheetAnswer, sent: Written, user: User, now: datetime, saved: Saved) -> None:
    """Write `sent` over a locked answer, keeping what it said; or say who was there before."""
    key = answer.question_key
    decided = sent.seen == answer.version and sent.keep
    if sent.text == answer.text or decided == "theirs" or _untouched(answer, sent):
        return
    if sent.version != answer.version and decided != "mine":
        saved.conflicts[key] = answer
        return
    WorksheetAnswerVersion.objects.create(
        answer=answer,
        version=answer.version,
        text=answer.text,
        written_by=answer.updated_by,
        written_at=answer.updated_at,
    )
    answer.text, answer.version, answer.updated_by, answer.updated_at = sent.text, answer.version + 1, user, now
    answer.save(update_fields=["text", "version", "updated_by", "updated_at"])
    saved.keys.append(key)


def _untouched(answer: WorksheetAnswer, sent: Written) -> bool:
    """Whether the person sent back, unchanged, the older text they had been shown."""
    if sent.version >= answer.version:
        return False
    if sent.version == 0:
        return not sent.text.strip()
    return answer.versions.filter(version=sent.version, text=sent.text).exists()
