"""What an expert of a panel does: judges a case before seeing what anybody else judged."""

from __future__ import annotations

import json
from collections.abc import Sequence

from seci.accounts.actor import Actor
from seci.artifacts.access import get_artifact
from seci.internalization import store
from seci.internalization.access import PracticeCase, case_of, current_key, get_case, learner, practises
from seci.internalization.panel import WEEKS_APART, verdict
from seci.kit.clock import Micros, now, to_date
from seci.kit.database import Database
from seci.kit.errors import BadInput, Conflict, Refused
from seci.kit.records import clean
from seci.ledger.kinds import Kind
from seci.people.store import record

LONGEST_REASON = 2_000


def answer_panel(
    actor: Actor,
    db: Database,
    case: int,
    option: str,
    *,
    reason: str = "",
    cue: str = "",
    confidence: float | None = None,
    latency_ms: int | None = None,
    ranking: Sequence[str] = (),
) -> int:
    """An expert's blind judgement of a case; how many experts have judged it by now.

    The same answer sent twice counts once. After two weeks the same case may be judged again: that tells how well
    the expert agrees with themselves, and changes no key. Raises Refused for whoever practises the artifact, Conflict
    for a second word before then.
    """
    person, found = learner(actor), get_case(actor, db, case)
    _may_judge(db, person, found)
    _check(found, option, confidence, ranking)
    tidy, at = clean(reason).strip(), now()
    if len(tidy) > LONGEST_REASON:
        raise BadInput(f"Keep the reason to {LONGEST_REASON:,} characters; this one has {len(tidy):,}.")
    with db.transaction():
        sitting = _sitting(db, case, person, option, at)
        if sitting:
            store.insert_opinion(
                db,
                {
                    "case_id": case, "person_id": person, "sitting": sitting, "option": option,
                    "ranking": json.dumps(list(ranking)), "confidence": confidence,
                    "cue": " ".join(clean(cue).split())[:200], "reason": tidy,
                    "latency_ms": None if latency_ms is None else max(0, min(latency_ms, 2**31 - 1)), "at": at,
                },
            )  # fmt: skip
            _keyed(actor, db, found, at)
            artifact = get_artifact(actor, db, found.artifact)
            record(
                db, actor, Kind.VERIFY, f"case {case} judged for its panel", subject=person, asset=artifact.asset,
                artifact=artifact.id, revision=artifact.published,
            )  # fmt: skip
    said = verdict(store.opinions(db, [case])[case])
    return said.n if said else 0


def _may_judge(db: Database, person: int, found: PracticeCase) -> None:
    if practises(db, person, found.artifact):
        raise Refused("You practise on these cases, so you cannot be on their panel.")
    if found.retired_at is not None:
        raise Conflict("This case is out of use; the next one waits.")


def _check(found: PracticeCase, option: str, confidence: float | None, ranking: Sequence[str]) -> None:
    if option not in found.options:
        raise BadInput(f"{option!r} is none of the options of this case: {', '.join(found.options)}.")
    if confidence is not None and not 0 <= confidence <= 1:
        raise BadInput(f"Confidence goes from 0 to 1; {confidence:g} is outside.")
    if found.kind == "shadowbox" and not ranking:
        raise BadInput("This case is ranked: give every option a place, best first.")
    if ranking and (sorted(ranking) != sorted(found.options) or ranking[0] != option):
        raise BadInput("A ranking holds every option once, the chosen one first.")


def _sitting(db: Database, case: int, person: int, option: str, at: Micros) -> int:
    """Which judgement of this expert this is: 1, 2, or 0 for the first one sent twice."""
    rows = db.rows(
        "SELECT sitting, option, at FROM internalization_panelanswer WHERE case_id = ? AND person_id = ? "
        "ORDER BY sitting DESC",
        [case, person],
    )
    if not rows:
        return 1
    sitting, before, then = rows[0]
    if at - then >= WEEKS_APART and sitting == 1:
        return 2
    if before == option:
        return 0
    again = f"; it may be judged again on {to_date(then + WEEKS_APART)}" if sitting == 1 else ""
    raise Conflict(f"You have judged this case already, and the first word counts{again}.")


def _keyed(actor: Actor, db: Database, found: PracticeCase, at: Micros) -> None:
    """The key that follows from the panel. A new version where the option or what it rests on changes."""
    said = verdict(store.opinions(db, [found.id])[found.id])
    if said is None:
        return
    key, artifact = current_key(db, found.id), get_artifact(actor, db, found.artifact)
    if key is not None and (key.option, key.basis) == (said.option, "panel"):
        store.confirm_key(db, key.id, said.agreement, said.n)
    else:
        basis = (found.id, said.option, "panel", said.agreement, said.n, artifact.published)
        store.write_keys(db, [basis], at)
    db.run(
        "UPDATE internalization_practicecase SET median_ms = ?, p75_ms = ? WHERE id = ?",
        [said.median_ms, said.p75_ms, case_of(db, found.id).id],
    )
