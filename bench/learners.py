"""Signs everyone of the scale data in; prints, for twelve of them, the cookie and addresses bench/run.py asks for."""

import json
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings")
django.setup()

from django.conf import settings  # noqa: E402  (needs the settings)
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.urls import reverse  # noqa: E402

from courses.models import LessonProgress  # noqa: E402
from lms.accounts.models import User  # noqa: E402
from lms.accounts.sessions import SessionStore  # noqa: E402

SIGNED_IN = 12


def sign_in(user: User) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def learners() -> list[dict[str, str]]:
    """Cookie, lesson and complete address of twelve learners. Every learner gets a session row, as on the floor."""
    people = list(User.objects.filter(enrolments__isnull=False).distinct().order_by("pk"))
    keys = {person.pk: sign_in(person) for person in people}
    found = []
    for person in people[:SIGNED_IN]:
        progress = LessonProgress.objects.filter(enrolment__user=person).select_related("lesson").order_by("pk")[2]
        found.append(
            {
                "cookie": f"sessionid={keys[person.pk]}",
                "lesson": progress.lesson.url,
                "complete": reverse("courses:complete", args=[progress.lesson_id]),
            }
        )
    return found


if __name__ == "__main__":
    print(json.dumps(learners()))
