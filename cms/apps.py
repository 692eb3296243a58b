from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CmsConfig(AppConfig):
    name = "cms"
    label = "cms"
    verbose_name = "Pages"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to what changes; say what there is to find, how it is shown, and which pages show which files."""
        from cms import findable, plain_pages, serving, signals, slots  # models are loaded by now
        from cms.diary.views import front_page as coming_events
        from cms.library import pages, receivers, shown_by
        from cms.library import selectors as library
        from cms.masterclasses import selectors as masterclasses
        from cms.masterclasses.views import masterclass
        from cms.models import MasterclassPage
        from cms.topics.views import front_page

        signals.connect()
        receivers.connect()
        slots.register("topics", front_page)
        slots.register_live("events", coming_events)
        serving.show(MasterclassPage, masterclass)
        shown_by.register("cms", pages.PAGES)
        findable.register("pages", plain_pages.items, plain_pages.passages)
        findable.register("library", library.items, library.passages)
        findable.register("masterclasses", masterclasses.items, masterclasses.passages)
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
