"""The page under which courses stand, one for each language."""

from wagtail.models import Locale

from cms.models import HomePage
from courses.models import CatalogPage

TITLES = {"en": ("Courses", "courses"), "nb": ("Kurs", "kurs")}
INTRODUCTIONS = {
    "en": "Learn at your own pace, at your level. Every lesson answers one question of your plan.",
    "nb": "Lær i eget tempo, på ditt nivå. Hver leksjon svarer på ett spørsmål i planen din.",
}


class NoFrontPage(LookupError):
    """There is nothing a catalogue could stand under."""


def home(language: str) -> HomePage | None:
    """The published front page in a language."""
    homes = HomePage.objects.filter(locale__language_code=language, live=True)
    found: HomePage | None = homes.order_by("path").first()
    return found


def no_home(language: str) -> str:
    return f"There is no published front page in the language “{language}”. Make one in the editor first, under Pages."


def locked(language: str) -> CatalogPage | None:
    """The catalogue, if there is one. Its language is locked, so that two imports at once come one after the other."""
    list(Locale.objects.select_for_update().filter(language_code=language))
    catalogs = CatalogPage.objects.filter(locale__language_code=language)
    found: CatalogPage | None = catalogs.order_by("-live", "path").first()
    return found


def ensure(language: str) -> CatalogPage:
    """The catalogue; made and published where it is missing. Raises NoFrontPage."""
    if found := locked(language):
        return found
    under = home(language)
    if under is None:
        raise NoFrontPage(no_home(language))
    title, slug = TITLES[language]
    page = CatalogPage(title=title, slug=slug, introduction=INTRODUCTIONS[language], locale=under.locale, live=False)
    if other := CatalogPage.objects.exclude(locale=under.locale).order_by("path").first():
        page.translation_key = other.translation_key
    under.add_child(instance=page)
    page.save_revision().publish()
    made: CatalogPage = CatalogPage.objects.get(pk=page.pk)
    return made
