"""What the outline knows of courses besides the tree: their topics, and their addresses in every language."""

from collections import defaultdict
from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from courses.models import CoursePage


def topics_by_page() -> dict[int, frozenset[int]]:
    """Topic ids by the id of a course's page. One query."""
    found: dict[int, set[int]] = defaultdict(set)
    for page, topic in CoursePage.topics.through.objects.values_list("coursepage_id", "topic_id"):
        found[page].add(topic)
    return {page: frozenset(topics) for page, topics in found.items()}


def addresses(courses: Iterable[tuple[int, str, str]]) -> dict[int, tuple[tuple[str, str], ...]]:
    """By course, (language, address) of each of its versions: from (course, language, slug) of every published page."""
    slugs = {(course, language): slug for course, language, slug in courses}
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            base = reverse("courses:catalog")
        for (course, tongue), slug in slugs.items():
            if tongue == language:
                found[course].append((language, f"{base}{slug}/"))
    return {course: tuple(versions) for course, versions in found.items()}
