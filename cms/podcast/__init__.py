"""Masterclasses as a podcast: the public feed, one per topic, and one per person."""
