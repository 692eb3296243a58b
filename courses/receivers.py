"""Lessons are kept as finished HTML, so what is replaced must reach the lessons that show it."""

from typing import Any

from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from cms.models import MasterclassPage
from courses.actions import lessons_showing, render_lessons_of, render_lessons_showing


def changed(instance: Model, created: bool, **_sent: Any) -> None:
    """Render anew after the change is committed: Wagtail then knows the new file and has dropped the old sizes."""
    if not created:
        transaction.on_commit(lambda: render_lessons_showing(instance))


def masterclass_changed(instance: Page, **_sent: Any) -> None:
    """What shows it is found at once: of a masterclass that is deleted, nothing knows any more after the change."""
    ids = lessons_showing(instance)
    if ids:
        transaction.on_commit(lambda: render_lessons_of(ids))


def restriction_changed(instance: PageViewRestriction, **_sent: Any) -> None:
    """A masterclass that becomes private, or no longer is, by itself or with a page above it."""
    for page in MasterclassPage.objects.filter(path__startswith=instance.page.path):
        masterclass_changed(page)


def connect() -> None:
    for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
        signal.connect(masterclass_changed, sender=MasterclassPage, dispatch_uid="courses.masterclass")
    for signal in (post_save, post_delete):
        signal.connect(restriction_changed, sender=PageViewRestriction, dispatch_uid="courses.restriction")
    for model in (get_image_model(), get_document_model()):
        post_save.connect(changed, sender=model, dispatch_uid=f"courses.{model.__name__}")
