"""Pages of the readiness assessment."""
