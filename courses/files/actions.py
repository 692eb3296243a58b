"""A course folder into the database: all of it or nothing. The way back is `courses.files.export`."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from wagtail.models import Page

from cms.published import bump
from courses.files import catalogs, diff, selectors, uploads
from courses.files.diff import Change
from courses.files.reader import read_course
from courses.files.selectors import Pages
from courses.files.tree import Course, CourseFileError, CourseRefused
from courses.files.trunk import Trunk
from courses.models import CatalogPage, LessonPage
from courses.models.pages import refuse_circle
from lms.accounts.models import User

Track = Callable[[Sequence[str]], Iterable[str]]
"""Wraps the ids of the lessons to write, to show how far the import is."""


@dataclass(frozen=True, slots=True)
class Options:
    """What an import may do beyond adding and changing."""

    retire: bool = False
    overwrite_drafts: bool = False
    dry_run: bool = False


def import_course(
    path: Path,
    options: Options = Options(),
    *,
    by: User | None = None,
    announce: Callable[[list[Change]], None] = lambda changes: None,
    track: Track = iter,
) -> list[Change]:
    """Make the course in the database what the folder says, and return what changed; nothing is written if nothing did.

    `announce` gets the changes before anything is written. Raises CourseRefused; then nothing was changed.
    """
    wanted = read_course(path)
    with uploads.none_left_behind(), transaction.atomic(), translation.override(wanted.language):
        catalog = catalogs.locked(wanted.language)
        pages = selectors.pages_of(wanted.key, wanted.language)
        changes = diff.changes(selectors.course_tree(pages), wanted)
        if errors := _obstacles(wanted, pages, changes, options, catalog):
            raise CourseRefused(errors)
        announce(changes)
        if changes and not options.dry_run:
            trunk = Trunk(wanted, pages, uploads.upload(wanted, by=by), by)
            trunk.grow(catalog or catalogs.ensure(wanted.language), changes, track)
            bump()
    return changes


# --- What stands in the way ------------------------------------------------------------------------------------------
def _obstacles(
    wanted: Course, pages: Pages, changes: list[Change], options: Options, catalog: CatalogPage | None
) -> list[CourseFileError]:
    errors = (
        []
        if catalog or catalogs.home(wanted.language)
        else [CourseFileError("course.toml", 0, catalogs.no_home(wanted.language))]
    )
    errors += (
        _unknown_topics(wanted)
        + _required(wanted, pages)
        + _taken_ids(wanted, pages)
        + _taken_slugs(wanted, pages, catalog)
    )
    if not options.overwrite_drafts:
        errors += _drafts(wanted, pages, changes)
    if not options.retire:
        errors += _started(pages, changes)
    return errors


def _sources(wanted: Course) -> dict[tuple[str, str], tuple[str, int]]:
    """(kind, id) to where in the folder it stands."""
    places = {("course", wanted.key): ("course.toml", wanted.line)}
    for module in wanted.modules:
        places["module", module.key] = (module.source, module.line)
        for lesson in module.lessons:
            places["lesson", lesson.key] = (lesson.source, lesson.line)
            for sheet in lesson.parts("worksheet"):
                for question in sheet.values["questions"]:
                    places["question", question["id"]] = (lesson.source, sheet.line)
    return places


def _unknown_topics(wanted: Course) -> list[CourseFileError]:
    errors = []
    for slug in selectors.unknown_topics(wanted):
        known = selectors.topic_slugs()
        near = get_close_matches(slug, known, 1)
        hint = f"Did you mean “{near[0]}”?" if near else f"There are: {', '.join(known) or 'none'}."
        message = f"There is no topic “{slug}”. {hint} A moderator can add one under Topics."
        errors.append(CourseFileError("course.toml", wanted.topics_line, message))
    return errors


def _required(wanted: Course, pages: Pages) -> list[CourseFileError]:
    """Courses to complete first that are not there, or that come after this one themselves."""
    if not wanted.requires:
        return []
    found, errors = selectors.required_pages(wanted), []
    for key in wanted.requires:
        if key not in found:
            known = [one for one in selectors.course_keys(wanted.language) if one != wanted.key]
            near = get_close_matches(key, known, 1)
            hint = f"Did you mean “{near[0]}”?" if near else f"There are: {', '.join(known) or 'none'}."
            message = f"There is no course “{key}” to complete first. {hint} Import that one before this."
            errors.append(CourseFileError("course.toml", wanted.requires_line, message))
    page = pages.course or selectors.translation_of(wanted.key)
    try:
        if page and not errors:
            refuse_circle(page, found.values())
    except ValidationError as refused:
        errors.append(CourseFileError("course.toml", wanted.requires_line, refused.messages[0]))
    return errors


def _taken_ids(wanted: Course, pages: Pages) -> list[CourseFileError]:
    places = _sources(wanted)
    return [
        CourseFileError(
            *places[kind, key], f"The id “{key}” belongs to “{title}” in another course. Give this {kind} a new id."
        )
        for kind, key, title in selectors.ids_elsewhere(wanted, pages)
    ]


def _taken_slugs(wanted: Course, pages: Pages, catalog: CatalogPage | None) -> list[CourseFileError]:
    """Addresses that pages have which are not the course's own; its own give theirs up where they are not needed."""
    places, errors, own = _sources(wanted), [], [page.pk for page in pages.all()]
    asked: list[tuple[str, str, str, Page | None]] = [("course", wanted.key, wanted.slug, catalog)]
    asked += [("module", module.key, module.slug, pages.course) for module in wanted.modules]
    for kind, key, slug, parent in asked:
        for page in selectors.taken_slugs(parent, [slug], own).values() if parent else ():
            message = f"The address “{slug}” is taken by the page “{page.title}”. Choose another."
            errors.append(CourseFileError(*places[kind, key], message))
    return errors


def _drafts(wanted: Course, pages: Pages, changes: list[Change]) -> list[CourseFileError]:
    places = _sources(wanted)
    known: dict[str, Mapping[str, Page | None]] = {
        "course": {wanted.key: pages.course},
        "module": pages.modules,
        "lesson": pages.lessons,
    }
    return [
        CourseFileError(
            *places[change.kind, change.key],
            f"An editor has a newer draft of “{page.title}” that is not published. Publish or discard it first, or "
            "import with --overwrite-drafts; the draft stays in the page's history.",
        )
        for change in changes
        if change.what in (diff.ADDED, diff.CHANGED)
        and (page := known[change.kind].get(change.key))
        and selectors.has_newer_draft(page)
    ]


def _started(pages: Pages, changes: list[Change]) -> list[CourseFileError]:
    gone = [pages.lessons[change.key] for change in changes if (change.what, change.kind) == (diff.RETIRED, "lesson")]
    people = selectors.people_in(gone)
    return [_kept(lesson, len(people[lesson.key])) for lesson in gone if people.get(lesson.key)]


def _kept(lesson: LessonPage, count: int) -> CourseFileError:
    started = "1 person has" if count == 1 else f"{count} people have"
    return CourseFileError(
        "course.toml",
        0,
        f"The lesson “{lesson.title}” ({lesson.key}) is not in the folder, but {started} started it. Put it back, or "
        "import with --retire to unpublish it; what people did is kept.",
    )
