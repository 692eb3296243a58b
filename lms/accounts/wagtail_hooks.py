"""What this app adds to Wagtail's admin."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from lms.accounts.admin import CompaniesGroup
from lms.accounts.importing.views import companies


@hooks.register("register_admin_viewset")
def register_companies() -> CompaniesGroup:
    return CompaniesGroup()


@hooks.register("register_admin_urls")
def importing_in_the_admin() -> list[URLPattern]:
    return [
        path("companies/import/", companies.import_list, name="import_companies"),
        path("companies/import/template/", companies.template, name="import_companies_template"),
    ]


@hooks.register("register_permissions")
def register_permissions() -> QuerySet[Permission]:
    """Permissions an operator may give a group in the admin."""
    return Permission.objects.filter(
        content_type__app_label="accounts", content_type__model__in=["company", "cluster", "membership"]
    )


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action("accounts.register", _("Register"), _("Registered the company"))
    actions.register_action("accounts.import", _("Import"), _("Registered or corrected from a list"))
    actions.register_action("accounts.ask", _("Ask to join"), _("Asked to join the company"))
    actions.register_action("accounts.answer", _("Answer a request"), _("Answered a request to join"))
    actions.register_action("accounts.role", _("Change a role"), _("Changed a colleague’s role"))
    actions.register_action("accounts.take_out", _("Take out"), _("Took a person out of the company"))
    actions.register_action("accounts.hand_over", _("Hand over"), _("Handed the administration over"))
    actions.register_action("accounts.leave", _("Leave"), _("Left the company"))
    actions.register_action("accounts.add_domain", _("Open to a mail domain"), _("Opened the company to a mail domain"))
    actions.register_action(
        "accounts.remove_domain", _("Close a mail domain"), _("Closed the company to a mail domain")
    )
    actions.register_action("accounts.facts", _("Change facts"), _("Changed the company’s facts"))
    actions.register_action("accounts.invite", _("Invite"), _("Invited an address"))
    actions.register_action("accounts.accept", _("Accept an invitation"), _("Joined by invitation"))
    actions.register_action("accounts.withdraw", _("Withdraw an invitation"), _("Withdrew an invitation"))
    actions.register_action("accounts.own_data", _("Take own data"), _("Took all that is kept of them"))
    actions.register_action(
        "accounts.reset_second_step", _("Remove a second step"), _("Removed the second step of somebody who lost it")
    )
