"""What a lesson is made of. Editors compose these in Wagtail; `import_course` builds the same from files.

The StreamField value is the truth; `courses/rendering.py` turns it into HTML and quiz data when a lesson is published.
A draft may be half done: what only matters to learners is asked for when a lesson is published. What cannot be kept at
all, such as a text of five million characters, is refused at once.

Here are the smallest parts, which migrations know by this address; `text`, `media` and `questions` put them together,
and `body` is the whole.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

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


class MasterclassBlock(blocks.PageChooserBlock):
    """A masterclass as it is published, with its player; where not everybody may see it, only its title and the way."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(page_type="cms.MasterclassPage", **kwargs)

    class Meta:
        icon = "media"
        label = _("Masterclass")
        help_text = _("Shows its player, with captions. It changes here when it is published anew.")


def refuse(sentence: str, field: str = "") -> None:
    """Refuse a struct block, at one of its fields or as a whole."""
    error = ValidationError(sentence)
    raise StructBlockValidationError({field: error}) if field else StructBlockValidationError(non_block_errors=[error])
