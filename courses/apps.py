from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "courses"
    label = "courses"
    verbose_name = "Courses"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Fill the front page's place for courses, and keep lessons' pictures and files right."""
        from cms import slots
        from cms.sharing import sitemap
        from courses import receivers, sharing
        from courses.views.catalog import front_page

        slots.register("courses", front_page)
        sitemap.register("courses", sharing.addresses)
        receivers.connect()
