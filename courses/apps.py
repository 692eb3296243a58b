from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "courses"
    label = "courses"
    verbose_name = "Courses"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say what there is to find, share, show and moderate; keep lessons' pictures and files right."""
        from cms import access, findable, slots
        from cms.editorial import desk, topics
        from cms.library import shown_by
        from cms.sharing import sitemap
        from courses import agenda, receivers, selectors, sharing
        from courses.agenda import events
        from courses.evidence import home as evidence
        from courses.models import CoursePage, LessonPage, ModulePage
        from courses.paths import home as paths
        from courses.selectors import files
        from courses.selectors import findable as courses
        from courses.views.catalog import front_page

        slots.register("courses", front_page)
        access.register_begun("courses", selectors.begun)
        shown_by.register("courses", files.PAGES)
        findable.register("courses", courses.items, courses.passages)
        sitemap.register("courses", sharing.addresses)
        receivers.connect()
        for part in (events, evidence, paths):
            agenda.register(part.FRAGMENT)
        topics.register(CoursePage, topics.topics_in_drafts(CoursePage))
        for kind in (ModulePage, LessonPage):
            topics.register(kind, selectors.topics_of_parts)
        desk.register_reviewed(CoursePage)
        desk.register_writings("lessons", selectors.writings)
