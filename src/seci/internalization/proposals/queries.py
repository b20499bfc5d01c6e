"""What waits for a person's yes."""
# ruff: noqa: S608 - statements are put together from constants of this file; values are always parameters

from __future__ import annotations

from dataclasses import dataclass

from seci.accounts.actor import Actor
from seci.internalization.access import learner
from seci.internalization.proposals.access import COLUMNS, Proposal, proposal_of
from seci.internalization.runs.ladder import Rung
from seci.kit.database import Database
from seci.people import queries as people
from seci.people.views import PersonRef

TARGETS = {
    "review": "SELECT task FROM internalization_run WHERE id = ?",
    "promote": "SELECT title FROM artifacts_artifact WHERE id = ?",
    "decide": "SELECT sentence FROM internalization_challenge WHERE id = ?",
}


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """`of`: what it is about, in words; `words`: what would be done."""

    proposal: Proposal
    of: str
    about: PersonRef | None

    @property
    def words(self) -> str:
        said = self.proposal.said
        if self.proposal.kind == "promote":
            return f"to the rung {Rung(said['rung']).word}"
        if self.proposal.kind == "decide":
            return str(said["resolution"])
        return str(said["decision"] or ("the decision stands" if said["upheld"] else "the decision is overturned"))

    @property
    def reason(self) -> str:
        return str(self.proposal.said.get("reason") or self.proposal.said.get("because") or "")


def proposals(actor: Actor, db: Database) -> list[ProposalRow]:
    """What agents proposed to oneself and was not settled, the latest first."""
    rows = db.rows(
        f"SELECT {COLUMNS} FROM internalization_proposal WHERE person_id = ? AND settled_at IS NULL ORDER BY id DESC",
        [learner(actor)],
    )
    found = [proposal_of(row) for row in rows]
    named = people.names(actor, db, sorted({one.about for one in found if one.about is not None}))
    return [ProposalRow(one, _of(db, one), named.get(one.about) if one.about is not None else None) for one in found]


def _of(db: Database, found: Proposal) -> str:
    rows = db.rows(TARGETS[found.kind], [found.target])
    return str(rows[0][0]) if rows else ""
