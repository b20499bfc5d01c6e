"""The rules for kinds and modes against labels by hand (R001)."""

from __future__ import annotations

import csv

from benchmarks.modes import LABELS, by_rule, labeled_rows, measure
from seci.ledger.kinds import Kind, Mode


def test_there_are_at_least_two_hundred_labels_each_with_the_mode_of_its_kind() -> None:
    with LABELS.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) >= 200
    assert len({(row["commit"], row["area"], row["role"]) for row in rows}) == len(rows)
    for row in rows:
        mode = Kind[row["kind"].upper()].mode
        assert mode is not None
        assert mode.letter == row["mode"]


def test_every_label_and_every_answer_has_exactly_one_mode() -> None:
    for row in labeled_rows():
        assert row.mode in Mode
        assert by_rule(row).mode in Mode


def test_the_rules_beat_both_baselines_by_more_than_chance() -> None:
    result = measure()
    low, _ = result["rule"]["macro_f1_80"]
    for baseline in result["baselines"].values():
        assert low > baseline["macro_f1_80"][1]
    assert result["rule"]["macro_f1"] >= 0.75
