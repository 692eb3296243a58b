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
        from cms.own_data import register_parts
        from cms.topics.views import front_page

        signals.connect()
        receivers.connect()
        self.ready_events()
        slots.register("topics", front_page)
        slots.register_live("events", coming_events)
        serving.show(MasterclassPage, masterclass)
        shown_by.register("cms", pages.PAGES)
        findable.register("pages", plain_pages.items, plain_pages.passages)
        findable.register("library", library.items, library.passages)
        findable.register("masterclasses", masterclasses.items, masterclasses.passages)
        self.ready_the_desk()
        register_parts()

    def ready_events(self) -> None:
        """Pages that present events: who shows them, how they are found, and what keeps them in step."""
        from cms import findable, serving
        from cms.delegations import selectors as delegations
        from cms.delegations import views as journeys
        from cms.diary import topics_of
        from cms.library import shown_by
        from cms.models import DelegationPage, DelegationsPage, WebinarPage
        from cms.presenting import actions, files, selectors
        from cms.presenting import sitemap as presented_pages
        from cms.sharing import sitemap
        from cms.webinars import selectors as webinars
        from cms.webinars.views import webinar
        from lms.events import followers, presented

        serving.show(WebinarPage, webinar)
        serving.show(DelegationPage, journeys.delegation)
        serving.show(DelegationsPage, journeys.delegations)
        findable.register("webinars", webinars.items, webinars.passages)
        findable.register("delegations", delegations.items, delegations.passages)
        sitemap.register("events", presented_pages.entries)
        shown_by.register("events", files.PAGES)
        presented.register(selectors.address_of_event)
        followers.register(actions.event_changed)
        topics_of.register(selectors.topics_of_events)

    def ready_the_desk(self) -> None:
        """Moderation by topic, its mail, and what the editors' desk asks of this app."""
        from cms.editorial import desk, kinds, receivers, topics, writings
        from cms.models import DelegationPage, MasterclassPage, WebinarPage
        from lms.notifications.kinds import register

        for model in (MasterclassPage, WebinarPage, DelegationPage):
            topics.register(model, topics.topics_in_drafts(model))
        desk.register_reviewed(MasterclassPage)
        desk.register_writings("masterclasses", writings.masterclass_notes)
        desk.register_writings("webinars", writings.webinar_descriptions)
        desk.register_writings("delegations", writings.delegations)
        desk.register_writings("pages", writings.plain_pages)
        for kind in (kinds.Asked(), kinds.ChangesAsked(), kinds.Approved(), kinds.Withdrawn()):
            register(kind)
        receivers.connect()
        post_migrate.connect(receivers.ensure_workflow, sender=self)
