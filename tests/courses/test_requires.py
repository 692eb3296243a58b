"""Courses that come after others: in the outline, in every language alike, and in the editor without circles."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from cms.published import bump
from courses import selectors
from courses.models import CoursePage, Evidence
from courses.selectors.outline import outline_in
from tests.factories.accounts import UserFactory
from tests.factories.courses import make_course
from tests.factories.evidence import later

pytestmark = pytest.mark.django_db


def required(page: CoursePage, language: str = "en") -> list[str]:
    outline = outline_in(language)
    return [one.title for one in outline.required_by(outline.by_id[page.pk])]


def translated(page: CoursePage, **fields: Any) -> CoursePage:
    made = make_course(language="nb", key=page.key, **fields)
    CoursePage.objects.filter(pk=made.pk).update(translation_key=page.translation_key)
    made.refresh_from_db()
    bump()
    return made


@pytest.mark.database
def test_they_are_named_in_the_order_of_the_catalogue():
    first, second = make_course(title="A"), make_course(title="B")
    assert required(later(second, first)) == ["A", "B"]
    assert selectors.outline_now().by_id[first.pk].requires == ()


def test_an_unpublished_course_holds_nobody_back():
    first = make_course()
    page = later(first)
    first.unpublish()
    assert required(page) == []


def test_a_draft_of_the_requirement_counts_only_when_it_is_published():
    page = make_course()
    page.requires.add(make_course(title="First"))
    revision = page.save_revision()
    assert required(page) == []
    revision.publish()
    assert required(page) == ["First"]


def test_translations_agree_whichever_page_names_which():
    first = make_course(title="First", slug="first")
    in_norwegian = translated(first, title="Først")
    page = make_course(slug="page")
    own = translated(page, title="Siden")
    own.requires.add(in_norwegian)
    own.save()
    bump()
    assert required(page) == ["First"]
    assert required(page, "nb") == ["Først"]
    for language in ("en", "nb"):
        assert outline_in(language).by_id[page.pk].requires == (first.pk,)


def test_what_is_published_in_another_language_only_is_named_without_an_address(client: Client):
    first = make_course(language="nb", title="Først", slug="forst")
    page = later(first)
    assert required(page) == ["Først"]
    client.force_login(UserFactory())
    html = client.get(f"/courses/{page.slug}/").content.decode()
    assert "Først" in html
    assert "forst" not in html


def test_a_private_course_that_comes_first_is_not_named_to_others(client: Client):
    first = make_course(title="Behind the curtain")
    page = later(first)
    first.view_restrictions.create(restriction_type="login")
    bump()
    assert "Behind the curtain" not in client.get("/courses/").content.decode()
    assert "Behind the curtain" not in client.get(f"/courses/{page.slug}/").content.decode()
    client.force_login(UserFactory())
    assert "Behind the curtain" in client.get(f"/courses/{page.slug}/").content.decode()


# --- The editor ------------------------------------------------------------------------------------------------------


def test_a_course_cannot_come_before_itself():
    page = make_course()
    page.requires.add(page)
    with pytest.raises(ValidationError) as refused:
        page.full_clean()
    assert "before itself" in refused.value.message_dict["requires"][0]


def test_nor_before_its_own_translation():
    page = make_course(slug="page")
    own = translated(page)
    own.requires.add(page)
    with pytest.raises(ValidationError):
        own.full_clean()


def test_a_circle_is_refused_and_named():
    first = make_course()
    second = later(first, title="Second")
    third = later(second, title="Third")
    first.requires.add(third)
    with pytest.raises(ValidationError) as refused:
        first.full_clean()
    assert "“Third” itself comes after this course" in refused.value.message_dict["requires"][0]
    third.full_clean()


def test_the_editor_offers_the_other_courses_of_the_language_and_refuses_a_circle():
    first = make_course(title="First", slug="first")
    norwegian = translated(first)
    page = later(first, title="Later")
    form_class = CoursePage.get_edit_handler().get_form_class()
    shown = form_class(instance=first, for_user=UserFactory(is_superuser=True))
    offered = set(shown.fields["requires"].queryset.values_list("pk", flat=True))
    assert page.pk in offered
    assert not {first.pk, norwegian.pk} & offered
    sent = form_class({"requires": [str(page.pk)]}, instance=first, for_user=UserFactory(is_superuser=True))
    assert not sent.is_valid()
    assert "itself comes after this course" in sent.errors["requires"][0]


@pytest.mark.database
def test_a_page_that_evidence_refers_to_is_not_deleted():
    page = later()
    Evidence.objects.create(user=UserFactory(), course=page)
    assert selectors.has_results([page.pk])
