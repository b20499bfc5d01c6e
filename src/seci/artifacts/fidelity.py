"""How faithful an artifact is: its answers against the expert's own, on cases it has not seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from seci.kit.errors import BadInput

Label = Literal["draft", "working", "tested", "strong"]
LABELS: tuple[Label, ...] = ("draft", "working", "tested", "strong")


@dataclass(frozen=True, slots=True)
class Fidelity:
    """Agreement on blind audits. None is unknown.

    n            audits: cases drawn at random, judged before the artifact's answer was shown
    agree        of them, how often the artifact said the same
    lower95      one-sided 95 % lower bound of the share
    kappa        Cohen's kappa on the audits
    repeats      cases shown twice
    consistency  share of the repeats on which the expert said the same again: the ceiling of any artifact
    stability    share of the pool whose answer changed with the last answers
    label        draft (< 10 audits), working, tested, strong
    """

    n: int
    agree: int
    lower95: float | None = None
    kappa: float | None = None
    repeats: int = 0
    consistency: float | None = None
    stability: float | None = None
    label: Label = "draft"

    def __post_init__(self) -> None:
        if not 0 <= self.agree <= self.n:
            raise BadInput(f"An artifact cannot agree on {self.agree} of {self.n} cases.")
        if self.label not in LABELS:
            raise BadInput(f"{self.label} is no label of fidelity; choose one of {', '.join(LABELS)}.")

    @property
    def share(self) -> float | None:
        return self.agree / self.n if self.n else None

    def to_data(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_data(cls, data: Mapping[str, Any] | None) -> Fidelity | None:
        """As it was stored; what a later version added is left out."""
        if data is None:
            return None
        return cls(**{name: value for name, value in data.items() if name in cls.__slots__})
