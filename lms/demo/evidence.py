"""What demo people know from elsewhere: one waits for the advisor, one was accepted. Made-up people and companies."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from courses.evidence import actions
from courses.models import Evidence
from courses.selectors import Course
from lms.accounts.models import Company, User


@dataclass(frozen=True, slots=True)
class Shown:
    """What somebody sends, so many days ago, and with which words it was accepted; empty: it waits."""

    name: str
    company: str
    days_ago: int
    text: str
    accepted: str = ""


SHOWN = (
    Shown(
        "ada",
        "Example Medtech AS",
        days_ago=2,
        text="Example: I was regulatory lead for a patient monitor that we sold in the US from 2019 to 2023.\n\n"
        "I wrote the intended use, chose the predicate and answered the FDA’s questions for our 510(k); a consultant"
        " filed it. I also sat in the meetings with the first two hospitals in Minnesota, so I have seen how a value"
        " analysis committee works and who pays for what. What I have not done myself is coverage and codes.\n\n"
        "I would rather begin with the intermediate course than repeat how US care is organised.",
    ),
    Shown(
        "frode",
        "Example Implants AS",
        days_ago=24,
        text="Example: twelve years as product manager in orthopaedics, five of them in Boston. I negotiated with three"
        " group purchasing organisations and wrote the budget impact model for one health system. I can bring the"
        " slides to our next meeting.",
        accepted="Example: this covers the foundation course well. Look at lesson 2 of module 1 all the same: the"
        " rules on coverage have changed since you were there.",
    ),
)


def ensure_evidence(
    people: Mapping[str, User], companies: Mapping[str, Company], course: Course, advisor: User
) -> None:
    """Let each send what they know, for a course that comes after another. Who has sent something is left alone."""
    for shown in SHOWN:
        user, sent = people[shown.name], timezone.now() - timedelta(days=shown.days_ago)
        if Evidence.objects.filter(user=user, course=course.id).exists():
            continue
        made = actions.send(user, course, company=companies[shown.company], text=shown.text, now=sent)
        if shown.accepted:
            later = sent + timedelta(days=1, hours=2)
            actions.accept(made, by=advisor, version=made.version, words=shown.accepted, now=later)
