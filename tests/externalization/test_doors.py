"""The dialogue through REST and through an agent: the same services, and nothing that could lead the expert."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from seci.accounts import services as accounts
from seci.accounts.actor import Actor
from seci.accounts.tools import named
from seci.externalization import queries, services, store, tools
from seci.externalization.state import Setting
from seci.externalization.turn import Judge
from seci.kit.database import Database, of_django
from seci.kit.errors import BadInput, Conflict, Refused
from tests.cast import Actors
from tests.externalization.sessions import bank_of

assert tools


class Program:
    """A program with an API token of somebody's."""

    def __init__(self, actor: Actor) -> None:
        self.token = accounts.create_token(actor, "a program")

    def ask(self, path: str, form: dict[str, Any] | None = None) -> tuple[int, Any]:
        client, header = Client(), f"Bearer {self.token}"
        if form is None:
            answer = client.get(f"/api/v1/{path}", headers={"Authorization": header})
        else:
            answer = client.post(
                f"/api/v1/{path}", json.dumps(form), content_type="application/json", headers={"Authorization": header}
            )
        return answer.status_code, answer.json()


@pytest.fixture
def dan(actors: Actors) -> Program:
    return Program(actors.dan)


@pytest.fixture
def house(actors: Actors) -> Database:
    return of_django(connection)


def opened(program: Program, form: dict[str, Any]) -> int:
    status, found = program.ask("interviews", form)
    assert status == 200, found
    interview: int = found["id"]
    return interview


def test_an_interview_goes_through_rest(dan: Program, actors: Actors, house: Database) -> None:
    interview = opened(dan, {"decision": "Hold it?", "outcomes": ["accept", "hold"]})
    status, refused = dan.ask(f"interviews/{interview}/answers/1", {"text": "juniors"})
    assert (status, refused["error"]["code"]) in ((403, "consent"), (409, "conflict"))
    dan.ask(f"interviews/{interview}/consent", {"study": True})
    status, waiting = dan.ask(f"interviews/{interview}/question")
    assert (status, waiting["number"], waiting["question"]["form"]) == (200, 1, "ask")
    status, after = dan.ask(f"interviews/{interview}/answers/1", {"text": "juniors"})
    assert (status, after["number"], after["answered"]) == (200, 2, 1)
    assert dan.ask(f"interviews/{interview}/answers/1", {"text": "juniors"}) == (200, after)
    assert dan.ask(f"interviews/{interview}/answers/1", {"text": "seniors"})[0] == 409
    status, found = dan.ask(f"interviews/{interview}")
    assert found["turns"][0]["answer"] == {"text": "juniors"}
    assert found["turns"][0]["door"] == "rest"
    assert found["ba"]["type"] == "dialoguing"
    assert dan.ask(f"interviews/{interview}/journal")[0] == 200
    assert dan.ask(f"interviews/{interview}/draft")[1]["title"]
    assert dan.ask(f"interviews/{interview}/pause", {})[1]["state"] == "paused"


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"mood": "good"}, "mood"),
        ({"decision": 3}, "decision"),
        ({"bank": "one"}, "bank"),
        ({"outcomes": "accept"}, "outcomes"),
        ({"conversion": "nonsense"}, "nonsense"),
        ({"bank": 77}, "77"),
        ({"minutes": 9999}, "minutes"),
    ],
)
def test_a_wrong_field_is_named(dan: Program, form: dict[str, Any], said: str) -> None:
    status, answer = dan.ask("interviews", form)
    assert status in (404, 422)
    assert said in answer["error"]["sentence"]


def test_a_wrong_answer_is_one_sentence(dan: Program) -> None:
    interview = opened(dan, {"decision": "Hold it?"})
    dan.ask(f"interviews/{interview}/consent", {})
    dan.ask(f"interviews/{interview}/question")
    for form in ({"reply": "publish"}, {"mood": 1}, {"looked": "all"}, {"right": [1, 2, 3]}):
        status, answer = dan.ask(f"interviews/{interview}/answers/1", form)
        assert status == 422
        assert answer["error"]["sentence"].endswith(".")


def test_others_get_nothing_through_rest(dan: Program, actors: Actors) -> None:
    interview = opened(dan, {"decision": "Hold it?"})
    for other, status in ((actors.bob, 404), (actors.erin, 403)):
        program = Program(other)
        for path in ("", "/question", "/draft", "/journal"):
            assert program.ask(f"interviews/{interview}{path}")[0] == status
    assert Program(actors.bob).ask("interviews") == (200, [])
    assert Client().get(f"/api/v1/interviews/{interview}").status_code == 401


def test_a_case_goes_out_without_what_could_lead(dan: Program, actors: Actors, house: Database) -> None:
    bank = bank_of(actors.dan, house, 12)
    talk = services.open_interview(actors.dan, house, Setting(seed=1), bank=bank.id)
    services.consent(actors.dan, house, talk.id)
    case = bank_case(actors, house, bank.id)
    waiting = Judge(case, ("accept", "hold"), predicted="hold", audit=True, repeat_of=case.id)
    store.write_question(house, talk.id, 1, waiting, 1)
    status, shown = dan.ask(f"interviews/{talk.id}/question")
    assert status == 200
    assert shown["question"]["form"] == "judge"
    assert not {"predicted", "audit", "repeat_of"} & set(shown["question"])
    assert dan.ask(f"interviews/{talk.id}/draft")[0] == 409
    with pytest.raises(Conflict, match="folded"):
        tools.interview_draft(actors.dan, house, talk.id)
    turns = dan.ask(f"interviews/{talk.id}")[1]["turns"]
    assert "predicted" not in json.dumps(turns[-1])


def bank_case(actors: Actors, db: Database, bank: int) -> Any:
    from seci.cases import queries as cases

    return cases.pool(actors.dan, db, bank)[0]


def test_an_agent_passes_on_questions_and_a_persons_answers(actors: Actors, house: Database) -> None:
    agent = Actor(actors.dan.account, actors.dan.person, "member", "mcp")

    def call(tool: str, **arguments: Any) -> Any:
        return named(tool).call(agent, house, arguments)

    begun = call("open_interview", decision="Hold it?")
    assert "agree" in begun["consent_text"]
    call("next_question", interview=begun["interview"])
    with pytest.raises(Refused, match="agree"):
        call("answer_question", interview=begun["interview"], number=1, text="juniors")
    with pytest.raises(BadInput, match="until the person agrees"):
        call("agree_to_interview", interview=begun["interview"], person_agreed=False)
    first = call("agree_to_interview", interview=begun["interview"], person_agreed=True)
    then = call("answer_question", interview=begun["interview"], number=first["number"], text="accept, hold")
    assert then["number"] == first["number"] + 1
    [turn, _] = queries.interview(agent, house, begun["interview"]).written
    assert (turn.door, turn.speaker) == ("mcp", actors.dan.person)
    with pytest.raises(BadInput, match="reply"):
        call("answer_question", interview=begun["interview"], number=then["number"], reply="publish")
    assert [row["id"] for row in call("list_interviews")["result"]] == [begun["interview"]]


def test_the_tools_say_that_the_agent_never_answers_itself() -> None:
    assert "Never answer yourself" in named("open_interview").description
    assert "PERSON" in named("answer_question").description
    assert named("answer_question").changes
    assert not named("interview_draft").changes
