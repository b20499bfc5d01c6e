from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from seci.accounts.actor import Actor
from seci.artifacts import services
from seci.artifacts.access import claims, get_artifact, get_revision, revisions
from seci.artifacts.body import from_data, to_data
from seci.artifacts.citing import cited_claims
from seci.artifacts.context import Context
from seci.artifacts.contribution import contribution
from seci.artifacts.evidence import Evidence
from seci.artifacts.fidelity import Fidelity
from seci.kit.clock import DAY
from seci.kit.database import Database, connect
from seci.kit.errors import BadInput, Conflict, NotFound, Refused
from seci.ledger.digest import digest
from seci.ledger.kinds import Kind
from tests.artifacts.making import FOR_ALL, claim, people_and_assets, tree

EXPERT = Actor(account=4, person=4, role="member", door="page")
OTHER = Actor(account=5, person=5, role="member", door="page")
FACILITATOR = Actor(account=6, person=6, role="facilitator", door="page")
GUEST = Actor(account=7, person=None, role="guest", door="page")


@pytest.fixture
def house(ledger: Database) -> Database:
    """A ledger with seven people and five assets."""
    people_and_assets(ledger)
    return ledger


@pytest.fixture
def drafted(house: Database) -> int:
    return services.create(
        EXPERT, house, "decision_tree", "May this table be used?", tree(), asset=2, context=FOR_ALL, claims=[claim()]
    ).id


def events(db: Database, artifact: int) -> list[tuple[str, int | None]]:
    rows = db.rows("SELECT kind, revision FROM ledger_event WHERE artifact = ? ORDER BY seq", [artifact])
    return [(Kind(kind).name.lower(), revision) for kind, revision in rows]


def test_a_new_artifact_is_a_draft_with_one_revision_and_its_event(house: Database, drafted: int) -> None:
    found = get_artifact(OTHER, house, drafted)
    assert (found.state, found.head, found.published, found.owner, found.label) == ("draft", 1, None, 4, "")
    assert from_data("decision_tree", get_revision(OTHER, house, drafted).body) == tree()
    assert [one.id for one in claims(OTHER, house, drafted)] == ["c1"]
    assert events(house, drafted) == [("write", 1)]
    actor, asset = house.rows("SELECT actor, asset FROM ledger_event WHERE artifact = ?", [drafted])[0]
    assert (actor, asset) == (4, 2)


def test_what_was_elicited_or_imported_is_told_apart_in_the_ledger(house: Database) -> None:
    elicited = services.create(EXPERT, house, "decision_tree", "T", tree(), claims=[claim()], cause="dialogue").id
    imported = services.create(EXPERT, house, "decision_tree", "T", tree(), claims=[claim()], cause="import").id
    assert (events(house, elicited), events(house, imported)) == ([("structure", 1)], [("import_external", 1)])


def test_revising_makes_the_next_revision_and_loses_none(house: Database, drafted: int) -> None:
    services.revise(EXPERT, house, drafted, tree(7.0), base=1, message="seen too many false alarms")
    numbers = [
        (one.number, from_data("decision_tree", one.body).root.condition.value)
        for one in revisions(EXPERT, house, drafted)
    ]
    assert numbers == [(2, 7.0), (1, 5.2)]
    assert events(house, drafted) == [("write", 1), ("revise", 2)]
    parents = house.rows(
        "SELECT c.number, p.number FROM artifacts_parent l JOIN artifacts_revision c ON c.id = l.revision_id "
        "JOIN artifacts_revision p ON p.id = l.parent_id"
    )
    assert parents == [(2, 1)]


def test_saving_what_is_there_already_changes_nothing(house: Database, drafted: int) -> None:
    before = digest(house)
    assert services.revise(EXPERT, house, drafted, tree(), base=1).head == 1
    assert digest(house) == before


def test_a_change_of_something_older_is_refused_and_nothing_is_kept(house: Database, drafted: int) -> None:
    services.revise(EXPERT, house, drafted, tree(7.0), base=1)
    before = digest(house)
    with pytest.raises(Conflict, match="you changed r1, the latest is r2"):
        services.revise(FACILITATOR, house, drafted, tree(9.0), base=1, claims=[claim("c9")])
    assert digest(house) == before
    assert [one.id for one in claims(EXPERT, house, drafted)] == ["c1"]


@pytest.mark.parametrize("vendor", ["sqlite", "postgresql"])
def test_of_two_people_who_save_at_once_one_is_told(request: pytest.FixtureRequest, vendor: str) -> None:
    place = request.getfixturevalue("sqlite_ledger" if vendor == "sqlite" else "new_postgresql")
    address = place if vendor == "sqlite" else place()
    said: list[str] = []
    start = threading.Barrier(2)

    def save(limit: float) -> None:
        with connect(address) as own:
            start.wait()
            try:
                services.revise(EXPERT, own, id_, tree(limit, claims=()), base=1)
                said.append("saved")
            except Conflict:
                said.append("told")

    with connect(address) as db:
        people_and_assets(db)
        id_ = services.create(EXPERT, db, "decision_tree", "T", tree(claims=())).id
        both = [threading.Thread(target=save, args=[limit]) for limit in (6.0, 8.0)]
        for one in both:
            one.start()
        for one in both:
            one.join()
        assert sorted(said) == ["saved", "told"]
        assert get_artifact(EXPERT, db, id_).head == 2


def test_only_owners_and_facilitators_change_and_guests_see_only_what_is_published(
    house: Database, drafted: int
) -> None:
    with pytest.raises(Refused, match="Only the owner"):
        services.revise(OTHER, house, drafted, tree(7.0), base=1)
    with pytest.raises(NotFound):
        get_artifact(GUEST, house, drafted)
    with pytest.raises(Refused):
        services.create(GUEST, house, "decision_tree", "T", tree(), claims=[claim()])
    services.publish(FACILITATOR, house, drafted)
    services.revise(EXPERT, house, drafted, tree(7.0), base=1)
    assert get_revision(GUEST, house, drafted).number == 1
    assert get_revision(EXPERT, house, drafted).number == 2


def test_publishing_twice_is_told_and_publishes_once(house: Database, drafted: int) -> None:
    services.publish(EXPERT, house, drafted, base=1)
    with pytest.raises(Conflict, match="is published already"):
        services.publish(EXPERT, house, drafted)
    assert events(house, drafted).count(("publish", 1)) == 1
    services.revise(EXPERT, house, drafted, tree(7.0), base=1)
    assert get_artifact(EXPERT, house, drafted).published == 1
    with pytest.raises(Conflict, match="You looked at r1"):
        services.publish(EXPERT, house, drafted, base=1)
    assert services.publish(EXPERT, house, drafted, base=2).published == 2


def test_what_only_the_partner_said_is_never_published_until_a_person_confirms_it(house: Database) -> None:
    proposed = replace(claim(origin="partner"), status="proposed")
    id_ = services.create(EXPERT, house, "decision_tree", "T", tree(), context=FOR_ALL, claims=[proposed]).id
    with pytest.raises(Conflict, match="1 claim waits for a person"):
        services.publish(EXPERT, house, id_)
    split = contribution(claims(EXPERT, house, id_))
    assert (split.n, split.waiting, split.partner) == (1, 1, 0)
    services.confirm_claim(EXPERT, house, id_, "c1")
    services.publish(EXPERT, house, id_)
    split = contribution(claims(EXPERT, house, id_))
    assert (split.n, split.waiting, split.partner, split.human) == (1, 0, 1, 0)
    assert claims(EXPERT, house, id_)[0].confirmed_by == 4


def test_an_artifact_without_its_context_is_not_published(house: Database) -> None:
    id_ = services.create(EXPERT, house, "decision_tree", "T", tree(), claims=[claim()], context=Context(who="us")).id
    with pytest.raises(Conflict, match="it does not say when it holds, its exceptions"):
        services.publish(EXPERT, house, id_)
    services.revise(EXPERT, house, id_, tree(), base=1, context=FOR_ALL)
    assert services.publish(EXPERT, house, id_).state == "published"


def test_verifying_is_an_act_of_its_own_that_expires_and_knows_its_revision(house: Database, drafted: int) -> None:
    found = services.verify(EXPERT, house, drafted, days=90)
    assert found.verified_at is not None
    assert found.expires_at == found.verified_at + 90 * DAY
    services.revise(EXPERT, house, drafted, tree(7.0), base=1)
    after = get_artifact(EXPERT, house, drafted)
    assert (after.verified_revision, after.head, after.verified_by) == (1, 2, 4)
    for days in (0, 5_000):
        with pytest.raises(BadInput, match="1 to 1096 days"):
            services.verify(EXPERT, house, drafted, days=days)


def test_an_expert_signs_a_revision_once_and_nobody_signs_for_another(house: Database, drafted: int) -> None:
    services.sign(EXPERT, house, drafted, 1)
    assert get_revision(EXPERT, house, drafted, 1).signed_by == 4
    with pytest.raises(Conflict, match="signed already"):
        services.sign(EXPERT, house, drafted, 1)
    services.revise(EXPERT, house, drafted, tree(7.0), base=1)
    with pytest.raises(Refused, match="somebody else"):
        services.sign(OTHER, house, drafted, 2, person=4)
    services.sign(FACILITATOR, house, drafted, 2, person=4)
    assert get_revision(EXPERT, house, drafted, 2).signed_by == 4


def test_retracting_a_claim_takes_it_from_every_node_and_marks_what_rests_on_nothing(
    house: Database, drafted: int
) -> None:
    assert get_artifact(EXPERT, house, drafted).unsupported == 0
    found = services.retract_claim(EXPERT, house, drafted, "c1")
    body = from_data("decision_tree", get_revision(EXPERT, house, drafted).body)
    assert cited_claims(body) == frozenset()
    assert (found.head, found.unsupported) == (2, 2)
    assert get_revision(EXPERT, house, drafted).cause == "claim"
    assert claims(EXPERT, house, drafted)[0].status == "retracted"
    assert contribution(claims(EXPERT, house, drafted)).n == 0
    with pytest.raises(Conflict, match="no longer holds"):
        services.retract_claim(EXPERT, house, drafted, "c1")


def test_a_corrected_claim_takes_the_place_of_the_old_one_in_the_nodes(house: Database, drafted: int) -> None:
    services.correct_claim(EXPERT, house, drafted, "c1", "More than 6 % missing is too much.")
    old, new = claims(EXPERT, house, drafted)
    assert (old.status, new.supersedes, new.origin, new.confirmed_by) == ("corrected", "c1", "human", 4)
    assert cited_claims(from_data("decision_tree", get_revision(EXPERT, house, drafted).body)) == {new.id}
    assert contribution([old, new]).n == 1
    with pytest.raises(BadInput, match="already"):
        services.correct_claim(EXPERT, house, drafted, new.id, new.text)


def test_a_contested_claim_goes_on_standing_visibly(house: Database, drafted: int) -> None:
    services.contest_claim(FACILITATOR, house, drafted, "c1", "in the night shift 8 % is normal")
    assert claims(EXPERT, house, drafted)[0].status == "contested"
    with pytest.raises(Conflict, match="contested already"):
        services.contest_claim(FACILITATOR, house, drafted, "c1", "again")
    services.confirm_claim(EXPERT, house, drafted, "c1")
    assert claims(EXPERT, house, drafted)[0].status == "confirmed"


def test_the_measured_fidelity_belongs_to_the_body_it_was_measured_on(house: Database) -> None:
    measured = Fidelity(20, 19, 0.78, 0.9, 4, 1.0, 0.01, "tested")
    id_ = services.create(EXPERT, house, "decision_tree", "T", tree(), claims=[claim()], fidelity=measured).id
    assert get_artifact(EXPERT, house, id_).label == "tested"
    services.revise(EXPERT, house, id_, tree(), base=1, context=FOR_ALL)
    assert get_revision(EXPERT, house, id_).fidelity == measured
    services.revise(EXPERT, house, id_, tree(9.0), base=2)
    assert (get_revision(EXPERT, house, id_).fidelity, get_artifact(EXPERT, house, id_).label) == (None, "")
    services.revert(EXPERT, house, id_, 2, base=3)
    assert (get_revision(EXPERT, house, id_).fidelity, get_artifact(EXPERT, house, id_).label) == (measured, "tested")
    assert get_revision(EXPERT, house, id_).cause == "restored"


def test_a_retired_artifact_rests_until_it_is_restored_as_it_was(house: Database, drafted: int) -> None:
    services.publish(EXPERT, house, drafted)
    services.retire(EXPERT, house, drafted, "the table is gone")
    with pytest.raises(Conflict, match="restore it before"):
        services.revise(EXPERT, house, drafted, tree(7.0), base=1)
    with pytest.raises(Conflict, match="restore it before"):
        services.publish(EXPERT, house, drafted)
    with pytest.raises(Conflict, match="retired already"):
        services.retire(EXPERT, house, drafted)
    assert services.restore(EXPERT, house, drafted).state == "published"
    with pytest.raises(Conflict, match="not retired"):
        services.restore(EXPERT, house, drafted)


def test_handing_over_is_an_event_of_the_new_owner(house: Database, drafted: int) -> None:
    services.hand_over(EXPERT, house, drafted, 3)
    actor = house.rows("SELECT actor FROM ledger_event WHERE kind = ?", [int(Kind.OWN)])[0][0]
    assert (get_artifact(EXPERT, house, drafted).owner, actor) == (3, 3)
    with pytest.raises(Refused):
        services.revise(EXPERT, house, drafted, tree(7.0), base=1)


@pytest.mark.parametrize(
    ("type_name", "body", "sentence"),
    [
        ("poem", {}, "no type of artifact"),
        ("decision_tree", {"decision": 3}, "decision must be text"),
        ("decision_tree", {}, "missing"),
    ],
)
def test_a_malformed_body_is_refused_with_its_place(
    house: Database, type_name: str, body: dict[str, object], sentence: str
) -> None:
    with pytest.raises(BadInput, match=sentence):
        services.create(EXPERT, house, type_name, "T", body)
    assert house.rows("SELECT COUNT(*) FROM artifacts_artifact")[0][0] == 0


def test_a_node_cannot_cite_a_claim_that_is_not_there(house: Database) -> None:
    with pytest.raises(NotFound, match="claim c1"):
        services.create(EXPERT, house, "decision_tree", "T", tree())
    assert digest(house).events == 0


def test_lineage_leads_to_revisions_of_other_artifacts(house: Database, drafted: int) -> None:
    child = services.create(
        OTHER, house, "decision_tree", "T", tree(claims=()), parents=[(drafted, 1)], message="for the night shift"
    )
    rows = house.rows(
        "SELECT p.artifact_id FROM artifacts_parent l JOIN artifacts_revision c ON c.id = l.revision_id "
        "JOIN artifacts_revision p ON p.id = l.parent_id WHERE c.artifact_id = ?",
        [child.id],
    )
    assert rows == [(drafted,)]
    with pytest.raises(NotFound):
        services.create(OTHER, house, "decision_tree", "T", tree(claims=()), parents=[(drafted, 9)])


def test_bodies_survive_their_plain_data() -> None:
    assert from_data("decision_tree", to_data(tree())) == tree()
    assert Evidence(claims=("c1",)).is_supported
