from __future__ import annotations

from seci.cycle.transfers import Situation, offers_for
from tests.spiral.making import NOW
from tests.spiral.test_coverage import state, steady


def test_somebody_who_once_mended_a_word_and_works_elsewhere_is_no_learner() -> None:
    once, lately = (1, 2, 20, 0, 1, 1000), (1, 3, 4, 0, 1, 1000)
    house = state([*steady(1, 1, 6), once, lately, *steady(2, 2), *steady(2, 3)])
    situation = Situation(house.holdings, house.presence, house.assets, house.files, house.demand, NOW, partners={})

    assert {offer.learner for offer in offers_for(situation, 0)} == {3, None}


def test_whoever_works_with_the_holder_may_learn_what_they_never_touched() -> None:
    house = state([*steady(1, 1, 6), *steady(2, 2)])
    situation = Situation(
        house.holdings, house.presence, house.assets, house.files, house.demand, NOW, partners={1: {2: 3}}
    )

    assert {offer.learner for offer in offers_for(situation, 0)} == {2, None}
