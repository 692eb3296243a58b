"""Who advises which companies. The apps above know; they register a function from their AppConfig.ready()."""

from collections.abc import Callable

from django.db.models import Q, QuerySet

from lms.accounts.models import Company, User

_known: list[Callable[[User], QuerySet[Company]]] = []


def register(companies_advised_by: Callable[[User], QuerySet[Company]]) -> None:
    """Registering the same function again changes nothing."""
    if companies_advised_by not in _known:
        _known.append(companies_advised_by)


def companies_advised_by(user: User) -> QuerySet[Company]:
    """The companies a person advises; none where nobody has registered."""
    if not _known:
        return Company.objects.none()
    advised = Q()
    for known in _known:
        advised |= Q(pk__in=known(user).values("pk"))
    return Company.objects.filter(advised)
