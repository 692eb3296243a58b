"""Blocks of the front page and of plain pages."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms import slots
from lms.core.markup import MarkupTooLarge, render_markdown

LIVE = secrets.token_hex(16)
"""Stands in kept HTML where something live is filled in. Drawn anew by each process: no text can contain it."""


class MarkdownBlock(blocks.TextBlock):
    """Markdown; what could not be rendered is refused in the editor, with the reason."""

    def clean(self, value: str) -> str:
        cleaned: str = super().clean(value)
        try:
            render_markdown(cleaned)
        except MarkupTooLarge as refusal:
            raise ValidationError(str(refusal)) from refusal
        return cleaned

    class Meta:
        icon = "pilcrow"


class StandardBody(blocks.StreamBlock):
    """The body of a plain page."""

    text = MarkdownBlock(label=_("Text"), help_text=_("Markdown. Headings from ## down."), rows=12)


class StageBlock(blocks.StructBlock):
    stage = blocks.CharBlock(max_length=40, label=_("stage"))
    what = blocks.CharBlock(max_length=160, label=_("what happens"))
    hold = blocks.CharBlock(max_length=160, label=_("what you hold afterwards"))


class SectionBlock(blocks.StructBlock):
    """A section: a heading and a few words in the margin, the matter beside them."""

    heading = blocks.CharBlock(max_length=80, label=_("heading"))
    introduction = blocks.CharBlock(max_length=250, required=False, label=_("beside the heading"))


class StagesBlock(SectionBlock):
    stages = blocks.ListBlock(StageBlock(), min_num=1, label=_("stages"))

    class Meta:
        icon = "list-ol"
        label = _("Stages")
        description = _("A table: each stage, what happens, what a company holds afterwards.")
        template = "cms/blocks/stages.html"


class CoursesBlock(SectionBlock):
    """Filled by whatever app registered the slot "courses"."""

    class Meta:
        icon = "list-ul"
        label = _("Courses")
        description = _("The published courses, one band for each level.")
        template = "cms/blocks/courses.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        context["courses"] = slots.render("courses", context["request"])
        return context


class TopicsBlock(SectionBlock):
    """Filled by the slot "topics"."""

    class Meta:
        icon = "tag"
        label = _("Topics")
        description = _("Every topic, with how much each holds.")
        template = "cms/blocks/topics.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        context["topics"] = slots.render("topics", context["request"])
        return context


class EventsBlock(SectionBlock):
    """Filled by the live slot "events": it follows the clock."""

    class Meta:
        icon = "date"
        label = _("Coming events")
        description = _("The next events that are open to everybody, at most three. Nothing while there is none.")
        template = "cms/blocks/events.html"
        live = "events"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        context["events"] = LIVE
        return context


class BarBlock(blocks.StructBlock):
    name = blocks.CharBlock(max_length=60, label=_("name"))
    percent = blocks.IntegerBlock(min_value=0, max_value=100, label=_("per cent"))


class FigureBlock(SectionBlock):
    value = blocks.CharBlock(max_length=20, label=_("the figure"), help_text=_("For example 68 %."))
    text = blocks.TextBlock(
        max_length=500, rows=3, label=_("what it says"), help_text=_("Continues the figure: “of members say …”.")
    )
    bars = blocks.ListBlock(BarBlock(), min_num=0, max_num=6, label=_("bars"))
    source = blocks.CharBlock(
        max_length=250, label=_("source"), help_text=_("Who found it, when, and whom they asked.")
    )

    class Meta:
        icon = "percent"
        label = _("Figure with source")
        description = _("One large figure, bars to compare it with, and where it comes from.")
        template = "cms/blocks/figure.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        context["bars"] = [
            {"name": bar["name"], "percent": bar["percent"], "width": 4 * bar["percent"], "y": 54 * n, "first": n == 0}
            for n, bar in enumerate(value["bars"])
        ]
        context["height"] = 54 * len(value["bars"]) - 18
        return context


class TextSectionBlock(SectionBlock):
    text = MarkdownBlock(label=_("text"), help_text=_("Markdown. Headings from ### down."))

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        description = _("A heading with text beside it.")
        template = "cms/blocks/text.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        context["html"] = render_markdown(value["text"])
        return context


class HomeSections(blocks.StreamBlock):
    """The front page below the chart."""

    stages = StagesBlock()
    topics = TopicsBlock()
    courses = CoursesBlock()
    events = EventsBlock()
    figure = FigureBlock()
    text = TextSectionBlock()


@dataclass(frozen=True, slots=True)
class Section:
    """A section's HTML, as it is kept; around what the live slot `live` gives, where it has one."""

    before: SafeString
    after: SafeString
    live: str = ""

    def html(self, request: HttpRequest) -> SafeString:
        """As of now. A section with nothing live to show is left out."""
        if not self.live:
            return self.before
        filled = slots.render_live(self.live, request)
        return self.before + filled + self.after if filled else SafeString()


def render_sections(sections: Any, request: HttpRequest, language: str) -> tuple[Section, ...]:
    """The front page's sections, in order; each knows its place, for its heading's id.

    `language` is the one the page is written in: the words between an editor's words are in it too.
    """
    return tuple(
        _section(
            render_to_string(
                section.block.meta.template,
                section.block.get_context(
                    section.value, {"request": request, "section_id": f"section-{n}", "language": language}
                ),
            ),
            getattr(section.block.meta, "live", ""),
        )
        for n, section in enumerate(sections, start=1)
    )


def _section(html: str, live: str) -> Section:
    before, _mark, after = html.partition(LIVE)
    return Section(mark_safe(before), mark_safe(after), live)  # noqa: S308 - output of our templates


def fill_sections(sections: Iterable[Section], request: HttpRequest) -> SafeString:
    """The HTML of the sections as of now."""
    return mark_safe("".join(section.html(request) for section in sections))  # noqa: S308 - output of our templates
