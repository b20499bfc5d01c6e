"""What is put in is found, by whoever may see it, on every database the suite runs on."""

from __future__ import annotations

import numpy as np
import pytest
from django.db import connection

from seci.accounts.actor import Actor
from seci.kit.database import Database, of_django
from seci.search import finding, indexing, memory, passages, store
from seci.search.holding import Filters
from seci.search.passage import Passage, Subject, gather

pytestmark = pytest.mark.django_db
OWNER = Actor.owner_of_the_machine()
GUEST = Actor(None, None, "guest", "page")


@pytest.fixture
def at(db: None) -> Database:
    return of_django(connection)


def titles(answer: finding.Answer) -> list[str]:
    return [one.title for one in answer.found]


REVIEW = Subject("document", 1, "Code review", state="published", tags=("review", "quality"), owner=3)
INCIDENT = Subject("document", 2, "Incidents", audience="member", state="draft")
REVIEW_PASSAGES = [
    Passage("Every change is read by somebody who did not write it, before it goes in.", ("Who reads",), "who-reads"),
    Passage("A large pull request is split: nobody finds a fault in nine hundred lines.", ("Size",), "size"),
]
INCIDENT_PASSAGES = [Passage("Whoever commands the incident does not type at a keyboard.")]


@pytest.fixture
def filled(at: Database) -> Database:
    passages.put(at, REVIEW, REVIEW_PASSAGES)
    passages.put(at, INCIDENT, INCIDENT_PASSAGES)
    return at


def test_a_passage_is_found_by_its_words_as_soon_as_it_is_put_in(filled: Database) -> None:
    answer = finding.find(OWNER, filled, "split large pull requests")
    found = answer.found[0]
    assert (found.kind, found.number, found.heading) == ("document", 1, ("Size",))
    assert [piece.text for piece in found.snippet if piece.marked] == ["large", "pull", "request", "split"]


def test_nobody_finds_what_they_may_not_see(filled: Database) -> None:
    assert titles(finding.find(OWNER, filled, "incident commands")) == ["Incidents"]
    assert titles(finding.find(GUEST, filled, "incident commands")) == []


def test_a_page_of_one_person_is_found_by_that_person_alone(at: Database) -> None:
    passages.put(at, Subject("document", 5, "Notes", audience="person:7"), [Passage("Secret recipe of the sauce.")])
    assert titles(finding.find(Actor(1, 7, "member", "page"), at, "sauce")) == ["Notes"]
    assert titles(finding.find(Actor(2, 8, "admin", "page"), at, "sauce")) == []


def test_what_is_put_in_again_costs_nothing_and_what_changed_replaces_what_it_was(filled: Database) -> None:
    assert passages.put(filled, REVIEW, REVIEW_PASSAGES) == 0
    changed = [REVIEW_PASSAGES[0], Passage("A small change is read within the hour.", ("Pace",))]
    assert passages.put(filled, REVIEW, changed) == 1
    assert titles(finding.find(OWNER, filled, "nine hundred lines")) == []
    assert titles(finding.find(OWNER, filled, "within the hour")) == ["Code review"]


def test_what_is_forgotten_is_found_no_more_and_may_come_back(filled: Database) -> None:
    passages.forget(filled, REVIEW)
    assert titles(finding.find(OWNER, filled, "pull request")) == []
    passages.put(filled, REVIEW, REVIEW_PASSAGES)
    assert titles(finding.find(OWNER, filled, "pull request")) == ["Code review"]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(kind="document"), ["Code review", "Incidents"]),
        (Filters(kind="artifact"), []),
        (Filters(tag="quality"), ["Code review"]),
        (Filters(state="draft"), ["Incidents"]),
        (Filters(owner=3), ["Code review"]),
    ],
)
def test_filters_narrow_what_is_found(filled: Database, filters: Filters, expected: list[str]) -> None:
    assert sorted(titles(finding.find(OWNER, filled, "whoever reads incident change", filters))) == expected


@pytest.mark.parametrize("text", ["", "   ", "the of and", "%", "'; DROP TABLE x; --", "x" * 5000, "\x00", "∂ß½"])
def test_any_text_is_answered(filled: Database, text: str) -> None:
    assert finding.find(OWNER, filled, text).found is not None


def test_words_that_nobody_wrote_are_found_by_meaning_once_the_worker_has_been_there(filled: Database) -> None:
    before = finding.find(OWNER, filled, "emergency response leadership")
    assert (titles(before), before.waiting) == ([], 3)
    assert indexing.embed(filled) == 3
    after = finding.find(OWNER, filled, "emergency response leadership")
    assert (after.mode, after.waiting, titles(after)[0]) == ("hybrid", 0, "Incidents")


def test_a_changed_passage_alone_gets_new_vectors(filled: Database) -> None:
    indexing.embed(filled)
    passages.put(filled, REVIEW, [*REVIEW_PASSAGES, Passage("Be kind.")])
    assert store.waiting(filled) == 1
    assert indexing.embed(filled) == 1


def test_what_may_not_be_seen_takes_no_place_among_what_is_nearest(at: Database) -> None:
    """More hidden passages are nearer to the question than are asked of a database, and the reader's own come first."""
    passages.put(
        at, Subject("document", 8, "Theirs", audience="admin"), [Passage(f"Word {one}.") for one in range(500)]
    )
    passages.put(at, Subject("document", 9, "Mine"), [Passage("Something."), Passage("Else.")])
    asked, aside = np.eye(2, 384, dtype=np.float32)
    rows = []
    for number, (id_, *_) in enumerate(store.open_passages(at, 1000)):
        likeness = 1.0 if number < 500 else 0.6 - number / 5000
        rows.append((int(id_), 0, (likeness * asked + (1 - likeness**2) ** 0.5 * aside).astype("<f4").tobytes()))
    store.add_vectors(at, rows, [id_ for id_, _, _ in rows])
    state = memory.state(at)

    def nearest(reader: Actor) -> list[int]:
        mask = state.visible(finding.keys(reader), Filters())
        return [int(state.passages[slot]) for slot in finding.by_meaning(at, state, mask, asked.tobytes())["meaning"]]

    hidden, own = {id_ for id_, _, _ in rows[:500]}, [id_ for id_, _, _ in rows[500:]]
    assert nearest(GUEST) == own
    assert set(nearest(OWNER)[:100]) <= hidden
    found = passages.vectors(at, "document", [8, 9, 10], first=2)
    assert {number: rows.shape for number, rows in found.items()} == {8: (2, 384), 9: (2, 384)}
    assert np.allclose(found[9] @ asked, [0.5, 0.4998], atol=1e-4), "in the order of the page, as they were given"


def test_vectors_of_two_models_are_never_kept_side_by_side(filled: Database) -> None:
    indexing.embed(filled)
    store.made_by(filled, "another model")
    assert store.waiting(filled) == 3
    assert titles(finding.find(OWNER, filled, "emergency response leadership")) == []
    assert indexing.embed(filled) == 3
    assert titles(finding.find(OWNER, filled, "emergency response leadership"))[0] == "Incidents"
    assert indexing.embed(filled) == 0


def test_without_the_model_the_search_is_complete_by_words(filled: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("seci.search.finding.model.of_query", lambda text: None)
    answer = finding.find(OWNER, filled, "pull request")
    assert (answer.mode, titles(answer), answer.waiting) == ("words", ["Code review"], 0)


def test_paragraphs_of_one_heading_are_joined_and_long_ones_cut() -> None:
    parts = [("a", ("A",), "one two"), ("a", ("A",), "three"), ("b", ("B",), "four"), ("b", ("B",), "w " * 700)]
    found = gather(parts, words=50, longest=300)
    assert [(one.place, len(one.text.split())) for one in found] == [
        ("a", 3),
        ("b", 1),
        ("b", 300),
        ("b", 300),
        ("b", 100),
    ]
