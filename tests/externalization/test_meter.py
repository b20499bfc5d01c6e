"""Convergence as it is shown."""

from __future__ import annotations

from seci.artifacts.contribution import Contribution
from seci.artifacts.fidelity import Fidelity
from seci.externalization.measuring.restatement import Restatement
from seci.externalization.showing.meter import converging, meter, said_by


def test_without_blind_cases_there_are_words_instead_of_numbers() -> None:
    for shown in (meter(None, 0), meter(Fidelity(0, 0), 2)):
        assert shown.label == "draft"
        assert "Not enough data" in shown.none
        assert not shown.cells


def test_every_number_stands_with_what_it_rests_on() -> None:
    shown = meter(Fidelity(20, 18, lower95=0.72, repeats=5, consistency=1.0, stability=0.03, label="tested"), 2)
    assert [(cell.name, cell.value, cell.small) for cell in shown.cells] == [
        ("Label", "tested", ""),
        ("Fidelity", "18 of 20", "≥ .72"),
        ("Stable", "97 %", ""),
        ("With yourself", "5 of 5", ""),
        ("Open", "2", ""),
    ]


def test_what_is_not_known_yet_is_a_word_and_never_a_zero() -> None:
    shown = {cell.name: cell for cell in meter(Fidelity(3, 3), 0).cells}
    assert not shown["Stable"].known
    assert not shown["With yourself"].known
    assert shown["Open"].value == "0"


def test_advice_to_split_the_contributions_and_the_trace_stand_with_the_numbers() -> None:
    said = said_by(Contribution(human=9, partner=3))
    assert said == "12 claims: 9 said by you, 3 read by the partner and confirmed by you."
    trace = converging([Restatement("3", 4, 1.0, False), Restatement("9", 9, 0.25, True)])
    assert trace == "Said back to you 2 times, corrected 1; of what was said, changed: 100%, 25%."
    shown = meter(Fidelity(9, 5), 0, split=True, notes=(said, trace))
    assert "two decisions in one" in shown.offer
    assert shown.notes == (said, trace)
    assert (said_by(Contribution()), converging(())) == ("", "")
