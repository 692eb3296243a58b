from django.apps import AppConfig


class CmsConfig(AppConfig):
    name = "cms"
    label = "cms"
    verbose_name = "Pages"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to what changes; fill the places for topics; make plain pages known to whoever lists what there is."""
        from cms import findable, plain_pages, signals, slots  # models are loaded by now
        from cms.topics.views import front_page

        signals.connect()
        slots.register("topics", front_page)
        findable.register("pages", plain_pages.items, plain_pages.passages)
