"""The mail that brings a certificate. Registered with the outbox from `apps.py`."""

import uuid

from django.utils.translation import gettext as _

from certificates import selectors
from lms.notifications.kinds import Mail
from lms.notifications.models import Message

ISSUED = "certificates.issued"


def subject_for(certificate_id: uuid.UUID) -> str:
    """How an outbox row refers to a certificate."""
    return f"certificate:{certificate_id}"


class Issued:
    """`certificates.issued`: the certificate is there, this is its address."""

    name = ISSUED

    def compose(self, message: Message) -> Mail | None:
        """None when the certificate has been revoked since, or is gone."""
        certificate = selectors.certificate_to_announce(message.subject.partition(":")[2])
        if certificate is None:
            return None
        course = " ".join(certificate.statement.course.split())  # one line: it goes into the subject
        return Mail(
            subject=_("Your certificate: %(course)s") % {"course": course},
            preheader=_("It has an address of its own that you can send on."),
            paragraphs=[
                _("You have completed “%(course)s”. This is your certificate.") % {"course": course},
                _(
                    "Whoever has its address can see that it is valid: send it on, or print it. "
                    "The address cannot be guessed, and search engines are asked to leave it alone."
                ),
            ],
            button=(_("Open your certificate"), certificate.get_absolute_url()),
        )
