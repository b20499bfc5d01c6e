"""The one source of randomness and of public identifiers."""

from __future__ import annotations

import hashlib
import random
import secrets
import uuid


def new_id() -> uuid.UUID:
    """A random identifier that says nothing about what it names."""
    return uuid.UUID(bytes=secrets.token_bytes(16), version=4)


def new_secret() -> str:
    """A secret for a link or a token: 256 bits, URL-safe. Store `fingerprint(secret)`, never the secret."""
    return secrets.token_urlsafe(32)


def fingerprint(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


# What `seeded` gives, for those who take it as an argument.
Draw = random.Random


def seeded(*parts: object) -> Draw:
    """A random source that gives the same draws for the same parts on every machine."""
    digest = hashlib.blake2b(repr(parts).encode(), digest_size=8).digest()
    return random.Random(int.from_bytes(digest, "big"))
