from django.apps import AppConfig


class CohortsConfig(AppConfig):
    name = "cohorts"
    label = "cohorts"
    verbose_name = "Cohorts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the layers below what they show for this one."""
        from cohorts import advising
        from cohorts.home import ways
        from courses import slots
        from courses.evidence import advising as evidence

        slots.ways.register(ways)
        evidence.register(advising)
