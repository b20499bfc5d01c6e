"""What may be done with exercises: drills and seeded checklists written and gone through, judgements explained and
read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from seci.accounts.actor import Actor
from seci.artifacts.access import get_artifact
from seci.artifacts.bodies import Checklist, Runbook
from seci.internalization.access import authored, case_of, current_key, get_pattern, learner, published_body
from seci.internalization.challenges.services import raise_found
from seci.internalization.challenges.trigger import of_readers
from seci.internalization.exercises import store
from seci.internalization.exercises.access import (
    Exercise,
    Explanation,
    Walk,
    check_reader,
    get_exercise,
    get_explanation,
    get_walk,
    procedure,
)
from seci.internalization.exercises.script import difficulty, from_data, generate, to_data
from seci.internalization.exercises.teach_back import CASES, Read, Taught, explained, spread, taught
from seci.internalization.exercises.walking import MOST_ACTS, Acts, ended, read_defects, replay
from seci.internalization.patterns import cue_names, exercise
from seci.kit.clock import SECOND, Micros, now
from seci.kit.database import Database
from seci.kit.errors import BadInput, Conflict
from seci.kit.ids import new_id, seeded
from seci.kit.records import clean
from seci.kit.records import to_data as plain
from seci.ledger.kinds import Kind
from seci.ledger.outcome import CALM, Outcome
from seci.people.store import record


def write_drill(
    actor: Actor, db: Database, artifact: int, *, script: Mapping[str, Any] | None = None, faults: int = 1
) -> int:
    """A drill on a published runbook: from a script, or made from the runbook with `faults` (1 to 3) of them; its id.

    Raises BadInput with what to mend, Conflict for a draft, Refused for whoever does not prepare its practice.
    """
    authored(actor, db, artifact)
    found, body = published_body(actor, db, artifact)
    if not isinstance(body, Runbook):
        raise BadInput(f"{found.title} is no runbook; a drill walks through one.")
    made = from_data(body, script) if script is not None else generate(body, seeded(str(new_id())), faults)
    title = f"{found.title}: {len(made.faults)} fault{'s' if len(made.faults) > 1 else ''}"
    return _write(actor, db, artifact, found.published or 0, "drill", title, to_data(made))


def seed_checklist(actor: Actor, db: Database, artifact: int, scene: str, defects: Mapping[str, str]) -> int:
    """An object to go through a published checklist on, with defects (item: what is wrong there); its id.

    Raises BadInput, Conflict for a draft, Refused.
    """
    authored(actor, db, artifact)
    found, body = published_body(actor, db, artifact)
    if not isinstance(body, Checklist):
        raise BadInput(f"{found.title} is no checklist; defects are laid into what one is used on.")
    script = read_defects(body, clean(scene), defects)
    title = f"{found.title}: {' '.join(script['scene'].split())[:80]}"
    return _write(actor, db, artifact, found.published or 0, "checklist", title, script)


def _write(
    actor: Actor, db: Database, artifact: int, revision: int, kind: str, title: str, script: dict[str, Any]
) -> int:
    with db.transaction():
        made = store.write(
            db, "exercise",
            {"artifact_id": artifact, "revision": revision, "kind": kind, "title": title[:200], "script": script,
             "by": actor.account, "created_at": now()},
        )  # fmt: skip
        record(db, actor, Kind.DECIDE, f"{kind} {made} prepared", artifact=artifact, revision=revision)
    return made


def walk(actor: Actor, db: Database, exercise_: int) -> int:
    """Begins to go through an exercise, or goes on where one was; the walk. Raises Conflict for one out of use."""
    found, person = get_exercise(actor, db, exercise_), learner(actor)
    if found.retired_at is not None:
        raise Conflict("This exercise is out of use; ask for another one.")
    with db.transaction():
        return store.open_walk(db, exercise_, person, now())


def act(actor: Actor, db: Database, walk_: int, number: int, did: str, value: str = "") -> None:
    """One act, written down before anything is seen of it. Of the same act sent twice one counts.

    number  of the act, counted from 1
    did     of a drill: check, do, works, fails, leave_out, diagnose, call, stop; of a checklist: ok, defect,
            not_needed with the item as value, and stop

    Raises BadInput for an act that is not open, Conflict for another act under a number that is taken.
    """
    found = get_walk(actor, db, walk_)
    value = clean(value).strip()[:400]
    if 1 <= number <= len(found.acts):
        if found.acts[number - 1][:2] != (did, value):
            raise Conflict(f"Act {number} was another one; load the page again to see where this stands.")
        return
    if found.state != "open":
        raise Conflict("This one is over; begin another.")
    if number != len(found.acts) + 1:
        raise Conflict(f"{len(found.acts)} acts were made; the next is number {len(found.acts) + 1}.")
    if number > MOST_ACTS:
        raise Conflict(f"{MOST_ACTS} acts are enough; stop here.")
    at = now()
    acts = (*found.acts, (did, value, max(0, (at - found.started_at) * 1000 // SECOND)))
    exercise_ = get_exercise(actor, db, found.exercise)
    body = procedure(actor, db, exercise_.artifact, exercise_.revision)
    over = replay(body, exercise_, acts).over
    with db.transaction():
        if not store.write_act(db, walk_, acts):
            raise Conflict(f"Act {number} was made elsewhere just now; load the page again.")
        if over:
            _ended(actor, db, found, exercise_, body, acts, at)


def _ended(
    actor: Actor, db: Database, found: Walk, made: Exercise, body: Runbook | Checklist, acts: Acts, at: Micros
) -> None:
    result, score = ended(body, made, acts)
    hard = difficulty(from_data(body, made.script)) if isinstance(body, Runbook) else None
    kind = Kind.SIMULATE if made.kind == "drill" else Kind.PRACTICE
    seq = record(
        db, actor, kind, f"{made.kind} {made.id} gone through", subject=found.person,
        asset=get_artifact(actor, db, made.artifact).asset, artifact=made.artifact, revision=made.revision,
        outcome=Outcome(score, CALM, "artifact", hard, (at - found.started_at) / SECOND / 3600),
    )  # fmt: skip
    store.change(db, "walk", found.id, {"state": "done", "result": result, "ended_at": at, "seq": seq})


def explain(actor: Actor, db: Database, pattern: int, words: str) -> int:
    """Explains a judgement in one's own words, for a reader who has nothing else; its id.

    Raises BadInput for one too short or too long, Conflict where there are too few cases to read it with.
    """
    person, text = learner(actor), explained(clean(words))
    found = get_pattern(actor, db, pattern)
    artifact, _ = published_body(actor, db, found.artifact)
    cases = spread(store.readable_cases(db, pattern, artifact.published or 0))
    if len(cases) < CASES:
        raise Conflict(f"A reader judges {CASES} cases; this artifact has {len(cases)} with a key. Ask for more.")
    with db.transaction():
        made = store.write(
            db, "explanation",
            {"pattern_id": pattern, "revision": artifact.published, "person_id": person, "words": text,
             "cases": cases, "at": now()},
        )  # fmt: skip
        record(
            db, actor, Kind.EXPLAIN_WHY, f"pattern {pattern} explained", subject=person, asset=artifact.asset,
            artifact=artifact.id, revision=artifact.published,
        )  # fmt: skip
    return made


def judge(actor: Actor, db: Database, explanation: int, verdicts: Mapping[str, str]) -> Taught | None:
    """What a reader decides on all cases ({case: option}): first without the words, then with them; what was carried,
    None after the first time.

    Raises BadInput for a case left open, Refused for whoever wrote it or practises the artifact, Conflict when it
    was read.
    """
    found, reader = get_explanation(actor, db, explanation), learner(actor)
    check_reader(actor, db, found)
    given = _verdicts(db, found, verdicts)
    if found.result is not None:
        raise Conflict("This explanation was read already; one reader each.")
    with db.transaction():
        if found.before is None:
            columns = {"reader_id": reader, "before": given}
            if not store.change(db, "explanation", found.id, columns, while_="before"):
                raise Conflict("Somebody else reads this explanation just now.")
            return None
        return _carried(actor, db, found, given, reader)


def _verdicts(db: Database, found: Explanation, verdicts: Mapping[str, str]) -> dict[str, str]:
    given = {}
    for number, case in enumerate(found.cases, 1):
        option = verdicts.get(str(case), "")
        if option not in case_of(db, case).options:
            raise BadInput(f"Decide case {number} of {len(found.cases)} too: {', '.join(case_of(db, case).options)}.")
        given[str(case)] = option
    return given


def _carried(actor: Actor, db: Database, found: Explanation, given: dict[str, str], reader: int) -> Taught:
    pattern = get_pattern(actor, db, found.pattern)
    artifact, body = published_body(actor, db, pattern.artifact)
    keys = {case: current_key(db, case) for case in found.cases}
    read = [
        Read(case, given[str(case)], key.option, (found.before or {}).get(str(case)))
        for case, key in keys.items()
        if key is not None
    ]
    facts = [case_of(db, case).facts for case in found.cases if case_of(db, case).pattern == pattern.id]
    ways = [way for one in facts if one and (way := exercise(body, one)) is not None]
    cues = cue_names(body, list(dict.fromkeys(key for way in ways for key in way.cues)))
    result = taught(read, found.words, cues)
    score = result.after.agreement if result.after else None
    seq = record(
        db, actor, Kind.TEACH_BACK, f"explanation {found.id} read", subject=found.person, other=reader,
        asset=artifact.asset, artifact=artifact.id, revision=found.revision, outcome=Outcome(score, CALM, "none"),
    )  # fmt: skip
    columns = {"after": given, "result": plain(result) | {"understood": result.is_understood}, "ended_at": now(),
               "seq": seq}  # fmt: skip
    if not store.change(db, "explanation", found.id, columns, while_="ended_at"):
        raise Conflict("This explanation was read already; one reader each.")
    _contest(actor, db, found, pattern.artifact, pattern.node, cues)
    return result


def _contest(actor: Actor, db: Database, found: Explanation, artifact: int, node: str, cues: tuple[str, ...]) -> None:
    """Where readers of several explanations fail on the same cue, the artifact may lack it."""
    results = store.results_of(db, found.pattern)
    for cue in cues:
        missed = sum(cue in one["missing"] and not one["understood"] for one in results)
        finding = of_readers(node, cue, missed, len(results))
        if finding is not None:
            raise_found(actor, db, artifact, found.revision, finding)
