"""Who is owed what because of what happened in the layers below: they do not know of mail, so this looks."""

from django.db import transaction

from lms.notifications import actions, selectors
from lms.notifications.accounts_kinds import AskedToJoin


def owe_asks() -> None:
    """Every administrator is owed one message about each person who has asked to join."""
    asks = list(selectors.administrators_not_told_of_asks(AskedToJoin.name))
    people = selectors.people_by_id({ask.administrator for ask in asks})  # type: ignore[attr-defined]
    for ask in asks:
        with transaction.atomic():
            actions.owe(
                AskedToJoin.name,
                recipient=people[ask.administrator],  # type: ignore[attr-defined]
                subject=selectors.ask_subject(ask.pk),
                due=ask.since,
            )
