from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "courses"
    label = "courses"
    verbose_name = "Courses"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Fill the front page's place for courses, make them findable, keep lessons' pictures and files right."""
        from cms import findable, slots
        from cms.library import shown_by
        from courses import receivers
        from courses.selectors import files
        from courses.selectors import findable as courses
        from courses.views.catalog import front_page

        slots.register("courses", front_page)
        shown_by.register("courses", files.PAGES)
        findable.register("courses", courses.items, courses.passages)
        receivers.connect()
