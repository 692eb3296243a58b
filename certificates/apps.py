from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    name = "certificates"
    label = "certificates"
    verbose_name = "Certificates"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the layers below what they run for this one."""
        from certificates.home import FRAGMENT, held
        from certificates.kinds import Issued
        from certificates.own_data import register_parts
        from certificates.shown import colleague_section
        from courses import agenda, slots
        from courses.team import sections
        from lms.notifications import kinds

        kinds.register(Issued())
        slots.certificates.register(held)
        sections.of_colleague.register(colleague_section)
        register_parts()
        agenda.register(FRAGMENT)
