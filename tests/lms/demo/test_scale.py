from typing import Any

import pytest
from wagtail.models import Page

from cms.demo import ensure_site
from cms.published import forget
from cohorts.models import Cohort, Participation
from courses.models import Enrolment, LessonPage, LessonProgress
from courses.selectors import learner_state, outline_now
from lms.accounts.models import User
from lms.demo.scale import STEPS, Size, load_scale

SIZE = Size(learners=30, courses=4, modules=2, lessons=3, enrolments=2)
SMALL = Size(learners=8, courses=2, modules=1, lessons=3, enrolments=2)


@pytest.mark.database
@pytest.mark.django_db
def test_fills_the_tables_as_the_product_would(django_assert_max_num_queries: Any):
    ticks: list[int] = []
    ensure_site()
    with django_assert_max_num_queries(250):
        summary = load_scale(SIZE, lambda: ticks.append(1))
    assert summary == "4 courses, 30 learners, 60 enrolments, 360 progress rows"
    assert len(ticks) == STEPS
    assert Page.find_problems() == ([], [], [], [], [])
    forget()
    course = outline_now().courses[0]
    assert (len(outline_now().courses), len(course.lessons), course.quiz_count) == (4, 6, 6)
    state = learner_state(Enrolment.objects.filter(course=course.id).earliest("pk").user_id)
    assert 0 <= state.progress(course).lessons_done < 6
    assert LessonProgress.objects.filter(completed_at__isnull=False).exists()
    assert Participation.objects.count() == 8
    keys = [
        part["key"]
        for lesson in LessonPage.objects.all()
        for part in lesson.contents
        if part["type"] in {"quiz", "worksheet"}
    ]
    assert len(keys) == len(set(keys)) == 48
    page = LessonPage.objects.latest("pk")
    page.save_revision().publish()
    page.refresh_from_db()
    assert [part["type"] for part in page.rendered] == ["html", "quiz", "worksheet"]


@pytest.mark.django_db
def test_is_the_same_every_time_and_loaded_once():
    load_scale(SMALL, lambda: None)
    first = list(LessonProgress.objects.order_by("pk").values_list("views", "first_seen", "completed_at"))
    with pytest.raises(ValueError, match="has scale data already"):
        load_scale(SMALL, lambda: None)
    Enrolment.objects.all().delete()
    Participation.objects.all().delete()
    Cohort.objects.all().delete()
    User.objects.all().delete()
    Page.objects.filter(depth__gt=1).delete()
    load_scale(SMALL, lambda: None)
    assert list(LessonProgress.objects.order_by("pk").values_list("views", "first_seen", "completed_at")) == first
