"""Recommending: order of input does not matter, a lower score is never later, and what is required comes before."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from courses.paths.rules import Changes, Ground, Offered, Scored, changes, course_for, moved, recommend, suggested

LEVELS = st.integers(1, 3)
SUBJECTS = st.frozensets(st.integers(1, 4), max_size=3)


def level_of(value: Decimal) -> int:
    return 1 if value < Decimal("2.5") else 2 if value < Decimal("3.8") else 3


@st.composite
def scores(draw):
    found = []
    for topic in draw(st.lists(st.sampled_from("abcdef"), unique=True, min_size=1)):
        value = Decimal(draw(st.integers(10, 50))) / 10
        found.append(Scored(topic, value, level_of(value), draw(SUBJECTS)))
    return found


@st.composite
def catalogues(draw, requires=True):
    """Courses that require only older ones, so that no two require each other."""
    found = []
    for pk in range(1, draw(st.integers(1, 7)) + 1):
        older = st.lists(st.integers(1, pk - 1), unique=True, max_size=2) if requires and pk > 1 else st.just([])
        found.append(Offered(pk, draw(LEVELS), draw(SUBJECTS), tuple(draw(older))))
    return found


MANY = settings(max_examples=80)


@given(scores(), catalogues(), st.randoms())
@MANY
def test_the_order_of_scores_and_courses_does_not_matter(scored, offered, random):
    found = recommend(scored, offered)
    random.shuffle(scored)
    random.shuffle(offered)
    assert recommend(scored, offered) == found


@given(scores(), catalogues())
@MANY
def test_never_a_course_twice_and_never_before_what_it_requires(scored, offered):
    order = [one.course for one in recommend(scored, offered)]
    assert len(order) == len(set(order))
    known = {course.id: course for course in offered}
    for place, course in enumerate(order):
        assert set(known[course].requires) <= set(order[:place])


@given(scores(), catalogues())
@MANY
def test_every_topic_that_some_course_fits_is_a_ground_of_exactly_one(scored, offered):
    grounds = [ground.topic for one in recommend(scored, offered) for ground in one.grounds]
    fitting = [one.topic for one in scored if any(not one.subjects or one.subjects & c.topics for c in offered)]
    assert sorted(grounds) == sorted(fitting)


@given(scores(), catalogues(), st.data())
@MANY
def test_a_lower_score_never_moves_a_topics_course_later(scored, offered, data):
    at = data.draw(st.integers(0, len(scored) - 1))
    lowest = data.draw(st.integers(10, int(scored[at].value * 10)))
    value = Decimal(lowest) / 10
    lower = [*scored[:at], replace(scored[at], value=value, level=level_of(value)), *scored[at + 1 :]]
    before, after = course_for(scored[at], offered), course_for(lower[at], offered)
    assume(before is not None and after is not None)
    was = [one.course for one in recommend(scored, offered)]
    now = [one.course for one in recommend(lower, offered)]
    assert after.level <= before.level
    if after == before or not any(course.requires for course in offered):
        assert now.index(after.id) <= was.index(before.id)


def test_courses_that_require_each_other_come_once_each():
    offered = [Offered(1, 1, requires=(2,)), Offered(2, 1, requires=(1,))]
    assert {one.course for one in recommend([Scored("a", Decimal("2.0"), 1)], offered)} == {1, 2}


@pytest.mark.parametrize(
    ("level", "levels", "expected"),
    [(2, (1, 2, 3), 2), (2, (1, 3), 1), (1, (2, 3), 2), (3, (1, 2), 2), (2, (3,), 3), (2, (), None)],
)
def test_the_topics_level_else_the_nearest_lower_else_the_nearest_higher(level, levels, expected):
    offered = [Offered(of, of, frozenset({7})) for of in levels]
    found = course_for(Scored("a", Decimal(3), level, frozenset({7, 8})), offered)
    assert (found.level if found else None) == expected


def test_a_course_about_something_else_is_not_for_the_topic():
    topic = Scored("a", Decimal(1), 1, frozenset({7}))
    assert course_for(topic, [Offered(1, 1, frozenset({8})), Offered(2, 1)]) is None
    assert course_for(replace(topic, subjects=frozenset()), [Offered(1, 1, frozenset({8}))]).id == 1


def test_by_level_then_the_lowest_score_with_its_grounds():
    offered = [Offered(1, 2, frozenset({1})), Offered(2, 1, frozenset({2})), Offered(3, 1, frozenset({3}))]
    scored = [
        Scored("data", Decimal("2.6"), 2, frozenset({1})),
        Scored("payer", Decimal("2.2"), 1, frozenset({2})),
        Scored("sales", Decimal("1.8"), 1, frozenset({3})),
        Scored("quality", Decimal("2.4"), 1, frozenset({3})),
    ]
    found = recommend(scored, offered)
    assert [one.course for one in found] == [3, 2, 1]
    assert found[0].grounds == (Ground("sales", "1.8", 1), Ground("quality", "2.4", 1))


def test_nothing_known_recommends_nothing():
    assert recommend([], [Offered(1, 1)]) == []
    assert recommend([Scored("a", Decimal(1), 1)], []) == []


@pytest.mark.parametrize(
    ("current", "recommended", "kept", "expected"),
    [
        ([1, 9, 2], [1, 2], [9], [1, 9, 2]),
        ([9, 1], [1, 2], [9], [9, 1, 2]),
        ([1, 9], [2, 3], [9], [9, 2, 3]),
        ([1, 8, 9], [2, 1], [8, 9], [2, 1, 8, 9]),
        ([1, 2], [2], [], [2]),
    ],
)
def test_what_is_kept_stays_behind_what_it_followed(current, recommended, kept, expected):
    assert suggested(current, recommended, kept) == expected


def test_what_a_suggestion_changes():
    assert changes([1, 2, 3], [3, 1, 4]) == Changes(come=(4,), go=(2,), reordered=True)
    assert not changes([1, 2], [1, 2])


@pytest.mark.parametrize(("place", "expected"), [(0, [3, 1, 2]), (1, [1, 3, 2]), (9, [1, 2, 3]), (-4, [3, 1, 2])])
def test_moving(place, expected):
    assert moved([1, 2, 3], 3, place) == expected
