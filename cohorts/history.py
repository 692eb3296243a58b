"""A company's moves, read back from the log in words."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry

from cohorts.rules import Missing, Stage


@dataclass(frozen=True, slots=True)
class Move:
    """One move: when, by whom (empty: by nobody in particular), from where to where, and why all the same."""

    at: datetime
    who: str
    before: str
    to: str
    reason: str = ""
    missing: tuple[str, ...] = ()

    @classmethod
    def from_log(cls, entry: ModelLogEntry) -> "Move":
        """From a `cohorts.move` entry. A name that no longer exists among the stages is shown as it is stored."""
        return cls(
            at=entry.timestamp,
            who=str(entry.user_display_name) if entry.user_id else "",
            before=_label(entry.data.get("from", "")),
            to=_label(entry.data.get("to", "")),
            reason=entry.data.get("reason", ""),
            missing=tuple(_sentence(name) for name in entry.data.get("missing", [])),
        )

    @property
    def sentence(self) -> str:
        return _("Moved from “%(before)s” to “%(to)s”") % {"before": self.before, "to": self.to}


def _label(stage: str) -> str:
    return str(Stage(stage).label) if stage in Stage.values else stage


def _sentence(missing: str) -> str:
    return str(Missing(missing).label) if missing in Missing.values else missing
