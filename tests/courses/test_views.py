"""The pages of courses, and what learners send, through HTTP."""

import re
from html import unescape
from typing import Any
from uuid import uuid4

import html5lib
import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from courses import actions
from courses.models import Enrolment, Evidence, LessonProgress, QuizAttempt, WorksheetAnswer
from courses.rules import EvidenceState, Level
from tests.courses.conftest import Learner, outline_of
from tests.courses.test_learning import answer, do
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.courses import (
    EnrolmentFactory,
    add_lesson,
    catalog_page,
    lessons_of,
    make_course,
    option,
    question,
    quiz,
    rewrite,
    worksheet,
)
from tests.factories.evidence import later

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def signed_in(client: Client, learner: Learner) -> Client:
    client.force_login(learner.user)
    return client


def text(response: Any) -> str:
    """The answer as text, its HTML valid."""
    body: str = response.content.decode()
    parse = html5lib.HTMLParser(strict=True)
    parse.parse(body) if "<!DOCTYPE" in body else parse.parseFragment(body)
    return body


def words(response: Any) -> str:
    """What a reader sees, on one line."""
    return " ".join(unescape(re.sub("<[^>]*>", " ", response.content.decode())).split())


class TestCatalogue:
    def test_lists_courses_by_depth(self, client: Client) -> None:
        make_course(1, 1, title="Deep", level=Level.ADVANCED)
        make_course(2, 3, title="Shallow", hours=6)
        body = text(client.get("/courses/"))
        assert body.index("Shallow") < body.index("Deep")
        assert "2 modules, 6 lessons" in words(client.get("/courses/"))
        assert "about 6 hours" in body
        assert "Intermediate" not in body, "no empty bands"

    def test_says_so_when_there_is_nothing_yet(self, client: Client) -> None:
        catalog_page()
        assert "No course is open yet" in text(client.get("/courses/"))

    def test_marks_what_one_has_started_and_completed(self, signed_in: Client, learner: Learner) -> None:
        other = EnrolmentFactory(user=learner.user, completed_at=timezone.now())
        body = words(signed_in.get("/courses/"))
        assert body.count("Started") == 1
        assert body.count("Completed") == 1
        assert "Started" not in words(Client().get("/courses/"))
        assert other.pk


class TestCourse:
    def test_tells_a_stranger_what_it_is_and_how_to_start(self, client: Client) -> None:
        page = make_course(2, 1, outcomes="say it\ndo it", gives="A certificate", slug="one")
        body = text(client.get("/courses/one/"))
        assert "<li>say it</li>" in body
        assert "/accounts/signup/?next=/courses/one/" in body
        assert 'href="/courses/one/module-1/lesson-1/"' in body
        assert "csrfmiddlewaretoken" not in body, "a page everybody shares"
        assert page.pk

    def test_a_learner_sees_progress_and_the_way_on(self, signed_in: Client, learner: Learner) -> None:
        do(learner, 0)
        body = words(signed_in.get(learner.course.url))
        assert "1 of 4 lessons. Quizzes: 0 of 1 passed." in body
        assert "Continue with lesson 1.2" in body
        assert "1 of 2 done" in body

    def test_says_when_it_was_completed(self, signed_in: Client, learner: Learner) -> None:
        do(learner, 0, 1, 2, 3)
        answer(learner)
        body = words(signed_in.get(learner.course.url))
        assert "Your certificate is being made" in body
        add_lesson(learner.page.get_children().first().specific)
        assert "See what is new: lesson 1.3" in words(signed_in.get(learner.course.url))

    def test_a_module_is_a_place_on_the_page(self, client: Client) -> None:
        make_course(1, 1, slug="one")
        response = client.get("/courses/one/module-1/")
        assert response["Location"] == "/courses/one/#module-module-1"

    @pytest.mark.parametrize("path", ["none/", "one/none/", "one/module-1/none/", "one/none/lesson-1/"])
    def test_what_is_not_there(self, client: Client, path: str) -> None:
        make_course(1, 1, slug="one")
        assert client.get(f"/courses/{path}").status_code == 404

    def test_a_course_without_lessons(self, client: Client) -> None:
        make_course(0, slug="empty")
        assert "The lessons are being written" in text(client.get("/courses/empty/"))

    def test_an_old_address_leads_to_the_new_one(self, client: Client, django_capture_on_commit_callbacks: Any) -> None:
        page = make_course(1, 1, slug="old")
        assert client.get("/courses/old/").status_code == 200
        page.slug = "new"
        with django_capture_on_commit_callbacks(execute=True):
            page.save_revision().publish()
        response = client.get("/courses/old/")
        assert (response.status_code, response["Location"]) == (301, "/courses/new/")


class TestEnrol:
    def test_starts_and_goes_to_the_first_lesson(self, client: Client) -> None:
        page, member = make_course(1, 2), MembershipFactory()
        client.force_login(member.user)
        response = client.post(f"/learn/courses/{page.pk}/start/")
        assert response["Location"] == outline_of(page).lessons[0].url
        assert Enrolment.objects.get().company == member.company

    def test_goes_back_to_where_one_was(self, client: Client) -> None:
        page = make_course(1, 2)
        client.force_login(UserFactory())
        there = outline_of(page).lessons[1].url
        assert client.post(f"/learn/courses/{page.pk}/start/", {"next": there})["Location"] == there

    @pytest.mark.parametrize(
        "elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"]
    )
    def test_never_leads_elsewhere(self, client: Client, elsewhere: str) -> None:
        page = make_course(1, 1)
        client.force_login(UserFactory())
        response = client.post(f"/learn/courses/{page.pk}/start/", {"next": elsewhere})
        assert response["Location"] == outline_of(page).lessons[0].url

    def test_strangers_sign_in_first_and_looking_is_not_starting(self, client: Client) -> None:
        page = make_course(1, 1)
        response = client.post(f"/learn/courses/{page.pk}/start/")
        assert "/accounts/login/?next=/courses/" in response["Location"]
        assert client.get(f"/learn/courses/{page.pk}/start/").status_code == 405
        assert client.post("/learn/courses/999/start/").status_code == 404
        assert not Enrolment.objects.exists()


class TestLesson:
    def test_the_first_is_open_to_everybody_and_its_quiz_is_to_look_at(self, client: Client) -> None:
        page = make_course(1, 2, slug="one")
        rewrite(lessons_of(page)[0], quiz(), worksheet())
        body = text(client.get("/courses/one/module-1/lesson-1/"))
        assert "This lesson is open to everybody" in body
        assert "Start the course to answer" in body
        assert "<form" not in body
        assert "htmx" not in body

    def test_the_others_ask_to_start_first(self, client: Client) -> None:
        make_course(1, 2, slug="one", title="The course")
        response = client.get("/courses/one/module-1/lesson-2/")
        body = text(response)
        assert response.status_code == 200
        assert "This lesson is for people who have started “The course”" in body
        assert "cleared" not in body, "nothing of the lesson itself"
        assert 'content="noindex"' in body
        assert "?next=/courses/one/module-1/lesson-2/" in body

    def test_somebody_signed_in_can_start_right_there(self, client: Client) -> None:
        page = make_course(1, 2, slug="one")
        client.force_login(UserFactory())
        body = text(client.get("/courses/one/module-1/lesson-2/"))
        assert f'action="/learn/courses/{page.pk}/start/"' in body
        assert 'name="next" value="/courses/one/module-1/lesson-2/"' in body

    def test_staff_read_without_starting(self, client: Client) -> None:
        make_course(1, 2, slug="one")
        client.force_login(UserFactory(is_staff=True))
        assert "cleared" in text(client.get("/courses/one/module-1/lesson-2/"))
        assert not LessonProgress.objects.exists()

    def test_a_learner_reads_and_is_counted(self, signed_in: Client, learner: Learner) -> None:
        body = words(signed_in.get(learner.place(1).lesson.url))
        assert "Lesson 1.2" in body
        assert "Mark as done and go on" in body
        assert LessonProgress.objects.get().views == 1

    def test_previous_and_next(self, signed_in: Client, learner: Learner) -> None:
        body = text(signed_in.get(learner.place(1).lesson.url))
        assert f'<a href="{learner.place(0).lesson.url}"><span class="label">Previous' in body
        assert f'<a class="next" href="{learner.place(2).lesson.url}"' in body


class TestDone:
    def test_marks_and_goes_on(self, signed_in: Client, learner: Learner) -> None:
        response = signed_in.post(f"/learn/lessons/{learner.place(0).lesson.page_id}/done/")
        assert response["Location"] == learner.place(1).lesson.url
        assert "You have done this lesson" in words(signed_in.get(learner.place(0).lesson.url))

    def test_the_last_one_says_that_the_course_is_complete(self, signed_in: Client, learner: Learner) -> None:
        do(learner, 0, 1, 2)
        answer(learner)
        response = signed_in.post(f"/learn/lessons/{learner.place(3).lesson.page_id}/done/", follow=True)
        assert "You have completed “Course 1”" in words(response)

    def test_only_for_those_who_started(self, client: Client, learner: Learner) -> None:
        url = f"/learn/lessons/{learner.place(0).lesson.page_id}/done/"
        client.force_login(UserFactory())
        assert client.post(url).status_code == 404
        assert client.get(url).status_code == 405
        assert client.post("/learn/lessons/999/done/").status_code == 404
        assert not LessonProgress.objects.exists()


@pytest.fixture
def quiz_url(learner: Learner) -> str:
    return f"/learn/lessons/{learner.place(3).lesson.page_id}/quizzes/quiz/"


def form_of(client: Client, url: str) -> dict[str, str]:
    """The token and the option ids of the quiz on a page, by their words."""
    body = client.get(url).content.decode()
    token = re.search(r'name="token" value="([^"]+)"', body)
    assert token is not None
    options = {label: pk for pk, label in re.findall(r'value="(\w+)"[^>]*> <span>([^<]+)</span>', body)}
    return {"token": token[1], **options}


class TestQuiz:
    def test_shows_what_was_right_and_why(self, signed_in: Client, learner: Learner, quiz_url: str) -> None:
        page = learner.place(3).lesson.url
        form = form_of(signed_in, page)
        response = signed_in.post(quiz_url, {"token": form["token"], "answer-q1": form["No"]})
        assert response["Location"] == f"{page}#quiz-quiz"
        body = words(signed_in.get(page))
        assert "0 of 1 question right: 0 %." in body
        assert "Not so. Not so." in body
        assert "This one. That is so." in body
        assert "Passed from 70 %" in body

    def test_is_the_same_as_a_fragment(self, signed_in: Client, learner: Learner, quiz_url: str) -> None:
        form = form_of(signed_in, learner.place(3).lesson.url)
        response = signed_in.post(quiz_url, {"token": form["token"], "answer-q1": form["Yes"]}, headers=HTMX)
        body = text(response)
        assert body.lstrip().startswith('<section class="quiz')
        assert "1 of 1 question right: 100 %." in words(response)
        assert "Passed." in body

    def test_a_second_click_is_harmless(self, signed_in: Client, learner: Learner, quiz_url: str) -> None:
        form = form_of(signed_in, learner.place(3).lesson.url)
        for _n in range(2):
            signed_in.post(quiz_url, {"token": form["token"], "answer-q1": form["Yes"]})
        assert QuizAttempt.objects.count() == 1

    def test_trying_again_is_another_attempt(self, signed_in: Client, learner: Learner, quiz_url: str) -> None:
        answer(learner, right=False)
        page = learner.place(3).lesson.url
        assert "Try again" in words(signed_in.get(page))
        form = form_of(signed_in, f"{page}?again=quiz")
        signed_in.post(quiz_url, {"token": form["token"], "answer-q1": form["Yes"]})
        assert QuizAttempt.objects.filter(passed=True).count() == 1

    @pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
    def test_an_unanswered_question_comes_back_with_the_rest(
        self, signed_in: Client, learner: Learner, quiz_url: str, headers: dict[str, str]
    ) -> None:
        typed = question("q2", "short_answer", [option("Medicare", 100)], text="Who?")
        rewrite(lessons_of(learner.page)[3], quiz(questions=[question("q1"), typed]))
        form = form_of(signed_in, learner.place(3).lesson.url)
        sent = {"token": form["token"], "answer-q2": "Medi<b>care\0"}
        response = signed_in.post(quiz_url, sent, headers=headers)
        body = text(response)
        assert response.status_code == 200
        assert "Choose an answer." in body
        assert 'value="Medi&lt;b&gt;care"' in body
        assert not QuizAttempt.objects.exists()

    def test_an_answer_to_changed_words_is_not_graded(self, signed_in: Client, learner: Learner, quiz_url: str) -> None:
        form = form_of(signed_in, learner.place(3).lesson.url)
        lesson = lessons_of(learner.page)[3]
        lesson.body = [quiz(questions=[question("q1", options=[option("No, never", 100), option("Maybe")])])]
        lesson.save_revision().publish()
        response = signed_in.post(quiz_url, {"token": form["token"], "answer-q1": form["Yes"]})
        assert "was changed while you answered" in words(response)

    def test_a_result_is_shown_as_it_was_asked(self, signed_in: Client, learner: Learner) -> None:
        answer(learner)
        rewrite(lessons_of(learner.page)[3], quiz(questions=[question("q1", text="Something else?")]))
        body = words(signed_in.get(learner.place(3).lesson.url))
        assert "Is it?" in body
        assert "The quiz was changed after you answered" in body

    @pytest.mark.parametrize("token", ["", "x", "1234"])
    def test_without_a_token_nothing_is_graded(self, signed_in: Client, quiz_url: str, token: str) -> None:
        assert signed_in.post(quiz_url, {"token": token}).status_code == 404

    def test_not_ones_own_and_not_there(
        self, client: Client, signed_in: Client, learner: Learner, quiz_url: str
    ) -> None:
        assert signed_in.post(quiz_url.replace("/quiz/", "/none/"), {"token": str(uuid4())}).status_code == 404
        form = form_of(signed_in, learner.place(3).lesson.url)
        client.force_login(UserFactory())
        response = client.post(quiz_url, {"token": form["token"], "answer-q1": form["Yes"]})
        assert response.status_code == 404
        assert not QuizAttempt.objects.exists()


@pytest.fixture
def sheet(learner: Learner) -> str:
    """A worksheet with two questions in the first lesson; the address its texts go to."""
    lesson = rewrite(lessons_of(learner.page)[0], worksheet("sheet", ["payer", "region"]))
    return f"/learn/lessons/{lesson.pk}/worksheets/sheet/"


class TestWorksheet:
    def test_saves_for_the_company(self, signed_in: Client, learner: Learner, sheet: str) -> None:
        response = signed_in.post(sheet, {"answer-payer": "The hospital.", "version-payer": "0"}, follow=True)
        assert f"Saved for {learner.company.name}." in words(response)
        assert "You saved this" in words(response)
        assert "</textarea>" in text(response)
        assert WorksheetAnswer.objects.get().company == learner.company

    def test_answers_a_fragment(self, signed_in: Client, sheet: str) -> None:
        response = signed_in.post(sheet, {"answer-payer": "The hospital.", "version-payer": "0"}, headers=HTMX)
        assert text(response).lstrip().startswith("<section")
        assert "Saved." in words(response)

    def test_a_colleagues_text_stands_beside_ones_own(self, signed_in: Client, learner: Learner, sheet: str) -> None:
        colleague = MembershipFactory(company=learner.company).user
        EnrolmentFactory(user=colleague, course=learner.page)
        theirs = Client()
        theirs.force_login(colleague)
        theirs.post(sheet, {"answer-payer": "Theirs.", "version-payer": "0"})
        response = signed_in.post(sheet, {"answer-payer": "Mine.", "version-payer": "0"}, headers=HTMX)
        body = text(response)
        assert "Mine.</textarea>" in body
        assert "Theirs.</blockquote>" in body
        assert f"{colleague.full_name} changed this while you were writing" in words(response)
        sent = {"answer-payer": "Mine.", "version-payer": "0", "seen-payer": "1", "keep-payer": "mine"}
        signed_in.post(sheet, sent)
        assert WorksheetAnswer.objects.get().text == "Mine."

    def test_done_needs_every_text_and_keeps_what_is_there(
        self, signed_in: Client, learner: Learner, sheet: str
    ) -> None:
        sent = {"answer-payer": "The hospital.", "answer-region": "", "done": "1"}
        response = signed_in.post(sheet, sent)
        assert "Write at least a few words" in words(response)
        assert WorksheetAnswer.objects.get().text == "The hospital."
        assert not LessonProgress.objects.filter(completed_at__isnull=False).exists()
        response = signed_in.post(
            sheet, {"answer-payer": "The hospital.", "version-payer": "1", "answer-region": "TX", "done": "1"}
        )
        assert response["Location"] == learner.place(1).lesson.url

    def test_hostile_texts_stay_texts(self, signed_in: Client, learner: Learner, sheet: str) -> None:
        hostile = "</textarea><script>alert(1)</script>\0 & \u202e"
        signed_in.post(sheet, {"answer-payer": hostile, "version-payer": "-1", "seen-payer": "9" * 50})
        body = text(signed_in.get(learner.place(0).lesson.url))
        assert "<script>alert" not in body

    def test_without_a_company_one_reads_why(self, client: Client, learner: Learner, sheet: str) -> None:
        alone = EnrolmentFactory(course=learner.page).user
        client.force_login(alone)
        assert "Worksheets belong to a company" in words(client.get(learner.place(0).lesson.url))
        assert client.post(sheet, {"answer-payer": "x"}).status_code == 404

    def test_other_companies_see_nothing_of_it(
        self, signed_in: Client, client: Client, learner: Learner, sheet: str
    ) -> None:
        signed_in.post(sheet, {"answer-payer": "Our secret.", "version-payer": "0"})
        other = MembershipFactory()
        EnrolmentFactory(user=other.user, course=learner.page)
        client.force_login(other.user)
        assert "Our secret" not in text(client.get(learner.place(0).lesson.url))


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])
def test_signed_out_meanwhile_one_signs_in_and_comes_back(
    client: Client, learner: Learner, sheet: str, headers: dict[str, str]
) -> None:
    response = client.post(sheet, {"answer-payer": "Typed."}, headers=headers)
    there = response.get("Location") or response["HX-Redirect"]
    assert there == f"/accounts/login/?next={learner.place(0).lesson.url}"
    assert "what you typed is kept in this browser" in words(client.get(there))


class TestPrivatePages:
    def restrict(self, page: Any, kind: str = "login") -> None:
        PageViewRestriction.objects.create(page=page, restriction_type=kind, password="s" if kind == "password" else "")

    def test_a_private_course_is_in_no_list_and_opens_for_nobody_else(self, client: Client) -> None:
        page = make_course(1, 1, slug="secret", title="Secret course")
        self.restrict(page)
        assert "Secret course" not in words(client.get("/courses/"))
        for path in ("", "module-1/lesson-1/"):
            response = client.get(f"/courses/secret/{path}", follow=True)
            assert response.redirect_chain[-1] == (f"/accounts/login/?next=/courses/secret/{path}", 302)
            assert "no-store" in response["Cache-Control"]
        client.force_login(UserFactory())
        response = client.get("/courses/secret/")
        assert response.status_code == 200
        assert "no-store" in response["Cache-Control"]
        assert "Secret course" in words(client.get("/courses/"))

    def test_a_private_lesson_takes_no_answers(self, signed_in: Client, learner: Learner, quiz_url: str) -> None:
        self.restrict(lessons_of(learner.page)[3], "groups")
        form = {"token": str(uuid4()), "answer-q1": "x"}
        assert signed_in.post(quiz_url, form).status_code == 404
        assert signed_in.get(learner.place(3).lesson.url).status_code == 302
        done = f"/learn/lessons/{learner.place(3).lesson.page_id}/done/"
        assert signed_in.post(done).status_code == 404

    def test_a_private_course_cannot_be_started_around_it(self, client: Client) -> None:
        page = make_course(1, 1)
        self.restrict(page, "groups")
        client.force_login(UserFactory())
        client.post(f"/learn/courses/{page.pk}/start/")
        assert not Enrolment.objects.exists()

    def test_a_password_opens_it(self, client: Client) -> None:
        page = make_course(1, 1, slug="secret", outcomes="know the secret")
        self.restrict(page, "password")
        response = client.get("/courses/secret/")
        assert "know the secret" not in words(response)
        action = re.search(r'action="([^"]*authenticate[^"]*)"', response.content.decode())
        assert action is not None
        response = client.post(action[1], {"password": "s", "return_url": "/courses/secret/"}, follow=True)
        assert "know the secret" in words(response)

    def test_a_catalogue_can_be_private_too(self, client: Client) -> None:
        make_course(1, 1)
        self.restrict(catalog_page())
        assert client.get("/courses/").status_code == 302


class TestHome:
    def test_strangers_sign_in(self, client: Client) -> None:
        assert client.get("/me/")["Location"] == "/accounts/login/?next=/me/"

    def test_without_a_course_it_says_what_to_do(self, client: Client) -> None:
        client.force_login(UserFactory())
        body = text(client.get("/me/"))
        assert "You are in no course yet" in body
        assert 'href="/courses/"' in body

    def test_the_one_main_button_leads_to_the_exact_place(self, signed_in: Client, learner: Learner) -> None:
        do(learner, 0)
        actions.see_lesson(learner.user.pk, learner.place(2))
        body = text(signed_in.get("/me/"))
        assert body.count("button-main") == 1
        assert (
            f'<a class="button button-main" href="{learner.place(2).lesson.url}">Continue with lesson 2.1, 15 minutes'
            in body
        )
        assert "1 of 4 lessons. Quizzes: 0 of 1 passed." in body

    def test_the_course_opened_last_comes_first(self, signed_in: Client, learner: Learner) -> None:
        other = outline_of(make_course(1, 1, title="Opened last"))
        actions.enrol(learner.user, other, company=None)
        actions.see_lesson(learner.user.pk, actions.learning.Place(other, other.lessons[0]))
        body = text(signed_in.get("/me/"))
        assert body.index("Opened last") < body.index("Course 1")

    def test_when_all_is_done_it_suggests_a_deeper_course(self, signed_in: Client, learner: Learner) -> None:
        do(learner, 0, 1, 2, 3)
        answer(learner)
        make_course(1, 1, title="Deeper", level=Level.INTERMEDIATE)
        body = words(signed_in.get("/me/"))
        assert "Everything you have started is done." in body
        assert "Deeper" in body
        assert "Look at the course" in body

    def test_it_suggests_no_course_that_is_not_open_to_the_person(self, signed_in: Client, learner: Learner) -> None:
        do(learner, 0, 1, 2, 3)
        answer(learner)
        first = make_course(1, 1, title="First this", level=Level.ADVANCED)
        shut = later(first, title="Then that", level=Level.INTERMEDIATE)
        body = words(signed_in.get("/me/"))
        assert "First this" in body
        assert "Then that" not in body
        Evidence.objects.create(user=learner.user, course=shut, state=EvidenceState.ACCEPTED)
        body = words(signed_in.get("/me/"))
        assert "Then that" in body
        assert "First this" not in body

    def test_a_course_that_was_taken_away_is_not_shown(self, signed_in: Client, learner: Learner) -> None:
        learner.page.unpublish()
        assert "You are in no course yet" in words(signed_in.get("/me/"))

    @pytest.mark.parametrize(
        ("utc", "zone", "words_"),
        [
            ("2026-11-22T05:00:00Z", "Europe/Oslo", "Good morning"),
            ("2026-11-22T11:00:00Z", "Europe/Oslo", "Good afternoon"),
            ("2026-11-22T19:00:00Z", "Europe/Oslo", "Good evening"),
            ("2026-11-22T19:00:00Z", "America/Los_Angeles", "Good morning"),
            ("2026-11-22T19:00:00Z", "Nowhere/Land", "Good evening"),
        ],
    )
    def test_greets_by_the_persons_own_clock(
        self, client: Client, time_machine: Any, utc: str, zone: str, words_: str
    ) -> None:
        client.force_login(UserFactory(full_name="Kari Eksempel", time_zone=zone))
        time_machine.move_to(utc)
        assert f"{words_}, Kari" in words(client.get("/me/"))
