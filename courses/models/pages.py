"""What editors keep: the catalogue, courses, modules and lessons. Nothing here knows a learner."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import ResolverMatch, resolve, reverse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from cms.models import BasePage, ServedPage
from courses.blocks.body import LessonBody
from courses.rendering import contents, documents, render_body
from courses.rules import Level
from courses.rules.editing import leads_back
from lms.core.markup import MarkupTooLarge


class CatalogPage(ServedPage):
    """The list of all courses, at `/courses/`."""

    introduction = models.CharField(_("introduction"), max_length=300, blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]
    parent_page_types: ClassVar[list[str]] = ["cms.HomePage"]
    subpage_types: ClassVar[list[str]] = ["courses.CoursePage"]
    max_count_per_parent = 1
    page_description = _("The list of all courses. There is one.")

    class Meta:
        verbose_name = _("course catalogue")

    def own_view(self) -> ResolverMatch:
        return resolve(reverse("courses:catalog"))


class KeyedPageForm(WagtailAdminPageForm):
    """Checks the ids of a page that has no place in the tree yet; a page that has one checks them itself."""

    def _post_clean(self) -> None:
        super()._post_clean()
        if not self.instance.path:
            try:
                self.instance.check_ids(self.parent_page)
            except ValidationError as error:
                self._update_errors(error)


class KeyedPage(ServedPage):
    """A page with an id that never changes, by which files and learners' results know it."""

    base_form_class = KeyedPageForm

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.path and (parent := self.get_parent()):
            self.check_ids(parent)

    def check_ids(self, parent: Page) -> None:
        """Raise ValidationError, with a sentence at its field, when an id of this page is taken under `parent`."""
        raise NotImplementedError


class CoursePageForm(KeyedPageForm):
    """What a course requires is chosen among the other courses of its language."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(field := self.fields.get("requires"), forms.ModelMultipleChoiceField):
            parent = self.instance.get_parent() if self.instance.path else self.parent_page
            here = models.Q(locale=parent.locale_id) if parent else models.Q()
            chosen = [one.pk for one in self.instance.requires.all()]
            others = CoursePage.objects.filter(here | models.Q(pk__in=chosen)).exclude(pk=self.instance.pk)
            field.queryset = others.order_by("level", "title")

    def clean_requires(self) -> Any:
        required = self.cleaned_data["requires"]
        refuse_circle(self.instance, required)
        return required


class CoursePage(KeyedPage):
    """A course, pitched at exactly one competence level."""

    base_form_class = CoursePageForm

    key = models.SlugField(
        _("id"), max_length=80, help_text=_("Stays the same for ever; files and certificates refer to it.")
    )
    level = models.PositiveSmallIntegerField(_("level"), choices=Level, default=Level.FOUNDATION)
    summary = models.CharField(_("summary"), max_length=250, help_text=_("One or two sentences for the catalogue."))
    audience = models.CharField(_("for whom"), max_length=300, blank=True)
    prerequisites = models.CharField(_("before this"), max_length=300, blank=True)
    requires = ParentalManyToManyField(
        "courses.CoursePage",
        blank=True,
        symmetrical=False,
        related_name="opens",
        verbose_name=_("courses to complete first"),
        help_text=_("Whoever has not may show that they know it from elsewhere: an advisor decides."),
    )
    hours = models.PositiveSmallIntegerField(_("hours"), default=1, help_text=_("What a learner should set aside."))
    outcomes = models.TextField(_("afterwards you can"), blank=True, help_text=_("One a line."))
    gives = models.CharField(_("gives"), max_length=120, blank=True, help_text=_("The name of the certificate."))
    pass_percent = models.PositiveSmallIntegerField(
        _("to pass a quiz, per cent"), default=70, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    topics = ParentalManyToManyField("cms.Topic", blank=True, related_name="courses", verbose_name=_("topics"))
    reviewed = models.DateField(_("content checked on"), null=True, blank=True)
    review_by = models.DateField(_("check again by"), null=True, blank=True)

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [FieldPanel("level"), FieldPanel("hours"), FieldPanel("pass_percent")], heading=_("Level and size")
        ),
        FieldPanel("summary"),
        FieldPanel("topics"),
        FieldPanel("audience"),
        FieldPanel("prerequisites"),
        FieldPanel("requires", widget=forms.CheckboxSelectMultiple),
        FieldPanel("outcomes"),
        FieldPanel("gives"),
        MultiFieldPanel([FieldPanel("reviewed"), FieldPanel("review_by")], heading=_("Care")),
        FieldPanel("key"),
    ]
    parent_page_types: ClassVar[list[str]] = ["courses.CatalogPage"]
    subpage_types: ClassVar[list[str]] = ["courses.ModulePage"]
    page_description = _("A course at one level: modules with lessons, ending in a certificate.")
    search_fields = [*BasePage.search_fields, index.SearchField("summary"), index.FilterField("level")]

    class Meta:
        verbose_name = _("course")

    def clean(self) -> None:
        super().clean()
        try:
            refuse_circle(self, self.requires.all())
        except ValidationError as refused:
            raise ValidationError({"requires": refused}) from refused

    def check_ids(self, parent: Page) -> None:
        refuse_taken_key(self, CoursePage.objects.child_of(parent))

    def own_view(self) -> ResolverMatch:
        return resolve(reverse("courses:course", args=[self.slug or "-"]))


class ModulePage(KeyedPage):
    """A part of a course."""

    key = models.SlugField(_("id"), max_length=80, help_text=_("Stays the same for ever."))
    summary = models.CharField(_("summary"), max_length=250, blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("summary"), FieldPanel("key")]
    parent_page_types: ClassVar[list[str]] = ["courses.CoursePage"]
    subpage_types: ClassVar[list[str]] = ["courses.LessonPage"]
    page_description = _("A part of a course, with a handful of lessons.")
    preview_modes: ClassVar[list[tuple[str, str]]] = []
    """A module has no page of its own: it is a place on its course's."""

    class Meta:
        verbose_name = _("module")

    def check_ids(self, parent: Page) -> None:
        refuse_taken_key(self, ModulePage.objects.child_of(parent))

    def own_view(self) -> ResolverMatch:
        return resolve(reverse("courses:module", args=[self.get_parent().slug, self.slug]))


class LessonPage(KeyedPage):
    """One lesson: text and other blocks, with quizzes and worksheets among them."""

    key = models.SlugField(_("id"), max_length=80, help_text=_("Stays the same for ever; progress refers to it."))
    question = models.CharField(
        _("question"), max_length=250, blank=True, help_text=_("The question this lesson answers.")
    )
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=15)
    body = StreamField(LessonBody(), verbose_name=_("body"), blank=True)
    rendered: Any = models.JSONField(default=list, editable=False, serialize=False)
    """The body as it was published: see `courses.rendering` for the shape of its parts. Never part of a revision."""
    contents: Any = models.JSONField(default=list, editable=False, serialize=False)
    """The parts in `rendered` by their ids, without text and questions: see `courses.rendering.contents`."""
    documents: Any = models.JSONField(default=list, editable=False, serialize=False)
    """The ids of the files the body shows: whoever may read the lesson may have them."""

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("question"),
        FieldPanel("minutes"),
        FieldPanel("body"),
        FieldPanel("key"),
    ]
    parent_page_types: ClassVar[list[str]] = ["courses.ModulePage"]
    subpage_types: ClassVar[list[str]] = []
    page_description = _("One lesson of ten to thirty minutes.")
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("lesson")

    def render(self) -> list[dict[str, Any]]:
        """The body's parts, in the words of this page's language."""
        with translation.override(self.locale.language_code if self.locale_id else None):
            return render_body(self.body)

    def keep_rendered(self) -> None:
        """Keep the body as readers get it. Raises ValidationError, which the blocks' own validation comes before."""
        try:
            self.documents = documents(self.body)  # first: it gives blocks that are new the ids they are kept by
            self.rendered = self.render()
            self.contents = contents(self.rendered)
        except MarkupTooLarge as refusal:
            raise ValidationError({"body": str(refusal)}) from refusal

    def check_ids(self, parent: Page) -> None:
        others = LessonPage.objects.descendant_of(parent.get_parent())
        refuse_taken_key(self, others)
        refuse_taken_parts(self, others.live().exclude(pk=self.pk))

    def save(self, *args: Any, **kwargs: Any) -> None:
        fields: Iterable[str] | None = kwargs.get("update_fields")
        if fields is None or "body" in fields:
            self.keep_rendered()
            if fields is not None:
                kwargs["update_fields"] = {*fields, "rendered", "contents", "documents"}
        super().save(*args, **kwargs)

    def own_view(self) -> ResolverMatch:
        module = self.get_parent()
        return resolve(reverse("courses:lesson", args=[module.get_parent().slug, module.slug, self.slug or "-"]))


def refuse_taken_key(page: KeyedPage, others: models.QuerySet[Any]) -> None:
    """Raise when another page among `others` has this page's id, as a copied page has until an editor changes it."""
    taken = others.filter(key=page.key).exclude(pk=page.pk).first() if page.key else None
    if taken is not None:
        sentence = gettext("“%(title)s” has this id already. Give this page another one.")
        raise ValidationError({"key": sentence % {"title": taken.title}})


def refuse_taken_parts(lesson: LessonPage, others: models.QuerySet[LessonPage]) -> None:
    """Raise when a quiz or worksheet of another published lesson of the course has the id of one in this lesson."""
    own = {child.value["key"] for child in lesson.body if child.block_type in {"quiz", "worksheet"}}
    if not own:
        return
    for title, parts in others.values_list("title", "contents"):
        for part in parts:
            if part["key"] in own:
                sentence = gettext("“%(title)s” has a part with the id “%(key)s” already. Give this one another.")
                raise ValidationError({"body": sentence % {"title": title, "key": part["key"]}})


def refuse_circle(page: CoursePage, required: Iterable[CoursePage]) -> None:
    """Raise when a course would require itself, in any language, or something that requires it in the end. One query.

    What other courses require counts as published; nobody could begin any course of a circle.
    """
    wanted = {one.translation_key: one.title for one in required}
    if not wanted:
        return
    links: dict[Any, set[Any]] = defaultdict(set)
    links[page.translation_key] = set(wanted)
    kept = CoursePage.requires.through.objects.exclude(from_coursepage=page.pk)
    for course, first in kept.values_list("from_coursepage__translation_key", "to_coursepage__translation_key"):
        links[course].add(first)
    back = leads_back(page.translation_key, links)
    if back == page.translation_key:
        raise ValidationError(gettext("A course cannot come before itself. Take it out of the list."))
    if back in wanted:
        sentence = gettext("“%(title)s” itself comes after this course, so nobody could begin either. Take it out.")
        raise ValidationError(sentence % {"title": wanted[back]})
