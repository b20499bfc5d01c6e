from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client

from seci.cases import queries
from seci.cases.access import banks
from seci.kit.database import of_django
from tests.browsing import come_as, text
from tests.cast import Actors

TABLE = "id,title,Missing (%),Owner known,Verdict\n" + "\n".join(
    f"a{n},Delivery <b>{n}</b>,{n},{'yes' if n % 2 else 'no'},{'accept' if n % 2 else 'hold'}" for n in range(60)
)


@pytest.fixture
def dan(actors: Actors) -> Client:
    return come_as(actors.dan)


def brought_in(client: Client, **more: str) -> int:
    form = {"title": "Deliveries", "text": TABLE, "outcome": "Verdict", **more}
    answer = client.post("/cases/import/", {**form, "sure": "yes"})
    assert answer.status_code == 302, text(answer)
    return int(answer.headers["Location"].strip("/").split("/")[-1])


def test_an_import_is_looked_at_before_anything_is_written(dan: Client) -> None:
    looked = dan.post("/cases/import/", {"title": "Deliveries", "text": TABLE, "outcome": "Verdict"})
    assert "60 cases, 2 attributes, 60 verdicts" in text(looked)
    assert "Nothing is written yet" in text(looked)
    assert banks(of_django(connection)) == []
    bank = brought_in(dan)
    page = text(dan.get(f"/cases/{bank}/"))
    assert "60 cases" in page
    assert "Missing" in page
    assert "Deliveries" in text(dan.get("/cases/"))


def test_what_is_no_table_is_one_sentence_and_the_page_stays(dan: Client) -> None:
    for form in ({"title": "x", "text": ""}, {"title": "x", "text": "only a heading"}, {"text": TABLE, "sure": "yes"}):
        answer = dan.post("/cases/import/", form)
        assert answer.status_code == 422
        assert 'role="alert"' in answer.content.decode()
    assert banks(of_django(connection)) == []


def test_words_of_a_case_are_shown_as_words(dan: Client) -> None:
    bank = brought_in(dan)
    raw = dan.get(f"/cases/{bank}/").content.decode()
    assert "<b>1</b>" not in raw
    case = dan.get(f"/cases/{bank}/case/a1/")
    assert "<b>1</b>" not in case.content.decode()
    assert "accept" in text(case)


def test_attributes_and_outcomes_are_said_on_the_page(dan: Client, actors: Actors) -> None:
    bank = brought_in(dan)
    form = {"name": "Missing values", "unit": "%", "low": "0", "high": "100,5", "how_measured": "Count them."}
    assert dan.post(f"/cases/{bank}/attributes/missing/", form).status_code == 302
    dan.post(f"/cases/{bank}/describe/", {"title": "Data", "decision": "Hold it?", "outcomes": "accept\nhold\n"})
    found = queries.bank(actors.dan, of_django(connection), bank).bank
    attribute = found.attribute("missing")
    assert attribute is not None
    assert (attribute.name, attribute.high, attribute.how_measured) == ("Missing values", 100.5, "Count them.")
    assert (found.title, found.decision, found.outcomes) == ("Data", "Hold it?", ("accept", "hold"))
    wrong = dan.post(f"/cases/{bank}/attributes/missing/", {**form, "low": "many"}, follow=True)
    assert "is no number" in text(wrong)


def test_others_may_look_and_not_change(dan: Client, actors: Actors) -> None:
    bank = brought_in(dan)
    bob = come_as(actors.bob)
    page = text(bob.get(f"/cases/{bank}/"))
    assert "Take out of use" not in page
    refused = bob.post(f"/cases/{bank}/retire/", follow=True)
    assert "Only whoever made" in text(refused)
    assert come_as(actors.mallory).get(f"/cases/{bank}/").status_code == 403


def test_a_bank_is_downloaded_and_taken_out_of_use(dan: Client) -> None:
    bank = brought_in(dan)
    sheet = dan.get(f"/cases/{bank}/cases.csv")
    assert sheet.headers["Content-Type"].startswith("text/csv")
    assert sheet.content.decode().count("\n") == 61
    dan.post(f"/cases/{bank}/retire/")
    assert "Deliveries" not in text(dan.get("/cases/"))


def test_the_list_and_the_pages_of_a_bank_ask_the_database_as_often_whatever_their_size(
    dan: Client, django_assert_max_num_queries: Any
) -> None:
    bank = brought_in(dan)
    with django_assert_max_num_queries(16):
        dan.get(f"/cases/{bank}/")
    with django_assert_max_num_queries(16):
        dan.get("/cases/")


def test_without_a_repository_the_page_of_changes_says_where_to_add_one(dan: Client) -> None:
    assert "No repository is read yet" in text(dan.get("/cases/changes/"))
    assert dan.post("/cases/changes/", {}).status_code == 422


def test_banks_and_cases_are_read_over_rest(dan: Client) -> None:
    bank = brought_in(dan)
    [row] = dan.get("/api/v1/cases").json()
    assert (row["cases"], row["judgements"]) == (60, 60)
    page = dan.get(f"/api/v1/cases/{bank}?size=10&page=2").json()
    assert [one["case"]["id"] for one in page["rows"]] == [f"a{n}" for n in range(10, 20)]
    assert dan.get(f"/api/v1/cases/{bank}/a3").json()["said"][0]["person"] is None
