"""What programs meet at the doors of the house: one sentence for what cannot be read, a document that is true."""

from __future__ import annotations

import json
import logging
import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from pydantic import TypeAdapter

from seci.accounts import services
from seci.accounts.actor import ROLES
from seci.site.secret import KeysUnsaid
from tests.cast import Actors


@pytest.fixture
def member(actors: Actors) -> Client:
    """A program with the token of a member."""
    return Client(headers={"Authorization": f"Bearer {services.create_token(actors.bob, 'a program')}"})


def error(answer: Any) -> dict[str, Any]:
    """The error of an answer: one sentence, and no traceback."""
    found: dict[str, Any] = answer.json()["error"]
    assert found["sentence"].endswith(".")
    assert "\n" not in found["sentence"]
    return found


@pytest.mark.parametrize("path", ["artifacts/{}", "assets/1/people/{}", "challenges?document={}", "people/{}"])
@pytest.mark.parametrize("number", [2**63, -(2**63) - 1, 10**40])
def test_a_number_that_nothing_can_have_is_not_found_or_told(member: Client, path: str, number: int) -> None:
    answer = member.get("/api/v1/" + path.format(number))
    assert answer.status_code in {200, 404, 422}


def test_a_field_that_is_missing_is_named_as_it_is_sent(member: Client) -> None:
    answer = member.post("/api/v1/library", {"title": "A page"}, content_type="application/json")
    assert answer.status_code == 422
    assert error(answer)["sentence"] == "body.text: is missing."
    assert error(answer)["details"][0]["loc"] == ["body", "text"]


WORDS = {"title": "A page", "text": "Words."}


@pytest.mark.parametrize(
    ("path", "known", "wrong", "told"),
    [
        ("library", WORDS, "diataxsis", "the nearest is diataxis"),
        ("library", {"text": "Words."}, "titel", "the nearest is title"),
        ("library", WORDS, "mood", "those there are: title, text, diataxis, asset"),
        ("interviews/1/consent", {}, "partners", "the nearest is partner"),
        ("runs/1/went", {}, "reason", "those there are: went"),
        ("practice/today", {}, "more", "those there are: none"),
    ],
)
def test_a_field_that_there_is_not_is_refused_with_the_nearest(
    member: Client, path: str, known: dict[str, str], wrong: str, told: str
) -> None:
    """Passed over, a misspelled one would be as if nothing had been said."""
    answer = member.post(f"/api/v1/{path}", {**known, wrong: "x"}, content_type="application/json")
    assert answer.status_code == 422
    assert error(answer)["sentence"] == f"body.{wrong}: there is no such field; {told}."
    assert error(answer)["details"][0]["loc"] == ["body", wrong]


def test_an_operation_that_takes_no_field_takes_no_body_or_an_empty_one(member: Client) -> None:
    for body in ("", "{}"):
        assert member.post("/api/v1/practice/today", body, content_type="application/json").status_code == 200
    assert member.post("/api/v1/practice/today", "[]", content_type="application/json").status_code == 422


def test_a_body_that_is_no_json_is_told_where(member: Client) -> None:
    answer = member.post("/api/v1/library", '{"title": ', content_type="application/json")
    assert answer.status_code == 400
    assert "no JSON" in error(answer)["sentence"]
    assert "column" in error(answer)["sentence"]


def test_a_host_that_is_not_served_is_told_so_in_a_sentence(client: Client) -> None:
    answer = client.get("/", headers={"Host": "elsewhere.example"})
    assert answer.status_code == 400
    assert answer.content.decode().count("\n") == 1
    assert "SECI_HOSTS" in answer.content.decode()


def test_a_form_with_too_much_in_it_is_told_so_in_a_sentence(member: Client) -> None:
    answer = member.post("/api/v1/library", json.dumps({"title": "x" * 3_000_000}), content_type="application/json")
    assert answer.status_code in {400, 413}
    assert "less" in error(answer)["sentence"]


def test_a_method_that_an_address_does_not_take_is_told_in_a_sentence(member: Client) -> None:
    answer = member.delete("/api/v1/risk")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET")
    assert error(answer)["sentence"] == "This address takes GET, not DELETE."
    page = member.get("/library/1/verify/")
    assert page.status_code == 405
    assert "Only a form is sent to this address" in page.content.decode()


def test_the_scheme_of_a_token_is_read_in_any_case(actors: Actors) -> None:
    secret = services.create_token(actors.bob, "a program")
    for scheme in ("Bearer", "bearer", "BEARER"):
        assert Client().get("/api/v1/risk", headers={"Authorization": f"{scheme} {secret}"}).status_code == 200


def test_a_stranger_with_a_very_long_address_is_led_to_the_entrance(client: Client) -> None:
    answer = client.get("/search/?q=" + "a" * 20_000)
    assert answer.status_code == 302
    assert len(answer.headers["Location"]) < 100


@pytest.mark.parametrize("path", ["/enter/{}/", "/practice/calendar/{}.ics"])
def test_links_that_are_keys_are_not_written_into_the_log(path: str) -> None:
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, "%s: %s", ("Gone", path.format("a-key")), None)
    assert KeysUnsaid().filter(record)
    assert record.getMessage() == "Gone: " + path.partition("{")[0] + "..." + ("/" if path.endswith("/") else "")
    assert "'filters': ['keys']" in str(settings.LOGGING["handlers"])


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    from seci.site.rest import api

    found: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema()))
    return found


def operations(document: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [(f"{m} {path}", one) for path, methods in document["paths"].items() for m, one in methods.items()]


def test_each_body_is_described_by_its_own_schema_though_names_are_alike(document: dict[str, Any]) -> None:
    """Rooms call what they are sent by short words, and several mean something else by the same one."""
    from seci.site.openapi import body_of, operations_of
    from seci.site.rest import api

    for operation in operations_of(api):
        body = body_of(operation)
        if not hasattr(body, "model_fields"):
            continue
        told = document["paths"]["/api/v1" + spelled(operation)][operation.methods[0].lower()]
        schema = told["requestBody"]["content"]["application/json"]["schema"]
        named = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        assert set(named.get("properties", {})) == set(body.model_fields), told["operationId"]


def test_every_body_says_that_it_takes_no_other_field(document: dict[str, Any]) -> None:
    writing = [(name, told) for name, told in operations(document) if not name.startswith("get ")]
    assert len(writing) > 80
    for name, told in writing:
        schema = told["requestBody"]["content"]["application/json"]["schema"]
        schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
        assert schema["additionalProperties"] is False, name


def spelled(operation: Any) -> str:
    return re.sub(r"{[^}:]+:", "{", operation.path)


def test_every_operation_says_who_may_ask_and_what_a_refusal_looks_like(document: dict[str, Any]) -> None:
    for name, told in operations(document):
        assert told["security"][0]["Signed"][0] in ROLES, name
        assert "4XX" in told["responses"], name
    error = document["components"]["schemas"]["Error"]["properties"]["error"]
    assert error["required"] == ["code", "sentence"]


def test_every_name_is_one_and_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    text = json.dumps(document)
    for reference in set(re.findall(r'"#/components/([a-zA-Z_.-]+/[a-zA-Z0-9_.-]+)"', text)):
        kind, name = reference.split("/")
        assert name in document["components"][kind], reference
    assert all(re.fullmatch(r"[a-zA-Z0-9._-]+", name) for name in document["components"]["schemas"])


# The draft of an interview is of as many shapes as there are types of artifacts; `/artifacts/{artifact}` says which.
UNDESCRIBED = {"seci_externalization_rest_draft"}


def test_every_operation_says_what_it_answers_unless_it_answers_a_file(document: dict[str, Any]) -> None:
    silent = {told["operationId"] for _, told in operations(document) if "content" not in told["responses"]["200"]}
    assert silent - UNDESCRIBED == {"seci_artifacts_rest_export", "seci_combination_graph_rest_export"}


def test_what_is_answered_is_what_was_said(member: Client) -> None:
    from seci.site.openapi import answer_of, operations_of
    from seci.site.rest import api

    asked = 0
    for operation in operations_of(api):
        answer = answer_of(operation)
        if operation.methods != ["GET"] or "{" in operation.path or answer is None:
            continue
        got = member.get("/api/v1" + operation.path, {"q": "engine", "node": "person:1"})
        if got.status_code == 200:
            TypeAdapter(answer).validate_json(got.content)
            asked += 1
    assert asked > 15
