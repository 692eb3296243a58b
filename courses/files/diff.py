"""What an import would change: two trees compared, as lines for a person. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

from courses.files.tree import Block, Course, Lesson, Module

ADDED, CHANGED, MOVED, REORDERED, RETIRED = "added", "changed", "moved", "reordered", "retired"
_SIGNS = {ADDED: "+", CHANGED: "~", MOVED: ">", REORDERED: ">", RETIRED: "-"}
_NAMES = {"slug": "address", "blocks": "text"}
_NESTED = ("modules", "lessons", "source", "line", "topics_line", "requires_line", "key")


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the diff. `kind` is course, module or lesson; `details` are the fields, or from where to where."""

    what: str
    kind: str
    key: str
    title: str
    details: tuple[str, ...] = ()

    def __str__(self) -> str:
        details = f": {', '.join(self.details)}" if self.details else ""
        return f"{_SIGNS[self.what]} {self.what} {self.kind} {self.key} “{self.title}”{details}"


def changes(now: Course | None, wanted: Course) -> list[Change]:
    """What makes `now` into `wanted`, from the course down; empty when learners would see no difference."""
    if now is None:
        return list(_all(wanted))
    found = list(_changed("course", now, wanted))
    old_modules = {module.key: module for module in now.modules}
    old_lessons = {lesson.key: (lesson, module) for module in now.modules for lesson in module.lessons}
    found += _reordered("course", wanted, list(old_modules), [module.key for module in wanted.modules], "modules")
    for module in wanted.modules:
        before = old_modules.get(module.key)
        found += _changed("module", before, module)
        for lesson in module.lessons:
            old, home = old_lessons.get(lesson.key, (None, module))
            found += _changed("lesson", old, lesson)
            if home.key != module.key:
                found.append(Change(MOVED, "lesson", lesson.key, lesson.title, (f"from {home.key} to {module.key}",)))
        order = [lesson.key for lesson in before.lessons] if before else []
        found += _reordered("module", module, order, [lesson.key for lesson in module.lessons], "lessons")
    kept_modules = {module.key for module in wanted.modules}
    kept_lessons = {lesson.key for lesson in wanted.lessons()}
    found += [Change(RETIRED, "module", m.key, m.title) for m in now.modules if m.key not in kept_modules]
    found += [Change(RETIRED, "lesson", le.key, le.title) for le in now.lessons() if le.key not in kept_lessons]
    return found


def _all(course: Course) -> Iterator[Change]:
    yield Change(ADDED, "course", course.key, course.title)
    for module in course.modules:
        yield Change(ADDED, "module", module.key, module.title)
        for lesson in module.lessons:
            yield Change(ADDED, "lesson", lesson.key, lesson.title)


def _changed(kind: str, old: Course | Module | Lesson | None, new: Course | Module | Lesson) -> Iterator[Change]:
    if old is None:
        yield Change(ADDED, kind, new.key, new.title)
        return
    names = [field.name for field in fields(new) if field.name not in _NESTED]
    differ = [_NAMES.get(name, name) for name in names if getattr(old, name) != getattr(new, name)]
    if isinstance(old, Lesson) and isinstance(new, Lesson) and old.blocks != new.blocks:
        differ[differ.index("text")] = _parts(old.blocks, new.blocks)
    if differ:
        yield Change(CHANGED, kind, new.key, new.title, tuple(differ))


def _parts(old: tuple[Block, ...], new: tuple[Block, ...]) -> str:
    """Which kinds of blocks differ, e.g. “text and quiz”."""
    left, right = [b for b in old if b not in new], [b for b in new if b not in old]
    kinds = sorted({block.kind for block in (*left, *right)})
    return " and ".join(kinds) or "order of blocks"


def _reordered(kind: str, page: Course | Module, old: Sequence[str], new: Sequence[str], what: str) -> Iterator[Change]:
    if [key for key in old if key in new] != [key for key in new if key in old]:
        yield Change(REORDERED, kind, page.key, page.title, (what,))
