from django.apps import AppConfig


class CmsConfig(AppConfig):
    name = "cms"
    label = "cms"
    verbose_name = "Pages"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cms import findable, serving, signals  # models are loaded by now
        from cms.masterclasses import selectors, views
        from cms.models import MasterclassPage

        signals.connect()
        serving.show(MasterclassPage, views.masterclass)
        findable.register("masterclasses", selectors.items, selectors.passages)
