from __future__ import annotations

import dataclasses
import struct
from hashlib import blake2b

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from seci.kit.database import Database
from seci.kit.errors import BadInput, Conflict, NotFound
from seci.ledger import runs
from seci.ledger.append import append, supersede, withdraw
from seci.ledger.columns import EventColumns
from seci.ledger.keys import fingerprints, natural_keys, successor_key
from seci.ledger.kinds import Kind
from tests.ledger.making import events, ledger_with_names


def test_appending_the_same_events_again_changes_nothing(ledger: Database) -> None:
    place = ledger_with_names(ledger)
    first = append(ledger, events(100), source=place.source, run=place.run, at=1)
    again = append(ledger, events(100), source=place.source, run=place.run, at=2)
    assert (first.new, first.duplicate, first.first_seq, first.last_seq) == (100, 0, 1, 100)
    assert (again.new, again.duplicate, again.first_seq) == (0, 100, None)


def test_a_withdrawn_event_comes_back_when_its_source_shows_it_again(ledger: Database) -> None:
    place = ledger_with_names(ledger)
    append(ledger, events(10), source=place.source, run=place.run, at=1)
    assert withdraw(ledger, [3, 4], source=place.source, run=place.run, at=2) == 2
    assert withdraw(ledger, [11], source=place.source, run=place.run, at=2) == 0
    again = append(ledger, events(10), source=place.source, run=place.run, at=3)
    assert (again.new, again.duplicate, again.restored) == (0, 8, 2)


def test_an_event_withdrawn_by_someone_else_stays_withdrawn(ledger: Database) -> None:
    place = ledger_with_names(ledger)
    other = ledger_with_names(ledger, uri="seci:people")
    append(ledger, events(10), source=place.source, run=place.run, at=1)
    withdraw(ledger, [3], source=other.source, run=other.run, at=2)
    assert append(ledger, events(10), source=place.source, run=place.run, at=3).restored == 0


def test_the_same_history_of_two_sources_is_two_histories(ledger: Database) -> None:
    one, two = ledger_with_names(ledger), ledger_with_names(ledger, uri="file:///fork")
    assert append(ledger, events(10), source=one.source, run=one.run, at=1).new == 10
    assert append(ledger, events(10), source=two.source, run=two.run, at=1).new == 10


def test_a_growing_history_adds_only_what_is_new(ledger: Database) -> None:
    place = ledger_with_names(ledger)
    append(ledger, events(60), source=place.source, run=place.run, at=1)
    grown = append(ledger, events(100), source=place.source, run=place.run, at=2, cursor={"tip": "abc"}, done=100)
    assert (grown.new, grown.duplicate) == (40, 60)
    standing = runs.get(ledger, place.run)
    assert (standing.accepted, standing.duplicate, standing.done) == (100, 60, 100)
    assert standing.cursor == {"tip": "abc"}
    assert (standing.first_seq, standing.last_seq) == (1, 100)


def test_every_column_comes_out_as_it_went_in(ledger: Database) -> None:
    place = ledger_with_names(ledger)
    given_events = EventColumns(
        t=[1, 2], actor=[1, 2], kind=[int(Kind.PAIR)] * 2, source_key=[b"x", b"yy"], other=[None, 3], asset=[None, 4],
        weight=[5, 6], artifact=[None, 7], revision=[8, None],
    )  # fmt: skip
    append(ledger, given_events, source=place.source, run=place.run, at=9)
    rows = ledger.rows(
        "SELECT t, actor, kind, source_key, other, asset, weight, artifact, revision, source_id, run_id, supersedes, "
        "recorded_at FROM ledger_event ORDER BY t"
    )
    assert [tuple(bytes(c) if isinstance(c, memoryview) else c for c in row) for row in rows] == [
        (1, 1, 1, b"x", None, None, 5, None, 8, place.source, place.run, None, 9),
        (2, 2, 1, b"yy", 3, 4, 6, 7, None, place.source, place.run, None, 9),
    ]


def test_an_event_of_someone_unknown_is_refused_with_a_sentence(ledger: Database) -> None:
    place = ledger_with_names(ledger)
    stray = dataclasses.replace(events(3), actor=[1, 99, 2])
    with pytest.raises(BadInput, match="identity 99"):
        append(ledger, stray, source=place.source, run=place.run, at=1)
    with pytest.raises(BadInput, match="asset 77"):
        append(ledger, dataclasses.replace(events(3), asset=[1, 77, 2]), source=place.source, run=place.run, at=1)


def test_what_does_not_exist_is_said(ledger: Database) -> None:
    place = ledger_with_names(ledger)
    with pytest.raises(NotFound, match="source 9"):
        append(ledger, events(1), source=9, run=place.run, at=1)
    with pytest.raises(NotFound, match="run 9"):
        append(ledger, events(1), source=place.source, run=9, at=1)
    assert ledger.rows("SELECT count(*) FROM ledger_event") == [(0,)]
    with pytest.raises(NotFound, match="event 5"):
        withdraw(ledger, [5], source=place.source, run=place.run, at=1)


def test_an_event_has_one_successor(ledger: Database) -> None:
    place = ledger_with_names(ledger)
    append(ledger, events(3), source=place.source, run=place.run, at=1)
    supersede(ledger, [2], {"kind": int(Kind.REVIEW)}, source=place.source, run=place.run, at=2)
    with pytest.raises(Conflict, match="corrected before"):
        supersede(ledger, [2], {"kind": int(Kind.PAIR)}, source=place.source, run=place.run, at=3)


def test_columns_of_different_length_are_refused() -> None:
    with pytest.raises(BadInput, match="actor has 2 values where t has 1"):
        EventColumns(t=[1], actor=[1, 2], kind=[1], source_key=[b""])


def test_a_large_import_leaves_the_index_by_asset_in_place(sqlite_ledger: object) -> None:
    from pathlib import Path

    from seci.kit.database import connect

    with connect(Path(str(sqlite_ledger))) as db:
        place = ledger_with_names(db)
        append(db, events(50_000), source=place.source, run=place.run, at=1)
        plan = db.rows("EXPLAIN QUERY PLAN SELECT * FROM ledger_event WHERE asset = 1 AND actor = 1")
        assert "event_asset_actor" in plan[0][-1]


natives = st.one_of(
    st.lists(st.binary(max_size=40), min_size=1, max_size=8),
    st.lists(st.binary(min_size=20, max_size=20), min_size=1, max_size=8),
)


@given(natives, st.integers(0, 2**45), st.text(max_size=20))
def test_a_key_is_what_the_recipe_says(native: list[bytes], t: int, uri: str) -> None:
    n = len(native)
    times = np.full(n, t, np.int64)
    kind, role = np.full(n, 62), np.arange(n)
    actors, assets = fingerprints({1: "a <a@b>"}), fingerprints({})
    keys = natural_keys(uri, times, kind, role, actors[[1] * n], assets[[-1] * n], native)

    def name(text: str) -> bytes:
        return blake2b(text.encode(), digest_size=16).digest()

    for number, (key, part) in enumerate(zip(keys, native, strict=True)):
        record = name(uri) + struct.pack("<hh", 62, number) + name("a <a@b>") + name("") + part
        assert key == (t // 1000).to_bytes(6, "big") + blake2b(record, digest_size=10).digest()
        assert successor_key(key)[:6] == key[:6]
        assert successor_key(key) != key
