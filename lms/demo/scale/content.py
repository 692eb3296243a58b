"""Published courses in bulk."""

import io
import json
import uuid
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import models
from PIL import Image as Picture
from wagtail.images.models import Image
from wagtail.models import Page

from cms.demo import feature
from courses.files import catalogs
from courses.models import CoursePage, LessonPage, ModulePage
from courses.rendering import contents
from courses.rules import Level
from lms.demo.scale.size import BATCH, MARK, START, Size


def load_courses(size: Size) -> tuple[list[CoursePage], dict[int, list[LessonPage]]]:
    """Published courses, and the lessons of each by the course's id."""
    catalog = catalogs.ensure("en")
    feature(catalog, label="See the courses", menu=[("/courses/", "Courses", "Kurs")])
    body = _Body()
    courses: list[CoursePage] = []
    modules: list[ModulePage] = []
    lessons: list[LessonPage] = []
    first = catalog.get_children_count() + 1
    for c in range(size.courses):
        key = f"{MARK}-{c + 1:03}"
        course = _page(CoursePage, catalog, first + c, f"Course {c + 1} of the scale data", key, key, size.modules)
        course.level, course.hours = Level.values[c % len(Level)], 6
        course.summary = "How US health care is organised, who pays, what the FDA decides and how hospitals buy."
        course.outcomes = "Name the payer, the decider and the user\nSay whether the FDA has a say"
        courses.append(course)
        for m in range(size.modules):
            module = _page(
                ModulePage, course, m + 1, f"Module {m + 1}", f"module-{m + 1}", f"{key}-{m + 1}", size.lessons
            )
            modules.append(module)
            for n in range(size.lessons):
                own = f"{module.key}-{n + 1}"
                lesson = _page(
                    LessonPage, module, n + 1, f"Lesson {n + 1} of module {m + 1}", f"lesson-{n + 1}", own, 0
                )
                body.fill(lesson)
                lessons.append(lesson)
    _insert([*courses, *modules, *lessons])
    Page.objects.filter(pk=catalog.pk).update(numchild=models.F("numchild") + size.courses)
    each = size.modules * size.lessons
    return courses, {course.pk: lessons[at * each : (at + 1) * each] for at, course in enumerate(courses)}


class _Body:
    """One lesson body, rendered once; its ids are made unique by replacing the mark."""

    def __init__(self) -> None:
        words = "A device is **cleared** before it is covered, and covered before it is paid. " * 12
        picture = {"image": _picture().pk, "alt": "Three lines", "caption": "Payer, decider, user", "credit": ""}
        options = [
            {"text": "Yes", "weight": 100, "feedback": "That is so."},
            {"text": "No", "weight": 0, "feedback": "Not so."},
        ]
        question = {"title": "", "kind": "single", "text": "Is it?", "options": options, "explanation": "See above."}
        asked = {"prompt": "Who pays?", "help": "", "section": "customer_and_payer", "size": "long"}
        fact = {
            "label": "Payer",
            "value": "Medicare",
            "source": "SSA",
            "url": "",
            "checked": None,
            "changes_often": False,
        }
        self.raw: list[dict[str, Any]] = [
            {"type": "text", "value": f"{words}\n\n## What it means\n\n{words}"},
            {"type": "image", "value": picture},
            {"type": "callout", "value": {"kind": "note", "title": "General information", "text": words}},
            {"type": "text", "value": f"## And then\n\n- one\n- two\n\n{words}"},
            {"type": "image", "value": picture},
            {"type": "key_facts", "value": {"title": "Key facts", "facts": [fact] * 4}},
            {
                "type": "quiz",
                "value": {
                    "key": "MARK-quiz",
                    "title": "Check yourself",
                    "questions": [{**question, "key": f"MARK-q{n}"} for n in range(3)],
                },
            },
            {
                "type": "worksheet",
                "value": {
                    "key": "MARK-ws",
                    "title": "Your payer",
                    "intro": "",
                    "questions": [{**asked, "key": f"MARK-ws-{n}"} for n in range(2)],
                },
            },
        ]
        lesson = LessonPage(title="Any", body=json.dumps(self.raw))
        self.text = json.dumps(lesson.body.get_prep_value())  # first: it gives the blocks their ids
        self.rendered = json.dumps(lesson.render())

    def fill(self, lesson: LessonPage) -> None:
        lesson.question, lesson.minutes = "Who pays, who decides, who uses?", 15
        lesson.body = self.text.replace("MARK", lesson.key)
        lesson.rendered = json.loads(self.rendered.replace("MARK", lesson.key))
        lesson.contents = contents(lesson.rendered)


def _picture() -> Image:
    content = io.BytesIO()
    Picture.new("RGB", (1600, 900), (20, 70, 90)).save(content, "PNG")
    image: Image = Image.objects.create(title="scale.png", file=ContentFile(content.getvalue(), "scale.png"))
    return image


def _page(kind: type[Any], parent: Page, place: int, title: str, slug: str, key: str, children: int) -> Any:
    """A page as treebeard would have put it there, not yet in the database."""
    return kind(
        title=title,
        draft_title=title,
        slug=slug,
        key=key,
        url_path=f"{parent.url_path}{slug}/",
        path=parent.path + Page._int2str(place).rjust(Page.steplen, "0"),
        depth=parent.depth + 1,
        numchild=children,
        live=True,
        locale_id=parent.locale_id,
        translation_key=uuid.uuid5(uuid.NAMESPACE_URL, key),
        first_published_at=START,
        last_published_at=START,
    )


def _insert(pages: list[Any]) -> None:
    """Insert pages of several types: the rows they have in common first, then each type's own."""
    types = {kind: ContentType.objects.get_for_model(kind) for kind in {type(page) for page in pages}}
    names = [field.attname for field in Page._meta.concrete_fields if field.attname not in {"id", "content_type_id"}]
    common = [Page(content_type=types[type(page)], **{name: getattr(page, name) for name in names}) for page in pages]
    for page, row in zip(pages, Page.objects.bulk_create(common, batch_size=BATCH), strict=True):
        page.pk = page.page_ptr_id = page.id = row.pk
    for kind in types:
        own = [page for page in pages if type(page) is kind]
        for start in range(0, len(own), 200):
            part = own[start : start + 200]
            kind._base_manager._insert(part, fields=kind._meta.local_concrete_fields, using="default")
