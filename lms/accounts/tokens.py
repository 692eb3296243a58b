"""The token in an invitation's link."""

from uuid import UUID

from lms.core.tokens import derived_token


def invitation_token(pk: UUID) -> str:
    """The token of an invitation, by the secret this server has now. So it can be mailed later and stored nowhere."""
    return derived_token("invitation", str(pk))
