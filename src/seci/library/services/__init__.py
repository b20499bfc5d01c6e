"""What may be done with documents: written, revised, published, verified, retired, brought in, filed, bound to code."""

from seci.library.services.importing import collection, put, put_all, vanish
from seci.library.services.states import (
    LONGEST_DAYS,
    VERIFIED_DAYS,
    file_under,
    hand_over,
    publish,
    restore,
    retire,
    verify,
)
from seci.library.services.writing import create, revert, revise

__all__ = [
    "LONGEST_DAYS",
    "VERIFIED_DAYS",
    "collection",
    "create",
    "file_under",
    "hand_over",
    "publish",
    "put",
    "put_all",
    "restore",
    "retire",
    "revert",
    "revise",
    "vanish",
    "verify",
]
