"""What may be done with documents: written, revised, published, verified, retired, brought in, filed, bound to code."""

from seci.library.services.concepts import (
    add_concept,
    change_concept,
    place_concept,
    relate_concepts,
    remove_concept,
    tag,
    untag,
)
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
    "add_concept",
    "change_concept",
    "collection",
    "create",
    "file_under",
    "hand_over",
    "place_concept",
    "publish",
    "put",
    "put_all",
    "relate_concepts",
    "remove_concept",
    "restore",
    "retire",
    "revert",
    "revise",
    "tag",
    "untag",
    "vanish",
    "verify",
]
