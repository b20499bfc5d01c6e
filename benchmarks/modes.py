"""Kind and mode of a commit in an area, by rule, against labels by hand.

    python -m benchmarks.modes [--json] [--quick]

The labels are in benchmarks/data/modes.csv; benchmarks/data/modes.md says how they were made. Baselines of the
same run: always the most frequent mode; the mode that the role alone suggests.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from seci.kit.ids import seeded
from seci.ledger.kinds import Kind, Mode
from seci.sources.git.classify import kind_of
from seci.sources.git.codes import Nature, Role, Status
from seci.sources.git.natures import Natures

LABELS = Path(__file__).parent / "data" / "modes.csv"
STATUSES = {"A": Status.ADDED, "M": Status.MODIFIED, "D": Status.DELETED, "R": Status.RENAMED, "T": Status.MODIFIED}
RESAMPLES = 2000


@dataclass(frozen=True)
class Row:
    role: Role
    touches: tuple[tuple[Nature, Status], ...]
    kind: Kind

    @property
    def mode(self) -> Mode:
        assert self.kind.mode is not None
        return self.kind.mode


def labeled_rows() -> list[Row]:
    natures = Natures()
    with LABELS.open(newline="") as file:
        return [
            Row(
                role=Role[row["role"].upper()],
                touches=tuple(
                    (natures.of(path.encode()), Status.MOVED if letter == "R100" else STATUSES[letter[0]])
                    for letter, _, path in (entry.partition(" ") for entry in row["files"].split("|"))
                ),
                kind=Kind[row["kind"].upper()],
            )
            for row in csv.DictReader(file)
        ]


def by_rule(row: Row) -> Kind:
    return kind_of(row.role, row.touches)


def by_role(row: Row) -> Kind:
    return kind_of(row.role, [(Nature.CODE, Status.MODIFIED)])


def f1(pairs: Sequence[tuple[Mode, Mode]], mode: Mode) -> float:
    hits = sum(said is mode and true is mode for said, true in pairs)
    either = sum(said is mode for said, _ in pairs) + sum(true is mode for _, true in pairs)
    return 2 * hits / either if either else 0.0


def macro_f1(pairs: Sequence[tuple[Mode, Mode]]) -> float:
    return sum(f1(pairs, mode) for mode in Mode) / len(Mode)


def interval(pairs: Sequence[tuple[Mode, Mode]], draws: random.Random) -> tuple[float, float]:
    """80 % bootstrap range of macro-F1 over the rows."""
    values = sorted(macro_f1(draws.choices(pairs, k=len(pairs))) for _ in range(RESAMPLES))
    return values[RESAMPLES // 10], values[-RESAMPLES // 10]


def judged(rows: Sequence[Row], classify: Callable[[Row], Kind]) -> dict[str, Any]:
    said = [classify(row) for row in rows]
    pairs = [(kind.mode, row.mode) for kind, row in zip(said, rows, strict=True) if kind.mode is not None]
    low, high = interval(pairs, seeded("modes"))
    return {
        "macro_f1": round(macro_f1(pairs), 3),
        "macro_f1_80": [round(low, 3), round(high, 3)],
        "f1": {mode.letter: round(f1(pairs, mode), 3) for mode in Mode},
        "mode_accuracy": round(sum(one is other for one, other in pairs) / len(pairs), 3),
        "kind_accuracy": round(sum(kind is row.kind for kind, row in zip(said, rows, strict=True)) / len(rows), 3),
    }


def measure() -> dict[str, Any]:
    rows = labeled_rows()
    most = Counter(row.kind for row in rows).most_common(1)[0][0]
    confusion = Counter((row.mode.letter, mode.letter) for row in rows if (mode := by_rule(row).mode) is not None)
    return {
        "rows": len(rows),
        "of": Counter(row.mode.letter for row in rows),
        "rule": judged(rows, by_rule),
        "baselines": {"most frequent": judged(rows, lambda _: most), "role alone": judged(rows, by_role)},
        "labeled_said": {f"{labeled}{said}": count for (labeled, said), count in sorted(confusion.items())},
    }


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.modes", description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    parser.add_argument("--quick", action="store_true", help="the same: it takes a few seconds anyway")
    result = measure()
    if parser.parse_args().json:
        print(json.dumps(result, indent=2))
        return
    for name, figures in [("by rule", result["rule"]), *result["baselines"].items()]:
        low, high = figures["macro_f1_80"]
        print(f"{name:<14} macro-F1 {figures['macro_f1']:.3f} ({low:.3f} to {high:.3f})  {figures['f1']}")
    print(f"n = {result['rows']} rows: {dict(result['of'])}; labeled → said: {result['labeled_said']}")


if __name__ == "__main__":
    main()
