"""What a page that shows a list carries to the next step: signed, so that what is done is what was shown."""

from datetime import timedelta
from typing import Any

from django.core import signing

LASTS = timedelta(hours=1)


def carried(what: Any, purpose: str) -> str:
    """Plain values as one signed text for a hidden field."""
    return signing.dumps(what, salt=f"landfall.list.{purpose}", compress=True)


def arrived(text: str, purpose: str) -> Any:
    """The values again; None where it is not ours, not whole, or older than LASTS."""
    try:
        return signing.loads(text, salt=f"landfall.list.{purpose}", max_age=LASTS)
    except signing.BadSignature:
        return None
