"""An agent proposes what to do about a conflict; a person decides."""

from __future__ import annotations

from dataclasses import replace

import pytest

from seci.combination.access import conflicts_of, get_conflict
from seci.combination.proposals import queries, services
from seci.combination.proposals.tools import propose_merge_decision
from seci.kit.database import Database
from seci.kit.errors import BadInput, Conflict, NotFound, Refused
from seci.ledger.kinds import Kind
from tests.artifacts.making import people_and_assets
from tests.combination.merging.making import BOB, GUEST, OWNER, guides, merged

AGENT = replace(BOB, door="mcp")


def test_an_agent_proposes_and_a_person_decides(ledger: Database) -> None:
    people_and_assets(ledger)
    made = merged(ledger, guides(ledger))
    one = conflicts_of(OWNER, ledger, made.id)[0].id
    said = propose_merge_decision(AGENT, ledger, one, "split", "Generated code is not read.", "written by hand", "made")
    assert said["decided_at"] == f"/merges/conflicts/{one}/"
    assert get_conflict(OWNER, ledger, one).state == "open"
    (row,) = queries.proposals(OWNER, ledger, conflict=one)
    assert (row.words, row.proposal.when_b, row.person.id if row.person else 0) == ("split by context", "made", 2)
    with pytest.raises(Conflict, match="proposed already"):
        services.propose(AGENT, ledger, one, "split", "Again.", when_a="x", when_b="y")
    with pytest.raises(Refused, match="A person decides"):
        services.take(AGENT, ledger, said["proposal"])

    other = services.propose(AGENT, ledger, one, "a", "It is newer.").id
    assert services.drop(BOB, ledger, other).came_of_it == "dropped"
    done = services.take(BOB, ledger, said["proposal"])
    assert (done.state, done.choice, done.when_a, done.reason) == (
        "decided", "split", "written by hand", "Generated code is not read.",
    )  # fmt: skip
    assert done.decided_by == 2
    assert done.adr is not None
    assert queries.proposals(OWNER, ledger) == ()
    for settled in (other, said["proposal"]):
        with pytest.raises(Conflict, match=r"was (dropped|taken) already"):
            services.take(BOB, ledger, settled)
    with pytest.raises(Conflict, match="decided already"):
        services.propose(AGENT, ledger, one, "b", "No.")
    kinds = [Kind(kind) for (kind,) in ledger.rows("SELECT kind FROM ledger_event ORDER BY seq DESC LIMIT 2")]
    assert Kind.DECIDE in kinds


def test_what_cannot_be_decided_cannot_be_proposed(ledger: Database) -> None:
    people_and_assets(ledger)
    made = merged(ledger, guides(ledger))
    one = conflicts_of(OWNER, ledger, made.id)[0].id
    for choice, reason in (("c", "x"), ("a", " "), ("split", "no conditions"), ("a", "x" * 4001)):
        with pytest.raises(BadInput):
            services.propose(AGENT, ledger, one, choice, reason)
    with pytest.raises(Refused):
        services.propose(GUEST, ledger, one, "a", "x")
    with pytest.raises(NotFound):
        services.take(BOB, ledger, 99)
    assert queries.proposals(OWNER, ledger) == ()
