"""Webinars: the page before, and the recording afterwards."""
