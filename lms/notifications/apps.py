from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "lms.notifications"
    label = "notifications"
    verbose_name = _("Messages")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from lms.notifications import kinds
        from lms.notifications.accounts_kinds import AskedToJoin
        from lms.notifications.own_data import register_parts

        kinds.register(AskedToJoin())
        register_parts()
