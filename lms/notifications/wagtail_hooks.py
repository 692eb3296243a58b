"""What this app adds to Wagtail's admin."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, re_path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry

from lms.notifications.admin import DECISIONS, MessagesView, decide, policy


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern]:
    decisions = "|".join(DECISIONS)
    return [
        path("messages/", MessagesView.as_view(), name="landfall_messages"),
        path("messages/results/", MessagesView.as_view(results_only=True), name="landfall_messages_results"),
        re_path(rf"^messages/(?P<pk>[0-9]+)/(?P<decision>{decisions})/$", decide, name="landfall_decide_message"),
    ]


class MessagesMenuItem(MenuItem):
    """Shown to those who may look at mail."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(policy.user_has_any_permission(request.user, {"view", "change"}))


@hooks.register("register_reports_menu_item")
def register_menu_item() -> MenuItem:
    return MessagesMenuItem(_("Mail going out"), reverse("landfall_messages"), icon_name="mail", order=50)


@hooks.register("register_permissions")
def register_permissions() -> QuerySet[Permission]:
    return Permission.objects.filter(
        content_type__app_label="notifications", codename__in=["view_message", "change_message"]
    )


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action("notifications.cancel", _("Cancel a message"), _("Decided that a message is not sent"))
    actions.register_action("notifications.send_now", _("Send a message now"), _("Decided to send a message now"))
    actions.register_action("notifications.arrived", _("Message arrived"), _("Found that a message had arrived"))
    actions.register_action("notifications.send_again", _("Send again"), _("Found that a message had not arrived"))
