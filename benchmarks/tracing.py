"""`python -m benchmarks.tracing [DIR...]`: predicting the next answer of learners never seen.

A DIR holds `preprocessed_data_train.csv` and `preprocessed_data_test.csv` with the columns user_id, item_id,
skill_id, timestamp, correct (or user, item, skill, ...), separated by tabs or commas; the test learners are others
than those of training. Without a DIR a planted log is made. Baselines stand beside: the mean, skill means, item
means, Elo.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

from seci.internalization.tracing import combined
from seci.internalization.tracing.attempts import Attempts, attempts
from seci.internalization.tracing.choice import choose, elo_predictions
from seci.internalization.tracing.scores import scores
from seci.kit.errors import BadInput, SeciError

COLUMNS = ("user", "item", "skill", "correct", "timestamp")
PARTS = ("preprocessed_data_train.csv", "preprocessed_data_test.csv")
COLD_START = (5, 20, 100)


def read(path: Path) -> Attempts:
    """A log from a file. Raises BadInput for a file that is not there or lacks a column."""
    if not path.is_file():
        raise BadInput(f"There is no {path.name} in {path.parent}; give a folder that holds {PARTS[0]} and {PARTS[1]}.")
    with path.open(newline="") as file:
        head = file.readline().strip()
        delimiter = "\t" if "\t" in head else ","
        names = [name.strip().removesuffix("_id") for name in head.split(delimiter)]
        missing = [name for name in COLUMNS[:4] if name not in names]
        if missing:
            raise BadInput(f"{path.name} has no column {missing[0]}; it needs {', '.join(COLUMNS)}.")
        rows = list(csv.reader(file, delimiter=delimiter))
    table = {name: [int(float(row[place])) for row in rows] for place, name in enumerate(names) if name in COLUMNS}
    return attempts(*(table[name] for name in COLUMNS[:4]), timestamp=table.get("timestamp"))


def planted(learners: int, first: int) -> Attempts:
    draw, world = np.random.default_rng(first), np.random.default_rng(0)
    difficulty = world.normal(0, 1.5, 60)
    rows = []
    for learner in range(first, first + learners):
        ability, practised = draw.normal(), np.zeros(6)
        for item in draw.integers(0, 60, 60).tolist():
            success = 1 / (1 + np.exp(-(ability + 0.3 * practised[item % 6] - difficulty[item])))
            rows.append((learner, item, item % 6, int(draw.random() < success)))
            practised[item % 6] += 1
    return attempts(*(list(column) for column in zip(*rows, strict=True)))


def baselines(train: Attempts, test: Attempts, items: int, skills: int) -> dict[str, Any]:
    rates = combined.Rates.of(train, items, skills)
    return {
        "mean": np.full(len(test), train.correct.mean()),
        "skill mean": rates.skill[test.skill],
        "item mean": np.where(rates.seen[test.item] > 0, rates.item[test.item], rates.skill[test.skill]),
        "Elo": elo_predictions(train, test),
    }


def measure(name: str, train: Attempts, test: Attempts, quick: bool) -> dict[str, Any]:
    items = int(max(train.item.max(), test.item.max())) + 1
    skills = int(max(train.skill.max(), test.skill.max())) + 1
    began = time.process_time()
    predicted = combined.fit(train, items=items, skills=skills).predict(test)
    seconds = time.process_time() - began
    models = {**baselines(train, test, items, skills), "combined": predicted}
    return {
        "log": name,
        "learners": [len(np.unique(train.user)), len(np.unique(test.user))],
        "attempts": [len(train), len(test)],
        "models": {model: _rounded(test, chance) for model, chance in models.items()},
        "auc_95": bootstrap(test, predicted, 50 if quick else 200),
        "cpu_seconds": round(seconds, 1),
        "cold_start": [cold_start(train, test, items, skills, n, 1 if quick else 5) for n in COLD_START],
    }


def cold_start(train: Attempts, test: Attempts, items: int, skills: int, learners: int, draws: int) -> dict[str, Any]:
    """AUC with so many learners to learn from, of the model that is chosen on them alone; mean over draws."""
    found, chosen = [], []
    for seed in range(draws):
        some = np.random.default_rng(seed).permutation(np.unique(train.user))[:learners]
        known = train.where(np.isin(train.user, some))
        choice = choose(known, items=items, skills=skills).chosen
        chosen.append(choice)
        predicted = (
            elo_predictions(known, test)
            if choice == "elo"
            else combined.fit(known, items=items, skills=skills).predict(test)
        )
        found.append(scores(test.correct, predicted).auc or 0.5)
    return {"learners": learners, "auc": round(float(np.mean(found)), 4), "draws": draws, "chosen": sorted(set(chosen))}


def bootstrap(test: Attempts, predicted: Any, draws: int) -> list[float]:
    """95 % interval of the AUC over learners."""
    places = [np.flatnonzero(test.user == learner) for learner in np.unique(test.user)]
    draw, found = np.random.default_rng(0), []
    for _ in range(draws):
        rows = np.concatenate([places[place] for place in draw.integers(0, len(places), len(places))])
        found.append(scores(test.correct[rows], predicted[rows]).auc or 0.5)
    return [round(float(edge), 4) for edge in np.quantile(found, [0.025, 0.975])]


def _rounded(test: Attempts, chance: Any) -> dict[str, Any]:
    found = scores(test.correct, chance)
    return {
        "auc": None if found.auc is None else round(found.auc, 4),
        "log_loss": round(found.log_loss, 4),
        "calibration": round(found.calibration, 4),
    }


def table(result: dict[str, Any]) -> str:
    lines = [f"{result['log']}: {result['attempts'][1]:,} attempts of {result['learners'][1]} unseen learners"]
    lines += [
        f"  {model:12} AUC {row['auc'] or float('nan'):.4f}  log loss {row['log_loss']:.4f}  "
        f"calibration {row['calibration']:.4f}"
        for model, row in result["models"].items()
    ]
    low, high = result["auc_95"]
    lines.append(f"  combined: 95 % {low:.4f} to {high:.4f} over learners; {result['cpu_seconds']} CPU-s")
    lines += [
        f"  {each['learners']:3} learners to learn from: AUC {each['auc']:.4f} ({', '.join(each['chosen'])})"
        for each in result["cold_start"]
    ]
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.tracing", description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="*", type=Path, metavar="DIR")
    parser.add_argument("--quick", action="store_true", help="one draw for each cold start instead of five")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    try:
        logs = [(folder.name, *(read(folder / part) for part in PARTS)) for folder in given.folders]
    except SeciError as error:
        sys.stderr.write(f"{error.sentence}\n")
        return error.exit_code
    results = []
    for name, train, test in logs or [("planted", planted(100, 0), planted(60, 1_000))]:
        results.append(measure(name, train, test, given.quick))
        if not given.json:
            print(table(results[-1]), flush=True)
    if given.json:
        print(json.dumps(results))
    return 0


if __name__ == "__main__":
    sys.exit(main())
