"""What this app keeps of a person."""

from django.utils.translation import gettext_lazy as _

from lms.accounts.privacy.own_data import Part, only, register
from lms.notifications.models import Message


def register_parts() -> None:
    register(
        Part(
            "mail",
            _("Mail sent to you: of which kind, about what, and when"),
            lambda user: Message.objects.filter(recipient=user).order_by("pk"),
            only("kind", "subject", "due", "state", "created_at", "finished_at"),
            ("notifications.Message.recipient",),
        )
    )
