"""Names keep their numbers, whether they lie in one piece or came since."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from seci.sources.git.columns import pack, unpack
from seci.sources.git.register import Kept, Register

# Two names with the same CRC-32, and neighbors of each other in the order of names.
ALIKE = (b"plumless", b"buckeroo")
names = st.lists(st.binary(max_size=4).filter(lambda name: b"\0" not in name) | st.sampled_from(ALIKE), max_size=30)


def read_back(kept: Kept) -> Kept:
    return Kept.read(unpack(pack(kept.columns("paths")))[0], "paths")


@given(st.lists(names, min_size=1, max_size=4), names)
def test_a_register_that_is_kept_now_and_then_numbers_as_a_dictionary_would(
    batches: list[list[bytes]], asked: list[bytes]
) -> None:
    expected: dict[bytes, int] = {}
    register = Register()
    for batch in batches:
        numbers = [register.number(name) for name in batch]
        assert numbers == [expected.setdefault(name, len(expected)) for name in batch]
        register = Register(read_back(register.keep()))
    for name in asked:
        assert register.find(name) == expected.get(name)
    assert list(register) == list(expected)
    assert [register[number] for number in range(len(register))] == list(expected)
    assert register.added == []


@given(names, names)
def test_keeping_and_unfolding_change_no_number(before: list[bytes], after: list[bytes]) -> None:
    register = Register()
    expected = {name: register.number(name) for name in before}
    register.keep()
    register.unfold()
    for name in after:
        expected.setdefault(name, len(expected))
        assert register.number(name) == expected[name]
    assert list(register) == list(expected)


def test_names_of_equal_checksum_are_told_apart() -> None:
    register = Register(Kept.of(ALIKE))
    assert [register.find(name) for name in ALIKE] == [0, 1]
    assert Register(Kept.of(ALIKE[:1])).find(ALIKE[1]) is None
