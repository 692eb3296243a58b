"""The sweep that issues what is owed."""

import logging

from certificates import actions, selectors
from courses.actions import settle_completions

logger = logging.getLogger(__name__)


def issue_owed_certificates() -> None:
    """Issue whatever is owed. A late, repeated or killed run only finishes the work."""
    settle_completions()
    failed = []
    for enrolment in selectors.enrolments_owed_a_certificate():
        try:
            actions.issue(enrolment)  # unique key inside; owes the mail in the same transaction
        except Exception:
            logger.exception("certificate not issued: enrolment=%s", enrolment.pk)
            failed.append(enrolment.pk)
    if failed:
        raise RuntimeError(f"not issued for enrolments {failed}")
