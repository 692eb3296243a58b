"""Topics and lists of everything under them, with filters."""
