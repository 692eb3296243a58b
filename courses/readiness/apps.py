from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReadinessConfig(AppConfig):
    """The questionnaire that editors keep, the companies' answers, and reports that never change."""

    name = "courses.readiness"
    label = "readiness"
    verbose_name = _("Readiness")

    def ready(self) -> None:
        """Reports follow at once what a topic of the questionnaire is said to be about."""
        from django.db.models.signals import m2m_changed, post_delete

        from cms.signals import raise_version
        from courses.readiness.models import Topic

        m2m_changed.connect(raise_version, sender=Topic.subjects.through, dispatch_uid="readiness.subjects")
        post_delete.connect(raise_version, sender=Topic, dispatch_uid="readiness.topic")
