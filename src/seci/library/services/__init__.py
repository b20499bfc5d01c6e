"""What may be done with documents: written, revised, published, verified, retired, brought in, filed, bound to code."""

from seci.library.services.binding import bind, look_again, unbind
from seci.library.services.concepts import (
    add_concept,
    change_concept,
    place_concept,
    relate_concepts,
    remove_concept,
    tag,
    untag,
)
from seci.library.services.files import LARGEST as LARGEST_FILE
from seci.library.services.files import NO_CONSENT, attach, detach, mime_of
from seci.library.services.following import follow
from seci.library.services.importing import collection, put, put_all, vanish
from seci.library.services.sharing import share, unshare
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
    "LARGEST_FILE",
    "LONGEST_DAYS",
    "NO_CONSENT",
    "VERIFIED_DAYS",
    "add_concept",
    "attach",
    "bind",
    "change_concept",
    "collection",
    "create",
    "detach",
    "file_under",
    "follow",
    "hand_over",
    "look_again",
    "mime_of",
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
    "share",
    "tag",
    "unbind",
    "unshare",
    "untag",
    "vanish",
    "verify",
]
