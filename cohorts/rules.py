"""The way of a company through a programme: which stage may follow which, what a move still misses, who needs help.

Pure: plain facts in, plain answers out. What the product does not record yet (a finished readiness report, strategy
sections, a signature) is not asked for here: docs/decisions/0008-what-a-move-asks-for.md.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext


class Stage(TextChoices):
    REQUESTED = "requested", _("Requested")
    ADMITTED = "admitted", _("Admitted")
    MAPPING = "mapping", _("Mapping")
    TRAINING = "training", _("Training")
    DRAFTING = "drafting", _("Drafting")
    REVIEW = "review", _("Review")
    RECOMMENDED = "recommended", _("Recommended")
    IMPLEMENTING = "implementing", _("Implementing")
    COMPLETED = "completed", _("Completed")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    DECLINED = "declined", _("Declined")


NEXT_STAGES: dict[str, frozenset[str]] = {
    Stage.REQUESTED: frozenset({Stage.ADMITTED, Stage.DECLINED, Stage.WITHDRAWN}),
    Stage.ADMITTED: frozenset({Stage.MAPPING, Stage.WITHDRAWN}),
    Stage.MAPPING: frozenset({Stage.TRAINING, Stage.WITHDRAWN}),
    Stage.TRAINING: frozenset({Stage.DRAFTING, Stage.WITHDRAWN}),
    Stage.DRAFTING: frozenset({Stage.REVIEW, Stage.WITHDRAWN}),
    Stage.REVIEW: frozenset({Stage.DRAFTING, Stage.RECOMMENDED, Stage.WITHDRAWN}),
    Stage.RECOMMENDED: frozenset({Stage.DRAFTING, Stage.IMPLEMENTING, Stage.WITHDRAWN}),
    Stage.IMPLEMENTING: frozenset({Stage.COMPLETED, Stage.WITHDRAWN}),
    Stage.COMPLETED: frozenset(),
    Stage.WITHDRAWN: frozenset(),
    Stage.DECLINED: frozenset(),
}

WAY = (
    Stage.REQUESTED,
    Stage.ADMITTED,
    Stage.MAPPING,
    Stage.TRAINING,
    Stage.DRAFTING,
    Stage.REVIEW,
    Stage.RECOMMENDED,
    Stage.IMPLEMENTING,
    Stage.COMPLETED,
)
"""The stages in the order a company goes through them."""

STEPPER = WAY[2:8]
"""What the stepper draws: from mapping to implementing."""

CLOSED = frozenset({Stage.COMPLETED, Stage.WITHDRAWN, Stage.DECLINED})
"""Where nothing more is expected of anyone."""

UNHAPPY = frozenset({Stage.WITHDRAWN, Stage.DECLINED})


STANDS = {
    Stage.REQUESTED: _("%(company)s has asked to take part in %(cohort)s, and waits for the answer."),
    Stage.ADMITTED: _("%(company)s is admitted to %(cohort)s. It begins with finding out where you stand."),
    Stage.MAPPING: _("%(company)s is finding out where it stands."),
    Stage.TRAINING: _("%(company)s is learning what the market asks of it."),
    Stage.DRAFTING: _("%(company)s is drafting its strategy."),
    Stage.REVIEW: _("The strategy of %(company)s is with your advisor."),
    Stage.RECOMMENDED: _("%(company)s has its recommendation. What is left is the decision."),
    Stage.IMPLEMENTING: _("%(company)s is carrying out its plan."),
    Stage.COMPLETED: _("%(company)s has gone the whole way through %(cohort)s."),
}
"""Where a company on its way is, in one sentence to its own people."""


def stands(stage: str) -> str:
    """The sentence with places for `company` and `cohort`; empty for a way that was left."""
    return str(STANDS.get(Stage(stage), ""))


def next_stages(stage: str) -> list[Stage]:
    """The stages that may follow `stage`, the way on first, leaving last."""
    return [candidate for candidate in Stage if candidate in NEXT_STAGES[stage]]


def is_forward(before: str, to: str) -> bool:
    """Whether the move brings the company further along the way."""
    return to in WAY and before in WAY and WAY.index(Stage(to)) > WAY.index(Stage(before))


# --- What a forward move misses --------------------------------------------------------------------------------------


class Missing(TextChoices):
    """Something a forward move waits for, and the sentence that says so."""

    NO_PEOPLE = "no_people", _("Nobody from the company has an account yet. Ask them to sign up, or invite them.")
    NO_COURSES = "no_courses", _("The cohort has no course yet. Choose its courses first.")
    NO_COURSE_COMPLETED = (
        "no_course_completed",
        _("Nobody from the company has completed a course of this cohort yet."),
    )


@dataclass(frozen=True, slots=True)
class CompanyFacts:
    """What is known of a company in a cohort. Counts of people; `courses` is the number of courses of the cohort."""

    people: int = 0
    courses: int = 0
    people_who_completed: int = 0


def missing_for(stage: str, facts: CompanyFacts) -> list[Missing]:
    """What is missing before a company may go on to `stage`, in the order to deal with it. Empty: nothing."""
    asked = {
        Stage.TRAINING: [(Missing.NO_PEOPLE, facts.people), (Missing.NO_COURSES, facts.courses)],
        Stage.DRAFTING: [(Missing.NO_COURSE_COMPLETED, facts.people_who_completed)],
    }
    return [missing for missing, count in asked.get(Stage(stage), []) if not count]


def refusal(before: str, to: str, missing: list[Missing], reason: str) -> str:
    """Why the move from `before` to `to` is refused, and the way out. Empty: it is not."""
    if to not in NEXT_STAGES[before]:
        ways = next_stages(before)
        if not ways:
            return translate("This is where the way ends: “%(stage)s” is final.") % {"stage": Stage(before).label}
        return translate("From “%(before)s” a company cannot go to “%(to)s”. It can go to: %(ways)s.") % {
            "before": Stage(before).label,
            "to": Stage(to).label,
            "ways": ", ".join(str(way.label) for way in ways),
        }
    if is_forward(before, to) and missing and not reason.strip():
        sentences = " ".join(str(item.label) for item in missing)
        return translate("%(missing)s If you move them on all the same, write a reason.") % {"missing": sentences}
    return ""


# --- Who needs help --------------------------------------------------------------------------------------------------

QUIET_DAYS = 14
"""After so many days without anyone of the company in a lesson, somebody should ask. A judgement."""

LONG_DAYS: dict[str, int] = {
    Stage.REQUESTED: 7,
    Stage.ADMITTED: 14,
    Stage.MAPPING: 21,
    Stage.TRAINING: 60,
    Stage.DRAFTING: 42,
    Stage.REVIEW: 10,
    Stage.RECOMMENDED: 30,
    Stage.IMPLEMENTING: 180,
}
"""After so many days in one stage, somebody should ask. A judgement: requests and reviews wait for us, so less."""

LEARNING = frozenset({Stage.MAPPING, Stage.TRAINING, Stage.DRAFTING})
"""The stages in which people of the company are expected in the lessons."""


@dataclass(frozen=True, slots=True)
class Pulse:
    """How a company is doing: its stage, since when, who is there, and when any of them last opened a lesson."""

    stage: str
    stage_since: datetime
    people: int = 0
    last_active: datetime | None = None


def days(since: datetime, now: datetime) -> int:
    """Whole days from `since` to `now`; never less than nothing."""
    return max(0, (now - since).days)


def reasons_for_help(pulse: Pulse, now: datetime) -> list[str]:
    """Why somebody should call this company, each a short sentence. Empty: nothing stands out."""
    if pulse.stage in CLOSED:
        return []
    found: list[str] = []
    here = days(pulse.stage_since, now)
    if here > LONG_DAYS[pulse.stage]:
        found.append(translate("%(days)s days in “%(stage)s”") % {"days": here, "stage": Stage(pulse.stage).label})
    if pulse.stage in LEARNING:
        if not pulse.people:
            found.append(translate("Nobody has an account yet"))
        elif pulse.last_active is None:
            if here > QUIET_DAYS:
                found.append(translate("Nobody has opened a lesson yet"))
        elif (quiet := days(pulse.last_active, now)) > QUIET_DAYS:
            found.append(
                ngettext("Nobody active for %(days)s day", "Nobody active for %(days)s days", quiet) % {"days": quiet}
            )
    return found


def urgency(pulse: Pulse, now: datetime) -> tuple[int, int]:
    """A key that sorts worst first: the number of reasons, then how far over the usual time the company is."""
    reasons = len(reasons_for_help(pulse, now))
    over = days(pulse.stage_since, now) - LONG_DAYS.get(pulse.stage, 10_000)
    return (-reasons, -over)


# --- The way, drawn --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Step:
    """One waypoint of the stepper."""

    label: str | Promise
    state: str
    """`done`, `now` or `ahead`."""
    note: str = ""


def steps(stage: str) -> list[Step]:
    """The stepper for a company at `stage`. A company that left or was declined has every step ahead of it."""
    if stage not in WAY:
        return [Step(step.label, "ahead") for step in STEPPER]
    place = WAY.index(Stage(stage))
    states = ["done" if WAY.index(step) < place else "now" if step == stage else "ahead" for step in STEPPER]
    return [Step(step.label, state) for step, state in zip(STEPPER, states, strict=True)]
