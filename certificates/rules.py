"""What a certificate states, what keeps it single, and whether it holds. Pure."""

from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext, gettext_lazy, ngettext


class State(TextChoices):
    VALID = "valid", gettext_lazy("Valid")
    EXPIRED = "expired", gettext_lazy("Expired")
    REVOKED = "revoked", gettext_lazy("Revoked")


def state_of(*, expires_at: datetime | None, revoked_at: datetime | None, now: datetime) -> State:
    """Revoked outlasts everything; a certificate is valid up to, not including, the moment it expires."""
    if revoked_at is not None:
        return State.REVOKED
    if expires_at is not None and expires_at <= now:
        return State.EXPIRED
    return State.VALID


def key_for_course(course_key: str, user_id: int) -> str:
    """What the certificate is for. The same in every language of a course: one course gives one certificate."""
    return f"course:{course_key}:user:{user_id}"


def criteria_in_words(*, lessons: int, quizzes: int, pass_percent: int) -> str:
    """What had to be done, in the active language: `All 15 lessons, and 70 % on each of 3 quizzes`."""
    done = ngettext("The one lesson", "All %(lessons)s lessons", lessons) % {"lessons": lessons}
    if not quizzes:
        return done
    scored = ngettext("%(percent)s %% on its quiz", "%(percent)s %% on each of %(quizzes)s quizzes", quizzes) % {
        "percent": pass_percent,
        "quizzes": quizzes,
    }
    return gettext("%(done)s, and %(scored)s") % {"done": done, "scored": scored}


@dataclass(frozen=True, slots=True)
class Statement:
    """Everything a certificate states, as it was when issued. Times are ISO 8601 in UTC; no address of the holder."""

    holder: str
    course: str
    course_key: str
    level: int
    lessons: int
    criteria: str
    hours: int
    issuer: str
    completed_at: str
    issued_at: str
    company: str = ""
    gives: str = ""
    """The certificate's own name; empty: the course's title says it."""
    course_revision: int | None = None
    lesson_revisions: dict[str, int | None] | None = None
    """Lesson key to the id of the revision that was completed."""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Statement":
        """Read back a stored snapshot; what a later version added is ignored by this one."""
        known = {field.name for field in fields(cls)}
        return cls(**{name: value for name, value in stored.items() if name in known})


ROOMY = 200
"""So many characters of names, titles and reasons stand on one sheet in the usual size."""


def is_crowded(statement: Statement, reason: str = "") -> bool:
    """Whether a sheet of paper needs the smaller size for what is stated."""
    return len(statement.holder + statement.course + statement.company + statement.criteria + reason) > ROOMY
