"""Publishing a questionnaire, answering it together, and closing it into a report."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from courses.readiness import finished, selectors
from courses.readiness.models import Answer, Assessment, Edition, Question, Report, Topic
from courses.readiness.rules import Content, Given, Option, Score, next_steps, overall, scores
from courses.readiness.rules import Question as Asked
from courses.readiness.rules import Topic as Heading
from courses.readiness.rules.content import EVERYTHING
from lms.accounts.models import Company, User

LANGUAGES = ("en", "nb")
WORTHS = [1, 2, 3, 4, 5]


class Refused(Exception):
    """It cannot be done. `sentence` says why and what to do, `field` where: the name of a form's field, or nothing."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.sentence, self.field = sentence, field


# --- The questionnaire -----------------------------------------------------------------------------------------------


@transaction.atomic
def publish(*, by: User | None, now: datetime | None = None) -> Edition:
    """Make the questionnaire as it stands the newest edition. Without a change, the newest one comes back.

    Whoever is answering an older edition goes on with theirs. Raises Refused, naming the question that is not whole.
    """
    newest = Edition.objects.select_for_update().order_by("-number").first()
    content = {language: _content(language).as_json() for language in LANGUAGES}
    if newest and _plain(newest.content) == _plain(content):
        return newest
    number = newest.number + 1 if newest else 1
    return Edition.objects.create(number=number, content=content, published_by=by, published_at=now or timezone.now())


def _plain(content: object) -> object:
    """Without the difference between tuples and what JSON makes of them."""
    if isinstance(content, dict):
        return {key: _plain(value) for key, value in content.items()}
    return [_plain(item) for item in content] if isinstance(content, list | tuple) else content


def _content(language: str) -> Content:
    questions = list(Question.objects.filter(retired=False).select_related("topic").prefetch_related("options"))
    if not questions:
        raise Refused(_("There is no question yet. Write one, with its five answers, and publish then."))
    with translation.override(language):
        asked = tuple(_asked(question, number) for number, question in enumerate(questions, 1))
        used = {question.topic for question in asked}
        topics = tuple(
            Heading(topic.key, *(topic.text(name) for name in ("title", "strong", "thin")))
            for topic in Topic.objects.all()
            if topic.key in used
        )
    return Content(topics, asked)


def _asked(question: Question, number: int) -> Asked:
    options = sorted(question.options.all(), key=lambda option: option.worth)
    if [option.worth for option in options] != WORTHS:
        words = _("Question %(key)s needs five answers, worth 1 to 5 once each. Nothing was published.")
        raise Refused(words % {"key": question.key})
    return Asked(
        key=question.key,
        number=number,
        topic=question.topic.key,
        text=question.text("wording"),
        help=question.text("help"),
        options=tuple(
            Option(one.worth, one.text("wording"), one.text("improve"), one.page_id, one.offer, one.event)
            for one in options
        ),
        classes=tuple(question.classes or [EVERYTHING]),
        stages=tuple(question.stages or [EVERYTHING]),
    )


# --- Answering -------------------------------------------------------------------------------------------------------


def start(company: Company, *, by: User) -> Assessment:
    """The assessment the company is answering; a new one of the newest edition where there is none. Raises Refused."""
    if found := selectors.open_assessment(company):
        return found
    edition = selectors.newest_edition()
    if edition is None:
        raise Refused(_("There is no questionnaire yet. An editor publishes it; come back then."))
    try:
        with transaction.atomic():
            return Assessment.objects.create(company=company, edition=edition, started_by=by)
    except IntegrityError:  # a colleague pressed the button at the same moment
        return Assessment.objects.select_related("edition").get(company=company, finished_at=None)


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody answers to a question, over which version (0: there was none)."""

    worth: int | None = None
    not_relevant: bool = False
    reason: str = ""
    note: str = ""
    evidence: str = ""
    version: int = 0


class Conflict(Exception):
    """A colleague answered meanwhile; nothing was changed. `theirs` is what stands there now."""

    def __init__(self, theirs: Answer) -> None:
        super().__init__(theirs)
        self.theirs = theirs


@transaction.atomic
def answer(assessment: Assessment, question_key: str, said: Said, *, by: User, now: datetime | None = None) -> Answer:
    """Keep an answer. The same again changes nothing. Raises Refused, and Conflict when a colleague was faster."""
    assessment = Assessment.objects.select_for_update(of=("self",)).select_related("edition").get(pk=assessment.pk)
    if assessment.finished_at:
        raise Refused(
            _("This assessment is finished, and its report does not change. Begin a new one to answer again.")
        )
    question = selectors.content_of(assessment.edition).by_key.get(question_key)
    if question is None or (said.worth is not None and question.option(said.worth) is None):
        raise Refused(_("This question is not part of the assessment any more. Load the page again."))
    if said.not_relevant and not said.reason.strip():
        raise Refused(_("Say in a few words why it is not relevant for you."), "reason")
    fields = {
        "worth": None if said.not_relevant else said.worth,
        "not_relevant": said.not_relevant,
        "reason": said.reason.strip() if said.not_relevant else "",
        "note": said.note,
        "evidence": said.evidence,
    }
    current = Answer.objects.filter(assessment=assessment, question_key=question_key).first()
    if current is None:
        return Answer.objects.create(
            assessment=assessment,
            question_key=question_key,
            answered_by=by,
            answered_at=now or timezone.now(),
            **fields,
        )
    if all(getattr(current, name) == value for name, value in fields.items()):
        return current
    if said.version != current.version:
        raise Conflict(current)
    for name, value in fields.items():
        setattr(current, name, value)
    current.version, current.answered_by, current.answered_at = current.version + 1, by, now or timezone.now()
    current.save()
    return current


@transaction.atomic
def finish(assessment: Assessment, *, by: User, now: datetime | None = None) -> Report:
    """Close the assessment into a report that never changes. Doing it again gives the same report. Raises Refused."""
    now = now or timezone.now()
    assessment = (
        Assessment.objects.select_for_update(of=("self",)).select_related("edition", "company").get(pk=assessment.pk)
    )
    if assessment.finished_at:
        return Report.objects.get(assessment=assessment)
    answers = selectors.answers_of(assessment)
    given = selectors.given(answers.values())
    if not any(one.worth for one in given.values()):
        raise Refused(_("Answer at least one question first. The report is made from your answers."))
    company = assessment.company
    facts = {"product_class": company.product_class, "stage": company.stage}
    content = selectors.content_of(assessment.edition, "en")
    found = scores(content, given, **facts)
    report = Report.objects.create(
        assessment=assessment,
        company=company,
        values={score.topic: float(score.value) for score in found if score.value is not None},
        content=_stated(content, found, answers, given, facts),
        finished_at=now,
        **facts,
    )
    assessment.finished_at, assessment.finished_by = now, by
    assessment.save(update_fields=["finished_at", "finished_by"])
    finished.tell(report)
    return report


def _stated(
    content: Content,
    found: Sequence[Score],
    answers: Mapping[str, Answer],
    given: Mapping[str, Given],
    facts: Mapping[str, str],
) -> dict[str, Any]:
    """What a report states besides its values; the words are those of the edition."""
    whole = overall(list(found))
    return {
        "overall": None if whole is None else str(whole),
        "scores": [
            {
                "topic": score.topic,
                "value": None if score.value is None else str(score.value),
                "answered": score.answered,
                "applicable": score.applicable,
                "level": score.level,
            }
            for score in found
        ],
        "steps": [{"question": step.question, "page": step.page} for step in next_steps(content, given, **facts)],
        "people": sorted({str(one.answered_by) for one in answers.values() if one.answered_by}),
    }
