"""The content version rises with everything a reader would see, and with nothing else."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from django.test import RequestFactory
from wagtail.contrib.redirects.models import Redirect
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Locale, PageViewRestriction, Site

from cms.models import SiteSettings, StandardPage
from cms.published import bump, current_version, published, version_of
from tests.factories.cms import HomePageFactory, StandardPageFactory, menu_item

pytestmark = pytest.mark.django_db


@pytest.fixture
def about() -> StandardPage:
    return StandardPageFactory.create()


def publish(about: StandardPage) -> None:
    about.save_revision().publish()


def rename(about: StandardPage) -> None:
    about.slug = "renamed"
    about.save()


def move(about: StandardPage) -> None:
    about.move(StandardPageFactory.create(parent=about.get_parent()), pos="last-child")


def hide_from_others(about: StandardPage) -> None:
    restriction = PageViewRestriction.objects.create(page=about, restriction_type=PageViewRestriction.GROUPS)
    before = current_version()
    restriction.groups.add(Group.objects.create(name="Some"))
    assert current_version() > before


CHANGES: dict[str, Callable[[StandardPage], Any]] = {
    "publish": publish,
    "unpublish": lambda about: about.unpublish(),
    "rename": rename,
    "move": move,
    "delete": lambda about: about.delete(),
    "delete above": lambda about: about.get_parent().delete(),
    "restrict": lambda about: PageViewRestriction.objects.create(page=about, password="x"),
    "restrict to groups": hide_from_others,
    "site": lambda about: Site.objects.get().save(),
    "locale": lambda about: Locale.objects.create(language_code="nb"),
    "settings": lambda about: SiteSettings.for_site(Site.objects.get()).save(),
    "menu": lambda about: menu_item(page=about),
    "redirect": lambda about: Redirect.objects.create(old_path="/old", redirect_page=about),
    "image": lambda about: Image.objects.create(title="A quay", file=get_test_image_file()),
}


@pytest.mark.parametrize("change", CHANGES)
def test_rises_with_what_readers_see(about: StandardPage, change: str, django_capture_on_commit_callbacks: Any) -> None:
    before = current_version()
    with django_capture_on_commit_callbacks(execute=True):  # Wagtail says so after the commit
        CHANGES[change](about)
    assert current_version() > before


def test_stays_for_a_draft(about: StandardPage) -> None:
    before = current_version()
    about.title = "Not yet"
    about.save_revision()
    assert current_version() == before


def test_a_page_added_in_code_says_nothing_so_importers_do(about: StandardPage) -> None:
    """The reason why `bump()` is called by whoever adds pages in bulk."""
    before = current_version()
    StandardPageFactory.create(parent=about.get_parent())
    assert current_version() == before
    bump()
    assert current_version() == before + 1


def test_a_change_that_is_rolled_back_never_happened() -> None:
    before = current_version()
    with transaction.atomic():
        bump()
        transaction.set_rollback(True)
    assert current_version() == before


@pytest.mark.database
def test_the_first_bump_makes_the_row() -> None:
    from cms.models import ContentVersion

    ContentVersion.objects.all().delete()
    assert current_version() == 0
    bump()
    bump()
    assert current_version() == 2
    assert ContentVersion.objects.count() == 1


def test_builds_once_a_version(rf: RequestFactory) -> None:
    built: list[int] = []

    def build() -> int:
        built.append(1)
        return len(built)

    assert [published(rf.get("/"), "name", build) for _ in range(3)] == [1, 1, 1]
    bump()
    assert published(rf.get("/"), "name", build) == 2


def test_a_request_reads_one_version(rf: RequestFactory) -> None:
    request = rf.get("/")
    before = version_of(request)
    bump()
    assert version_of(request) == before


def test_a_slow_reader_does_not_keep_what_it_read_before_a_change(rf: RequestFactory) -> None:
    """Something is published while a reader is building: what it built is tagged with the version from before."""

    def build() -> str:
        bump()  # an editor was faster
        return "old"

    assert published(rf.get("/"), "name", build) == "old"
    assert published(rf.get("/"), "name", lambda: "new") == "new"


def test_a_preview_neither_reads_nor_fills(rf: RequestFactory) -> None:
    preview = rf.get("/")
    preview.is_preview = True  # type: ignore[attr-defined]
    published(rf.get("/"), "name", lambda: "live")
    assert published(preview, "name", lambda: "draft") == "draft"
    assert published(rf.get("/"), "name", lambda: "again") == "live"


def test_names_keep_sites_and_languages_apart(rf: RequestFactory) -> None:
    HomePageFactory.create()
    assert published(rf.get("/"), ("menu", 1, "en"), lambda: "Courses") == "Courses"
    assert published(rf.get("/"), ("menu", 1, "nb"), lambda: "Kurs") == "Kurs"
    assert published(rf.get("/"), ("menu", 2, "en"), lambda: "Other") == "Other"
