from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReadinessConfig(AppConfig):
    """The questionnaire that editors keep, the companies' answers, and reports that never change."""

    name = "courses.readiness"
    label = "readiness"
    verbose_name = _("Readiness")

    def ready(self) -> None:
        """Say what stands on a home and what is kept of a person; reports follow at once what a topic is about."""
        from django.db.models.signals import m2m_changed, post_delete

        from cms.signals import raise_version
        from courses import agenda
        from courses.readiness.home import FRAGMENT
        from courses.readiness.models import Topic
        from courses.readiness.own_data import register_parts

        agenda.register(FRAGMENT)
        register_parts()
        m2m_changed.connect(raise_version, sender=Topic.subjects.through, dispatch_uid="readiness.subjects")
        post_delete.connect(raise_version, sender=Topic, dispatch_uid="readiness.topic")
