"""The floor: bare Django doing the least a page of each kind can do, on the product's database and web server.

`/hello` one string · `/list` 40 rows · `/session` session, person, 8 rows · `/update` session, person, one UPDATE.
Served as `bench.floor:application`; `python -m bench.floor` makes its tables and prints twelve session cookies as JSON.
"""

import json
import os

import django
import environ
from django.conf import settings

env = environ.Env()
database = env.db("DATABASE_URL")
database["CONN_MAX_AGE"] = 600
database.setdefault("OPTIONS", {})["options"] = "-c jit=off"
settings.configure(
    SECRET_KEY="floor",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF="bench.floor",
    DATABASES={"default": database},
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ],
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    USE_TZ=True,
)
django.setup()

from django.contrib.auth.models import User  # noqa: E402  (needs the settings above)
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import connection, models  # noqa: E402
from django.http import HttpRequest, HttpResponse, JsonResponse  # noqa: E402
from django.template import engines  # noqa: E402
from django.urls import path  # noqa: E402


class Item(models.Model):
    """A row of the list."""

    title = models.CharField(max_length=200)

    class Meta:
        app_label = "floor"

    def __str__(self) -> str:
        return self.title


class Note(models.Model):
    """A row of one person's."""

    user = models.ForeignKey(User, on_delete=models.CASCADE)
    title = models.CharField(max_length=200)
    count = models.IntegerField(default=0)

    class Meta:
        app_label = "floor"

    def __str__(self) -> str:
        return self.title


ROWS = engines["django"].from_string(
    "<html><body><ul>{% for row in rows %}<li>{{ row.title }}</li>{% endfor %}</ul></body></html>"
)


def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse("hello")


def items(request: HttpRequest) -> HttpResponse:
    return HttpResponse(ROWS.render({"rows": Item.objects.all()}))


def session_rows(request: HttpRequest) -> HttpResponse:
    return HttpResponse(ROWS.render({"rows": Note.objects.filter(user=request.user.pk)}))


def update(request: HttpRequest) -> HttpResponse:
    changed = Note.objects.filter(user=request.user.pk).update(count=models.F("count") + 1)
    return JsonResponse({"changed": changed})


urlpatterns = [path("hello", hello), path("list", items), path("session", session_rows), path("update", update)]
application = get_wsgi_application()

LEARNERS, SIGNED_IN = 1000, 12


def build() -> list[str]:
    """Make the tables and rows; return the session keys of the first twelve people."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    with connection.schema_editor() as editor:
        editor.create_model(Item)
        editor.create_model(Note)
    Item.objects.bulk_create(Item(title=f"Row number {n} of forty") for n in range(40))
    people = User.objects.bulk_create(User(username=f"learner-{n}") for n in range(LEARNERS))
    Note.objects.bulk_create(Note(user=person, title=f"Note {n}") for person in people for n in range(8))
    keys = []
    for person in people:
        session = SessionStore()
        session["_auth_user_id"] = str(person.pk)
        session["_auth_user_backend"] = "django.contrib.auth.backends.ModelBackend"
        session["_auth_user_hash"] = person.get_session_auth_hash()
        session.create()
        keys.append(session.session_key)
    return keys[:SIGNED_IN]


if __name__ == "__main__":
    os.environ.setdefault("PYTHONWARNINGS", "ignore")
    print(json.dumps([{"cookie": f"sessionid={key}"} for key in build()]))
