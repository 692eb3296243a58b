"""Courses in the editors' part of the site."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from courses import actions
from courses.models import LessonPage
from lms.accounts.models import User
from tests.courses.conftest import Learner
from tests.factories.accounts import UserFactory
from tests.factories.courses import EnrolmentFactory, add_module, lessons_of, make_course, quiz

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("chief@example.org", "x", full_name="Chief Editor"))
    return client


class TestDelete:
    def test_a_page_with_results_at_or_under_it_is_kept_with_a_sentence(self, editor: Client, learner: Learner) -> None:
        actions.complete_lesson(learner.user.pk, learner.place(0))
        lesson = lessons_of(learner.page)[0]
        _root, home, catalogue, course, module = lesson.get_ancestors()
        for page in (lesson, module, course, catalogue, home):
            response = editor.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
            said = " ".join(str(one) for one in get_messages(response.wsgi_request))
            assert "was not deleted: people have learned with it" in said, page
            assert "Unpublish it instead" in said, page
            assert Page.objects.filter(pk=page.pk).exists(), page
        assert "was not deleted: people have learned with it" in editor.get(reverse("wagtailadmin_home")).text

    def test_a_page_without_results_can_be_deleted(self, editor: Client, learner: Learner) -> None:
        lesson = lessons_of(learner.page)[0]
        editor.post(reverse("wagtailadmin_pages:delete", args=[lesson.pk]))
        assert not LessonPage.objects.filter(pk=lesson.pk).exists()

    def test_several_at_once(self, editor: Client, learner: Learner) -> None:
        actions.complete_lesson(learner.user.pk, learner.place(0))
        url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
        ids = "&".join(f"id={lesson.pk}" for lesson in lessons_of(learner.page))
        response = editor.post(f"{url}?{ids}&next=/admin/", follow=True)
        assert "was not deleted" in response.content.decode()
        assert LessonPage.objects.count() == 4


class TestLearners:
    def test_lists_people_with_their_progress(self, editor: Client, learner: Learner) -> None:
        actions.complete_lesson(learner.user.pk, learner.place(0))
        body = editor.get(reverse("learner:index")).content.decode()
        assert learner.user.full_name in body
        assert "1 of 4 lessons. Quizzes: 0 of 1 passed." in body
        assert learner.company.name in body

    def test_costs_the_same_for_three_and_for_fifty(self, editor: Client, learner: Learner) -> None:
        def statements() -> int:
            with CaptureQueriesContext(connection) as counted:
                editor.get(reverse("learner:index"))
            return len(counted)

        statements()
        few = statements()
        for _n in range(45):
            EnrolmentFactory(course=learner.page)
        assert statements() == few

    def test_can_be_searched(self, editor: Client, learner: Learner) -> None:
        other = EnrolmentFactory(course=learner.page, user=UserFactory(full_name="Somebody Else"))
        body = editor.get(reverse("learner:index"), {"q": "Somebody"}).content.decode()
        assert other.user.full_name in body
        assert learner.user.email not in body

    def test_is_only_to_read(self, editor: Client, learner: Learner) -> None:
        for path in ("new/", f"edit/{learner.enrolment.pk}/", f"delete/{learner.enrolment.pk}/"):
            assert editor.get(f"/admin/learners/{path}").status_code == 404

    def test_needs_its_permission(self, client: Client, learner: Learner) -> None:
        group = Group.objects.create(name="Front desk")
        group.permissions.add(Permission.objects.get(codename="access_admin"))
        staff = UserFactory(is_staff=True)
        staff.groups.add(group)
        client.force_login(staff)
        assert client.get(reverse("learner:index")).status_code != 200
        group.permissions.add(Permission.objects.get(codename="view_enrolment"))
        client.force_login(User.objects.get(pk=staff.pk))
        assert client.get(reverse("learner:index")).status_code == 200


def lesson_form(body: list[tuple[str, Any]], **fields: str) -> dict[str, Any]:
    data = {"title": "New lesson", "slug": "new-lesson", "key": "new", "question": "", "minutes": "15", **fields}
    return nested_form_data({**data, "body": streamfield(body), "comments": inline_formset([])})


class TestEditor:
    def test_publishes_a_lesson(self, editor: Client) -> None:
        module = add_module(make_course(0), 0)
        url = reverse("wagtailadmin_pages:add", args=["courses", "lessonpage", module.pk])
        editor.post(url, {**lesson_form([("text", "Hello **there**.")]), "action-publish": "1"})
        lesson = LessonPage.objects.get(slug="new-lesson")
        assert lesson.live
        assert "<strong>there</strong>" in lesson.rendered[0]["html"]

    def test_a_taken_id_comes_back_with_a_sentence(self, editor: Client) -> None:
        page = make_course(1, 1)
        taken, module = lessons_of(page)[0], page.get_children().first()
        url = reverse("wagtailadmin_pages:add", args=["courses", "lessonpage", module.pk])
        response = editor.post(url, {**lesson_form([("text", "Mine.")], key=taken.key), "action-publish": "1"})
        body = response.content.decode()
        assert response.status_code == 200
        assert "has this id already" in body
        assert "Mine." in body, "nothing is lost"
        assert LessonPage.objects.count() == 1

    @pytest.mark.parametrize("action", ["action-publish", "action-draft"])
    def test_five_megabytes_come_back_with_a_sentence(self, editor: Client, action: str) -> None:
        module = add_module(make_course(0), 0)
        url = reverse("wagtailadmin_pages:add", args=["courses", "lessonpage", module.pk])
        text = "word " * 1_000_000
        response = editor.post(url, {**lesson_form([("text", text)]), action: "1"})
        body = response.content.decode()
        assert response.status_code == 200
        assert "5,0" in body
        assert "fit" in body
        assert text[:1000] in body, "nothing is lost"
        assert not LessonPage.objects.exists()

    def test_the_form_explains_itself(self, editor: Client) -> None:
        lesson = lessons_of(make_course(1, 1, body=[quiz()]))[0]
        body = editor.get(reverse("wagtailadmin_pages:edit", args=[lesson.pk])).content.decode()
        assert "Stays the same for ever" in body
