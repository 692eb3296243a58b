"""Who decides what is published, and when a link counts as broken. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

ROWS = 8
"""How many rows a panel of the dashboard shows; the rest is behind its link."""

REVIEW_SOON = timedelta(days=30)
"""How long before its date something is shown as due to be checked again."""

BROKEN_AFTER = timedelta(days=1)
"""A link that fails this long after it first failed is broken; once may be the other side's bad hour."""

ASK_AGAIN_AFTER = timedelta(days=7)
"""How long an answer from another site is believed."""

ASKED_AT_ONCE = 100
"""How many addresses of other sites one run asks, at most."""

RUN_LASTS = timedelta(minutes=3)
"""A run begins no new question after this long: it ends before the cluster's own time limit."""

NO_ANSWER = 0
NOT_ASKED = -1
"""Instead of an HTTP status: nobody answered; the address is none a public site may have, so nobody was asked."""

STAYS_SHUT = frozenset({401, 402, 403, 405, 406, 429, 451, 999})
"""Answers to us that say nothing about a person with a browser: the page is there, for somebody else."""


@dataclass(frozen=True, slots=True)
class Board:
    """Who works here, as ids: all who may open the editors' part, and the moderators by group and by topic."""

    staff: frozenset[int] = frozenset()
    superusers: frozenset[int] = frozenset()
    moderators: frozenset[int] = frozenset()
    by_topic: Mapping[int, frozenset[int]] = field(default_factory=dict)

    def named(self, topics: Collection[int]) -> frozenset[int]:
        """Those who moderate any of these topics and may open the editors' part; empty where nobody does."""
        found = frozenset(person for topic in topics for person in self.by_topic.get(topic, ()))
        return found & self.staff

    def asked(self, topics: Collection[int]) -> frozenset[int]:
        """Who is told that something under these topics waits. Superusers only where there is nobody else."""
        return self.named(topics) or self.moderators or self.superusers

    def may_decide(self, person: int, topics: Collection[int]) -> bool:
        return person in self.superusers or person in (self.named(topics) or self.moderators)


def is_working(status: int) -> bool:
    """Whether an answer to us means that people get there."""
    return 200 <= status < 400 or status in STAYS_SHUT
