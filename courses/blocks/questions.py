"""What is answered: quizzes and worksheets."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from courses.blocks import KeyBlock, MarkdownBlock, refuse
from courses.rules import QuestionKind, StrategySection
from courses.rules.editing import Answer, question_problem, repeated


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
