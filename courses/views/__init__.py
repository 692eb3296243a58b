"""The pages of courses and what learners send to them."""

from courses.views.catalog import catalog, course, module
from courses.views.home import home
from courses.views.learning import complete, enrol, place, quiz, worksheet
from courses.views.lessons import lesson

__all__ = ["catalog", "complete", "course", "enrol", "home", "lesson", "module", "place", "quiz", "worksheet"]
