"""The calendar of events: what is coming, what has been, month by month."""
