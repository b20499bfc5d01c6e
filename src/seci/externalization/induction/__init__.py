"""Learning from judged cases, and choosing the case to ask next.

`induce` makes a decision tree or a scorecard of verdicts, `choose` says which case would tell most. Both are pure:
the same verdicts, prior and seed give the same result. No case is sure: experts slip, and the model counts on it.
"""

from __future__ import annotations

from seci.externalization.induction.choosing import Choice, Plan, choose
from seci.externalization.induction.exceptions import tells_apart
from seci.externalization.induction.induced import Induced, induce
from seci.externalization.induction.prior import Prior, Told

__all__ = ["Choice", "Induced", "Plan", "Prior", "Told", "choose", "induce", "tells_apart"]
