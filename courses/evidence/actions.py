"""Sending evidence of prior learning, answering it, withdrawing it. Each entry is kept; none is ever changed."""

from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from courses.evidence import files, kinds, rules, selectors
from courses.models import Evidence, EvidenceEntry
from courses.rules import EvidenceState
from courses.selectors import Course
from lms.accounts.models import Company, User
from lms.notifications.actions import owe, owe_many


class Refused(Exception):
    """It cannot be done. `sentence` says why; `field` names the field of the form it is about, or nothing."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.sentence, self.field = sentence, field


class Conflict(Exception):
    """Something was said meanwhile that the person has not read; nothing was changed. `evidence` is as it is now."""

    def __init__(self, evidence: Evidence) -> None:
        super().__init__(evidence)
        self.evidence = evidence


def send(
    user: User,
    course: Course,
    *,
    company: Company | None,
    text: str,
    file: UploadedFile | None = None,
    version: int = 0,
    now: datetime | None = None,
) -> Evidence:
    """Send evidence for a course, or answer what an advisor asked. `version` is what was read; 0: nothing yet.

    The same again changes nothing. The file has been checked by the form. Raises Refused, and Conflict.
    """
    if not file and not rules.says_enough(text):
        raise Refused(_("Write a few words on what you have done and where, or choose a file that shows it."), "text")
    entry = EvidenceEntry(by=user, state=EvidenceState.SENT, text=text, at=now or timezone.now())
    if file:  # written before any lock is taken
        entry.file, entry.file_name = files.keep(file), files.shown_name(file.name or "")
    try:
        evidence = _send(user, course, company, entry, version)
    finally:
        if entry.pk is None:
            files.remove(entry.file)
    return evidence


@transaction.atomic
def _send(user: User, course: Course, company: Company | None, entry: EvidenceEntry, version: int) -> Evidence:
    evidence, made = Evidence.objects.get_or_create(
        user=user, course_id=course.id, defaults={"company": company, "version": 0}
    )
    evidence = Evidence.objects.select_for_update().get(pk=evidence.pk)
    if not made:
        if _said_before(evidence, entry):
            return evidence
        if version != evidence.version:
            raise Conflict(evidence)
        if sentence := rules.refusal_to_send(evidence.state):
            raise Refused(sentence)
        if evidence.state == EvidenceState.WITHDRAWN:
            evidence.company = company
    evidence.sent_at = entry.at
    _say(evidence, entry)
    told = selectors.advisors_for(evidence)
    owe_many(kinds.SENT, [(one, kinds.sent_subject(evidence)) for one in told], due=entry.at)
    return evidence


@transaction.atomic
def accept(evidence: Evidence, *, by: User, version: int, words: str = "", now: datetime | None = None) -> Evidence:
    """Open the course to the person. Accepting what is accepted changes nothing. Raises Refused, and Conflict.

    Who may do so is decided by `selectors.evidence_decided_by`.
    """
    evidence = Evidence.objects.select_for_update().get(pk=evidence.pk)
    if evidence.state == EvidenceState.ACCEPTED:
        return evidence
    entry = EvidenceEntry(by=by, state=EvidenceState.ACCEPTED, text=words, at=now or timezone.now())
    return _decide(evidence, entry, version)


@transaction.atomic
def ask(evidence: Evidence, *, by: User, version: int, question: str, now: datetime | None = None) -> Evidence:
    """Ask the person for more. The same question again changes nothing. Raises Refused, and Conflict."""
    if not question.strip():
        raise Refused(_("Write what you want to know: the person answers that."), "words")
    evidence = Evidence.objects.select_for_update().get(pk=evidence.pk)
    entry = EvidenceEntry(by=by, state=EvidenceState.ASKED, text=question, at=now or timezone.now())
    return evidence if _said_before(evidence, entry) else _decide(evidence, entry, version)


@transaction.atomic
def withdraw(evidence: Evidence, *, by: User, now: datetime | None = None) -> Evidence:
    """The person takes it back. Doing so again changes nothing; what was accepted stays. Raises Refused."""
    evidence = Evidence.objects.select_for_update().get(pk=evidence.pk)
    if evidence.state == EvidenceState.WITHDRAWN:
        return evidence
    if sentence := rules.refusal_to_withdraw(evidence.state):
        raise Refused(sentence)
    _say(evidence, EvidenceEntry(by=by, state=EvidenceState.WITHDRAWN, at=now or timezone.now()))
    log(evidence, "evidence.withdraw", user=by)
    return evidence


def _decide(evidence: Evidence, entry: EvidenceEntry, version: int) -> Evidence:
    """On a locked row."""
    if version != evidence.version:
        raise Conflict(evidence)
    if sentence := rules.refusal_to_decide(evidence.state):
        raise Refused(sentence)
    evidence.decided_at, evidence.decided_by = entry.at, entry.by
    _say(evidence, entry)
    owe(kinds.ANSWERED, recipient=evidence.user, subject=kinds.answered_subject(entry), due=entry.at)
    log(evidence, "evidence.accept" if entry.state == EvidenceState.ACCEPTED else "evidence.ask", user=entry.by)
    return evidence


def _say(evidence: Evidence, entry: EvidenceEntry) -> None:
    """Keep a new entry; the evidence is what the entry makes of it."""
    evidence.state, evidence.version = entry.state, evidence.version + 1
    evidence.save()
    entry.evidence = evidence
    entry.save()


def _said_before(evidence: Evidence, entry: EvidenceEntry) -> bool:
    """Whether the newest entry is this very one, sent twice."""
    last = selectors.newest_entry(evidence)
    return (
        last is not None
        and (last.by_id, last.state, last.text) == (entry.by_id, entry.state, entry.text)
        and bool(last.file) == bool(entry.file)
        and files.same(last.file, entry.file)
    )
