"""What this app keeps of a person."""

from django.utils.translation import gettext_lazy as _

from certificates.models import Certificate
from lms.accounts.privacy.own_data import Part, only, register


def register_parts() -> None:
    register(
        Part(
            "certificates",
            _("Certificates you hold, as they were issued"),
            lambda user: Certificate.objects.filter(holder=user).order_by("issued_at", "pk"),
            only("id", "issued_at", "expires_at", "revoked_at", "revoked_reason", "snapshot"),
            ("certificates.Certificate.holder",),
        )
    )
