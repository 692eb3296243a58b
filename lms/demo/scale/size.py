"""How much bulk data there is, and what marks it."""

from dataclasses import dataclass
from datetime import UTC, datetime

BATCH = 1000
START = datetime(2026, 1, 5, 8, tzinfo=UTC)
SEED = 2026
MARK = "scale"


@dataclass(frozen=True, slots=True)
class Size:
    """How much; `modules`, `lessons` and `enrolments` are for each course, module and learner."""

    learners: int = 1000
    courses: int = 40
    modules: int = 4
    lessons: int = 5
    enrolments: int = 8
