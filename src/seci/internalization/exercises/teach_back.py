"""Explaining a judgement so that somebody else can judge by it: a reader sees the explanation only, then decides cases.

What the reader gains is what the words carry; the cues that no reader found in them are gaps of the explanation, and
where all explanations lack them, of the artifact.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from seci.internalization.feedback import cues_seen
from seci.internalization.kappa import Kappa, kappa
from seci.kit.errors import BadInput

CASES = 8
SHORTEST, LONGEST = 80, 4000
# Of a reader: what the words have to carry for "understood". A proposal.
ENOUGH = 0.4


@dataclass(frozen=True, slots=True)
class Read:
    """One case as a reader judged it from the explanation; `before` is their verdict without it, None: not asked."""

    case: int
    verdict: str
    key: str
    before: str | None = None


@dataclass(frozen=True, slots=True)
class Taught:
    """What an explanation carried.

    after, before  agreement of the reader with the key, beyond chance; before None: they did not judge beforehand
    gain           kappa after minus before; None where either is not known
    named, missing cues of the judgement that the explanation names, and does not
    confused       (key, verdict, how often): which verdicts were taken for which, most often first
    """

    n: int
    after: Kappa | None
    before: Kappa | None
    gain: float | None
    named: tuple[str, ...]
    missing: tuple[str, ...]
    confused: tuple[tuple[str, str, int], ...]

    @property
    def is_understood(self) -> bool:
        """All cases were judged, and the reader agrees with the key by enough. Not a bound: eight cases are few."""
        reached = self.after.kappa if self.after else None
        return self.n >= CASES and reached is not None and reached >= ENOUGH and (self.gain is None or self.gain > 0)


def explained(words: str) -> str:
    """An explanation fit to be read by somebody who has nothing else. Raises BadInput for one too short or too long."""
    tidy = words.strip()
    if not SHORTEST <= len(tidy) <= LONGEST:
        raise BadInput(
            f"An explanation has {SHORTEST} to {LONGEST} characters, this one {len(tidy)}: say what you look at, "
            "what decides, and when it is different."
        )
    return tidy


def taught(read: Sequence[Read], explanation: str, cues: Sequence[str]) -> Taught:
    """What an explanation carried to one reader. Raises BadInput for a case judged twice."""
    if len({one.case for one in read}) < len(read):
        raise BadInput("A reader judges each case once.")
    key = [one.key for one in read]
    after = kappa([one.verdict for one in read], key)
    told = [one for one in read if one.before is not None]
    before = kappa([one.before or "" for one in told], [one.key for one in told]) if len(told) == len(read) else None
    known = after is not None and before is not None and after.kappa is not None and before.kappa is not None
    named, missing = cues_seen(explanation, cues)
    wrong = Counter((one.key, one.verdict) for one in read if one.key != one.verdict)
    return Taught(
        n=len(read),
        after=after,
        before=before,
        gain=after.kappa - before.kappa if known else None,  # type: ignore[union-attr, operator]
        named=named,
        missing=missing,
        confused=tuple((right, said, count) for (right, said), count in wrong.most_common()),
    )


def spread(cases: Sequence[tuple[int, str]], count: int = CASES) -> list[int]:
    """Up to `count` of (case, key), each key by turns, so that no single answer is right by habit."""
    by_key: dict[str, list[int]] = {}
    for case, key in cases:
        by_key.setdefault(key, []).append(case)
    picked: list[int] = []
    for turn in range(count):
        picked += [ids[turn] for ids in by_key.values() if turn < len(ids)]
    return picked[:count]
