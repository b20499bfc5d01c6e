"""How good predictions of success were: discrimination, log loss, calibration."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

BINS = 10


@dataclass(frozen=True, slots=True)
class Scores:
    """auc is None when all verdicts are alike; calibration is the expected calibration error over ten equal bins."""

    n: int
    auc: float | None
    log_loss: float
    calibration: float


def scores(correct: npt.NDArray[np.int64], predicted: npt.NDArray[np.float64]) -> Scores:
    from sklearn.metrics import log_loss, roc_auc_score

    alike = correct.min() == correct.max()
    return Scores(
        n=len(correct),
        auc=None if alike else float(roc_auc_score(correct, predicted)),
        log_loss=float(log_loss(correct, np.clip(predicted, 1e-6, 1 - 1e-6), labels=[0, 1])),
        calibration=calibration_error(correct, predicted),
    )


def calibration_error(correct: npt.NDArray[np.int64], predicted: npt.NDArray[np.float64]) -> float:
    """Expected calibration error (Naeini et al. 2015): mean gap of predicted and observed shares, by bins of .1."""
    place = np.minimum((predicted * BINS).astype(int), BINS - 1)
    count = np.bincount(place, minlength=BINS)
    gap = np.abs(np.bincount(place, predicted, BINS) - np.bincount(place, correct, BINS))
    return float(gap[count > 0].sum() / len(correct))
