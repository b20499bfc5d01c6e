"""Who can help, as it may be shown: bands instead of scores, order by last contact or by name."""

from __future__ import annotations

from seci.spiral.coverage import HOLDER
from seci.spiral.views import Band

FAMILIAR = 0.2


def band(held: float) -> Band:
    """3 holds it (from half of the asset's scale), 2 familiar (from a fifth), 1 some contact."""
    if held >= HOLDER:
        return 3
    return 2 if held >= FAMILIAR else 1
