"""Who signs in and how is allauth's; the person every page asks for is read by plain SQL."""

from allauth.account.auth_backends import AuthenticationBackend

from lms.accounts.models import User
from lms.core.rows import columns, instances

PERSON = f"SELECT {columns(User, 'u')} FROM {User._meta.db_table} u WHERE u.id = %s"  # noqa: S608 - our own table


class PersonBackend(AuthenticationBackend):
    """Signing in by e-mail, and permissions as Django keeps them."""

    def get_user(self, user_id: int) -> User | None:
        """The person with this id who may still sign in. One statement."""
        for (user,) in instances(PERSON, [user_id], User):
            return user if self.user_can_authenticate(user) else None
        return None
