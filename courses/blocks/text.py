"""What is read: callouts, facts with their source, tables."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from courses.blocks import MarkdownBlock, refuse


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
