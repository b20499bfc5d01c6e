from __future__ import annotations

import json
from dataclasses import replace

import pytest

from seci.artifacts import queries as artifacts
from seci.artifacts.access import get_artifact
from seci.artifacts.bodies import Leaf, Split, Tree
from seci.artifacts.condition import Condition
from seci.artifacts.evidence import Evidence
from seci.artifacts.markdown import to_markdown
from seci.internalization.challenges import queries, services
from seci.internalization.challenges.store import upheld
from seci.kit.database import Database
from seci.kit.errors import BadInput, Conflict, NotFound, Refused
from seci.ledger.kinds import Kind
from tests.artifacts.making import tree
from tests.internalization.runs.conftest import GUEST, LEARNER, OTHER, OWNER, House


def practised(house: House) -> tuple[int, int]:
    """A case of the leaf "hold" with three experts, a key, an attempt and a card; and a case of another leaf."""
    db, at = house.db, 1_000_000
    cases = []
    for node, facts, option in (("n2", {"nulls": 9}, "hold"), ("n5", {"nulls": 1, "source": "stream"}, "use")):
        pattern = db.rows(
            "INSERT INTO internalization_pattern (artifact_id, node, name, family, frequency, stake, near, elo, "
            "elo_count) VALUES (?, ?, ?, '', 1, 1, '[]', 0, 0) RETURNING id",
            [house.tree, node, node],
        )[0][0]
        case = db.rows(
            "INSERT INTO internalization_practicecase (pattern_id, nodes, kind, title, situation, facts, options, "
            "critical, pool, source, code, created_at) VALUES (?, ?, 'case', ?, 's', ?, '[\"use\", \"hold\"]', ?, "
            "'practice', 'real', ?, ?) RETURNING id",
            [pattern, json.dumps([node]), node, json.dumps(facts), False, node, at],
        )[0][0]
        for person, said in ((1, option), (2, option), (3, "use")):
            db.run(
                "INSERT INTO internalization_panelanswer (case_id, person_id, sitting, option, ranking, cue, reason, "
                "at) VALUES (?, ?, 1, ?, '[]', '', '', ?)",
                [case, person, said, at],
            )
        key = db.rows(
            "INSERT INTO internalization_key (case_id, version, option, basis, agreement, n, revision, at) "
            "VALUES (?, 1, ?, 'panel', 0.6, 3, 1, ?) RETURNING id",
            [case, option, at],
        )[0][0]
        db.run(
            "INSERT INTO internalization_attempt (case_id, person_id, pattern_id, level, is_natural, shown_at, "
            "looked_up, option, cue, over_time, correct, key_id, next_time) "
            "VALUES (?, 5, ?, 3, ?, ?, ?, 'hold', '', ?, ?, ?, '')",
            [case, pattern, True, at, False, False, True, key],
        )
        db.run(
            "INSERT INTO internalization_standing (person_id, pattern_id, level, placed, since, why, missing, coach, "
            "stability, difficulty, last_at, due_at, elo, elo_count) "
            "VALUES (5, ?, 4, 0, 0, '', '', ?, 20.0, 5.0, ?, ?, 0, 1)",
            [pattern, False, at, at * 9],
        )
        cases.append(case)
    return cases[0], cases[1]


def text(db: Database, artifact: int, body: Tree) -> str:
    return to_markdown(replace(artifacts.content(OWNER, db, artifact), body=body))


def test_an_amended_node_gets_a_revision_its_cases_another_key_and_its_cards_go_back(house: House) -> None:
    changed, other = practised(house)
    asked = services.challenge(LEARNER, house.db, house.tree, "Nine percent is fine today", node="n2", case=changed)
    after = services.decide(
        OWNER,
        house.db,
        asked.id,
        "amend",
        "the new loader fills gaps",
        text=text(house.db, house.tree, tree(outcome="use")),
    )
    assert (after.resolution, after.answer, after.effect["nodes"]) == ("amend", 2, ["n2"])
    assert after.effect["rekeyed"] == [changed]
    keys = house.db.rows("SELECT case_id, version, option, agreement, n, revision FROM internalization_key ORDER BY id")
    assert keys[2:] == [(changed, 2, "use", pytest.approx(1 / 3), 3, 2)]
    assert house.db.rows("SELECT k.version FROM internalization_attempt t JOIN internalization_key k "
                         "ON k.id = t.key_id ORDER BY t.id") == [(1,), (1,)]  # fmt: skip
    cards = house.db.rows("SELECT level, stability, due_at = last_at FROM internalization_standing ORDER BY id")
    assert [(level, stability, bool(due)) for level, stability, due in cards] == [(2, 10.0, True), (4, 20.0, False)]
    kinds = house.db.rows("SELECT kind FROM ledger_event WHERE artifact = ? ORDER BY seq", [house.tree])
    assert [Kind(kind).name.lower() for (kind,) in kinds] == ["write", "challenge", "revise", "decide"]
    assert other not in after.effect["rekeyed"]


def test_an_exception_becomes_a_node_and_a_text_that_does_not_do_what_is_said_changes_nothing(house: House) -> None:
    asked = services.challenge(LEARNER, house.db, house.tree, "Not for backfills", node="n2")
    same = text(house.db, house.tree, tree())
    for resolution, given, said in (
        ("amend", same, "changes no node"),
        ("amend", text(house.db, house.tree, tree(limit=6)), "leaves node n2"),
        ("split", text(house.db, house.tree, tree(outcome="use")), "no new node"),
        ("amend", "", "Give the text"),
        ("burn", "", "Decide uphold"),
    ):
        with pytest.raises(BadInput, match=said):
            services.decide(OWNER, house.db, asked.id, resolution, "so", text=given)
    before = tree()
    assert isinstance(before.root, Split)
    exception = Split(
        "n6", Condition("source", "is", "backfill"), Leaf("n7", "use", "", Evidence(claims=("c1",))), before.root.yes,
        exception=True, evidence=Evidence(claims=("c1",)),
    )  # fmt: skip
    split = replace(before, root=replace(before.root, yes=exception))
    done = services.decide(OWNER, house.db, asked.id, "split", "true for them", text=text(house.db, house.tree, split))
    assert {"n6", "n7"} <= set(done.effect["nodes"])
    assert get_artifact(OWNER, house.db, house.tree).head == 2
    with pytest.raises(Conflict, match="decided already"):
        services.decide(OWNER, house.db, asked.id, "uphold", "after all")


def test_what_is_upheld_keeps_its_reason_with_the_case_and_retiring_takes_the_artifact_out_of_use(house: House) -> None:
    case, _ = practised(house)
    asked = services.challenge(LEARNER, house.db, house.tree, "I saw it work", node="n2", case=case)
    services.decide(OWNER, house.db, asked.id, "uphold", "it failed in March")
    assert upheld(house.db, case) == ("it failed in March",)
    asked = services.challenge(LEARNER, house.db, house.tree, "We have no such tables any more")
    services.decide(OWNER, house.db, asked.id, "retire", "true")
    assert get_artifact(OWNER, house.db, house.tree).state == "retired"
    figures = queries.challenges(LEARNER, house.db).figures
    assert (figures.won.value, figures.won.n, figures.per_hundred.value, figures.days.n) == (0.5, 2, 50.0, 2)


def test_who_may_challenge_and_who_may_decide(house: House) -> None:
    with pytest.raises((Refused, NotFound)):
        services.challenge(GUEST, house.db, house.tree, "wrong")
    with pytest.raises(NotFound, match="no node"):
        services.challenge(LEARNER, house.db, house.tree, "wrong", node="n99")
    with pytest.raises(NotFound, match="no case"):
        services.challenge(LEARNER, house.db, house.tree, "wrong", case=99)
    with pytest.raises(BadInput, match="Say what is wrong"):
        services.challenge(LEARNER, house.db, house.tree, "  ")
    asked = services.challenge(LEARNER, house.db, house.tree, "wrong", node="n2")
    with pytest.raises(Conflict, match="already"):
        services.challenge(LEARNER, house.db, house.tree, "wrong again", node="n2")
    services.challenge(OTHER, house.db, house.tree, "I think so too", node="n2")
    with pytest.raises(Refused):
        services.decide(LEARNER, house.db, asked.id, "uphold", "mine")
    with pytest.raises(BadInput, match="reason"):
        services.decide(OWNER, house.db, asked.id, "uphold", " ")


def test_what_speaks_against_an_artifact_is_found_once(house: House) -> None:
    case, _ = practised(house)
    house.db.run("UPDATE internalization_panelanswer SET option = 'ask' WHERE case_id = ? AND person_id = 2", [case])
    found = services.look(OWNER, house.db, house.tree)
    assert len(found) == 1
    assert services.look(OWNER, house.db, house.tree) == ()
    services.decide(OWNER, house.db, found[0], "uphold", "two of them are new here")
    assert services.look(OWNER, house.db, house.tree) == (), "what was answered about a revision is not asked again"
