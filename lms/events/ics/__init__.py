"""Events as calendars read them: iCalendar (RFC 5545, RFC 5546, RFC 7986), one VEVENT for each session."""

from lms.events.ics.entries import Entry, Standing, entries_of
from lms.events.ics.links import Links, feed_address, links_to, ways_in
from lms.events.ics.writing import CONTENT_TYPE, calendar_file, version_of

__all__ = [
    "CONTENT_TYPE",
    "Entry",
    "Links",
    "Standing",
    "calendar_file",
    "entries_of",
    "feed_address",
    "links_to",
    "version_of",
    "ways_in",
]
