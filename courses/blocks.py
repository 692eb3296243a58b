"""What a lesson is made of. Editors compose these in Wagtail; `import_course` builds the same from files.

The StreamField value is the truth; `courses/rendering.py` turns it into HTML and quiz data when a lesson is published.
A draft may be half done: what only matters to learners is asked for when a lesson is published. What cannot be kept at
all, such as a text of five million characters, is refused at once.
"""

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.core.validators import RegexValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from courses.rules import QuestionKind, StrategySection
from courses.rules.editing import MAX_LESSON, Answer, question_problem, repeated
from lms.core.embeds import read_embed
from lms.core.markup import MarkupTooLarge, render_markdown


class MarkdownBlock(blocks.TextBlock):
    """Text in Markdown. A text too long to render is refused in words, while the editor still has it."""

    def clean(self, value: str) -> str:
        text: str = super().clean(value)
        try:
            render_markdown(text)
        except MarkupTooLarge as refusal:
            raise ValidationError(str(refusal)) from refusal
        return text


class KeyBlock(blocks.CharBlock):
    """An id that never changes. It stands in addresses and form fields, so it is letters, digits, dashes and points."""

    def __init__(self, **kwargs: Any) -> None:
        shape = RegexValidator(r"^[\w.-]+$", _("Only letters, digits, dashes and points, without spaces."))
        super().__init__(max_length=80, label=_("id"), validators=[shape], **kwargs)


def refuse(sentence: str, field: str = "") -> None:
    """Refuse a struct block, at one of its fields or as a whole."""
    error = ValidationError(sentence)
    raise StructBlockValidationError({field: error}) if field else StructBlockValidationError(non_block_errors=[error])


class CalloutBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(
        choices=[
            ("note", _("Note")),
            ("advice", _("Advice")),
            ("judgement", _("Judgement: our professional view, not a fact")),
            ("watch", _("Look twice")),
        ],
        default="note",
        label=_("kind"),
    )
    title = blocks.CharBlock(max_length=120, required=False, label=_("title"))
    text = MarkdownBlock(label=_("text"), help_text=_("Markdown."))

    class Meta:
        icon = "info-circle"
        label = _("Callout")


class FactBlock(blocks.StructBlock):
    label = blocks.CharBlock(max_length=120, label=_("name"))
    value = blocks.CharBlock(max_length=600, label=_("fact"))
    source = blocks.CharBlock(
        max_length=255, label=_("source"), help_text=_("Where it says so: statute, rule, report and year.")
    )
    url = blocks.URLBlock(required=False, label=_("address of the source"))
    checked = blocks.DateBlock(required=False, label=_("checked"))
    changes_often = blocks.BooleanBlock(
        required=False, label=_("changes often"), help_text=_("Shows “check the date”.")
    )

    class Meta:
        icon = "key"
        label = _("Fact")


class KeyFactsBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=120, required=False, label=_("title"))
    facts = blocks.ListBlock(FactBlock(), min_num=1, label=_("facts"))

    class Meta:
        icon = "key"
        label = _("Key facts")


class TableBlock(blocks.StructBlock):
    caption = blocks.CharBlock(
        max_length=200, label=_("caption"), help_text=_("Says what the table shows; read aloud first.")
    )
    header = blocks.ListBlock(blocks.CharBlock(max_length=200), min_num=1, label=_("column heads"))
    rows = blocks.ListBlock(
        blocks.ListBlock(blocks.CharBlock(max_length=1000, required=False)), min_num=1, label=_("rows")
    )

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        wide = len(cleaned["header"])
        for number, row in enumerate(cleaned["rows"], start=1):
            if len(row) != wide and not self.is_deferred_validation:
                sentence = gettext("Row %(number)s has %(cells)s cells, the table has %(wide)s columns.")
                refuse(sentence % {"number": number, "cells": len(row), "wide": wide}, "rows")
        return cleaned

    class Meta:
        icon = "table"
        label = _("Table")


class ImageBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("image"))
    alt = blocks.CharBlock(
        max_length=500,
        required=False,
        label=_("description"),
        help_text=_("For people who cannot see it. Empty only for decoration."),
    )
    caption = blocks.CharBlock(max_length=300, required=False, label=_("caption"))
    credit = blocks.CharBlock(max_length=200, required=False, label=_("credit"))

    class Meta:
        icon = "image"
        label = _("Image")


class AudioBlock(blocks.StructBlock):
    file = DocumentChooserBlock(label=_("audio file"))
    title = blocks.CharBlock(max_length=200, label=_("title"))
    transcript = MarkdownBlock(label=_("transcript"), help_text=_("Markdown, word for word."))
    credit = blocks.CharBlock(max_length=200, required=False, label=_("credit"))

    class Meta:
        icon = "media"
        label = _("Audio")


class VideoBlock(blocks.StructBlock):
    file = DocumentChooserBlock(required=False, label=_("video file"))
    embed = blocks.URLBlock(required=False, label=_("or its address"), help_text=_("YouTube or Vimeo."))
    title = blocks.CharBlock(max_length=200, label=_("title"))
    captions = DocumentChooserBlock(required=False, label=_("captions (WebVTT)"))
    transcript = MarkdownBlock(required=False, label=_("transcript"), help_text=_("Markdown, word for word."))
    credit = blocks.CharBlock(max_length=200, required=False, label=_("credit"))

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if cleaned["embed"] and read_embed(cleaned["embed"]) is None:
            refuse(gettext("Only videos from YouTube and Vimeo can be shown. Or upload the file itself."), "embed")
        if self.is_deferred_validation:
            return cleaned
        if bool(cleaned["file"]) == bool(cleaned["embed"]):
            refuse(gettext("Choose a video file or give an address: one of the two."))
        if cleaned["file"] and not (cleaned["captions"] or cleaned["transcript"].strip()):
            refuse(gettext("Add captions or a transcript, for those who cannot hear it."), "captions")
        return cleaned

    class Meta:
        icon = "media"
        label = _("Video")


class DownloadBlock(blocks.StructBlock):
    file = DocumentChooserBlock(label=_("file"))
    title = blocks.CharBlock(max_length=200, label=_("title"))
    description = blocks.CharBlock(max_length=300, required=False, label=_("description"))

    class Meta:
        icon = "download"
        label = _("Download")


class MasterclassBlock(blocks.PageChooserBlock):
    """A masterclass as it is published, with its player; where not everybody may see it, only its title and the way."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(page_type="cms.MasterclassPage", **kwargs)

    class Meta:
        icon = "media"
        label = _("Masterclass")
        help_text = _("Shows its player, with captions. It changes here when it is published anew.")


class OptionBlock(blocks.StructBlock):
    text = blocks.CharBlock(max_length=600, label=_("answer"))
    weight = blocks.IntegerBlock(
        default=0,
        min_value=-100,
        max_value=100,
        label=_("worth in per cent"),
        help_text=_("100 is right, 0 is wrong. Several right answers share 100; wrong ones may be negative."),
    )
    tolerance = blocks.DecimalBlock(
        required=False, min_value=0, label=_("tolerance"), help_text=_("Numbers only: how far off still counts.")
    )
    feedback = blocks.CharBlock(
        max_length=1000, required=False, label=_("feedback"), help_text=_("Say why, also when it is right.")
    )


class QuestionBlock(blocks.StructBlock):
    key = KeyBlock(help_text=_("Stays the same for ever, so that answers keep their question."))
    title = blocks.CharBlock(max_length=200, required=False, label=_("short title"))
    kind = blocks.ChoiceBlock(choices=QuestionKind.choices, default=QuestionKind.SINGLE, label=_("kind"))
    text = MarkdownBlock(label=_("question"), help_text=_("Markdown."))
    options = blocks.ListBlock(OptionBlock(), min_num=1, label=_("answers"))
    explanation = blocks.CharBlock(
        max_length=1000, required=False, label=_("explanation"), help_text=_("Shown to everyone afterwards.")
    )

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        answers = [Answer(option["text"], option["weight"] or 0) for option in cleaned["options"]]
        if not self.is_deferred_validation and (sentence := question_problem(cleaned["kind"], answers)):
            refuse(sentence, "options")
        return cleaned

    class Meta:
        icon = "help"
        label = _("Question")


def with_unique_questions(block: blocks.StructBlock, cleaned: Any) -> Any:
    """A cleaned quiz or worksheet, or a refusal when two of its questions have the same id."""
    keys = repeated(question["key"] for question in cleaned["questions"])
    if keys and not block.is_deferred_validation:
        refuse(
            gettext("Two questions have the id “%(key)s”. Give one of them another.") % {"key": keys[0]}, "questions"
        )
    return cleaned


class QuizBlock(blocks.StructBlock):
    key = KeyBlock(help_text=_("Stays the same for ever, so that results keep their quiz."))
    title = blocks.CharBlock(max_length=200, label=_("title"))
    questions = blocks.ListBlock(QuestionBlock(), min_num=1, label=_("questions"))

    def clean(self, value: Any) -> Any:
        return with_unique_questions(self, super().clean(value))

    class Meta:
        icon = "help"
        label = _("Quiz")


class WorksheetQuestionBlock(blocks.StructBlock):
    key = KeyBlock(help_text=_("Stays the same for ever, so that answers keep their question."))
    prompt = blocks.CharBlock(max_length=500, label=_("question"))
    help = blocks.CharBlock(max_length=500, required=False, label=_("help"))
    section = blocks.ChoiceBlock(
        choices=StrategySection.choices, required=False, label=_("fills this part of the strategy")
    )
    size = blocks.ChoiceBlock(
        choices=[("short", _("One line")), ("long", _("Several lines"))], default="long", label=_("size")
    )


class WorksheetBlock(blocks.StructBlock):
    key = KeyBlock(help_text=_("Stays the same for ever, so that answers keep their worksheet."))
    title = blocks.CharBlock(max_length=200, label=_("title"))
    intro = blocks.CharBlock(max_length=600, required=False, label=_("introduction"))
    questions = blocks.ListBlock(WorksheetQuestionBlock(), min_num=1, label=_("questions"))

    def clean(self, value: Any) -> Any:
        return with_unique_questions(self, super().clean(value))

    class Meta:
        icon = "form"
        label = _("Worksheet")


class LessonBody(blocks.StreamBlock):
    """The body of a lesson. Block names are the directive names of docs/course-files.md."""

    text = MarkdownBlock(label=_("Text"), icon="pilcrow", help_text=_("Markdown. Headings from ## down."))
    callout = CalloutBlock()
    key_facts = KeyFactsBlock()
    table = TableBlock()
    image = ImageBlock()
    audio = AudioBlock()
    video = VideoBlock()
    download = DownloadBlock()
    masterclass = MasterclassBlock()
    quiz = QuizBlock()
    worksheet = WorksheetBlock()

    def clean(self, value: Any) -> Any:
        size = len(json.dumps(self.get_prep_value(value), cls=DjangoJSONEncoder, ensure_ascii=False))
        if size > MAX_LESSON:
            sentence = gettext("This lesson has %(size)s characters; %(limit)s fit. Split it into several lessons.")
            raise refusal(sentence % {"size": f"{size:,}", "limit": f"{MAX_LESSON:,}"})
        cleaned = super().clean(value)
        keys = repeated(child.value["key"] for child in cleaned if child.block_type in {"quiz", "worksheet"})
        if keys and not self.is_deferred_validation:
            raise refusal(gettext("Two parts have the id “%(key)s”. Give one of them another.") % {"key": keys[0]})
        return cleaned


def refusal(sentence: str) -> StreamBlockValidationError:
    return StreamBlockValidationError(non_block_errors=[ValidationError(sentence)])
