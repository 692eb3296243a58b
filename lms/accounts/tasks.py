"""What this app does by itself."""

from lms.accounts import actions
from lms.accounts.importing import sending


def forget_unconfirmed() -> None:
    """Delete accounts nobody ever confirmed."""
    actions.forget_unconfirmed()


def send_invitations() -> None:
    """Mail the invitations that wait for it."""
    failed = sending.sweep()
    if failed:
        raise RuntimeError(f"not sent: invitations {failed}")
