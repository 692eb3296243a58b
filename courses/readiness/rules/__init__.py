"""What a questionnaire says, and what answers to it are worth. Pure."""

from courses.readiness.rules.content import Content, Option, Question, Topic
from courses.readiness.rules.helping import fitting, kind_named
from courses.readiness.rules.scoring import Given, Score, Step, headline, next_steps, overall, scores, step_from

__all__ = [
    "Content",
    "Given",
    "Option",
    "Question",
    "Score",
    "Step",
    "Topic",
    "fitting",
    "headline",
    "kind_named",
    "next_steps",
    "overall",
    "scores",
    "step_from",
]
