"""Pages that present an event: found by their event, and never older than it."""
