"""The form that names who comes: colleagues with an account by a tick, others by name and address."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4, uuid5

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.accounts.fields import OneLineField
from lms.accounts.models import User
from lms.events.actions import Refused
from lms.events.selectors import Candidate, Desk

ROWS = 5
"""How many colleagues without an account one form takes."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Somebody to register. `key` names them in the second step: `u` and a person's id, or `c` and a row."""

    key: str
    name: str
    email: str
    user: User | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A colleague with an account, as the form shows them."""

    candidate: Candidate
    ticked: bool


class PeopleForm(forms.Form):
    """Who comes. `chosen` has them once the form is valid; `person` are ids, and those of nobody here are not there."""

    together = forms.BooleanField(
        required=False,
        label=gettext_lazy("All together or not at all"),
        help_text=gettext_lazy("If there are too few places for all of you, you wait together, in one turn."),
    )
    invoice_reference = OneLineField(
        required=False,
        max_length=100,
        label=gettext_lazy("Invoice reference"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, desk: Desk, *, user: User, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.desk, self.user, self.sent = desk, user, data if data is not None else QueryDict()
        self.chosen: list[Chosen] = []
        for row in range(1, ROWS + 1):
            self.fields[f"name_{row}"] = OneLineField(
                required=False,
                max_length=150,
                label=_("Name"),
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )
            self.fields[f"email_{row}"] = forms.EmailField(
                required=False,
                label=_("E-mail"),
                widget=forms.EmailInput(attrs={"autocomplete": "off"}),
            )
        if not desk.price.amount:
            del self.fields["invoice_reference"]
        if desk.event.capacity is None or desk.company is None:
            del self.fields["together"]

    @property
    def ids(self) -> set[int]:
        """The ids that were sent, of whomever they are."""
        return {int(one) for one in self.sent.getlist("person") if one.isascii() and one.isdigit() and len(one) < 19}

    @property
    def lines(self) -> list[Line]:
        """The people of the company. At first the visitor is ticked, where there is a place left for them."""
        if self.is_bound:
            return [Line(one, one.user.pk in self.ids) for one in self.desk.candidates]
        first = self.user.pk if self.desk.company_left != 0 else None
        return [Line(one, one.user.pk == first and not one.state) for one in self.desk.candidates]

    @property
    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Rows for colleagues without an account: as many as the company has places, and every one that was filled."""
        if self.desk.company is None:
            return []
        left = self.desk.company_left
        shown = ROWS if left is None else min(ROWS, left)
        pairs = [(self[f"name_{row}"], self[f"email_{row}"]) for row in range(1, ROWS + 1)]
        return [pair for at, pair in enumerate(pairs) if at < shown or any(field.value() for field in pair)]

    @property
    def has_rows_filled(self) -> bool:
        return any(field.value() for pair in self.rows for field in pair)

    @property
    def token(self) -> UUID:
        """What makes sending the same people twice one order: the form's own token and who they are."""
        try:
            sent = UUID(self.sent.get("token", ""))
        except ValueError:
            sent = uuid4()
        people = " ".join(sorted(one.email for one in self.chosen))
        return uuid5(sent, f"{self.desk.event.pk} {people}")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        by_email = {one.user.email: one.user for one in self.desk.candidates}
        ids = self.ids
        for one in self.desk.candidates:
            if one.user.pk in ids:
                self.chosen.append(Chosen(f"u{one.user.pk}", str(one.user), one.user.email, one.user))
        for row in range(1, ROWS + 1) if self.desk.company else ():
            if found := self._row(row, cleaned, by_email):
                self.chosen.append(found)
        return cleaned

    def _row(self, row: int, cleaned: Mapping[str, Any], by_email: Mapping[str, User]) -> Chosen | None:
        """A colleague without an account; or with one, whom somebody typed by their address."""
        name, email = cleaned.get(f"name_{row}"), cleaned.get(f"email_{row}")
        if name is None or email is None or not (name or email):
            return None
        if not name:
            self.add_error(f"name_{row}", _("Type the name too: it goes on the list."))
        if not email:
            self.add_error(f"email_{row}", _("Type the e-mail too: it tells people apart."))
        email = email.lower()
        return Chosen(f"c{row}", name, email, by_email.get(email))

    def refuse(self, refusal: Refused) -> None:
        """Put the words of a refusal where they belong: at the person, or above all."""
        _people, _dash, index = refusal.field.partition("person-")
        if not index:
            self.add_error(None, refusal.sentence)
            return
        one = self.chosen[int(index)]
        self.add_error(f"email_{one.key[1:]}" if one.key.startswith("c") else None, refusal.sentence)
