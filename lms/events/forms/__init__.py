"""What organisers fill in."""

from lms.events.forms.arranged import Arranged
from lms.events.forms.deciding import CancelForm, MoveForm
from lms.events.forms.notes import ActionItemForm, NewNoteForm

__all__ = ["ActionItemForm", "Arranged", "CancelForm", "MoveForm", "NewNoteForm"]
