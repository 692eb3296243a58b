"""The questionnaire as editors keep it, its published editions, and what companies answered."""

from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from cms.models.surroundings import NORWEGIAN, InLanguages


class Topic(InLanguages, models.Model):
    """A topic of the questionnaire. Its key never changes: reports of different years are compared by it."""

    key = models.SlugField(_("key"), unique=True)
    title = models.CharField(_("title"), max_length=100)
    title_nb = models.CharField(_("title in Norwegian"), max_length=100, **NORWEGIAN)
    strong = models.CharField(
        _("where it is the highest"),
        max_length=60,
        blank=True,
        help_text=_("The first half of a report’s title: “Strong on proof”."),
    )
    strong_nb = models.CharField(_("the same in Norwegian"), max_length=60, **NORWEGIAN)
    thin = models.CharField(
        _("where it is the lowest"),
        max_length=60,
        blank=True,
        help_text=_("The second half: “thin on who pays”."),
    )
    thin_nb = models.CharField(_("the same in Norwegian"), max_length=60, **NORWEGIAN)
    subjects = models.ManyToManyField(
        "cms.Topic",
        blank=True,
        related_name="+",
        verbose_name=_("topics of the site"),
        help_text=_("Courses on these topics are what a report recommends for this one."),
    )
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("readiness topic")
        verbose_name_plural = _("readiness topics")
        ordering = ["place", "pk"]

    def __str__(self) -> str:
        return self.title


class Question(InLanguages, ClusterableModel):
    """A question as it will be in the next edition. Changing it changes nothing that companies have answered."""

    key = models.SlugField(_("key"), unique=True, help_text=_("Such as MKT-1. It never changes."))
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="questions", verbose_name=_("topic"))
    wording = models.CharField(_("question"), max_length=250)
    wording_nb = models.CharField(_("question in Norwegian"), max_length=250, **NORWEGIAN)
    help = models.CharField(_("help"), max_length=300, blank=True)
    help_nb = models.CharField(_("help in Norwegian"), max_length=300, **NORWEGIAN)
    classes = models.JSONField(_("asked of product classes"), default=list, blank=True)
    stages = models.JSONField(_("asked at stages"), default=list, blank=True)
    """Values of `ProductClass` and `DevelopmentStage`; empty: of all."""
    place = models.PositiveSmallIntegerField(default=0)
    retired = models.BooleanField(_("not asked any more"), default=False)

    class Meta:
        verbose_name = _("readiness question")
        verbose_name_plural = _("readiness questions")
        ordering = ["topic__place", "place", "pk"]

    def __str__(self) -> str:
        return self.wording


class Option(InLanguages, models.Model):
    """One of a question's five answers, and what leads from it to the next."""

    question = ParentalKey(Question, on_delete=models.CASCADE, related_name="options")
    worth = models.PositiveSmallIntegerField(_("worth"), validators=[MinValueValidator(1), MaxValueValidator(5)])
    wording = models.CharField(_("answer"), max_length=250)
    wording_nb = models.CharField(_("answer in Norwegian"), max_length=250, **NORWEGIAN)
    improve = models.CharField(_("what to do next"), max_length=300, blank=True)
    improve_nb = models.CharField(_("what to do next, in Norwegian"), max_length=300, **NORWEGIAN)
    page = models.ForeignKey(
        "wagtailcore.Page",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("page to learn it from"),
    )
    offer = models.CharField(_("kind of adviser"), max_length=100, blank=True)
    event = models.CharField(_("kind of event"), max_length=100, blank=True)

    class Meta:
        ordering = ["worth"]
        constraints = [
            models.UniqueConstraint(fields=["question", "worth"], name="one_option_of_each_worth"),
            models.CheckConstraint(condition=Q(worth__range=(1, 5)), name="option_is_worth_one_to_five"),
        ]

    def __str__(self) -> str:
        return f"{self.worth}: {self.wording}"


class Edition(models.Model):
    """The questionnaire as published once. Never changed: answers and reports refer to it.

    `content` is what `rules.Content.as_json` gives, by language code.
    """

    number = models.PositiveIntegerField(unique=True)
    content = models.JSONField()
    published_at = models.DateTimeField(default=timezone.now)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"edition {self.number}"


class Assessment(models.Model):
    """A company answering an edition, together. A company has at most one that is not finished."""

    company = models.ForeignKey("accounts.Company", on_delete=models.PROTECT, related_name="assessments")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="assessments")
    started_at = models.DateTimeField(default=timezone.now)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    finished_at = models.DateTimeField(null=True, blank=True)
    finished_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-started_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["company"], condition=Q(finished_at=None), name="one_open_assessment_per_company"
            )
        ]

    def __str__(self) -> str:
        return f"{self.company_id} answers {self.edition_id}"


class Answer(models.Model):
    """What a company answered to one question. `version` rises with each change, so that nobody overwrites unseen."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="answers")
    question_key = models.SlugField()
    worth = models.PositiveSmallIntegerField(null=True, blank=True)
    not_relevant = models.BooleanField(default=False)
    reason = models.CharField(_("why it is not relevant"), max_length=250, blank=True)
    note = models.TextField(_("note"), max_length=2_000, blank=True)
    evidence = models.TextField(_("links to evidence"), max_length=2_000, blank=True, help_text=_("One a line."))
    version = models.PositiveIntegerField(default=1)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    answered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "question_key"], name="one_answer_per_question"),
            models.CheckConstraint(
                condition=Q(worth=None) | Q(worth__range=(1, 5)), name="an_answer_is_worth_one_to_five"
            ),
            models.CheckConstraint(
                condition=Q(not_relevant=False) | Q(worth=None), name="what_is_not_relevant_is_worth_nothing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_key}: {self.worth}"


class Report(models.Model):
    """What an assessment came to, as it was on the day it was finished. Never changed.

    `values` is by topic key, from 1.0 to 5.0, without the unknown ones: what peers are compared by. `content` has all
    else a report states.
    """

    assessment = models.OneToOneField(Assessment, on_delete=models.PROTECT, related_name="report")
    company = models.ForeignKey("accounts.Company", on_delete=models.PROTECT, related_name="readiness_reports")
    product_class = models.CharField(max_length=20, blank=True)
    stage = models.CharField(max_length=20, blank=True)
    values = models.JSONField(default=dict)
    content = models.JSONField(default=dict)
    finished_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-finished_at", "-pk"]
        indexes = [models.Index(fields=["product_class", "stage", "finished_at"], name="report_peers")]

    def __str__(self) -> str:
        return f"report of {self.company_id}, {self.finished_at:%Y-%m-%d}"
