"""What operators do for who has lost their second step."""

from allauth.mfa.models import Authenticator
from django.db import transaction
from wagtail.log_actions import log

from lms.accounts.models import User
from lms.accounts.privacy.actions import end_other_sessions


@transaction.atomic
def reset(user: User) -> bool:
    """Take away the app, the passkeys and the recovery codes, and sign the person out everywhere. Logged.

    False, and nothing is changed, where there is none of them.
    """
    User.objects.select_for_update().get(pk=user.pk)
    if not Authenticator.objects.filter(user=user).delete()[0]:
        return False
    end_other_sessions(user, keep=None)
    log(user, "accounts.reset_second_step", user=None)
    return True
