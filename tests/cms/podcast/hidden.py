"""One masterclass of every kind that is not everybody's, each with a word of its own in everything people read."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from cms.models import Chapter, Guest, MasterclassPage, Topic
from tests.factories.accounts import ClusterFactory
from tests.factories.cms import masterclass, sound


def words(word: str) -> dict[str, Any]:
    """A masterclass's fields with the word in each."""
    return {
        "title": f"About {word}",
        "slug": f"about-{word}",
        "summary": f"On {word}.",
        "notes": f"Notes on {word}.",
        "notes_html": f"<p>Notes on {word}.</p>",
        "search_description": f"Found by {word}.",
        "captions": f"WEBVTT\n\n00:00.000 --> 00:04.000\n{word}\n",
        "chapters": [Chapter(start=0, title=f"Chapter {word}")],
        "guests": [Guest(name=f"Demo {word}", role="Founder", consent_on=timezone.localdate())],
        "audio": sound(f"{word}.mp3"),
    }


def draft(word: str, topic: Topic) -> MasterclassPage:
    return masterclass(publish=False, topics=[topic], **words(word))


def scheduled(word: str, topic: Topic) -> MasterclassPage:
    later = timezone.now() + timedelta(days=1)
    return masterclass(topics=[topic], go_live_at=later, **words(word))


def expired(word: str, topic: Topic) -> MasterclassPage:
    """Its time is over, and the sweep that takes it down has not come by."""
    page = masterclass(topics=[topic], **words(word))
    MasterclassPage.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    return page


def taken_down(word: str, topic: Topic) -> MasterclassPage:
    page = masterclass(topics=[topic], **words(word))
    page.unpublish()
    return page


def members(word: str, topic: Topic) -> MasterclassPage:
    return masterclass(audience="members", topics=[topic], **words(word))


def clusters(word: str, topic: Topic) -> MasterclassPage:
    return masterclass(audience="clusters", clusters=[ClusterFactory()], topics=[topic], **words(word))


def private(kind: str) -> Callable[[str, Topic], MasterclassPage]:
    def make(word: str, topic: Topic) -> MasterclassPage:
        page = masterclass(topics=[topic], **words(word))
        restriction = PageViewRestriction.objects.create(page=page, restriction_type=kind, password="anchor")
        if kind == PageViewRestriction.GROUPS:
            restriction.groups.add(Group.objects.create(name=word))
        return page

    return make


HIDDEN: dict[str, Callable[[str, Topic], MasterclassPage]] = {
    "draft": draft,
    "scheduled": scheduled,
    "expired": expired,
    "taken down": taken_down,
    "members": members,
    "clusters": clusters,
    "login": private(PageViewRestriction.LOGIN),
    "groups": private(PageViewRestriction.GROUPS),
    "password": private(PageViewRestriction.PASSWORD),
}
"""How each kind is made, by its name."""


def file_for_members(word: str, topic: Topic) -> MasterclassPage:
    """An open page whose file is an entry of the library for members."""
    file = sound(f"{word}.mp3", kind="report", audience="members")
    return masterclass(topics=[topic], **{**words(word), "audio": file})


def file_in_private_collection(word: str, topic: Topic) -> MasterclassPage:
    collection = Collection.get_first_root_node().add_child(name=word)
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    page = masterclass(topics=[topic], **words(word))
    page.audio.collection = collection
    page.audio.save()
    return page


HIDDEN_FILES: dict[str, Callable[[str, Topic], MasterclassPage]] = {
    "a file for members": file_for_members,
    "a file in a private collection": file_in_private_collection,
}
"""The page is everybody's, the file is not: no episode for everybody, but a page they may read."""
