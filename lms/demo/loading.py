"""The whole demo, in steps. Safe to run again: what is there already, people's changes included, is left alone."""

import tomllib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import transaction
from wagtail.signal_handlers import disable_reference_index_auto_update

from cms.demo import ensure_site, feature
from courses.files.actions import import_course
from courses.files.schema import LEVELS
from courses.models import CatalogPage, CoursePage
from courses.selectors import outline_now
from lms.demo.clinic import ensure_clinic, ensure_topics
from lms.demo.clinic import steps as clinic_steps
from lms.demo.cohort import ensure_cohort
from lms.demo.companies import ensure_companies
from lms.demo.evidence import ensure_evidence
from lms.demo.gatherings import ensure_gatherings
from lms.demo.learning import WAYS, ensure_progress
from lms.demo.paths import ensure_paths
from lms.demo.people import ensure_people
from lms.demo.presented import ensure_presented
from lms.demo.readiness import ensure_first_report, ensure_questionnaire, ensure_readiness
from lms.demo.seats import ensure_seats

COURSES = Path(__file__).parent / "courses"
MENU = (
    ("/topics/", "Topics", "Temaer"),
    ("/masterclasses/", "Masterclasses", "Mesterklasser"),
    ("/courses/", "Courses", "Kurs"),
    ("/readiness/", "Readiness", "Modenhet"),
    ("/events/", "Events", "Arrangementer"),
    ("/library/", "Library", "Bibliotek"),
)
MAIN_COURSE = "usa-next-foundations"


def folders() -> list[Path]:
    """The demo courses, in the order in which people take them: by level."""
    found = sorted(path.parent for path in COURSES.glob("*/course.toml"))
    return sorted(found, key=lambda folder: LEVELS[head(folder)["level"]])


def head(folder: Path) -> dict[str, Any]:
    """What `course.toml` says. Reading a whole course renders every text in it."""
    return tomllib.loads((folder / "course.toml").read_text("utf-8"))


def steps() -> int:
    """How often `load` ticks."""
    return sum(1 for folder in folders() for _lesson in folder.glob("*/*.md")) + len(WAYS) + clinic_steps() + 2


def load(tick: Callable[[], object]) -> None:
    """Load the demo, with a `tick` after each step.

    People come last and all at once: a demo that was interrupted has none, so it is loaded again.
    """
    with disable_reference_index_auto_update():  # each page is saved several times: one look at them all is enough
        ensure_site()
        ensure_topics()
        tick()
        for folder in folders():
            _course(folder, tick)
        catalog = CatalogPage.objects.order_by("path").first()
        if catalog:
            feature(catalog, label="See the courses", menu=MENU)
    with transaction.atomic():
        with disable_reference_index_auto_update():
            _people(tick)
        call_command("rebuild_references_index", verbosity=0)
    tick()


def _course(folder: Path, tick: Callable[[], object]) -> None:
    """Import one course, unless it is there: editors may have changed it since."""

    def track(lessons: Iterable[str]) -> Iterator[str]:
        for lesson in lessons:
            yield lesson
            tick()

    if not CoursePage.objects.filter(key=head(folder)["id"]).exists():
        import_course(folder, track=track)


def _people(tick: Callable[[], object]) -> None:
    people = ensure_people()
    companies = ensure_companies(people)
    ensure_clinic(people["moderator"], people["editor"], tick)
    page = CoursePage.objects.get(key=MAIN_COURSE, locale__language_code="en")
    course = next(course for course in outline_now().courses if course.page_id == page.pk)
    ensure_progress(people, companies, course, tick)
    ensure_cohort(companies, page, people["advisor"])
    later = next((one for one in outline_now().courses if course.id in one.requires), None)
    if later:  # editors may have taken the requirement away
        ensure_evidence(people, companies, later, people["advisor"])
    ensure_gatherings(people, companies)
    ensure_presented()
    ensure_questionnaire(people["moderator"])
    ensure_readiness(companies["Example Medtech AS"], [people["company"], people["learner"]])
    ensure_first_report(companies["Example Digital Health AS"], people["cecilie"])
    ensure_paths(companies, people["advisor"])
    ensure_seats(companies["Example Medtech AS"], people)
