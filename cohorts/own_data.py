"""What this app keeps of a person."""

from django.utils.translation import gettext_lazy as _

from cohorts.models import Cohort
from lms.accounts.privacy.own_data import Part, only, register


def register_parts() -> None:
    register(
        Part(
            "cohorts-advised",
            _("Cohorts you are an advisor of"),
            lambda user: Cohort.objects.filter(advisors=user).order_by("pk"),
            only("name"),
            ("cohorts.Cohort.advisors",),
            stays=_("The programme keeps its cohorts."),
        )
    )
