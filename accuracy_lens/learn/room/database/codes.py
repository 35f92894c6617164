"""The code of a room, the secret of a teacher, the token of a voter: random; kept as digests."""

from __future__ import annotations

import hashlib
import secrets

LETTERS = "ABCDEFGHJKMNPRTUWXYZ"
"""Without those that are taken for one another or for a digit."""
LENGTH = 6


def new_code() -> str:
    """A code that is read from a projector and typed on a phone.

    Examples
    --------
    >>> code = new_code()
    >>> len(code), set(code) <= set(LETTERS)
    (6, True)
    """
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def typed_code(text: str) -> str:
    """A code as it was typed: in any case, with spaces or hyphens; empty where it is none.

    Examples
    --------
    >>> typed_code(" abc-def "), typed_code("ABCDE"), typed_code("ABCDE1")
    ('ABCDEF', '', '')
    """
    code = "".join(letter for letter in text[:40].upper() if letter not in " -")
    return code if len(code) == LENGTH and set(code) <= set(LETTERS) else ""


def new_token() -> str:
    """A secret that nobody guesses: 24 random bytes."""
    return secrets.token_urlsafe(24)


def digest(code: str, token: str) -> str:
    """What the store keeps of a secret or a voter: nobody gets the token back from it.

    The same voter has another digest in another room.

    Examples
    --------
    >>> digest("ABCDEF", "token") == digest("ABCDEG", "token"), len(digest("ABCDEF", "token"))
    (False, 32)
    """
    return hashlib.sha256(f"{code}:{token}".encode()).hexdigest()[:32]
