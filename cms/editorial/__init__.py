"""The editors' work: moderation by topic, content checks, the dashboard."""
