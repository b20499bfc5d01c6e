"""One search over the names of the house. Rooms say what can be found; this room says how well it fits.

search.register(search.Shelf("asset", least="guest", entries=...))
search.find(actor, "scan eng", limit=12)
"""

from __future__ import annotations

from seci.search.matching import fitness, fold
from seci.search.shelf import Entry, Hit, Seeker, Shelf, find, register

__all__ = ["Entry", "Hit", "Seeker", "Shelf", "find", "fitness", "fold", "register"]
