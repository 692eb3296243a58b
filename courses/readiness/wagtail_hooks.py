"""What Wagtail's admin learns from this part: the questionnaire."""

from django.urls import URLPattern
from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSetGroup

from courses.readiness.viewsets import admin_urls, readiness_group


@hooks.register("register_admin_viewset")
def readiness_in_the_admin() -> ModelViewSetGroup:
    return readiness_group


@hooks.register("register_admin_urls")
def publishing_in_the_admin() -> list[URLPattern]:
    return admin_urls()
