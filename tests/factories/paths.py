"""Learning paths for tests."""

from typing import Any

from courses.models import CoursePage, LearningPath, PathStep
from lms.accounts.models import Company
from tests.factories.accounts import CompanyFactory


def make_path(company: Company | None = None, *courses: CoursePage, **fields: Any) -> LearningPath:
    """A path of these courses, in this order, each for a score of 1.8 in “market”."""
    path = LearningPath.objects.create(company=company or CompanyFactory(), **fields)
    for place, course in enumerate(courses):
        grounds = [{"topic": "market", "value": "1.8", "level": 1}]
        PathStep.objects.create(path=path, course=course, place=place, grounds=grounds)
    return path
