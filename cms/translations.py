"""Pages as readers of a language find them: theirs, and the default language's where there is none of theirs."""

from typing import TypeVar

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone
from wagtail.models import Page

P = TypeVar("P", bound=Page)


def live(model: type[P]) -> QuerySet[P]:
    """Published pages. What has expired goes at once, not when the clock's next sweep takes it down."""
    pages: QuerySet[P] = model._default_manager.live()
    return pages.exclude(expire_at__lte=timezone.now())


def shown_in(pages: QuerySet[P], language: str, *, same: str = "translation_key") -> QuerySet[P]:
    """Of these pages those that readers of a language are shown. Two with one value of `same` say the same."""
    theirs = pages.filter(locale__language_code=language)
    nobody_has = ~Q(**{f"{same}__in": theirs.values(same)})
    default = Q(locale__language_code=settings.LANGUAGE_CODE) & nobody_has
    return pages.filter(Q(locale__language_code=language) | default).select_related("locale")
