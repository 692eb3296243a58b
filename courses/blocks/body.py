"""The whole body of a lesson."""

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.stream_block import StreamBlockValidationError

from courses.blocks import MarkdownBlock, MasterclassBlock
from courses.blocks.media import AudioBlock, DownloadBlock, ImageBlock, VideoBlock
from courses.blocks.questions import QuizBlock, WorksheetBlock
from courses.blocks.text import CalloutBlock, KeyFactsBlock, TableBlock
from courses.rules.editing import MAX_LESSON, repeated


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
