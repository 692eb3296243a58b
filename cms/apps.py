from django.apps import AppConfig


class CmsConfig(AppConfig):
    name = "cms"
    label = "cms"
    verbose_name = "Pages"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cms import findable, signals  # models are loaded by now
        from cms.library import pages, receivers, selectors, shown_by

        signals.connect()
        receivers.connect()
        shown_by.register("cms", pages.PAGES)
        findable.register("library", selectors.items, selectors.passages)
