"""The demo's learning paths: one that an advisor has adjusted, one as the report made it."""

from courses.models import CoursePage, LearningPath
from courses.paths import actions
from courses.readiness.models import Report
from lms.accounts.models import Company, User

ADDED = "usa-next-advanced"
REASON = "A US distributor has asked you for a price. Read the module on price and contract before you answer."


def ensure_paths(companies: dict[str, Company], advisor: User) -> None:
    """Paths follow from reports; to one of them the advisor adds a course. What is there already is left alone."""
    without = [company for company in companies.values() if not LearningPath.objects.filter(company=company).exists()]
    for report in Report.objects.filter(company__in=without).order_by("finished_at"):
        actions.follow(report)
    path = LearningPath.objects.filter(company=companies["Example Medtech AS"]).first()
    course = CoursePage.objects.filter(key=ADDED, locale__language_code="en").first()
    if path and course and path.adjusted_at is None and not path.steps.filter(course=course).exists():
        actions.add(path, course.pk, reason=REASON, version=path.version, by=advisor)
