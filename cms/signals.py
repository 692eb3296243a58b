"""What raises the content version: everything an editor can do that a reader of a published page would see."""

from typing import Any

from django.db import models
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save
from wagtail.contrib.redirects.models import Redirect
from wagtail.images import get_image_model
from wagtail.models import Collection, CollectionViewRestriction, Locale, PageViewRestriction, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from cms.models import Document, FooterLink, MenuItem, SiteSettings, Topic
from cms.published import bump
from cms.topics.actions import follow_address, note_address, protect


def raise_version(**_sent: Any) -> None:
    bump()


def connect() -> None:
    """Listen. Page signals cover publishing, unpublishing, deleting, moving, reordering and renaming.

    A live page added in code by `add_child`, a queryset's `update()` and `bulk_create` send nothing: importers call
    `bump()`.
    """
    for signal in (page_published, page_unpublished, post_page_move, page_slug_changed):
        signal.connect(raise_version, dispatch_uid="cms.version")
    watched: list[type[models.Model]] = [
        PageViewRestriction,
        Collection,
        CollectionViewRestriction,
        Site,
        Locale,
        SiteSettings,
        MenuItem,
        FooterLink,
        get_image_model(),
        Document,
        Topic,
        Redirect,
    ]
    for model in watched:
        post_save.connect(raise_version, sender=model, dispatch_uid=f"cms.version.{model.__name__}")
        post_delete.connect(raise_version, sender=model, dispatch_uid=f"cms.version.{model.__name__}")
    groups = (PageViewRestriction.groups, CollectionViewRestriction.groups)
    for field in (*groups, Document.topics, Document.clusters):
        m2m_changed.connect(raise_version, sender=field.through, dispatch_uid=f"cms.version.{field.through.__name__}")
    pre_save.connect(note_address, sender=Topic, dispatch_uid="cms.topic.address")
    post_save.connect(follow_address, sender=Topic, dispatch_uid="cms.topic.moved")
    pre_delete.connect(protect, sender=Topic, dispatch_uid="cms.topic.protect")
