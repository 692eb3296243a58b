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
        from allauth.account import signals
        from django.contrib.auth.signals import user_logged_in

        from lms.accounts import receivers
        from lms.accounts.privacy.parts import register_parts

        signals.email_confirmed.connect(receivers.finish_registration)
        user_logged_in.connect(receivers.remember_device)
        for password in (signals.password_set, signals.password_changed, signals.password_reset):
            password.connect(receivers.end_others)
        post_migrate.connect(receivers.ensure_roles, sender=self)
        register_parts()


class PeopleAdminConfig(WagtailUsersAppConfig):
    """Wagtail's own management of people, with forms that fit our people."""

    user_viewset = "lms.accounts.admin.PeopleViewSet"
