"""The readiness assessment: where a company stands, topic by topic, and what to do next."""
