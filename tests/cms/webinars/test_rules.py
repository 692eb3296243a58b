"""What a webinar's page is by now."""

from datetime import UTC, datetime, timedelta

import pytest

from cms.rules import Kind
from cms.webinars.rules import KINDS, Stage, stage_of

END = datetime(2027, 3, 12, 11, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("ends_at", "now", "is_recorded", "stage"),
    [
        (None, END, False, Stage.COMING),
        (None, END, True, Stage.COMING),
        (END, END - MOMENT, False, Stage.COMING),
        (END, END - MOMENT, True, Stage.COMING),
        (END, END, False, Stage.AWAITED),
        (END, END, True, Stage.RECORDED),
        (END, END + timedelta(days=900), True, Stage.RECORDED),
    ],
)
def test_the_stage_follows_the_clock_and_the_recording(
    ends_at: datetime | None, now: datetime, is_recorded: bool, stage: Stage
) -> None:
    assert stage_of(ends_at=ends_at, is_cancelled=False, is_recorded=is_recorded, now=now) is stage


@pytest.mark.parametrize("now", [END - MOMENT, END])
def test_cancelled_stays_cancelled(now: datetime) -> None:
    assert stage_of(ends_at=END, is_cancelled=True, is_recorded=True, now=now) is Stage.CANCELLED


def test_lists_show_what_is_to_come_and_what_can_be_seen() -> None:
    assert {Stage.COMING: Kind.WEBINAR, Stage.RECORDED: Kind.RECORDING} == KINDS
