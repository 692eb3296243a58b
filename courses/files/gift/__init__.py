"""Quizzes as text: reads and writes Moodle's GIFT format (https://docs.moodle.org/en/GIFT_format). Pure.

Read are single choice, several right answers, true or false, numbers and short answers; anything else is refused with
the line it stands in. `loads(dumps(questions)) == questions` for questions whose texts are trimmed and hold no carriage
return.
"""

from courses.files.gift.reading import loads
from courses.files.gift.types import MAX_BYTES, MAX_OPTIONS, MAX_QUESTIONS, GiftError, Option, Problem, Question, Text
from courses.files.gift.writing import dumps

__all__ = [
    "MAX_BYTES",
    "MAX_OPTIONS",
    "MAX_QUESTIONS",
    "GiftError",
    "Option",
    "Problem",
    "Question",
    "Text",
    "dumps",
    "loads",
]
