"""A source has a new revision: exactly the sentences that rest on what changed come back, each with its door."""

from __future__ import annotations

from dataclasses import astuple, replace

from seci.accounts.actor import Actor
from seci.combination import store
from seci.combination.access import LibraryFinding, Merge, conflicts_of, get_finding, get_merge, sources_of
from seci.combination.merge.carrying import carried
from seci.combination.merge.change import Affected, advanced, affected, became
from seci.combination.merge.findings import fingerprint
from seci.combination.merge.portable import escaped, sentence
from seci.combination.merge.provenance import Citation, Trace, packed, same, statements
from seci.combination.merge.support import supported
from seci.combination.queries.texts import source_at
from seci.combination.queries.tracing import faults, head, traced
from seci.kit.clock import now
from seci.kit.database import Database
from seci.kit.errors import BadInput, Conflict
from seci.kit.records import clean
from seci.ledger.kinds import Kind
from seci.library import services as library
from seci.people.store import record

DOORS = ("keep", "take", "edit")


def follow(actor: Actor, db: Database, document: int) -> tuple[int, ...]:
    """Looks what the latest revision of a document changes for playbooks that cite it; the numbers of new findings.

    Doing so again finds nothing new. A sentence that was decided comes back only when its source changes once more.
    """
    made: list[int] = []
    for merge in store.merges_citing(db, document):
        with db.transaction():
            store.take(db, merge)
            made += _follow(actor, db, get_merge(actor, db, merge), document)
    return tuple(made)


def look_again(actor: Actor, db: Database, merge: int) -> tuple[int, ...]:
    """Looks at all sources of a merge that have a later revision; the numbers of new findings."""
    get_merge(actor, db, merge)
    made: list[int] = []
    for one in sources_of(actor, db, merge):
        if one.has_moved:
            made += follow(actor, db, one.document)
    return tuple(made)


def settle(
    actor: Actor, db: Database, finding: int, decision: str, *, text: str = "", reason: str = ""
) -> LibraryFinding:
    """What becomes of a sentence that came back.

    decision  keep: the playbook goes on saying what it says; take: the new wording of the source; edit: `text`

    Raises Conflict for one that is decided, BadInput.
    """
    found = get_finding(actor, db, finding)
    if found.kind != "changed" or found.merge is None:
        raise BadInput(f"Finding {finding} is no sentence that came back.")
    if found.state != "open":
        raise Conflict(f"Finding {finding} was decided already: {found.decision}.")
    if decision not in DOORS:
        raise BadInput(f"Decide {', '.join(DOORS)}; {decision[:30]!r} is none of these.")
    merge = get_merge(actor, db, found.merge)
    with db.transaction():
        store.take(db, merge.id)
        if decision != "keep":
            _reword(actor, db, merge, found, decision, text)
        store.change(
            db, "finding", finding, state="decided", decision=decision, reason=clean(reason).strip()[:4000],
            decided_by_id=actor.person, decided_at=now(),
        )  # fmt: skip
        record(db, actor, Kind.DECIDE, f"finding {finding} of merge {merge.id}: {decision}", asset=merge.asset)
        return get_finding(actor, db, finding)


def _follow(actor: Actor, db: Database, merge: Merge, document: int) -> list[int]:
    assert merge.draft is not None
    one = next(each for each in sources_of(actor, db, merge.id) if each.document == document)
    found = traced(actor, db, merge.id)
    new = source_at(db, one, one.head)
    cited = {each.revision for trace in found.traces for each in trace.cited if each.source == document}
    traces, made = found.traces, list[int]()
    for revision in sorted(cited - {one.head}):
        old = source_at(db, one, revision)
        for each in affected(traces, old, new):
            made += _come_back(db, merge, document, each, one.head)
        traces = advanced(traces, old, new)
    if traces != found.traces:
        store.write_traces(db, merge.id, found.revision, packed(traces), now())
    reopened = _reopen(actor, db, merge, document, one.head)
    if made or reopened:
        said = f"merge {merge.id}: {len(made)} sentences and {reopened} conflicts came back"
        record(db, actor, Kind.LINK, said, asset=merge.asset)
    return made


def _come_back(db: Database, merge: Merge, document: int, each: Affected, revision: int) -> list[int]:
    mark = fingerprint("stale", f"merge {merge.id}", each.trace.text, each.citation.text, each.now)
    words = "says it otherwise now" if each.change == "changed" else "no longer says it"
    moved = each.cited_now
    made = store.write_finding(
        db,
        {
            "kind": "changed", "fingerprint": mark, "document_id": merge.draft, "other_id": document,
            "merge_id": merge.id, "score": 1.0,
            "sentence": f"A source of “{each.trace.text[:160]}” {words}.",
            "data": {
                "text": each.trace.text, "was": each.citation.text, "now": each.now, "change": each.change,
                "revision": revision, "before": each.citation.revision,
                "cited": None if moved is None else list(astuple(moved)),
            },
        },
        now(),
    )  # fmt: skip
    return [] if made is None else [made]


def _reopen(actor: Actor, db: Database, merge: Merge, document: int, revision: int) -> int:
    """Decided conflicts with a sentence that changed are open again, with the decision that stood; how many."""
    one = next(each for each in sources_of(actor, db, merge.id) if each.document == document)
    new, count = source_at(db, one, revision), 0
    for conflict in conflicts_of(actor, db, merge.id):
        if conflict.state == "open":
            continue
        for name in ("a", "b"):
            rule = conflict.found[name]
            if rule["source"] != document:
                continue
            old = source_at(db, one, rule.get("revision", one.revision))
            said = rule.get("now") or rule["text"]
            at = next((line for line in statements(old.text) if same(line.text, said)), None)
            then = became(old, new).get((at.start, at.end)) if at is not None else None
            found = {**conflict.found, name: {**rule, "revision": revision, "now": then.text if then else ""}}
            if then is not None and same(then.text, said):
                store.change(db, "conflict", conflict.id, found=found)
                continue
            stood = {"choice": conflict.choice, "reason": conflict.reason, "when": [conflict.when_a, conflict.when_b]}
            store.change(db, "conflict", conflict.id, state="open", found=found, before=stood, decided_at=None)
            count += 1
            break
    return count


def _reword(actor: Actor, db: Database, merge: Merge, found: LibraryFinding, decision: str, text: str) -> None:
    """The statement in the playbook says something else, in its next revision."""
    now_traced = traced(actor, db, merge.id)
    lines = statements(now_traced.text)
    at = next((line for line in lines if same(line.text, found.data["text"])), None)
    if at is None:
        raise Conflict("The playbook does not say this sentence any more; keep it as it is.", code="gone")
    cited = None if found.data.get("cited") is None else Citation(*found.data["cited"])
    words = " ".join(clean(text).split()) if decision == "edit" else str(found.data["now"])
    if not words:
        raise BadInput(
            "Write the sentence." if decision == "edit" else "The source says nothing in its place; edit it."
        )
    markdown = words if decision == "edit" else _markdown(actor, db, merge, cited, words)
    whole = now_traced.text[: at.start] + markdown + now_traced.text[at.end :]
    before = list(now_traced.traces)
    if cited is not None:
        before[at.place] = _resting(before[at.place], words, cited)
    traces = carried(whole, before)
    message = "the new wording of a source" if decision == "take" else "edited after a source changed"
    library.revise(actor, db, now_traced.document, whole, base=now_traced.revision, message=message, cause="merge")
    number = head(db, now_traced.document)
    store.write_traces(db, merge.id, number, packed(traces), now())
    if not faults(actor, db, merge.id, replace(now_traced, revision=number, text=whole, traces=traces)):
        store.change(db, "merge", merge.id, published=number, changed_at=now())


def _resting(before: Trace, words: str, cited: Citation) -> Trace:
    """What the new words rest on: the passage as it is now, and whatever else was cited and did not change."""
    others = tuple(one for one in before.cited if one.source != cited.source)
    if same(words, cited.text):
        return Trace(words, "verbatim", (cited,))
    if supported(words, [cited.text]).ok:
        return Trace(words, "rephrased", (cited,))
    return Trace(words, "human", (cited, *others))


def _markdown(actor: Actor, db: Database, merge: Merge, cited: Citation | None, words: str) -> str:
    """The new wording with its marks, as it can stand in another document."""
    if cited is None:
        return escaped(words)
    one = next(each for each in sources_of(actor, db, merge.id) if each.document == cited.source)
    return sentence(source_at(db, one, cited.revision).text[cited.start : cited.end], words)
