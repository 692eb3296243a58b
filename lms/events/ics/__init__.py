"""Events as calendars read them: iCalendar (RFC 5545, RFC 5546, RFC 7986), one VEVENT for each session."""

from lms.events.ics.entries import Entry, Standing, entries_of
from lms.events.ics.writing import calendar_file, version_of

__all__ = ["Entry", "Standing", "calendar_file", "entries_of", "version_of"]
