from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReadinessConfig(AppConfig):
    """The questionnaire that editors keep, the companies' answers, and reports that never change."""

    name = "courses.readiness"
    label = "readiness"
    verbose_name = _("Readiness")

    def ready(self) -> None:
        """Say what of it stands on a home, and what it keeps of a person."""
        from courses import agenda
        from courses.readiness.home import FRAGMENT
        from courses.readiness.own_data import register_parts

        agenda.register(FRAGMENT)
        register_parts()
