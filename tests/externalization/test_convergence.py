"""Convergence: what is measured on blind audits, and what it takes to be offered an end."""

from __future__ import annotations

import pytest

from seci.artifacts.fidelity import Fidelity
from seci.cases.case import Case, Judgement
from seci.externalization.measuring.convergence import converge, kappa, lower_bound, shortfall, stability


def audits(right: int, wrong: int = 0) -> list[Judgement]:
    """The wrong ones first."""
    return [
        Judgement(Case(f"c{n}", {}), "yes" if n % 2 else "no", predicted="yes" if (n % 2 > 0) != (n < wrong) else "no",
                  audit=True)
        for n in range(right + wrong)
    ]  # fmt: skip


STILL = [["yes", "no"] * 50] * 9


@pytest.mark.parametrize(("right", "n", "bound"), [(9, 10, 0.61), (18, 20, 0.72), (20, 20, 0.86), (27, 30, 0.76),
                                                   (29, 30, 0.85), (30, 30, 0.90)])  # fmt: skip
def test_what_a_score_proves(right: int, n: int, bound: float) -> None:
    assert lower_bound(right, n) == pytest.approx(bound, abs=0.006)


def test_nothing_is_known_before_the_first_audit() -> None:
    found = converge([Judgement(Case("c", {}), "yes", predicted="yes")])
    assert (found.fidelity.n, found.fidelity.lower95, found.fidelity.kappa) == (0, None, None)
    assert (found.fidelity.consistency, found.fidelity.stability) == (None, None)
    assert found.fidelity.label == "draft"
    assert not found.may_stop


def test_the_labels_are_earned_one_by_one() -> None:
    assert converge(audits(9), STILL).fidelity.label == "draft"
    assert converge(audits(9, 1), STILL).fidelity.label == "working"
    assert converge(audits(8, 2), STILL).fidelity.label == "draft"
    assert converge(audits(18, 2), STILL).fidelity.label == "tested"
    assert converge(audits(29, 1), STILL).fidelity.label == "strong"


def test_an_artifact_that_still_changes_is_a_draft_however_well_it_answers() -> None:
    restless = [["yes", "no"] * 50, *[["yes", "yes"] * 50] * 8]
    found = converge(audits(30), restless)
    assert found.fidelity.stability == 0.5
    assert found.fidelity.label == "draft"
    assert not found.may_stop


def test_an_end_is_not_offered_while_something_that_matters_is_contested() -> None:
    assert converge(audits(9, 1), STILL).may_stop
    assert not converge(audits(9, 1), STILL, residue=1, contested=1).may_stop


def test_after_eighty_cases_without_an_end_in_sight_a_split_is_advised() -> None:
    assert converge(audits(40, 40), STILL).advise_split is False
    assert converge(list(reversed(audits(40, 40))), STILL).advise_split
    assert not converge(audits(5, 5), STILL).advise_split


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (Fidelity(0, 0), "Blind cases so far: 0. It takes 10"),
        (Fidelity(13, 3), "3 of 13: not enough agreement to call it working"),
        (Fidelity(10, 9, label="working"), ""),
    ],
)
def test_a_draft_says_what_it_lacks(found: Fidelity, said: str) -> None:
    assert said in shortfall(found)
    assert bool(shortfall(found)) == bool(said)


def test_stability_needs_more_answers_than_it_looks_back() -> None:
    assert stability(STILL[:8]) is None
    assert stability(STILL) == 0


def test_repeats_are_compared_with_the_first_verdict() -> None:
    first, second = Case("a", {}), Case("b", {})
    judged = [Judgement(first, "yes"), Judgement(second, "no"), Judgement(first, "yes", repeat_of="a"),
              Judgement(second, "yes", repeat_of="b")]  # fmt: skip
    found = converge(judged).fidelity
    assert (found.repeats, found.consistency) == (2, 0.5)


def test_agreement_by_chance_alone_proves_nothing() -> None:
    alike = [Judgement(Case(f"c{n}", {}), "yes", predicted="yes", audit=True) for n in range(10)]
    assert kappa(alike) is None
    assert kappa(audits(10)) == 1
