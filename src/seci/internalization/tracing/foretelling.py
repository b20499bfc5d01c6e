"""What a fitted model expects of one learner on cases they have not met."""

from __future__ import annotations

import numpy as np

from seci.internalization.tracing.attempts import Attempts, Ints
from seci.internalization.tracing.combined import Combined
from seci.internalization.tracing.elo import Learner, logit, probability
from seci.internalization.tracing.features import Floats, Past


def chances(model: Combined, past: Attempts, item: Ints, skill: Ints) -> Floats:
    """Probability of success on each of these items if it came next, shape (items,).

    past  all attempts of one learner, in their order; nothing of it is changed by asking
    """
    learner, known = Learner(), Past()
    for _, done, trained, correct in past.rows():
        elo = logit(learner, model.known.elo, done, trained)
        learner.move(trained, correct - probability(elo))
        known.add(done, trained, correct, elo)
    rows = [
        known.row(one, trained, logit(learner, model.known.elo, one, trained))
        for one, trained in zip(item.tolist(), skill.tolist(), strict=True)
    ]
    asked = Attempts(np.zeros_like(item), item, skill, np.zeros_like(item))
    return model.voices(asked, np.column_stack([np.array(rows, dtype=np.float64), model.known.rates.columns(asked)]))
