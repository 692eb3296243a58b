"""The workflow of a company through a programme: which stage may follow which. Pure."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


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
