"""The kinds of message there are. Higher apps register theirs from `AppConfig.ready()`; here is a protocol only."""

from typing import TYPE_CHECKING, Protocol

from lms.core.letters import Mail

if TYPE_CHECKING:
    from lms.notifications.models import Message

__all__ = ["Kind", "Mail", "kind_named", "register"]


class Kind(Protocol):
    """One kind of message, e.g. `certificates.issued`."""

    @property
    def name(self) -> str:
        """`<app>.<what happened>`, at most 60 characters; stored with every message, so it never changes."""

    def compose(self, message: "Message") -> Mail | None:
        """The text for `message.recipient`, in the active language and time zone; None when it no longer applies.

        Called at send time and possibly more than once; changes nothing.
        """


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind known. Registering the same name again replaces it."""
    _kinds[kind.name] = kind


def kind_named(name: str) -> Kind:
    """The kind; LookupError for a name nobody registered."""
    try:
        return _kinds[name]
    except KeyError:
        raise LookupError(f"no kind of message is registered as {name!r}") from None
