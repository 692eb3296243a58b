from django.apps import AppConfig


class LandfallConfig(AppConfig):
    """The shell: commands, schedules, static files and translations. It has no models."""

    name = "lms"
    verbose_name = "Landfall"
