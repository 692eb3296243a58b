"""What is seen, heard and taken along: pictures, sound, video, files."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from courses.blocks import MarkdownBlock, refuse
from lms.core.embeds import read_embed


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
