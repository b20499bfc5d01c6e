from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from seci.artifacts.access import claims, get_artifact, get_revision
from seci.artifacts.body import from_data
from seci.artifacts.citing import cited_claims
from seci.cases import queries as cases
from seci.cases.services import describe_bank, import_table
from seci.externalization import memory, queries, services
from seci.externalization.dialogue import ask
from seci.externalization.journal import recreate
from seci.externalization.state import Setting
from seci.externalization.turn import Answer, Explain, Judge, Question, Sign
from seci.kit.database import Database
from seci.kit.errors import BadInput, Conflict, Refused
from seci.ledger.kinds import Kind
from tests.externalization.conftest import People
from tests.externalization.scripted_expert import ScriptedExpert
from tests.externalization.sessions import SAID, bank_of, hold, opened, policy


def test_a_signed_dialogue_is_an_artifact_whose_claims_are_traced_to_human_turns(
    ledger: Database, people: People
) -> None:
    bank = bank_of(people.dan, ledger)
    talk = opened(people.dan, ledger, bank, study=True)
    passed = hold(people.dan, ledger, talk)
    done = queries.known(people.dan, ledger, talk.id)
    assert done.state == "finished"
    assert done.artifact is not None

    page = get_artifact(people.dan, ledger, done.artifact)
    assert (page.owner, page.bank, page.title) == (people.dan.person, bank.id, SAID["title"])
    assert page.context.who == SAID["who"]
    revision = get_revision(people.dan, ledger, page.id)
    assert revision.signed_by == people.dan.person
    said = claims(people.dan, ledger, page.id)
    turns = {turn.number: turn.answer for turn in queries.interview(people.dan, ledger, talk.id).written}
    for claim in said:
        source, number = claim.source.removeprefix("turn:").split("/")
        answer = turns[int(number)]
        assert answer is not None
        assert (int(source), claim.origin) == (talk.id, "human")
        assert answer["text"][claim.start : claim.end] == claim.quote
        assert claim.confirmed_by == people.dan.person
    assert cited_claims(from_data(page.type, revision.body)) <= {claim.id for claim in said}

    judged = [answer for question, answer in passed if isinstance(question, Judge) and answer.choice]
    assert len(cases.judged(people.dan, ledger, bank.id)) == len(judged)
    _events(ledger, page.id, sum(isinstance(question, Explain) for question, _ in passed))
    with pytest.raises(Conflict, match="finished"):
        services.answer(people.dan, ledger, talk.id, len(passed), Answer("confirm"))
    _journal(ledger, people, talk.id, [question for question, _ in passed])


def _events(ledger: Database, artifact: int, explained: int) -> None:
    """Articulation and structuring are told apart; the teach-back carries its outcome, the artifact and revision."""
    kinds = [Kind(kind) for (kind,) in ledger.rows("SELECT kind FROM ledger_event ORDER BY seq")]
    assert {Kind.ELICIT, Kind.EXPLAIN_WHY, Kind.STRUCTURE, Kind.VERIFY} <= set(kinds)
    rows = ledger.rows(
        "SELECT e.artifact, e.revision, o.score, o.pressure FROM ledger_event e JOIN ledger_outcome o "
        "ON o.event_id = e.seq WHERE e.kind = ?",
        [Kind.TEACH_BACK],
    )
    if explained:
        [(about, revision, score, pressure)] = rows
        assert (about, revision, pressure) == (artifact, 1, 0)
        assert 0 <= score <= 1


def _journal(ledger: Database, people: People, talk: int, asked: list[object]) -> None:
    """The journal re-creates the conversation, and names nobody."""
    text = json.dumps(queries.journal(people.dan, ledger, talk))
    assert "Dan Of Here" not in text
    assert "the expert" in text
    again = recreate(json.loads(text))
    assert len(again.turns) == len(asked)
    assert queries.journal(people.erin, ledger, talk)["turns"]


def test_a_journal_is_for_others_only_where_the_expert_agreed(ledger: Database, people: People) -> None:
    talk = services.open_interview(people.dan, ledger, Setting(decision="Hold it?"))
    services.consent(people.dan, ledger, talk.id)
    with pytest.raises(Refused, match="not agreed"):
        queries.journal(people.erin, ledger, talk.id)
    assert queries.journal(people.dan, ledger, talk.id)["turns"] == []
    services.consent(people.dan, ledger, talk.id, study=True)
    assert queries.journal(people.erin, ledger, talk.id)["turns"] == []


def test_a_restart_before_every_answer_ends_in_the_same_questions(ledger: Database, people: People) -> None:
    bank = bank_of(people.dan, ledger, 30)
    whole = opened(people.dan, ledger, bank)
    asked = [type(question) for question, _ in hold(people.dan, ledger, whole, judged=5)]

    class Forgetful(ScriptedExpert):
        def __call__(self, question: object) -> Answer:
            memory.forget()
            return super().__call__(question)  # type: ignore[arg-type]

    cut = opened(people.dan, ledger, bank)
    answers = Forgetful(policy(), SAID)
    assert [type(question) for question, _ in hold(people.dan, ledger, cut, judged=5, expert=answers)] == asked


def test_an_expert_who_takes_everything_back_leaves_no_judgement_and_no_claim(ledger: Database, people: People) -> None:
    bank = bank_of(people.dan, ledger, 30)
    talk = opened(people.dan, ledger, bank)
    answers, shown = ScriptedExpert(policy(), SAID), services.question(people.dan, ledger, talk.id)
    while not isinstance(shown.question, Judge):
        shown = services.answer(people.dan, ledger, talk.id, shown.number, answers(shown.question))
    shown = services.answer(people.dan, ledger, talk.id, shown.number, answers(shown.question))
    assert len(cases.judged(people.dan, ledger, bank.id)) == 1
    with pytest.raises(BadInput, match="verdict is one of"):
        _judge(ledger, people, talk.id, "maybe")
    services.answer(people.dan, ledger, talk.id, shown.number, Answer("retract", claim="*"))
    assert cases.judged(people.dan, ledger, bank.id) == ()
    state = queries.interview(people.dan, ledger, talk.id).state
    assert (state.judgements, state.standing) == ((), ())


def _judge(ledger: Database, people: People, talk: int, verdict: str) -> None:
    shown = services.question(people.dan, ledger, talk)
    while not isinstance(shown.question, Judge):
        shown = services.answer(people.dan, ledger, talk, shown.number, Answer("skip"))
    services.answer(people.dan, ledger, talk, shown.number, Answer(choice=verdict))


def test_without_cases_the_judgements_go_to_a_bank_of_their_own(ledger: Database, people: People) -> None:
    from tests.externalization.sessions import ATTRIBUTES, OUTCOMES

    setting = Setting(decision="Hold it?", outcomes=OUTCOMES, attributes=ATTRIBUTES, seed=2)
    talk = services.open_interview(people.dan, ledger, setting)
    services.consent(people.dan, ledger, talk.id)
    hold(people.dan, ledger, talk, judged=3)
    done = queries.known(people.dan, ledger, talk.id)
    assert done.bank is not None
    bank = cases.bank(people.dan, ledger, done.bank)
    assert [one.key for one in bank.bank.attributes][:3] == [one.key for one in ATTRIBUTES]
    assert bank.bank.outcomes == OUTCOMES
    assert len(cases.judged(people.dan, ledger, done.bank)) == 3


def test_two_experts_on_one_bank_are_compared_once_both_have_signed(ledger: Database, people: People) -> None:
    bank = bank_of(people.dan, ledger, 8)
    mine, theirs = opened(people.dan, ledger, bank, named=True), opened(people.bob, ledger, bank)
    hold(people.dan, ledger, mine, judged=7)
    assert queries.disputes(people.erin, ledger, bank.id).disputes is None
    hold(people.bob, ledger, theirs, judged=7, expert=ScriptedExpert(policy(5), SAID))
    page = queries.disputes(people.erin, ledger, bank.id)
    assert page.voices == ("Dan Of Here", "Expert B")
    assert page.disputes is not None
    assert page.disputes.shared > 0
    shared = {one.case.id for one in page.disputes.cases}
    differing = {
        case.id for case in cases.pool(people.dan, ledger, bank.id)
        if policy().judge(case.values) != policy(5).judge(case.values)
    }  # fmt: skip
    assert shared <= differing


def test_what_waits_after_a_restart_is_what_the_engine_would_ask(ledger: Database, people: People) -> None:
    bank = bank_of(people.dan, ledger, 20)
    talk = opened(people.dan, ledger, bank)
    shown = services.question(people.dan, ledger, talk.id)
    memory.forget()
    assert ask(queries.interview(people.dan, ledger, talk.id).state) == shown.question


def test_stopping_at_the_signature_rests_the_dialogue_and_signs_nothing(ledger: Database, people: People) -> None:
    bank = bank_of(people.dan, ledger, 20)
    talk = opened(people.dan, ledger, bank)
    answers, shown = ScriptedExpert(policy(), SAID), services.question(people.dan, ledger, talk.id)
    while not isinstance(shown.question, Sign):
        answer = Answer("stop") if isinstance(shown.question, Judge) else answers(shown.question)
        shown = services.answer(people.dan, ledger, talk.id, shown.number, answer)
    rested = services.answer(people.dan, ledger, talk.id, shown.number, Answer("stop"))
    assert (rested.state, rested.number) == ("paused", shown.number)
    assert queries.known(people.dan, ledger, talk.id).artifact is None
    signed = services.answer(people.dan, ledger, talk.id, shown.number, Answer("confirm"))
    assert signed.state == "finished"


def test_a_second_dialogue_on_an_artifact_writes_its_next_revision(ledger: Database, people: People) -> None:
    bank = bank_of(people.dan, ledger, 20)
    first = opened(people.dan, ledger, bank)
    hold(people.dan, ledger, first, judged=3)
    artifact = queries.known(people.dan, ledger, first.id).artifact
    assert artifact is not None
    again = services.open_interview(people.dan, ledger, Setting(seed=9), bank=bank.id, artifact=artifact)
    services.consent(people.dan, ledger, again.id)
    other = ScriptedExpert(policy(5), {**SAID, "title": "When to hold it back"})
    hold(people.dan, ledger, again, judged=6, expert=other)
    assert queries.known(people.dan, ledger, again.id).artifact == artifact
    assert get_artifact(people.dan, ledger, artifact).head == 2
    ids = [claim.id for claim in claims(people.dan, ledger, artifact)]
    assert len(ids) == len(set(ids))


class Verdicts(ScriptedExpert):
    """Judges by a function of the number of the case, whatever the case says."""

    def __init__(self, verdict: Callable[[int], str]) -> None:
        super().__init__(policy(), SAID)
        self.verdict, self.count = verdict, 0

    def __call__(self, question: Question) -> Answer:
        if isinstance(question, Judge):
            self.count += 1
            return Answer(choice=self.verdict(self.count), sure=False)
        return super().__call__(question)


@pytest.mark.parametrize(
    "verdict",
    [lambda n: "accept", lambda n: ("accept", "hold")[n % 2]],
    ids=["all the same", "contradictory"],
)
def test_verdicts_that_show_nothing_end_in_an_artifact_that_does_not_claim_to_know(
    ledger: Database, people: People, verdict: Callable[[int], str]
) -> None:
    bank = bank_of(people.dan, ledger, 24)
    talk = opened(people.dan, ledger, bank)
    hold(people.dan, ledger, talk, judged=10, expert=Verdicts(verdict))
    artifact = queries.known(people.dan, ledger, talk.id).artifact
    assert artifact is not None
    assert get_artifact(people.dan, ledger, artifact).label in ("", "draft")


def test_cases_with_one_attribute_are_enough_to_talk_about(ledger: Database, people: People) -> None:
    text = "id,Missing (%)\n" + "\n".join(f"d{n},{n * 3}" for n in range(16))
    bank = import_table(people.dan, ledger, text, title="One column").bank
    describe_bank(people.dan, ledger, bank.id, outcomes=["accept", "hold"], decision="Hold it?")
    talk = opened(people.dan, ledger, bank)
    hold(people.dan, ledger, talk, judged=8, expert=Verdicts(lambda n: "hold" if n > 4 else "accept"))
    assert queries.known(people.dan, ledger, talk.id).state == "finished"


def test_the_same_signed_twice_is_one_revision_and_one_signature(ledger: Database, people: People) -> None:
    bank = bank_of(people.dan, ledger, 20)
    first = opened(people.dan, ledger, bank)
    hold(people.dan, ledger, first, judged=2)
    artifact = queries.known(people.dan, ledger, first.id).artifact
    assert artifact is not None
    again = services.open_interview(people.dan, ledger, Setting(seed=3), bank=bank.id, artifact=artifact)
    services.consent(people.dan, ledger, again.id)
    hold(people.dan, ledger, again, judged=2)
    assert queries.known(people.dan, ledger, again.id).state == "finished"
    revision = get_revision(people.dan, ledger, artifact)
    assert revision.signed_by == people.dan.person
