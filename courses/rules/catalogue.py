"""How the catalogue narrows down: by length, and by how far somebody is. Pure."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Length(TextChoices):
    """How much time a course asks for: an evening or two, some weeks beside the work, a season."""

    SHORT = "short", _("Up to 3 hours")
    MEDIUM = "medium", _("4 to 8 hours")
    LONG = "long", _("More than 8 hours")


class HowFar(TextChoices):
    """How far a person is in a course."""

    NOT_STARTED = "not-started", _("Not started")
    UNDER_WAY = "under-way", _("Under way")
    COMPLETED = "completed", _("Completed")


def length_of(hours: int) -> Length:
    if hours <= 3:
        return Length.SHORT
    return Length.MEDIUM if hours <= 8 else Length.LONG
