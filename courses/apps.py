from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "courses"
    label = "courses"
    verbose_name = "Courses"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say what there is to find, share, show, moderate and tell; keep lessons' pictures and files right."""
        from courses.own_data import register_parts

        self._in_cms()
        self._in_its_own_rooms()
        register_parts()

    def _in_cms(self) -> None:
        """What the editors' part shows, finds, shares and moderates of courses."""
        from cms import access, findable, slots
        from cms.editorial import desk, topics
        from cms.library import shown_by
        from cms.sharing import sitemap
        from courses import receivers, selectors, sharing
        from courses.models import CoursePage, LessonPage, ModulePage
        from courses.selectors import files
        from courses.selectors import findable as courses
        from courses.views.catalog import front_page

        slots.register("courses", front_page)
        access.register_begun("courses", selectors.begun)
        shown_by.register("courses", files.PAGES)
        findable.register("courses", courses.items, courses.passages)
        sitemap.register("courses", sharing.addresses)
        receivers.connect()
        topics.register(CoursePage, topics.topics_in_drafts(CoursePage))
        for below in (ModulePage, LessonPage):
            topics.register(below, selectors.topics_of_parts)
        desk.register_reviewed(CoursePage)
        desk.register_writings("lessons", selectors.writings)

    def _in_its_own_rooms(self) -> None:
        """What paths, seats and evidence put on the home, on a report and on the company's page, and into the mail."""
        from courses import agenda
        from courses.agenda import events
        from courses.evidence import home, kinds, receivers
        from courses.evidence import shown as evidence
        from courses.paths import actions, shown
        from courses.paths import home as path
        from courses.paths.kinds import Changed
        from courses.readiness import finished
        from courses.readiness import sections as report
        from courses.seats import actions as seats
        from courses.seats import shown as seats_shown
        from courses.seats.kinds import Given
        from courses.team import actions as team
        from courses.team import sections, waiting
        from courses.team.kinds import Nudge
        from lms.notifications.kinds import register

        receivers.connect()
        for kind in (Nudge(), Changed(), Given(), kinds.Sent(), kinds.Answered()):
            register(kind)
        for part in (events, home, path):
            agenda.register(part.FRAGMENT)
        finished.register(actions.follow)
        report.register(shown.report_section)
        sections.of_company.register(shown.company_section)
        sections.of_company.register(seats_shown.company_section)
        waiting.register(evidence.waiting)
        team.register_move(seats.hand_on)
