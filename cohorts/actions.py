"""What changes a participation: one verb."""

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from cohorts import rules, selectors
from cohorts.models import Participation
from cohorts.rules import Stage
from lms.accounts.models import User


class MoveRefused(Exception):
    """The company may not go there. `sentence` says why and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@transaction.atomic
def move_to(participation: Participation, stage: str, *, by: User | None, reason: str = "") -> Participation:
    """Move a company to `stage`. Asking again for the stage it is in changes nothing.

    What the move misses stops it unless there is a reason, which the log keeps with what was missing.
    Raises MoveRefused. Who may move whom is decided by `selectors.participations_run_by`.
    """
    # Lock first: two people may press the button at once.
    participation = Participation.objects.select_for_update().get(pk=participation.pk)
    before = participation.stage
    if before == stage:
        return participation
    missing = rules.missing_for(stage, selectors.facts_of(participation)) if rules.is_forward(before, stage) else []
    if sentence := rules.refusal(before, stage, missing, reason):
        raise MoveRefused(sentence)
    participation.stage, participation.stage_since = Stage(stage), timezone.now()
    participation.save(update_fields=["stage", "stage_since"])
    told = {"from": before, "to": str(stage), "reason": reason.strip(), "missing": [item.value for item in missing]}
    log(participation, "cohorts.move", user=by, data=told)
    return participation
