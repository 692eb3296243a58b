"""What this app keeps of a person."""

from django.utils.translation import gettext_lazy as _

from courses.readiness.models import Answer
from lms.accounts.privacy.own_data import Part, leave_out, only, register


def register_parts() -> None:
    register(
        Part(
            "readiness",
            _("Readiness questions you answered"),
            lambda user: Answer.objects.filter(answered_by=user).select_related("assessment__company").order_by("pk"),
            only(
                "assessment__company__name",
                "question_key",
                "worth",
                "not_relevant",
                "reason",
                "note",
                "evidence",
                "answered_at",
            ),
            ("readiness.Answer.answered_by",),
            stays=_("It belongs to the company and stays with it."),
        )
    )
    leave_out(
        "a step of the company's; its answers are in the part `readiness`",
        "readiness.Assessment.started_by",
        "readiness.Assessment.finished_by",
    )
    leave_out("the programme's questionnaire; the part `log` tells who published it", "readiness.Edition.published_by")
