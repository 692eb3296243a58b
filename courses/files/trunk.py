"""Makes the pages of a course what a tree says: in place where they are, published, in the tree's order."""

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from wagtail.models import Page

from cms.models import Topic
from courses.files import diff, selectors
from courses.files.diff import Change
from courses.files.schema import LEVELS
from courses.files.selectors import Pages
from courses.files.stream import MediaIds, to_stream
from courses.files.tree import Course, Lesson, Module
from courses.models import CatalogPage, CoursePage, LessonPage, ModulePage
from lms.accounts.models import User

Node = Course | Module | Lesson


class Trunk:
    """One import at work. Pages are updated, moved and unpublished, never deleted: learners' results refer to them."""

    def __init__(self, wanted: Course, pages: Pages, media: MediaIds, by: User | None) -> None:
        self.wanted, self.pages, self.media, self.by = wanted, pages, media, by
        self.written: set[tuple[str, str]] = set()
        self.homes = {lesson.key: module.key for module in wanted.modules for lesson in module.lessons}

    def grow(
        self, catalog: CatalogPage, changes: list[Change], track: Callable[[Sequence[str]], Iterable[str]]
    ) -> None:
        """Write the changes. The caller has found that nothing stands in the way."""
        self.written = {(change.kind, change.key) for change in changes if change.what in (diff.ADDED, diff.CHANGED)}
        self._retire(changes)
        parked = self._park()
        course = self._put(self.pages.course or CoursePage(), catalog, "course", self.wanted, _course(self.wanted))
        modules = {
            module.key: self._put(
                self.pages.modules.get(module.key) or ModulePage(),
                course,
                "module",
                module,
                {"title": module.title, "summary": module.summary},
            )
            for module in self.wanted.modules
        }
        self._move(modules)
        existing = selectors.pages_under(course).lessons
        nodes = {lesson.key: lesson for lesson in self.wanted.lessons()}
        lessons: dict[str, Page] = {}
        for key in track(list(nodes)):
            parent, page = modules[self.homes[key]], existing.get(key) or LessonPage()
            lessons[key] = self._put(page, parent, "lesson", nodes[key], _lesson(nodes[key], self.media))
        _unpark(parked)
        _order([modules[module.key].pk for module in self.wanted.modules])
        for module in self.wanted.modules:
            _order([lessons[lesson.key].pk for lesson in module.lessons])

    def _put(self, page: Any, parent: Page, kind: str, node: Node, fields: dict[str, Any]) -> Any:
        """Publish one page with these fields, if it is among the changes."""
        if page.pk and (kind, node.key) not in self.written:
            return page
        for name, value in fields.items():
            setattr(page, name, value)
        page.key, page.slug, page.draft_title = node.key, node.slug, node.title
        page.go_live_at = None
        if not page.pk:
            page.live = False
            self._translate(page, parent)
            Page.objects.get(pk=parent.pk).add_child(instance=page)
        page.save_revision(user=self.by).publish(user=self.by)
        return type(page).objects.get(pk=page.pk)

    def _translate(self, page: Any, parent: Page) -> None:
        """A course with the same id in another language is the same course: results count in both."""
        page.locale = parent.locale
        for other in type(page).objects.filter(key=page.key).exclude(locale=parent.locale).order_by("pk"):
            course = CoursePage.objects.ancestor_of(other, inclusive=True).first()
            if course is not None and course.key == self.wanted.key:
                page.translation_key = other.translation_key
                return

    def _retire(self, changes: list[Change]) -> None:
        for change in changes:
            if change.what == diff.RETIRED:
                pages: dict[str, Any] = self.pages.modules if change.kind == "module" else self.pages.lessons
                pages[change.key].unpublish(user=self.by)

    def _park(self) -> dict[int, str]:
        """Give pages that are in each other's way a passing address. Returns page id to the address it gets at last."""
        owners = {("", module.slug): module.key for module in self.wanted.modules}
        owners |= {(self.homes[lesson.key], lesson.slug): lesson.key for lesson in self.wanted.lessons()}
        finally_at = {key: (home, slug) for (home, slug), key in owners.items()}
        names = {module.path: module.key for module in self.pages.modules.values()}
        parked = {}
        for page in [*self.pages.modules.values(), *self.pages.lessons.values()]:
            place = (names.get(page.path[: -Page.steplen], ""), page.slug)
            goes = finally_at.get(page.key)
            moves_and_renames = goes is not None and goes[0] != place[0] and goes[1] != place[1]
            if owners.get(place, page.key) != page.key or moves_and_renames:
                parked[page.pk] = goes[1] if goes else f"{page.slug[:200]}-{page.pk}"
                page.slug = f"parked-{page.pk}"
                Page.objects.filter(pk=page.pk).update(slug=page.slug)
        return parked

    def _move(self, modules: dict[str, ModulePage]) -> None:
        """Bring lessons to the module where they belong now; where in it is settled later."""
        for key, page in self.pages.lessons.items():
            home = modules.get(self.homes.get(key, ""))
            if home is not None and page.get_parent().pk != home.pk:
                Page.objects.get(pk=page.pk).move(Page.objects.get(pk=home.pk), "last-child", user=self.by)


def _unpark(parked: dict[int, str]) -> None:
    for pk, slug in parked.items():
        page = Page.objects.get(pk=pk).specific
        if page.slug != slug:
            page.slug = slug
            page.save()


def _order(wanted: list[int]) -> None:
    """Put siblings in this order, with as few moves as a person would make."""
    current = list(Page.objects.filter(pk__in=wanted).order_by("path").values_list("pk", flat=True))
    for place, pk in enumerate(wanted):
        if current[place] != pk:
            Page.objects.get(pk=pk).move(Page.objects.get(pk=current[place]), "left")
            current.remove(pk)
            current.insert(place, pk)


def _course(course: Course) -> dict[str, Any]:
    names = ("title", "summary", "audience", "prerequisites", "hours", "gives", "pass_percent", "reviewed", "review_by")
    fields = {name: getattr(course, name) for name in names}
    fields |= {"level": LEVELS[course.level], "outcomes": "\n".join(course.outcomes)}
    fields["topics"] = list(Topic.objects.filter(slug__in=course.topics))
    return fields | {"requires": list(selectors.required_pages(course).values())}


def _lesson(lesson: Lesson, media: MediaIds) -> dict[str, Any]:
    fields = {name: getattr(lesson, name) for name in ("title", "question", "minutes")}
    return {**fields, "body": json.dumps(to_stream(lesson, media))}
