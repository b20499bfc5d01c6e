"""The draft statement by statement, with what each rests on; and the sentences that came back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from seci.accounts.actor import Actor
from seci.combination.access import FINDING, LibraryFinding, finding_of, get_merge, sources_of
from seci.combination.merge.provenance import statements
from seci.combination.queries.conflicts import conflicts
from seci.combination.queries.frames import frame
from seci.combination.queries.tracing import coverage, documents_cited, faults, traced
from seci.combination.shelving.access import read_in
from seci.combination.views import CitationRow, ConflictRow, Coverage, DraftPage, Frame, StatementRow
from seci.kit.database import Database
from seci.library.markdown.reading import blocks
from seci.partner import queries as partners
from seci.people import queries as people
from seci.people.views import PersonRef


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A sentence that came back: what the playbook says, what its source said, and what it says now."""

    finding: LibraryFinding
    text: str
    was: str
    now: str
    change: str
    title: str
    guide: str
    document: int | None
    before: int
    revision: int
    decided_by: PersonRef | None = None


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """combination/review.html: sentences and conflicts that came back; `moved` counts sources with a later revision."""

    frame: Frame
    waiting: tuple[ReviewRow, ...]
    decided: tuple[ReviewRow, ...]
    conflicts: tuple[ConflictRow, ...]
    moved: int


def drafted(actor: Actor, db: Database, merge: int, revision: int | None = None) -> DraftPage:
    """The draft with the sources of each statement; nothing where it is not written yet."""
    found, around = get_merge(actor, db, merge), frame(actor, db, merge)
    has_partner = partners.is_on(actor, db)
    if found.draft is None:
        return DraftPage(around, None, None, (), Coverage(0, 0, 0, 0), has_partner)
    now = traced(actor, db, merge, revision)
    read_in(actor, db, documents_cited(now.traces))
    wrong = faults(actor, db, merge, now)
    why = {one.place: one.why for one in wrong}
    by = {one.document: one for one in sources_of(actor, db, merge)}
    paths = {one.place: one.path for one in blocks(now.text)}
    waiting = {row.text: row.finding.id for row in _reviews(actor, db, merge, "open")}
    rows = tuple(
        StatementRow(
            number=line.place,
            text=line.text,
            kind=line.kind,
            operation=trace.operation,
            citations=tuple(
                CitationRow(
                    one.source, one.revision, by[one.source].title, by[one.source].guide, one.text,
                    one.revision < by[one.source].head,
                )
                for one in trace.cited
                if one.source in by
            ),
            fault=why.get(line.place, ""),
            heading=" › ".join(paths.get(line.block, ())[1:]),
            review=waiting.get(line.text),
        )
        for line, trace in zip(statements(now.text), now.traces, strict=False)
    )  # fmt: skip
    return DraftPage(around, now.document, now.revision, rows, coverage(now.traces, wrong), has_partner)


def reviews(actor: Actor, db: Database, merge: int) -> ReviewPage:
    """What came back to be looked at again since publication, and what was decided of it."""
    back = tuple(
        row for row in conflicts(actor, db, merge).rows if row.conflict.before and row.conflict.state == "open"
    )
    return ReviewPage(
        frame(actor, db, merge), _reviews(actor, db, merge, "open"), _reviews(actor, db, merge, "decided"), back,
        sum(one.has_moved for one in sources_of(actor, db, merge)),
    )  # fmt: skip


def _reviews(actor: Actor, db: Database, merge: int, state: str) -> tuple[ReviewRow, ...]:
    rows = db.rows(
        f"SELECT {FINDING} WHERE f.merge_id = ? AND f.kind = 'changed' AND f.state = ? ORDER BY f.id", [merge, state]
    )
    found = [finding_of(row) for row in rows]
    by = {one.document: one for one in sources_of(actor, db, merge)}
    named = people.names(actor, db, sorted({one.decided_by for one in found if one.decided_by is not None}))
    return tuple(_review(one, by, named) for one in found)


def _review(one: LibraryFinding, by: dict[int, Any], named: dict[int, PersonRef]) -> ReviewRow:
    source = by.get(one.other or 0)
    return ReviewRow(
        one, one.data["text"], one.data["was"], one.data["now"], one.data["change"],
        source.title if source else "", source.guide if source else "", one.other, one.data["before"],
        one.data["revision"], named.get(one.decided_by) if one.decided_by else None,
    )  # fmt: skip
