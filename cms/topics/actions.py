"""What is done with topics: put in order, given another address, and deleted where nothing stands under them."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from wagtail.contrib.redirects.models import Redirect
from wagtail.log_actions import log

from cms.models import Topic
from cms.topics import selectors
from cms.topics.selectors import Use
from lms.accounts.models import User

NAMED = 3
"""How many things of a sort a refusal names."""
ADDRESSES = ("cms:topic", "cms:topic_feed")
"""The routes whose address holds a topic's."""


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


# --- Another address --------------------------------------------------------------------------------------------------
def _addresses(slug: str) -> list[str]:
    found = []
    for language, _name in settings.LANGUAGES:
        with override(language):
            found += [reverse(name, args=[slug]) for name in ADDRESSES]
    return found


@transaction.atomic
def lead_on(before: str, now: str) -> None:
    """A topic has moved: the address `before` leads to `now`, and so does what has led there until today.

    Doing it twice changes nothing. What an editor set up by hand for the old address stays as it is.
    """
    for old, new in zip(_addresses(before), _addresses(now), strict=True):
        own = Redirect.objects.filter(automatically_created=True, site=None, redirect_page=None)
        own.filter(old_path=Redirect.normalise_path(new)).delete()  # an address again: nothing leads in a circle
        own.filter(redirect_link=old).update(redirect_link=new)
        path = Redirect.normalise_path(old)
        if not Redirect.objects.filter(old_path=path, site=None).exists():
            Redirect.objects.create(old_path=path, redirect_link=new, automatically_created=True)


def note_address(instance: Topic, raw: bool = False, **_sent: Any) -> None:
    """Before a topic is saved: which address it has now."""
    known = Topic.objects.filter(pk=instance.pk).values_list("slug", flat=True) if instance.pk and not raw else ()
    instance.address_before = next(iter(known), "")


def follow_address(instance: Topic, **_sent: Any) -> None:
    """After it is saved."""
    before = instance.address_before
    if before and before != instance.slug:
        lead_on(before, instance.slug)
