"""The outbox as staff see it: what goes out in the next two weeks, and what nobody can settle but a person."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from lms.notifications import actions, selectors
from lms.notifications.models import Message
from lms.notifications.rules import CANCELLABLE, RESOLVABLE, SENDABLE_NOW

policy = ModelPermissionPolicy(Message)

DECISIONS = {
    "send-now": (
        actions.send_now,
        SENDABLE_NOW,
        gettext_lazy("Send now"),
        gettext_lazy("It goes out within a minute."),
    ),
    "cancel": (actions.cancel, CANCELLABLE, gettext_lazy("Cancel"), gettext_lazy("It will not be sent.")),
    "arrived": (actions.arrived, RESOLVABLE, gettext_lazy("It arrived"), gettext_lazy("Recorded as sent.")),
    "send-again": (
        actions.send_again,
        RESOLVABLE,
        gettext_lazy("Send again"),
        gettext_lazy("It goes out again within a minute."),
    ),
}
"""What staff may decide: the action, the states it is for, the button, and what is said afterwards."""


def due(message: Message) -> str:
    """The moment in the zone of whoever looks. Wagtail's own column speaks of the past only."""
    return date_format(timezone.localtime(message.due), "SHORT_DATETIME_FORMAT")


class MessageFilterSet(WagtailFilterSet):
    class Meta:
        model = Message
        fields = ["state"]


class DecisionsColumn(Column):
    """The buttons that fit the message's state."""

    cell_template_name = "notifications/admin/decisions.html"

    def get_cell_context_data(self, instance: Message, parent_context: dict[str, Any]) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        request = parent_context["request"]
        if policy.user_has_permission(request.user, "change"):
            context["csrf"] = get_token(request)
            context["decisions"] = [
                (label, reverse("landfall_decide_message", args=[instance.pk, name]))
                for name, (_action, states, label, _said) in DECISIONS.items()
                if instance.state in states
            ]
        return context


class MessagesView(ReportView):
    """Messages due within 14 days and those that need a person."""

    page_title = gettext_lazy("Mail going out")
    header_icon = "mail"
    model = Message
    permission_policy = policy
    any_permission_required = frozenset({"view", "change"})
    index_url_name = "landfall_messages"
    index_results_url_name = "landfall_messages_results"
    results_template_name = "notifications/admin/messages_results.html"
    filterset_class = MessageFilterSet
    default_ordering = "due"
    list_export = ["kind", "recipient.email", "subject", "due", "state", "attempts", "error"]
    columns = [
        Column("recipient", label=gettext_lazy("To"), sort_key="recipient__full_name"),
        Column("kind", label=gettext_lazy("Kind"), sort_key="kind"),
        Column("subject", label=gettext_lazy("About")),
        Column("due", label=gettext_lazy("Due"), sort_key="due", accessor=due),
        Column("get_state_display", label=gettext_lazy("State"), sort_key="state"),
        Column("attempts", label=gettext_lazy("Attempts")),
        Column("error", label=gettext_lazy("What happened")),
        DecisionsColumn("decisions", label=gettext_lazy("Decide")),
    ]

    def get_queryset(self) -> QuerySet[Message]:
        self.queryset = selectors.messages_staff_look_at()
        queryset: QuerySet[Message] = super().get_queryset()
        return queryset

    def get_filename(self) -> str:
        return "messages"


@require_POST
def decide(request: HttpRequest, pk: int, decision: str) -> HttpResponse:
    """Carry out one decision on one message. In Wagtail's admin, so nobody else gets here."""
    if not policy.user_has_permission(request.user, "change"):
        raise PermissionDenied
    message = get_object_or_404(Message, pk=pk)
    action, _states, _label, said = DECISIONS[decision]
    try:
        action(message, by=request.user)  # type: ignore[arg-type]
    except actions.Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("%(who)s: %(said)s") % {"who": message.recipient, "said": said})
    return redirect("landfall_messages")
