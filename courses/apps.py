from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "courses"
    label = "courses"
    verbose_name = "Courses"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say what there is to find, share, show, moderate and tell; keep lessons' pictures and files right."""
        from cms import access, findable, slots
        from cms.editorial import desk, topics
        from cms.library import shown_by
        from cms.sharing import sitemap
        from courses import agenda, receivers, selectors, sharing
        from courses.agenda import events
        from courses.evidence import home as evidence
        from courses.evidence import kinds as answers
        from courses.evidence import receivers as evidence_files
        from courses.evidence import shown as evidence_shown
        from courses.models import CoursePage, LessonPage, ModulePage
        from courses.own_data import register_parts
        from courses.paths import actions as paths
        from courses.paths import home as path
        from courses.paths import shown as paths_shown
        from courses.paths.kinds import Changed
        from courses.readiness import finished
        from courses.readiness import sections as report_sections
        from courses.seats import actions as seats
        from courses.seats import shown as seats_shown
        from courses.selectors import files
        from courses.selectors import findable as courses
        from courses.team import actions as team
        from courses.team import sections as company_sections
        from courses.team import waiting
        from courses.team.kinds import Nudge
        from courses.views.catalog import front_page
        from lms.notifications import kinds

        slots.register("courses", front_page)
        access.register_begun("courses", selectors.begun)
        shown_by.register("courses", files.PAGES)
        findable.register("courses", courses.items, courses.passages)
        sitemap.register("courses", sharing.addresses)
        receivers.connect()
        evidence_files.connect()
        for kind in (Nudge(), Changed(), answers.Sent(), answers.Answered()):
            kinds.register(kind)
        for part in (events, evidence, path):
            agenda.register(part.FRAGMENT)
        topics.register(CoursePage, topics.topics_in_drafts(CoursePage))
        for below in (ModulePage, LessonPage):
            topics.register(below, selectors.topics_of_parts)
        desk.register_reviewed(CoursePage)
        desk.register_writings("lessons", selectors.writings)
        finished.register(paths.follow)
        report_sections.register(paths_shown.report_section)
        company_sections.register(paths_shown.company_section)
        company_sections.register(seats_shown.company_section)
        waiting.register(evidence_shown.waiting)
        team.register_move(seats.hand_on)
        register_parts()
