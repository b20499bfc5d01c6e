"""Reads of practice. Of a learner only by that learner; of others only as figures on five or more."""

from __future__ import annotations

from collections.abc import Sequence

from seci.accounts.actor import Actor
from seci.artifacts.access import get_artifact, may_change, shut_to
from seci.internalization import store
from seci.internalization.access import (
    Key,
    PracticeCase,
    authored,
    case_of,
    cases_by,
    cases_of,
    current_keys,
    ends_of,
    get_case,
    learner,
    open_round,
    pattern_names,
    patterns_of,
    practises,
)
from seci.internalization.at_hand import resting
from seci.internalization.calibration import calibration
from seci.internalization.coaching.access import habit
from seci.internalization.gates import CLEAR_PANEL
from seci.internalization.kappa import kappa
from seci.internalization.load import Waiting, spread
from seci.internalization.maintenance import due
from seci.internalization.memory import recall
from seci.internalization.panel import FEWEST, WEEKS_APART, ceiling, verdict
from seci.internalization.patterns import unanswered
from seci.internalization.scaffold import Level
from seci.internalization.views import (
    CaseRow,
    CaseView,
    ModelStatus,
    OwnPattern,
    OwnPractice,
    PanelCase,
    PatternRow,
    PracticePlan,
    TeamProgress,
)
from seci.kit.clock import DAY, now
from seci.kit.database import Database, from_json, values
from seci.kit.errors import Refused
from seci.kit.figures import Figure, share

# Figures on people's behavior are shown for units of at least so many.
FLOOR = 5


def own(actor: Actor, db: Database, *, person: int | None = None) -> OwnPractice:
    """What a learner sees of themselves: where they stand on each pattern and why, and how often they were right.

    Asking for anybody else is refused, whoever asks.
    """
    me = learner(actor)
    if person not in (None, me):
        raise Refused("What somebody did in practice is shown to them alone; ask them to tell you.")
    unaided = db.rows(
        "SELECT t.option, k.option, t.is_natural FROM internalization_attempt t "
        "JOIN internalization_key k ON k.id = t.key_id WHERE t.person_id = ? AND t.level >= ? "
        "AND t.correct IS NOT NULL AND t.sitting_id IS NULL ORDER BY t.id",
        [me, int(Level.CLOSED)],
    )
    natural = [(given, key) for given, key, drawn in unaided if drawn]
    sure = db.rows(
        "SELECT confidence, correct FROM internalization_attempt WHERE person_id = ? AND confidence IS NOT NULL "
        "AND correct IS NOT NULL AND level > 0 AND sitting_id IS NULL",
        [me],
    )
    [(total,)] = db.rows(
        "SELECT COUNT(*) FROM internalization_attempt WHERE person_id = ? AND correct IS NOT NULL", [me]
    )
    waiting, today = open_round(db, me), now() // DAY
    return OwnPractice(
        patterns=_own_patterns(actor, db, me, today),
        resting=resting(db, me),
        today=today,
        right=share(sum(given == key for given, key in natural), len(natural), of="unaided cases, as they come up"),
        agreement=kappa([given for given, _ in natural], [key for _, key in natural]),
        calibration=calibration([(confidence, bool(right)) for confidence, right in sure]),
        attempts=total,
        open_round=waiting.id if waiting else None,
        lines=tuple(
            db.rows(
                "SELECT id, next_time FROM internalization_attempt WHERE person_id = ? AND next_time <> '' "
                "ORDER BY committed_at DESC, id DESC LIMIT 20",
                [me],
            )
        ),
    )


def _own_patterns(actor: Actor, db: Database, me: int, today: int) -> tuple[OwnPattern, ...]:
    at, passed = now(), store.passed_patterns(db, me)
    shut = shut_to(actor, db)
    named = {
        id_: (name, artifact, title)
        for id_, name, artifact, title in db.rows(
            "SELECT p.id, p.name, a.id, a.title FROM internalization_pattern p "
            "JOIN artifacts_artifact a ON a.id = p.artifact_id WHERE p.id IN "
            "(SELECT pattern_id FROM internalization_standing WHERE person_id = ?)",
            [me],
        )
        if artifact not in shut
    }
    tried: dict[int, int] = dict(
        db.rows(
            "SELECT pattern_id, COUNT(*) FROM internalization_attempt WHERE person_id = ? AND correct IS NOT NULL "
            "GROUP BY pattern_id",
            [me],
        )
    )
    fresh: dict[int, int] = {}
    for case in store.fresh_cases(db, me):
        fresh[case.pattern] = fresh.get(case.pattern, 0) + 1
    stands = [one for one in store.stands(db, me) if one.pattern in named]
    unaided = [one.pattern for one in stands if one.level >= Level.ON_REQUEST or not one.since]
    ends = ends_of(db, {named[one][1] for one in unaided})
    names = named | {one: (unanswered(named[one][0], ends[named[one][1]]), *named[one][1:]) for one in unaided}
    when = {
        one.pattern: due(one.memory.due, passed.get(one.pattern), one.memory.last) if one.memory else None
        for one in stands
    }
    weights = store.pattern_weights(db, me)
    waiting = [
        Waiting(
            one.pattern, today if when[one.pattern] is None else (when[one.pattern] or 0) // DAY,
            weights.get(one.pattern, (1.0, 1.0, ()))[1] * (1 - (recall(one.memory, at) or 0.0)),
        )
        for one in stands
    ]  # fmt: skip
    days = spread(waiting, today, habit(db, me).easy)
    return tuple(
        OwnPattern(
            one.pattern, *names[one.pattern], one.level, one.why or "This is where everybody begins.", one.missing,
            one.coach, recall(one.memory, at), when[one.pattern], tried.get(one.pattern, 0),
            fresh.get(one.pattern, 0), days[one.pattern], one.pattern in passed,
        )
        for one in stands
    )  # fmt: skip


def plan(actor: Actor, db: Database, artifact: int) -> PracticePlan:
    """An artifact's practice, for its authors: patterns, cases that cannot decide, what experts reach themselves."""
    found = authored(actor, db, artifact)
    counts = {
        id_: counted
        for id_, *counted in db.rows(
            "SELECT c.pattern_id, SUM(CASE WHEN c.pool = 'practice' THEN 1 ELSE 0 END), "
            "SUM(CASE WHEN c.pool = 'sealed' THEN 1 ELSE 0 END), SUM(CASE WHEN c.pool = 'retest' THEN 1 ELSE 0 END), "
            "SUM(CASE WHEN EXISTS (SELECT 1 FROM internalization_key k WHERE k.case_id = c.id AND k.option <> '') "
            "THEN 1 ELSE 0 END) FROM internalization_practicecase c JOIN internalization_pattern p "
            "ON p.id = c.pattern_id WHERE p.artifact_id = ? AND c.retired_at IS NULL GROUP BY c.pattern_id",
            [artifact],
        )
    }
    judged = [
        id_
        for (id_,) in db.rows(
            "SELECT DISTINCT c.id FROM internalization_panelanswer o JOIN internalization_practicecase c "
            "ON c.id = o.case_id JOIN internalization_pattern p ON p.id = c.pattern_id WHERE p.artifact_id = ? "
            "AND c.retired_at IS NULL ORDER BY c.id",
            [artifact],
        )
    ]
    opinions = store.opinions(db, judged)
    unclear = [case for case in judged if (said := verdict(opinions[case])) and not said.decides]
    return PracticePlan(
        artifact=artifact,
        title=found.title,
        revision=found.published,
        patterns=tuple(
            PatternRow(pattern, *counts.get(pattern.id, [0, 0, 0, 0])) for pattern in patterns_of(db, artifact)
        ),
        undecided=_rows(actor, db, cases_by(db, unclear[:100])),
        ceiling=ceiling(opinions),
    )


def cases(actor: Actor, db: Database, artifact: int, *, page: int = 1, size: int = 50) -> tuple[CaseRow, ...]:
    """Cases of an artifact that are in use, for its authors."""
    authored(actor, db, artifact)
    size = max(1, min(size, 500))
    found = cases_of(db, artifact, limit=size, offset=(max(page, 1) - 1) * size)
    return _rows(actor, db, found)


def case(actor: Actor, db: Database, case: int) -> CaseView:
    """A case with its panel. Who may still judge it blindly sees neither key nor shares."""
    found = get_case(actor, db, case)
    (row,) = _rows(actor, db, [found])
    said = verdict(store.opinions(db, [case])[case])
    hidden = bool(_blind(actor, db, [found]))
    if said is None or hidden:
        return CaseView(row, (), None, (), hidden)
    return CaseView(row, said.shares, said.minority, said.cues, hidden)


def panel_next(actor: Actor, db: Database, artifact: int) -> PanelCase | None:
    """The next case of an artifact that the actor may judge for its panel: first those they never judged, with the
    fewest answers; then those judged more than two weeks ago, once. None when nothing is left."""
    me, found = learner(actor), get_artifact(actor, db, artifact)
    if practises(db, me, artifact):
        raise Refused("You practise on these cases, so you cannot be on their panel.")
    rows = db.rows(
        "SELECT c.id, (SELECT COUNT(*) FROM internalization_panelanswer o WHERE o.case_id = c.id AND o.sitting = 1), "
        "(SELECT COUNT(*) FROM internalization_panelanswer o WHERE o.case_id = c.id AND o.person_id = ?), "
        "(SELECT MAX(at) FROM internalization_panelanswer o WHERE o.case_id = c.id AND o.person_id = ?) "
        "FROM internalization_practicecase c JOIN internalization_pattern p ON p.id = c.pattern_id "
        "WHERE p.artifact_id = ? AND c.retired_at IS NULL ORDER BY 2, 1",
        [me, me, artifact],
    )
    never = [(id_, 1) for id_, _, mine, _ in rows if mine == 0]
    again = [(id_, 2) for id_, _, mine, last in rows if mine == 1 and now() - last >= WEEKS_APART]
    left = [*never, *again]
    if not left:
        return None
    asked = case_of(db, left[0][0])
    return PanelCase(
        asked.id, artifact, found.title, asked.title, asked.situation, asked.options, left[0][1], len(left),
        asked.kind == "shadowbox",
    )  # fmt: skip


def progress(actor: Actor, db: Database, artifact: int) -> TeamProgress:
    """How far the learners of an artifact are together; unknown for fewer than five."""
    get_artifact(actor, db, artifact)
    levels = db.rows(
        "SELECT s.person_id, s.level, s.coach FROM internalization_standing s JOIN internalization_pattern p "
        "ON p.id = s.pattern_id WHERE p.artifact_id = ? AND p.retired_at IS NULL",
        [artifact],
    )
    learners = len({person for person, _, _ in levels})
    if learners < FLOOR:
        hidden = Figure.unknown(of="learners (shown from five on)", unit="learners")
        return TeamProgress(hidden, Figure.unknown(of="patterns of learners (shown from five learners on)"), None)
    closed = sum(level >= Level.CLOSED for _, level, _ in levels)
    return TeamProgress(
        Figure(float(learners), learners, of="learners", unit="learners", status="established part"),
        share(closed, len(levels), of="patterns of learners, unaided by now"),
        sum(bool(coach) for _, _, coach in levels),
    )


def model(actor: Actor, db: Database) -> ModelStatus:
    """Which model predicts the next answer, and how both did on learners they had not seen."""
    rows = db.rows(
        "SELECT chosen, learners, attempts, at, elo, combined FROM internalization_tracing ORDER BY id DESC LIMIT 1"
    )
    if not rows:
        return ModelStatus("elo", 0, 0, None, None, None, "Elo predicts; the models have not been compared here yet.")
    chosen, learners, n, at, elo, combined = rows[0]
    one, other = from_json(elo), from_json(combined)
    why = (
        f"Elo predicts: there are {learners} learners, and comparing takes five."
        if one is None or other is None
        else f"The {'combined model' if chosen == 'combined' else 'Elo model'} is ahead on {learners} learners and "
        f"{n} attempts that it had not seen (log loss {one['log_loss']:.3f} Elo, {other['log_loss']:.3f} combined); "
        "rounds are composed by it."
    )
    return ModelStatus(chosen, learners, n, at, one, other, why)


def _rows(actor: Actor, db: Database, found: Sequence[PracticeCase]) -> tuple[CaseRow, ...]:
    """Cases of one artifact with their keys, in as many statements for many as for one."""
    keys, hidden = current_keys(db, [one.id for one in found]), _blind(actor, db, found)
    names = pattern_names(db, [one.pattern for one in found])
    ends = ends_of(db, {found[0].artifact})[found[0].artifact] if hidden else ()
    return tuple(
        _row(
            one, keys.get(one.id), unanswered(names[one.pattern], ends) if one.id in hidden else names[one.pattern],
            is_blind=one.id in hidden,
        )
        for one in found
    )  # fmt: skip


def _row(found: PracticeCase, key: Key | None, pattern: str, *, is_blind: bool) -> CaseRow:
    return CaseRow(
        case=found,
        pattern_name=pattern,
        key="" if key is None or is_blind else key.option,
        basis=key.basis if key else "",
        version=key.version if key else 0,
        agreement=key.agreement if key else None,
        n=key.n if key else 0,
        decides=_decides(key),
        waiting="" if key else "It has no key: a panel gives it, or an import with a column `key`.",
    )


def _decides(key: Key | None) -> bool:
    return key is not None and key.n >= FEWEST and key.agreement is not None and key.agreement >= CLEAR_PANEL


def _blind(actor: Actor, db: Database, found: Sequence[PracticeCase]) -> set[int]:
    """Those of the cases, all of one artifact, whose key the actor must not see yet: an expert has not judged them. An
    owner without a person cannot judge, and sees all."""
    past = {one.id for one in found if actor.person is None or one.retired_at is not None}
    fresh = {one.id for one in found} - past
    if fresh:
        rows = db.rows(
            "SELECT DISTINCT case_id FROM internalization_panelanswer "  # noqa: S608 - question marks alone
            f"WHERE person_id = ? AND case_id IN {values(len(fresh))}",
            [actor.person, *fresh],
        )
        fresh -= {int(one) for (one,) in rows}
    if past and not may_change(actor, get_artifact(actor, db, found[0].artifact).owner):
        return fresh | past
    return fresh
