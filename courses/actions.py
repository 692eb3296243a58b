"""Writes: enrol."""


def settle_completions() -> None:
    return None
