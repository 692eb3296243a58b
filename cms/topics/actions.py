"""What is done with topics: put in order, and deleted where nothing stands under them."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.log_actions import log

from cms.models import Topic
from cms.topics import selectors
from cms.topics.selectors import Use
from lms.accounts.models import User

NAMED = 3
"""How many things of a sort a refusal names."""


class TopicInUse(Exception):
    """Nothing was deleted. `sentence` says what stands under the topic, and what to do instead."""

    def __init__(self, topic: Topic, uses: Iterable[Use]) -> None:
        self.topic, self.uses = topic, list(uses)
        self.sentence = _(
            "“%(topic)s” was not deleted: %(uses)s stand under it. Take them out of this topic first, or give "
            "this one another title and keep it."
        ) % {"topic": topic, "uses": _(" and ").join(map(_told, self.uses))}
        super().__init__(self.sentence)


def _told(use: Use) -> str:
    """“2 courses (First, Second)”."""
    names = ", ".join(f"“{name}”" for name in use.names[:NAMED])
    more = len(use.names) - NAMED
    if more > 0:
        names = ngettext("%(names)s and %(more)d more", "%(names)s and %(more)d more", more) % {
            "names": names,
            "more": more,
        }
    return f"{len(use.names)} {use.one if len(use.names) == 1 else use.many} ({names})"


def refuse_in_use(topic: Topic) -> None:
    """Raise TopicInUse if something stands under the topic, published or not."""
    if uses := selectors.uses_of(topic):
        raise TopicInUse(topic, uses)


@transaction.atomic
def delete(topic: Topic, *, by: User) -> None:
    """Delete a topic that nothing stands under, and log it. Raises TopicInUse; then nothing was changed."""
    Topic.objects.select_for_update().get(pk=topic.pk)
    refuse_in_use(topic)
    log(topic, "wagtail.delete", user=by, deleted=True)
    topic.delete()


def protect(instance: Topic, **_sent: Any) -> None:
    """The last guard, before any deletion by the ORM: a many-to-many relation protects nothing by itself."""
    try:
        refuse_in_use(instance)
    except TopicInUse as refusal:
        raise ProtectedError(refusal.sentence, {instance}) from refusal


@transaction.atomic
def number_places() -> None:
    """Give the topics the places 1, 2, 3 … in the order they are in; nothing is written where they have them."""
    for place, topic in enumerate(Topic.objects.select_for_update(), start=1):
        if topic.place != place:
            topic.place = place
            topic.save(update_fields=["place"])
