"""Role-plays: prepared for three people, observed by one of them."""

from __future__ import annotations

import json
from collections.abc import Mapping

from seci.accounts.actor import Actor
from seci.artifacts.store import insert
from seci.internalization import store as practice
from seci.internalization.access import PracticeCase, case_of, get_pattern, learner, patterns_of, published_body
from seci.internalization.exercises.roleplay import Observed, observed, script
from seci.internalization.panel import verdict
from seci.internalization.patterns import cue_names, cues_of
from seci.internalization.playing.access import get_play
from seci.kit.clock import now
from seci.kit.database import Database
from seci.kit.errors import BadInput, Conflict, Refused
from seci.kit.ids import seeded
from seci.kit.records import clean, to_data
from seci.ledger.kinds import Kind
from seci.ledger.outcome import CALM, Outcome
from seci.people.access import get_person
from seci.people.store import record

LONGEST = 4000


def prepare_play(actor: Actor, db: Database, artifact: int, counterpart: int, observer: int) -> int:
    """A role-play in which the actor decides; its id. The case is one of the open pool that they never met.

    counterpart, observer  persons; two others, and not the same

    Raises BadInput for players who are not three, Conflict where no case is left.
    """
    decider, (found, body) = learner(actor), published_body(actor, db, artifact)
    others = [get_person(actor, db, one).id for one in (counterpart, observer)]
    if len({decider, *others}) != 3:
        raise BadInput("A role-play takes three different people: who decides, who brings it, who observes.")
    case = _unmet(db, decider, artifact)
    if case is None:
        raise Conflict(f"There is no case left of {found.title!r} that you have not met; ask for more cases.")
    said = verdict(practice.opinions(db, [case.id])[case.id])
    cues = cue_names(body, cues_of(body, case.nodes))
    against = said.minority[1] if said and said.minority else ""
    made = script(found.title, case.title or "a case", case.situation, case.options, cues, against)
    with db.transaction():
        practice.ensure_standings(db, decider, [one.id for one in patterns_of(db, artifact)])
        play = insert(
            db, "internalization_play",
            {"pattern_id": case.pattern, "case_id": case.id, "revision": found.published, "decider_id": decider,
             "counterpart_id": others[0], "observer_id": others[1], "script": json.dumps(to_data(made)), "note": "",
             "at": now()},
        )  # fmt: skip
        record(
            db, actor, Kind.DECIDE, f"role-play {play} prepared", subject=decider, other=others[0],
            asset=found.asset, artifact=artifact, revision=found.published,
        )  # fmt: skip
    return play


def observe(actor: Actor, db: Database, play: int, ticks: Mapping[str, str], note: str = "") -> Observed:
    """The observer's form: what was seen, what was not, what had no occasion. It ends the role-play.

    Raises Refused for whoever is not its observer, BadInput for items left open, Conflict for a second form.
    """
    found = get_play(actor, db, play)
    if found.observer != learner(actor):
        raise Refused("The form is the observer's; it is read aloud when the play is over.")
    seen, words = observed(found.script.form, dict(ticks)), clean(note).strip()[:LONGEST]
    if found.ended_at is not None:
        if found.ticks == dict(ticks):
            return seen
        raise Conflict("The form was filled in already, and it counts.")
    pattern = get_pattern(actor, db, found.pattern)
    asset = db.rows("SELECT asset_id FROM artifacts_artifact WHERE id = ?", [pattern.artifact])[0][0]
    with db.transaction():
        if not db.run(
            "UPDATE internalization_play SET ticks = ?, note = ?, result = ?, ended_at = ? WHERE id = ? "
            "AND ended_at IS NULL",
            [json.dumps(dict(ticks)), words, json.dumps(to_data(seen) | {"share": seen.share}), now(), play],
        ):
            raise Conflict("The form was filled in in another tab just now.")
        seq = record(
            db, actor, Kind.ASSESS, f"role-play {play} observed", subject=found.decider, other=found.observer,
            asset=asset, artifact=pattern.artifact, revision=found.revision,
            outcome=Outcome(seen.share, CALM, "none"),
        )  # fmt: skip
        db.run("UPDATE internalization_play SET seq = ? WHERE id = ?", [seq, play])
    return seen


def _unmet(db: Database, person: int, artifact: int) -> PracticeCase | None:
    """A case of the open pool with a way through the artifact that this person has met nowhere."""
    rows = db.rows(
        "SELECT c.id FROM internalization_practicecase c JOIN internalization_pattern p ON p.id = c.pattern_id "
        "WHERE p.artifact_id = ? AND p.retired_at IS NULL AND c.pool = 'practice' AND c.retired_at IS NULL "
        "AND c.kind IN ('case', 'timed') "
        "AND NOT EXISTS (SELECT 1 FROM internalization_attempt t WHERE t.case_id = c.id AND t.person_id = ?) "
        "AND NOT EXISTS (SELECT 1 FROM internalization_play o WHERE o.case_id = c.id AND o.decider_id = ?) "
        "AND NOT EXISTS (SELECT 1 FROM internalization_panelanswer o WHERE o.case_id = c.id AND o.person_id = ?) "
        "ORDER BY c.id",
        [artifact, person, person, person],
    )
    cases = [case for (case,) in rows]
    return case_of(db, seeded("play", person, len(cases)).choice(cases)) if cases else None
