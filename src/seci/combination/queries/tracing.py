"""What each statement of a playbook rests on, at any revision of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from seci.accounts.actor import Actor
from seci.combination import store
from seci.combination.access import get_merge, sources_of
from seci.combination.merge.carrying import carried
from seci.combination.merge.proof import Fault, checked
from seci.combination.merge.provenance import Trace, unpacked
from seci.combination.merge.source import Source
from seci.combination.queries.texts import source_at
from seci.combination.views import Coverage
from seci.kit.database import Database
from seci.kit.errors import Conflict, NotFound


@dataclass(frozen=True, slots=True)
class Traced:
    """One revision of a draft with a trace for each of its statements."""

    document: int
    revision: int
    text: str
    traces: tuple[Trace, ...]


def traced(actor: Actor, db: Database, merge: int, revision: int | None = None) -> Traced:
    """The traces of a revision of a draft, by default the latest: those stored for it, else those of the last stored
    one carried through every revision since. Nothing is written.

    Raises Conflict where there is no draft yet, NotFound for a revision that there is not.
    """
    found = get_merge(actor, db, merge)
    if found.draft is None:
        raise Conflict("There is no draft yet; write one from the outline.", code="no_draft")
    wanted = head(db, found.draft) if revision is None else revision
    start, packed = store.traces_at(db, merge, wanted) or (0, [])
    traces = unpacked(packed)
    texts = db.rows(
        "SELECT number, text FROM library_revision WHERE document_id = ? AND number BETWEEN ? AND ? ORDER BY number",
        [found.draft, start, wanted],
    )
    if not texts or texts[-1][0] != wanted:
        raise NotFound(f"The draft has no revision {wanted}.")
    for number, text in texts:
        if number > start:
            traces = carried(text, traces)
    return Traced(found.draft, wanted, str(texts[-1][1]), traces)


def head(db: Database, document: int) -> int:
    """The number of the latest revision of a document."""
    rows = db.rows("SELECT head FROM library_document WHERE id = ?", [document])
    if not rows:
        raise NotFound(f"There is no document {document} in the library.")
    return int(rows[0][0])


def cited_sources(actor: Actor, db: Database, merge: int, traces: Iterable[Trace]) -> tuple[Source, ...]:
    """The sources that traces cite, each at every revision at which they cite it."""
    known = {one.document: one for one in sources_of(actor, db, merge)}
    wanted = sorted({(one.source, one.revision) for trace in traces for one in trace.cited})
    return tuple(source_at(db, known[document], revision) for document, revision in wanted if document in known)


def documents_cited(traces: Iterable[Trace]) -> frozenset[int]:
    """The documents that traces cite, at whichever revision."""
    return frozenset(one.source for trace in traces for one in trace.cited)


def faults(actor: Actor, db: Database, merge: int, found: Traced) -> tuple[Fault, ...]:
    """Statements whose source does not bear them and that are not marked human; none must be left at publication."""
    return checked(found.text, found.traces, cited_sources(actor, db, merge, found.traces))


def coverage(traces: Sequence[Trace], wrong: Sequence[Fault]) -> Coverage:
    """How statements divide by what they rest on."""
    bare = {one.place for one in wrong}
    human = sum(trace.operation == "human" for place, trace in enumerate(traces) if place not in bare)
    return Coverage(len(traces), len(traces) - human - len(bare), human, len(bare))
