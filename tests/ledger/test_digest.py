"""A random life of a ledger, beside a model of it that is a few lists; the digest is computed from both."""

from __future__ import annotations

import shutil
import struct
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from seci.kit.database import Database, connect
from seci.kit.errors import Conflict
from seci.ledger import runs
from seci.ledger.append import append, supersede, withdraw
from seci.ledger.columns import EventColumns
from seci.ledger.digest import digest
from seci.ledger.kinds import Kind
from seci.ledger.undo import redo, undo
from tests.ledger.making import ASSETS, PEOPLE, START, ledger_with_names

ITEMS = 12
URI = "file:///repository"


@dataclass(frozen=True)
class Said:
    """One row of the model."""

    kind: int
    weight: int
    source: str
    run: int


@dataclass
class Model:
    chains: dict[int, list[Said]] = field(default_factory=dict)

    def digest(self) -> str:
        total = 0
        for item, chain in self.chains.items():
            if chain[-1].weight > 0:
                total += int.from_bytes(blake2b(self.record(item), digest_size=32).digest(), "little")
        return f"{total % 2**256:064x}"

    def record(self, item: int) -> bytes:
        first, last = self.chains[item][0], self.chains[item][-1]
        t, actor, asset = START + item * 10_000, f"p{person(item)} <p{person(item)}@example.org>", f"a{area(item)}"
        native = item.to_bytes(20, "big")
        origin = name(URI) + struct.pack("<hh", first.kind, 0) + name(actor) + name(asset) + native
        root = (t // 1000).to_bytes(6, "big") + blake2b(origin, digest_size=10).digest()
        names = name(actor) + name("") + name(asset) + name(last.source)
        return root + struct.pack("<qhi", t, last.kind, last.weight) + names + native


def name(text: str) -> bytes:
    return blake2b(text.encode(), digest_size=16).digest()


def person(item: int) -> int:
    return item % PEOPLE + 1


def area(item: int) -> int:
    return item % ASSETS + 1


def columns(items: list[int]) -> EventColumns:
    return EventColumns(
        t=[START + item * 10_000 for item in items],
        actor=[person(item) for item in items],
        asset=[area(item) for item in items],
        kind=[int(Kind.APPLY)] * len(items),
        weight=[1000 + item for item in items],
        source_key=[item.to_bytes(20, "big") for item in items],
    )


class Life(RuleBasedStateMachine):
    open: Callable[[], Database]

    @initialize()
    def begin(self) -> None:
        self.db = type(self).open()
        self.model = Model()
        self.place = ledger_with_names(self.db)
        self.hand = ledger_with_names(self.db, uri="seci:people")
        self.imports: list[int] = []
        self.undone: set[int] = set()
        self.family: dict[int, set[int]] = {}

    def head(self, item: int) -> int:
        """The row that has the last word on an item."""
        return int(
            self.db.rows("SELECT max(seq) FROM ledger_event WHERE source_key = ?", [item.to_bytes(20, "big")])[0][0]
        )

    @rule(items=st.lists(st.integers(0, ITEMS - 1), min_size=1, max_size=ITEMS, unique=True))
    def import_(self, items: list[int]) -> None:
        run = runs.begin(self.db, self.place.source, at=1).id
        append(self.db, columns(items), source=self.place.source, run=run, at=1)
        runs.finish(self.db, run, at=1)
        self.imports.append(run)
        self.family[run] = {run}
        for item in items:
            chain = self.model.chains.setdefault(item, [])
            if not chain or (chain[-1].weight == 0 and chain[-1].source == URI):
                chain.append(Said(int(Kind.APPLY), 1000 + item, URI, run))

    @precondition(lambda self: self.model.chains)
    @rule(data=st.data(), by_hand=st.booleans())
    def withdraw(self, data: st.DataObject, by_hand: bool) -> None:
        item = data.draw(st.sampled_from(sorted(self.model.chains)))
        place = self.hand if by_hand else self.place
        count = withdraw(self.db, [self.head(item)], source=place.source, run=place.run, at=2)
        chain = self.model.chains[item]
        assert count == (chain[-1].weight > 0)
        if count:
            source = "seci:people" if by_hand else URI
            chain.append(replace(chain[-1], weight=0, source=source, run=place.run))

    @precondition(lambda self: self.model.chains)
    @rule(data=st.data(), kind=st.sampled_from([Kind.REVIEW, Kind.WRITE, Kind.PAIR]))
    def reclassify(self, data: st.DataObject, kind: Kind) -> None:
        item = data.draw(st.sampled_from(sorted(self.model.chains)))
        supersede(self.db, [self.head(item)], {"kind": int(kind)}, source=self.hand.source, run=self.hand.run, at=3)
        chain = self.model.chains[item]
        chain.append(replace(chain[-1], kind=int(kind), source="seci:people", run=self.hand.run))

    @precondition(lambda self: self.imports)
    @rule(data=st.data())
    def undo_or_redo(self, data: st.DataObject) -> None:
        run = data.draw(st.sampled_from(self.imports))
        if run in self.undone:
            with pytest.raises(Conflict):
                undo(self.db, run, at=4)
            by = redo(self.db, run, at=4)
            self.undone.remove(run)
        else:
            with pytest.raises(Conflict):
                redo(self.db, run, at=4)
            by = undo(self.db, run, at=4)
            self.undone.add(run)
        for chain in self.model.chains.values():
            if chain[-1].run in self.family[run]:
                before = chain[-2] if len(chain) > 1 else replace(chain[-1], weight=0)
                chain.append(replace(before, source=chain[-1].source, run=by.id))
        self.family[run].add(by.id)

    @rule()
    def compare(self) -> None:
        said = digest(self.db)
        assert said.digest == self.model.digest()
        assert said.events == sum(chain[-1].weight > 0 for chain in self.model.chains.values())

    def teardown(self) -> None:
        if hasattr(self, "db"):
            self.compare()
            self.db.close()


def live(examples: int) -> settings:
    return settings(
        max_examples=examples,
        stateful_step_count=20,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


def test_the_digest_follows_a_model_through_a_random_life(migrated_folder: Path, tmp_path: Path) -> None:
    def fresh() -> Database:
        folder = Path(tempfile.mkdtemp(dir=tmp_path))
        db = connect(Path(shutil.copy(migrated_folder / "seci.sqlite3", folder)))
        db.run("PRAGMA synchronous = OFF")
        return db

    run_state_machine_as_test(type("OnSqlite", (Life,), {"open": staticmethod(fresh)}), settings=live(40))


def test_the_digest_follows_the_model_on_postgresql(new_postgresql: Callable[[], str]) -> None:
    def fresh() -> Database:
        return connect(new_postgresql())

    run_state_machine_as_test(type("OnPostgresql", (Life,), {"open": staticmethod(fresh)}), settings=live(5))


def test_the_digest_does_not_depend_on_row_numbers_order_or_parts(migrated_folder: Path, tmp_path: Path) -> None:
    found = []
    for number, (shift, parts) in enumerate([(0, [range(12)]), (100, [range(6, 12), range(3), range(12)])]):
        with connect(Path(shutil.copy(migrated_folder / "seci.sqlite3", tmp_path / f"{number}.sqlite3"))) as db:
            place = ledger_with_names(db, shift=shift)
            for part in parts:
                given = columns(list(part))
                moved = replace(
                    given, actor=[a + shift for a in given.actor], asset=[a + shift for a in given.asset or []]
                )
                append(db, moved, source=place.source, run=place.run, at=number)
            found.append(digest(db))
    assert found[0] == found[1]
    assert found[0].events == 12


def test_outcomes_are_part_of_the_digest(ledger: Database) -> None:
    place = ledger_with_names(ledger)
    append(ledger, columns([0]), source=place.source, run=place.run, at=1)
    before = digest(ledger)
    ledger.run("INSERT INTO ledger_outcome (event_id, score, pressure) VALUES (1, 0.5, 2)")
    after = digest(ledger)
    assert (before.outcomes, after.outcomes) == (0, 1)
    assert before.digest != after.digest
