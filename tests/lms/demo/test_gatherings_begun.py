"""The demo's events where something is there already, and on days of all kinds."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.utils import timezone

from lms.accounts.models import User
from lms.demo.companies import ensure_companies
from lms.demo.gatherings import ensure_gatherings
from lms.demo.people import ensure_people
from lms.events.models import Event
from lms.notifications.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> dict[str, User]:
    return ensure_people()


def test_a_message_owed_before_stays_owed(people: dict[str, User]):
    owed = Message.objects.create(
        kind="events.registration", recipient=people["ada"], subject="registration:1:0", due=timezone.now(),
        due_date=timezone.localdate(), next_try=timezone.now(),
    )  # fmt: skip
    ensure_gatherings(people, ensure_companies(people))
    assert list(Message.objects.all()) == [owed]


@pytest.mark.parametrize(
    "moment", [datetime(2027, 3, 27, 23, 30, tzinfo=UTC), datetime(2028, 5, 31, 0, 30, tzinfo=UTC)]
)
def test_it_can_be_made_on_any_day(people: dict[str, User], moment: datetime):
    with time_machine.travel(moment, tick=False):
        ensure_gatherings(people, ensure_companies(people))
        assert Event.objects.filter(starts_at__gt=moment).count() == 7
