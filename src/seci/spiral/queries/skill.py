"""What scored events say: to a person about themselves alone; to others as counts on an asset, from five people on."""
# ruff: noqa: S608 - statements are put together from constants of this file; values are always parameters

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from seci.accounts.actor import Actor
from seci.kit.clock import Micros
from seci.kit.database import Database
from seci.kit.errors import NotFound, Refused
from seci.kit.figures import Figure
from seci.ledger.kinds import Kind
from seci.ledger.outcome import AIDS
from seci.ledger.store import EFFECTIVE
from seci.spiral.skill import Ability, Scored, ability, pooled
from seci.spiral.team import FLOOR
from seci.spiral.views import AssetRef

# Understanding so much above skill is told as "knows, does not yet do".
GAP = 0.2


@dataclass(frozen=True, slots=True)
class OwnAbility:
    """What is known of whoever asks, on one asset."""

    asset: AssetRef
    ability: Ability

    @property
    def words(self) -> str:
        """In words: what the figures come to."""
        if self.ability.independent:
            return "does it alone"
        if self.ability.gap is not None and self.ability.gap >= GAP:
            return "knows it, does not yet do it"
        return "" if self.ability.skill.known else "not shown without help yet"


@dataclass(frozen=True, slots=True)
class AssetAbility:
    """Counts on one asset; unknown for fewer than five people with scored events.

    independent  people who do it alone, of those with any scored event; unknown while nobody did it alone and for real
    knowing      people whose understanding is well above their skill
    """

    asset: AssetRef
    independent: Figure
    knowing: Figure


Events = dict[int, list[Scored]]


def own_abilities(actor: Actor, db: Database, now: Micros) -> tuple[OwnAbility, ...]:
    """Whoever asks, on each asset with scored events of theirs, by name of the asset. Nobody else may ask.

    Raises Refused for guests; () for an account that belongs to nobody.
    """
    _member(actor)
    if actor.person is None:
        return ()
    names: dict[int, str] = dict(
        db.rows(
            "SELECT DISTINCT a.id, a.name FROM ledger_outcome o JOIN ledger_event e ON e.seq = o.event_id "
            "JOIN people_identity i ON i.id = e.actor JOIN assets_asset b ON b.id = e.asset "
            "JOIN assets_asset a ON a.id = COALESCE(b.merged_into_id, b.id) WHERE i.person_id = ?",
            [actor.person],
        )
    )
    found = []
    for asset, name in sorted(names.items(), key=lambda pair: (pair[1].casefold(), pair[0])):
        everybody = scored(db, asset)
        if mine := everybody.get(actor.person):
            skill, understanding = _prior(everybody, now)
            found.append(
                OwnAbility(AssetRef(asset, name), ability(mine, now, skill=skill, understanding=understanding))
            )
    return tuple(found)


def asset_ability(actor: Actor, db: Database, asset: int, now: Micros) -> AssetAbility:
    """How many people do it alone, and how many know it and do not yet do it. Raises NotFound, Refused."""
    _member(actor)
    rows = db.rows("SELECT id, name FROM assets_asset WHERE id = ?", [asset])
    if not rows:
        raise NotFound(f"There is no asset {asset}.")
    everybody, of = scored(db, asset), "people with scored events (shown from five on)"
    unknown = Figure.unknown(of=of, unit="people")
    if len(everybody) < FLOOR:
        return AssetAbility(AssetRef(*rows[0]), unknown, unknown)
    skill, understanding = _prior(everybody, now)
    each = [ability(events, now, skill=skill, understanding=understanding) for events in everybody.values()]
    alone, known = [one for one in each if one.independent is not None], [one for one in each if one.gap is not None]
    return AssetAbility(
        AssetRef(*rows[0]),
        Figure(float(sum(bool(one.independent) for one in alone)), len(each), of=of, unit="people")
        if alone
        else unknown,
        Figure(float(sum((one.gap or 0) >= GAP for one in known)), len(known), of=of, unit="people")
        if len(known) >= FLOOR
        else unknown,
    )


def scored(db: Database, asset: int) -> Events:
    """{person: their scored events} on an asset with what was merged into it."""
    found: Events = defaultdict(list)
    # Written so that no index leads to the asset: outcomes are far fewer than what happened on a busy one.
    for person, _, event in scored_events(db, "? IN (b.id, b.merged_into_id)", [asset]):
        found[person].append(event)
    return dict(found)


def scored_events(db: Database, which: str, asked: Sequence[object]) -> Iterator[tuple[int, int, Scored]]:
    """(person, asset, scored event), the oldest event first; an asset that was merged is the one it was merged into.
    What lacks a score, a pressure or an aid is left out.

    which  the condition, on identities `i` and assets `b`; `asked` are its parameters
    """
    rows = db.rows(
        "SELECT i.person_id, COALESCE(b.merged_into_id, b.id), e.t, e.kind, o.score, o.pressure, o.aid "
        "FROM ledger_outcome o JOIN ledger_event e ON e.seq = o.event_id JOIN people_identity i ON i.id = e.actor "
        f"JOIN assets_asset b ON b.id = e.asset WHERE {which} AND o.score IS NOT NULL AND o.pressure IS NOT NULL "
        f"AND o.aid IS NOT NULL AND {EFFECTIVE} ORDER BY o.event_id",
        list(asked),
    )
    return ((row[0], row[1], Scored(row[2], Kind(row[3]), row[4], row[5], AIDS[row[6]])) for row in rows)


def _prior(everybody: Events, now: Micros) -> tuple[float, float]:
    """What everybody reaches; the uniform prior for fewer than five people, so that none of them shows through it."""
    if len(everybody) < FLOOR:
        return 0.5, 0.5
    return pooled([event for events in everybody.values() for event in events], now)


def _member(actor: Actor) -> None:
    if not actor.is_at_least("member"):
        raise Refused("What scored events say is for members of this instance; ask an admin for that role.")
