"""Demo people: one for each role, and a few colleagues. Their names are plainly examples."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from lms.accounts import roles
from lms.accounts.models import User

PASSWORD = "landfall-demo"  # noqa: S105 - told to everybody who runs the demo
HOST = "demo.example"


@dataclass(frozen=True, slots=True)
class Person:
    """`name` before the @ of the address; staff are in `group`; companies are given in `lms.demo.companies`."""

    name: str
    full_name: str
    group: str = ""
    superuser: bool = False

    @property
    def email(self) -> str:
        return f"{self.name}@{HOST}"


PEOPLE = (
    Person("superuser", "Demo Superuser", superuser=True),
    Person("editor", "Demo Editor", roles.EDITORS),
    Person("moderator", "Demo Moderator", roles.MODERATORS),
    Person("advisor", "Demo Advisor", roles.ADVISORS),
    Person("owner", "Demo Owner", roles.PROGRAMME_OWNERS),
    Person("company", "Ola Demo"),
    Person("learner", "Kari Eksempel"),
    Person("outsider", "Liv Eksempel"),
    Person("ada", "Ada Example"),
    Person("bjorn", "Bjørn Example"),
    Person("cecilie", "Cecilie Example"),
    Person("dag", "Dag Example"),
    Person("eli", "Eli Example"),
    Person("frode", "Frode Example"),
    Person("guro", "Guro Example"),
    Person("hakon", "Håkon Example"),
    Person("ingrid", "Ingrid Example"),
    Person("jonas", "Jonas Example"),
)


def ensure_people() -> dict[str, User]:
    """The demo people by name, with verified addresses; made where they are missing."""
    roles.ensure_roles()
    groups = {group.name: group for group in Group.objects.all()}
    password = make_password(PASSWORD)  # once: the hash is slow on purpose
    found = {}
    for person in PEOPLE:
        staff = bool(person.group or person.superuser)
        user, made = User.objects.get_or_create(
            email=person.email,
            defaults={
                "full_name": person.full_name,
                "password": password,
                "is_staff": staff,
                "is_superuser": person.superuser,
            },
        )
        if made:
            EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
            if person.group:
                user.groups.add(groups[person.group])
        found[person.name] = user
    return found
