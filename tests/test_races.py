"""The races themselves: who meets, who is not waited for, and what fails when a place is not where it was."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from cms.models import DownloadDay
from tests import races
from tests.factories.cms import DocumentFactory
from tests.races import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]

READ = 'FROM "cms_downloadday"'
WRITTEN = 'UPDATE "cms_downloadday"'


@pytest.fixture
def counter() -> DownloadDay:
    return DownloadDay.objects.create(document=DocumentFactory.create(), day="2026-03-01", count=0)


def count(one: DownloadDay, *, locked: bool = False) -> int:
    """Read, add one, write."""
    rows = DownloadDay.objects.select_for_update() if locked else DownloadDay.objects
    found = rows.get(pk=one.pk)
    found.count += 1
    found.save(update_fields=["count"])
    return found.count


def with_lock(one: DownloadDay) -> Callable[[], int]:
    return transaction.atomic(lambda: count(one, locked=True))


@pytest.mark.parametrize("place", [{"after": READ}, {"before": WRITTEN}])
@pytest.mark.parametrize("many", [2, 5])
def test_all_meet_where_they_have_read_and_none_has_written(counter: DownloadDay, place: Any, many: int) -> None:
    assert at_once(*[lambda: count(counter)] * many, **place, alone=False) == [1] * many
    counter.refresh_from_db()
    assert counter.count == 1


def test_then_one_goes_on_after_the_other_in_the_order_given(counter: DownloadDay) -> None:
    ended: list[int] = []

    def run(number: int) -> None:
        count(counter)
        ended.append(number)

    at_once(*[lambda number=number: run(number) for number in range(8)], after=READ, alone=False)
    assert ended == list(range(8))


@pytest.mark.parametrize("place", [{"after": READ}, {"before": WRITTEN}, {}])
def test_who_is_kept_away_by_a_lock_is_not_waited_for(counter: DownloadDay, place: Any) -> None:
    assert sorted(at_once(*[with_lock(counter)] * 5, **place)) == [1, 2, 3, 4, 5]


def test_a_control_fails_when_a_lock_keeps_somebody_away(counter: DownloadDay) -> None:
    with pytest.raises(AssertionError) as failure:
        at_once(*[with_lock(counter)] * 2, after=READ, alone=False)
    said = str(failure.value)
    assert f"Not all came to the place. It is just after '{READ}'" in said
    assert "at the place, after" in said
    assert "under way, in" in said
    counter.refresh_from_db()
    assert counter.count == 2, "they were let go, to their ends"


def test_a_control_fails_when_somebody_goes_another_way(counter: DownloadDay) -> None:
    with pytest.raises(AssertionError, match=r"(?m)Not all came to the place(.|\n)*ended with 'elsewhere'$"):
        at_once(lambda: count(counter), lambda: "elsewhere", before=WRITTEN, alone=False)


@pytest.mark.parametrize("alone", [True, False])
def test_a_place_that_no_statement_has_any_more_fails_and_says_which_there_were(
    counter: DownloadDay, alone: bool
) -> None:
    with pytest.raises(AssertionError) as failure:
        at_once(*[lambda: count(counter)] * 2, after='FROM "renamed"', alone=alone)
    assert "Nobody came to the place. It is just after 'FROM \"renamed\"'" in str(failure.value)
    assert READ in str(failure.value)


def test_one_who_never_ends_is_given_up_and_named(counter: DownloadDay, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(races, "PATIENCE", 0.2)
    end = threading.Event()
    with pytest.raises(AssertionError, match=r"Nothing happens any more(.|\n)*1\. at the place(.|\n)*2\. under way"):
        at_once(lambda: count(counter), lambda: end.wait(30), after=READ)
    end.set()


def test_what_a_call_raises_is_its_result() -> None:
    def fail() -> None:
        raise ValueError("no")

    failure, fine = at_once(fail, lambda: 1)
    assert isinstance(failure, ValueError)
    assert fine == 1


def test_each_has_a_connection_of_its_own() -> None:
    def own() -> Any:
        connection.ensure_connection()  # it may have been refused at the start, and there may be none here yet
        return connection.connection

    assert len({id(one) for one in (own(), *at_once(own, own))}) == 3
