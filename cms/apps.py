from django.apps import AppConfig


class CmsConfig(AppConfig):
    name = "cms"
    label = "cms"
    verbose_name = "Pages"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to what changes; say what there is to find, how it is shown, and which pages show which files."""
        from cms import findable, plain_pages, serving, signals, slots  # models are loaded by now
        from cms.library import pages, receivers, shown_by
        from cms.library import selectors as library
        from cms.masterclasses import selectors as masterclasses
        from cms.masterclasses.views import masterclass
        from cms.models import MasterclassPage
        from cms.topics.views import front_page

        signals.connect()
        receivers.connect()
        slots.register("topics", front_page)
        serving.show(MasterclassPage, masterclass)
        shown_by.register("cms", pages.PAGES)
        findable.register("pages", plain_pages.items, plain_pages.passages)
        findable.register("library", library.items, library.passages)
        findable.register("masterclasses", masterclasses.items, masterclasses.passages)
