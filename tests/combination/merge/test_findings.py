from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from seci.combination.merge.findings import Finding, fingerprint, fresh

TEXT = st.text(min_size=1, max_size=40)


@given(st.lists(TEXT, min_size=1, max_size=4), st.randoms(use_true_random=False))
def test_order_and_white_space_change_no_fingerprint(texts: list[str], draw: object) -> None:
    spaced = [f"  {text} \n".replace(" ", "  ") for text in reversed(texts)]
    assert fingerprint("conflict", *texts) == fingerprint("conflict", *spaced)


@given(TEXT, TEXT)
def test_another_kind_or_another_word_is_another_finding(one: str, other: str) -> None:
    assert fingerprint("conflict", one, other) != fingerprint("duplicate", one, other)
    assert fingerprint("conflict", one, other) != fingerprint("conflict", one, other + "x")
    assert fingerprint("gap", one + other) != fingerprint("gap", one, other) or not (one.strip() and other.strip())


def test_a_decided_finding_comes_back_only_when_one_of_its_sentences_changes() -> None:
    found = Finding("conflict", ("Use tabs.", "Use spaces."), "tabs against spaces")
    moved = Finding("conflict", ("Use  spaces.", "Use tabs."), "the same elsewhere")
    changed = Finding("conflict", ("Use tabs.", "Use two spaces."), "tabs against spaces")
    assert fresh([found, moved, changed], {found.fingerprint}) == (changed,)
    assert fresh([found, moved], ()) == (found,)
