"""What this app does by itself."""

from lms.accounts import actions


def forget_unconfirmed() -> None:
    """Delete accounts nobody ever confirmed."""
    actions.forget_unconfirmed()
