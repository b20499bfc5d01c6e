"""What a learner may see of a case: before they commit, the help of their level; afterwards, what came of it."""

from __future__ import annotations

from seci.accounts.actor import Actor
from seci.artifacts.access import get_artifact, get_revision
from seci.artifacts.bodies import Body
from seci.artifacts.body import from_data
from seci.internalization import store
from seci.internalization.access import Attempt, Key, PracticeCase, Round, case_of, current_key, get_pattern, key_of
from seci.internalization.challenges.store import upheld
from seci.internalization.exercises.interruption import card_of, number_of
from seci.internalization.feedback import Reveal, cues_seen
from seci.internalization.panel import FEWEST, verdict
from seci.internalization.patterns import cue_names, cues_of, parting, way_words, words
from seci.internalization.scaffold import Level
from seci.internalization.views import Shown
from seci.kit.clock import Micros
from seci.kit.database import Database


def shown(actor: Actor, db: Database, round_: Round, attempt: Attempt, at: Micros) -> Shown:
    """The case of an attempt as its learner sees it before committing."""
    case = case_of(db, attempt.case)
    artifact = get_artifact(actor, db, case.artifact)
    level, key = Level(attempt.level), current_key(db, case.id)
    path = _path(body_of(actor, db, case.artifact, key), case) if level <= Level.COMPLETION else ()
    spent = max(0, at - attempt.shown_at) // 1000
    return Shown(
        round=round_.id,
        attempt=attempt.id,
        place=[pick[0] for pick in round_.picks].index(case.id) + 1,
        total=len(round_.picks),
        case=case.id,
        artifact=artifact.id,
        artifact_title=artifact.title,
        pattern_name=get_pattern(actor, db, case.pattern).name if level <= Level.COMPLETION else "",
        title=case.title,
        situation=case.situation,
        options=case.options,
        level=level,
        path=path if level is Level.WORKED else path[:-1],
        answer=key.option if key and level is Level.WORKED else "",
        may_look_up=level is Level.ON_REQUEST,
        looked_up=attempt.looked_up,
        limit_ms=attempt.limit_ms,
        left_ms=None if attempt.limit_ms is None else max(0, attempt.limit_ms - spent),
        shown_at=attempt.shown_at,
        card=card_of(attempt.id, attempt.limit_ms) if attempt.limit_ms and attempt.card_answer is None else None,
        number=number_of(attempt.id) if attempt.limit_ms else "",
    )


def reveal(actor: Actor, db: Database, attempt: Attempt) -> Reveal:
    """What came of a committed attempt, by the key that it was judged by."""
    assert attempt.key is not None
    assert attempt.option is not None
    case, key = case_of(db, attempt.case), key_of(db, attempt.key)
    stand = next(iter(store.stands(db, attempt.person, attempt.pattern)), None)
    said = verdict(store.opinions(db, [case.id])[case.id])
    body = body_of(actor, db, case.artifact, key)
    wrong = attempt.option != key.option
    node = (parting(body, case.nodes, attempt.option) or "") if body is not None and wrong else ""
    cues = cue_names(body, cues_of(body, case.nodes)) if body is not None else ()
    seen, missed = cues_seen(attempt.cue, cues or (said.cues if said else ()))
    return Reveal(
        attempt=attempt.id,
        case=case.id,
        title=case.title,
        option=attempt.option,
        key=key.option,
        right=bool(attempt.correct),
        basis=key.basis,
        agreement=key.agreement,
        n=key.n,
        shares=said.shares if said and said.n >= FEWEST else (),
        parted_node=node,
        parted=words(body, node) if body and node else "",
        path=_path(body, case),
        seen=seen,
        missed=missed,
        minority=said.minority if said else None,
        over_time=attempt.over_time,
        looked_up=attempt.looked_up,
        level=int(stand.level) if stand else attempt.level,
        why=stand.why if stand else "",
        missing=stand.missing if stand else "",
        coach=stand.coach if stand else False,
        next_time=attempt.next_time,
        stands=upheld(db, case.id),
        away_ms=attempt.away_ms,
        kept=attempt.kept_number,
    )


def body_of(actor: Actor, db: Database, artifact: int, key: Key | None) -> Body | None:
    """The body that a key holds for, or the published one; None for a draft."""
    found = get_artifact(actor, db, artifact)
    number = key.revision if key and key.revision else found.published
    if number is None:
        return None
    return from_data(found.type, get_revision(actor, db, artifact, number).body)


def _path(body: Body | None, case: PracticeCase) -> tuple[str, ...]:
    return way_words(body, case.nodes) if body is not None else ()
