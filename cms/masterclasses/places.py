"""What the player sends."""

from datetime import UTC, datetime

from django import forms

LAST = datetime(9999, 1, 1, tzinfo=UTC).timestamp() * 1000


class PlaceForm(forms.Form):
    """Where a listener is: seconds from the beginning, whether it came to the end, and when that was."""

    position = forms.FloatField(min_value=0)
    ended = forms.BooleanField(required=False)
    at = forms.FloatField(min_value=0, max_value=LAST, required=False)
    """Milliseconds since 1970 by our own clock: the player knows how far its machine's is off."""

    def clean_at(self) -> datetime | None:
        at = self.cleaned_data["at"]
        return datetime.fromtimestamp(at / 1000, UTC) if at else None
