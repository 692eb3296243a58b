"""Topics of events for tests: what a page that presents them would say."""

from collections.abc import Collection, Mapping

import pytest

from cms.diary import topics_of


@pytest.fixture
def presented(monkeypatch: pytest.MonkeyPatch) -> dict[int, set[int]]:
    """Event ids to topic ids, as a provider of a higher part gives them."""
    known: dict[int, set[int]] = {}

    def provider(events: Collection[int]) -> Mapping[int, set[int]]:
        return {event: known[event] for event in events if event in known}

    monkeypatch.setattr(topics_of, "_providers", [])
    topics_of.register(provider)
    return known
