"""What whoever sits a test may ask: which gate is open, what came of it, how far they are. Others see counts only."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from seci.accounts.actor import Actor
from seci.internalization import store as practice
from seci.internalization.access import learner
from seci.internalization.gates import BLOCK, PROFILES, Gate
from seci.internalization.memory import recall
from seci.internalization.queries import FLOOR
from seci.internalization.runs.store import decisions
from seci.internalization.runs.three_tests import three_tests
from seci.internalization.runs.transfer import Transfer, transfer
from seci.internalization.sittings import store
from seci.internalization.sittings.access import Sitting, get_sitting, given, sittings_of
from seci.internalization.sittings.drawing import short
from seci.internalization.sittings.opening import NAMES, SAT, against, retest_of
from seci.internalization.sittings.services import pools, settled, tries_of
from seci.internalization.sittings.states import Lived, Passed, Reached, State, reached
from seci.internalization.sittings.views import GateResult, GateRow, GatesPage, SittingView, StateCounts
from seci.kit.clock import Micros, now
from seci.kit.database import Database
from seci.kit.errors import Conflict, NotFound, Refused
from seci.ledger.kinds import Kind

_ASKS = {
    Gate.COLD: "Unseen cases, calm, without the artifact.",
    Gate.PRESSURE: "Unseen cases against the clock, with a second task.",
    Gate.DELAY: "Unseen cases, 30 days after the last practice.",
}


_NEXT = {
    State.NONE: "Somebody who reads it, practises it and is tested.",
    State.EXPOSED: "Practice on cases: reading and agreeing are no test.",
    State.UNDERSTOOD: "Practice on cases, then the gate cold.",
    State.PRACTISED: "The gate cold: unseen cases without the artifact.",
    State.ABLE: "The gate pressure: unseen cases by the clock.",
    State.UNDER_PRESSURE: "The gate delay: unseen cases a month after the last practice.",
    State.RETAINED: "Ten decisions on real work over four weeks, judged again blindly.",
}


class Published(NamedTuple):
    """An artifact with the number of the revision that is published."""

    id: int
    title: str
    revision: int


def sitting(actor: Actor, db: Database, sitting: int) -> SittingView:
    """One own sitting; its result only once it has ended. Raises NotFound for anybody else's."""
    get_sitting(actor, db, sitting)
    with db.transaction():
        settled(actor, db, learner(actor), now())
    return _view(actor, db, get_sitting(actor, db, sitting))


def sittings(actor: Actor, db: Database, artifact: int | None = None) -> list[SittingView]:
    """One's own sittings, the latest first."""
    with db.transaction():
        settled(actor, db, learner(actor), now())
    return [_view(actor, db, one) for one in reversed(sittings_of(db, learner(actor), artifact))]


def gates(actor: Actor, db: Database, artifact: int) -> GatesPage:
    """The gates of an artifact for whoever asks: what is met, what is open, what stands in the way."""
    person, at = learner(actor), now()
    found = _published(actor, db, artifact)
    with db.transaction():
        mine = [one for one in settled(actor, db, person, at) if one.artifact == artifact]
    tries, work = tries_of(mine, artifact, found.revision), _at_work(db, artifact, person)
    rows = []
    for gate in SAT:
        last = next((one for one in reversed(mine) if one.gate is gate and one.revision == found.revision), None)
        rows.append(
            GateRow(
                gate,
                NAMES[gate],
                _ASKS[gate],
                against(gate, tries, store.last_practice(db, person, artifact, gate), at),
                any(one.met for one in tries if one.gate is gate) or None,
                _view(actor, db, last) if last else None,
            )
        )
    next_gate = next((row for row in rows if not row.against), None)
    return GatesPage(
        artifact=artifact,
        title=found.title,
        revision=found.revision,
        reached=_reached(db, found, person, mine, at),
        gates=(*rows, _work_row(work)),
        open_sitting=next((one.id for one in mine if one.state == "open"), None),
        resting=store.is_paused(db, person, artifact),
        transfer=work,
        tests=three_tests(decisions(db, artifact, person)),
        profiles=_profiles(actor, db, artifact, next_gate.gate, retest_of(next_gate.gate, tries)) if next_gate else (),
    )


def state(actor: Actor, db: Database, artifact: int) -> Reached:
    """How far whoever asks has come with the published revision of an artifact."""
    person = learner(actor)
    found = _published(actor, db, artifact)
    return _reached(db, found, person, sittings_of(db, person, artifact), now())


def state_counts(actor: Actor, db: Database, artifact: int) -> StateCounts:
    """How many people are in which state; unknown for fewer than five, so that nobody can be made out."""
    found = _published(actor, db, artifact)
    people = store.learners(db, artifact)
    if len(people) < FLOOR:
        return StateCounts(
            artifact,
            found.title,
            found.revision,
            None,
            None,
            f"Shown from {FLOOR} learners on, as counts and never by name.",
        )
    at = now()
    seen = Counter(_reached(db, found, person, sittings_of(db, person, artifact), at).state for person in people)
    counts = tuple((state.words, seen[state]) for state in State)
    return StateCounts(
        artifact, found.title, found.revision, len(people), counts, f"{len(people)} learners on r{found.revision}."
    )


class OpenTest(NamedTuple):
    """What an artifact's turn still waits for; `missing` "" where somebody has internalized it."""

    artifact: int
    title: str
    revision: int | None
    missing: str


def open_tests(actor: Actor, db: Database, asset: int) -> list[OpenTest]:
    """For each artifact of an asset, the test without which its turn stays open: that it is written, read, agreed to or
    practised closes none. How far people are is told from five learners on, and never by name."""
    rows = db.rows(
        "SELECT id, title, published, state FROM artifacts_artifact WHERE asset_id = ? AND state <> 'retired' "
        "ORDER BY title, id",
        [asset],
    )
    return [
        OpenTest(id_, title, number, _missing(actor, db, id_) if state == "published" else "It is a draft: publish it.")
        for id_, title, number, state in rows
    ]


def _missing(actor: Actor, db: Database, artifact: int) -> str:
    people = store.learners(db, artifact)
    if not people:
        return "Nobody practises it; that it is written down and read is no test."
    counts = state_counts(actor, db, artifact).counts
    if counts is None:
        return (
            "A test of behavior under pressure, on sealed cases, then on real work. "
            f"Fewer than {FLOOR} people practise it, so more is told to nobody but themselves."
        )
    reached_ = max((state for state, (_, n) in zip(State, counts, strict=True) if n), default=State.NONE)
    return _NEXT.get(reached_, "")


def _published(actor: Actor, db: Database, artifact: int) -> Published:
    """What is tested; readable while the artifact itself is shut for an open sitting."""
    if not actor.is_at_least("member"):
        raise Refused("Gates are for members of this instance; ask an admin for that role.")
    rows = db.rows("SELECT id, title, published, state FROM artifacts_artifact WHERE id = ?", [artifact])
    if not rows:
        raise NotFound(f"There is no artifact {artifact}; `seci artifacts list` shows which there are.")
    id_, title, published, state = rows[0]
    if published is None or state != "published":
        raise Conflict(f"{title!r} is not published; what is practised and tested is what is published.")
    return Published(id_, title, published)


def _view(actor: Actor, db: Database, found: Sitting) -> SittingView:
    done = sum(one.committed_at is not None for one in given(db, found.id).values())
    return SittingView(
        id=found.id,
        artifact=found.artifact,
        title=db.rows("SELECT title FROM artifacts_artifact WHERE id = ?", [found.artifact])[0][0],
        revision=found.revision,
        gate=found.gate,
        gate_name=NAMES[found.gate],
        profile=found.profile,
        state=found.state,
        done=done,
        total=len(found.cases),
        started_at=found.started_at,
        ends_at=found.started_at + BLOCK,
        ended_at=found.ended_at,
        is_retest=found.retest_of is not None,
        result=None if found.result is None else GateResult.from_data(found.result),
    )


def _profiles(actor: Actor, db: Database, artifact: int, gate: Gate, again: int | None) -> tuple[str, ...]:
    sealed, critical = store.sealed(db, actor, artifact, pools(again)), store.critical_patterns(db, artifact)
    return tuple(name for name, one in PROFILES.items() if not short(sealed, one.cases[gate], critical))


def _reached(db: Database, found: Published, person: int, mine: list[Sitting], at: Micros) -> Reached:
    events = store.happened(db, person, found.id)
    ended = [one for one in mine if one.result is not None and one.artifact == found.id]
    passed = [Passed(one.gate, one.revision, one.profile) for one in ended if one.result and one.result["met"]]
    patterns = {id_ for (id_,) in db.rows("SELECT id FROM internalization_pattern WHERE artifact_id = ?", [found.id])}
    recalls = [
        chance
        for one in practice.stands(db, person)
        if one.pattern in patterns and (chance := recall(one.memory, at)) is not None
    ]
    lived = Lived(
        read=bool(events) or bool(ended),
        practised=int(Kind.PRACTICE) in events,
        taught=events.get(int(Kind.TEACH_BACK)),
        passed=passed,
        at_work=_at_work(db, found.id, person).passed,
        recall=sum(recalls) / len(recalls) if recalls else None,
        critical_missed=_missed_critical(ended, found.revision),
    )
    return reached(lived, found.revision)


def _missed_critical(ended: list[Sitting], revision: int) -> bool:
    """Whether the sitting that counts of any gate, the last of each, held a critical miss."""
    last = {one.gate: one.result for one in ended if one.revision == revision}
    return any(result is not None and result["critical"] and result["critical"][0] > 0 for result in last.values())


def _at_work(db: Database, artifact: int, person: int) -> Transfer:
    return transfer(decisions(db, artifact, person))


def _work_row(work: Transfer) -> GateRow:
    met = True if work.passed else None
    against_ = "" if met else " ".join(work.reasons)
    return GateRow(
        Gate.TRANSFER, NAMES[Gate.TRANSFER], "Ten decisions on real work over four weeks.", against_, met, None
    )
