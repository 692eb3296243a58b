"""Which topics events stand under: asked of whoever presents them."""

from cms.diary import topics_of


def test_several_providers_add_up(presented: dict[int, set[int]]):
    presented[1] = {7}
    topics_of.register(lambda events: {1: [8], 2: [9]})
    assert topics_of.topics_of([1, 2, 3]) == {1: {7, 8}, 2: {9}}


def test_the_same_provider_is_asked_once(presented: dict[int, set[int]]):
    asked = []

    def provider(events):
        asked.append(list(events))
        return {}

    topics_of.register(provider)
    topics_of.register(provider)
    topics_of.topics_of([1])
    assert asked == [[1]]


def test_nobody_is_asked_about_nothing(presented: dict[int, set[int]]):
    topics_of.register(lambda events: {}[0])
    assert topics_of.topics_of([]) == {}
