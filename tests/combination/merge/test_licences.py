from __future__ import annotations

from itertools import permutations

import pytest

from seci.combination.merge.attribution import attribution
from seci.combination.merge.licences import licence, outcome
from seci.combination.merge.provenance import Citation, Trace
from seci.combination.merge.source import Source, read


def _sources(*licences: str) -> list[Source]:
    return [read(at, f"guide {at}", "Text.", licence=one) for at, one in enumerate(licences, 1)]


@pytest.mark.parametrize(
    ("words", "spdx"),
    [
        ("CC BY 4.0", "CC-BY-4.0"),
        ("cc-by-sa-4.0", "CC-BY-SA-4.0"),
        ("Creative Commons Attribution 3.0 License", "CC-BY-3.0"),
        ("https://creativecommons.org/licenses/by-nc-sa/4.0/", "CC-BY-NC-SA-4.0"),
        ("Apache License, Version 2.0", "Apache-2.0"),
        ("The MIT License", "MIT"),
        ("MIT OR Apache-2.0", "MIT"),
        ("CC0 / US public domain", "CC0-1.0"),
        ("Beerware", ""),
        ("", ""),
    ],
)
def test_a_licence_is_known_by_its_usual_spellings(words: str, spdx: str) -> None:
    assert licence(words).spdx == spdx


@pytest.mark.parametrize(
    ("licences", "spdx"),
    [
        (("CC0-1.0", "public domain"), "CC0-1.0"),
        (("CC0-1.0", "MIT"), "MIT"),
        (("MIT", "Apache-2.0"), "Apache-2.0"),
        (("Apache-2.0", "CC BY 3.0"), "CC-BY-3.0"),
        (("CC BY 3.0", "CC BY 4.0", "CC0"), "CC-BY-4.0"),
        (("CC BY 4.0", "CC BY-SA 4.0"), "CC-BY-SA-4.0"),
        (("MIT", "CC BY-SA 3.0", "CC BY-SA 4.0"), "CC-BY-SA-4.0"),
        (("CC BY-SA 4.0", "GPL-3.0"), "GPL-3.0-or-later"),
    ],
)
def test_the_result_is_under_what_asks_for_the_most_in_any_order(licences: tuple[str, ...], spdx: str) -> None:
    for order in permutations(licences):
        found = outcome(_sources(*order))
        assert found.allowed
        assert {found.spdx} <= ({spdx, "LicenseRef-Public-Domain"} if spdx == "CC0-1.0" else {spdx})


@pytest.mark.parametrize(
    ("licences", "why"),
    [
        (("CC BY 4.0", "CC BY-NC 4.0"), "money"),
        (("CC BY 4.0", "CC BY-ND 4.0"), "changed versions"),
        (("MIT", "all rights reserved"), "changed versions"),
        (("CC BY-SA 4.0", "GFDL"), "merge only one"),
        (("CC BY-SA 3.0", "GPL-3.0"), "merge only one"),
    ],
)
def test_what_does_not_go_together_is_refused_with_the_reason(licences: tuple[str, ...], why: str) -> None:
    for order in permutations(licences):
        found = outcome(_sources(*order))
        assert not found.allowed
        assert why in " ".join(found.reasons)


def test_for_no_money_is_accepted_only_on_purpose_and_never_with_share_alike() -> None:
    assert outcome(_sources("CC BY 4.0", "CC BY-NC 4.0"), {"NC"}).spdx == "CC-BY-NC-4.0"
    assert not outcome(_sources("CC BY-SA 4.0", "CC BY-NC 4.0"), {"NC"}).allowed
    assert not outcome(_sources("CC BY-ND 4.0"), {"NC"}).allowed


def test_an_unknown_licence_is_said_and_never_guessed() -> None:
    found = outcome(_sources("CC BY 4.0", "", "Beerware"))
    assert (found.allowed, found.spdx) == (True, "")
    assert "states no licence" in found.reasons[0]
    assert "“Beerware”" in found.reasons[1]


def test_the_attribution_page_names_each_source_its_licence_and_what_was_done() -> None:
    both = _sources("CC BY 4.0", "Beerware")
    traces = [Trace("Text.", "verbatim", (Citation(1, 1, 0, 0, 5, "Text."),)), Trace("Mine.", "human")]
    page = attribution("All", both, outcome(both), traces, {1: "https://x.org"})
    assert "[guide 1](https://x.org), revision 1, [CC-BY-4.0](https://creativecommons.org/licenses/by/4.0/)" in page
    assert "Used: 1 word for word." in page
    assert "guide 2, revision 1, Beerware. No sentence of it was used." in page
    assert "One sentence was written by hand and rests on no source." in page
