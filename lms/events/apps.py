from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    """Webinars, workshops, delegations and meetings: one event, its sessions, who comes, and what was said."""

    name = "lms.events"
    label = "events"
    verbose_name = _("Events")

    def ready(self) -> None:
        from lms.events.kinds import KINDS
        from lms.events.own_data import register_parts
        from lms.notifications import kinds

        for kind in KINDS:
            kinds.register(kind)
        register_parts()
