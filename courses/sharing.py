"""What other sites and programs read of courses: structured data, and their addresses for the sitemap."""

from collections.abc import Iterator

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import override

from cms.sharing.rules import Share, breadcrumbs, without_nothing
from cms.sharing.selectors import default_picture, kept, whole
from cms.sharing.sitemap import LANGUAGES, Entry
from courses import selectors
from courses.rules import Level
from courses.selectors import Course


def course_share(request: HttpRequest, course: Course) -> Share | None:
    """What is said of a course; None where it is not everybody's."""
    return kept(request, ("course", course.id), lambda: build(request, course))


def build(request: HttpRequest, course: Course) -> Share | None:
    if course.restrictions:
        return None
    workload = {"courseMode": "Online", "courseWorkload": f"PT{course.hours}H"}
    url, site = whole(course.url), settings.WAGTAIL_SITE_NAME
    about = {
        "@type": "Course",
        "name": course.title,
        "description": course.summary,
        "url": url,
        "inLanguage": course.language,
        "educationalLevel": str(Level(course.level).label),
        "teaches": list(course.outcomes),
        "provider": {"@type": "Organization", "name": site, "url": settings.SITE_URL},
        "hasCourseInstance": {"@type": "CourseInstance", **workload},
    }
    title = selectors.outline(request).title
    trail = [(title, whole(reverse("courses:catalog"))), (course.title, url)] if title else []
    data = (without_nothing(about), *([breadcrumbs(trail)] if trail else []))
    return Share(course.title, course.summary, url, default_picture(), course.language, site, kind="article", data=data)


def addresses(request: HttpRequest) -> Iterator[Entry]:
    """The catalogue, every course, and the lesson of each that is open to everybody: the first."""
    for language in LANGUAGES:
        with override(language):
            outline = selectors.outline(request)
            own = [one for one in outline.courses if one.language == language and not one.restrictions]
            if own and not outline.restrictions:
                yield Entry("courses", language, reverse("courses:catalog"))
            for course in own:
                yield Entry(f"course-{course.id}", language, course.url)
                for lesson in course.lessons[:1]:
                    if not lesson.restrictions:
                        yield Entry(f"lesson-{lesson.id}", language, lesson.url)
