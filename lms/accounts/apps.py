from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    default = True  # there is another configuration in this module
    name = "lms.accounts"
    label = "accounts"
    verbose_name = _("People and companies")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from allauth.account.signals import email_confirmed

        from lms.accounts import receivers

        email_confirmed.connect(receivers.finish_registration)
        post_migrate.connect(receivers.ensure_roles, sender=self)


class PeopleAdminConfig(WagtailUsersAppConfig):
    """Wagtail's own management of people, with forms that fit our people."""

    user_viewset = "lms.accounts.admin.PeopleViewSet"
