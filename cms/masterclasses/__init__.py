"""Masterclasses: what is read from recordings, captions, the player and the place of each listener."""
