"""How answers are read, quizzes graded, questions checked, and how far someone is."""

from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.rules import (
    Option,
    Question,
    Quiz,
    continue_at,
    grade_quiz,
    problems,
    progress,
    quiz_from,
    snapshot,
)
from courses.rules.answers import matches, read_number
from courses.rules.editing import Answer, question_problem


def single(*weights: int, key: str = "q", kind: str = "single", points: int = 1) -> Question:
    """A question with options a, b, c … of these weights."""
    options = tuple(Option("abcdefgh"[n], f"Option {n}", weight, f"Because {n}.") for n, weight in enumerate(weights))
    return Question(key, kind, "<p>?</p>", options, points=points)


def typed(kind: str, *options: tuple[str, int, str]) -> Question:
    made = tuple(Option(str(n), text, weight, "", tolerance) for n, (text, weight, tolerance) in enumerate(options))
    return Question("q", kind, "<p>?</p>", made)


def score(question: Question, *sent: str) -> int:
    return grade_quiz(Quiz("z", "Z", (question,)), {"q": list(sent)}).score


class TestGrading:
    def test_one_right_answer(self) -> None:
        assert score(single(0, 100, 0), "b") == 100
        assert score(single(0, 100, 0), "a") == 0

    def test_two_answers_where_one_is_asked_earn_nothing(self) -> None:
        assert score(single(0, 100), "a", "b") == 0

    def test_several_right_answers_add_up_and_wrong_ones_take_away(self) -> None:
        question = single(50, 50, -50, 0, kind="multiple")
        assert score(question, "a") == 50
        assert score(question, "a", "b") == 100
        assert score(question, "a", "b", "c") == 50
        assert score(question, "c") == 0, "never below nothing"

    def test_three_thirds_are_everything(self) -> None:
        assert score(single(33, 33, 33, kind="multiple"), "a", "b", "c") == 100

    def test_the_same_answer_twice_counts_once(self) -> None:
        assert score(single(50, 50, kind="multiple"), "a", "a") == 50

    def test_a_wrong_answer_never_takes_from_another_question(self) -> None:
        quiz = Quiz("z", "Z", (single(100, 0, key="one"), single(50, -100, 50, key="two", kind="multiple")))
        assert grade_quiz(quiz, {"one": ["a"], "two": ["b"]}).score == 50

    def test_points_weigh(self) -> None:
        quiz = Quiz("z", "Z", (single(100, 0, key="one", points=3), single(100, 0, key="two")))
        assert grade_quiz(quiz, {"one": ["a"], "two": ["b"]}).score == 75

    @pytest.mark.parametrize("sent", ["90", " 90 ", "90,0", "90.0", "+90", "92", "88", "90 %"])
    def test_a_number_within_the_tolerance(self, sent: str) -> None:
        assert score(typed("numerical", ("90", 100, "2")), sent) == 100

    @pytest.mark.parametrize("sent", ["92.1", "-90", "ninety", "", "9" * 40, "1e2", "٩٠٠"])
    def test_a_number_elsewhere(self, sent: str) -> None:
        assert score(typed("numerical", ("90", 100, "2")), sent) == 0

    def test_the_first_number_that_fits_decides(self) -> None:
        question = typed("numerical", ("1822", 100, "0"), ("1822", 50, "2"))
        assert score(question, "1822") == 100
        assert score(question, "1823") == 50

    def test_words_without_case_spaces_and_accents(self) -> None:
        question = typed("short_answer", ("Søknad til Tromsø", 100, "0"))
        assert score(question, "  soknad TIL\ttromsø ") == 100
        assert score(question, "soknad til tromso") == 100
        assert score(question, "soknad") == 0

    def test_a_catch_all_after_the_right_answer(self) -> None:
        question = typed("short_answer", ("Medicare", 100, "0"), ("*", 0, "0"))
        graded = grade_quiz(Quiz("z", "Z", (question,)), {"q": ["Medicaid"]}).questions[0]
        assert (graded.earned, graded.chosen) == (0, ("1",)), "its feedback is what the learner reads"

    def test_passed_exactly_at_the_mark_and_not_a_hair_below(self) -> None:
        quiz = Quiz("z", "Z", tuple(single(100, 0, key=str(n)) for n in range(10)), pass_percent=70)
        assert grade_quiz(quiz, {str(n): ["a"] for n in range(7)}).passed
        assert not grade_quiz(quiz, {str(n): ["a"] for n in range(6)}).passed

    def test_two_of_three_is_not_sixty_seven(self) -> None:
        quiz = Quiz("z", "Z", tuple(single(100, 0, key=str(n)) for n in range(3)), pass_percent=67)
        result = grade_quiz(quiz, {"0": ["a"], "1": ["a"]})
        assert (result.score, result.passed, result.right) == (66, False, 2)

    def test_a_quiz_without_questions_is_never_passed(self) -> None:
        assert not grade_quiz(Quiz("z", "Z", (), pass_percent=1), {}).passed

    def test_a_snapshot_comes_back_as_the_quiz(self) -> None:
        quiz = Quiz("z", "Z", (single(100, 0), typed("numerical", ("1.5", 100, "0.1"))), 80)
        assert quiz_from(snapshot(quiz), 80) == quiz


answers = st.dictionaries(st.sampled_from(["one", "two", "three"]), st.lists(st.text(max_size=8), max_size=5))
weights = st.lists(st.integers(-100, 100), min_size=1, max_size=8)


@given(answers, weights, weights, st.sampled_from(["single", "multiple", "true_false", "numerical", "short_answer"]))
def test_whatever_is_sent_a_score_is_a_percentage(
    sent: dict[str, list[str]], one: list[int], two: list[int], kind: str
) -> None:
    quiz = Quiz("z", "Z", (single(*one, key="one", kind=kind), single(*two, key="two", kind="multiple")))
    result = grade_quiz(quiz, sent)
    assert 0 <= result.score <= 100
    assert result.passed == (result.score >= 70)


@given(st.permutations(["a", "b", "c", "d"]), st.lists(st.integers(-100, 100), min_size=4, max_size=4))
def test_the_order_of_ticks_does_not_matter(ticks: list[str], given_weights: list[int]) -> None:
    question = single(*given_weights, kind="multiple")
    assert score(question, *ticks) == score(question, "a", "b", "c", "d")


class TestProblems:
    def test_says_what_is_missing_and_nothing_else(self) -> None:
        quiz = Quiz("z", "Z", (single(100, 0, key="one"), single(100, 0, key="two")))
        assert list(problems(quiz, {"one": ["a"]})) == ["two"]

    def test_an_option_that_is_no_longer_there(self) -> None:
        assert "changed" in problems(Quiz("z", "Z", (single(100, 0),)), {"q": ["gone"]})["q"]

    @pytest.mark.parametrize("sent", ["about ninety", "1,000.5", "1.2.3", "∞", "--5", "0x10", "NaN", "1" * 16])
    def test_what_is_not_a_number_is_asked_again(self, sent: str) -> None:
        quiz = Quiz("z", "Z", (typed("numerical", ("90", 100, "0")),))
        assert "number" in problems(quiz, {"q": [sent]})["q"]

    def test_a_novel_instead_of_a_few_words(self) -> None:
        quiz = Quiz("z", "Z", (typed("short_answer", ("yes", 100, "0")),))
        assert "few words" in problems(quiz, {"q": ["x" * 501]})["q"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1", "1"),
        ("-1,5", "-1.5"),
        ("−1.5", "-1.5"),
        ("1 000 000,25", "1000000.25"),
        (".5", "0.5"),
        ("1,000", "1"),
        ("5%", "5"),
    ],
)
def test_numbers_as_people_write_them(text: str, number: str) -> None:
    assert read_number(text) == Decimal(number)


@pytest.mark.parametrize(
    ("pattern", "text", "fits"),
    [
        ("*", "", True),
        ("medi*", "Medicaid", True),
        ("*care", "Medicare", True),
        ("*care", "Medicares", False),
        ("a*b*c", "a-b-b-c", True),
        ("a*b*c", "a-c-b", False),
        ("ab*ba", "aba", False),
        ("5 \\* 3", "5 * 3", True),
        ("5 \\* 3", "5 x 3", False),
        ("", "", True),
        ("*a" * 200 + "b", "a" * 500, False),
    ],
)
def test_patterns_as_in_moodle(pattern: str, text: str, fits: bool) -> None:
    assert matches(pattern, text) is fits


class TestEditing:
    @pytest.mark.parametrize(
        ("kind", "given", "word"),
        [
            ("single", [("a", 100), ("b", 100)], "Exactly one"),
            ("single", [("a", 0), ("b", 0)], "Exactly one"),
            ("single", [("a", 100)], "at least two"),
            ("single", [("a", 100), ("A ", 0)], "the same"),
            ("true_false", [("a", 100), ("b", 0), ("c", 0)], "two answers"),
            ("multiple", [("a", 50), ("b", 40)], "90"),
            ("multiple", [("a", 0), ("b", -50)], "At least one"),
            ("numerical", [("ninety", 100)], "not a number"),
            ("numerical", [("90", 50)], "At least one"),
            ("short_answer", [("yes", 50)], "At least one"),
        ],
    )
    def test_what_nobody_could_get_right(self, kind: str, given: list[tuple[str, int]], word: str) -> None:
        assert word in question_problem(kind, [Answer(*answer) for answer in given])

    @pytest.mark.parametrize(
        ("kind", "given"),
        [
            ("single", [("a", 100), ("b", 0), ("c", -25)]),
            ("true_false", [("True", 0), ("False", 100)]),
            ("multiple", [("a", 33), ("b", 33), ("c", 33), ("d", -100)]),
            ("multiple", [("a", 34), ("b", 34), ("c", 33)]),
            ("numerical", [("90,5", 100), ("90", 50)]),
            ("short_answer", [("yes", 100), ("*", 0)]),
        ],
    )
    def test_what_is_well(self, kind: str, given: list[tuple[str, int]]) -> None:
        assert question_problem(kind, [Answer(*answer) for answer in given]) == ""


@dataclass(frozen=True)
class Stub:
    """A lesson as progress needs it."""

    id: int
    minutes: int = 10
    quizzes: tuple[tuple[str, str], ...] = ()


THREE = [Stub(1), Stub(2, 20, (("q2", "Two"),)), Stub(3)]


class TestProgress:
    def test_begins_at_nothing(self) -> None:
        told = progress(THREE, set(), set())
        assert (told.percent, told.complete, told.next_lesson, told.minutes_left) == (0, False, 1, 40)
        assert told.sentence == "0 of 3 lessons. Quizzes: 0 of 1 passed."

    def test_counts_lessons_and_quizzes(self) -> None:
        told = progress(THREE, {1, 2}, set())
        assert (told.lessons_done, told.quizzes_passed, told.percent, told.complete) == (2, 0, 50, False)
        assert (told.next_lesson, told.minutes_left) == (2, 30), "the quiz in lesson 2 is still to pass"

    def test_is_complete_with_every_lesson_and_quiz(self) -> None:
        told = progress(THREE, {1, 2, 3}, {"q2"})
        assert (told.percent, told.complete, told.next_lesson, told.minutes_left) == (100, True, None, 0)

    def test_all_lessons_without_the_quiz_is_not_complete(self) -> None:
        assert not progress(THREE, {1, 2, 3}, set()).complete

    def test_a_course_without_lessons_is_not_complete(self) -> None:
        told = progress([], {1}, {"q"})
        assert (told.percent, told.complete, told.sentence) == (0, False, "0 of 0 lessons.")

    def test_what_is_not_in_the_course_does_not_count(self) -> None:
        assert progress(THREE, {7, 8, 9}, {"other"}).steps_done == 0

    def test_completed_stays_completed_when_something_is_added(self) -> None:
        told = progress([*THREE, Stub(4)], {1, 2, 3}, {"q2"}, completed=True)
        assert (told.complete, told.percent, told.next_lesson) == (True, 100, 4)
        assert told.sentence == "Completed. 1 step is new or changed since then, if you like."

    def test_one_lesson_reads_as_one(self) -> None:
        assert progress([Stub(1)], {1}, set()).sentence == "1 of 1 lesson."

    def test_goes_on_where_one_left_off(self) -> None:
        assert continue_at(THREE, {1}, set(), last=3) == 3, "opened last, not done"
        assert continue_at(THREE, {1, 3}, set(), last=3) == 2, "after the end, from the beginning"
        assert continue_at(THREE, set(), set(), last=None) == 1
        assert continue_at(THREE, set(), set(), last=99) == 1, "a lesson that is gone"
        assert continue_at(THREE, {1, 2, 3}, {"q2"}, last=1) is None


stubs = st.lists(st.integers(1, 30), unique=True, max_size=12).map(
    lambda ids: [Stub(n, n, ((f"q{n}", ""),) if n % 3 == 0 else ()) for n in ids]
)
ids = st.sets(st.integers(1, 30))


@given(stubs, ids, ids)
def test_progress_is_within_bounds_and_full_only_when_complete(
    lessons: list[Stub], done: set[int], quizzes: set[int]
) -> None:
    told = progress(lessons, done, {f"q{n}" for n in quizzes})
    assert 0 <= told.percent <= 100
    assert (told.percent == 100) == told.complete
    assert (told.next_lesson is None) == (told.complete or not lessons)
    assert 0 <= told.lessons_done <= told.lessons


@given(stubs, ids, ids, st.integers(1, 30))
def test_doing_more_never_counts_less(lessons: list[Stub], done: set[int], quizzes: set[int], more: int) -> None:
    keys = {f"q{n}" for n in quizzes}
    before = progress(lessons, done, keys)
    after = progress(lessons, done | {more}, keys | {f"q{more}"})
    assert after.percent >= before.percent
    assert after.minutes_left <= before.minutes_left
    assert after.complete >= before.complete


@given(stubs, ids, st.randoms(use_true_random=False))
def test_the_order_of_lessons_does_not_change_the_sum(lessons: list[Stub], done: set[int], random: object) -> None:
    shuffled = sorted(lessons, key=lambda _lesson: random.random())  # type: ignore[attr-defined]
    one, other = progress(lessons, done, ()), progress(shuffled, done, ())
    assert (one.lessons_done, one.percent, one.minutes_left) == (other.lessons_done, other.percent, other.minutes_left)
