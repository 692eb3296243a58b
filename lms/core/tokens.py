"""Unguessable tokens for links: the person gets the token, the database keeps only its digest."""

import base64
import hashlib
import secrets

from django.utils.crypto import salted_hmac


def new_token() -> str:
    """256 random bits as 43 letters, digits, dashes and underscores: fit for an address."""
    return secrets.token_urlsafe(32)


def derived_token(purpose: str, key: str) -> str:
    """The token of `key`, made from the server's secret whenever it is needed: as long and as unguessable as a new one.

    `purpose` keeps the tokens of one kind of thing from opening another. When SECRET_KEY changes, so do the tokens.
    """
    made = salted_hmac(f"landfall.token.{purpose}", key, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(made).rstrip(b"=").decode()


def digest(token: str) -> str:
    """SHA-256 of the token as 64 hexadecimal digits: enough, since a token of 256 random bits cannot be guessed at."""
    return hashlib.sha256(token.encode()).hexdigest()
