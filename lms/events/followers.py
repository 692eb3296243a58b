"""Parts of higher apps that keep something made from events, told when one of them changed.

They register from `AppConfig.ready()`; actions that change what an event's readers see tell them in their transaction.
"""

from collections.abc import Callable

Follower = Callable[[int], None]
"""Called with the id of the event that changed. At most a few queries: the one who changed it waits."""

_followers: list[Follower] = []


def register(follower: Follower) -> None:
    """Registering the same follower again changes nothing."""
    if follower not in _followers:
        _followers.append(follower)


def tell(event_id: int) -> None:
    """Say that the event changed: when, where, whether, or who sees it."""
    for follower in _followers:
        follower(event_id)
