"""Tokens: unguessable, fit for an address, kept as a digest only."""

import re

from lms.core.tokens import digest, new_token


def test_a_token_is_long_random_and_fit_for_an_address() -> None:
    tokens = {new_token() for _ in range(200)}
    assert len(tokens) == 200
    assert all(re.fullmatch(r"[\w-]{43}", token) for token in tokens)


def test_the_digest_is_sha_256() -> None:
    assert digest("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert digest("åb") != digest("ab")
