"""What a unit does with what was written down, over the last 91 days; nothing of it for fewer than five people."""
# ruff: noqa: S608 - statements are put together from constants of this file; values are always parameters

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from seci.accounts.actor import Actor
from seci.artifacts.bodies import ASK_EXPERT
from seci.assets.access import get_asset
from seci.internalization.scaffold import Level
from seci.kit.clock import Micros, to_date
from seci.kit.database import Database, values
from seci.kit.errors import Refused
from seci.kit.figures import Figure
from seci.ledger.kinds import Kind
from seci.ledger.outcome import SUPERVISED
from seci.ledger.store import EFFECTIVE
from seci.people.access import day, get_unit
from seci.people.views import UnitRef
from seci.spiral.queries.skill import scored_events
from seci.spiral.skill import Scored
from seci.spiral.team import (
    FLOOR,
    USES,
    WINDOW,
    Application,
    Growth,
    application,
    escalation,
    growth,
    independence,
    speed,
)
from seci.spiral.views import AssetRef

Pairs = dict[tuple[int, int], list[Scored]]


@dataclass(frozen=True, slots=True)
class PatternSpeed:
    """Seconds from seeing a case of a pattern to the right call, without help."""

    pattern: int
    name: str
    artifact: int
    title: str
    seconds: Figure


@dataclass(frozen=True, slots=True)
class TeamPage:
    """spiral/team.html: metrics 10 to 12 of a unit, on one asset or on all; `people` are those of the unit today.

    speeds    patterns on which five or more were right, by artifact
    assets    what one can look at alone: where five or more of them were scored
    """

    unit: UnitRef
    asset: AssetRef | None
    people: int
    application: Application
    growth: Growth
    independence: Figure
    escalation: Figure
    speeds: tuple[PatternSpeed, ...]
    assets: tuple[AssetRef, ...]
    sentence: str


def team(actor: Actor, db: Database, unit: int, at: Micros, asset: int | None = None) -> TeamPage:
    """Metrics 10 to 12, time to the right call and escalations of a unit. Raises NotFound, and Refused for guests."""
    if not actor.is_at_least("member"):
        raise Refused("What a unit does with its knowledge is for members of this instance; ask an admin.")
    found, about = get_unit(actor, db, unit), None if asset is None else get_asset(actor, db, asset)
    people, since = _people(db, unit, at), at - WINDOW
    # Of fewer than five nothing is even read.
    asked = people if len(people) >= FLOOR else []
    on = None if about is None else about.merged_into or about.id
    scored = _scored(db, asked)
    kept = {pair: events for pair, events in scored.items() if on in (None, pair[1])}
    return TeamPage(
        unit=UnitRef(found.id, found.name),
        asset=None if about is None else AssetRef(about.id, about.name),
        people=len(people),
        application=application(_uses(db, asked, since, on), asked),
        growth=growth(kept, at),
        independence=independence(kept, _sources(db, kept), at),
        escalation=escalation(_tasks(db, asked, since, on)),
        speeds=_speeds(db, asked, since, on),
        assets=_assets(db, Counter(asset for _, asset in scored)),
        sentence=_sentence(len(people)),
    )


def _sentence(people: int) -> str:
    if people < FLOOR:
        return f"Figures on what people do are shown from {FLOOR} people on; this unit has {people}."
    return f"{people} people, the last 91 days. Each figure needs {FLOOR} people behind it; nobody is named."


def _people(db: Database, unit: int, at: Micros) -> list[int]:
    """The people of a unit today: no programs, nobody who has left."""
    rows = db.rows(
        "SELECT id, leaves_on FROM people_person WHERE unit_id = ? AND nature = 'person' AND merged_into_id IS NULL",
        [unit],
    )
    today = to_date(at)
    return sorted(id_ for id_, leaves in rows if (last := day(leaves)) is None or last > today)


# An artifact or an event of an asset that was merged belongs to the one it was merged into.
_ON = "COALESCE(b.merged_into_id, b.id)"


def _scored(db: Database, people: list[int]) -> Pairs:
    """Scored events by (person, asset)."""
    found: Pairs = defaultdict(list)
    if people:
        for person, asset, event in scored_events(db, f"i.person_id IN {values(len(people))}", people):
            found[person, asset].append(event)
    return dict(found)


def _uses(db: Database, people: list[int], since: Micros, asset: int | None) -> list[tuple[int, Kind]]:
    """Who read or used artifacts: (person, kind)."""
    kinds = sorted(map(int, USES | {Kind.READ}))
    if not people:
        return []
    rows = db.rows(
        f"SELECT i.person_id, e.kind, {_ON} FROM ledger_event e JOIN people_identity i ON i.id = e.actor "
        "LEFT JOIN assets_asset b ON b.id = e.asset WHERE e.artifact IS NOT NULL AND e.t > ? "
        f"AND e.kind IN {values(len(kinds))} AND i.person_id IN {values(len(people))} AND {EFFECTIVE}",
        [since, *kinds, *people],
    )
    return [(person, Kind(kind)) for person, kind, on in rows if asset in (None, on)]


def _sources(db: Database, learners: Pairs) -> set[tuple[int, int]]:
    """(person, asset) of those whom an asset's artifacts come from: their owners and the experts of interviews."""
    if not learners:
        return set()
    owned = db.rows(
        f"SELECT a.owner_id, {_ON} FROM artifacts_artifact a JOIN assets_asset b ON b.id = a.asset_id "
        "WHERE a.owner_id IS NOT NULL AND a.state <> 'retired'"
    )
    told = db.rows(
        f"SELECT d.expert_id, {_ON} FROM externalization_elicitation d JOIN assets_asset b ON b.id = d.asset_id "
        "WHERE d.expert_id IS NOT NULL"
    )
    return {(person, asset) for person, asset in (*owned, *told)}


def _tasks(db: Database, people: list[int], since: Micros, asset: int | None) -> list[tuple[int, bool]]:
    """Ended runs on real work: (person, whether somebody was asked or the artifact sent them to ask)."""
    if not people:
        return []
    rows = db.rows(
        f"SELECT r.person_id, r.consulted, r.decided, {_ON} FROM internalization_run r "
        "JOIN artifacts_artifact a ON a.id = r.artifact_id LEFT JOIN assets_asset b ON b.id = a.asset_id "
        "WHERE r.state IN ('done', 'left') AND r.pressure >= ? AND r.ended_at > ? "
        f"AND r.person_id IN {values(len(people))}",
        [SUPERVISED, since, *people],
    )
    return [
        (person, bool(asked) or decided == ASK_EXPERT) for person, asked, decided, on in rows if asset in (None, on)
    ]


def _speeds(db: Database, people: list[int], since: Micros, asset: int | None) -> tuple[PatternSpeed, ...]:
    """Right calls without help and without a look at the artifact; those of a sitting only once it has ended."""
    if not people:
        return ()
    rows = db.rows(
        f"SELECT p.id, p.name, a.id, a.title, t.person_id, t.latency_ms, {_ON} FROM internalization_attempt t "
        "JOIN internalization_pattern p ON p.id = t.pattern_id JOIN artifacts_artifact a ON a.id = p.artifact_id "
        "LEFT JOIN assets_asset b ON b.id = a.asset_id LEFT JOIN internalization_sitting s ON s.id = t.sitting_id "
        "WHERE t.correct = ? AND t.latency_ms IS NOT NULL AND t.committed_at > ? AND t.level >= ? "
        "AND t.looked_up = ? AND (t.sitting_id IS NULL OR s.ended_at IS NOT NULL) AND p.retired_at IS NULL "
        f"AND t.person_id IN {values(len(people))} ORDER BY a.title, p.id, t.id",
        [True, since, int(Level.CLOSED), False, *people],
    )
    calls: dict[tuple[int, str, int, str], list[tuple[int, float]]] = defaultdict(list)
    for *pattern, person, taken, on in rows:
        if asset in (None, on):
            calls[tuple(pattern)].append((person, taken / 1000))
    found = [PatternSpeed(*pattern, speed(right)) for pattern, right in calls.items()]
    return tuple(one for one in found if one.seconds.known)


def _assets(db: Database, people: Counter[int]) -> tuple[AssetRef, ...]:
    """The assets on which five or more people were scored."""
    ids = sorted(asset for asset, n in people.items() if n >= FLOOR)
    if not ids:
        return ()
    rows = db.rows(f"SELECT id, name FROM assets_asset WHERE id IN {values(len(ids))} ORDER BY name, id", ids)
    return tuple(AssetRef(*row) for row in rows)
