"""What waits for somebody's word."""
# ruff: noqa: S608 - statements are put together from constants of this file; values are always parameters

from __future__ import annotations

from dataclasses import dataclass

from seci.accounts.actor import Actor
from seci.combination.access import get_conflict, need_member
from seci.combination.adr import CHOICES
from seci.combination.proposals.access import COLUMNS, Proposal
from seci.kit.database import Database
from seci.people import queries as people
from seci.people.views import PersonRef

# As the sentences are called where they stand beside each other.
WORDS = CHOICES | {"a": "take A", "b": "take B"}


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """`of` is the conflict in words, `merge` the number of its merge, `words` what would be done."""

    proposal: Proposal
    merge: int
    of: str
    words: str
    person: PersonRef | None


def proposals(actor: Actor, db: Database, *, conflict: int | None = None) -> tuple[ProposalRow, ...]:
    """Proposals that wait, of one conflict or of all, the latest first."""
    need_member(actor)
    only, given = ("AND conflict_id = ?", [conflict]) if conflict is not None else ("", [])
    rows = db.rows(
        f"SELECT {COLUMNS} FROM combination_proposal WHERE settled_at IS NULL {only} ORDER BY id DESC LIMIT 200", given
    )
    found = [Proposal(*row) for row in rows]
    named = people.names(actor, db, sorted({one.person for one in found if one.person is not None}))
    return tuple(_row(actor, db, one, named.get(one.person) if one.person is not None else None) for one in found)


def _row(actor: Actor, db: Database, one: Proposal, person: PersonRef | None) -> ProposalRow:
    about = get_conflict(actor, db, one.conflict)
    return ProposalRow(one, about.merge, about.sentence, WORDS[one.choice], person)
