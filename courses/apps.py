from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "courses"
    label = "courses"
    verbose_name = "Courses"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Fill the front page's place for courses, keep lessons' pictures and files right, tell the editors' desk."""
        from cms import slots
        from cms.editorial import desk, topics
        from courses import receivers, selectors
        from courses.models import CoursePage, LessonPage, ModulePage
        from courses.views.catalog import front_page

        slots.register("courses", front_page)
        receivers.connect()
        topics.register(CoursePage, topics.topics_in_drafts(CoursePage))
        for part in (ModulePage, LessonPage):
            topics.register(part, selectors.topics_of_parts)
        desk.register_reviewed(CoursePage)
        desk.register_writings("lessons", selectors.writings)
