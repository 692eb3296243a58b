"""What the editors' desk (`cms.editorial`) is told of courses."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from django.urls import reverse
from wagtail.models import Page

from cms.editorial.desk import Writing
from courses.models import CoursePage, LessonPage


def topics_of_parts(ids: Sequence[int]) -> dict[int, frozenset[int]]:
    """The topics of the courses that these modules and lessons are parts of, by the part's id. Three queries."""
    paths = dict(Page.objects.filter(pk__in=ids).values_list("pk", "path"))
    above = {path[:end] for path in paths.values() for end in range(Page.steplen, len(path), Page.steplen)}
    courses = dict(CoursePage.objects.filter(path__in=above).values_list("path", "pk"))
    topics: dict[int, set[int]] = defaultdict(set)
    rows = CoursePage.topics.through.objects.filter(coursepage__in=courses.values())
    for course, topic in rows.values_list("coursepage_id", "topic_id"):
        topics[course].add(topic)
    return {
        pk: frozenset(topics[course])
        for pk, path in paths.items()
        for root, course in courses.items()
        if path.startswith(root)
    }


def writings() -> Iterator[Writing]:
    """Published lessons as HTML."""
    for pk, title, parts in LessonPage.objects.live().values_list("pk", "title", "rendered"):
        html = "".join(part["html"] for part in parts if part["type"] == "html")
        yield Writing(html, title, reverse("wagtailadmin_pages:edit", args=[pk]))
