"""The draft: written from outline, groups and decisions into a document of the library, every statement cited."""

from __future__ import annotations

from collections.abc import Sequence

from seci.accounts.actor import Actor
from seci.combination import store
from seci.combination.access import Merge, MergeConflict, conflicts_of, get_merge, get_opened
from seci.combination.grouping import of_data
from seci.combination.merge import outline, provenance
from seci.combination.merge.drafting import Decision, Draft
from seci.combination.merge.drafting import draft as compose
from seci.combination.merge.equivalents import Equivalent, Said
from seci.combination.merge.proof import Fault
from seci.combination.merge.provenance import Trace, statements
from seci.combination.merge.source import Source
from seci.combination.merge.support import supported
from seci.combination.queries.texts import pinned
from seci.combination.queries.tracing import faults, head, traced
from seci.kit.clock import now
from seci.kit.database import Database
from seci.kit.errors import BadInput, Conflict
from seci.ledger.kinds import Kind
from seci.library import services as library
from seci.library.marking import Mark, record
from seci.partner import services as partner
from seci.partner.proposal import About, Partner

KIND = "playbook"
AT_ONCE = 20
"""Statements that the partner is asked about in one go."""

NOT_ASKED = (
    "The partner was not asked: it puts sentences with a source in other words, by itself those of several sources."
)


def write(actor: Actor, db: Database, merge: int, *, again: bool = False) -> Merge:
    """The draft as a document of the library, each statement with its citation.

    again  a draft that is there gets a further revision, made anew; what was edited by hand stays in the one before

    Raises Conflict where there is a draft already, BadInput where the outline is empty.
    """
    found = get_opened(actor, db, merge)
    if found.draft is not None and not again:
        raise Conflict("There is a draft already; write it anew to replace what it says.", code="drafted")
    made = composed(found, pinned(actor, db, merge), conflicts_of(actor, db, merge))
    if not made.traces:
        raise BadInput("The outline holds no sentence; take in a section first.")
    with db.transaction():
        store.take(db, merge)
        if found.draft is None:
            document = library.create(
                actor, db, found.title, made.text, kind=KIND, asset=found.asset, licence=found.licence,
                message=f"written from {_sources(db, merge)} sources", cause="merge",
            )  # fmt: skip
            number = 1
        else:
            document = found.draft
            base = head(db, document)
            library.revise(actor, db, document, made.text, base=base, message="written anew", cause="merge")
            number = head(db, document)
        store.write_traces(db, merge, number, provenance.packed(made.traces), now())
        store.change(db, "merge", merge, draft_id=document, changed_at=now())
        sentence = f"merge {merge}: draft of {len(made.traces)} statements, document {document} r{number}"
        record(actor, db, Kind.SYNTHESIZE, sentence, [Mark(document, number, found.asset)])
        return get_merge(actor, db, merge)


def composed(found: Merge, sources: Sequence[Source], decided: Sequence[MergeConflict]) -> Draft:
    """The draft as outline, groups and decisions make it."""
    assert found.outline is not None
    texts = {(one.id, number): said.text for one in sources for number, said in enumerate(one.sentences)}

    def said(place: tuple[int, int]) -> Said:
        return Said(*place, texts[place])

    same = [
        Equivalent(said(one.kept), tuple(said(other) for other in one.others), 1.0)
        for one in of_data(found.equivalents)
        if all(place in texts for place in one.places)
    ]

    def side(one: MergeConflict, name: str) -> Said:
        rule = one.found[name]
        return Said(rule["source"], rule["sentence"], rule["text"])

    choices = [
        Decision(side(one, "a"), side(one, "b"), one.choice, one.when_a, one.when_b)  # type: ignore[arg-type]
        for one in decided
        if one.state == "decided" and one.choice != "none"
    ]
    return compose(found.title, outline.unpacked(found.outline), sources, same, choices)


def keep_traces(actor: Actor, db: Database, merge: int) -> tuple[Trace, ...]:
    """Stores what the statements of the latest revision of the draft rest on."""
    found = traced(actor, db, merge)
    with db.transaction():
        store.write_traces(db, merge, found.revision, provenance.packed(found.traces), now())
        sentence = f"merge {merge}: {len(found.traces)} statements of r{found.revision} traced"
        record(actor, db, Kind.LINK, sentence, [Mark(found.document, found.revision)])
    return found.traces


def rephrase(
    actor: Actor, db: Database, merge: int, numbers: Sequence[int] = (), *, voice: Partner | None = None
) -> tuple[int, str]:
    """Asks the partner to say cited statements in clearer words; what its sources do not bear is rejected.

    numbers  of the statements; none: those that several sources say
    voice    another partner than the instance has

    Returns how many statements changed, and a remark where the partner could not be asked or was not believed.
    """
    get_opened(actor, db, merge)
    found = traced(actor, db, merge)
    lines = statements(found.text)
    wanted = list(numbers) or [n for n, trace in enumerate(found.traces) if len(trace.cited) > 1]
    text, traces, changed, remark = found.text, list(found.traces), 0, NOT_ASKED
    for number in sorted(set(wanted), reverse=True)[:AT_ONCE]:
        if not 0 <= number < len(traces):
            raise BadInput(f"The draft has no statement {number}.")
        trace, line = traces[number], lines[number]
        if line.kind != "sentence" or not trace.cited or trace.operation == "human":
            continue
        better, remark = _in_other_words(actor, db, trace, "" if remark == NOT_ASKED else remark, voice)
        if better:
            text = text[: line.start] + better + text[line.end :]
            traces[number] = Trace(better, "rephrased", trace.cited)
            changed += 1
    if changed:
        _replace(actor, db, merge, found.document, found.revision, text, traces, "rephrased by the partner")
    return changed, remark


def _in_other_words(actor: Actor, db: Database, trace: Trace, remark: str, voice: Partner | None) -> tuple[str, str]:
    """The partner's words where everything they say is in the cited sentences; else empty, with what to remark."""
    cited = {f"s{number}": one.text for number, one in enumerate(trace.cited, 1)}
    helped = partner.draft(actor, db, cited, About(topic="say the same in one clear sentence"), partner=voice)
    words = [one.text for one in helped.made.sentences]
    if not words:
        return "", helped.remark or remark or "The partner proposed nothing."
    better = " ".join(words[0].split())
    held = supported(better, list(cited.values()))
    plain = [one.text for one in statements(better)]
    if len(words) > 1 or plain != [better] or better == trace.text or not held.ok:
        return "", f"A proposal was rejected. {held.why}".strip()
    return better, remark


def _replace(
    actor: Actor, db: Database, merge: int, document: int, base: int, text: str, traces: Sequence[Trace], message: str
) -> None:
    with db.transaction():
        library.revise(actor, db, document, text, base=base, message=message, cause="merge")
        number = head(db, document)
        store.write_traces(db, merge, number, provenance.packed(traces), now())
        record(actor, db, Kind.SYNTHESIZE, f"merge {merge}: {message}", [Mark(document, number)])


def mark_human(actor: Actor, db: Database, merge: int, numbers: Sequence[int]) -> tuple[Fault, ...]:
    """Says of statements that a person answers for them, whatever they cite; what is left without a source is told."""
    found = traced(actor, db, merge)
    if wrong := [number for number in numbers if not 0 <= number < len(found.traces)]:
        raise BadInput(f"The draft has no statement {wrong[0]}.")
    traces = tuple(
        Trace(trace.text, "human", trace.cited) if number in numbers else trace
        for number, trace in enumerate(found.traces)
    )
    with db.transaction():
        store.write_traces(db, merge, found.revision, provenance.packed(traces), now())
        sentence = f"merge {merge}: {len(numbers)} statements marked as written by a person"
        record(actor, db, Kind.LINK, sentence, [Mark(found.document, found.revision)])
    return faults(actor, db, merge, traced(actor, db, merge))


def _sources(db: Database, merge: int) -> int:
    return int(db.rows("SELECT COUNT(*) FROM combination_source WHERE merge_id = ?", [merge])[0][0])
