"""What a certificate states and whether it holds: plain values only."""

from datetime import UTC, datetime, timedelta

import pytest

from certificates.rules import State, Statement, criteria_in_words, key_for_course, state_of
from tests.factories.certificates import statement

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
BEFORE, AFTER = NOW - timedelta(seconds=1), NOW + timedelta(seconds=1)


@pytest.mark.parametrize(
    ("expires_at", "revoked_at", "state"),
    [
        (None, None, State.VALID),
        (AFTER, None, State.VALID),
        (NOW, None, State.EXPIRED),
        (BEFORE, None, State.EXPIRED),
        (None, BEFORE, State.REVOKED),
        (BEFORE, BEFORE, State.REVOKED),
        (AFTER, NOW, State.REVOKED),
    ],
)
def test_a_certificate_is_valid_until_it_expires_or_is_revoked(expires_at, revoked_at, state):
    assert state_of(expires_at=expires_at, revoked_at=revoked_at, now=NOW) == state


def test_one_course_gives_a_person_one_certificate():
    assert key_for_course("usa-next", 7) == key_for_course("usa-next", 7)
    assert len({key_for_course("usa-next", 7), key_for_course("usa-next", 8), key_for_course("usa-next-2", 7)}) == 3


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ((15, 3, 70), "All 15 lessons, and 70 % on each of 3 quizzes"),
        ((15, 1, 70), "All 15 lessons, and 70 % on its quiz"),
        ((4, 0, 70), "All 4 lessons"),
        ((1, 0, 70), "The one lesson"),
    ],
)
def test_what_had_to_be_done_is_said_in_words(facts, words):
    lessons, quizzes, percent = facts
    assert criteria_in_words(lessons=lessons, quizzes=quizzes, pass_percent=percent) == words


def test_a_statement_comes_back_from_storage_as_it_went():
    told = statement(company="Example AS", lesson_revisions={"first": 4, "second": None})
    assert Statement.from_json(told.as_json()) == told


def test_what_a_later_version_added_does_not_break_the_page():
    assert Statement.from_json({**statement().as_json(), "signature": "abc"}) == statement()
