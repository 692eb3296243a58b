from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CmsConfig(AppConfig):
    name = "cms"
    label = "cms"
    verbose_name = "Pages"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cms import signals  # models are loaded by now

        signals.connect()
        self.ready_the_desk()

    def ready_the_desk(self) -> None:
        """Moderation by topic, its mail, and what the editors' desk asks of this app."""
        from cms.editorial import desk, kinds, receivers, topics, writings
        from cms.models import MasterclassPage
        from lms.notifications.kinds import register

        topics.register(MasterclassPage, topics.topics_in_drafts(MasterclassPage))
        desk.register_reviewed(MasterclassPage)
        desk.register_writings("masterclasses", writings.masterclass_notes)
        desk.register_writings("pages", writings.plain_pages)
        for kind in (kinds.Asked(), kinds.ChangesAsked(), kinds.Approved(), kinds.Withdrawn()):
            register(kind)
        receivers.connect()
        post_migrate.connect(receivers.ensure_workflow, sender=self)
