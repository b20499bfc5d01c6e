"""Sitting a gate: opened on sealed cases, answered one by one by the server's clock, told when the block ends."""

from __future__ import annotations

from seci.accounts.actor import Actor
from seci.internalization import store as practice
from seci.internalization.access import case_of, learner, patterns_of, published_body
from seci.internalization.exercises.interruption import card_of
from seci.internalization.gates import BLOCK, PROFILES, SLOWEST, Gate, Profile
from seci.internalization.judging import moved
from seci.internalization.panel import ceiling
from seci.internalization.sittings import store
from seci.internalization.sittings.access import (
    Asked,
    Exposure,
    Given,
    Sitting,
    exposed,
    get_sitting,
    given,
    sittings_of,
)
from seci.internalization.sittings.drawing import Sealed, drawn, short
from seci.internalization.sittings.marking import CEILING_CASES, as_data, marked
from seci.internalization.sittings.opening import NAMES, SAT, Try, against, is_late, ran_out, retest_of
from seci.internalization.sittings.views import SealedCase
from seci.kit.clock import DAY, Micros, now
from seci.kit.database import Database
from seci.kit.errors import BadInput, Conflict, Refused
from seci.kit.ids import Draw, seeded
from seci.ledger.kinds import Kind
from seci.ledger.outcome import CALM, Outcome
from seci.people.store import record

# The limit of a timed case whose panel left no times, and what the way through the network may take beyond it.
LIMIT_MS, GRACE_MS = 60_000, 2_000
# Experts who agree less than this cannot decide anything about others.
LEAST_CEILING = 0.5
# How long ago a case of a round may have been met to count with a cold gate.
NATURAL: Micros = 30 * DAY
# Every third timed case asks to keep a number in mind meanwhile.
LOADED_EVERY = 3


def read_gate(said: str) -> Gate:
    """A gate that is sat, by its name or number. Raises BadInput."""
    for gate in SAT:
        if said.strip().lower() in (NAMES[gate], str(int(gate))):
            return gate
    if said.strip().lower() in ("transfer", "4"):
        raise BadInput("The gate transfer is met by decisions on real work: `seci run ARTIFACT`; there is no sitting.")
    raise BadInput(f"There is no gate {said[:20]!r}; choose {', '.join(NAMES[gate] for gate in SAT)}.")


def open_sitting(actor: Actor, db: Database, artifact: int, gate: Gate, profile: str = "standard") -> Sitting:
    """Opens a sitting on sealed cases that the actor never met; where one for this gate is open, gives that one.

    Raises Conflict where the gate cannot be sat now or the set-up is not honest (too few sealed cases with a clear
    panel), and while another sitting is open; BadInput for an unknown profile.
    """
    person = learner(actor)
    if profile not in PROFILES:
        raise BadInput(f"There is no profile {profile[:20]!r}; choose {', '.join(PROFILES)}.")
    at = now()
    with db.transaction():
        before = settled(actor, db, person, at)
        if (open_ := next((one for one in before if one.state == "open"), None)) is not None:
            if (open_.artifact, open_.gate) == (artifact, gate):
                return open_
            raise Conflict("Another sitting of yours is open; end it first.")
        # Only now: while a sitting is open, its artifact is shut.
        found, _ = published_body(actor, db, artifact)
        assert found.published is not None
        tries = tries_of(before, artifact, found.published)
        if why := against(gate, tries, store.last_practice(db, person, artifact, gate), at):
            raise Conflict(why)
        again = retest_of(gate, tries)
        natural = _natural(db, person, artifact, gate, PROFILES[profile], at)
        cases = _chosen(actor, db, artifact, gate, PROFILES[profile], again=again, met=len(natural))
        practice.ensure_standings(db, person, [one.id for one in patterns_of(db, artifact)])
        sitting = store.insert_sitting(db, person, artifact, found.published, gate, profile, cases, again, at, natural)
        if sitting is None:
            raise Conflict("A sitting of yours was opened in another tab just now; load the page again.")
        record(
            db, actor, Kind.DECIDE, f"sitting {sitting} for gate {NAMES[gate]} opened, {len(cases)} sealed cases",
            subject=person, asset=found.asset, artifact=artifact, revision=found.published,
        )  # fmt: skip
        return get_sitting(actor, db, sitting)


def next_sealed(actor: Actor, db: Database, sitting: int) -> SealedCase | None:
    """The case that waits; None once the block has ended. That it is shown is written down first."""
    with db.transaction():
        found, at = get_sitting(actor, db, sitting, lock=True), now()
        if found.state != "open":
            return None
        if ran_out(found.started_at, at):
            _end(actor, db, found, "ended", at)
            return None
        answers = given(db, found.id)
        for place, asked in enumerate(found.cases, start=1):
            waiting = answers.get(asked.case)
            if waiting is None and store.show(db, found, asked, at):
                waiting = given(db, found.id)[asked.case]
            if waiting is None or waiting.committed_at is not None:
                continue
            if is_late(waiting.shown_at, waiting.limit_ms, at, GRACE_MS):
                _write(db, found, waiting, "", None, "", at)
                continue
            return _view(db, found, asked, waiting, place, at)
        _end(actor, db, found, "ended", at)
        return None


def answer_sealed(
    actor: Actor, db: Database, sitting: int, case: int, option: str, *, confidence: float | None = None,
    number: str = "",
) -> int:  # fmt: skip
    """Commits to an answer and tells nothing of what came of it; how many cases are left.

    The same answer again counts once. An answer after the limit counts as time that ran out. Raises Conflict for
    another answer to the same case, for a case that was not shown in this sitting, and after the block has ended.
    """
    with db.transaction():
        found, at = get_sitting(actor, db, sitting, lock=True), now()
        answers = given(db, found.id)
        waiting = answers.get(case)
        if waiting is None:
            raise Refused("This case is sealed: it was not shown to you in this sitting.", code="sealed")
        if waiting.committed_at is None and found.state == "open" and not ran_out(found.started_at, at):
            _checked(db, case, option, confidence)
            late = is_late(waiting.shown_at, waiting.limit_ms, at, GRACE_MS)
            _write(db, found, waiting, "" if late else option, None if late else confidence, number.strip(), at)
        elif waiting.committed_at is None:
            raise Conflict("The block has ended, so this answer does not count any more.")
        elif waiting.option not in (option, ""):
            raise Conflict(f"You have committed to {waiting.option!r} on this case; the first answer counts.")
        left = len(found.cases) - sum(one.committed_at is not None for one in given(db, found.id).values())
        if left == 0 and found.state == "open":
            _end(actor, db, found, "ended", at)
        return left


def leave_sitting(actor: Actor, db: Database, sitting: int) -> Sitting:
    """Ends a sitting before its end. It counts as a try; cases that were never shown stay sealed."""
    with db.transaction():
        found = get_sitting(actor, db, sitting, lock=True)
        if found.state == "open":
            _end(actor, db, found, "left", now())
    return get_sitting(actor, db, sitting)


def rest(actor: Actor, db: Database, artifact: int, *, resting: bool = True) -> int:
    """Lets the patterns of an artifact rest, so that the gate of delay measures what stays, or takes them up again.

    Returns how many patterns changed.
    """
    person = learner(actor)
    found, _ = published_body(actor, db, artifact)
    with db.transaction():
        changed = store.set_paused(db, person, artifact, resting)
        if changed:
            word = "rest" if resting else "are taken up again"
            record(
                db, actor, Kind.DECIDE, f"{changed} patterns of artifact {artifact} {word}", subject=person,
                asset=found.asset, artifact=artifact, revision=found.published,
            )  # fmt: skip
    return changed


def settled(actor: Actor, db: Database, person: int, at: Micros) -> list[Sitting]:
    """The sittings of a person, those whose time ran out ended first."""
    found = sittings_of(db, person)
    for one in found:
        if one.state == "open" and ran_out(one.started_at, at):
            _end(actor, db, one, "ended", one.started_at + BLOCK)
    return sittings_of(db, person)


def tries_of(sittings: list[Sitting], artifact: int, revision: int) -> list[Try]:
    """The ended sittings on one revision."""
    return [
        Try(one.gate, None if one.result is None else one.result["met"], one.ended_at or one.started_at, one.id)
        for one in sittings
        if one.artifact == artifact and one.revision == revision and one.state != "open"
    ]


def pools(again: int | None) -> tuple[str, ...]:
    """A retest may also draw on the cases that are kept for it."""
    return ("sealed",) if again is None else ("sealed", "retest")


def _chosen(
    actor: Actor, db: Database, artifact: int, gate: Gate, profile: Profile, *, again: int | None, met: int = 0
) -> tuple[Asked, ...]:
    sealed = store.sealed(db, actor, artifact, pools(again))
    critical = store.critical_patterns(db, artifact)
    wanted = profile.cases[gate] - met
    if (best := _ceiling(db, artifact)) is not None and best < LEAST_CEILING:
        raise Conflict(
            f"Not tested: experts agree with each other or themselves only at {best:.2f} beyond chance, so their key "
            "cannot tell who has the judgement.",
            code="not_tested",
        )
    if lacking := short(sealed, wanted, critical):
        unclear = store.undecided(db, artifact, pools(again))
        rest_ = f" {unclear} more wait for a clear panel of two or more experts." if unclear else ""
        raise Conflict(f"Not tested: {' '.join(lacking)}{rest_}", code="not_tested")
    draw = seeded("sitting", actor.person, artifact, int(gate), again)
    frequency = {one.id: one.frequency for one in patterns_of(db, artifact)}
    return _asked(db, gate, drawn(sealed, wanted, frequency, critical, draw), draw)


def _natural(db: Database, person: int, artifact: int, gate: Gate, profile: Profile, at: Micros) -> list[Exposure]:
    """What of one's rounds counts with a cold gate: first looks at cases, unaided, as they come up; half at most."""
    if gate is not Gate.COLD:
        return []
    return store.exposures(db, person, artifact, at - NATURAL, profile.cases[gate] // 2)


def _asked(db: Database, gate: Gate, cases: tuple[Sealed, ...], draw: Draw) -> tuple[Asked, ...]:
    if gate is not Gate.PRESSURE:
        return tuple(Asked(one.case, one.pattern, one.key) for one in cases)
    times = store.times(db, [one.case for one in cases])
    return tuple(
        Asked(
            one.case, one.pattern, one.key, round((times[one.case][1] or LIMIT_MS / SLOWEST) * SLOWEST),
            f"{draw.randrange(1000, 10_000)}" if place % LOADED_EVERY == LOADED_EVERY - 1 else "",
        )
        for place, one in enumerate(cases)
    )  # fmt: skip


def _view(db: Database, found: Sitting, asked: Asked, waiting: Given, place: int, at: Micros) -> SealedCase:
    case = case_of(db, asked.case)
    spent = max(0, at - waiting.shown_at) // 1000
    return SealedCase(
        sitting=found.id,
        place=place,
        total=len(found.cases),
        case=case.id,
        title=case.title,
        situation=case.situation,
        options=case.options,
        limit_ms=waiting.limit_ms,
        left_ms=None if waiting.limit_ms is None else max(0, waiting.limit_ms - spent),
        number=asked.number,
        ends_at=found.started_at + BLOCK,
        attempt=waiting.id,
        card=card_of(waiting.id, waiting.limit_ms)
        if asked.number and waiting.limit_ms and waiting.card_answer is None
        else None,
    )


def _checked(db: Database, case: int, option: str, confidence: float | None) -> None:
    options = case_of(db, case).options
    if option not in options:
        raise BadInput(f"{option[:40]!r} is none of the options of this case: {', '.join(options)}.")
    if confidence is not None and not 0 <= confidence <= 1:
        raise BadInput(f"Confidence goes from 0 to 1; {confidence:g} is outside.")


def _write(
    db: Database, found: Sitting, waiting: Given, option: str, confidence: float | None, number: str, at: Micros
) -> None:
    """Writes an answer; "" when time ran out. Whether it is right is worked out when the block ends."""
    asked = next(one for one in found.cases if one.case == waiting.case)
    spent = max(0, at - waiting.shown_at) // 1000
    store.write_answer(
        db,
        waiting,
        {
            "option": option, "confidence": confidence, "committed_at": at, "latency_ms": min(spent, 2**31 - 1),
            "over_time": not option, "kept_number": number == asked.number if asked.number and number else None,
        },
    )  # fmt: skip


def _end(actor: Actor, db: Database, found: Sitting, state: str, at: Micros) -> None:
    """Ends the block: marks it by the frozen keys, moves memory and ratings, leaves one event."""
    for waiting in given(db, found.id).values():
        if waiting.committed_at is None:
            _write(db, found, waiting, "", None, "", at)
    answers, keys = given(db, found.id), store.keys(db, found)
    natural = exposed(db, found)
    asked = (*found.cases, *(Asked(one.case, one.pattern, one.key) for one in found.exposures if one.case in natural))
    medians = {case: middle for case, (middle, _) in store.times(db, [one.case for one in asked]).items()}
    result, _ = marked(
        found.gate, PROFILES[found.profile], asked, answers | natural, keys, medians, natural=len(natural),
        ceiling=_ceiling(db, found.artifact), cold=_cold(db, found),
    )  # fmt: skip
    store.end_sitting(db, found.id, state, as_data(result), at)
    _moved(actor, db, found, answers, keys, at)
    if found.gate is Gate.DELAY:
        store.set_paused(db, found.person, found.artifact, False)
    rows = db.rows("SELECT asset_id FROM artifacts_artifact WHERE id = ?", [found.artifact])
    record(
        db, actor, Kind.ASSESS, f"sitting {found.id} for gate {NAMES[found.gate]} {state}", subject=found.person,
        asset=rows[0][0], artifact=found.artifact, revision=found.revision,
        outcome=Outcome(result.agreement, CALM, "none", None, max(0, at - found.started_at) / 3_600_000_000),
    )  # fmt: skip


def _ceiling(db: Database, artifact: int) -> float | None:
    """What experts reach among themselves on this artifact's cases; None where too few cases say it."""
    cases = [
        case
        for (case,) in db.rows(
            "SELECT c.id FROM internalization_practicecase c JOIN internalization_pattern p ON p.id = c.pattern_id "
            "JOIN internalization_panelanswer o ON o.case_id = c.id WHERE p.artifact_id = ? AND c.retired_at IS NULL "
            "GROUP BY c.id HAVING COUNT(*) > 1",
            [artifact],
        )
    ]
    return ceiling(practice.opinions(db, cases)).value if len(cases) >= CEILING_CASES else None


def _cold(db: Database, found: Sitting) -> float | None:
    """Kappa of the cold gate that came before a later one."""
    if found.gate is Gate.COLD:
        return None
    met = [
        one.result["kappa"]
        for one in sittings_of(db, found.person, found.artifact)
        if one.gate is Gate.COLD and one.revision == found.revision and one.result and one.result["met"]
    ]
    return met[-1] if met else None


def _moved(
    actor: Actor, db: Database, found: Sitting, answers: dict[int, Given],
    keys: dict[int, tuple[str, float | None, bool]], at: Micros,
) -> None:  # fmt: skip
    """A test is practice too: ratings and memory move, now that nothing can leak; levels do not."""
    from seci.internalization.access import get_attempt

    frozen = {one.case: one.key for one in found.cases}
    for case, one in answers.items():
        right = one.option == keys[case][0]
        practice.change_attempt(db, one.id, correct=right, key_id=frozen[case])
        if practice.stands(db, found.person, case_of(db, case).pattern):
            moved(db, case_of(db, case), get_attempt(actor, db, one.id), at)
