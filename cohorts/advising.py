"""Who advises which companies, for what courses keep of them: answers `courses.advising`."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from cohorts import selectors
from cohorts.models import Cohort
from courses.advising import Reach
from lms.accounts.models import Company, User


def companies_advised_by(user: User) -> Reach:
    """Those in the cohorts they run; for who sees every cohort all there are, and people in no company."""
    if selectors.sees_every_cohort(user):
        return Reach(everybody=True)
    return Reach(companies=Company.objects.filter(participations__cohort__in=selectors.cohorts_run_by(user)))


companies_run_by = selectors.companies_run_by


def advisors_of(company_id: int | None, permission: str) -> QuerySet[User]:
    """The advisors of the company's cohorts who hold the permission; where there are none, programme owners who do."""
    able = User.objects.filter(_holds(permission))
    cohorts = Cohort.objects.filter(participations__company=company_id, advisors=OuterRef("pk"))
    advising = able.filter(Exists(cohorts)) if company_id else able.none()
    if advising.filter(is_active=True).exists():
        return advising
    return able.filter(_holds("cohorts.view_every_cohort"))


def _holds(permission: str) -> Q:
    """People who have a permission by themselves or by a group."""
    app, _dot, codename = permission.partition(".")
    by = {"codename": codename, "content_type__app_label": app}
    return Q(pk__in=User.objects.filter(**{f"user_permissions__{name}": value for name, value in by.items()})) | Q(
        pk__in=User.objects.filter(**{f"groups__permissions__{name}": value for name, value in by.items()})
    )
