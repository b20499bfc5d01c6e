"""Acceptance A5: an expert is drawn out with a scripted partner beside the dialogue, and the same without it."""

from __future__ import annotations

from itertools import product

import pytest

from seci.artifacts import queries as shelf
from seci.artifacts import services as artifacts
from seci.artifacts.evidence import Claim
from seci.externalization import dialogue, queries, services
from seci.externalization.access import get_own
from seci.externalization.measuring.conversion import Trial
from seci.externalization.measuring.restatement import trace
from seci.externalization.memory import forget, state_of
from seci.externalization.showing.sheet import notes
from seci.externalization.state import Setting, State
from seci.externalization.turn import Answer, Done, Judge
from seci.kit.database import Database
from seci.kit.errors import Conflict
from seci.partner import services as partner
from tests.cast import Actors
from tests.externalization.scripted_expert import ScriptedExpert
from tests.externalization.sessions import SAID, bank_of, policy
from tests.partner.server import Model

CASES = 24
READ = {
    "If the owner is known I accept it.": "When the owner is known: accept.",
    "I hold it above 20 % missing values.": "When missing values are above 20 %: hold.",
}


def turned(said: dict[str, object]) -> dict[str, object]:
    """The partner: what was said the other way round, a number that nobody said, and words that nobody said."""
    words = str(said.get("words", ""))
    claims = [{"quote": one, "kind": "rule", "text": READ[one]} for one in READ if one in words]
    wrong = [{**one, "text": f"{one['text']} Above 90 % as well."} for one in claims]
    return {"claims": [{"quote": "said by nobody", "kind": "rule", "text": "Hold it on Fridays."}, *wrong, *claims]}


def held(db: Database, actors: Actors, bank: int, *, with_partner: bool) -> tuple[int, State]:
    """The interview, signed; the expert is the same both times."""
    opened = services.open_interview(actors.dan, db, Setting(seed=3, minutes=240), bank=bank)
    services.consent(actors.dan, db, opened.id, partner=with_partner)
    expert, judged = ScriptedExpert(policy(), {**SAID, "frequency": "Nearly always."}), 0
    shown = services.question(actors.dan, db, opened.id)
    while not isinstance(shown.question, Done):
        judged += isinstance(shown.question, Judge)
        over = isinstance(shown.question, Judge) and judged > CASES
        number, answer = shown.number, Answer("stop") if over else expert(shown.question)
        shown = services.answer(actors.dan, db, opened.id, number, answer)
        if with_partner and any(one in answer.text for one in READ):
            services.listen(actors.owner, db, opened.id, number)
    return opened.id, state_of(actors.dan, db, get_own(actors.dan, db, opened.id))


@pytest.mark.parametrize("with_partner", [False, True], ids=["alone", "with a partner"])
def test_what_is_drawn_out_is_published_traced_and_helps_others(
    db: Database, actors: Actors, model: Model, with_partner: bool
) -> None:
    forget()
    if with_partner:
        partner.choose(actors.owner, db, "openai", "own", url=model.v1, seconds=20, secret="")
        model.follows(turned)
    bank = bank_of(actors.dan, db)
    interview, state = held(db, actors, bank.id, with_partner=with_partner)
    texts = {f"turn:{turn.id}": turn.answer.said for turn in state.turns}
    assert state.claims
    assert all(texts[one.source][one.start : one.end] == one.quote for one in state.claims), "nothing is invented"
    confirmed = [one for one in state.claims if one.origin == "partner"]
    assert bool(confirmed) == with_partner
    assert all(one.confirmed_by == actors.dan.person for one in confirmed)
    assert ("read by the partner and confirmed by you" in " ".join(notes(state))) == with_partner
    distances = [one.distance for one in trace(state)]
    assert distances[-1] < distances[0] == 1, "what is said back comes closer to what was said before"

    made = get_own(actors.dan, db, interview).artifact
    assert made is not None
    assert shelf.artifact(actors.dan, db, made).contribution.partner == len(confirmed)
    artifacts.publish(actors.dan, db, made)
    trials = []
    for n, (missing, owner) in enumerate(product(range(2, 50, 6), (True, False))):
        values = {"missing": float(missing), "owner": owner, "kind": "table"}
        right = policy().judge(values)
        said = shelf.evaluate(actors.bob, db, made, values).trace.outcome
        trials.append(Trial(f"c{n}", "alone", right == "accept"))
        trials += [Trial(f"c{n}", "aided", said == right), Trial(f"c{n}", "expert", True)]
    kept = services.keep_conversion_test(actors.erin, db, made, trials)
    assert kept.result.gain.value == 1, kept.result.sentence
    (story,) = queries.stories(actors.bob, db)
    assert story.test.artifact == made, "it goes at least half of the way to the expert"

    alone = Claim("partner.1", "rule", "Stop on Fridays.", origin="partner", status="proposed")
    body, head = dialogue.draft(state).body, shelf.artifact(actors.dan, db, made).artifact.head
    artifacts.revise(actors.dan, db, made, body, base=head, title="Once more", claims=[alone])
    with pytest.raises(Conflict, match="wait"):
        artifacts.publish(actors.dan, db, made)
