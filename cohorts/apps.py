from django.apps import AppConfig


class CohortsConfig(AppConfig):
    name = "cohorts"
    label = "cohorts"
    verbose_name = "Cohorts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the layers below what they show for this one."""
        from cohorts import advising
        from cohorts.home import FRAGMENT
        from cohorts.own_data import register_parts
        from courses import advising as who_advises
        from courses import agenda

        agenda.register(FRAGMENT)
        who_advises.register(advising)
        register_parts()
