from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from seci.kit.figures import share


@given(st.integers(1, 500), st.data())
def test_the_interval_of_a_share_holds_it_and_stays_between_none_and_all(n: int, data: st.DataObject) -> None:
    found = share(data.draw(st.integers(0, n) | st.sampled_from([0, n])), n, of="cases")
    assert found.value is not None
    assert found.low is not None
    assert found.high is not None
    assert 0.0 <= found.low <= found.value <= found.high <= 1.0


def test_none_of_many_is_never_said_with_a_minus() -> None:
    assert f"{share(0, 34, of='cases').low:.0%}" == "0%"
