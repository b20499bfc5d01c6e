"""What may be said about assets: their names, their bounds, their state, and who knows them."""

from seci.assets.services.bounds import Split, accept, dismiss, merge, split, undo_merge
from seci.assets.services.holders import correct, lift, nominate, withdraw
from seci.assets.services.states import describe, keep, rename, restore, retire

__all__ = [
    "Split",
    "accept",
    "correct",
    "describe",
    "dismiss",
    "keep",
    "lift",
    "merge",
    "nominate",
    "rename",
    "restore",
    "retire",
    "split",
    "undo_merge",
    "withdraw",
]
