from __future__ import annotations

import pytest

from seci.accounts.actor import Actor
from seci.externalization import queries, services
from seci.externalization.access import Elicitation
from seci.externalization.state import Setting
from seci.kit import clock
from seci.kit.clock import DAY
from seci.kit.database import Database
from seci.kit.errors import BadInput, Conflict, NotFound, Refused
from tests.externalization.conftest import People


@pytest.fixture
def opened(ledger: Database, people: People) -> Elicitation:
    """An interview that Erin opened for nobody in particular yet."""
    erin = Actor(people.erin.account, None, "facilitator", "page")
    found = services.open_interview(people.erin, ledger, Setting(decision="Hold it?"), expert=people.dan.person)
    ledger.run("UPDATE externalization_elicitation SET expert_id = NULL WHERE id = ?", [found.id])
    assert not queries.may_answer(erin, queries.known(people.erin, ledger, found.id))
    return queries.known(people.erin, ledger, found.id)


def refusal(actor: Actor, db: Database, secret: str) -> Refused:
    with pytest.raises(Refused) as refused:
        services.take(actor, db, secret)
    return refused.value


def test_the_first_account_that_opens_an_invitation_keeps_it(
    ledger: Database, people: People, opened: Elicitation
) -> None:
    made = services.invite(people.erin, ledger, opened.id)
    assert services.look(people.dan, ledger, made.secret).account is None
    taken = services.take(people.dan, ledger, made.secret)
    assert (taken.account, taken.expert) == (people.dan.account, people.dan.person)
    assert services.take(people.dan, ledger, made.secret).id == opened.id
    second = refusal(people.bob, ledger, made.secret)
    assert second.code == "taken"
    assert "Somebody else" in second.sentence
    services.consent(people.dan, ledger, opened.id)
    assert services.question(people.dan, ledger, opened.id).number == 1


def test_two_links_to_one_dialogue_still_make_one_expert(ledger: Database, people: People, opened: Elicitation) -> None:
    one, two = (services.invite(people.erin, ledger, opened.id).secret for _ in range(2))
    assert [row.invited for row in queries.interviews(people.erin, ledger)] == [2], "neither has been opened"
    services.take(people.dan, ledger, one)
    assert [row.invited for row in queries.interviews(people.erin, ledger)] == [1]
    assert refusal(people.bob, ledger, two).code == "taken"
    assert services.take(people.dan, ledger, two).account == people.dan.account


def test_an_invitation_for_one_person_is_no_good_when_forwarded(
    ledger: Database, people: People, opened: Elicitation
) -> None:
    made = services.invite(people.erin, ledger, opened.id, person=people.dan.person)
    assert refusal(people.bob, ledger, made.secret).code == "forwarded"
    assert services.take(people.dan, ledger, made.secret).expert == people.dan.person


def test_an_invitation_expires_and_says_so(
    ledger: Database, people: People, opened: Elicitation, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = services.invite(people.erin, ledger, opened.id, days=3)
    later = clock.now() + 4 * DAY
    monkeypatch.setattr("seci.externalization.services.inviting.now", lambda: later)
    expired = refusal(people.dan, ledger, made.secret)
    assert expired.code == "expired"
    assert "ask whoever sent it" in expired.sentence


def test_whoever_came_in_before_it_expired_stays_in(
    ledger: Database, people: People, opened: Elicitation, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = services.invite(people.erin, ledger, opened.id, days=3)
    services.take(people.dan, ledger, made.secret)
    later = clock.now() + 4 * DAY
    monkeypatch.setattr("seci.externalization.services.inviting.now", lambda: later)
    assert services.take(people.dan, ledger, made.secret).id == opened.id


def test_a_withdrawn_invitation_lets_nobody_in(ledger: Database, people: People, opened: Elicitation) -> None:
    made = services.invite(people.erin, ledger, opened.id)
    with pytest.raises(NotFound):
        services.revoke(people.bob, ledger, made.id)
    services.revoke(people.erin, ledger, made.id)
    assert refusal(people.dan, ledger, made.secret).code == "revoked"
    assert [row.status for row in queries.invitations(people.erin, ledger, opened.id)] == ["withdrawn"]


def test_a_link_that_never_was_and_a_guest_are_told_so(ledger: Database, people: People, opened: Elicitation) -> None:
    with pytest.raises(NotFound, match="cut when it was copied"):
        services.take(people.dan, ledger, "nothing")
    made = services.invite(people.erin, ledger, opened.id)
    assert "role member" in refusal(Actor(9, None, "guest", "page"), ledger, made.secret).sentence


def test_who_may_invite_and_to_what(ledger: Database, people: People, opened: Elicitation) -> None:
    with pytest.raises(NotFound):
        services.invite(people.bob, ledger, opened.id)
    with pytest.raises(BadInput, match="days"):
        services.invite(people.erin, ledger, opened.id, days=1000)
    services.abandon(people.erin, ledger, opened.id)
    with pytest.raises(Conflict, match="abandoned"):
        services.invite(people.erin, ledger, opened.id)


def test_the_secret_is_not_kept(ledger: Database, people: People, opened: Elicitation) -> None:
    made = services.invite(people.erin, ledger, opened.id)
    assert made.secret not in str(ledger.rows("SELECT * FROM externalization_invitation"))
