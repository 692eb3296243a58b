"""Mail about evidence of prior learning. Read when it is sent: what is answered meanwhile is not announced."""

from django.urls import reverse
from django.utils.translation import gettext as _

from courses.evidence import selectors
from courses.models import Evidence, EvidenceEntry
from courses.rules import EvidenceState
from lms.core.letters import Mail
from lms.notifications.models import Message

SENT, ANSWERED = "evidence.sent", "evidence.answered"


def sent_subject(evidence: Evidence) -> str:
    return f"evidence:{evidence.pk}"


def answered_subject(entry: EvidenceEntry) -> str:
    return f"evidence-entry:{entry.pk}"


class Sent:
    """`evidence.sent`, to those who may answer: somebody still waits. Once a day for a person and course."""

    name = SENT

    def compose(self, message: Message) -> Mail | None:
        number = int(message.subject.partition(":")[2])
        found = selectors.evidence_decided_by(message.recipient).filter(pk=number, state=EvidenceState.SENT).first()
        if found is None:
            return None
        words = {"name": found.user.full_name, "course": found.course.title, "company": found.company}
        told = _("%(name)s of %(company)s") % words if found.company else found.user.full_name
        return Mail(
            subject=_("%(name)s shows what they know already: %(course)s") % words,
            preheader=_("Accept it, or ask for what is missing."),
            paragraphs=[
                _(
                    "%(who)s wants to begin “%(course)s” without the courses before it, and has sent what they know"
                    " from elsewhere."
                )
                % {"who": told, "course": found.course.title},
                _("Until you answer, the course is closed to them."),
            ],
            button=(_("Read it and answer"), reverse("evidence:one", args=[found.pk])),
        )


class Answered:
    """`evidence.answered`, to the person: an advisor accepted or asked. A question already answered is not sent."""

    name = ANSWERED

    def compose(self, message: Message) -> Mail | None:
        entries = EvidenceEntry.objects.select_related("evidence__course")
        entry = entries.filter(pk=int(message.subject.partition(":")[2]), evidence__user=message.recipient).first()
        if entry is None or entry.state != entry.evidence.state:
            return None
        course = entry.evidence.course.title
        if entry.state == EvidenceState.ACCEPTED:
            said = [_("Your evidence was accepted. “%(course)s” is open to you.") % {"course": course}]
            return Mail(
                subject=_("Open to you: %(course)s") % {"course": course},
                paragraphs=[*said, *([entry.text] if entry.text else [])],
                button=(_("See it and begin"), reverse("evidence:one", args=[entry.evidence_id])),
                preheader=_("An advisor has read what you sent."),
            )
        return Mail(
            subject=_("A question about what you sent: %(course)s") % {"course": course},
            paragraphs=[
                _("An advisor has read what you sent for “%(course)s”, and asks:") % {"course": course},
                entry.text,
            ],
            button=(_("Answer"), reverse("evidence:one", args=[entry.evidence_id])),
            preheader=_("Answer in a few words; the rest is kept."),
        )
