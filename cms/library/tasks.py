"""The library's recurring job (lms/schedules.py). It may run twice, late, or at the same time as itself."""

import logging

from cms.library import actions, selectors

logger = logging.getLogger(__name__)
AT_ONCE = 10
"""Each may take twenty seconds: together they stay below what a task may take."""


def make_previews() -> None:
    """Make the previews that are wanting, a few in each run; the next run goes on."""
    failed = []
    for document in selectors.without_preview()[:AT_ONCE]:
        try:
            actions.make_preview(document)
        except Exception:
            logger.exception("preview not made: document=%s", document.pk)
            failed.append(document.pk)
    if failed:
        raise RuntimeError(f"no preview made of documents {failed}")
