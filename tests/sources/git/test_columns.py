from __future__ import annotations

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seci.sources.git.columns import DamagedError, join, pack, split, unpack

numbers = st.lists(st.integers(-(2**31), 2**31 - 1))


@given(numbers, st.binary(), st.dictionaries(st.text(), st.integers()))
def test_columns_come_back_as_they_were(values: list[int], raw: bytes, meta: dict[str, int]) -> None:
    columns = {"i": array("i", values), "q": array("q", values), "raw": raw, "none": array("b")}
    assert unpack(pack(columns, meta)) == (columns, meta)


@given(st.lists(st.binary().filter(lambda name: b"\0" not in name)))
def test_names_come_back_as_they_were(names: list[bytes]) -> None:
    assert split(join(names)) == names


@given(st.binary(min_size=1, max_size=40), st.data())
def test_a_changed_or_missing_byte_is_noticed(raw: bytes, data: st.DataObject) -> None:
    packed = pack({"raw": raw, "i": array("i", [1, 2, 3])})
    place = data.draw(st.integers(0, len(packed) - 1))
    flipped = packed[:place] + bytes([packed[place] ^ 1]) + packed[place + 1 :]
    for damaged in (flipped, packed[:place]):
        with pytest.raises(DamagedError):
            unpack(damaged)
