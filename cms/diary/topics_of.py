"""What topics events stand under.

Events know none; the pages that present them do, and register from `AppConfig.ready()`.
"""

from collections.abc import Callable, Collection, Iterable, Mapping

Provider = Callable[[Collection[int]], Mapping[int, Iterable[int]]]
"""The ids of events to the ids of the topics their published pages stand under; without topics, left out. One query."""

_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Registering the same provider again changes nothing."""
    if provider not in _providers:
        _providers.append(provider)


def topics_of(events: Collection[int]) -> dict[int, frozenset[int]]:
    """The topics of each event that has some. A query for each provider; none where there is no event."""
    found: dict[int, frozenset[int]] = {}
    for provider in _providers if events else ():
        for event, topics in provider(events).items():
            found[event] = found.get(event, frozenset()) | frozenset(topics)
    return found
