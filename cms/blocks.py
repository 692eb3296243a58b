"""Blocks of plain pages."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class StandardBody(blocks.StreamBlock):
    """The body of a plain page."""

    text = blocks.TextBlock(label=_("Text"), icon="pilcrow", help_text=_("Markdown. Headings from ## down."))
