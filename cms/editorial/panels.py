"""The panels of the editors' front page: each a list with a sentence where it is empty, and a page with all of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.ui.components import Component
from wagtail.models import Page, WorkflowState

from cms.editorial import selectors
from cms.editorial.rules import NO_ANSWER, NOT_ASKED, ROWS
from lms.accounts.models import User


@dataclass(frozen=True, slots=True)
class Row:
    """One line: what it is and where to go on, in words what is to be done, what else is said, and when."""

    title: str
    address: str
    state: str = ""
    said: str = ""
    when: date | datetime | None = None


class Panel(Component):
    """A list of the desk. `name` stands in the address of the page with all of it, and in that address's name."""

    name = ""
    heading: Any = ""
    explained: Any = ""
    empty: Any = ""
    order = 100
    template_name = "cms/editorial/_panel.html"

    @property
    def address(self) -> str:
        return reverse(f"landfall_desk_{self.name}")

    def rows(self, user: User) -> list[Row]:
        raise NotImplementedError

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        user = (parent_context or {})["request"].user
        rows = self.rows(user)
        return {"panel": self, "rows": rows[:ROWS], "total": len(rows), "more": max(0, len(rows) - ROWS)}


def edit(page: int) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page])


def day(moment: date | datetime) -> str:
    if isinstance(moment, datetime):
        moment = timezone.localtime(moment)
    return date_format(moment, "DATE_FORMAT")


class WaitingForMe(Panel):
    name = "waiting"
    heading = gettext_lazy("Waiting for me")
    explained = gettext_lazy("Pages somebody has finished, under topics you moderate. You approve or ask for changes.")
    empty = gettext_lazy("Nothing waits for your decision.")
    order = 10

    def rows(self, user: User) -> list[Row]:
        return [
            Row(
                title=waiting.page.get_admin_display_title(),
                address=edit(waiting.page.pk),
                state=_("Asked by %(name)s") % {"name": waiting.asked_by or _("somebody")},
                said=" · ".join(waiting.comments),
                when=waiting.task_state.started_at,
            )
            for waiting in selectors.waiting_for(user)
        ]


class MyDrafts(Panel):
    name = "drafts"
    heading = gettext_lazy("My drafts")
    explained = gettext_lazy("What you have written or changed last and nobody can see yet.")
    empty = gettext_lazy("You have no drafts. Choose “Masterclasses” or “Pages” in the menu to begin one.")
    order = 20

    def rows(self, user: User) -> list[Row]:
        return [self.row(page) for page in selectors.drafts_of(user)]

    def row(self, page: Page) -> Row:
        review, said = page.current_workflow_state, ""
        if review is not None and review.status == WorkflowState.STATUS_NEEDS_CHANGES:
            state, said = _("Changes asked for"), review.current_task_state.get_comment()
        elif review is not None:
            state = _("Waits for a moderator")
        elif page.approved_schedule:
            state = _("Goes out by itself")
        else:
            state = _("Changed, not published") if page.live else _("Draft")
        return Row(page.get_admin_display_title(), edit(page.pk), state, said, page.latest_revision_created_at)


class NotReady(Panel):
    name = "not_ready"
    heading = gettext_lazy("Captions missing")
    explained = gettext_lazy("Masterclasses that cannot be published yet, and why.")
    empty = gettext_lazy("Every masterclass has its captions, and everybody in it has agreed.")
    order = 30

    def rows(self, user: User) -> list[Row]:
        return [Row(row.title, edit(row.page), missing(row)) for row in selectors.not_ready(user)]


def missing(row: selectors.Unready) -> str:
    """What a draft lacks, in words."""
    lacks = []
    if row.no_recording:
        lacks.append(_("no recording"))
    if row.no_captions:
        lacks.append(_("no captions"))
    if row.guests:
        lacks.append(_("no consent of %(names)s") % {"names": ", ".join(row.guests)})
    return ", ".join(lacks)


class CheckAgain(Panel):
    name = "check_again"
    heading = gettext_lazy("Check again")
    explained = gettext_lazy("Its date has passed, or comes within 30 days. Read it, and give it a new date.")
    empty = gettext_lazy("Nothing has to be checked within 30 days.")
    order = 40

    def rows(self, user: User) -> list[Row]:
        today = timezone.localdate()
        return [
            Row(
                title=due.title,
                address=edit(due.page) if due.page else reverse("wagtaildocs:edit", args=[due.document]),
                state=self.lateness((today - due.by).days),
                when=due.by,
            )
            for due in selectors.to_check_again(user, today)
        ]

    def lateness(self, days: int) -> str:
        if days > 0:
            return ngettext("%(days)d day late", "%(days)d days late", days) % {"days": days}
        if days == 0:
            return _("today")
        return ngettext("in %(days)d day", "in %(days)d days", -days) % {"days": -days}


class OutdatedTranslations(Panel):
    name = "translations"
    heading = gettext_lazy("Translations out of date")
    explained = gettext_lazy("The original was published after its translation.")
    empty = gettext_lazy("Every translation is as new as its original.")
    order = 50

    def rows(self, user: User) -> list[Row]:
        return [
            Row(
                title=page.title,
                address=edit(page.pk),
                state=_("Original changed on %(day)s") % {"day": day(page.original_at)},
                when=page.last_published_at,
            )
            for page in selectors.outdated_translations(user)
        ]


class BrokenLinks(Panel):
    name = "links"
    heading = gettext_lazy("Broken links")
    explained = gettext_lazy("Links in what is published that lead nowhere. They are looked at every night.")
    empty = gettext_lazy("Every link that was looked at leads somewhere.")
    order = 60

    def rows(self, user: User) -> list[Row]:
        return [
            Row(
                title=check.url,
                address=place[1],
                state=answer(check.status),
                said=_("In: %(places)s") % {"places": ", ".join(title for title, _edit in check.where)},
                when=check.failing_since,
            )
            for check in selectors.broken_links()
            for place in check.where[:1]
        ]


def answer(status: int | None) -> str:
    if status == NO_ANSWER:
        return _("nobody answers")
    if status == NOT_ASKED:
        return _("not a public address")
    return _("not found") if status in {404, 410} else _("answers with error %(status)s") % {"status": status}


PANELS: tuple[type[Panel], ...] = (WaitingForMe, MyDrafts, NotReady, CheckAgain, OutdatedTranslations, BrokenLinks)
BY_NAME = {panel.name: panel for panel in PANELS}
SAID_BY_OURS = {"workflow_objects_to_moderate", "user_objects_in_workflow_moderation"}
"""Wagtail's panels that say what ours say."""


def panels_for(user: User) -> list[Panel]:
    """All of them for those who work on pages, none for anybody else."""
    return [panel() for panel in PANELS] if selectors.works_on_pages(user) else []
