"""Keeping where a listener is."""

from datetime import datetime

from django.db import connection
from django.utils import timezone

from cms.masterclasses.listening import place_after
from cms.models import Listening

TABLE = Listening._meta.db_table

REMEMBER = f"""
INSERT INTO {TABLE} (user_id, page_id, position, updated_at, finished_at) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (user_id, page_id) DO UPDATE SET position = excluded.position, updated_at = excluded.updated_at,
  finished_at = COALESCE({TABLE}.finished_at, excluded.finished_at)
  WHERE {TABLE}.updated_at <= excluded.updated_at
"""  # noqa: S608 - our own table's name


def remember(
    user_id: int,
    page_id: int,
    *,
    position: float,
    duration: int | None,
    ended: bool = False,
    at: datetime | None = None,
) -> None:
    """Keep where somebody is in a masterclass; one statement. `finished_at` stays that of the first time.

    `at` is when they were there, now if it is not given. What is true last wins: a message that was held up on its way
    changes nothing once a newer one came, and a moment still to come counts as now.
    """
    now = timezone.now()
    place = place_after(position, duration=duration, ended=ended)
    moment = connection.ops.adapt_datetimefield_value(min(at or now, now))
    with connection.cursor() as cursor:
        cursor.execute(REMEMBER, [user_id, page_id, place.position, moment, moment if place.finished else None])
