"""Two at once: one is done and the other is told, by the lock on the evidence; and one piece a person and course."""

from functools import partial
from typing import Any
from unittest.mock import patch

import pytest
from django.db.models import QuerySet

from courses.evidence import actions
from courses.evidence.actions import Conflict
from courses.models import Evidence, EvidenceEntry
from courses.rules import EvidenceState
from courses.selectors import outline_now
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.evidence import TEXT, later, sent
from tests.races import ONE_WRITER, at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]


def decide_together(*, alone: bool = True) -> list[Any]:
    """One advisor accepts while another asks, both having read version 1."""
    evidence, one, other = sent(), UserFactory(), UserFactory()
    return at_once(
        lambda: actions.accept(evidence, by=one, version=1),
        lambda: actions.ask(evidence, by=other, version=1, question="Which predicate?"),
        after='FROM "courses_evidence"',
        alone=alone,
    )


def test_of_two_advisors_at_once_one_answers_and_the_other_is_told(transactional_db: None) -> None:
    results = decide_together()
    assert sorted(type(result).__name__ for result in results) == ["Conflict", "Evidence"]
    assert Evidence.objects.get().version == 2
    assert EvidenceEntry.objects.count() == 2


def unlocked(self: QuerySet[Any], *_args: Any, **_kwargs: Any) -> QuerySet[Any]:
    return self.all()


def test_without_the_lock_both_answer(transactional_db: None) -> None:
    with patch.object(QuerySet, "select_for_update", unlocked):
        results = decide_together(alone=ONE_WRITER)
    assert any(isinstance(result, Conflict) for result in results) is ONE_WRITER


def test_two_who_accept_at_once_accept_once(transactional_db: None) -> None:
    evidence, people = sent(), [UserFactory(), UserFactory()]
    accepting = [lambda by=by: actions.accept(evidence, by=by, version=1) for by in people]
    results = at_once(*accepting, after='FROM "courses_evidence"')
    assert [result.state for result in results] == [EvidenceState.ACCEPTED] * 2
    assert EvidenceEntry.objects.filter(state=EvidenceState.ACCEPTED).count() == 1


def test_a_first_text_sent_by_a_double_click_is_one(transactional_db: None) -> None:
    member, page = MembershipFactory(), later()
    course = outline_now().by_id[page.pk]
    send = partial(actions.send, member.user, course, company=member.company, text=TEXT)
    first, second = at_once(send, send, before='INSERT INTO "courses_evidence"')
    assert first == second
    assert EvidenceEntry.objects.count() == 1
