"""Unguessable tokens for links: the person gets the token, the database keeps only its digest."""

import hashlib
import secrets


def new_token() -> str:
    """256 random bits as 43 letters, digits, dashes and underscores: fit for an address."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """SHA-256 of the token as 64 hexadecimal digits: enough, since a token of 256 random bits cannot be guessed at."""
    return hashlib.sha256(token.encode()).hexdigest()
