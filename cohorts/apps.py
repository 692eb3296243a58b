from django.apps import AppConfig


class CohortsConfig(AppConfig):
    name = "cohorts"
    label = "cohorts"
    verbose_name = "Cohorts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the layers below what they show for this one."""
        from cohorts.home import ways
        from cohorts.own_data import register_parts
        from cohorts.selectors import companies_run_by
        from courses import advising, slots

        slots.ways.register(ways)
        advising.register(companies_run_by)
        register_parts()
