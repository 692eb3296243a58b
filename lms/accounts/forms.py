from django import forms


class SignupForm(forms.Form):
    """What we ask beside address and password."""

    def signup(self, request, user):  # type: ignore[no-untyped-def]
        """Called by allauth after the person is saved."""
