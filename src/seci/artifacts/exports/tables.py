"""The rules of an artifact as CSV for a spreadsheet: one line per leaf, item, step or blank, in words."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from seci.artifacts.bodies import Body, Matrix, Tree
from seci.artifacts.evidence import Evidence
from seci.artifacts.regions import rules
from seci.artifacts.walk import nodes
from seci.artifacts.words import by_key, number_words

FORMULA = "=+-@\t\r"


def rules_csv(body: Body) -> str:
    """The rules with what each rests on. Of a matrix the options by the points they reach."""
    if isinstance(body, Tree):
        return _write(["id", "when", "then", "because", "claims", "cases for", "cases against"], _tree_rows(body))
    if isinstance(body, Matrix):
        return _matrix(body)
    rows = [[node.id, node.words, *(" ".join(ids) for ids in _cited(node.evidence))] for node in nodes(body)]
    return _write(["id", "what it says", "claims", "cases for", "cases against"], rows)


def _tree_rows(tree: Tree) -> list[list[str]]:
    named = by_key(tree.attributes)
    evidence = {node.id: node.evidence for node in nodes(tree)}
    return [
        [
            rule.id,
            rule.region.words(named),
            rule.outcome,
            rule.because,
            *(" ".join(ids) for ids in _cited(evidence[rule.id])),
        ]
        for rule in rules(tree)
        if not rule.region.empty
    ]


def _cited(evidence: Evidence) -> tuple[tuple[str, ...], ...]:
    return evidence.claims, evidence.cases_for, evidence.cases_against


def _matrix(matrix: Matrix) -> str:
    head = ["option", *(f"{one.name} (weight {number_words(one.weight)})" for one in matrix.criteria)]
    rows = []
    for option in matrix.options:
        reached = {score.criterion: score.level for score in option.scores}
        rows.append([option.name, *(reached.get(one.id, "") for one in matrix.criteria)])
    return _write(head, rows)


def _write(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(head)
    writer.writerows([_plain(cell) for cell in row] for row in rows)
    return out.getvalue()


def _plain(text: str) -> str:
    """Without a formula in the first letter (OWASP, CSV injection)."""
    return f"'{text}" if text and text[0] in FORMULA else text
