"""What Wagtail's admin learns from this app: the certificates, and how issuing and revoking read in the log."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.permissions import register_permission_policy

from certificates.models import Certificate
from certificates.viewsets import KeptAsIssued, certificate_viewset

register_permission_policy(Certificate, KeptAsIssued(Certificate))


@hooks.register("register_admin_viewset")
def certificates_in_the_admin() -> ViewSet:
    return certificate_viewset


@hooks.register("register_log_actions")
def certificates_in_the_log(actions: LogActionRegistry) -> None:
    @actions.register_action("certificates.revoke")
    class RevokeFormatter(LogFormatter):
        label = "Revoke a certificate"

        def format_message(self, log_entry: Any) -> str:
            return _("Revoked")

        def format_comment(self, log_entry: Any) -> str:
            return str(log_entry.data.get("reason", ""))
